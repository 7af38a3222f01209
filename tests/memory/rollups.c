/* rollups.c - adding up, short of memory: a table is added whole or not at all. */
#include "building.h"
#include "poupa/json.h"
#include "sweep.h"
#include "text.h"

typedef struct subject {
    poupa_catalog *catalog; /* counted */
    poupa_catalog *before;
    poupa_rollup_options options;
    poupa_rollup *rollup; /* has the first table */
    poupa_rollup *other;  /* has the second */
    poupa_rollup_table *results;
    text then;  /* what the rollup said before */
    text later; /* and what it will have said with the second table */
} subject;

/* -- Subjects ------------------------------------------------------------- */

/* Rows of some units, services and channels, most of which the catalogue does not have. */
static poupa_attendance *table_of(size_t start, size_t count)
{
    poupa_builder *builder;
    poupa_attendance *table;
    ASSERT_OK(poupa_builder_new(NULL, &builder, &err));
    for (size_t i = start; i < start + count; i++) {
        char unit[16], service[16];
        snprintf(unit, sizeof unit, "u%zu", i % 40);
        snprintf(service, sizeof service, "s%zu", i % 90);
        poupa_record record = {
            .period = poupa_period_around(18600 + (int32_t)(i % 400),
                                          i % 9 ? POUPA_PERIOD_DAY : POUPA_PERIOD_MONTH),
            .unit = i % 4 ? unit : "santos",
            .service = i % 3 ? service : "reclamacao",
            .channel = i % 2 ? "presencial" : "portal",
            .count = (int64_t)i + 1,
            .wait_s = {(int32_t)i, i % 5 != 0},
        };
        ASSERT_OK(poupa_builder_append(builder, &record, &err));
    }
    ASSERT_OK(poupa_builder_finish(builder, &table, &err));
    poupa_builder_free(builder);
    return table;
}

static bool put(void *context, const char *data, size_t size)
{
    text_add((text *)context, data, size);
    return true;
}

static text said_by(const poupa_rollup *rollup)
{
    text out = {NULL, 0, 0};
    poupa_rollup_table *results;
    ASSERT_OK(poupa_rollup_finish(rollup, &results, &err));
    ASSERT_OK(poupa_rollup_write_csv(results, put, &out, &err));
    poupa_rollup_table_free(results);
    return out;
}

static const poupa_group by_month[] = {
    {POUPA_GROUP_PERIOD, POUPA_PERIOD_MONTH}, {POUPA_GROUP_UNIT, 0}, {POUPA_GROUP_CHANNEL, 0}};
static const poupa_group by_body[] = {{POUPA_GROUP_PERIOD, POUPA_PERIOD_DAY},
                                      {POUPA_GROUP_ORGANIZATION, 0},
                                      {POUPA_GROUP_AREA, POUPA_AREA_STATE}};
static const poupa_group by_channel[] = {{POUPA_GROUP_CHANNEL, 0}};
static const char *const some_services[] = {"reclamacao", "s1", "s2", "s3"};
static const char *const first_half[] = {"2021-S1", "2020"};
static const poupa_rollup_filter filters[] = {
    {{POUPA_GROUP_SERVICE, 0}, {some_services, COUNT(some_services)}},
    {{POUPA_GROUP_PERIOD, 0}, {first_half, COUNT(first_half)}}};

enum { FILTERED, BY_MONTH, BY_BODY, VARIANTS };

static poupa_rollup_options options_of(size_t variant, poupa_catalog *catalog)
{
    switch (variant) {
    case BY_MONTH:
        return (poupa_rollup_options){
            .by = by_month, .by_count = COUNT(by_month), .allocator = &counted};
    case BY_BODY:
        return (poupa_rollup_options){.by = by_body,
                                      .by_count = COUNT(by_body),
                                      .top = 50,
                                      .catalog = catalog,
                                      .allocator = &counted};
    default:
        return (poupa_rollup_options){.by = by_channel,
                                      .by_count = COUNT(by_channel),
                                      .filters = filters,
                                      .filter_count = COUNT(filters),
                                      .catalog = catalog,
                                      .allocator = &counted};
    }
}

/* The tables, made once. */
static poupa_attendance *first;
static poupa_attendance *second;

static void *make(size_t variant)
{
    subject *of = calloc(1, sizeof *of);
    poupa_read_options reading = {.allocator = &counted};
    ASSERT_OK(poupa_catalog_read_file(EVERY_MEMBER, &reading, &of->catalog, &err));
    of->before = copy_of(of->catalog);
    of->options = options_of(variant, of->catalog);
    ASSERT_OK(poupa_rollup_new(&of->options, &of->rollup, &err));
    ASSERT_OK(poupa_rollup_add(of->rollup, first, &err));
    ASSERT_OK(poupa_rollup_new(&of->options, &of->other, &err));
    ASSERT_OK(poupa_rollup_add(of->other, first, &err));
    ASSERT_OK(poupa_rollup_add(of->other, second, &err));
    of->then = said_by(of->rollup);
    of->later = said_by(of->other);
    poupa_rollup_free(of->other);
    ASSERT_OK(poupa_rollup_new(&of->options, &of->other, &err));
    ASSERT_OK(poupa_rollup_add(of->other, second, &err));
    ASSERT_OK(poupa_rollup_finish(of->rollup, &of->results, &err));
    return of;
}

