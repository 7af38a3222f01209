/* entity.c - from parsed values to entities, with every error on the way. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "diag/report.h"
#include "model/catalog.h"
#include "model/entity.h"
#include "model/fields.h"
#include "model/words.h"
#include "read.h"

#define EXACT_INTEGER INT64_C(9007199254740992) /* 2^53 */

/* -- Types --------------------------------------------------------------- */

static const char *type_found(const json_t *value)
{
    static const char *const names[] = {
        [JSON_OBJECT] = "an object",   [JSON_ARRAY] = "a list",  [JSON_STRING] = "a text",
        [JSON_INTEGER] = "an integer", [JSON_REAL] = "a number", [JSON_TRUE] = "true",
        [JSON_FALSE] = "false",        [JSON_NULL] = "null"};
    return names[json_typeof(value)];
}

/* Reports a value of the wrong type; false for the caller to return. */
static bool wrong_type(poupa__reader *reader, poupa__place place, const char *name,
                       const char *expected, const json_t *found)
{
    poupa__report_add(reader->report, POUPA__E2002_TYPE, place, "%s must be %s; found %s%s", name,
                      expected, type_found(found),
                      json_is_null(found) && place.field && place.item == POUPA__NONE
                          ? "; leave the member out instead"
                          : "");
    return false;
}

static bool wrong_member(poupa__reader *reader, const poupa_field *field, size_t item,
                         const char *expected, const json_t *found)
{
    char name[64];
    poupa__error_text(name, sizeof name, item == POUPA__NONE ? "\"%s\"" : "an item of \"%s\"",
                      field->name);
    return wrong_type(reader, poupa__member_place(reader, field->name, item), name, expected,
                      found);
}

/* -- Members ------------------------------------------------------------- */

static bool read_text(poupa__reader *reader, const poupa_field *field, json_t *value, void *to)
{
    if (!json_is_string(value))
        return wrong_member(reader, field, POUPA__NONE, "a text", value);
    *(const char **)to = json_string_value(value);
    return true;
}

static void *scratch(poupa__reader *reader, size_t count, size_t size)
{
    void *block = poupa__arena_allocate(&reader->scratch, count * size);
    reader->lost = reader->lost || block == NULL;
    return block;
}

static bool read_texts(poupa__reader *reader, const poupa_field *field, json_t *value, void *to)
{
    if (!json_is_array(value))
        return wrong_member(reader, field, POUPA__NONE, "a list of texts", value);
    size_t count = json_array_size(value);
    const char **items = (const char **)scratch(reader, count, sizeof *items);
    bool good = items != NULL;
    for (size_t i = 0; items && i < count; i++) {
        json_t *item = json_array_get(value, i);
        if (!json_is_string(item))
            good = wrong_member(reader, field, i, "a text", item);
        items[i] = json_string_value(item);
    }
    *(poupa_texts *)to = (poupa_texts){items, count};
    return good;
}

static bool read_word(poupa__reader *reader, const poupa_field *field, json_t *value, void *to)
{
    if (!json_is_string(value))
        return wrong_member(reader, field, POUPA__NONE, "a text", value);
    const char *text = json_string_value(value);
    int32_t code = poupa__vocabulary_find(field->vocabulary, text, json_string_length(value));
    *(poupa_word *)to = (poupa_word){code, text};
    return true;
}

static bool read_words(poupa__reader *reader, const poupa_field *field, json_t *value, void *to)
{
    poupa_texts texts = {NULL, 0};
    if (!read_texts(reader, field, value, &texts))
        return false;
    poupa_word *items = (poupa_word *)scratch(reader, texts.count, sizeof *items);
    for (size_t i = 0; items && i < texts.count; i++)
        items[i] = (poupa_word){poupa_vocabulary_find(field->vocabulary, texts.items[i]),
                                texts.items[i]};
    *(poupa_words *)to = (poupa_words){items, texts.count};
    return items != NULL;
}

