/* test_rollup_errors.c - what adding up refuses, and want of memory. */
#include "counting.h"
#include "test_rollup.h"

/* -- Want of memory ------------------------------------------------------ */

START_TEST(a_table_is_added_whole_or_not_at_all)
{
    const line *lines = random_lines(3, INT64_C(1) << 40);
    const poupa_group by[] = {month, unit, channel};
    poupa_attendance *first = table_of(lines, 100);
    poupa_attendance *second = table_of(lines + 100, 3000);
    for (size_t allowed = 0;; allowed++) {
        counting memory = {0};
        poupa_allocator allocator = counting_allocator(&memory);
        const poupa_rollup_options options = {.by = by, .by_count = 3, .allocator = &allocator};
        poupa_rollup *rollup = rollup_of(&options);
        ck_assert_int_eq(poupa_rollup_add(rollup, first, NULL), POUPA_OK);
        char *before = long_text_of(rollup);
        memory.fail_at = memory.calls + allowed + 1;
        poupa_status status = poupa_rollup_add(rollup, second, NULL);
        memory.fail_at = 0;
        char *after = long_text_of(rollup);
        ck_assert_int_eq(status, strcmp(before, after) == 0 ? POUPA_ERR_MEMORY : POUPA_OK);
        free(before);
        free(after);
        poupa_rollup_free(rollup);
        assert_nothing_leaked(&memory);
        if (status == POUPA_OK)
            break;
    }
    poupa_attendance_release(first);
    poupa_attendance_release(second);
}
END_TEST

START_TEST(making_merging_and_finishing_survive_want_of_memory)
{
    const poupa_group by[] = {month, unit};
    const poupa_rollup_filter filter = {channel, POUPA_TEXTS("c1", "c2")};
    poupa_attendance *table = table_of(random_lines(5, 50), 500);
    for (size_t allowed = 0;; allowed++) {
        counting memory = {.fail_at = allowed + 1};
        poupa_allocator allocator = counting_allocator(&memory);
        const poupa_rollup_options options = {.by = by,
                                              .by_count = 2,
                                              .filters = &filter,
                                              .filter_count = 1,
                                              .allocator = &allocator};
        poupa_rollup *a = NULL;
        poupa_rollup *b = NULL;
        poupa_rollup_table *results = NULL;
        poupa_status status = poupa_rollup_new(&options, &a, NULL);
        if (status == POUPA_OK)
            status = poupa_rollup_new(&options, &b, NULL);
        if (status == POUPA_OK)
            status = poupa_rollup_add(b, table, NULL);
        if (status == POUPA_OK)
            status = poupa_rollup_merge(a, b, NULL);
        if (status == POUPA_OK)
            status = poupa_rollup_finish(a, &results, NULL);
        poupa_rollup_free(a);
        poupa_rollup_free(b);
        poupa_rollup_table_free(results);
        assert_nothing_leaked(&memory);
        if (status == POUPA_OK)
            break;
        ck_assert_int_eq(status, POUPA_ERR_MEMORY);
    }
    poupa_attendance_release(table);
}
END_TEST

/* -- Arguments ----------------------------------------------------------- */

START_TEST(groups_have_words)
{
    poupa_group group;
    size_t count = 0;
    for (const char *word; (word = poupa_group_word(count)); count++) {
        ck_assert(poupa_group_find(word, &group));
        ck_assert_str_eq(poupa_group_name(group), word);
    }
    ck_assert_uint_eq(count, 17);
    ck_assert(!poupa_group_find("week", &group));
    ck_assert_str_eq(poupa_group_name((poupa_group){POUPA_GROUP_UNIT, 3}), "");
}
END_TEST

START_TEST(what_cannot_be_grouped_by_is_refused)
{
    static const poupa_group wrong[][2] = {
        {{0, 0}, {POUPA_GROUP_UNIT, 0}},
        {{POUPA_GROUP_PERIOD, 0}, {POUPA_GROUP_UNIT, 0}},
        {{POUPA_GROUP_PERIOD, POUPA_PERIOD_RANGE}, {POUPA_GROUP_UNIT, 0}},
        {{POUPA_GROUP_PERIOD, POUPA_PERIOD_DAY}, {POUPA_GROUP_PERIOD, POUPA_PERIOD_YEAR}},
        {{POUPA_GROUP_UNIT, 0}, {POUPA_GROUP_UNIT, 0}},
        {{POUPA_GROUP_UNIT, 1}, {POUPA_GROUP_CHANNEL, 0}},
        {{POUPA_GROUP_UNIT, 0}, {POUPA_GROUP_AREA, 0}},
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        poupa_rollup *rollup;
        poupa_error err = {.message = ""};
        const poupa_rollup_options options = {.by = wrong[i], .by_count = 2};
        ck_assert_int_eq(poupa_rollup_new(&options, &rollup, &err), POUPA_ERR_ARGUMENT);
        ck_assert_ptr_null(rollup);
        ck_assert_str_ne(err.message, "");
    }
}
END_TEST

START_TEST(filters_must_have_values_that_can_be)
{
    const poupa_rollup_filter wrong[] = {
        {channel, {NULL, 0}},
        {{POUPA_GROUP_PERIOD, 0}, POUPA_TEXTS("2021-H1")},
        {{POUPA_GROUP_ORGANIZATION, 0}, POUPA_TEXTS("procon-sp")},
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        poupa_rollup *rollup;
        const poupa_rollup_options options = {.filters = &wrong[i], .filter_count = 1};
        ck_assert_int_ne(poupa_rollup_new(&options, &rollup, NULL), POUPA_OK);
    }
}
END_TEST

START_TEST(rollups_of_different_options_do_not_merge)
{
    const poupa_rollup_options options[] = {{.by = &month, .by_count = 1},
                                            {.by = &day, .by_count = 1}};
    poupa_rollup *a = rollup_of(&options[0]);
    poupa_rollup *b = rollup_of(&options[1]);
    ck_assert_int_eq(poupa_rollup_merge(a, b, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_rollup_merge(a, a, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_rollup_add(a, NULL, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_rollup_finish(a, NULL, NULL), POUPA_ERR_ARGUMENT);
    poupa_rollup_free(a);
    poupa_rollup_free(b);
    poupa_rollup_free(NULL);
}
END_TEST

START_TEST(an_output_that_refuses_is_an_error)
{
    poupa_rollup_table *results = RESULTS(NULL, june);
    ck_assert_int_eq(poupa_rollup_write_csv(results, refuse, NULL, NULL), POUPA_ERR_IO);
    ck_assert_int_eq(poupa_rollup_write_ndjson(results, refuse, NULL, NULL), POUPA_ERR_IO);
    poupa_rollup_table_free(results);
}
END_TEST

int main(void)
{
    return RUN_SUITE("rollup: errors", a_table_is_added_whole_or_not_at_all,
                     making_merging_and_finishing_survive_want_of_memory, groups_have_words,
                     what_cannot_be_grouped_by_is_refused, filters_must_have_values_that_can_be,
                     rollups_of_different_options_do_not_merge,
                     an_output_that_refuses_is_an_error);
}
