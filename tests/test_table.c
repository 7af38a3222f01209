/* test_table.c - tables of attendance records: building, slicing, merging, sorting. */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "counting.h"
#include "poupa/table.h"
#include "suite.h"
#include "table/table.h"

static poupa_period period(const char *text)
{
    poupa_period result;
    ck_assert_int_eq(poupa_period_parse(text, strlen(text), &result, NULL), POUPA_OK);
    return result;
}

/* A record that its number tells apart. */
static poupa_record record(size_t number)
{
    static const char *const periods[] = {"2021-06-14", "2021-06", "2020", "2021-S1", "2021-Q3"};
    static const char *const units[] = {"itaquera", NULL, "santos", "", "bauru"};
    static const char *const services[] = {"rg", "cnh", "procon-sp.reclamacao"};
    return (poupa_record){
        .period = period(periods[number % 5]),
        .unit = units[number / 2 % 5],
        .service = services[number % 3],
        .channel = number % 7 ? "presencial" : "portal",
        .count = (int64_t)number,
        .wait_s = {(int32_t)(number % 4), number % 4 != 0},
        .service_s = {INT32_MAX, number % 9 == 0},
    };
}

static bool same(const poupa_record *a, const poupa_record *b)
{
    return memcmp(&a->period, &b->period, sizeof a->period) == 0 &&
           strcmp(a->unit ? a->unit : "", b->unit ? b->unit : "") == 0 &&
           strcmp(a->service, b->service) == 0 && strcmp(a->channel, b->channel) == 0 &&
           a->count == b->count && a->wait_s.present == b->wait_s.present &&
           (!a->wait_s.present || a->wait_s.value == b->wait_s.value) &&
           a->service_s.present == b->service_s.present &&
           (!a->service_s.present || a->service_s.value == b->service_s.value);
}

/* A table of the records with numbers from `first` on. */
static poupa_attendance *make_table(size_t first, size_t count)
{
    poupa_builder *builder;
    poupa_attendance *table;
    ck_assert_int_eq(poupa_builder_new(NULL, &builder, NULL), POUPA_OK);
    for (size_t i = 0; i < count; i++) {
        poupa_record one = record(first + i);
        ck_assert_int_eq(poupa_builder_append(builder, &one, NULL), POUPA_OK);
    }
    ck_assert_int_eq(poupa_builder_finish(builder, &table, NULL), POUPA_OK);
    poupa_builder_free(builder);
    return table;
}

static void check_rows(const poupa_attendance *table, size_t first, size_t count)
{
    ck_assert_uint_eq(poupa_attendance_rows(table), count);
    for (size_t i = 0; i < count; i++) {
        poupa_record found;
        poupa_record wanted = record(first + i);
        ck_assert_int_eq(poupa_attendance_at(table, i, &found, NULL), POUPA_OK);
        ck_assert_msg(same(&found, &wanted), "row %zu", i);
    }
}

START_TEST(a_table_has_the_records_that_were_appended)
{
    poupa_attendance *table = make_table(0, 5000);
    poupa_record found;
    check_rows(table, 0, 5000);
    ck_assert_int_eq(poupa_attendance_at(table, 5000, &found, NULL), POUPA_ERR_ARGUMENT);
    size_t count;
    const char *const *units = poupa_attendance_words(table, POUPA_DICTIONARY_UNIT, &count);
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(units[0], "itaquera");
    ck_assert_str_eq(units[1], "santos");
    poupa_attendance_release(table);
}
END_TEST

START_TEST(columns_are_aligned_and_absent_slots_hold_zero)
{
    poupa_attendance *table = make_table(0, 3000);
    size_t rows = 0;
    for (size_t i = 0; i < poupa_attendance_segments(table); i++) {
        poupa_columns columns;
        ck_assert_int_eq(poupa_attendance_columns(table, i, &columns, NULL), POUPA_OK);
        ck_assert_uint_eq((uintptr_t)columns.count % 64, 0);
        ck_assert_uint_eq((uintptr_t)columns.unit % 64, 0);
        for (size_t row = 0; row < columns.rows; row++) {
            size_t bit = row + columns.bitmap_offset;
            bool valid = columns.unit_valid[bit / 8] >> bit % 8 & 1;
            const char *unit = record(rows + row).unit;
            ck_assert_int_eq(valid, unit && unit[0]);
            if (!valid)
                ck_assert_int_eq(columns.unit[row], 0);
        }
        rows += columns.rows;
    }
    ck_assert_uint_eq(rows, 3000);
    poupa_attendance_release(table);
}
END_TEST

