/*
 * parse.c - parsing values with jansson, and saying why one was refused.
 *
 * A document is parsed one entity at a time: our scanner walks the document and its arrays,
 * jansson parses what they hold. So the tree of one entity is freed before the next one is
 * made, while it is still in the cache, which halves the time that reading takes; and the
 * memory of the trees is that of the largest entity.
 */
#include <jansson.h>
#include <string.h>

#include "base/jsontext.h"
#include "base/text.h"
#include "read.h"

/* A document, an array, an entity and a list in it: less depth is not noticed on the way. */
#define LEVELS_USED 4

/* -- Refusing ------------------------------------------------------------ */

bool poupa__refuse(poupa__reader *reader, const poupa__json_fault *fault)
{
    poupa__report_add_at(reader->report, fault->rule, fault->offset, "%s", fault->message);
    reader->refused = true;
    return false;
}

/* The start of the string or number that ends before an offset. */
static size_t token_start(const char *data, size_t end)
{
    size_t at = end;
    if (at == 0 || data[at - 1] != '"') {
        while (at > 0 && data[at - 1] && strchr("+-.0123456789eE", data[at - 1]))
            at--;
        return at;
    }
    for (at--; at > 0; at--) {
        if (data[at - 1] != '"')
            continue;
        size_t slashes = 0;
        while (slashes < at - 1 && data[at - 2 - slashes] == '\\')
            slashes++;
        if (slashes % 2 == 0)
            return at - 1;
    }
    return 0;
}

/*
 * Says why jansson refused the value at the cursor. Our own scanner words what it refuses
 * too, so that the messages and places do not depend on jansson's version; what is left are
 * duplicate keys and numbers out of range, which jansson finds.
 */
static bool explain_refusal(poupa__reader *reader, const json_error_t *why)
{
    poupa__json_cursor probe = reader->cursor;
    bool duplicate = json_error_code(why) == json_error_duplicate_key;
    if (!poupa__json_value(&probe) || !poupa__json_delimiter(&probe))
        return poupa__refuse(reader, &probe.fault);
    if (!duplicate && json_error_code(why) != json_error_numeric_overflow) {
        /* jansson looks beyond a number or a word, where the fault may be. */
        if (!poupa__json_check(probe.data, probe.size, probe.max_depth, &probe.fault))
            return poupa__refuse(reader, &probe.fault);
        reader->lost = true; /* jansson names want of memory where it can, and not everywhere */
        return false;
    }
    const char *data = reader->cursor.data + reader->cursor.at;
    size_t end = why->position > 0 ? (size_t)why->position : 0;
    size_t start = token_start(data, end);
    poupa__json_fault fault = {duplicate ? POUPA__E1006_DUPLICATE_KEY : POUPA__E1008_NUMBER_RANGE,
                               reader->cursor.at + start, ""};
    char shown[POUPA__SHOWN_SIZE];
    poupa__error_text(fault.message, sizeof fault.message, "%s%s%s", duplicate ? "the key " : "",
                      poupa__shown(data + start, end - start, shown),
                      duplicate ? " is in this object already" : " is out of range");
    return poupa__refuse(reader, &fault);
}

/* What jansson does not refuse, or refuses less clearly. */
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

bool poupa__parse_value(poupa__reader *reader, json_t **out)
{
    poupa__json_cursor *cursor = &reader->cursor;
    poupa__json_peek(cursor);
    reader->value_at = cursor->at;
    poupa__json_cursor probe = *cursor;
    if (cursor->max_depth < LEVELS_USED && !poupa__json_value(&probe))
        return poupa__refuse(reader, &probe.fault);
    json_error_t why = {.text = ""}; /* jansson sets no code where it runs out of memory */
    *out = json_loadb(cursor->data + cursor->at, cursor->size - cursor->at,
                      JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, &why);
    if (*out == NULL)
        return explain_refusal(reader, &why);
    cursor->at += (size_t)why.position;
    return true;
}

bool poupa__check_depth(poupa__reader *reader, const json_t *value, size_t above)
{
    if (!poupa__json_is_deeper(value, reader->cursor.max_depth - above))
        return true;
    poupa__json_cursor probe = reader->cursor;
    probe.at = reader->value_at;
    return poupa__json_value(&probe) || poupa__refuse(reader, &probe.fault);
}
