/* typed.c - the access of catalog.c, with each kind's type. */
#include "poupa/catalog.h"

#define TYPED(noun, KIND)                                                                        \
    size_t poupa_##noun##_count(const poupa_catalog *catalog)                                    \
    {                                                                                            \
        return poupa_catalog_count(catalog, KIND);                                               \
    }                                                                                            \
    const poupa_##noun *poupa_##noun##_at(const poupa_catalog *catalog, size_t index)            \
    {                                                                                            \
        return (const poupa_##noun *)poupa_catalog_at(catalog, KIND, index);                     \
    }                                                                                            \
    const poupa_##noun *poupa_##noun##_find(const poupa_catalog *catalog, const char *id)        \
    {                                                                                            \
        return (const poupa_##noun *)poupa_catalog_find(catalog, KIND, id);                      \
    }                                                                                            \
    poupa_status poupa_##noun##_remove(poupa_catalog *catalog, const char *id, poupa_error *err) \
    {                                                                                            \
        return poupa_catalog_remove(catalog, KIND, id, err);                                     \
    }

TYPED(source, POUPA_KIND_SOURCE)
TYPED(area, POUPA_KIND_AREA)
TYPED(organization, POUPA_KIND_ORGANIZATION)
TYPED(program, POUPA_KIND_PROGRAM)
TYPED(channel, POUPA_KIND_CHANNEL)
TYPED(unit, POUPA_KIND_UNIT)
TYPED(service, POUPA_KIND_SERVICE)
TYPED(offering, POUPA_KIND_OFFERING)
TYPED(indicator, POUPA_KIND_INDICATOR)
TYPED(metric, POUPA_KIND_METRIC)
TYPED(target, POUPA_KIND_TARGET)
TYPED(claim, POUPA_KIND_CLAIM)