static bool read_date(poupa__reader *reader, const poupa_field *field, json_t *value, void *to)
{
    if (!json_is_string(value))
        return wrong_member(reader, field, POUPA__NONE, "a date as text", value);
    poupa_error why;
    if (poupa_date_parse(json_string_value(value), json_string_length(value), (poupa_date *)to,
                         &why) == POUPA_OK)
        return true;
    poupa__report_add(reader->report, POUPA__E2010_DATE,
                      poupa__member_place(reader, field->name, POUPA__NONE), "%s", why.message);
    return false;
}

static bool read_period(poupa__reader *reader, const poupa_field *field, json_t *value, void *to)
{
    if (!json_is_string(value))
        return wrong_member(reader, field, POUPA__NONE, "a period as text", value);
    poupa_error why;
    if (poupa_period_parse(json_string_value(value), json_string_length(value),
                           (poupa_period *)to, &why) == POUPA_OK)
        return true;
    poupa__report_add(reader->report, POUPA__E2011_PERIOD,
                      poupa__member_place(reader, field->name, POUPA__NONE), "%s", why.message);
    return false;
}

static bool read_number(poupa__reader *reader, const poupa_field *field, json_t *value, void *to)
{
    if (!json_is_number(value))
        return wrong_member(reader, field, POUPA__NONE, "a number", value);
    double number = json_number_value(value);
    json_int_t integer = json_is_integer(value) ? json_integer_value(value) : 0;
    /* A real at the limit may have been rounded to it. */
    if (integer > EXACT_INTEGER || integer < -EXACT_INTEGER ||
        (json_is_real(value) && fabs(number) >= (double)EXACT_INTEGER)) {
        char text[POUPA_NUMBER_SIZE];
        if (integer)
            poupa__integer_print(integer, text);
        else
            poupa_number_print(number, text);
        poupa__report_add(reader->report, POUPA__E2012_INTEGER,
                          poupa__member_place(reader, field->name, POUPA__NONE),
                          "%s is beyond 2^53, where integers are no longer exact", text);
        return false;
    }
    *(double *)to = number;
    return true;
}

static bool read_optional(poupa__reader *reader, const poupa_field *field, json_t *value,
                          void *to)
{
    poupa_optional *optional = (poupa_optional *)to;
    optional->present = true;
    return read_number(reader, field, value, &optional->value);
}

typedef bool (*member_reader)(poupa__reader *reader, const poupa_field *field, json_t *value,
                              void *to);

/* Reads a member into the struct; false when it was not understood, which is reported. */
static bool read_member(poupa__reader *reader, const poupa_field *field, json_t *value,
                        void *structure)
{
    static const member_reader readers[] = {
        [POUPA_FIELD_ID] = read_text,          [POUPA_FIELD_TEXT] = read_text,
        [POUPA_FIELD_TEXTS] = read_texts,      [POUPA_FIELD_REF] = read_text,
        [POUPA_FIELD_REFS] = read_texts,       [POUPA_FIELD_WORD] = read_word,
        [POUPA_FIELD_WORDS] = read_words,      [POUPA_FIELD_DATE] = read_date,
        [POUPA_FIELD_PERIOD] = read_period,    [POUPA_FIELD_NUMBER] = read_number,
        [POUPA_FIELD_OPTIONAL] = read_optional};
    return readers[field->type](reader, field, value, poupa__member_of(structure, field));
}

/* -- Unknown members ----------------------------------------------------- */

const char *poupa__read_extra(poupa__reader *reader, json_t *value, poupa__arena *arena)
{
    reader->text.size = 0;
    const char *copy = poupa__json_dump(value, &reader->text)
                           ? poupa__arena_text(arena, reader->text.data, reader->text.size)
                           : NULL;
    reader->lost = reader->lost || copy == NULL;
    return copy;
}

