/*
 * diag.h - findings: what is wrong with a document or a catalogue, where, and by which
 * rule.
 */
#ifndef POUPA_DIAG_H
#define POUPA_DIAG_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -- Rules --------------------------------------------------------------- */

typedef enum poupa_severity {
    POUPA_SEVERITY_ERROR = 1,
    POUPA_SEVERITY_WARNING = 2
} poupa_severity;

/** "error" or "warning". */
POUPA_API const char *poupa_severity_name(poupa_severity severity);

/** What checks a rule. */
typedef enum poupa_stage {
    POUPA_STAGE_JSON = 1,  /**< reading the text; E1xxx */
    POUPA_STAGE_MODEL,     /**< building the catalogue; E2xxx */
    POUPA_STAGE_PLAUSIBLE, /**< poupa_catalog_validate; W30xx */
    POUPA_STAGE_CLAIM      /**< poupa_claim_judge; W31xx */
} poupa_stage;

/** A rule that findings are made by. Codes are stable; new ones are only added. */
typedef struct poupa_rule {
    const char *code; /**< "E2005" */
    poupa_severity severity;
    poupa_stage stage;
    const char *title; /**< a few words */
    const char *text;  /**< what the rule asks for, why, and what to do */
} poupa_rule;

POUPA_API size_t poupa_rule_count(void);
/** The rule at an index, in the order of codes; NULL past the end. */
POUPA_API const poupa_rule *poupa_rule_at(size_t index);
/** The rule with a code; NULL where there is none. */
POUPA_API const poupa_rule *poupa_rule_find(const char *code);

/* -- Report -------------------------------------------------------------- */

/** One thing that is wrong. Texts live as long as the report. */
typedef struct poupa_finding {
    const poupa_rule *rule;
    const char *message; /**< what was found and what was expected, in English */
    const char *path;    /**< JSON pointer (RFC 6901) */
    bool at_key;         /**< whether the position is that of the member's name */
    size_t line;         /**< 1-based; 0 before poupa_report_locate */
    size_t column;       /**< 1-based, in characters (code points) */
    size_t offset;       /**< in bytes from the start of the text */
} poupa_finding;

/** A rule that did not run, and why. */
typedef struct poupa_not_run {
    const poupa_rule *rule;
    const char *why;
} poupa_not_run;

typedef struct poupa_report poupa_report;

/** Makes an empty report; free it. One that had no memory for a finding is incomplete, and what
 *  adds to it returns MEMORY from then on. */
POUPA_API poupa_status poupa_report_new(const poupa_allocator *allocator, poupa_report **out,
                                        poupa_error *err);
POUPA_API void poupa_report_free(poupa_report *report);

/** How many findings a report keeps at most, lest small texts fill the memory. */
#define POUPA_REPORT_FINDINGS 100000

/** How many findings are kept, in the order of their places in the document. */
POUPA_API size_t poupa_report_count(const poupa_report *report);
/** The finding at an index; it may move when the report grows or is located. */
POUPA_API const poupa_finding *poupa_report_at(const poupa_report *report, size_t index);
/** How many errors and how many warnings were found, kept or not. */
POUPA_API size_t poupa_report_errors(const poupa_report *report);
POUPA_API size_t poupa_report_warnings(const poupa_report *report);

POUPA_API size_t poupa_report_not_run_count(const poupa_report *report);
POUPA_API const poupa_not_run *poupa_report_not_run_at(const poupa_report *report, size_t index);

/**
 * Gives every finding its line, column and offset in the text that was read, and puts
 * the findings in the order of the text. One pass over the text, whatever the number
 * of findings. A path that the text does not have keeps the place of its longest part
 * that it has. Errors: MEMORY, ARGUMENT.
 */
POUPA_API poupa_status poupa_report_locate(poupa_report *report, const char *data, size_t size,
                                           poupa_error *err);

/** How poupa_report_write_text prints. All zero is plain text without excerpts. */
typedef struct poupa_report_style {
    const char *name; /**< the file's name, before each line; NULL for none */
    const char *data; /**< the text, for the line and the caret; NULL for none */
    size_t size;
    bool color; /**< with ANSI colours */
} poupa_report_style;

/**
 * Prints findings as compilers do, and how many were not kept:
 *     catalog.json:12:21: error: "procom" is not the id of an organization
 *         [E2005 /services/0/organization_id]
 *        12 |   "organization_id": "procom"
 *           |                      ^~~~~~~~
 * with the message, the code and the path on one line. Long lines are cut around the place,
 * control characters shown as "?". Errors: IO, MEMORY, ARGUMENT.
 */
POUPA_API poupa_status poupa_report_write_text(const poupa_report *report,
                                               const poupa_report_style *style,
                                               poupa_write_fn write, void *context,
                                               poupa_error *err);

/**
 * Writes a report as a JSON object: "file", "errors", "warnings", "findings" (each with
 * "code", "severity", "message", "path", "line", "column", "offset") and
 * "rules_not_run" (each with "code" and "why").
 */
POUPA_API void poupa_report_write_json(const poupa_report *report, const char *file,
                                       poupa_writer *writer);

#ifdef __cplusplus
}
#endif

#endif
