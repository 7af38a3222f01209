/* tables.c - building tables, and making tables of tables, short of memory. */
#include "sweep.h"
#include "test_arrow.h"

enum { ROWS = 1500 };

typedef struct subject {
    poupa_attendance *table; /* in two segments */
    poupa_attendance *other;
    poupa_attendance *before; /* not counted */
    poupa_builder *builder;
    size_t appended;
} subject;

static void *make(size_t variant)
{
    subject *of = calloc(1, sizeof *of);
    of->table = table_from(0, ROWS, &counted);
    of->other = table_from(7, ROWS / 2, &counted);
    of->before = table_from(0, ROWS, NULL);
    ASSERT_OK(poupa_builder_new(&counted, &of->builder, &err));
    (void)variant;
    return of;
}

static void discard(void *context)
{
    subject *of = context;
    poupa_builder_free(of->builder);
    poupa_attendance_release(of->before);
    poupa_attendance_release(of->other);
    poupa_attendance_release(of->table);
    free(of);
}

static void nothing_changed(void *context, poupa_status status)
{
    subject *of = context;
    (void)status;
    ck_assert(poupa_attendance_equal(of->table, of->before));
}

/* -- Building ------------------------------------------------------------- */

static poupa_status make_a_builder(void *context, poupa_error *err)
{
    poupa_builder *builder = NULL;
    poupa_status status = CALL(poupa_builder_new)(&counted, &builder, err);
    ck_assert((builder != NULL) == (status == POUPA_OK));
    poupa_builder_free(builder);
    (void)context;
    return status;
}

/* A run goes on where the last one failed: the rows are there once each. */
static poupa_status build(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_attendance *table = NULL;
    poupa_status status = POUPA_OK;
    while (of->appended < ROWS && status == POUPA_OK) {
        poupa_record record = record_of(of->appended);
        status = CALL(poupa_builder_append)(of->builder, &record, err);
        of->appended += status == POUPA_OK;
    }
    if (status == POUPA_OK)
        status = CALL(poupa_builder_finish)(of->builder, &table, err);
    ck_assert((table != NULL) == (status == POUPA_OK));
    ck_assert(table == NULL || poupa_attendance_equal(table, of->before));
    poupa_attendance_release(table);
    return status;
}

static poupa_status reserve(void *context, poupa_error *err)
{
    return CALL(poupa_builder_reserve)(((subject *)context)->builder, 5000, err);
}

/* -- Tables of tables ----------------------------------------------------- */

static poupa_status slice(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_attendance *part = NULL;
    poupa_status status = CALL(poupa_attendance_slice)(of->table, 3, ROWS - 5, &part, err);
    ck_assert(poupa_attendance_rows(part) == (status == POUPA_OK ? ROWS - 5 : 0));
    poupa_attendance_release(part);
    return status;
}

static poupa_status merge(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_attendance *const tables[] = {of->table, of->other};
    poupa_attendance *all = NULL;
    poupa_status status = CALL(poupa_attendance_merge)(tables, COUNT(tables), &all, err);
    ck_assert(poupa_attendance_rows(all) == (status == POUPA_OK ? ROWS + ROWS / 2 : 0));
    poupa_attendance_release(all);
    return status;
}

static poupa_status sort(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_attendance *sorted = NULL;
    poupa_status status = CALL(poupa_attendance_sort)(of->table, &sorted, err);
    ck_assert(poupa_attendance_rows(sorted) == (status == POUPA_OK ? ROWS : 0));
    poupa_attendance_release(sorted);
    return status;
}

void sweep_tables(void)
{
    static const task tasks[] = {
        {"make a builder", NULL, make_a_builder, NULL, NULL, 0, 0},
        {"build", make, build, NULL, discard, 0, KEEPS},
        {"reserve", make, reserve, NULL, discard, 0, KEEPS},
        {"slice", make, slice, nothing_changed, discard, 0, 0},
        {"merge", make, merge, nothing_changed, discard, 0, 0},
        {"sort", make, sort, nothing_changed, discard, 0, 0},
    };
    sweep(tasks, COUNT(tasks));
}
