/* resolve.c - from the ids of metrics to the metrics. */
#include "resolve.h"

#include "base/error.h"
#include "model/catalog.h"

poupa_status poupa__metrics_resolve(const poupa_catalog *catalog, const char *id,
                                    const poupa_metric **out, poupa_error *err)
{
    POUPA__REQUIRE(id, err);
    *out = poupa_metric_find(catalog, id);
    return *out ? POUPA_OK : poupa__error_not_found(catalog, POUPA_KIND_METRIC, id, err);
}
