/* test_arrow_rollup.c - results of rollups in the Arrow C interfaces. */
#include <errno.h>
#include <stdio.h>

#include "counting.h"
#include "poupa/rollup.h"
#include "test_arrow.h"

static const poupa_group by_month = {POUPA_GROUP_PERIOD, POUPA_PERIOD_MONTH};
static const poupa_group by_unit = {POUPA_GROUP_UNIT, 0};
static const poupa_group by_channel = {POUPA_GROUP_CHANNEL, 0};

/* The records of a table without those that would make sums overflow. */
static poupa_rollup_table *results_by(const poupa_group *by, size_t count, size_t rows)
{
    poupa_rollup_options options = {.by = by, .by_count = count};
    poupa_builder *builder = NULL;
    poupa_attendance *table = NULL;
    poupa_rollup *rollup = NULL;
    poupa_rollup_table *results = NULL;
    ASSERT_OK(poupa_builder_new(NULL, &builder, &err));
    for (size_t i = 0; i < rows; i++) {
        poupa_record record = record_of(i);
        record.count = (int64_t)i;
        ASSERT_OK(poupa_builder_append(builder, &record, &err));
    }
    ASSERT_OK(poupa_builder_finish(builder, &table, &err));
    ASSERT_OK(poupa_rollup_new(&options, &rollup, &err));
    ASSERT_OK(poupa_rollup_add(rollup, table, &err));
    ASSERT_OK(poupa_rollup_finish(rollup, &results, &err));
    poupa_builder_free(builder);
    poupa_attendance_release(table);
    poupa_rollup_free(rollup);
    return results;
}

static bool is_mean(const struct ArrowArray *column, int64_t row, poupa_optional mean)
{
    return valid_at(column, row) == mean.present &&
           memcmp(&(double){real_at(column, row)}, &mean.value, sizeof mean.value) == 0;
}

/* Whether a row of a batch is a group. */
static bool is_group(const struct ArrowSchema *schema, const struct ArrowArray *batch,
                     int64_t row, const poupa_rollup_row *group, bool by_period)
{
    static const char *const names[] = {"count", "rows", "first", "last", "period", "wider"};
    const int64_t expected[] = {group->count,     (int64_t)group->rows, group->first.first,
                                group->last.last, group->period.first,  group->wider};
    bool same = true;
    for (size_t i = 0; i < (by_period ? 6 : 4); i++) {
        int64_t at = column_index(schema, names[i]);
        same = same && integer_at(schema->children[at], batch->children[at], row) == expected[i];
    }
    for (size_t i = 0; i < group->key_count; i++)
        same = same &&
               text_is(text_at(schema->children[i], batch->children[i], row), group->keys[i]);
    return same && is_mean(batch->children[column_index(schema, "wait_s")], row, group->wait_s) &&
           is_mean(batch->children[column_index(schema, "service_s")], row, group->service_s);
}

/* Asserts that a stream has the groups of a table. */
static void check_results(const poupa_rollup_table *results, const struct ArrowSchema *requested,
                          bool by_period)
{
    struct ArrowArrayStream stream;
    ASSERT_OK(poupa_rollup_table_to_arrow(results, requested, NULL, &stream, &err));
    struct ArrowSchema schema = schema_of(&stream);
    size_t at = 0;
    for (struct ArrowArray batch; (batch = next_of(&stream, &schema)).release;) {
        bool same = true;
        for (int64_t row = 0; row < batch.length; row++)
            same = same && is_group(&schema, &batch, row, poupa_rollup_table_at(results, at++),
                                    by_period);
        ck_assert(same);
        batch.release(&batch);
    }
    ck_assert_uint_eq(at, poupa_rollup_table_count(results));
    schema.release(&schema);
    stream.release(&stream);
}

START_TEST(a_stream_has_the_groups_in_their_order)
{
    const poupa_group by[][3] = {{by_month, by_unit, by_channel},
                                 {by_unit, by_channel, by_month}};
    for (size_t i = 0; i < COUNT(by); i++) {
        for (size_t count = 0; count <= 3; count++) {
            bool by_period = (i == 0 && count > 0) || (i == 1 && count == 3);
            poupa_rollup_table *results = results_by(by[i], count, 2000);
            check_results(results, NULL, by_period);
            poupa_rollup_table_free(results);
        }
    }
}
END_TEST

START_TEST(the_columns_are_the_documented_ones)
{
    static const char *const names[] = {"month",  "unit",      "period", "count", "rows",
                                        "wait_s", "service_s", "first",  "last",  "wider"};
    static const char *const formats[] = {"u", "i", "tdD", "l", "l", "g", "g", "tdD", "tdD", "b"};
    poupa_rollup_table *results = results_by((poupa_group[]){by_month, by_unit}, 2, 40);
    struct ArrowSchema schema;
    ASSERT_OK(poupa_rollup_table_arrow_schema(results, NULL, NULL, &schema, &err));
    ck_assert_int_eq(schema.n_children, COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++) {
        ck_assert_str_eq(schema.children[i]->name, names[i]);
        ck_assert_str_eq(schema.children[i]->format, formats[i]);
    }
    ck_assert_int_eq(schema.children[0]->flags, 0);
    ck_assert_int_eq(schema.children[1]->flags, ARROW_FLAG_NULLABLE);
    schema.release(&schema);
    poupa_rollup_table_free(results);
}
END_TEST

