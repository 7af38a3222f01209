/* test_threads.c - a catalogue that is read from many threads at once. */
#include <pthread.h>

#include "fixture.h"
#include "poupa/poupa.h"

enum { THREADS = 8, ROUNDS = 40 };

/* What every thread must find, whatever the others do. */
typedef struct expectation {
    poupa_catalog *catalog;
    poupa_buffer text; /* the catalogue, written */
    size_t findings;
    size_t derived;
} expectation;

static void find_and_navigate(const poupa_catalog *catalog)
{
    for (size_t i = 0; i < poupa_unit_count(catalog); i++) {
        const poupa_unit *unit = poupa_unit_at(catalog, i);
        poupa_list list;
        ck_assert_ptr_eq(poupa_unit_find(catalog, unit->id), unit);
        ASSERT_OK(poupa_unit_services(catalog, unit->id, &list, &err));
        poupa_list_free(&list);
        ASSERT_OK(poupa_area_units(catalog, unit->area_id, &list, &err));
        ck_assert_uint_gt(list.count, 0);
        poupa_list_free(&list);
    }
    ck_assert_ptr_null(poupa_unit_find(catalog, "nowhere"));
    ck_assert_ptr_nonnull(poupa_catalog_nearest(catalog, POUPA_KIND_UNIT, "itaqera"));
}

static size_t count_findings(const poupa_catalog *catalog)
{
    poupa_report *report = NULL;
    ASSERT_OK(poupa_report_new(NULL, &report, &err));
    ASSERT_OK(poupa_catalog_validate(catalog, report, &err));
    size_t count = poupa_report_count(report);
    poupa_report_free(report);
    return count;
}

static size_t count_derived(const poupa_catalog *catalog)
{
    poupa_derived_list derived;
    ASSERT_OK(poupa_metrics_derive(catalog, &derived, &err));
    size_t count = derived.count;
    poupa_derived_list_free(&derived);
    for (size_t i = 0; i < poupa_claim_count(catalog); i++) {
        poupa_judgement judgement;
        ASSERT_OK(poupa_claim_judge(catalog, poupa_claim_at(catalog, i), &judgement, &err));
    }
    return count;
}

static void *read_everything(void *context)
{
    const expectation *expected = context;
    for (int round = 0; round < ROUNDS; round++) {
        poupa_catalog *catalog = poupa_catalog_retain(expected->catalog);
        poupa_catalog *copy = NULL;
        find_and_navigate(catalog);
        poupa_buffer text = write_catalog(catalog, true);
        ck_assert_str_eq(text.data, expected->text.data);
        poupa_buffer_free(&text);
        ck_assert_uint_eq(count_findings(catalog), expected->findings);
        ck_assert_uint_eq(count_derived(catalog), expected->derived);
        ASSERT_OK(poupa_catalog_copy(catalog, NULL, &copy, &err));
        ck_assert(poupa_catalog_equal(catalog, copy));
        poupa_catalog_release(copy);
        poupa_catalog_release(catalog);
    }
    return NULL;
}

START_TEST(many_threads_read_one_catalogue)
{
    expectation expected = {.catalog = read_catalog_file(EXAMPLE)};
    expected.text = write_catalog(expected.catalog, true);
    expected.findings = count_findings(expected.catalog);
    expected.derived = count_derived(expected.catalog);
    ck_assert_uint_gt(expected.derived, 0);
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, read_everything, &expected), 0);
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    poupa_buffer_free(&expected.text);
    poupa_catalog_release(expected.catalog);
}
END_TEST

/* Holds a catalogue a while; the last to let go frees it. */
static void *let_go(void *context)
{
    poupa_catalog *catalog = context;
    for (int i = 0; i < 10000; i++) {
        poupa_catalog_retain(catalog);
        poupa_catalog_release(catalog);
    }
    ck_assert_uint_gt(poupa_unit_count(catalog), 0);
    poupa_catalog_release(catalog);
    return NULL;
}

START_TEST(the_last_thread_to_let_go_frees_the_catalogue)
{
    poupa_catalog *catalog = read_catalog_file(EXAMPLE);
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, let_go, poupa_catalog_retain(catalog)),
                         0);
    poupa_catalog_release(catalog);
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
}
END_TEST

/* Each thread a catalogue of its own: what they share is constant. */
static void *read_and_change_an_own_one(void *context)
{
    for (int i = 0; i < 20; i++) {
        poupa_catalog *catalog = read_catalog_file(context);
        poupa_unit unit = {.id = "novo", .name = "Novo"};
        ASSERT_OK(poupa_unit_add(catalog, &unit, &err));
        ASSERT_OK(poupa_unit_remove(catalog, "novo", &err));
        poupa_catalog_release(catalog);
    }
    return NULL;
}

START_TEST(threads_with_catalogues_of_their_own_do_not_meet)
{
    static char path[] = EXAMPLE;
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, read_and_change_an_own_one, path), 0);
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
}
END_TEST

int main(void)
{
    return RUN_SUITE("threads", many_threads_read_one_catalogue,
                     the_last_thread_to_let_go_frees_the_catalogue,
                     threads_with_catalogues_of_their_own_do_not_meet);
}
