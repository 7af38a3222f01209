/* entity.c - copying entities into a catalogue, and comparing them. */
#include <string.h>

#include "base/text.h"
#include "base/writer.h"
#include "catalog.h"
#include "entity.h"
#include "fields.h"
#include "words.h"

/* -- What was given ------------------------------------------------------ */

static bool is_given(const poupa_field *field, const void *member)
{
    switch (field->type) {
    case POUPA_FIELD_ID:
    case POUPA_FIELD_TEXT:
    case POUPA_FIELD_REF: {
        const char *text = *(const char *const *)member;
        return text && text[0];
    }
    case POUPA_FIELD_TEXTS:
    case POUPA_FIELD_REFS:
        return ((const poupa_texts *)member)->count > 0;
    case POUPA_FIELD_WORD: {
        const poupa_word *word = (const poupa_word *)member;
        return word->code ? word->code != field->vocabulary->default_code
                          : word->text && word->text[0];
    }
    case POUPA_FIELD_WORDS:
        return ((const poupa_words *)member)->count > 0;
    case POUPA_FIELD_DATE: {
        const poupa_date *date = (const poupa_date *)member;
        return date->year || date->month || date->day;
    }
    case POUPA_FIELD_PERIOD:
        return ((const poupa_period *)member)->kind != POUPA_PERIOD_NONE;
    case POUPA_FIELD_NUMBER:
        return field->required || *(const double *)member != 0;
    case POUPA_FIELD_OPTIONAL:
        return ((const poupa_optional *)member)->present;
    }
    return false;
}

uint64_t poupa__given_in(poupa_kind kind, const void *structure)
{
    const poupa__kind_info *info = &poupa__kinds[kind];
    uint64_t given = 0;
    for (size_t i = 0; i < info->field_count; i++) {
        if (is_given(&info->fields[i], poupa__member(structure, &info->fields[i])))
            given |= UINT64_C(1) << i;
    }
    return given;
}

/* -- Copying ------------------------------------------------------------- */

/* An entity that is being made. */
typedef struct maker {
    poupa_catalog *catalog;
    const poupa__draft *draft;
    poupa__breaches *breaches;
    poupa__entity *entity;
    size_t edges_made;
} maker;

static bool copy_text(poupa__arena *arena, const char *text, const char **out)
{
    *out = text[0] ? poupa__arena_text(arena, text, strlen(text)) : "";
    return *out != NULL;
}

static bool copy_texts(poupa__arena *arena, const poupa_texts *from, poupa_texts *to)
{
    if (from->count == 0)
        return true;
    const char **items = POUPA__ARENA_ARRAY(arena, const char *, from->count);
    if (items == NULL)
        return false;
    for (size_t i = 0; i < from->count; i++) {
        if (!copy_text(arena, from->items[i], &items[i]))
            return false;
    }
    *to = (poupa_texts){items, from->count};
    return true;
}

static bool copy_word(poupa__arena *arena, const poupa_vocabulary *vocabulary,
                      const poupa_word *from, poupa_word *to)
{
    int32_t code = from->code ? from->code : poupa_vocabulary_find(vocabulary, from->text);
    if (code) {
        *to = (poupa_word){code, vocabulary->words[code - 1]};
        return true;
    }
    to->code = 0;
    return copy_text(arena, from->text, &to->text);
}

static bool copy_words(poupa__arena *arena, const poupa_vocabulary *vocabulary,
                       const poupa_words *from, poupa_words *to)
{
    if (from->count == 0)
        return true;
    poupa_word *items = POUPA__ARENA_ARRAY(arena, poupa_word, from->count);
    if (items == NULL)
        return false;
    for (size_t i = 0; i < from->count; i++) {
        if (!copy_word(arena, vocabulary, &from->items[i], &items[i]))
            return false;
    }
    *to = (poupa_words){items, from->count};
    return true;
}

/* Notes a reference; it enters the list of its id when the entity is linked. */
static poupa__id *make_edge(maker *making, const poupa_field *field, size_t index,
                            const char *text)
{
    poupa__id *id = poupa__id_intern(making->catalog, field->target, text, strlen(text));
    if (id)
        making->entity->edges[making->edges_made++] =
            (poupa__edge){.from = making->entity, .to = id, .field = (uint8_t)index};
    return id;
}

