/* test_model_fields.c - the field table, the vocabularies, and access by type. */
#include "base/memory.h"
#include "fixture.h"
#include "model/catalog.h"
#include "model/fields.h"

/* -- Kinds --------------------------------------------------------------- */

START_TEST(every_kind_has_a_name_a_plural_and_a_meaning)
{
    for (int i = 0; i < POUPA_KIND_COUNT; i++) {
        poupa_kind kind = (poupa_kind)i, found;
        ck_assert(poupa_kind_find(poupa_kind_name(kind), &found));
        ck_assert_int_eq(found, kind);
        ck_assert(poupa_kind_find(poupa_kind_plural(kind), &found));
        ck_assert_int_eq(found, kind);
        const char *meaning = poupa_kind_meaning(kind);
        ck_assert_int_eq(meaning[strlen(meaning) - 1], '.');
    }
}
END_TEST

START_TEST(what_is_no_kind_has_nothing)
{
    static const int none[] = {-1, POUPA_KIND_COUNT, 99};
    for (size_t i = 0; i < COUNT(none); i++) {
        size_t count = 1;
        poupa_kind kind = (poupa_kind)none[i];
        ck_assert_str_eq(poupa_kind_name(kind), "");
        ck_assert_str_eq(poupa_kind_plural(kind), "");
        ck_assert_str_eq(poupa_kind_meaning(kind), "");
        ck_assert_ptr_null(poupa_kind_fields(kind, &count));
        ck_assert_uint_eq(count, 0);
        ck_assert_ptr_null(poupa_kind_fields(kind, NULL));
    }
    poupa_kind found;
    ck_assert(!poupa_kind_find("servico", &found));
    ck_assert(!poupa_kind_find(NULL, &found));
    ck_assert(!poupa_kind_find("service", NULL));
}
END_TEST

/* -- Fields -------------------------------------------------------------- */

static size_t size_of(poupa_field_type type)
{
    switch (type) {
    case POUPA_FIELD_TEXTS:
    case POUPA_FIELD_REFS:
        return sizeof(poupa_texts);
    case POUPA_FIELD_WORD:
        return sizeof(poupa_word);
    case POUPA_FIELD_WORDS:
        return sizeof(poupa_words);
    case POUPA_FIELD_DATE:
        return sizeof(poupa_date);
    case POUPA_FIELD_PERIOD:
        return sizeof(poupa_period);
    case POUPA_FIELD_NUMBER:
        return sizeof(double);
    case POUPA_FIELD_OPTIONAL:
        return sizeof(poupa_optional);
    default:
        return sizeof(const char *);
    }
}

START_TEST(the_table_covers_each_struct_without_gaps_or_overlaps)
{
    const size_t word = sizeof(void *);
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++) {
        const poupa__kind_info *info = &poupa__kinds[kind];
        size_t covered = sizeof(poupa_members);
        for (size_t i = 0; i < info->field_count; i++) {
            const poupa_field *a = &info->fields[i];
            covered += (size_of(a->type) + word - 1) / word * word;
            for (size_t k = 0; k < i; k++) {
                const poupa_field *b = &info->fields[k];
                ck_assert(a->offset >= b->offset + size_of(b->type) ||
                          b->offset >= a->offset + size_of(a->type));
                ck_assert_str_ne(a->name, b->name);
            }
        }
        /* Small members may share a word with their neighbours. */
        ck_assert_uint_le(info->size, covered);
        ck_assert_uint_ge(info->size + word, covered);
        ck_assert_uint_eq(info->extra_offset + sizeof(poupa_members), info->size);
    }
}
END_TEST

START_TEST(every_field_says_what_it_refers_to_and_what_it_means)
{
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++) {
        size_t count;
        const poupa_field *fields = poupa_kind_fields((poupa_kind)kind, &count);
        ck_assert_int_eq(fields[0].type, POUPA_FIELD_ID);
        ck_assert_uint_eq(fields[0].offset, 0);
        ck_assert_str_eq(fields[count - 1].name, "note");
        for (size_t i = 0; i < count; i++) {
            bool word = fields[i].type == POUPA_FIELD_WORD || fields[i].type == POUPA_FIELD_WORDS;
            bool named_so = strstr(fields[i].name, "_id") || kind == POUPA_KIND_CLAIM;
            ck_assert(word == (fields[i].vocabulary != NULL));
            ck_assert(named_so ||
                      (fields[i].type != POUPA_FIELD_REF && fields[i].type != POUPA_FIELD_REFS));
            ck_assert_int_eq(fields[i].meaning[strlen(fields[i].meaning) - 1], '.');
        }
    }
}
END_TEST

/* -- Vocabularies -------------------------------------------------------- */

