/* test_model_navigate.c - from one entity to those that have to do with it. */
#include "building.h"

/* The ids of a list, which is freed. */
static const char *ids_of(poupa_list *list)
{
    static char ids[512];
    ids[0] = '\0';
    for (size_t i = 0; i < list->count; i++) {
        const char *const *id = list->items[i];
        strcat(strcat(ids, i ? " " : ""), *id);
    }
    ck_assert((list->items == NULL) == (list->count == 0));
    poupa_list_free(list);
    ck_assert_uint_eq(list->count, 0);
    return ids;
}

/* small_catalog with more offerings, so that entities are met more than once. */
static poupa_catalog *offering_catalog(void)
{
    poupa_catalog *catalog = small_catalog();
    ADD(catalog, channel, .id = "totem", .type = {POUPA_CHANNEL_KIOSK, NULL}, .name = "Totem");
    ADD(catalog, service, .id = "rg", .name = "RG", .organization_id = "procon-sp");
    ADD(catalog, service, .id = "cnh", .name = "CNH", .organization_id = "procon-sp");
    ADD(catalog, offering, .id = "rg-presencial", .service_id = "rg", .channel_id = "presencial",
        .unit_ids = POUPA_TEXTS("itaquera", "se"));
    ADD(catalog, offering, .id = "rg-totem", .service_id = "rg", .channel_id = "totem",
        .unit_ids = POUPA_TEXTS("itaquera"));
    return catalog;
}

typedef poupa_status (*navigation)(const poupa_catalog *, const char *, poupa_list *,
                                   poupa_error *);

static const struct {
    navigation navigate;
    poupa_kind kind;
    const char *id;
    const char *ids;
} navigations[] = {
    {poupa_service_offerings, POUPA_KIND_OFFERING, "reclamacao", "online na-se"},
    {poupa_service_offerings, POUPA_KIND_OFFERING, "rg", "rg-presencial rg-totem"},
    {poupa_service_offerings, POUPA_KIND_OFFERING, "cnh", ""},
    {poupa_service_channels, POUPA_KIND_CHANNEL, "reclamacao", "portal presencial"},
    {poupa_service_channels, POUPA_KIND_CHANNEL, "rg", "presencial totem"},
    {poupa_service_channels, POUPA_KIND_CHANNEL, "cnh", ""},
    {poupa_service_units, POUPA_KIND_UNIT, "reclamacao", "se"},
    {poupa_service_units, POUPA_KIND_UNIT, "rg", "se itaquera"}, /* in the file's order */
    {poupa_unit_offerings, POUPA_KIND_OFFERING, "itaquera", "rg-presencial rg-totem"},
    {poupa_unit_services, POUPA_KIND_SERVICE, "se", "reclamacao rg"},
    {poupa_unit_services, POUPA_KIND_SERVICE, "itaquera", "rg"}, /* once */
    {poupa_channel_services, POUPA_KIND_SERVICE, "presencial", "reclamacao rg"},
    {poupa_channel_services, POUPA_KIND_SERVICE, "portal", "reclamacao"},
    {poupa_area_units, POUPA_KIND_UNIT, "capital", "se itaquera"},
    {poupa_area_units, POUPA_KIND_UNIT, "sp", "se itaquera"}, /* in an area below it */
};