/* Keeps an unknown member of an entity that has at most `room` of them. */
static void keep_extra(poupa__reader *reader, const char *name, json_t *value, size_t room,
                       poupa_members *extra)
{
    if (extra->items == NULL)
        extra->items = (poupa_member *)scratch(reader, room, sizeof *extra->items);
    const char *json = extra->items ? poupa__read_extra(reader, value, &reader->scratch) : NULL;
    if (json)
        ((poupa_member *)extra->items)[extra->count++] = (poupa_member){name, json};
}

/* -- Entities ------------------------------------------------------------ */

/* The field with a name; most often the one behind the last. */
static const poupa_field *find_field(const poupa__kind_info *info, const char *name, size_t *next)
{
    for (size_t tried = 0; tried < info->field_count; tried++) {
        size_t at = *next < info->field_count ? *next : 0;
        *next = at + 1;
        if (strcmp(info->fields[at].name, name) == 0)
            return &info->fields[at];
    }
    return NULL;
}

static void read_members(poupa__reader *reader, json_t *object, poupa__draft *draft,
                         void *structure)
{
    const poupa__kind_info *info = &poupa__kinds[reader->kind];
    poupa_members *extra = (poupa_members *)(void *)((char *)structure + info->extra_offset);
    size_t next = 0;
    for (void *member = json_object_iter(object); member && !reader->lost && !reader->refused;
         member = json_object_iter_next(object, member)) {
        const char *name = json_object_iter_key(member);
        json_t *value = json_object_iter_value(member);
        const poupa_field *field = find_field(info, name, &next);
        if (field == NULL) {
            keep_extra(reader, name, value, json_object_size(object), extra);
            continue;
        }
        uint64_t bit = UINT64_C(1) << (field - info->fields);
        draft->given |= bit;
        if (!read_member(reader, field, value, structure))
            draft->broken |= bit;
    }
}

/* Notes the id of an entity that is not sound, so that references to it are no errors. */
static void declare(poupa__reader *reader, const poupa__draft *draft, const char *id)
{
    if (!(draft->given & 1) || (draft->broken & 1)) {
        reader->ids_unread[reader->kind] = true;
        return;
    }
    poupa__id *known = poupa__id_intern(reader->catalog, reader->kind, id, strlen(id));
    if (known)
        poupa__id_declare(reader->catalog, reader->kind, known);
    else
        reader->lost = true;
}

static bool is_taken(poupa__reader *reader, const char *id)
{
    const poupa__id *known = poupa__id_find(reader->catalog, reader->kind, id, strlen(id));
    if (known == NULL || (known->entity == NULL && !known->declared))
        return false;
    poupa__report_add(
        reader->report, POUPA__E2004_DUPLICATE_ID, poupa__member_place(reader, "id", POUPA__NONE),
        "the id \"%s\" is that of another %s already", id, poupa_kind_name(reader->kind));
    return true;
}

/* Whether an entity that was read keeps the rules in itself; reports what it does not. */
static bool is_sound_draft(poupa__reader *reader, const poupa__draft *draft, const char *id,
                           poupa__breaches *breaches)
{
    poupa__draft_check(draft, breaches);
    bool has_id = (draft->given & 1) && !(draft->broken & 1);
    bool taken = has_id && !reader->alone && is_taken(reader, id);
    return draft->broken == 0 && breaches->count == 0 && !taken;
}

/* Reads a value into a draft with this structure; whether it is an entity that is sound in
 * itself. What is not is reported. */
static bool read_draft(poupa__reader *reader, json_t *value, poupa__any_entity *structure,
                       poupa__draft *draft, poupa__breaches *breaches)
{
    memset(structure, 0, poupa__kinds[reader->kind].size);
    *draft = (poupa__draft){.kind = reader->kind, .structure = structure, .trusted = true};
    *breaches = (poupa__breaches){poupa__read_breach, reader, 0, 0};
    if (!json_is_object(value))
        return wrong_type(reader, poupa__entity_place(reader),
                          reader->alone ? poupa__kinds[reader->kind].one : "an entry",
                          "an object", value);
    read_members(reader, value, draft, structure);
    return !reader->lost && !reader->refused &&
           is_sound_draft(reader, draft, structure->id, breaches);
}