START_TEST(a_record_that_breaks_a_rule_leaves_nothing_behind)
{
    poupa_builder *builder;
    poupa_attendance *table;
    poupa_error err;
    ck_assert_int_eq(poupa_builder_new(NULL, &builder, NULL), POUPA_OK);
    const poupa_record good = record(1);
    poupa_record bad[8];
    for (size_t i = 0; i < 8; i++)
        bad[i] = good;
    bad[0].period = period("2020-08/2021-07");
    bad[1].period = (poupa_period){0, 0, 0, 0, 0};
    bad[2].service = NULL;
    bad[3].service = "Maiuscula";
    bad[4].channel = "";
    bad[5].count = -1;
    bad[6].wait_s = (poupa_seconds){-1, true};
    bad[7].unit = "-itaquera";
    for (size_t i = 0; i < 8; i++)
        ck_assert_int_eq(poupa_builder_append(builder, &bad[i], &err), POUPA_ERR_INVALID);
    ck_assert_int_eq(poupa_builder_finish(builder, &table, NULL), POUPA_OK);
    ck_assert_uint_eq(poupa_attendance_rows(table), 0);
    for (int i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        size_t count;
        (void)poupa_attendance_words(table, (poupa_dictionary)i, &count);
        ck_assert_uint_eq(count, 0);
    }
    poupa_attendance_release(table);
    poupa_builder_free(builder);
}
END_TEST

START_TEST(every_slice_has_its_rows)
{
    poupa_attendance *table = make_table(0, 1500);
    for (size_t first = 0; first <= 1500; first += 37) {
        for (size_t count = 0; first + count <= 1500; count = count * 3 + 1) {
            poupa_attendance *slice, *again;
            ck_assert_int_eq(poupa_attendance_slice(table, first, count, &slice, NULL), POUPA_OK);
            check_rows(slice, first, count);
            ck_assert_int_eq(
                poupa_attendance_slice(slice, count / 2, count - count / 2, &again, NULL),
                POUPA_OK);
            check_rows(again, first + count / 2, count - count / 2);
            poupa_attendance_release(again);
            poupa_attendance_release(slice);
        }
    }
    poupa_attendance *none;
    ck_assert_int_eq(poupa_attendance_slice(table, 1, 1500, &none, NULL), POUPA_ERR_ARGUMENT);
    poupa_attendance_release(table);
}
END_TEST

START_TEST(a_merge_has_the_rows_in_order_with_one_dictionary)
{
    poupa_attendance *tables[] = {make_table(0, 1200), make_table(1200, 1), make_table(1201, 0),
                                  make_table(1201, 2000)};
    poupa_attendance *merged;
    poupa_attendance *whole = make_table(0, 3201);
    ck_assert_int_eq(poupa_attendance_merge(tables, 4, &merged, NULL), POUPA_OK);
    check_rows(merged, 0, 3201);
    ck_assert(poupa_attendance_equal(merged, whole));
    for (int i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        size_t a, b;
        const char *const *x = poupa_attendance_words(merged, (poupa_dictionary)i, &a);
        const char *const *y = poupa_attendance_words(whole, (poupa_dictionary)i, &b);
        ck_assert_uint_eq(a, b);
        for (size_t code = 0; code < a; code++)
            ck_assert_str_eq(x[code], y[code]);
    }
    for (size_t i = 0; i < 4; i++)
        poupa_attendance_release(tables[i]);
    poupa_attendance_release(merged);
    poupa_attendance_release(whole);
    ck_assert_int_eq(poupa_attendance_merge(NULL, 0, &merged, NULL), POUPA_OK);
    ck_assert_uint_eq(poupa_attendance_rows(merged), 0);
    poupa_attendance_release(merged);
}
END_TEST

