/* catalogues.c - making, changing and asking catalogues, short of memory. */
#include "building.h"
#include "sweep.h"

/* A catalogue that is counted, with a copy to tell whether it changed. */
typedef struct subject {
    poupa_catalog *catalog;
    poupa_catalog *before;
    size_t variant;
    size_t done; /* of several steps */
} subject;

static void *make(size_t variant)
{
    subject *of = calloc(1, sizeof *of);
    poupa_buffer text = read_fixture(EVERY_MEMBER);
    poupa_read_options options = {.allocator = &counted};
    ASSERT_OK(poupa_catalog_read(text.data, text.size, &options, &of->catalog, &err));
    poupa_buffer_free(&text);
    of->before = copy_of(of->catalog);
    of->variant = variant;
    return of;
}

static void *make_empty(size_t variant)
{
    subject *of = calloc(1, sizeof *of);
    ASSERT_OK(poupa_catalog_new(&counted, &of->catalog, &err));
    of->before = copy_of(of->catalog);
    of->variant = variant;
    return of;
}

static void discard(void *context)
{
    subject *of = context;
    poupa_catalog_release(of->before);
    poupa_catalog_release(of->catalog);
    free(of);
}

static void nothing_changed(void *context, poupa_status status)
{
    subject *of = context;
    (void)status;
    ck_assert(poupa_catalog_equal(of->catalog, of->before));
}

static void changed_only_by_success(void *context, poupa_status status)
{
    subject *of = context;
    ck_assert(poupa_catalog_equal(of->catalog, of->before) == (status != POUPA_OK));
}

/* -- Making them ---------------------------------------------------------- */

static poupa_status make_one(void *context, poupa_error *err)
{
    poupa_catalog *catalog = NULL;
    poupa_status status = CALL(poupa_catalog_new)(&counted, &catalog, err);
    ck_assert((catalog != NULL) == (status == POUPA_OK));
    poupa_catalog_release(catalog);
    (void)context;
    return status;
}

static poupa_status copy_one(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_catalog *copy = NULL;
    poupa_status status = CALL(poupa_catalog_copy)(of->catalog, &counted, &copy, err);
    ck_assert((copy != NULL) == (status == POUPA_OK));
    if (copy)
        ck_assert(poupa_catalog_equal(of->catalog, copy));
    poupa_catalog_release(copy);
    return status;
}

/* -- Changing them -------------------------------------------------------- */

/* Adds so many that tables and arrays grow; a run goes on where the last one failed. */
static poupa_status add_many(void *context, poupa_error *err)
{
    static const poupa_member extra[] = {{"x", "[1, {\"y\": 2}]"}};
    subject *of = context;
    char id[32];
    poupa_status status = POUPA_OK;
    while (of->done < 40 && status == POUPA_OK) {
        snprintf(id, sizeof id, "servico-%zu", of->done);
        poupa_service service = {.id = id,
                                 .name = "Um serviço",
                                 .organization_id = "procon-sp",
                                 .keywords = POUPA_TEXTS("a", "b"),
                                 .extra = {extra, 1}};
        status = CALL(poupa_catalog_add)(of->catalog, POUPA_KIND_SERVICE, &service,
                                         sizeof service, err);
        of->done += status == POUPA_OK;
    }
    return status;
}

static void as_many_are_there_as_were_added(void *context, poupa_status status)
{
    subject *of = context;
    char id[32];
    snprintf(id, sizeof id, "servico-%zu", of->done);
    ck_assert((of->done == 40) == (status == POUPA_OK));
    ck_assert_uint_eq(poupa_service_count(of->catalog), 1 + of->done);
    ck_assert_ptr_null(poupa_service_find(of->catalog, id));
}

static poupa_status edit(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_catalog *catalog = of->catalog;
    poupa_area area = {.id = "bauru", .type = {0, "municipality"}, .name = "Bauru"};
    poupa_unit unit = {.id = "santos", .name = "Bauru", .area_id = "bauru"};
    poupa_status status = CALL(poupa_catalog_begin)(catalog, err);
    if (status == POUPA_OK)
        status = CALL(poupa_catalog_replace)(catalog, POUPA_KIND_UNIT, &unit, sizeof unit, err);
    if (status == POUPA_OK)
        status = CALL(poupa_catalog_add)(catalog, POUPA_KIND_AREA, &area, sizeof area, err);
    if (status == POUPA_OK)
        status = CALL(poupa_catalog_remove)(catalog, POUPA_KIND_CLAIM, "santos.crescimento", err);
    if (status == POUPA_OK)
        status = CALL(poupa_catalog_set_language)(catalog, "pt", err);
    if (status == POUPA_OK)
        status = CALL(poupa_catalog_commit)(catalog, err);
    else
        poupa_catalog_rollback(catalog);
    return status;
}