static bool make_references(maker *making, const poupa_field *field, size_t index,
                            const poupa_texts *from, poupa_texts *to)
{
    const char **items = POUPA__ARENA_ARRAY(&making->catalog->arena, const char *, from->count);
    if (items == NULL)
        return false;
    uint64_t stamp = ++making->catalog->stamp;
    for (size_t i = 0; i < from->count; i++) {
        poupa__id *id = make_edge(making, field, index, from->items[i]);
        if (id == NULL)
            return false;
        poupa__repeat_check(id, stamp, field, i, making->breaches);
        items[i] = poupa__id_text(id);
    }
    *to = (poupa_texts){items, from->count};
    return true;
}

static bool make_default(const poupa_field *field, void *member)
{
    switch (field->type) {
    case POUPA_FIELD_ID:
    case POUPA_FIELD_TEXT:
    case POUPA_FIELD_REF:
        *(const char **)member = "";
        break;
    case POUPA_FIELD_WORD: {
        int32_t code = field->vocabulary->default_code;
        *(poupa_word *)member =
            (poupa_word){code, code ? field->vocabulary->words[code - 1] : ""};
        break;
    }
    default: /* all zero, as the struct is already */
        break;
    }
    return true;
}

static bool make_member(maker *making, const poupa_field *field, size_t index)
{
    poupa__arena *arena = &making->catalog->arena;
    void *to = poupa__member_of(making->entity + 1, field);
    const void *from = poupa__member(making->draft->structure, field);
    if (!(making->draft->given >> index & 1))
        return make_default(field, to);
    switch (field->type) {
    case POUPA_FIELD_ID: {
        const char *text = *(const char *const *)from;
        poupa__id *id =
            poupa__id_intern(making->catalog, making->draft->kind, text, strlen(text));
        *(const char **)to = id ? poupa__id_text(id) : NULL;
        return id != NULL;
    }
    case POUPA_FIELD_REF: {
        const char *text = *(const char *const *)from;
        if (text[0] == '\0')
            return make_default(field, to);
        poupa__id *id = make_edge(making, field, index, text);
        *(const char **)to = id ? poupa__id_text(id) : NULL;
        return id != NULL;
    }
    case POUPA_FIELD_REFS:
        return make_references(making, field, index, (const poupa_texts *)from,
                               (poupa_texts *)to);
    case POUPA_FIELD_TEXT:
        return copy_text(arena, *(const char *const *)from, (const char **)to);
    case POUPA_FIELD_TEXTS:
        return copy_texts(arena, (const poupa_texts *)from, (poupa_texts *)to);
    case POUPA_FIELD_WORD:
        return copy_word(arena, field->vocabulary, (const poupa_word *)from, (poupa_word *)to);
    case POUPA_FIELD_WORDS:
        return copy_words(arena, field->vocabulary, (const poupa_words *)from, (poupa_words *)to);
    case POUPA_FIELD_DATE:
        *(poupa_date *)to = *(const poupa_date *)from;
        return true;
    case POUPA_FIELD_PERIOD:
        *(poupa_period *)to = *(const poupa_period *)from;
        return true;
    case POUPA_FIELD_NUMBER:
        *(double *)to = *(const double *)from;
        return true;
    case POUPA_FIELD_OPTIONAL:
        *(poupa_optional *)to = *(const poupa_optional *)from;
        return true;
    }
    return false;
}

bool poupa__members_copy(poupa__arena *arena, const poupa_members *from, bool canonical,
                         poupa_members *to)
{
    if (from->count == 0)
        return true;
    poupa_member *items = POUPA__ARENA_ARRAY(arena, poupa_member, from->count);
    for (size_t i = 0; items && i < from->count; i++) {
        poupa_buffer text;
        poupa__buffer_init(&text, arena->allocator);
        const char *json = from->items[i].json;
        if (!canonical) {
            poupa_write_options compact = {false, &arena->allocator};
            if (poupa__json_compact(json, &compact, &text) != POUPA_OK)
                return false;
            json = text.data;
        }
        bool copied = copy_text(arena, from->items[i].name, &items[i].name) &&
                      copy_text(arena, json, &items[i].json);
        poupa_buffer_free(&text);
        if (!copied)
            return false;
    }
    *to = (poupa_members){items, from->count};
    return items != NULL;
}

static size_t count_references(const poupa__draft *draft)
{
    const poupa__kind_info *info = &poupa__kinds[draft->kind];
    size_t count = 0;
    for (size_t i = 0; i < info->field_count; i++) {
        const poupa_field *field = &info->fields[i];
        if (!(draft->given >> i & 1))
            continue;
        if (field->type == POUPA_FIELD_REF)
            count++;
        else if (field->type == POUPA_FIELD_REFS)
            count += ((const poupa_texts *)poupa__member(draft->structure, field))->count;
    }
    return count;
}

