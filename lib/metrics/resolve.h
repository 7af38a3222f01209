/* resolve.h - from the ids of metrics to the metrics. */
#ifndef POUPA__METRICS_RESOLVE_H
#define POUPA__METRICS_RESOLVE_H

#include "poupa/catalog.h"

/* Finds a metric, or returns NOT_FOUND naming the id and what was probably meant. */
poupa_status poupa__metrics_resolve(const poupa_catalog *catalog, const char *id,
                                    const poupa_metric **out, poupa_error *err);

#endif
