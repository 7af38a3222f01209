/* root.c - reading the document itself: its own members, and the arrays one by one. */
#include <jansson.h>
#include <string.h>

#include "base/text.h"
#include "model/entity.h"
#include "read.h"

/* -- The document's own members ------------------------------------------ */

static poupa__place own_place(const char *name)
{
    return (poupa__place){-1, POUPA__NONE, name, POUPA__NONE, false};
}

/* Whether a text is MAJOR.MINOR, and which major. */
static bool is_version(const char *text, unsigned *major)
{
    const char *at = text;
    for (*major = 0; *at >= '0' && *at <= '9' && *major < 1000; at++)
        *major = *major * 10 + (unsigned)(*at - '0');
    if (at == text || *at++ != '.')
        return false;
    size_t minor = strspn(at, "0123456789");
    return minor > 0 && minor < 6 && at[minor] == '\0';
}

static void read_version(poupa__reader *reader, const json_t *value)
{
    const char *text = json_string_value(value);
    unsigned major = 0;
    char shown[POUPA__SHOWN_SIZE];
    if (text == NULL || !is_version(text, &major))
        poupa__report_add(reader->report, POUPA__E2015_VERSION, own_place("poupa"),
                          "the format's version must be a text such as \"1.0\"");
    else if (major != 1)
        poupa__report_add(reader->report, POUPA__E2015_VERSION, own_place("poupa"),
                          "version \"%s\" of the format is not read here; 1.x is",
                          poupa__shown(text, strlen(text), shown));
    else if (!(reader->catalog->format_version =
                   poupa__arena_text(&reader->catalog->arena, text, strlen(text))))
        reader->lost = true;
    /* What a document of another major version means, nobody here can say. */
    reader->refused = major > 1;
}

static void read_language(poupa__reader *reader, const json_t *value)
{
    const char *text = json_string_value(value);
    char shown[POUPA__SHOWN_SIZE];
    if (text == NULL)
        poupa__report_add(reader->report, POUPA__E2002_TYPE, own_place("language"),
                          "\"language\" must be a text");
    else if (!poupa__language_valid(text, strlen(text)))
        poupa__report_add(reader->report, POUPA__E2017_LANGUAGE, own_place("language"),
                          "\"%s\" is not a BCP 47 language tag, such as pt-BR",
                          poupa__shown(text, strlen(text), shown));
    else if (!(reader->catalog->language =
                   poupa__arena_text(&reader->catalog->arena, text, strlen(text))))
        reader->lost = true;
}

/* -- Members one by one -------------------------------------------------- */

/* Unknown members of the document, as they are gathered. */
typedef struct unknown_members {
    poupa_member *items;
    size_t count;
    size_t capacity;
} unknown_members;

static void keep_unknown(poupa__reader *reader, const char *name, unknown_members *unknown)
{
    poupa_catalog *catalog = reader->catalog;
    json_t *value;
    if (!poupa__parse_value(reader, &value))
        return;
    const char *json = poupa__read_extra(reader, value, &catalog->arena);
    json_decref(value);
    const char *copy = poupa__arena_text(&catalog->arena, name, strlen(name));
    void *items = unknown->items;
    bool room = poupa__grow(&catalog->allocator, &items, &unknown->capacity, unknown->count + 1,
                            sizeof *unknown->items);
    unknown->items = (poupa_member *)items;
    reader->lost = reader->lost || copy == NULL || !room;
    if (json && !reader->lost)
        unknown->items[unknown->count++] = (poupa_member){copy, json};
}

typedef void (*own_reader)(poupa__reader *reader, const json_t *value);

static void read_own(poupa__reader *reader, own_reader read)
{
    json_t *value;
    if (!poupa__parse_value(reader, &value))
        return;
    read(reader, value);
    json_decref(value);
}

static poupa_status read_root_member(poupa__reader *reader, const char *name,
                                     unknown_members *unknown, poupa_error *err)
{
    poupa_kind kind;
    if (strcmp(name, "poupa") == 0)
        read_own(reader, read_version);
    else if (strcmp(name, "language") == 0)
        read_own(reader, read_language);
    else if (poupa_kind_find(name, &kind) && strcmp(name, poupa_kind_plural(kind)) == 0)
        return poupa__read_array(reader, kind, err);
    else
        keep_unknown(reader, name, unknown);
    return POUPA_OK;
}