poupa_status poupa__entity_make(poupa_catalog *catalog, const poupa__draft *draft,
                                poupa__breaches *breaches, poupa__entity **out, poupa_error *err)
{
    const poupa__kind_info *info = &poupa__kinds[draft->kind];
    poupa__arena *arena = &catalog->arena;
    size_t references = count_references(draft);
    size_t size = sizeof(poupa__entity) + info->size;
    *out = NULL;
    poupa__entity *entity = (poupa__entity *)poupa__arena_allocate(arena, size);
    poupa__edge *edges = references ? POUPA__ARENA_ARRAY(arena, poupa__edge, references) : NULL;
    if (entity == NULL || (references && edges == NULL))
        return poupa__error_memory(err);
    memset(entity, 0, size);
    entity->given = draft->given;
    entity->kind = draft->kind;
    entity->edges = edges;
    maker making = {catalog, draft, breaches, entity, 0};
    size_t breaches_before = breaches->count;
    for (size_t i = 0; i < info->field_count; i++) {
        if (!make_member(&making, &info->fields[i], i))
            return poupa__error_memory(err);
    }
    entity->edge_count = making.edges_made;
    poupa_members *extra = (poupa_members *)(void *)((char *)(entity + 1) + info->extra_offset);
    if (!poupa__members_copy(arena, poupa__extra(draft->kind, draft->structure), draft->trusted,
                             extra))
        return poupa__error_memory(err);
    if (breaches->count == breaches_before)
        *out = entity;
    return POUPA_OK;
}

/* -- Comparing ----------------------------------------------------------- */

static bool texts_equal(const poupa_texts *a, const poupa_texts *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (strcmp(a->items[i], b->items[i]) != 0)
            return false;
    }
    return true;
}

static bool word_equal(const poupa_word *a, const poupa_word *b)
{
    return a->code == b->code && (a->code || strcmp(a->text, b->text) == 0);
}

static bool words_equal(const poupa_words *a, const poupa_words *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!word_equal(&a->items[i], &b->items[i]))
            return false;
    }
    return true;
}

bool poupa__members_equal(const poupa_members *a, const poupa_members *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (strcmp(a->items[i].name, b->items[i].name) != 0 ||
            strcmp(a->items[i].json, b->items[i].json) != 0)
            return false;
    }
    return true;
}

static bool member_equal(const poupa_field *field, const void *a, const void *b)
{
    switch (field->type) {
    case POUPA_FIELD_ID:
    case POUPA_FIELD_TEXT:
    case POUPA_FIELD_REF:
        return strcmp(*(const char *const *)a, *(const char *const *)b) == 0;
    case POUPA_FIELD_TEXTS:
    case POUPA_FIELD_REFS:
        return texts_equal((const poupa_texts *)a, (const poupa_texts *)b);
    case POUPA_FIELD_WORD:
        return word_equal((const poupa_word *)a, (const poupa_word *)b);
    case POUPA_FIELD_WORDS:
        return words_equal((const poupa_words *)a, (const poupa_words *)b);
    case POUPA_FIELD_DATE: {
        const poupa_date *x = (const poupa_date *)a;
        const poupa_date *y = (const poupa_date *)b;
        return x->year == y->year && x->month == y->month && x->day == y->day;
    }
    case POUPA_FIELD_PERIOD:
        return poupa_period_compare(*(const poupa_period *)a, *(const poupa_period *)b) == 0;
    case POUPA_FIELD_NUMBER:
        return *(const double *)a == *(const double *)b;
    case POUPA_FIELD_OPTIONAL: {
        const poupa_optional *x = (const poupa_optional *)a;
        const poupa_optional *y = (const poupa_optional *)b;
        return x->present == y->present && (!x->present || x->value == y->value);
    }
    }
    return false;
}

bool poupa__entity_equal(poupa_kind kind, const void *a, const void *b)
{
    const poupa__kind_info *info = &poupa__kinds[kind];
    for (size_t i = 0; i < info->field_count; i++) {
        const poupa_field *field = &info->fields[i];
        if (!member_equal(field, poupa__member(a, field), poupa__member(b, field)))
            return false;
    }
    return poupa__members_equal(poupa__extra(kind, a), poupa__extra(kind, b));
}

bool poupa_entity_equal(poupa_kind kind, const void *a, const void *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return poupa__kind_valid(kind) && poupa__entity_of(a)->kind == kind &&
           poupa__entity_of(b)->kind == kind && poupa__entity_equal(kind, a, b);
}
