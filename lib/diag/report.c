/* report.c - findings, gathered. */
#include "report.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* -- Life ---------------------------------------------------------------- */

poupa_status poupa_report_new(const poupa_allocator *allocator, poupa_report **out,
                              poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    poupa_allocator chosen = poupa__allocator(allocator);
    poupa_report *report = POUPA__NEW(&chosen, poupa_report);
    if (report == NULL)
        return poupa__error_memory(err);
    report->allocator = chosen;
    poupa__arena_init(&report->arena, chosen);
    *out = report;
    return POUPA_OK;
}

void poupa_report_free(poupa_report *report)
{
    if (report == NULL)
        return;
    poupa_allocator allocator = report->allocator;
    poupa__release(&allocator, report->findings, report->capacity * sizeof *report->findings);
    poupa__release(&allocator, report->not_run,
                   report->not_run_capacity * sizeof *report->not_run);
    poupa__arena_free(&report->arena);
    poupa__release(&allocator, report, sizeof *report);
}

/* -- Adding -------------------------------------------------------------- */

/* Appends a token of a JSON pointer, with ~ and / escaped. */
static bool append_token(poupa_buffer *path, const char *token)
{
    bool good = poupa__buffer_append(path, "/", 1);
    for (; *token && good; token++) {
        if (*token == '~' || *token == '/')
            good = poupa__buffer_append(path, *token == '~' ? "~0" : "~1", 2);
        else
            good = poupa__buffer_append(path, token, 1);
    }
    return good;
}

static bool append_index(poupa_buffer *path, size_t index)
{
    return index == POUPA__NONE || poupa__buffer_print(path, "/%zu", index);
}

static const char *make_path(poupa_report *report, poupa__place place)
{
    poupa_buffer path;
    poupa__buffer_init(&path, report->allocator);
    bool good = poupa__buffer_append(&path, "", 0);
    if (place.kind >= 0)
        good = good && append_token(&path, poupa_kind_plural((poupa_kind)place.kind)) &&
               append_index(&path, place.index);
    if (place.field)
        good = good && append_token(&path, place.field);
    good = good && append_index(&path, place.item);
    const char *copy = good ? poupa__arena_text(&report->arena, path.data, path.size) : NULL;
    poupa_buffer_free(&path);
    return copy;
}

POUPA__PRINTF(2, 0)
static const char *make_message(poupa_report *report, const char *format, va_list arguments)
{
    char message[sizeof((poupa_error *)0)->message];
    size_t size = poupa__format(message, sizeof message, format, arguments);
    return poupa__arena_text(&report->arena, message, size);
}

/* Counts a finding of a kind (-1: the document); whether there is room to keep it. */
static bool count_finding(poupa_report *report, poupa__rule rule, int kind)
{
    if (poupa__rules[rule].severity == POUPA_SEVERITY_ERROR) {
        report->errors++;
        report->errors_in[kind >= 0 ? kind : POUPA_KIND_COUNT]++;
    } else {
        report->warnings++;
    }
    return report->count < POUPA_REPORT_FINDINGS;
}

static void keep(poupa_report *report, poupa_finding finding, bool has_offset, int kind)
{
    void *findings = report->findings;
    if (finding.path == NULL || finding.message == NULL ||
        !poupa__grow(&report->allocator, &findings, &report->capacity, report->count + 1,
                     sizeof *report->findings)) {
        report->lost = true;
        return;
    }
    report->findings = (poupa__noted *)findings;
    report->findings[report->count] = (poupa__noted){finding, has_offset, report->count};
    report->count++;
    const char **first = &report->first_in[kind >= 0 ? kind : POUPA_KIND_COUNT];
    if (*first == NULL && finding.rule->severity == POUPA_SEVERITY_ERROR)
        *first = finding.path;
}

void poupa__report_add(poupa_report *report, poupa__rule rule, poupa__place place,
                       const char *format, ...)
{
    if (!count_finding(report, rule, place.kind))
        return;
    poupa_finding finding = {.rule = &poupa__rules[rule], .at_key = place.at_key};
    va_list arguments;
    va_start(arguments, format);
    finding.message = make_message(report, format, arguments);
    va_end(arguments);
    finding.path = make_path(report, place);
    keep(report, finding, false, place.kind);
}

void poupa__report_add_at(poupa_report *report, poupa__rule rule, size_t offset,
                          const char *format, ...)
{
    if (!count_finding(report, rule, -1))
        return;
    poupa_finding finding = {.rule = &poupa__rules[rule], .path = "", .offset = offset};
    va_list arguments;
    va_start(arguments, format);
    finding.message = make_message(report, format, arguments);
    va_end(arguments);
    keep(report, finding, true, -1);
}

void poupa__report_not_run(poupa_report *report, poupa__rule rule, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *why = make_message(report, format, arguments);
    va_end(arguments);
    void *not_run = report->not_run;
    if (why == NULL || !poupa__grow(&report->allocator, &not_run, &report->not_run_capacity,
                                    report->not_run_count + 1, sizeof *report->not_run)) {
        report->lost = true;
        return;
    }
    report->not_run = (poupa_not_run *)not_run;
    report->not_run[report->not_run_count++] = (poupa_not_run){&poupa__rules[rule], why};
}

/* -- Questions ----------------------------------------------------------- */

size_t poupa__report_errors_in(const poupa_report *report, int kind, const char **path)
{
    size_t slot = kind >= 0 ? (size_t)kind : POUPA_KIND_COUNT;
    if (path)
        *path = report->first_in[slot] ? report->first_in[slot] : "";
    return report->errors_in[slot];
}

poupa_status poupa__report_status(const poupa_report *report, poupa_error *err)
{
    return report->lost ? poupa__error_memory(err) : POUPA_OK;
}

static poupa_status status_of_finding(const poupa_rule *rule)
{
    if (rule == &poupa__rules[POUPA__E1010_SIZE] ||
        rule == &poupa__rules[POUPA__E1011_ENTITIES] || rule == &poupa__rules[POUPA__E1007_DEPTH])
        return POUPA_ERR_LIMIT;
    return rule->stage == POUPA_STAGE_JSON ? POUPA_ERR_SYNTAX : POUPA_ERR_INVALID;
}

poupa_status poupa__report_error(const poupa_report *report, poupa_error *err)
{
    const poupa_finding *first = NULL;
    for (size_t i = 0; i < report->count && first == NULL; i++) {
        if (report->findings[i].finding.rule->severity == POUPA_SEVERITY_ERROR)
            first = &report->findings[i].finding;
    }
    if (first == NULL)
        return POUPA_OK;
    poupa_status status = status_of_finding(first->rule);
    poupa__error(err, status, "%s", first->message);
    poupa__error_rule(err, first->rule->code, first->path);
    if (err) {
        err->line = first->line;
        err->column = first->column;
        err->offset = first->offset;
    }
    return status;
}

size_t poupa_report_count(const poupa_report *report)
{
    return report ? report->count : 0;
}

const poupa_finding *poupa_report_at(const poupa_report *report, size_t index)
{
    return index < poupa_report_count(report) ? &report->findings[index].finding : NULL;
}

size_t poupa_report_errors(const poupa_report *report)
{
    return report ? report->errors : 0;
}

size_t poupa_report_warnings(const poupa_report *report)
{
    return report ? report->warnings : 0;
}

size_t poupa_report_not_run_count(const poupa_report *report)
{
    return report ? report->not_run_count : 0;
}

const poupa_not_run *poupa_report_not_run_at(const poupa_report *report, size_t index)
{
    return index < poupa_report_not_run_count(report) ? &report->not_run[index] : NULL;
}
