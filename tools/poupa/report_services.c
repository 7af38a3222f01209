/* report_services.c - the report on programmes, organizations and services. */
#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "numbers.h"
#include "report.h"

enum { DETAILS = 4 }; /* the indent of what is told of an entity */

/* -- Programmes and organizations ---------------------------------------- */

void report_programs(const cli_report *report)
{
    const poupa_program *program;
    for (size_t i = 0; (program = poupa_program_at(report->catalog, i)) != NULL; i++) {
        const poupa_catalog *catalog = report->catalog;
        cli_table table = {0};
        if (i == 0)
            report_heading(report, TEXT_PROGRAMS);
        report_name(report, program->name, "");
        report_row(report, &table, TEXT_OPERATOR,
                   name_of(catalog, POUPA_KIND_ORGANIZATION, program->operator_id));
        report_row(report, &table, TEXT_AREA,
                   name_of(catalog, POUPA_KIND_AREA, program->area_id));
        if (program->started.year)
            report_row(report, &table, TEXT_SINCE,
                       date_words(report->language, program->started).text);
        report_row(report, &table, TEXT_SITE, program->url);
        report_row(report, &table, TEXT_NOTE, program->note);
        table_print(&table, &report->terminal, DETAILS);
    }
}

void report_organizations(const cli_report *report)
{
    const poupa_organization *organization;
    for (size_t i = 0; (organization = poupa_organization_at(report->catalog, i)) != NULL; i++) {
        cli_table table = {0};
        if (i == 0)
            report_heading(report, TEXT_ORGANIZATIONS);
        report_name(report, organization->name, organization->short_name);
        print_paragraph(&report->terminal, DETAILS, organization->description);
        report_row(report, &table, TEXT_PART_OF,
                   name_of(report->catalog, POUPA_KIND_ORGANIZATION, organization->parent_id));
        report_row(report, &table, TEXT_SITE, organization->url);
        report_row(report, &table, TEXT_NOTE, organization->note);
        table_print(&table, &report->terminal, DETAILS);
    }
}

/* -- Units of an offering ------------------------------------------------ */

/* A unit, to be sorted to the others of its area. */
typedef struct placed_unit {
    const poupa_unit *unit;
    const poupa_area *group; /* NULL for none */
    size_t order;            /* in the offering */
    size_t group_order;      /* of the first unit in the group */
} placed_unit;

/* Units are told by the area around theirs: municipalities by region or state, districts
 * by municipality. */
static const poupa_area *group_of(const poupa_catalog *catalog, const poupa_unit *unit)
{
    const poupa_area *area = poupa_area_find(catalog, unit->area_id);
    const poupa_area *parent = area ? poupa_area_find(catalog, area->parent_id) : NULL;
    return parent ? parent : area;
}