static void discard(void *context)
{
    subject *of = context;
    poupa_rollup_table_free(of->results);
    poupa_rollup_free(of->other);
    poupa_rollup_free(of->rollup);
    poupa_catalog_release(of->before);
    poupa_catalog_release(of->catalog);
    text_free(&of->later);
    text_free(&of->then);
    free(of);
}

static void all_or_nothing(void *context, poupa_status status)
{
    subject *of = context;
    text now = said_by(of->rollup);
    ck_assert_str_eq(now.data, status == POUPA_OK ? of->later.data : of->then.data);
    text_free(&now);
}

static void only_the_catalogue_changes(void *context, poupa_status status)
{
    subject *of = context;
    ck_assert(poupa_catalog_equal(of->catalog, of->before) == (status != POUPA_OK));
}

/* -- Adding up ------------------------------------------------------------ */

static poupa_status make_a_rollup(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_rollup *rollup = NULL;
    poupa_status status = CALL(poupa_rollup_new)(&of->options, &rollup, err);
    ck_assert((rollup != NULL) == (status == POUPA_OK));
    poupa_rollup_free(rollup);
    return status;
}

static poupa_status add(void *context, poupa_error *err)
{
    subject *of = context;
    return CALL(poupa_rollup_add)(of->rollup, second, err);
}

static poupa_status merge(void *context, poupa_error *err)
{
    subject *of = context;
    return CALL(poupa_rollup_merge)(of->rollup, of->other, err);
}

static poupa_status finish(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_rollup_table *results = NULL;
    poupa_status status = CALL(poupa_rollup_finish)(of->rollup, &results, err);
    ck_assert((results != NULL) == (status == POUPA_OK));
    poupa_rollup_table_free(results);
    return status;
}

/* -- Results -------------------------------------------------------------- */

static poupa_status write_csv(void *context, poupa_error *err)
{
    return CALL(poupa_rollup_write_csv)(((subject *)context)->results, take_all, NULL, err);
}

static poupa_status write_ndjson(void *context, poupa_error *err)
{
    return CALL(poupa_rollup_write_ndjson)(((subject *)context)->results, take_all, NULL, err);
}

static poupa_status write_json(void *context, poupa_error *err)
{
    const poupa_write_options options = {.allocator = &counted};
    poupa_writer *writer = NULL;
    poupa_status status = CALL(poupa_writer_new)(&options, take_all, NULL, &writer, err);
    CALL(poupa_rollup_write_json)(((subject *)context)->results, writer);
    if (status == POUPA_OK)
        status = CALL(poupa_writer_finish)(writer, err);
    poupa_writer_free(writer);
    return status;
}

/* With groups of what the catalogue has. */
static void *make_for_metrics(size_t variant)
{
    static const poupa_group by[] = {{POUPA_GROUP_PERIOD, POUPA_PERIOD_MONTH},
                                     {POUPA_GROUP_CHANNEL, 0}};
    const poupa_rollup_options options = {.by = by, .by_count = COUNT(by), .allocator = &counted};
    subject *of = make(variant);
    poupa_rollup_table_free(of->results);
    poupa_rollup_free(of->rollup);
    ASSERT_OK(poupa_rollup_new(&options, &of->rollup, &err));
    ASSERT_OK(poupa_rollup_add(of->rollup, first, &err));
    ASSERT_OK(poupa_rollup_finish(of->rollup, &of->results, &err));
    return of;
}

static poupa_status make_metrics(void *context, poupa_error *err)
{
    subject *of = context;
    const poupa_rollup_metrics metrics = {.indicator_id = "atendimentos", .source_id = "boletim"};
    size_t left_out;
    return CALL(poupa_rollup_to_metrics)(of->results, &metrics, of->catalog, &left_out, err);
}

void sweep_rollups(void)
{
    static const task tasks[] = {
        {"make a rollup", make, make_a_rollup, NULL, discard, VARIANTS, 0},
        {"add", make, add, all_or_nothing, discard, VARIANTS, KEEPS},
        {"merge", make, merge, all_or_nothing, discard, VARIANTS, KEEPS},
        {"finish", make, finish, NULL, discard, VARIANTS, KEEPS},
        {"write CSV", make, write_csv, NULL, discard, 0, 0},
        {"write lines", make, write_ndjson, NULL, discard, 0, 0},
        {"write JSON", make, write_json, NULL, discard, 0, 0},
        {"make metrics", make_for_metrics, make_metrics, only_the_catalogue_changes, discard, 0,
         KEEPS},
    };
    first = table_of(0, 100);
    second = table_of(50, 900);
    sweep(tasks, COUNT(tasks));
    poupa_attendance_release(second);
    poupa_attendance_release(first);
}
