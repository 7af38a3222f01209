/*
 * parse.c - parsing values, and saying why one was refused.
 *
 * A document is parsed one entity at a time: our scanner walks the document and its arrays, and
 * makes jansson's values of what they hold. So the tree of one entity is freed before the next
 * one is made, while it is still in the cache, which halves the time that reading takes; and the
 * memory of the trees is that of the largest entity.
 *
 * jansson's own parser is not asked: where it finds no memory for a text of more than 15 bytes it
 * drops some of them, and reads beyond its buffer where that was the closing quote.
 */
#include <jansson.h>
#include <string.h>

#include "base/jsontext.h"
#include "base/number.h"
#include "base/text.h"
#include "read.h"

/* -- Refusing ------------------------------------------------------------ */

bool poupa__refuse(poupa__reader *reader, const poupa__json_fault *fault)
{
    poupa__report_add_at(reader->report, fault->rule, fault->offset, "%s", fault->message);
    reader->refused = true;
    return false;
}

bool poupa__check_bytes(poupa__reader *reader)
{
    const char *data = reader->cursor.data;
    size_t size = reader->cursor.size;
    poupa__json_fault fault = {POUPA__E1003_NUL, 0, ""};
    const char *nul = (const char *)memchr(data, '\0', size);
    if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        fault.rule = POUPA__E1004_BOM;
        poupa__error_text(fault.message, sizeof fault.message,
                          "the text begins with a byte order mark");
    } else if (nul) {
        fault.offset = (size_t)(nul - data);
        poupa__error_text(fault.message, sizeof fault.message, "byte %zu is a NUL byte",
                          fault.offset);
    } else {
        return true;
    }
    return poupa__refuse(reader, &fault);
}

/* -- Values -------------------------------------------------------------- */

/*
 * Each makes the value at the cursor, for the caller to json_decref. NULL where it was refused,
 * which the cursor's fault tells, or where there is no memory, which is noted as well.
 */
static json_t *make_value(poupa__reader *reader);

static json_t *note_lost(poupa__reader *reader, json_t *value)
{
    reader->lost = reader->lost || value == NULL;
    return value;
}

/* Refuses the string or number from `start` to the cursor. */
static bool refuse_token(poupa__reader *reader, size_t start, poupa__rule rule,
                         const char *before, const char *behind)
{
    poupa__json_cursor *cursor = &reader->cursor;
    char shown[POUPA__SHOWN_SIZE];
    cursor->fault.rule = rule;
    cursor->fault.offset = start;
    poupa__error_text(cursor->fault.message, sizeof cursor->fault.message, "%s%s%s", before,
                      poupa__shown(cursor->data + start, cursor->at - start, shown), behind);
    return false;
}

/* Takes the string at the cursor: *text is its text, decoded, where the document has it or in
 * the scratch. */
static bool take_decoded(poupa__reader *reader, const char **text, size_t *size)
{
    poupa__json_cursor *cursor = &reader->cursor;
    const char *start = cursor->data + cursor->at + 1;
    if (!poupa__json_string(cursor))
        return false;
    *text = start;
    *size = (size_t)(cursor->data + cursor->at - 1 - start);
    if (memchr(start, '\\', *size) == NULL)
        return true;
    char *room = (char *)poupa__arena_allocate(&reader->scratch, *size);
    reader->lost = reader->lost || room == NULL;
    if (room == NULL)
        return false;
    *size = poupa__json_unescape(start, *size, room);
    *text = room;
    return true;
}

static json_t *make_string(poupa__reader *reader)
{
    const char *text;
    size_t size;
    return take_decoded(reader, &text, &size)
               ? note_lost(reader, json_stringn_nocheck(text, size))
               : NULL;
}

static json_t *make_number(poupa__reader *reader)
{
    poupa__json_cursor *cursor = &reader->cursor;
    size_t start = cursor->at;
    if (!poupa__json_value(cursor) || !poupa__json_delimiter(cursor))
        return NULL;
    const char *text =
        poupa__arena_text(&reader->scratch, cursor->data + start, cursor->at - start);
    poupa__number found;
    reader->lost = reader->lost || text == NULL;
    if (text == NULL)
        return NULL;
    if (!poupa__number_parse(text, &found)) {
        refuse_token(reader, start, POUPA__E1008_NUMBER_RANGE, "", " is out of range");
        return NULL;
    }
    return note_lost(reader,
                     found.is_integer ? json_integer(found.integer) : json_real(found.real));
}

/* Reads a member into the object; false where that fails. */
static bool add_member(poupa__reader *reader, json_t *object)
{
    poupa__json_cursor *cursor = &reader->cursor;
    size_t start = cursor->at;
    const char *key;
    size_t size;
    if (!take_decoded(reader, &key, &size))
        return false;
    if (json_object_getn(object, key, size))
        return refuse_token(reader, start, POUPA__E1006_DUPLICATE_KEY, "the key ",
                            " is in this object already");
    json_t *value = poupa__json_colon(cursor) ? make_value(reader) : NULL;
    if (value == NULL)
        return false;
    bool added = json_object_setn_new_nocheck(object, key, size, value) == 0;
    reader->lost = reader->lost || !added;
    return added;
}

static bool add_item(poupa__reader *reader, json_t *array)
{
    json_t *value = make_value(reader);
    if (value == NULL)
        return false;
    bool added = json_array_append_new(array, value) == 0;
    reader->lost = reader->lost || !added;
    return added;
}

static json_t *make_container(poupa__reader *reader, char close)
{
    poupa__json_cursor *cursor = &reader->cursor;
    if (!poupa__json_open(cursor))
        return NULL;
    json_t *made = note_lost(reader, close == '}' ? json_object() : json_array());
    bool good = made != NULL;
    for (bool first = true; good && poupa__json_next(cursor, first, close); first = false)
        good = close == '}' ? add_member(reader, made) : add_item(reader, made);
    if (good && !poupa__json_failed(cursor))
        return made;
    json_decref(made);
    return NULL;
}

static json_t *make_value(poupa__reader *reader)
{
    poupa__json_cursor *cursor = &reader->cursor;
    int byte = poupa__json_peek(cursor);
    switch (byte) {
    case '{':
        return make_container(reader, '}');
    case '[':
        return make_container(reader, ']');
    case '"':
        return make_string(reader);
    case 't':
        return poupa__json_value(cursor) ? json_true() : NULL;
    case 'f':
        return poupa__json_value(cursor) ? json_false() : NULL;
    case 'n':
        return poupa__json_value(cursor) ? json_null() : NULL;
    default:
        return make_number(reader);
    }
}

bool poupa__parse_value(poupa__reader *reader, json_t **out)
{
    poupa__arena_reset(&reader->scratch);
    *out = make_value(reader);
    return *out || (!reader->lost && poupa__refuse(reader, &reader->cursor.fault));
}