START_TEST(sorting_is_by_period_and_stable)
{
    poupa_attendance *table = make_table(0, 2000);
    poupa_attendance *sorted;
    ck_assert_int_eq(poupa_attendance_sort(table, &sorted, NULL), POUPA_OK);
    ck_assert_uint_eq(poupa_attendance_rows(sorted), 2000);
    poupa_record last = {.count = -1};
    for (size_t i = 0; i < 2000; i++) {
        poupa_record found;
        ck_assert_int_eq(poupa_attendance_at(sorted, i, &found, NULL), POUPA_OK);
        poupa_record wanted = record((size_t)found.count);
        ck_assert(same(&found, &wanted));
        if (i > 0) {
            ck_assert_int_le(last.period.first, found.period.first);
            if (last.period.first == found.period.first)
                ck_assert_int_le(last.period.kind, found.period.kind);
            if (last.period.first == found.period.first && last.period.kind == found.period.kind)
                ck_assert_int_lt(last.count, found.count);
        }
        last = found;
    }
    poupa_attendance_release(sorted);
    poupa_attendance_release(table);
}
END_TEST

START_TEST(equality_is_of_records_not_of_segments)
{
    poupa_attendance *a = make_table(0, 1000);
    poupa_attendance *b = make_table(0, 1000);
    poupa_attendance *c = make_table(1, 1000);
    ck_assert(poupa_attendance_equal(a, b));
    ck_assert(!poupa_attendance_equal(a, c));
    ck_assert(!poupa_attendance_equal(a, NULL));
    ck_assert(poupa_attendance_equal(NULL, NULL));
    poupa_attendance_release(a);
    poupa_attendance_release(b);
    poupa_attendance_release(c);
}
END_TEST

START_TEST(tables_that_differ_in_one_value_are_not_equal)
{
    const poupa_record base = {.period = period("2021-06"),
                               .unit = "itaquera",
                               .service = "rg",
                               .channel = "portal",
                               .count = 2,
                               .wait_s = {3, true},
                               .service_s = {4, true}};
    poupa_record others[9];
    for (size_t i = 0; i < 9; i++)
        others[i] = base;
    others[1].period = period("2021-06-01");
    others[2].period = period("2021-07");
    others[3].unit = "santos";
    others[4].unit = NULL;
    others[5].service = "rg2";
    others[6].channel = "app";
    others[7].count = 3;
    others[8].wait_s.present = false;
    poupa_attendance *tables[9];
    poupa_builder *builder;
    ck_assert_int_eq(poupa_builder_new(NULL, &builder, NULL), POUPA_OK);
    for (size_t i = 0; i < 9; i++) {
        ck_assert_int_eq(poupa_builder_append(builder, &others[i], NULL), POUPA_OK);
        ck_assert_int_eq(poupa_builder_finish(builder, &tables[i], NULL), POUPA_OK);
        ck_assert_int_eq(poupa_attendance_equal(tables[0], tables[i]), i == 0);
    }
    for (size_t i = 0; i < 9; i++)
        poupa_attendance_release(tables[i]);
    poupa_builder_free(builder);
}
END_TEST

