/* validate.c - the table of plausibility checks, and running it over a catalogue. */
#include "poupa/validate.h"

#include "check.h"

/* -- The checks ---------------------------------------------------------- */

enum {
    SOURCES = 1 << POUPA_KIND_SOURCE,
    AREAS = 1 << POUPA_KIND_AREA,
    CHANNELS = 1 << POUPA_KIND_CHANNEL,
    UNITS = 1 << POUPA_KIND_UNIT,
    SERVICES = 1 << POUPA_KIND_SERVICE,
    OFFERINGS = 1 << POUPA_KIND_OFFERING,
    INDICATORS = 1 << POUPA_KIND_INDICATOR,
    METRICS = 1 << POUPA_KIND_METRIC,
    TARGETS = 1 << POUPA_KIND_TARGET,
    CLAIMS = 1 << POUPA_KIND_CLAIM,
    DOCUMENT = 1 << POUPA_KIND_COUNT,
    ENTITIES = DOCUMENT - 1
};

/*
 * A rule's check is called for every entity of its kinds that is sound in itself. What it
 * reads besides must have no errors at all.
 */
static const struct {
    poupa__rule rule;
    poupa__kind_set kinds;
    poupa__kind_set besides;
    poupa__check *check;
} checks[] = {
    {POUPA__W3001_MEMBER_NAME, DOCUMENT | ENTITIES, 0, poupa__check_member_names},
    {POUPA__W3002_OPEN_WORD, ENTITIES, 0, poupa__check_open_words},
    {POUPA__W3003_EMPTY_TEXT, ENTITIES, 0, poupa__check_empty_texts},
    {POUPA__W3004_OFF_THE_GLOBE, UNITS, 0, poupa__check_globe},
    {POUPA__W3005_HALF_A_POSITION, UNITS, 0, poupa__check_half_position},
    {POUPA__W3006_AREA_CODE, AREAS, 0, poupa__check_area_code},
    {POUPA__W3007_CHECK_DIGIT, AREAS, 0, poupa__check_check_digit},
    {POUPA__W3008_AFTER_PUBLICATION, METRICS, SOURCES, poupa__check_publication},
    {POUPA__W3009_CUMULATIVE_FALLS, METRICS, METRICS | INDICATORS, poupa__check_cumulative},
    {POUPA__W3010_PART_ABOVE_WHOLE, METRICS, METRICS | INDICATORS, poupa__check_whole},
    {POUPA__W3011_DISAGREE, METRICS, METRICS | INDICATORS, poupa__check_agreement},
    {POUPA__W3012_NEGATIVE, METRICS | TARGETS, INDICATORS, poupa__check_negative},
    {POUPA__W3013_PERCENT, METRICS | TARGETS, INDICATORS, poupa__check_percent},
    {POUPA__W3014_FINER_THAN_RESOLUTION, METRICS | TARGETS | CLAIMS, 0, poupa__check_resolution},
    {POUPA__W3015_IN_PERSON_WITHOUT_UNITS, OFFERINGS, CHANNELS, poupa__check_in_person},
    {POUPA__W3016_NOT_DIGITAL, SERVICES, OFFERINGS | CHANNELS, poupa__check_digital},
    {POUPA__W3017_NOT_OFFERED, SERVICES, OFFERINGS, poupa__check_offered},
    {POUPA__W3018_ENDS_BEFORE_START, OFFERINGS, 0, poupa__check_validity},
    {POUPA__W3019_CLOSED_UNIT, OFFERINGS, UNITS, poupa__check_closed_units},
    {POUPA__W3020_UNIT_UNUSED, UNITS, OFFERINGS | METRICS | TARGETS, poupa__check_unit_used},
    {POUPA__W3021_INDICATOR_UNUSED, INDICATORS, METRICS | TARGETS, poupa__check_indicator_used},
    {POUPA__W3022_DUE_BEFORE_BASELINE, TARGETS, METRICS, poupa__check_due_date},
    {POUPA__W3023_BASELINE_DIFFERS, TARGETS, METRICS, poupa__check_baseline},
    {POUPA__W3024_NOTHING_STATED, CLAIMS, 0, poupa__check_stated},
};

enum { CHECKS = sizeof checks / sizeof *checks };

/* -- Running them -------------------------------------------------------- */

static poupa__kind_set broken_kinds(const poupa_report *report)
{
    poupa__kind_set broken = 0;
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++)
        if (poupa__report_errors_in(report, kind, NULL) > 0)
            broken |= (poupa__kind_set)1 << kind;
    return broken;
}

/* The kinds of which some entities were not sound. */
static poupa__kind_set skipped_kinds(const poupa_catalog *catalog)
{
    poupa__kind_set skipped = 0;
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++)
        if (catalog->shelves[kind].skipped > 0)
            skipped |= (poupa__kind_set)1 << kind;
    return skipped;
}

