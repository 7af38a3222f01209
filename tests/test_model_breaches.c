/* test_model_breaches.c - every way in which an edit can be refused, and that it changes
 * nothing. */
#include <math.h>

#include "building.h"

/* One refused edit of small_catalog. */
typedef struct refusal {
    poupa_kind kind;
    const void *entity;
    size_t size;
    poupa_status status;
    const char *code;
    const char *path;
    const char *message; /* a part of it */
} refusal;

#define ENTITY(noun, ...) &(const poupa_##noun){__VA_ARGS__}, sizeof(poupa_##noun)
#define METRIC(...) ENTITY(metric, .id = "m", .indicator_id = "atendimentos", __VA_ARGS__)
#define LIST(...)                                                                                \
    {                                                                                            \
        (const char *const[]){__VA_ARGS__}, COUNT(((const char *[]){__VA_ARGS__}))               \
    }
#define EXTRA(...)                                                                               \
    {                                                                                            \
        (const poupa_member[]){__VA_ARGS__}, COUNT(((const poupa_member[]){__VA_ARGS__}))        \
    }

#define YEAR_2021                                                                                \
    {                                                                                            \
        18628, 18992, POUPA_PERIOD_YEAR, 0, 0                                                    \
    }
#define LONG_ID                                                                                  \
    "0123456789012345678901234567890123456789012345678901234567890123"                           \
    "0123456789012345678901234567890123456789012345678901234567890123x"

static void assert_refused(poupa_catalog *catalog, const refusal *each,
                           poupa_status (*edit)(poupa_catalog *, poupa_kind, const void *, size_t,
                                                poupa_error *))
{
    poupa_catalog *before = copy_of(catalog);
    poupa_error err;
    poupa_status status = edit(catalog, each->kind, each->entity, each->size, &err);
    ck_assert_msg(status == each->status && strstr(err.message, each->message),
                  "expected %s, got %s: %s", each->message, poupa_status_name(status),
                  err.message);
    ck_assert_str_eq(err.code, each->code);
    ck_assert_str_eq(err.path, each->path);
    ck_assert_int_eq(edit(catalog, each->kind, each->entity, each->size, NULL), status);
    assert_unchanged(catalog, before);
}

static void assert_all_refused(const refusal *cases, size_t count)
{
    poupa_catalog *catalog = small_catalog();
    for (size_t i = 0; i < count; i++)
        assert_refused(catalog, &cases[i], poupa_catalog_add);
    poupa_catalog_release(catalog);
}

START_TEST(what_an_entity_needs_must_be_there)
{
    const refusal cases[] = {
        {POUPA_KIND_UNIT, ENTITY(unit, .name = "Sé"), POUPA_ERR_INVALID, "E2001", "/units/2",
         "this unit has no \"id\""},
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "a", .name = ""), POUPA_ERR_INVALID, "E2001",
         "/units/2", "this unit has no \"name\""},
        {POUPA_KIND_SERVICE, ENTITY(service, .id = "a", .name = "A"), POUPA_ERR_INVALID, "E2001",
         "/services/1", "this service has no \"organization_id\""},
        {POUPA_KIND_AREA, ENTITY(area, .id = "a", .name = "A"), POUPA_ERR_INVALID, "E2001",
         "/areas/2", "this area has no \"type\""},
        {POUPA_KIND_METRIC, METRIC(.value = 1), POUPA_ERR_INVALID, "E2001", "/metrics/2",
         "this metric has no \"period\""},
        {POUPA_KIND_TARGET, ENTITY(target, .id = "a", .indicator_id = "atendimentos"),
         POUPA_ERR_INVALID, "E2001", "/targets/0", "this target has no \"due\""},
        {POUPA_KIND_CLAIM,
         ENTITY(claim, .id = "a", .kind = {POUPA_CLAIM_SUM, NULL}, .left = LIST("online-2020")),
         POUPA_ERR_INVALID, "E2001", "/claims/0", "this claim has no \"right\""},
    };
    assert_all_refused(cases, COUNT(cases));
}
END_TEST

