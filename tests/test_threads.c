/* test_threads.c - catalogues and documents in many threads at once. */
#include "fixture.h"
#include "poupa/poupa.h"
#include "threads.h"

enum { ROUNDS = 40 };

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
    run_in_threads(read_everything, &expected, 0);
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
    run_in_threads(read_and_change_an_own_one, path, 0);
}
END_TEST

/* Each thread fails in its own way, and is told about it in its own words. */
typedef struct failing {
    char text[96];
    char message[64];
    poupa_error err;
} failing;

static void *fail_over_and_over(void *context)
{
    failing *self = context;
    for (int i = 0; i < 200; i++) {
        poupa_catalog *catalog;
        poupa_status status =
            poupa_catalog_read(self->text, strlen(self->text), NULL, &catalog, &self->err);
        ck_assert_int_eq(status, POUPA_ERR_INVALID);
        ck_assert_msg(strstr(self->err.message, self->message) != NULL, "%s", self->err.message);
        ck_assert_str_eq(self->err.code, "E2005");
    }
    return NULL;
}

START_TEST(threads_have_errors_of_their_own)
{
    failing all[THREADS];
    for (int i = 0; i < THREADS; i++) {
        snprintf(all[i].message, sizeof all[i].message, "\"lost-%d\"", i);
        snprintf(all[i].text, sizeof all[i].text,
                 "{\"poupa\":\"1.0\",\"units\":[{\"id\":\"se\",\"name\":\"S\",\"area_id\":"
                 "\"lost-%d\"}]}",
                 i);
    }
    run_in_threads(fail_over_and_over, all, sizeof all[0]);
}
END_TEST

/* One thread makes a document, others look at it, and one that did not make it frees it. */
static void *look_at(void *context)
{
    const poupa_document *document = context;
    const poupa_report *report = poupa_document_report(document);
    size_t size;
    for (int i = 0; i < ROUNDS; i++) {
        poupa_buffer text = new_buffer();
        const poupa_report_style style = {"-", poupa_document_text(document, &size), size, false};
        ASSERT_OK(poupa_report_write_text(report, &style, poupa__buffer_write, &text, &err));
        ck_assert_uint_gt(text.size, 0);
        poupa_buffer_free(&text);
        ck_assert_uint_eq(count_findings(poupa_document_catalog(document)), 1);
    }
    return NULL;
}

static void *free_document(void *context)
{
    poupa_document_free(context);
    return NULL;
}

START_TEST(many_threads_look_at_one_document)
{
    static const char unused[] = "{\"poupa\":\"1.0\",\"units\":[{\"id\":\"se\",\"name\":\"S\"}]}";
    poupa_document *document;
    ASSERT_OK(poupa_document_read(unused, sizeof unused - 1, NULL, &document, &err));
    run_in_threads(look_at, document, 0);
    run_elsewhere(free_document, document);
}
END_TEST

int main(void)
{
    return RUN_SUITE("threads", many_threads_read_one_catalogue,
                     the_last_thread_to_let_go_frees_the_catalogue,
                     threads_with_catalogues_of_their_own_do_not_meet,
                     threads_have_errors_of_their_own, many_threads_look_at_one_document);
}
