/* schema.c - the JSON Schema of catalogue documents, made from the field table. */
#include <string.h>

#include "base/writer.h"
#include "model/fields.h"
#include "poupa/json.h"

#define DATE_PATTERN "^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
#define SIMPLE_PERIOD                                                                            \
    "(?!0000)[0-9]{4}(-(S[12]|Q[1-4]|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?))?"
#define PERIOD_PATTERN "^((\\.\\.|" SIMPLE_PERIOD ")/)?" SIMPLE_PERIOD "$"
/* The grammar of RFC 5646, section 2.1, without the tags that are older than it. */
#define LANGUAGE_PATTERN                                                                         \
    "^(([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})(-[A-Za-z]{4})?"                          \
    "(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"                       \
    "(-[0-9A-WY-Za-wy-z](-[A-Za-z0-9]{2,8})+)*(-[xX](-[A-Za-z0-9]{1,8})+)?"                      \
    "|[xX](-[A-Za-z0-9]{1,8})+|(i|en-GB|sgn)-[A-Za-z-]+)$"
#define ID_PATTERN "^[a-z0-9][a-z0-9._-]{0,127}$"
#define EXACT_INTEGER INT64_C(9007199254740992) /* 2^53 */

static void put_member(poupa_writer *writer, const char *key, const char *text)
{
    poupa_writer_key(writer, key);
    poupa_writer_text(writer, text);
}

static void put_reference(poupa_writer *writer, const char *definition)
{
    char path[64] = "#/$defs/";
    strncat(path, definition, sizeof path - strlen(path) - 1);
    put_member(writer, "$ref", path);
}

/* Says that a member is a list of what `definition` describes. */
static void put_list(poupa_writer *writer, const char *definition, bool references)
{
    put_member(writer, "type", "array");
    if (references) {
        poupa_writer_key(writer, "minItems");
        poupa_writer_integer(writer, 1);
        poupa_writer_key(writer, "uniqueItems");
        poupa_writer_boolean(writer, true);
    }
    poupa_writer_key(writer, "items");
    poupa_writer_begin_object(writer);
    if (definition)
        put_reference(writer, definition);
    else
        put_member(writer, "type", "string");
    poupa_writer_end_object(writer);
}

/* The words of a vocabulary: an enumeration, or examples where others are allowed. */
static void put_words(poupa_writer *writer, const poupa_vocabulary *vocabulary)
{
    put_member(writer, "type", "string");
    poupa_writer_key(writer, vocabulary->open ? "examples" : "enum");
    poupa_writer_begin_array(writer);
    for (size_t i = 0; i < vocabulary->count; i++)
        poupa_writer_text(writer, vocabulary->words[i]);
    poupa_writer_end_array(writer);
    if (vocabulary->default_code)
        put_member(writer, "default", vocabulary->words[vocabulary->default_code - 1]);
}

static void put_type(poupa_writer *writer, const poupa_field *field)
{
    switch (field->type) {
    case POUPA_FIELD_ID:
    case POUPA_FIELD_REF:
        put_reference(writer, "id");
        break;
    case POUPA_FIELD_REFS:
        put_list(writer, "id", true);
        break;
    case POUPA_FIELD_TEXT:
        put_member(writer, "type", "string");
        if (field->required) {
            poupa_writer_key(writer, "minLength");
            poupa_writer_integer(writer, 1);
        }
        break;
    case POUPA_FIELD_TEXTS:
        put_list(writer, NULL, false);
        break;
    case POUPA_FIELD_WORD:
        put_words(writer, field->vocabulary);
        break;
    case POUPA_FIELD_WORDS:
        put_member(writer, "type", "array");
        poupa_writer_key(writer, "items");
        poupa_writer_begin_object(writer);
        put_words(writer, field->vocabulary);
        poupa_writer_end_object(writer);
        break;
    case POUPA_FIELD_DATE:
        put_reference(writer, "date");
        break;
    case POUPA_FIELD_PERIOD:
        put_reference(writer, "period");
        break;
    case POUPA_FIELD_NUMBER:
    case POUPA_FIELD_OPTIONAL:
        put_reference(writer, "number");
        break;
    }
}