static const poupa_vocabulary *vocabulary_of(poupa_kind kind, const char *name)
{
    size_t count;
    const poupa_field *fields = poupa_kind_fields(kind, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].name, name) == 0)
            return fields[i].vocabulary;
    ck_abort_msg("no member %s", name);
    return NULL;
}

START_TEST(words_have_the_codes_of_the_header)
{
    static const struct {
        poupa_kind kind;
        const char *member;
        const char *last; /* the last word of the vocabulary */
        int32_t code;
        int32_t absent; /* the code of an absent word */
        bool open;
    } cases[] = {
        {POUPA_KIND_AREA, "type", "district", POUPA_AREA_DISTRICT, 0, true},
        {POUPA_KIND_CHANNEL, "type", "sms", POUPA_CHANNEL_SMS, 0, true},
        {POUPA_KIND_UNIT, "type", "mobile", POUPA_UNIT_MOBILE, POUPA_UNIT_FIXED, false},
        {POUPA_KIND_UNIT, "status", "closed", POUPA_UNIT_CLOSED, POUPA_UNIT_OPEN, false},
        {POUPA_KIND_SERVICE, "status", "temporarily_closed", POUPA_SERVICE_TEMPORARILY_CLOSED,
         POUPA_SERVICE_ACTIVE, false},
        {POUPA_KIND_OFFERING, "booking", "required", POUPA_BOOKING_REQUIRED, POUPA_BOOKING_NONE,
         false},
        {POUPA_KIND_OFFERING, "access_rules", "shoe_sanitizing_mat",
         POUPA_ACCESS_SHOE_SANITIZING_MAT, 0, true},
        {POUPA_KIND_INDICATOR, "measure", "share", POUPA_MEASURE_SHARE, 0, false},
        {POUPA_KIND_INDICATOR, "unit", "BRL", POUPA_UNIT_OF_BRL, POUPA_UNIT_OF_COUNT, true},
        {POUPA_KIND_METRIC, "qualifier", "at_most", POUPA_QUALIFIER_AT_MOST,
         POUPA_QUALIFIER_EXACT, false},
        {POUPA_KIND_METRIC, "status", "W", POUPA_OBS_INCLUDES_OTHER, POUPA_OBS_NORMAL, false},
        {POUPA_KIND_CLAIM, "kind", "greater", POUPA_CLAIM_GREATER, 0, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const poupa_vocabulary *words = vocabulary_of(cases[i].kind, cases[i].member);
        ck_assert_int_eq(poupa_vocabulary_find(words, cases[i].last), cases[i].code);
        ck_assert_uint_eq(words->count, (size_t)cases[i].code);
        ck_assert_int_eq(words->default_code, cases[i].absent);
        ck_assert(words->open == cases[i].open);
        for (size_t k = 0; k < words->count; k++) {
            ck_assert_int_eq(poupa_vocabulary_find(words, words->words[k]), (int32_t)k + 1);
            ck_assert_str_ne(words->meanings[k], "");
        }
    }
}
END_TEST

START_TEST(an_unknown_word_has_no_code)
{
    const poupa_vocabulary *words = vocabulary_of(POUPA_KIND_CHANNEL, "type");
    static const char *const unknown[] = {"", "porta", "portals", "Portal", "fax"};
    for (size_t i = 0; i < COUNT(unknown); i++)
        ck_assert_int_eq(poupa_vocabulary_find(words, unknown[i]), 0);
    ck_assert_int_eq(poupa_vocabulary_find(words, NULL), 0);
    ck_assert_int_eq(poupa_vocabulary_find(NULL, "portal"), 0);
}
END_TEST

/* -- Access by type ------------------------------------------------------ */

#define CHECK_TYPED(noun, KIND, catalog)                                                         \
    do {                                                                                         \
        size_t count_ = poupa_##noun##_count(catalog);                                           \
        ck_assert_uint_gt(count_, 0);                                                            \
        ck_assert_uint_eq(count_, poupa_catalog_count(catalog, KIND));                           \
        for (size_t i_ = 0; i_ < count_; i_++) {                                                 \
            const poupa_##noun *entity_ = poupa_##noun##_at(catalog, i_);                        \
            ck_assert_ptr_eq(poupa_##noun##_find(catalog, entity_->id), entity_);                \
            ck_assert_ptr_eq(poupa_catalog_at(catalog, KIND, i_), entity_);                      \
            ck_assert_uint_eq(poupa__position(entity_), i_);                                     \
            ASSERT_OK(poupa_##noun##_replace(catalog, entity_, &err));                           \
        }                                                                                        \
        ck_assert_ptr_null(poupa_##noun##_at(catalog, count_));                                  \
        ck_assert_ptr_null(poupa_##noun##_find(catalog, "nowhere"));                             \
    } while (0)

/* Takes the last entity out, and puts it back from what was handed out before. */
#define CHECK_TYPED_REMOVAL(noun, catalog)                                                       \
    do {                                                                                         \
        size_t count_ = poupa_##noun##_count(catalog);                                           \
        const poupa_##noun *last_ = poupa_##noun##_at(catalog, count_ - 1);                      \
        ASSERT_OK(poupa_##noun##_remove(catalog, last_->id, &err));                              \
        ck_assert_uint_eq(poupa_##noun##_count(catalog), count_ - 1);                            \
        ck_assert_ptr_null(poupa_##noun##_find(catalog, last_->id));                             \
        ASSERT_OK(poupa_##noun##_add(catalog, last_, &err));                                     \
    } while (0)

#define FOR_ALL_KINDS(X, ...)                                                                    \
    X(source, __VA_ARGS__);                                                                      \
    X(area, __VA_ARGS__);                                                                        \
    X(organization, __VA_ARGS__);                                                                \
    X(program, __VA_ARGS__);                                                                     \
    X(channel, __VA_ARGS__);                                                                     \
    X(unit, __VA_ARGS__);                                                                        \
    X(service, __VA_ARGS__);                                                                     \
    X(offering, __VA_ARGS__);                                                                    \
    X(indicator, __VA_ARGS__);                                                                   \
    X(metric, __VA_ARGS__);                                                                      \
    X(target, __VA_ARGS__);                                                                      \
    X(claim, __VA_ARGS__)

START_TEST(entities_of_every_kind_are_reached_with_their_type)
{
    poupa_catalog *catalog = read_catalog_file(EVERY_MEMBER);
    CHECK_TYPED(source, POUPA_KIND_SOURCE, catalog);
    CHECK_TYPED(area, POUPA_KIND_AREA, catalog);
    CHECK_TYPED(organization, POUPA_KIND_ORGANIZATION, catalog);
    CHECK_TYPED(program, POUPA_KIND_PROGRAM, catalog);
    CHECK_TYPED(channel, POUPA_KIND_CHANNEL, catalog);
    CHECK_TYPED(unit, POUPA_KIND_UNIT, catalog);
    CHECK_TYPED(service, POUPA_KIND_SERVICE, catalog);
    CHECK_TYPED(offering, POUPA_KIND_OFFERING, catalog);
    CHECK_TYPED(indicator, POUPA_KIND_INDICATOR, catalog);
    CHECK_TYPED(metric, POUPA_KIND_METRIC, catalog);
    CHECK_TYPED(target, POUPA_KIND_TARGET, catalog);
    CHECK_TYPED(claim, POUPA_KIND_CLAIM, catalog);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(entities_of_every_kind_can_be_taken_out_and_put_back)
{
    poupa_catalog *catalog = read_catalog_file(EVERY_MEMBER);
    poupa_catalog *before = NULL;
    ASSERT_OK(poupa_catalog_copy(catalog, NULL, &before, &err));
    ASSERT_OK(poupa_catalog_begin(catalog, &err)); /* some are in use meanwhile */
    FOR_ALL_KINDS(CHECK_TYPED_REMOVAL, catalog);
    ASSERT_OK(poupa_catalog_commit(catalog, &err));
    ck_assert(poupa_catalog_equal(catalog, before));
    poupa_catalog_release(before);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(every_entity_that_is_handed_out_has_no_null_in_it)
{
    poupa_catalog *catalog = read_catalog_file(POUPA_FIXTURES "/catalogs/minimal.json");
    poupa_unit bare = {.id = "se", .name = "Sé"};
    ASSERT_OK(poupa_unit_add(catalog, &bare, &err));
    const poupa_unit *unit = poupa_unit_find(catalog, "se");
    ck_assert_str_eq(unit->area_id, "");
    ck_assert_str_eq(unit->note, "");
    ck_assert_str_eq(unit->type.text, "fixed");
    ck_assert_int_eq(unit->status.code, POUPA_UNIT_OPEN);
    ck_assert_int_eq(unit->opened.year, 0);
    ck_assert(!unit->latitude.present);
    poupa_catalog_release(catalog);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "model: fields", every_kind_has_a_name_a_plural_and_a_meaning,
        what_is_no_kind_has_nothing, the_table_covers_each_struct_without_gaps_or_overlaps,
        every_field_says_what_it_refers_to_and_what_it_means, words_have_the_codes_of_the_header,
        an_unknown_word_has_no_code, entities_of_every_kind_are_reached_with_their_type,
        entities_of_every_kind_can_be_taken_out_and_put_back,
        every_entity_that_is_handed_out_has_no_null_in_it);
}