START_TEST(keys_are_what_the_requested_schema_asks_for)
{
    struct ArrowSchema words = ask("", "u", NULL);
    struct ArrowSchema month = ask("month", "i", &words), unit = ask("unit", "U", NULL);
    struct ArrowSchema requested = ask_struct((struct ArrowSchema *[]){&month, &unit}, 2);
    struct ArrowSchema schema;
    poupa_rollup_table *results = results_by((poupa_group[]){by_month, by_unit}, 2, 900);
    ASSERT_OK(poupa_rollup_table_arrow_schema(results, &requested, NULL, &schema, &err));
    ck_assert(schema.children[0]->dictionary != NULL);
    ck_assert_str_eq(schema.children[1]->format, "U");
    schema.release(&schema);
    check_results(results, &requested, true);
    unit.format = NULL;
    struct ArrowArrayStream stream;
    ASSERT_FAILS(poupa_rollup_table_to_arrow(results, &requested, NULL, &stream, &err),
                 POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_rollup_table_arrow_schema(results, &requested, NULL, &schema, &err),
                 POUPA_ERR_ARGUMENT);
    poupa_rollup_table_free(results);
}
END_TEST

START_TEST(no_groups_are_no_batches)
{
    poupa_rollup_table *results = results_by(&by_unit, 1, 0);
    check_results(results, NULL, false);
    poupa_rollup_table_free(results);
}
END_TEST

START_TEST(many_groups_come_in_several_batches)
{
    enum { GROUPS = 270000 };
    poupa_rollup_options options = {.by = &by_unit, .by_count = 1};
    poupa_builder *builder = NULL;
    poupa_attendance *table = NULL;
    poupa_rollup *rollup = NULL;
    poupa_rollup_table *results = NULL;
    char unit[16];
    poupa_record record = record_of(2);
    record.unit = unit;
    ASSERT_OK(poupa_builder_new(NULL, &builder, &err));
    for (int i = 0; i < GROUPS; i++) {
        snprintf(unit, sizeof unit, "u%d", i);
        (void)poupa_builder_append(builder, &record, NULL);
    }
    ASSERT_OK(poupa_builder_finish(builder, &table, &err));
    ASSERT_OK(poupa_rollup_new(&options, &rollup, &err));
    ASSERT_OK(poupa_rollup_add(rollup, table, &err));
    ASSERT_OK(poupa_rollup_finish(rollup, &results, &err));
    ck_assert_uint_eq(poupa_rollup_table_count(results), GROUPS);
    check_results(results, NULL, false);
    poupa_rollup_table_free(results);
    poupa_rollup_free(rollup);
    poupa_attendance_release(table);
    poupa_builder_free(builder);
}
END_TEST

START_TEST(groups_outlive_their_rollup)
{
    struct ArrowArrayStream stream;
    poupa_rollup_table *results = results_by(&by_channel, 1, 100);
    ASSERT_OK(poupa_rollup_table_to_arrow(results, NULL, NULL, &stream, &err));
    poupa_rollup_table_free(results);
    struct ArrowSchema schema = schema_of(&stream);
    struct ArrowArray batch = next_of(&stream, &schema);
    stream.release(&stream);
    check_array(&schema, &batch);
    ck_assert(text_is(text_at(schema.children[0], batch.children[0], 0), "portal"));
    batch.release(&batch);
    schema.release(&schema);
}
END_TEST

START_TEST(what_is_null_is_refused)
{
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    poupa_rollup_table *results = results_by(&by_channel, 1, 1);
    ASSERT_FAILS(poupa_rollup_table_to_arrow(NULL, NULL, NULL, &stream, &err),
                 POUPA_ERR_ARGUMENT);
    ck_assert(stream.release == NULL);
    ASSERT_FAILS(poupa_rollup_table_to_arrow(results, NULL, NULL, NULL, &err),
                 POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_rollup_table_arrow_schema(NULL, NULL, NULL, &schema, &err),
                 POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_rollup_table_arrow_schema(results, NULL, NULL, NULL, &err),
                 POUPA_ERR_ARGUMENT);
    poupa_rollup_table_free(results);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    counting state = {0};
    poupa_allocator allocator = counting_allocator(&state);
    poupa_rollup_table *results = results_by((poupa_group[]){by_month, by_unit}, 2, 100);
    bool done = false;
    for (size_t call = 1; !done; call++) {
        struct ArrowArrayStream stream;
        struct ArrowArray batch;
        struct ArrowSchema schema;
        state.calls = 0;
        state.fail_at = call;
        poupa_status status =
            poupa_rollup_table_to_arrow(results, NULL, &allocator, &stream, NULL);
        if (status == POUPA_OK) {
            int code = stream.get_next(&stream, &batch);
            ck_assert(code == 0 || code == ENOMEM);
            if (code == 0)
                batch.release(&batch);
            stream.release(&stream);
            status = code ? POUPA_ERR_MEMORY : POUPA_OK;
        }
        if (status == POUPA_OK)
            status = poupa_rollup_table_arrow_schema(results, NULL, &allocator, &schema, NULL);
        done = status == POUPA_OK;
        if (done)
            schema.release(&schema);
        else
            ck_assert_int_eq(status, POUPA_ERR_MEMORY);
        assert_nothing_leaked(&state);
    }
    ck_assert_uint_gt(state.calls, 20);
    poupa_rollup_table_free(results);
}
END_TEST

int main(void)
{
    return RUN_SUITE("arrow: rollup", a_stream_has_the_groups_in_their_order,
                     the_columns_are_the_documented_ones,
                     keys_are_what_the_requested_schema_asks_for, no_groups_are_no_batches,
                     many_groups_come_in_several_batches, groups_outlive_their_rollup,
                     what_is_null_is_refused, every_allocation_may_fail);
}