START_TEST(ids_follow_the_format)
{
    const refusal cases[] = {
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "Sé", .name = "Sé"), POUPA_ERR_INVALID, "E2003",
         "/units/2/id", "\"Sé\" is not an id"},
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "-se", .name = "Sé"), POUPA_ERR_INVALID, "E2003",
         "/units/2/id", "\"-se\" is not an id"},
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "a b", .name = "Sé"), POUPA_ERR_INVALID, "E2003",
         "/units/2/id", "\"a b\" is not an id"},
        {POUPA_KIND_UNIT, ENTITY(unit, .id = LONG_ID, .name = "Sé"), POUPA_ERR_INVALID, "E2003",
         "/units/2/id", "has 129 bytes; 128 are allowed"},
    };
    assert_all_refused(cases, COUNT(cases));
    poupa_catalog *catalog = small_catalog();
    ADD(catalog, unit, .id = &LONG_ID[1], .name = "128 bytes");
    ADD(catalog, unit, .id = "0", .name = "a digit");
    ADD(catalog, unit, .id = "a._-", .name = "all there is");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(values_are_what_they_claim_to_be)
{
    const refusal cases[] = {
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "a", .name = "A", .status = {9, NULL}),
         POUPA_ERR_INVALID, "E2009", "/units/2/status", "9 is no code of a status of a unit"},
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "a", .name = "A", .status = {-1, NULL}),
         POUPA_ERR_INVALID, "E2009", "/units/2/status", "-1 is no code"},
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "a", .name = "A", .status = {0, "opened"}),
         POUPA_ERR_INVALID, "E2009", "/units/2/status", "did you mean \"open\"?"},
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "a", .name = "A", .type = {0, "?"}),
         POUPA_ERR_INVALID, "E2009", "/units/2/type", "\"?\" is no type of unit: fixed, mobile"},
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "a", .name = "A", .opened = {2021, 2, 30}),
         POUPA_ERR_INVALID, "E2010", "/units/2/opened", "no such date"},
        {POUPA_KIND_METRIC, METRIC(.period = {1, 2, POUPA_PERIOD_YEAR, 0, 0}), POUPA_ERR_INVALID,
         "E2011", "/metrics/2/period", "no such period"},
        {POUPA_KIND_METRIC, METRIC(.period = YEAR_2021, .resolution = -0.5), POUPA_ERR_INVALID,
         "E2013", "/metrics/2/resolution", "the resolution -0.5 is below zero"},
        {POUPA_KIND_METRIC, METRIC(.period = YEAR_2021, .value = NAN), POUPA_ERR_ARGUMENT, "",
         "/metrics/2/value", "not finite"},
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "a", .name = "A", .latitude = {INFINITY, true}),
         POUPA_ERR_ARGUMENT, "", "/units/2/latitude", "not finite"},
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "a", .name = "S\xe9"), POUPA_ERR_ARGUMENT, "",
         "/units/2/name", "not UTF-8"},
        {POUPA_KIND_AREA, ENTITY(area, .id = "a", .name = "A", .type = {0, "\xff"}),
         POUPA_ERR_ARGUMENT, "", "/areas/2/type", "not UTF-8"},
    };
    assert_all_refused(cases, COUNT(cases));
}
END_TEST

START_TEST(lists_have_items)
{
    const refusal cases[] = {
        {POUPA_KIND_SERVICE,
         ENTITY(service, .id = "a", .name = "A", .organization_id = "procon-sp",
                .keywords = LIST("good", NULL)),
         POUPA_ERR_ARGUMENT, "", "/services/1/keywords/1", "the text is NULL"},
        {POUPA_KIND_SERVICE,
         ENTITY(service, .id = "a", .name = "A", .organization_id = "procon-sp",
                .keywords = {NULL, 3}),
         POUPA_ERR_ARGUMENT, "", "/services/1/keywords", "the list is NULL"},
        {POUPA_KIND_OFFERING,
         ENTITY(offering, .id = "a", .service_id = "reclamacao", .channel_id = "portal",
                .access_rules = {NULL, 1}),
         POUPA_ERR_ARGUMENT, "", "/offerings/2/access_rules", "the list is NULL"},
        {POUPA_KIND_OFFERING,
         ENTITY(offering, .id = "a", .service_id = "reclamacao", .channel_id = "portal",
                .access_rules = {(const poupa_word[]){{1, NULL}, {0, NULL}}, 2}),
         POUPA_ERR_ARGUMENT, "", "/offerings/2/access_rules/1", "the text is NULL"},
    };
    assert_all_refused(cases, COUNT(cases));
}
END_TEST

