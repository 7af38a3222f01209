/* counters.c - how many people each channel served a month, by a copy of the library. */
#include "poupa.h"

#include <stdio.h>

/* What the channels are called: from a document, or from the program where it has no JSON. */
static poupa_status get_catalog(poupa_catalog **out, poupa_error *err)
{
#if defined(POUPA_NO_JSON)
    const poupa_channel channels[] = {
        {.id = "presencial",
         .type = {POUPA_CHANNEL_IN_PERSON, NULL},
         .name = "Posto de atendimento"},
        {.id = "portal", .type = {POUPA_CHANNEL_PORTAL, NULL}, .name = "Portal Poupatempo"},
    };
    poupa_status status = poupa_catalog_new(NULL, out, err);
    for (size_t i = 0; i < 2 && status == POUPA_OK; i++)
        status = poupa_channel_add(*out, &channels[i], err);
    return status;
#else
    return poupa_catalog_read_file("catalog.json", NULL, out, err);
#endif
}

static poupa_status print_groups(const poupa_rollup *rollup, const poupa_catalog *catalog,
                                 poupa_error *err)
{
    poupa_rollup_table *table;
    poupa_status status = poupa_rollup_finish(rollup, &table, err);
    for (size_t i = 0; status == POUPA_OK && i < poupa_rollup_table_count(table); i++) {
        const poupa_rollup_row *row = poupa_rollup_table_at(table, i);
        const poupa_channel *channel = poupa_channel_find(catalog, row->keys[1]);
        printf("%s  %-20s  %4lld\n", row->keys[0], channel ? channel->name : row->keys[1],
               (long long)row->count);
    }
    if (status == POUPA_OK)
        poupa_rollup_table_free(table);
    return status;
}

int main(int argc, char **argv)
{
    const poupa_group by[] = {{POUPA_GROUP_PERIOD, POUPA_PERIOD_MONTH}, {POUPA_GROUP_CHANNEL, 0}};
    const poupa_rollup_options options = {.by = by, .by_count = 2};
    poupa_catalog *catalog = NULL;
    poupa_attendance *records = NULL;
    poupa_rollup *rollup = NULL;
    poupa_error err;
    poupa_status status = get_catalog(&catalog, &err);
    if (status == POUPA_OK)
        status = poupa_ndjson_read_file(argc > 1 ? argv[1] : "records.ndjson", NULL, &records,
                                        NULL, &err);
    if (status == POUPA_OK)
        status = poupa_rollup_new(&options, &rollup, &err);
    if (status == POUPA_OK)
        status = poupa_rollup_add(rollup, records, &err);
    if (status == POUPA_OK)
        status = print_groups(rollup, catalog, &err);
    if (status != POUPA_OK)
        fprintf(stderr, "counters: %s\n", err.message);
    poupa_rollup_free(rollup);
    poupa_attendance_release(records);
    poupa_catalog_release(catalog);
    return status == POUPA_OK ? 0 : 1;
}
