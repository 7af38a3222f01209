/* report.h - adding to a report. */
#ifndef POUPA__DIAG_REPORT_H
#define POUPA__DIAG_REPORT_H

#include "base/error.h"
#include "base/memory.h"
#include "base/rule.h"
#include "poupa/catalog.h"

/* Where in a catalogue document something is. */
typedef struct poupa__place {
    int kind;          /* a poupa_kind; -1 for the document itself */
    size_t index;      /* of the entity in its array; POUPA__NONE for the array itself */
    const char *field; /* a member's name; NULL for the object itself */
    size_t item;       /* of a list's item; POUPA__NONE for none */
    bool at_key;       /* show the member's name rather than its value */
} poupa__place;

#define POUPA__NONE SIZE_MAX

/* Adds a finding. A report that runs out of memory says so at poupa__report_status. */
void poupa__report_add(poupa_report *report, poupa__rule rule, poupa__place place,
                       const char *format, ...) POUPA__PRINTF(4, 5);

/* Adds a finding at a byte offset of the text. */
void poupa__report_add_at(poupa_report *report, poupa__rule rule, size_t offset,
                          const char *format, ...) POUPA__PRINTF(4, 5);

/* Notes that a rule did not run. */
void poupa__report_not_run(poupa_report *report, poupa__rule rule, const char *format, ...)
    POUPA__PRINTF(3, 4);

/* How many errors there are in entities of a kind (-1: in the document itself), and the
 * path of one of them. Errors that concern the array itself count for the kind. */
size_t poupa__report_errors_in(const poupa_report *report, int kind, const char **path);

/* OK, or MEMORY if a finding was lost for want of memory. */
poupa_status poupa__report_status(const poupa_report *report, poupa_error *err);

/* The first error, in the order of the text, as a poupa_error; its status is the result.
 * OK where there is no error. */
poupa_status poupa__report_error(const poupa_report *report, poupa_error *err);

/* -- How a report is stored, for this module ------------------------------ */

typedef struct poupa__noted {
    poupa_finding finding;
    bool has_offset; /* the finding was made at an offset, not at a path */
    size_t order;    /* of adding */
} poupa__noted;

struct poupa_report {
    poupa_allocator allocator;
    poupa__arena arena;
    poupa__noted *findings;
    size_t count;
    size_t capacity;
    size_t errors; /* found, kept or not */
    size_t warnings;
    poupa_not_run *not_run;
    size_t not_run_count;
    size_t not_run_capacity;
    /* Errors in the entities of each kind, and last in the document itself. */
    size_t errors_in[POUPA_KIND_COUNT + 1];
    const char *first_in[POUPA_KIND_COUNT + 1];
    bool lost; /* there was no memory for something */
};

#endif