START_TEST(references_resolve)
{
    const refusal cases[] = {
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "a", .name = "A", .area_id = "capitall"),
         POUPA_ERR_INVALID, "E2005", "/units/2/area_id",
         "\"capitall\" is not the id of an area; did you mean \"capital\"?"},
        {POUPA_KIND_SERVICE, ENTITY(service, .id = "a", .name = "A", .organization_id = "detran"),
         POUPA_ERR_INVALID, "E2005", "/services/1/organization_id",
         "\"detran\" is not the id of an organization"},
        {POUPA_KIND_OFFERING,
         ENTITY(offering, .id = "a", .service_id = "reclamacao", .channel_id = "presencial",
                .unit_ids = LIST("se", "nowhere")),
         POUPA_ERR_INVALID, "E2005", "/offerings/2/unit_ids/1",
         "\"nowhere\" is not the id of a unit"},
        {POUPA_KIND_OFFERING,
         ENTITY(offering, .id = "a", .service_id = "reclamacao", .channel_id = "presencial",
                .unit_ids = LIST("se", "itaquera", "se")),
         POUPA_ERR_INVALID, "E2007", "/offerings/2/unit_ids/2", "\"se\" is in this list already"},
        {POUPA_KIND_OFFERING,
         ENTITY(offering, .id = "a", .service_id = "reclamacao", .channel_id = "portal",
                .unit_ids = LIST("se")),
         POUPA_ERR_INVALID, "E2014", "/offerings/2/unit_ids",
         "the channel \"portal\" is of type portal, which has no units"},
        {POUPA_KIND_AREA,
         ENTITY(area, .id = "a", .type = {0, "bairro"}, .name = "A", .parent_id = "a"),
         POUPA_ERR_INVALID, "E2008", "/areas/2/parent_id", "the area \"a\" is its own ancestor"},
    };
    assert_all_refused(cases, COUNT(cases));
}
END_TEST

START_TEST(claims_that_compare_state_nothing)
{
    const refusal cases[] = {
        {POUPA_KIND_CLAIM,
         ENTITY(claim, .id = "a", .kind = {POUPA_CLAIM_SUM, NULL}, .left = LIST("online-2020"),
                .right = LIST("todos-2020"), .stated = {1, true}),
         POUPA_ERR_INVALID, "E2016", "/claims/0/stated",
         "a claim of kind \"sum\" compares its two sides"},
        {POUPA_KIND_CLAIM,
         ENTITY(claim, .id = "a", .kind = {0, "greater"}, .left = LIST("online-2020"),
                .right = LIST("todos-2020"), .stated = {1, true}),
         POUPA_ERR_INVALID, "E2016", "/claims/0/stated",
         "a claim of kind \"greater\" compares its two sides"},
    };
    assert_all_refused(cases, COUNT(cases));
}
END_TEST