START_TEST(lists_have_each_entity_once_in_the_order_of_the_file)
{
    poupa_catalog *catalog = offering_catalog();
    for (size_t i = 0; i < COUNT(navigations); i++) {
        poupa_list list;
        ASSERT_OK(navigations[i].navigate(catalog, navigations[i].id, &list, &err));
        ck_assert_int_eq(list.kind, navigations[i].kind);
        ck_assert_str_eq(ids_of(&list), navigations[i].ids);
    }
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(what_is_not_there_leads_nowhere)
{
    poupa_catalog *catalog = offering_catalog();
    for (size_t i = 0; i < COUNT(navigations); i++) {
        poupa_list list = {.count = 7};
        navigation navigate = navigations[i].navigate;
        ASSERT_FAILS(navigate(catalog, "nowhere", &list, &err), POUPA_ERR_NOT_FOUND);
        ck_assert_uint_eq(list.count, 0);
        ASSERT_FAILS(navigate(catalog, NULL, &list, &err), POUPA_ERR_ARGUMENT);
        ASSERT_FAILS(navigate(NULL, "se", &list, &err), POUPA_ERR_ARGUMENT);
        ASSERT_FAILS(navigate(catalog, "se", NULL, &err), POUPA_ERR_ARGUMENT);
    }
    poupa_list_free(NULL);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(referrers_are_told_by_their_kind)
{
    static const struct {
        poupa_kind kind;
        const char *id;
        poupa_kind from;
        const char *ids;
    } cases[] = {
        {POUPA_KIND_INDICATOR, "atendimentos", POUPA_KIND_METRIC, "online-2020 todos-2020"},
        {POUPA_KIND_CHANNEL, "portal", POUPA_KIND_METRIC, "online-2020"},
        {POUPA_KIND_CHANNEL, "portal", POUPA_KIND_OFFERING, "online"},
        {POUPA_KIND_AREA, "capital", POUPA_KIND_UNIT, "se itaquera"},
        {POUPA_KIND_AREA, "sp", POUPA_KIND_AREA, "capital"},
        {POUPA_KIND_AREA, "sp", POUPA_KIND_UNIT, ""},
        {POUPA_KIND_UNIT, "se", POUPA_KIND_CLAIM, ""},
    };
    poupa_catalog *catalog = offering_catalog();
    poupa_list list;
    for (size_t i = 0; i < COUNT(cases); i++) {
        ASSERT_OK(poupa_catalog_referrers(catalog, cases[i].kind, cases[i].id, cases[i].from,
                                          &list, &err));
        ck_assert_str_eq(ids_of(&list), cases[i].ids);
    }
    ASSERT_FAILS(
        poupa_catalog_referrers(catalog, (poupa_kind)99, "se", POUPA_KIND_UNIT, &list, &err),
        POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(
        poupa_catalog_referrers(catalog, POUPA_KIND_UNIT, "se", (poupa_kind)99, &list, &err),
        POUPA_ERR_ARGUMENT);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(lists_follow_edits)
{
    poupa_catalog *catalog = offering_catalog();
    poupa_list list;
    /* Back where it was, an offering stands before those behind it. */
    poupa_offering offering = *poupa_offering_find(catalog, "na-se");
    offering.unit_ids = (poupa_texts)POUPA_TEXTS("itaquera");
    ASSERT_OK(poupa_offering_replace(catalog, &offering, &err));
    ASSERT_OK(poupa_unit_offerings(catalog, "itaquera", &list, &err));
    ck_assert_str_eq(ids_of(&list), "na-se rg-presencial rg-totem");
    ASSERT_OK(poupa_unit_services(catalog, "se", &list, &err));
    ck_assert_str_eq(ids_of(&list), "rg");
    ASSERT_OK(poupa_offering_remove(catalog, "rg-presencial", &err));
    ASSERT_OK(poupa_unit_offerings(catalog, "itaquera", &list, &err));
    ck_assert_str_eq(ids_of(&list), "na-se rg-totem");
    /* What was removed leads nowhere, though it can still be read. */
    ASSERT_OK(poupa_unit_offerings(catalog, "se", &list, &err));
    ck_assert_str_eq(ids_of(&list), "");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(areas_that_go_round_in_an_open_edit_do_not_hang)
{
    poupa_catalog *catalog = small_catalog();
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    poupa_area area = *poupa_area_find(catalog, "sp");
    area.parent_id = "capital";
    ASSERT_OK(poupa_area_replace(catalog, &area, &err));
    static const char *const ids[] = {"sp", "capital"};
    for (size_t i = 0; i < COUNT(ids); i++) {
        poupa_list list;
        ASSERT_OK(poupa_area_units(catalog, ids[i], &list, &err));
        ck_assert_str_eq(ids_of(&list), "se itaquera");
    }
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(references_that_lead_nowhere_in_an_open_edit_are_left_out)
{
    poupa_catalog *catalog = small_catalog();
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    ADD(catalog, offering, .id = "early", .service_id = "reclamacao", .channel_id = "app");
    poupa_list list;
    ASSERT_OK(poupa_service_channels(catalog, "reclamacao", &list, &err));
    ck_assert_str_eq(ids_of(&list), "portal presencial");
    ASSERT_FAILS(poupa_channel_services(catalog, "app", &list, &err), POUPA_ERR_NOT_FOUND);
    poupa_catalog_release(catalog);
}
END_TEST

/* -- Digital or not ------------------------------------------------------ */

START_TEST(channels_are_digital_or_have_units_by_their_type)
{
    static const struct {
        int32_t type;
        bool digital;
        bool units;
    } cases[] = {
        {POUPA_CHANNEL_PORTAL, true, false},
        {POUPA_CHANNEL_APP, true, false},
        {POUPA_CHANNEL_KIOSK, true, true},
        {POUPA_CHANNEL_IN_PERSON, false, true},
        {POUPA_CHANNEL_MOBILE_UNIT, false, true},
        {POUPA_CHANNEL_PHONE, false, false},
        {POUPA_CHANNEL_CHAT, true, false},
        {POUPA_CHANNEL_EMAIL, true, false},
        {POUPA_CHANNEL_POSTAL, false, false},
        {POUPA_CHANNEL_SMS, true, false},
        {0, false, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa_channel channel = {.type = {cases[i].type, NULL}};
        ck_assert(poupa_channel_is_digital(&channel) == cases[i].digital);
        ck_assert(poupa_channel_has_units(&channel) == cases[i].units);
    }
    ck_assert(!poupa_channel_is_digital(NULL));
    ck_assert(!poupa_channel_has_units(NULL));
}
END_TEST

START_TEST(a_service_is_digital_if_it_is_offered_through_a_digital_channel)
{
    poupa_catalog *catalog = offering_catalog();
    ck_assert(poupa_service_is_digital(catalog, "reclamacao"));
    ck_assert(poupa_service_is_digital(catalog, "rg"));
    ck_assert(!poupa_service_is_digital(catalog, "cnh"));
    ADD(catalog, metric, .id = "cnh-2020", .indicator_id = "atendimentos", .value = 1,
        .period = poupa_period_around(18262, POUPA_PERIOD_YEAR),
        .dimensions = {.service_id = "cnh"}); /* refers to it, and is no offering */
    ck_assert(!poupa_service_is_digital(catalog, "cnh"));
    ASSERT_OK(poupa_offering_remove(catalog, "online", &err));
    ck_assert(!poupa_service_is_digital(catalog, "reclamacao"));
    ck_assert(!poupa_service_is_digital(catalog, "nowhere"));
    ck_assert(!poupa_service_is_digital(catalog, NULL));
    ck_assert(!poupa_service_is_digital(NULL, "rg"));
    poupa_catalog_release(catalog);
}
END_TEST

int main(void)
{
    return RUN_SUITE("model: navigation", lists_have_each_entity_once_in_the_order_of_the_file,
                     what_is_not_there_leads_nowhere, referrers_are_told_by_their_kind,
                     lists_follow_edits, areas_that_go_round_in_an_open_edit_do_not_hang,
                     references_that_lead_nowhere_in_an_open_edit_are_left_out,
                     channels_are_digital_or_have_units_by_their_type,
                     a_service_is_digital_if_it_is_offered_through_a_digital_channel);
}