/* References that lead nowhere undo all that was added, and the message names one. */
static poupa_status commit_what_cannot_be(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_unit unit = {.id = "bauru", .name = "Bauru", .area_id = "bauru"};
    poupa_status status = CALL(poupa_catalog_begin)(of->catalog, err);
    if (status == POUPA_OK)
        status = CALL(poupa_catalog_add)(of->catalog, POUPA_KIND_UNIT, &unit, sizeof unit, err);
    if (status == POUPA_OK) {
        status = CALL(poupa_catalog_commit)(of->catalog, err);
        ck_assert(status == POUPA_ERR_INVALID || status == POUPA_ERR_MEMORY);
    }
    poupa_catalog_rollback(of->catalog);
    return status == POUPA_ERR_INVALID ? POUPA_OK : status;
}

static poupa_status replace_one(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_channel channel = {.id = "portal", .type = {0, "app"}, .name = "Aplicativo"};
    return CALL(poupa_catalog_replace)(of->catalog, POUPA_KIND_CHANNEL, &channel, sizeof channel,
                                       err);
}

/* A sound one, its replacement, and one that is not sound. */
static poupa_status change_by_text(void *context, poupa_error *err)
{
    static const char sound[] = "{\"id\":\"bauru\",\"name\":\"Bauru\",\"area_id\":\"sp\","
                                "\"x\":[1.5,{\"y\":\"z\"}]}";
    static const char unsound[] = "{\"id\":\"lins\",\"name\":7}";
    subject *of = context;
    const void *unit = NULL;
    poupa_status status = CALL(poupa_catalog_begin)(of->catalog, err);
    if (status == POUPA_OK)
        status = CALL(poupa_catalog_add_json)(of->catalog, POUPA_KIND_UNIT, sound,
                                              sizeof sound - 1, &unit, err);
    if (status == POUPA_OK)
        status = CALL(poupa_catalog_replace_json)(of->catalog, POUPA_KIND_UNIT, sound,
                                                  sizeof sound - 1, &unit, err);
    ck_assert(status != POUPA_OK || unit != NULL);
    if (status == POUPA_OK) {
        status = CALL(poupa_catalog_add_json)(of->catalog, POUPA_KIND_UNIT, unsound,
                                              sizeof unsound - 1, &unit, err);
        ck_assert_int_ne(status, POUPA_OK);
        ck_assert_ptr_null(unit);
    }
    poupa_catalog_rollback(of->catalog);
    return status == POUPA_ERR_INVALID ? POUPA_OK : status;
}

/* To one whose tag takes a block of its own. */
static poupa_status set_the_language(void *context, poupa_error *err)
{
    subject *of = context;
    static char tag[100000] = "pt";
    for (size_t i = 2; i + 2 < sizeof tag; i += 2)
        memcpy(tag + i, "-x", 3);
    return CALL(poupa_catalog_set_language)(of->catalog, tag, err);
}

/* -- Removing, by kind ---------------------------------------------------- */

#define REMOVAL(noun)                                                                            \
    {                                                                                            \
        "poupa_" #noun "_remove", poupa_##noun##_remove, add_##noun                              \
    }

#define ADDER(noun, ...)                                                                         \
    static void add_##noun(poupa_catalog *catalog)                                               \
    {                                                                                            \
        ADD(catalog, noun, .id = "x", __VA_ARGS__);                                              \
    }
ADDER(source, .title = "X")
ADDER(area, .type = {0, "state"}, .name = "X")
ADDER(organization, .name = "X")
ADDER(program, .name = "X")
ADDER(channel, .type = {0, "app"}, .name = "X")
ADDER(unit, .name = "X")
ADDER(service, .name = "X", .organization_id = "procon-sp")
ADDER(offering, .service_id = "reclamacao", .channel_id = "portal")
ADDER(indicator, .name = "X", .measure = {0, "flow"})
ADDER(metric, .indicator_id = "atendimentos", .value = 1,
      .period = poupa_period_around(0, POUPA_PERIOD_YEAR))
ADDER(target, .indicator_id = "atendimentos", .value = 1, .due = {2030, 1, 1})
ADDER(claim, .kind = {0, "growth"}, .left = POUPA_TEXTS("santos.2021-s1"),
      .right = POUPA_TEXTS("santos.2020-s1"), .stated = POUPA_SOME(25))

static poupa_status remove_by_kind(poupa_catalog *catalog, const char *id, poupa_error *err)
{
    return poupa_catalog_remove(catalog, POUPA_KIND_UNIT, id, err);
}

