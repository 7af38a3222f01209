/* dump.c - values that are kept as text: unknown members. */
#include <jansson.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/writer.h"
#include "read.h"

static bool dump_number(const json_t *value, poupa_buffer *out)
{
    char text[POUPA__REAL_SIZE];
    size_t size = json_is_integer(value) ? poupa__integer_print(json_integer_value(value), text)
                                         : poupa__real_print(json_real_value(value), text);
    return poupa__buffer_append(out, text, size);
}

static bool dump_object(json_t *object, poupa_buffer *out)
{
    bool good = poupa__buffer_append(out, "{", 1);
    bool first = true;
    for (void *member = json_object_iter(object); member && good;
         member = json_object_iter_next(object, member)) {
        const char *name = json_object_iter_key(member);
        good = (first || poupa__buffer_append(out, ",", 1)) &&
               poupa__json_quote(out, name, strlen(name)) && poupa__buffer_append(out, ":", 1) &&
               poupa__json_dump(json_object_iter_value(member), out);
        first = false;
    }
    return good && poupa__buffer_append(out, "}", 1);
}

static bool dump_array(json_t *array, poupa_buffer *out)
{
    bool good = poupa__buffer_append(out, "[", 1);
    for (size_t i = 0; i < json_array_size(array) && good; i++)
        good = (i == 0 || poupa__buffer_append(out, ",", 1)) &&
               poupa__json_dump(json_array_get(array, i), out);
    return good && poupa__buffer_append(out, "]", 1);
}

bool poupa__json_dump(json_t *value, poupa_buffer *out)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return dump_object(value, out);
    case JSON_ARRAY:
        return dump_array(value, out);
    case JSON_STRING:
        return poupa__json_quote(out, json_string_value(value), json_string_length(value));
    case JSON_INTEGER:
    case JSON_REAL:
        return dump_number(value, out);
    case JSON_TRUE:
        return poupa__buffer_append(out, "true", 4);
    case JSON_FALSE:
        return poupa__buffer_append(out, "false", 5);
    case JSON_NULL:
        return poupa__buffer_append(out, "null", 4);
    }
    return false;
}