/* Says what an entity of a kind is; members that are not named are allowed. */
static void put_kind(poupa_writer *writer, poupa_kind kind)
{
    size_t count;
    const poupa_field *fields = poupa_kind_fields(kind, &count);
    poupa_writer_key(writer, poupa_kind_name(kind));
    poupa_writer_begin_object(writer);
    put_member(writer, "description", poupa_kind_meaning(kind));
    put_member(writer, "type", "object");
    poupa_writer_key(writer, "required");
    poupa_writer_begin_array(writer);
    for (size_t i = 0; i < count; i++) {
        if (fields[i].required)
            poupa_writer_text(writer, fields[i].name);
    }
    poupa_writer_end_array(writer);
    poupa_writer_key(writer, "properties");
    poupa_writer_begin_object(writer);
    for (size_t i = 0; i < count; i++) {
        poupa_writer_key(writer, fields[i].name);
        poupa_writer_begin_object(writer);
        put_member(writer, "description", fields[i].meaning);
        put_type(writer, &fields[i]);
        poupa_writer_end_object(writer);
    }
    poupa_writer_end_object(writer);
    poupa_writer_end_object(writer);
}

static void put_pattern(poupa_writer *writer, const char *name, const char *says,
                        const char *pattern)
{
    poupa_writer_key(writer, name);
    poupa_writer_begin_object(writer);
    put_member(writer, "description", says);
    put_member(writer, "type", "string");
    put_member(writer, "pattern", pattern);
    poupa_writer_end_object(writer);
}

static void put_number(poupa_writer *writer)
{
    poupa_writer_key(writer, "number");
    poupa_writer_begin_object(writer);
    put_member(writer, "description", "A number within 2^53, up to which integers are exact.");
    put_member(writer, "type", "number");
    poupa_writer_key(writer, "minimum");
    poupa_writer_integer(writer, -EXACT_INTEGER);
    poupa_writer_key(writer, "maximum");
    poupa_writer_integer(writer, EXACT_INTEGER);
    poupa_writer_end_object(writer);
}

static void put_definitions(poupa_writer *writer)
{
    poupa_writer_key(writer, "$defs");
    poupa_writer_begin_object(writer);
    put_pattern(writer, "id", "Unique within its array.", ID_PATTERN);
    put_pattern(writer, "date", "YYYY, YYYY-MM or YYYY-MM-DD.", DATE_PATTERN);
    put_pattern(writer, "period",
                "2021, 2021-S1, 2021-Q3, 2021-06, 2021-06-14, a range A/B with both ends "
                "included, or ../B.",
                PERIOD_PATTERN);
    put_number(writer);
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++)
        put_kind(writer, (poupa_kind)kind);
    poupa_writer_end_object(writer);
}

static void put_properties(poupa_writer *writer)
{
    poupa_writer_key(writer, "properties");
    poupa_writer_begin_object(writer);
    poupa_writer_key(writer, "poupa");
    poupa_writer_begin_object(writer);
    put_member(writer, "description", "The format's version.");
    put_member(writer, "type", "string");
    put_member(writer, "pattern", "^0*1\\.[0-9]{1,5}$");
    poupa_writer_end_object(writer);
    poupa_writer_key(writer, "language");
    poupa_writer_begin_object(writer);
    put_member(writer, "description", "The language of the texts, a BCP 47 tag.");
    put_member(writer, "type", "string");
    put_member(writer, "pattern", LANGUAGE_PATTERN);
    put_member(writer, "default", "pt-BR");
    poupa_writer_end_object(writer);
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++) {
        poupa_writer_key(writer, poupa_kind_plural((poupa_kind)kind));
        poupa_writer_begin_object(writer);
        put_list(writer, poupa_kind_name((poupa_kind)kind), false);
        poupa_writer_end_object(writer);
    }
    poupa_writer_end_object(writer);
}

void poupa_schema_write(poupa_writer *writer)
{
    poupa_writer_begin_object(writer);
    put_member(writer, "$schema", "https://json-schema.org/draft/2020-12/schema");
    put_member(writer, "title", "libpoupa catalogue document, format 1");
    put_member(writer, "description",
               "Who offers which public service where, through which channel, and what was "
               "published about it. What a schema cannot say is checked by poupa validate: "
               "references, unique ids, chains of parents, plausibility.");
    put_member(writer, "type", "object");
    poupa_writer_key(writer, "required");
    poupa_writer_begin_array(writer);
    poupa_writer_text(writer, "poupa");
    poupa_writer_end_array(writer);
    put_properties(writer);
    put_definitions(writer);
    poupa_writer_end_object(writer);
}
