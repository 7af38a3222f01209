/* arrow.c - the Arrow interfaces, short of memory. */
#include <errno.h>

#include "sweep.h"
#include "test_arrow.h"

typedef struct subject {
    poupa_attendance *table;
    poupa_rollup_table *results;
    struct ArrowSchema columns[2];
    struct ArrowSchema *list[2];
    struct ArrowSchema asked;
    const struct ArrowSchema *requested;
} subject;

/* With texts as they are, and with some spelt out. */
static void *make(size_t variant)
{
    static const poupa_group by[] = {{POUPA_GROUP_PERIOD, POUPA_PERIOD_MONTH},
                                     {POUPA_GROUP_UNIT, 0}};
    const poupa_rollup_options options = {.by = by, .by_count = COUNT(by)};
    subject *of = calloc(1, sizeof *of);
    poupa_rollup *rollup;
    of->table = table_from(0, 1200, NULL);
    ASSERT_OK(poupa_rollup_new(&options, &rollup, &err));
    poupa_attendance *few = table_from(1, 10, NULL);
    ASSERT_OK(poupa_rollup_add(rollup, few, &err));
    ASSERT_OK(poupa_rollup_finish(rollup, &of->results, &err));
    poupa_attendance_release(few);
    poupa_rollup_free(rollup);
    of->columns[0] = ask("unit", "u", NULL);
    of->columns[1] = ask("service", "U", NULL);
    of->list[0] = &of->columns[0];
    of->list[1] = &of->columns[1];
    of->asked = ask_struct(of->list, 2);
    of->requested = variant ? &of->asked : NULL;
    return of;
}

static void discard(void *context)
{
    subject *of = context;
    poupa_rollup_table_free(of->results);
    poupa_attendance_release(of->table);
    free(of);
}

/* Reads a stream that was made with `status` to its end, and releases it. */
static poupa_status drain(poupa_status status, struct ArrowArrayStream *stream)
{
    struct ArrowSchema schema;
    struct ArrowArray batch;
    ck_assert((stream->release != NULL) == (status == POUPA_OK));
    if (status != POUPA_OK)
        return status;
    int code = stream->get_schema(stream, &schema);
    if (code == 0)
        schema.release(&schema);
    while (code == 0 && (code = stream->get_next(stream, &batch)) == 0 && batch.release)
        batch.release(&batch);
    ck_assert(code == 0 || code == ENOMEM);
    if (code)
        ck_assert_str_eq(stream->get_last_error(stream), "out of memory");
    stream->release(stream);
    return code ? POUPA_ERR_MEMORY : POUPA_OK;
}

/* What get_next says of memory, a poupa_error would say like this. */
static poupa_status told(poupa_status status, poupa_error *err)
{
    if (status == POUPA_ERR_MEMORY && err->status == POUPA_OK)
        *err = (poupa_error){.status = status, .message = "out of memory"};
    return status;
}

static poupa_status export_a_table(void *context, poupa_error *err)
{
    subject *of = context;
    struct ArrowArrayStream stream;
    poupa_status status =
        CALL(poupa_attendance_to_arrow)(of->table, of->requested, &counted, &stream, err);
    return told(drain(status, &stream), err);
}

static poupa_status export_results(void *context, poupa_error *err)
{
    subject *of = context;
    struct ArrowArrayStream stream;
    poupa_status status =
        CALL(poupa_rollup_table_to_arrow)(of->results, of->requested, &counted, &stream, err);
    return told(drain(status, &stream), err);
}

static poupa_status export_lines(void *context, poupa_error *err)
{
    static const char lines[] = "{\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"app\"}\n";
    const poupa_ndjson_options options = {.allocator = &counted};
    subject *of = context;
    struct ArrowArrayStream stream;
    poupa_ndjson *opened = NULL;
    poupa_status status =
        CALL(poupa_ndjson_open_data)(lines, sizeof lines - 1, &options, &opened, err);
    if (status != POUPA_OK)
        return status;
    status = CALL(poupa_ndjson_to_arrow)(opened, of->requested, &counted, &stream, err);
    if (status != POUPA_OK)
        poupa_ndjson_close(opened);
    return told(drain(status, &stream), err);
}

static poupa_status check_schema(poupa_status status, struct ArrowSchema *schema)
{
    ck_assert((schema->release != NULL) == (status == POUPA_OK));
    if (schema->release)
        schema->release(schema);
    return status;
}

static poupa_status make_a_schema(void *context, poupa_error *err)
{
    subject *of = context;
    struct ArrowSchema schema;
    return check_schema(
        CALL(poupa_attendance_arrow_schema)(of->requested, &counted, &schema, err), &schema);
}

static poupa_status make_a_schema_of_results(void *context, poupa_error *err)
{
    subject *of = context;
    struct ArrowSchema schema;
    return check_schema(
        CALL(poupa_rollup_table_arrow_schema)(of->results, of->requested, &counted, &schema, err),
        &schema);
}

/* The producer, which is this library as well, may be what has no memory. */
static poupa_status import(void *context, poupa_error *err)
{
    subject *of = context;
    struct ArrowArrayStream stream;
    poupa_attendance *table = NULL;
    poupa_status exported =
        CALL(poupa_attendance_to_arrow)(of->table, of->requested, &counted, &stream, err);
    if (exported != POUPA_OK)
        return exported;
    poupa_status status = CALL(poupa_attendance_from_arrow)(&stream, &counted, &table, err);
    ck_assert(stream.release == NULL);
    ck_assert((table != NULL) == (status == POUPA_OK));
    ck_assert(table == NULL || poupa_attendance_equal(table, of->table));
    poupa_attendance_release(table);
    return status;
}

void sweep_arrow(void)
{
    static const task tasks[] = {
        {"export a table", make, export_a_table, NULL, discard, 2, 0},
        {"export results", make, export_results, NULL, discard, 2, 0},
        {"export lines", make, export_lines, NULL, discard, 2, 0},
        {"make a schema", make, make_a_schema, NULL, discard, 2, 0},
        {"make a schema of results", make, make_a_schema_of_results, NULL, discard, 2, 0},
        {"import", make, import, NULL, discard, 2, 0},
    };
    sweep(tasks, COUNT(tasks));
}