static poupa_status read_entity(poupa__reader *reader, json_t *value, poupa_error *err)
{
    poupa__any_entity structure;
    poupa__draft draft;
    poupa__breaches breaches;
    poupa__entity *entity = NULL;
    poupa_status status = POUPA_OK;
    if (!poupa__shelf_reserve(reader->catalog, reader->kind))
        return poupa__error_memory(err);
    bool sound = read_draft(reader, value, &structure, &draft, &breaches);
    if (sound)
        status = poupa__entity_make(reader->catalog, &draft, &breaches, &entity, err);
    if (status != POUPA_OK || reader->lost)
        return poupa__error_memory(err);
    if (reader->refused)
        return POUPA_OK;
    if (entity) {
        poupa__shelf_push(reader->catalog, entity);
        poupa__entity_link(reader->catalog, entity);
    } else {
        poupa__shelf_skip(reader->catalog, reader->kind);
        declare(reader, &draft, structure.id);
        /* Making an entity reports the repeats in its lists. */
        poupa__read_pending(reader, &draft, sound ? NULL : &breaches);
    }
    return reader->lost ? poupa__error_memory(err) : POUPA_OK;
}

/* Parses and reads the next entity of an array. */
static poupa_status read_next(poupa__reader *reader, poupa_error *err)
{
    if (reader->entities_left == 0) {
        poupa__report_add(reader->report, POUPA__E1011_ENTITIES, poupa__entity_place(reader),
                          "more than %zu entities", reader->max_entities);
        reader->refused = true;
        return POUPA_OK;
    }
    reader->entities_left--;
    json_t *object;
    if (!poupa__parse_value(reader, &object))
        return POUPA_OK;
    poupa_status status = read_entity(reader, object, err);
    json_decref(object);
    return status;
}

poupa_status poupa__read_array(poupa__reader *reader, poupa_kind kind, poupa_error *err)
{
    poupa__json_cursor *cursor = &reader->cursor;
    reader->kind = kind;
    reader->index = POUPA__NONE;
    reader->catalog->shelves[kind].given = true;
    if (poupa__json_peek(cursor) != '[') {
        json_t *value;
        if (poupa__parse_value(reader, &value)) {
            wrong_type(reader, poupa__entity_place(reader), poupa_kind_plural(kind), "a list",
                       value);
            json_decref(value);
        }
        reader->ids_unread[kind] = true;
        reader->catalog->shelves[kind].skipped++;
        return POUPA_OK;
    }
    poupa_status status = POUPA_OK;
    bool open = poupa__json_open(cursor);
    for (size_t i = 0; open && poupa__json_next(cursor, i == 0, ']'); i++) {
        reader->index = i;
        status = read_next(reader, err);
        open = status == POUPA_OK && !reader->refused && !reader->lost;
    }
    if (poupa__json_failed(cursor) && !reader->refused)
        poupa__refuse(reader, &cursor->fault);
    return status;
}

/* -- One entity ---------------------------------------------------------- */

static poupa_status put_parsed(poupa__reader *reader, json_t *value, poupa_error *err)
{
    poupa__any_entity structure;
    poupa__draft draft;
    poupa__breaches breaches;
    poupa_status status = POUPA_OK;
    if (read_draft(reader, value, &structure, &draft, &breaches))
        status = poupa__draft_put(reader->catalog, &draft, reader->replaces, &breaches,
                                  &reader->put, err);
    return reader->lost ? poupa__error_memory(err) : status;
}

poupa_status poupa__read_alone(poupa__reader *reader, poupa_error *err)
{
    json_t *value;
    if (!poupa__check_bytes(reader) || !poupa__parse_value(reader, &value))
        return reader->lost ? poupa__error_memory(err) : POUPA_OK;
    poupa_status status = POUPA_OK;
    if (poupa__json_finish(&reader->cursor))
        status = put_parsed(reader, value, err);
    else
        poupa__refuse(reader, &reader->cursor.fault);
    json_decref(value);
    return status;
}
