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
 * Runs every plausibility rule and adds what it finds to the report. A rule that reads
 * entities in which the report has errors already does not run, so that one mistake is
 * not reported twice; the report names it and says why. A rule that looks at several kinds
 * each by itself still runs on the others. `catalog` may be NULL: then no rule runs.
 * O(n log n). Errors: ARGUMENT; MEMORY, where the report keeps what was found so far.
 */
POUPA_API poupa_status poupa_catalog_validate(const poupa_catalog *catalog, poupa_report *report,
                                              poupa_error *err);

#ifdef __cplusplus
}
#endif

#endif
