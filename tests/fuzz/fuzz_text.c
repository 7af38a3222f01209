/*
 * fuzz_text.c - any bytes as the small texts that the format is made of: numbers, JSON, UTF-8.
 * What the scanner of JSON lets pass is what jansson does; what is written reads back as the
 * same.
 */
#include <jansson.h>
#include <math.h>

#include "base/error.h"
#include "base/jsontext.h"
#include "base/memory.h"
#include "base/text.h"
#include "fuzz.h"

static void check_number(const char *text, size_t size)
{
    double number;
    char printed[POUPA_NUMBER_SIZE];
    if (size < sizeof number)
        return;
    memcpy(&number, text, sizeof number);
    CHECK(poupa_number_print(number, printed) == strlen(printed));
    poupa__json_fault fault;
    CHECK(poupa__json_check(printed, strlen(printed), 1, &fault));
    CHECK(isfinite(number) ? strtod(printed, NULL) == number : strcmp(printed, "null") == 0);
}

static bool take(void *buffer, const char *data, size_t size)
{
    return poupa__buffer_append(buffer, data, size);
}

static poupa_buffer lay_out(const char *text, size_t size, bool pretty)
{
    poupa_buffer out = {.data = NULL};
    poupa_writer *writer;
    poupa_write_options options = {.pretty = pretty};
    poupa__buffer_init(&out, poupa__allocator(NULL));
    CHECK(poupa_writer_new(&options, take, &out, &writer, NULL) == POUPA_OK);
    poupa_writer_json(writer, text, size);
    CHECK(poupa_writer_finish(writer, NULL) == POUPA_OK);
    poupa_writer_free(writer);
    return out;
}

/* What jansson makes of a text. It knows nothing of our depth, takes NUL in some places, and
 * looks for what the scanner does not: keys that are there twice, numbers out of range. */
static void check_with_jansson(const char *text, size_t size, bool good,
                               const poupa__json_fault *fault)
{
    json_error_t why = {.text = ""};
    json_t *value = json_loadb(text, size, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &why);
    bool beyond = json_error_code(&why) == json_error_duplicate_key ||
                  json_error_code(&why) == json_error_numeric_overflow;
    if (good)
        CHECK(value || beyond);
    else if (fault->rule != POUPA__E1007_DEPTH && !memchr(text, '\0', size))
        CHECK(value == NULL);
    CHECK(!value || !good || poupa__json_keys_unique(text, size));
    CHECK(!good || json_error_code(&why) != json_error_duplicate_key ||
          !poupa__json_keys_unique(text, size));
    json_decref(value);
}

/* JSON keeps its compact form, whichever way it was laid out in between. */
static void check_json(const char *text, size_t size)
{
    poupa__json_fault fault;
    bool good = poupa__json_check(text, size, POUPA__JSON_MAX_DEPTH, &fault);
    check_with_jansson(text, size, good, &fault);
    if (!good) {
        CHECK(fault.offset <= size && fault.message[0] && fault.rule < POUPA__RULE_COUNT);
        return;
    }
    poupa_buffer compact = lay_out(text, size, false);
    poupa_buffer pretty = lay_out(text, size, true);
    poupa_buffer again = lay_out(pretty.data, pretty.size, false);
    check_same_bytes(&again, &compact);
    poupa_buffer_free(&pretty);
}

static void check_utf8(const char *text, size_t size)
{
    size_t span = poupa__utf8_span(text, size);
    CHECK(span <= size && poupa_utf8_valid(text, span));
    CHECK(poupa_utf8_valid(text, size) == (span == size));
    char shown[POUPA__SHOWN_SIZE];
    poupa__shown(text, size, shown);
    CHECK(poupa_utf8_valid(shown, strlen(shown)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const checks[])(const char *text, size_t size) = {check_number, check_json,
                                                                    check_utf8};
    const char *text = size ? (const char *)data : "";
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        checks[i](text, size);
    return 0;
}