START_TEST(unknown_members_are_json_under_names_of_their_own)
{
#define UNIT_WITH(...) ENTITY(unit, .id = "a", .name = "A", .extra = EXTRA(__VA_ARGS__))
    const refusal cases[] = {
        {POUPA_KIND_UNIT, UNIT_WITH({"x", "[1,]"}), POUPA_ERR_ARGUMENT, "", "/units/2",
         "extra member 0 is not one JSON value: a comma before ']'"},
        {POUPA_KIND_UNIT, UNIT_WITH({"x", "1"}, {"y", NULL}), POUPA_ERR_ARGUMENT, "", "/units/2",
         "extra member 1 is not one JSON value: it is NULL"},
        {POUPA_KIND_UNIT, UNIT_WITH({"x", "1e400"}), POUPA_ERR_ARGUMENT, "", "/units/2",
         "extra member 0 has a number that is out of range"},
        {POUPA_KIND_UNIT, UNIT_WITH({"x", "{\"a\":1,\"\\u0061\":2}"}), POUPA_ERR_ARGUMENT, "",
         "/units/2", "extra member 0 has an object with the same key twice"},
        {POUPA_KIND_UNIT, UNIT_WITH({NULL, "1"}), POUPA_ERR_ARGUMENT, "", "/units/2",
         "extra member 0 has a name that is NULL, not UTF-8, or taken"},
        {POUPA_KIND_UNIT, UNIT_WITH({"\xff", "1"}), POUPA_ERR_ARGUMENT, "", "/units/2",
         "extra member 0 has a name"},
        {POUPA_KIND_UNIT, UNIT_WITH({"area_id", "1"}), POUPA_ERR_ARGUMENT, "", "/units/2",
         "extra member 0 has a name"},
        {POUPA_KIND_UNIT, UNIT_WITH({"x", "1"}, {"x", "2"}), POUPA_ERR_ARGUMENT, "", "/units/2",
         "extra member 1 has a name"},
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "a", .name = "A", .extra = {NULL, 2}),
         POUPA_ERR_ARGUMENT, "", "/units/2", "extra.items is NULL"},
    };
    assert_all_refused(cases, COUNT(cases));
}
END_TEST