/* Notes that a check was not called, or not for entities that are not sound, naming the
 * first kind that is to blame. */
static void note_not_run(poupa_report *report, size_t check, poupa__kind_set broken,
                         poupa__kind_set skipped)
{
    poupa__kind_set blamed = broken & checks[check].besides;
    bool in_part = !blamed;
    if (in_part)
        blamed = skipped & checks[check].kinds;
    if (!blamed)
        return;
    int kind = 0;
    while (!(blamed >> kind & 1))
        kind++;
    const char *path = "";
    size_t errors = poupa__report_errors_in(report, kind, &path);
    poupa__report_not_run(report, checks[check].rule, "%s%zu error%s in %s, the first at %s",
                          in_part ? "in part: " : "", errors, errors == 1 ? "" : "s",
                          poupa_kind_plural((poupa_kind)kind), path);
}

static void look_at(poupa__validation *run, const poupa__subject *subject,
                    poupa__check *const *active, size_t count)
{
    for (size_t i = 0; i < count; i++)
        active[i](run, subject);
}

/* Calls every check of a kind for every entity of it; -1 is the document itself. */
static void check_kind(poupa__validation *run, int kind, poupa__kind_set broken)
{
    poupa__kind_set self = kind < 0 ? (poupa__kind_set)DOCUMENT : (poupa__kind_set)1 << kind;
    poupa__check *active[CHECKS];
    size_t count = 0;
    for (size_t i = 0; i < CHECKS; i++)
        if (checks[i].kinds & self && !(checks[i].besides & broken))
            active[count++] = checks[i].check;
    if (kind < 0) {
        poupa__subject subject = {-1, POUPA__NONE, POUPA__NONE, NULL};
        look_at(run, &subject, active, count);
        return;
    }
    const poupa__shelf *shelf = &run->catalog->shelves[kind];
    for (size_t i = 0; i < shelf->used; i++) {
        if (shelf->slots[i] == NULL)
            continue;
        poupa__subject subject = {kind, i, shelf->slots[i]->place,
                                  poupa__entity_struct(shelf->slots[i])};
        look_at(run, &subject, active, count);
    }
}

/* Finds the fields that checks of all kinds look at. */
static void find_fields(poupa__fields_of_interest *interest, const poupa__kind_info *kind)
{
    for (size_t i = 0; i < kind->field_count; i++) {
        const poupa_field *field = &kind->fields[i];
        uint64_t bit = (uint64_t)1 << i;
        if (field->type == POUPA_FIELD_TEXT || field->type == POUPA_FIELD_TEXTS)
            interest->texts |= bit;
        if (field->vocabulary && field->vocabulary->open)
            interest->open_words |= bit;
    }
}

/* Notes that a rule did not see every unknown word, for there were too many. */
static void note_limit(poupa_report *report, poupa__rule rule, const poupa__spellings *spelling)
{
    if (spelling->full)
        poupa__report_not_run(report, rule,
                              "in part: of the unknown words, the first %d were "
                              "compared with the known ones",
                              POUPA__SPELLING_LIMIT);
}

static bool run_checks(poupa__validation *run)
{
    poupa__kind_set broken = broken_kinds(run->report);
    poupa__kind_set skipped = skipped_kinds(run->catalog);
    if (!(broken & (METRICS | INDICATORS)) &&
        !poupa__series_build(&run->series, run->catalog, &run->allocator))
        return false;
    for (int kind = -1; kind < POUPA_KIND_COUNT; kind++)
        check_kind(run, kind, broken);
    for (size_t i = 0; i < CHECKS; i++)
        note_not_run(run->report, i, broken, skipped);
    note_limit(run->report, POUPA__W3001_MEMBER_NAME, &run->names);
    note_limit(run->report, POUPA__W3002_OPEN_WORD, &run->words);
    return !run->names.out_of_memory && !run->words.out_of_memory;
}

poupa_status poupa_catalog_validate(const poupa_catalog *catalog, poupa_report *report,
                                    poupa_error *err)
{
    POUPA__REQUIRE(report, err);
    if (!catalog) {
        for (size_t i = 0; i < CHECKS; i++)
            poupa__report_not_run(report, checks[i].rule, "the text is not a catalogue document");
        return poupa__report_status(report, err);
    }
    poupa__validation run = {.catalog = catalog,
                             .report = report,
                             .allocator = catalog->allocator,
                             .series = {.key = poupa__hash_key_random()}};
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++)
        find_fields(&run.fields[kind], &poupa__kinds[kind]);
    bool complete = run_checks(&run);
    poupa__series_free(&run.series, &run.allocator);
    poupa__spelling_free(&run.names, &run.allocator);
    poupa__spelling_free(&run.words, &run.allocator);
    return complete ? poupa__report_status(report, err) : poupa__error_memory(err);
}
