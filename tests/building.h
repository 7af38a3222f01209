/* building.h - building catalogues in C, and what must not have changed. */
#ifndef TEST_BUILDING_H
#define TEST_BUILDING_H

#include <string.h>

#include "poupa/catalog.h"
#include "suite.h"

/* Adds an entity: ADD(catalog, unit, .id = "se", .name = "Sé"). */
#define ADD(catalog, noun, ...)                                                                  \
    do {                                                                                         \
        poupa_##noun entity_ = {__VA_ARGS__};                                                    \
        ASSERT_OK(poupa_##noun##_add(catalog, &entity_, &err));                                  \
    } while (0)

static inline poupa_catalog *new_catalog(void)
{
    poupa_catalog *catalog = NULL;
    ASSERT_OK(poupa_catalog_new(NULL, &catalog, &err));
    return catalog;
}

static inline poupa_catalog *copy_of(const poupa_catalog *catalog)
{
    poupa_catalog *copy = NULL;
    ASSERT_OK(poupa_catalog_copy(catalog, NULL, &copy, &err));
    return copy;
}

/* Asserts that a catalogue is what its copy was, and lets go of the copy. */
static inline void assert_unchanged(const poupa_catalog *catalog, poupa_catalog *copy)
{
    ck_assert(poupa_catalog_equal(catalog, copy));
    poupa_catalog_release(copy);
}

/* A small catalogue of one service, at a unit and online, with two metrics. */
static inline poupa_catalog *small_catalog(void)
{
    poupa_catalog *catalog = new_catalog();
    ADD(catalog, area, .id = "sp", .type = {POUPA_AREA_STATE, NULL}, .name = "São Paulo");
    ADD(catalog, area, .id = "capital", .type = {POUPA_AREA_MUNICIPALITY, NULL},
        .name = "São Paulo", .parent_id = "sp");
    ADD(catalog, organization, .id = "procon-sp", .name = "Procon-SP");
    ADD(catalog, channel, .id = "portal", .type = {POUPA_CHANNEL_PORTAL, NULL}, .name = "Portal");
    ADD(catalog, channel, .id = "presencial", .type = {0, "in_person"}, .name = "Presencial");
    ADD(catalog, unit, .id = "se", .name = "Sé", .area_id = "capital");
    ADD(catalog, unit, .id = "itaquera", .name = "Itaquera", .area_id = "capital");
    ADD(catalog, service, .id = "reclamacao", .name = "Reclamação",
        .organization_id = "procon-sp");
    ADD(catalog, offering, .id = "online", .service_id = "reclamacao", .channel_id = "portal");
    ADD(catalog, offering, .id = "na-se", .service_id = "reclamacao", .channel_id = "presencial",
        .unit_ids = POUPA_TEXTS("se"));
    ADD(catalog, indicator, .id = "atendimentos", .name = "Atendimentos",
        .measure = {POUPA_MEASURE_FLOW, NULL});
    poupa_period year = poupa_period_around(18262, POUPA_PERIOD_YEAR); /* 2020 */
    ADD(catalog, metric, .id = "online-2020", .indicator_id = "atendimentos", .value = 5000,
        .period = year, .dimensions = {.channel_ids = POUPA_TEXTS("portal")});
    ADD(catalog, metric, .id = "todos-2020", .indicator_id = "atendimentos", .value = 12000,
        .period = year, .resolution = 1000, .qualifier = {POUPA_QUALIFIER_OVER, NULL});
    return catalog;
}

#endif
