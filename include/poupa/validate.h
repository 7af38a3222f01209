/*
 * validate.h - plausibility: what a catalogue says that is well-formed and probably
 * wrong. The rules are those of stage POUPA_STAGE_PLAUSIBLE, see docs/rules.md.
 */
#ifndef POUPA_VALIDATE_H
#define POUPA_VALIDATE_H

#include "catalog.h"
#include "diag.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Runs every plausibility rule and adds what it finds to the report. Entities that were
 * read and not sound are passed over, and a rule that compares an entity with kinds in
 * which the report has errors does not run, so that one mistake is not reported twice; the
 * report names such rules and says why. `catalog` may be NULL: then no rule runs.
 * O(n log n). Errors: ARGUMENT; MEMORY, where the report keeps what was found so far.
 */
POUPA_API poupa_status poupa_catalog_validate(const poupa_catalog *catalog, poupa_report *report,
                                              poupa_error *err);

#ifdef __cplusplus
}
#endif

#endif