/* Takes the key at the cursor and its colon, and notes the name as seen; the name is in
 * the reader's text. False where there is none, or where it was seen before. */
static bool take_root_key(poupa__reader *reader, json_t *seen)
{
    poupa__json_cursor *cursor = &reader->cursor;
    size_t start = cursor->at;
    if (!poupa__json_string(cursor))
        return false;
    size_t size = cursor->at - start - 2;
    reader->text.size = 0;
    if (!poupa__buffer_reserve(&reader->text, size)) {
        reader->lost = true;
        return false;
    }
    char *name = reader->text.data;
    name[poupa__json_unescape(cursor->data + start + 1, size, name)] = '\0';
    if (json_object_get(seen, name)) {
        poupa__json_fault fault = {POUPA__E1006_DUPLICATE_KEY, start, ""};
        char shown[POUPA__SHOWN_SIZE];
        poupa__error_text(fault.message, sizeof fault.message,
                          "the key \"%s\" is in this object already",
                          poupa__shown(name, strlen(name), shown));
        return poupa__refuse(reader, &fault);
    }
    if (json_object_set_new_nocheck(seen, name, json_true()) != 0)
        reader->lost = true;
    return !reader->lost && poupa__json_colon(cursor);
}

static poupa_status read_root_members(poupa__reader *reader, json_t *seen,
                                      unknown_members *unknown, poupa_error *err)
{
    poupa__json_cursor *cursor = &reader->cursor;
    poupa_status status = POUPA_OK;
    bool first = true;
    poupa__json_open(cursor);
    while (status == POUPA_OK && !reader->refused && !reader->lost &&
           poupa__json_next(cursor, first, '}')) {
        first = false;
        if (!take_root_key(reader, seen))
            break;
        poupa_buffer name = reader->text; /* the reader's text has other uses on the way */
        poupa__buffer_init(&reader->text, name.allocator);
        status = read_root_member(reader, name.data, unknown, err);
        poupa_buffer_free(&reader->text);
        reader->text = name;
    }
    if (!poupa__json_failed(cursor) && !reader->refused && !reader->lost && status == POUPA_OK)
        poupa__json_finish(cursor);
    if (poupa__json_failed(cursor) && !reader->refused)
        poupa__refuse(reader, &cursor->fault);
    if (json_object_get(seen, "poupa") == NULL && !reader->refused)
        poupa__report_add(reader->report, POUPA__E2001_MISSING, own_place(NULL),
                          "the document has no \"poupa\", the format's version: \"1.0\"");
    return status;
}

/* Refuses a text that is no object, be it JSON or not. */
static void refuse_other(poupa__reader *reader)
{
    poupa__json_fault fault = {POUPA__E1012_NOT_AN_OBJECT, reader->cursor.at,
                               "a catalogue document is an object"};
    poupa__json_check(reader->cursor.data, reader->cursor.size, reader->cursor.max_depth, &fault);
    poupa__refuse(reader, &fault);
}

poupa_status poupa__read_document(poupa__reader *reader, poupa_error *err)
{
    if (!poupa__check_bytes(reader))
        return POUPA_OK;
    if (poupa__json_peek(&reader->cursor) != '{') {
        refuse_other(reader);
        return POUPA_OK;
    }
    unknown_members unknown = {NULL, 0, 0};
    poupa_catalog *catalog = reader->catalog;
    json_t *seen = json_object();
    reader->lost = seen == NULL;
    poupa_status status = seen ? read_root_members(reader, seen, &unknown, err) : POUPA_OK;
    json_decref(seen);
    size_t size = unknown.count * sizeof *unknown.items;
    poupa_member *items = (poupa_member *)poupa__arena_allocate(&catalog->arena, size);
    reader->lost = reader->lost || items == NULL;
    if (unknown.count && items)
        memcpy(items, unknown.items, size);
    catalog->extra = (poupa_members){unknown.count ? items : NULL, unknown.count};
    poupa__release(&catalog->allocator, unknown.items, unknown.capacity * sizeof *unknown.items);
    if (status == POUPA_OK && !reader->refused && !reader->lost)
        status = poupa__read_relations(reader, err);
    return reader->lost ? poupa__error_memory(err) : status;
}