static int compare_orders(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int by_group(const void *left, const void *right)
{
    const placed_unit *a = left;
    const placed_unit *b = right;
    int order = strcmp(a->group ? a->group->id : "", b->group ? b->group->id : "");
    return order ? order : compare_orders(a->order, b->order);
}

static int by_group_order(const void *left, const void *right)
{
    const placed_unit *a = left;
    const placed_unit *b = right;
    int order = compare_orders(a->group_order, b->group_order);
    return order ? order : compare_orders(a->order, b->order);
}

/* The units of an offering, those of a group together, groups in the order of their first
 * units; free them. */
static placed_unit *place_units(const poupa_catalog *catalog, poupa_texts ids)
{
    placed_unit *placed = calloc(ids.count, sizeof *placed);
    if (placed == NULL)
        fail_for_memory();
    for (size_t i = 0; i < ids.count; i++) {
        const poupa_unit *unit = poupa_unit_find(catalog, ids.items[i]);
        placed[i] = (placed_unit){unit, group_of(catalog, unit), i, i};
    }
    qsort(placed, ids.count, sizeof *placed, by_group);
    for (size_t i = 1; i < ids.count; i++)
        if (placed[i].group == placed[i - 1].group)
            placed[i].group_order = placed[i - 1].group_order;
    qsort(placed, ids.count, sizeof *placed, by_group_order);
    return placed;
}

static void print_group(const cli_report *report, FILE *cell, const poupa_area *area)
{
    const char *type = word(report->language, WORDS_AREA_TYPE, area->type.code, area->type.text);
    SAY(cell, report_text(report, TEXT_GROUP), area->name, type);
    fputs(": ", cell);
}

static void print_units(const cli_report *report, FILE *cell, poupa_texts ids, bool *first)
{
    if (ids.count == 0)
        return;
    placed_unit *placed = place_units(report->catalog, ids);
    for (size_t i = 0; i < ids.count; i++) {
        const poupa_unit *unit = placed[i].unit;
        bool starts = i == 0 || placed[i].group != placed[i - 1].group;
        fputs(!starts ? ", " : *first ? "" : "\n", cell);
        *first = false;
        if (starts && placed[i].group)
            print_group(report, cell, placed[i].group);
        fputs(unit->name, cell);
        if (unit->status.code != POUPA_UNIT_OPEN)
            fprintf(cell, " (%s)",
                    word(report->language, WORDS_UNIT_STATUS, unit->status.code, ""));
    }
    free(placed);
}

/* -- Services ------------------------------------------------------------ */

static void print_texts(FILE *cell, poupa_texts texts)
{
    for (size_t i = 0; i < texts.count; i++)
        fprintf(cell, "%s%s", i ? ", " : "", texts.items[i]);
}

static void print_access_rules(const cli_report *report, FILE *cell, poupa_words rules,
                               bool *first)
{
    if (rules.count == 0)
        return;
    fputs(*first ? "" : "\n", cell);
    fputs(report_text(report, TEXT_ACCESS), cell);
    *first = false;
    for (size_t i = 0; i < rules.count; i++)
        fprintf(
            cell, "%s%s", i ? ", " : " ",
            word(report->language, WORDS_ACCESS_RULE, rules.items[i].code, rules.items[i].text));
}

static void print_validity(const cli_report *report, FILE *cell, text_id id, poupa_date date,
                           bool *first)
{
    if (date.year == 0)
        return;
    report_dot(report, cell, first);
    SAY(cell, report_text(report, id), date_words(report->language, date).text);
}

/* The channel, and how and where it serves. */
static void print_offering(const cli_report *report, cli_table *table,
                           const poupa_offering *offering)
{
    const poupa_channel *channel = poupa_channel_find(report->catalog, offering->channel_id);
    fprintf(table_row(table), GREEN "%s" PLAIN, channel->name);
    FILE *cell = table_cell(table);
    bool first = true;
    if (channel->url[0]) {
        report_dot(report, cell, &first);
        fputs(channel->url, cell);
    }
    if (offering->booking.code != POUPA_BOOKING_NONE) {
        report_dot(report, cell, &first);
        fputs(word(report->language, WORDS_BOOKING, offering->booking.code, ""), cell);
    }
    print_validity(report, cell, TEXT_FROM, offering->valid_from, &first);
    print_validity(report, cell, TEXT_UNTIL, offering->valid_to, &first);
    print_access_rules(report, cell, offering->access_rules, &first);
    print_units(report, cell, offering->unit_ids, &first);
    if (offering->note[0])
        fprintf(cell, "%s" DIM "%s" PLAIN, first ? "" : "\n", offering->note);
}

static void print_offerings(const cli_report *report, cli_table *table,
                            const poupa_service *service)
{
    poupa_list offerings;
    if (poupa_service_offerings(report->catalog, service->id, &offerings, NULL) != POUPA_OK)
        fail_for_memory();
    for (size_t i = 0; i < offerings.count; i++)
        print_offering(report, table, offerings.items[i]);
    poupa_list_free(&offerings);
}

static void print_list(const cli_report *report, cli_table *table, text_id label,
                       poupa_texts texts)
{
    if (texts.count == 0)
        return;
    fprintf(table_row(table), DIM "%s" PLAIN, report_text(report, label));
    print_texts(table_cell(table), texts);
}

static void print_service(const cli_report *report, const poupa_service *service)
{
    const poupa_catalog *catalog = report->catalog;
    cli_table table = {0};
    report_name(report, service->name, "");
    print_paragraph(&report->terminal, DETAILS, service->description);
    report_row(report, &table, TEXT_PROVIDER,
               name_of(catalog, POUPA_KIND_ORGANIZATION, service->organization_id));
    report_row(report, &table, TEXT_PROGRAM,
               name_of(catalog, POUPA_KIND_PROGRAM, service->program_id));
    print_list(report, &table, TEXT_ALSO, service->alternate_names);
    if (service->status.code != POUPA_SERVICE_ACTIVE)
        report_row(report, &table, TEXT_STATUS,
                   word(report->language, WORDS_SERVICE_STATUS, service->status.code, ""));
    print_list(report, &table, TEXT_DOCUMENTS, service->required_documents);
    if (service->digital_since.year)
        report_row(report, &table, TEXT_DIGITAL_SINCE,
                   date_words(report->language, service->digital_since).text);
    report_row(report, &table, TEXT_SITE, service->url);
    report_row(report, &table, TEXT_NOTE, service->note);
    print_offerings(report, &table, service);
    table_print(&table, &report->terminal, DETAILS);
}

void report_services(const cli_report *report)
{
    const poupa_service *service;
    for (size_t i = 0; (service = poupa_service_at(report->catalog, i)) != NULL; i++) {
        if (i == 0)
            report_heading(report, TEXT_SERVICES);
        else
            fputc('\n', report->terminal.stream);
        print_service(report, service);
    }
}
