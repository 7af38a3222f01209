/* dimensions.h - what figures are about, in a form that can be sorted. */
#ifndef POUPA__METRICS_DIMENSIONS_H
#define POUPA__METRICS_DIMENSIONS_H

#include "base/memory.h"
#include "poupa/model.h"

/* Orders ids of stored entities; quick where they are equal, being one text then. */
int poupa__dimensions_compare_ids(const char *a, const char *b);

/*
 * Copies dimensions of a stored entity with their lists sorted; the texts are shared, new
 * lists come from the arena. False when there is no memory.
 */
bool poupa__dimensions_sorted(poupa__arena *arena, const poupa_dimensions *dimensions,
                              poupa_dimensions *out);

/* A total order of such copies, in which those that are equal as sets are equal. */
int poupa__dimensions_compare(const poupa_dimensions *a, const poupa_dimensions *b);

#endif