static const struct {
    const char *name;
    poupa_status (*remove)(poupa_catalog *catalog, const char *id, poupa_error *err);
    void (*add)(poupa_catalog *catalog);
} removals[] = {REMOVAL(source),
                REMOVAL(area),
                REMOVAL(organization),
                REMOVAL(program),
                REMOVAL(channel),
                REMOVAL(unit),
                REMOVAL(service),
                REMOVAL(offering),
                REMOVAL(indicator),
                REMOVAL(metric),
                REMOVAL(target),
                REMOVAL(claim),
                {"poupa_catalog_remove", remove_by_kind, add_unit}};

static void *make_for_removal(size_t variant)
{
    subject *of = make(variant);
    removals[variant].add(of->catalog);
    poupa_catalog_release(of->before);
    /* A copy has no room left over from other changes. */
    ASSERT_OK(poupa_catalog_copy(of->catalog, &counted, &of->before, &err));
    poupa_catalog *catalog = of->catalog;
    of->catalog = of->before;
    of->before = catalog;
    return of;
}

static poupa_status remove_one(void *context, poupa_error *err)
{
    subject *of = context;
    sweep_enter(removals[of->variant].name);
    return removals[of->variant].remove(of->catalog, "x", err);
}

/* -- Asking them ---------------------------------------------------------- */

#define NAVIGATION(function, id)                                                                 \
    {                                                                                            \
#function, function, id                                                                  \
    }

static const struct {
    const char *name;
    poupa_status (*navigate)(const poupa_catalog *, const char *, poupa_list *, poupa_error *);
    const char *id;
} navigations[] = {NAVIGATION(poupa_service_offerings, "reclamacao"),
                   NAVIGATION(poupa_service_channels, "reclamacao"),
                   NAVIGATION(poupa_service_units, "reclamacao"),
                   NAVIGATION(poupa_unit_offerings, "santos"),
                   NAVIGATION(poupa_unit_services, "santos"),
                   NAVIGATION(poupa_channel_services, "portal"),
                   NAVIGATION(poupa_area_units, "sp")};

static poupa_status check_list(poupa_status status, poupa_list *list)
{
    ck_assert((list->count > 0) == (status == POUPA_OK));
    poupa_list_free(list);
    return status;
}

static poupa_status navigate(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_list list;
    sweep_enter(navigations[of->variant].name);
    return check_list(
        navigations[of->variant].navigate(of->catalog, navigations[of->variant].id, &list, err),
        &list);
}

static poupa_status find_referrers(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_list list;
    return check_list(CALL(poupa_catalog_referrers)(of->catalog, POUPA_KIND_INDICATOR,
                                                    "atendimentos", POUPA_KIND_METRIC, &list,
                                                    err),
                      &list);
}

static poupa_status select_metrics(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_list list;
    poupa_metric_query query = {.indicator_id = "atendimentos"};
    return check_list(CALL(poupa_metrics_select)(of->catalog, &query, &list, err), &list);
}

static poupa_status derive_figures(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_derived_list derived;
    poupa_status status = CALL(poupa_metrics_derive)(of->catalog, &derived, err);
    ck_assert((derived.count > 0) == (status == POUPA_OK));
    poupa_derived_list_free(&derived);
    return status;
}

void sweep_catalogues(void)
{
    static const task tasks[] = {
        {"make", NULL, make_one, NULL, NULL, 0, 0},
        {"copy", make, copy_one, nothing_changed, discard, 0, 0},
        {"add", make, add_many, as_many_are_there_as_were_added, discard, 0, KEEPS},
        {"edit", make, edit, changed_only_by_success, discard, 0, KEEPS},
        {"edit from nothing", make_empty, commit_what_cannot_be, nothing_changed, discard, 0,
         KEEPS},
        {"replace", make, replace_one, changed_only_by_success, discard, 0, KEEPS},
        {"change by text", make, change_by_text, nothing_changed, discard, 0, KEEPS},
        {"set the language", make, set_the_language, changed_only_by_success, discard, 0, KEEPS},
        {"remove", make_for_removal, remove_one, changed_only_by_success, discard,
         COUNT(removals), KEEPS},
        {"navigate", make, navigate, nothing_changed, discard, COUNT(navigations), 0},
        {"find referrers", make, find_referrers, nothing_changed, discard, 0, 0},
        {"select metrics", make, select_metrics, nothing_changed, discard, 0, 0},
        {"derive figures", make, derive_figures, nothing_changed, discard, 0, 0},
    };
    sweep(tasks, COUNT(tasks));
}
