/* metrics.c - turns records into metrics of a catalogue, and prints the document: what
 * "poupa report -" then tells of it comes from raw records. */
#include <poupa/poupa.h>
#include <stdio.h>
#include <string.h>

static const char catalog_text[] =
    "{\"poupa\":\"1.0\",\"language\":\"en\","
    "\"organizations\":[{\"id\":\"procon-sp\",\"name\":\"Procon-SP\"}],"
    "\"channels\":[{\"id\":\"portal\",\"type\":\"portal\",\"name\":\"Portal\"},"
    "{\"id\":\"presencial\",\"type\":\"in_person\",\"name\":\"At the counter\"}],"
    "\"services\":[{\"id\":\"reclamacao\",\"name\":\"Complaint\","
    "\"organization_id\":\"procon-sp\"}],"
    "\"indicators\":[{\"id\":\"attendances\",\"name\":\"Attendances\",\"measure\":\"flow\"},"
    "{\"id\":\"wait\",\"name\":\"Mean wait\",\"measure\":\"mean\",\"unit\":\"seconds\"}]}";

static const char records[] =
    "{\"period\":\"2021-06-14\",\"service\":\"reclamacao\",\"channel\":\"presencial\","
    "\"count\":37,\"wait_s\":412}\n"
    "{\"period\":\"2021-06-15\",\"service\":\"reclamacao\",\"channel\":\"presencial\","
    "\"count\":3,\"wait_s\":12}\n"
    "{\"period\":\"2021-06\",\"service\":\"reclamacao\",\"channel\":\"portal\",\"count\":120}\n";

/* Adds the records up by month and channel. */
static poupa_status add_up(poupa_rollup_table **out, poupa_error *err)
{
    const poupa_group by[] = {{POUPA_GROUP_PERIOD, POUPA_PERIOD_MONTH}, {POUPA_GROUP_CHANNEL, 0}};
    const poupa_rollup_options options = {.by = by, .by_count = 2};
    poupa_attendance *table = NULL;
    poupa_rollup *rollup = NULL;
    poupa_status status = poupa_ndjson_read(records, strlen(records), NULL, &table, NULL, err);
    if (status == POUPA_OK)
        status = poupa_rollup_new(&options, &rollup, err);
    if (status == POUPA_OK)
        status = poupa_rollup_add(rollup, table, err);
    if (status == POUPA_OK)
        status = poupa_rollup_finish(rollup, out, err);
    poupa_attendance_release(table);
    poupa_rollup_free(rollup);
    return status;
}

static poupa_status print(const poupa_catalog *catalog, poupa_error *err)
{
    poupa_buffer text;
    const poupa_write_options options = {.pretty = true};
    poupa_status status = poupa_catalog_write(catalog, &options, &text, err);
    if (status == POUPA_OK) {
        fwrite(text.data, 1, text.size, stdout);
        poupa_buffer_free(&text);
    }
    return status;
}

int main(void)
{
    const poupa_rollup_metrics metrics = {.indicator_id = "attendances",
                                          .wait_indicator_id = "wait"};
    poupa_catalog *catalog = NULL;
    poupa_rollup_table *groups = NULL;
    poupa_error err;
    poupa_status status =
        poupa_catalog_read(catalog_text, strlen(catalog_text), NULL, &catalog, &err);
    if (status == POUPA_OK)
        status = add_up(&groups, &err);
    if (status == POUPA_OK)
        status = poupa_rollup_to_metrics(groups, &metrics, catalog, NULL, &err);
    if (status == POUPA_OK)
        status = print(catalog, &err);
    if (status != POUPA_OK)
        fprintf(stderr, "%s\n", err.message);
    poupa_rollup_table_free(groups);
    poupa_catalog_release(catalog);
    return status == POUPA_OK ? 0 : 1;
}
