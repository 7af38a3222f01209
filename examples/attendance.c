/* attendance.c - adds up a stream of attendance records by month and channel. */
#include <poupa/poupa.h>
#include <stdio.h>
#include <string.h>

static const char sample[] =
    "{\"period\":\"2021-06-14\",\"unit\":\"itaquera\",\"service\":\"procon-sp\","
    "\"channel\":\"presencial\",\"count\":37,\"wait_s\":412}\n"
    "{\"period\":\"2021-06-15\",\"unit\":\"itaquera\",\"service\":\"procon-sp\","
    "\"channel\":\"presencial\",\"count\":3,\"wait_s\":12}\n"
    "{\"period\":\"2021-06\",\"service\":\"procon-sp\",\"channel\":\"portal\",\"count\":120}\n";

/* Adds all batches of a stream, in memory that does not grow with it. */
static poupa_status add_all(poupa_ndjson *stream, poupa_rollup *rollup, poupa_error *err)
{
    for (;;) {
        poupa_attendance *batch;
        poupa_status status = poupa_ndjson_next(stream, &batch, err);
        if (status != POUPA_OK || batch == NULL)
            return status;
        status = poupa_rollup_add(rollup, batch, err);
        poupa_attendance_release(batch);
        if (status != POUPA_OK)
            return status;
    }
}

static poupa_status print_groups(const poupa_rollup *rollup, poupa_error *err)
{
    poupa_rollup_table *table;
    poupa_status status = poupa_rollup_finish(rollup, &table, err);
    for (size_t i = 0; status == POUPA_OK && i < poupa_rollup_table_count(table); i++) {
        const poupa_rollup_row *row = poupa_rollup_table_at(table, i);
        printf("%s  %-10s  %4lld attendances", row->keys[0], row->keys[1], (long long)row->count);
        if (row->wait_s.present)
            printf(", %.0f s of waiting", row->wait_s.value);
        printf("\n");
    }
    if (status == POUPA_OK)
        poupa_rollup_table_free(table);
    return status;
}

int main(int argc, char **argv)
{
    const poupa_group by[] = {{POUPA_GROUP_PERIOD, POUPA_PERIOD_MONTH}, {POUPA_GROUP_CHANNEL, 0}};
    poupa_rollup_options options = {.by = by, .by_count = 2};
    poupa_rollup *rollup = NULL;
    poupa_ndjson *stream = NULL;
    poupa_error err;
    poupa_status status = poupa_rollup_new(&options, &rollup, &err);
    if (status == POUPA_OK)
        status = argc > 1 ? poupa_ndjson_open(argv[1], NULL, &stream, &err)
                          : poupa_ndjson_open_data(sample, strlen(sample), NULL, &stream, &err);
    if (status == POUPA_OK)
        status = add_all(stream, rollup, &err);
    if (status == POUPA_OK)
        status = print_groups(rollup, &err);
    if (status != POUPA_OK)
        fprintf(stderr, "%zu:%zu: %s\n", err.line, err.column, err.message);
    poupa_ndjson_close(stream);
    poupa_rollup_free(rollup);
    return status == POUPA_OK ? 0 : 1;
}