START_TEST(what_is_there_is_not_added_and_what_is_not_is_not_replaced)
{
    poupa_catalog *catalog = small_catalog();
    const refusal there = {POUPA_KIND_UNIT,
                           ENTITY(unit, .id = "se", .name = "Sé"),
                           POUPA_ERR_EXISTS,
                           "E2004",
                           "",
                           "there is a unit \"se\" already"};
    assert_refused(catalog, &there, poupa_catalog_add);
    const refusal cases[] = {
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "itaquara", .name = "Sé"), POUPA_ERR_NOT_FOUND, "",
         "", "there is no unit \"itaquara\"; did you mean \"itaquera\"?"},
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "nowhere", .name = "Sé"), POUPA_ERR_NOT_FOUND, "",
         "", "there is no unit \"nowhere\""},
        /* What a replacement is told of its members is told where it would stand. */
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "se", .name = "Sé", .status = {9, NULL}),
         POUPA_ERR_INVALID, "E2009", "/units/0/status", "9 is no code"},
        {POUPA_KIND_UNIT, ENTITY(unit, .id = "se", .name = "Sé", .area_id = "nowhere"),
         POUPA_ERR_INVALID, "E2005", "/units/0/area_id", "\"nowhere\""},
        {POUPA_KIND_AREA,
         ENTITY(area, .id = "sp", .type = {POUPA_AREA_STATE, NULL}, .name = "São Paulo",
                .parent_id = "capital"),
         POUPA_ERR_INVALID, "E2008", "/areas/0/parent_id", "the area \"sp\" is its own ancestor"},
        /* A channel that loses its units breaks the offering that has some. */
        {POUPA_KIND_CHANNEL,
         ENTITY(channel, .id = "presencial", .type = {POUPA_CHANNEL_PHONE, NULL},
                .name = "Telefone"),
         POUPA_ERR_INVALID, "E2014", "/offerings/1/unit_ids", "of type phone"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_refused(catalog, &cases[i], poupa_catalog_replace);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(what_is_in_use_is_not_removed)
{
    static const struct {
        poupa_kind kind;
        const char *id;
        poupa_status status;
        const char *message;
    } cases[] = {
        {POUPA_KIND_CHANNEL, "portal", POUPA_ERR_IN_USE,
         "the channel \"portal\" is in use: the offering \"online\" refers to it"},
        {POUPA_KIND_AREA, "sp", POUPA_ERR_IN_USE, "the area \"capital\" refers to it"},
        {POUPA_KIND_UNIT, "santos", POUPA_ERR_NOT_FOUND, "there is no unit \"santos\""},
        {POUPA_KIND_UNIT, "see", POUPA_ERR_NOT_FOUND, "did you mean \"se\"?"},
        {(poupa_kind)99, "se", POUPA_ERR_ARGUMENT, "99 is not a kind of entity"},
        {POUPA_KIND_UNIT, NULL, POUPA_ERR_ARGUMENT, "id is NULL"},
    };
    poupa_catalog *catalog = small_catalog();
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa_catalog *before = copy_of(catalog);
        poupa_error err;
        ck_assert_int_eq(poupa_catalog_remove(catalog, cases[i].kind, cases[i].id, &err),
                         cases[i].status);
        ck_assert_msg(strstr(err.message, cases[i].message) != NULL, "%s", err.message);
        assert_unchanged(catalog, before);
    }
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(arguments_that_cannot_be_are_told)
{
    poupa_catalog *catalog = small_catalog();
    const poupa_unit unit = {.id = "a", .name = "A"};
    const refusal cases[] = {
        {(poupa_kind)-1, &unit, sizeof unit, POUPA_ERR_ARGUMENT, "", "", "-1 and"},
        {POUPA_KIND_COUNT, &unit, sizeof unit, POUPA_ERR_ARGUMENT, "", "", "12 and"},
        {POUPA_KIND_UNIT, &unit, 3, POUPA_ERR_ARGUMENT, "", "", "and 3 are not"},
        {POUPA_KIND_UNIT, NULL, sizeof unit, POUPA_ERR_ARGUMENT, "", "", "entity is NULL"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_refused(catalog, &cases[i], poupa_catalog_add);
    ASSERT_FAILS(poupa_unit_add(NULL, &unit, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_unit_remove(NULL, "se", &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_begin(NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_commit(NULL, &err), POUPA_ERR_ARGUMENT);
    poupa_catalog_rollback(NULL);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_language_is_a_bcp_47_tag)
{
    static const char *const good[] = {
        "pt-BR",           "en",         "zh-Hans-CN", "zh-cmn-Hans-CN",
        "es-419",          "de-CH-1901", "sl-rozaj",   "pt-BR-abl1943",
        "en-a-bbb-x-a",    "x-private",  "i-klingon",  "sgn-BE-FR",
        "de-u-co-phonebk", "mas"};
    static const char *const bad[] = {
        "",          "p",        "pt_BR",      "pt-",           "-BR",
        "português", "pt--BR",   "1a",         "toolongsubtag", "pt-123456789",
        "p1-BR",     "x",        "en-a",       "en-a-b-c",      "en-x",
        "i-unknown", "pt-BR-BR", "pt-BR-Latn", "de-419-DE",     "en-Latn-Latn"};
    poupa_catalog *catalog = new_catalog();
    ck_assert_str_eq(poupa_catalog_language(catalog), "pt-BR");
    for (size_t i = 0; i < COUNT(good); i++) {
        ASSERT_OK(poupa_catalog_set_language(catalog, good[i], &err));
        ck_assert_str_eq(poupa_catalog_language(catalog), good[i]);
    }
    for (size_t i = 0; i < COUNT(bad); i++) {
        poupa_error err;
        ck_assert_int_eq(poupa_catalog_set_language(catalog, bad[i], &err), POUPA_ERR_INVALID);
        ck_assert_str_eq(err.code, "E2017");
        ck_assert_str_eq(err.path, "/language");
        ck_assert_str_eq(poupa_catalog_language(catalog), "mas");
    }
    ASSERT_FAILS(poupa_catalog_set_language(catalog, NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_set_language(NULL, "en", &err), POUPA_ERR_ARGUMENT);
    poupa_catalog_release(catalog);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "model: breaches", what_an_entity_needs_must_be_there, ids_follow_the_format,
        values_are_what_they_claim_to_be, lists_have_items, references_resolve,
        claims_that_compare_state_nothing, unknown_members_are_json_under_names_of_their_own,
        what_is_there_is_not_added_and_what_is_not_is_not_replaced, what_is_in_use_is_not_removed,
        arguments_that_cannot_be_are_told, a_language_is_a_bcp_47_tag);
}