START_TEST(what_is_null_is_refused_or_empty)
{
    poupa_attendance *table = make_table(0, 3);
    poupa_attendance *out;
    poupa_builder *builder;
    poupa_record found;
    poupa_columns columns;
    size_t count = 7;
    ck_assert_int_eq(poupa_attendance_at(NULL, 0, &found, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_attendance_at(table, 0, NULL, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_attendance_columns(NULL, 0, &columns, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_attendance_columns(table, 9, &columns, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_attendance_slice(NULL, 0, 0, &out, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_attendance_sort(NULL, &out, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_attendance_merge(NULL, 1, &out, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_attendance_merge(&(poupa_attendance *){NULL}, 1, &out, NULL),
                     POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_builder_new(NULL, NULL, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_builder_new(NULL, &builder, NULL), POUPA_OK);
    ck_assert_int_eq(poupa_builder_append(builder, NULL, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_builder_append(NULL, &found, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_builder_reserve(NULL, 1, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_builder_reserve(builder, SIZE_MAX, NULL), POUPA_ERR_MEMORY);
    ck_assert_int_eq(poupa_builder_finish(NULL, &out, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_builder_finish(builder, NULL, NULL), POUPA_ERR_ARGUMENT);
    poupa_builder_free(builder);
    poupa_builder_free(NULL);
    ck_assert_uint_eq(poupa_attendance_rows(NULL), 0);
    ck_assert_uint_eq(poupa_attendance_segments(NULL), 0);
    ck_assert_ptr_null(poupa_attendance_words(NULL, POUPA_DICTIONARY_UNIT, &count));
    ck_assert_uint_eq(count, 0);
    ck_assert_ptr_null(poupa_attendance_words(table, (poupa_dictionary)3, NULL));
    ck_assert_ptr_null(poupa_attendance_retain(NULL));
    poupa_attendance_release(poupa_attendance_retain(table));
    poupa_attendance_release(table);
    poupa_attendance_release(NULL);
}
END_TEST

START_TEST(reserved_rows_allocate_no_columns)
{
    poupa_builder *builder;
    ck_assert_int_eq(poupa_builder_new(NULL, &builder, NULL), POUPA_OK);
    ck_assert_int_eq(poupa_builder_reserve(builder, 20000, NULL), POUPA_OK);
    const poupa__segment *open = builder->open;
    for (size_t i = 0; i < 20000; i++) {
        poupa_record one = record(i);
        ck_assert_int_eq(poupa_builder_append(builder, &one, NULL), POUPA_OK);
    }
    ck_assert_ptr_eq(builder->open, open);
    poupa_builder_free(builder);
}
END_TEST

START_TEST(many_words_keep_their_codes)
{
    enum { MANY = 20000 };
    poupa_allocator allocator = poupa__allocator(NULL);
    poupa__dictionary *words = poupa__dictionary_new(&allocator);
    char word[16];
    for (int i = 0; i < MANY; i++) {
        int size = snprintf(word, sizeof word, "w%d", i);
        ck_assert_int_eq(poupa__dictionary_add(words, word, (size_t)size), i);
    }
    poupa__dictionary_cut(words, MANY / 2);
    for (int i = 0; i < MANY; i += 49) {
        int size = snprintf(word, sizeof word, "w%d", i);
        ck_assert_int_eq(poupa__dictionary_find(words, word, (size_t)size),
                         i < MANY / 2 ? i : POUPA__NO_WORD);
    }
    poupa__dictionary_release(words);
}
END_TEST

/* -- Want of memory ------------------------------------------------------ */

static poupa_status build_sort_and_merge(const poupa_allocator *allocator)
{
    poupa_builder *builder;
    poupa_attendance *tables[2] = {NULL, NULL};
    poupa_attendance *merged = NULL;
    poupa_status status = poupa_builder_new(allocator, &builder, NULL);
    for (size_t i = 0; status == POUPA_OK && i < 1100; i++) {
        poupa_record one = record(i);
        status = poupa_builder_append(builder, &one, NULL);
    }
    if (status == POUPA_OK)
        status = poupa_builder_finish(builder, &tables[0], NULL);
    if (status == POUPA_OK)
        status = poupa_attendance_sort(tables[0], &tables[1], NULL);
    if (status == POUPA_OK)
        status = poupa_attendance_merge(tables, 2, &merged, NULL);
    poupa_builder_free(builder);
    poupa_attendance_release(tables[0]);
    poupa_attendance_release(tables[1]);
    poupa_attendance_release(merged);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    counting state;
    const poupa_allocator allocator = counting_allocator(&state);
    poupa_status status = POUPA_ERR_MEMORY;
    size_t faults = 0;
    for (; status != POUPA_OK; faults++) {
        ck_assert_int_eq(status, POUPA_ERR_MEMORY);
        state = (counting){.fail_at = faults + 1};
        status = build_sort_and_merge(&allocator);
        assert_nothing_leaked(&state);
    }
    ck_assert_uint_gt(faults, 20);
}
END_TEST

int main(void)
{
    return RUN_SUITE("table", a_table_has_the_records_that_were_appended,
                     columns_are_aligned_and_absent_slots_hold_zero,
                     a_record_that_breaks_a_rule_leaves_nothing_behind, every_slice_has_its_rows,
                     a_merge_has_the_rows_in_order_with_one_dictionary,
                     sorting_is_by_period_and_stable, equality_is_of_records_not_of_segments,
                     tables_that_differ_in_one_value_are_not_equal,
                     what_is_null_is_refused_or_empty, reserved_rows_allocate_no_columns,
                     many_words_keep_their_codes, every_allocation_may_fail);
}
