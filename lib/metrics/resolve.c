/* resolve.c - from the ids of metrics to the metrics. */
#include "resolve.h"

#include <string.h>

#include "base/error.h"

poupa_status poupa__metrics_resolve(const poupa_catalog *catalog, const char *id,
                                    const poupa_metric **out, poupa_error *err)
{
    POUPA__REQUIRE(id, err);
    *out = poupa_metric_find(catalog, id);
    if (*out)
        return POUPA_OK;
    char shown[POUPA__SHOWN_SIZE];
    poupa__shown(id, strlen(id), shown);
    const poupa_metric *nearest = poupa_catalog_nearest(catalog, POUPA_KIND_METRIC, id);
    if (nearest == NULL)
        return poupa__error(err, POUPA_ERR_NOT_FOUND, "there is no metric \"%s\"", shown);
    return poupa__error(err, POUPA_ERR_NOT_FOUND,
                        "there is no metric \"%s\"; did you mean \"%s\"?", shown, nearest->id);
}
