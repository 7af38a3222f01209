/*
 * fuzz_text.c - any bytes as the small texts that the format is made of: dates, periods,
 * numbers, JSON, UTF-8. What is read must print as it was and read back as the same.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/jsontext.h"
#include "base/memory.h"
#include "base/text.h"
#include "fuzz.h"
#include "poupa/base.h"

static void check_date(const char *text, size_t size)
{
    poupa_date date;
    char printed[POUPA_DATE_SIZE];
    if (poupa_date_parse(text, size, &date, NULL) != POUPA_OK)
        return;
    CHECK(poupa_date_valid(date) && poupa_date_first_day(date) <= poupa_date_last_day(date));
    CHECK(poupa_date_print(date, printed) == size && memcmp(printed, text, size) == 0);
}

static void check_period(const char *text, size_t size)
{
    poupa_period period;
    poupa_error err;
    char printed[POUPA_PERIOD_SIZE];
    if (poupa_period_parse(text, size, &period, &err) != POUPA_OK) {
        CHECK(err.message[0] && poupa_utf8_valid(err.message, strlen(err.message)));
        return;
    }
    CHECK(poupa_period_valid(period) && period.first <= period.last);
    CHECK(poupa_period_print(period, printed) == size && memcmp(printed, text, size) == 0);
    CHECK(poupa_period_contains(period, period) && poupa_period_same_length(period, period));
}

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

/* JSON keeps its compact form, whichever way it was laid out in between. */
static void check_json(const char *text, size_t size)
{
    poupa__json_fault fault;
    if (!poupa__json_check(text, size, POUPA__JSON_MAX_DEPTH, &fault)) {
        CHECK(fault.offset <= size && fault.message[0] && fault.rule < POUPA__RULE_COUNT);
        return;
    }
    poupa_buffer compact = lay_out(text, size, false);
    poupa_buffer pretty = lay_out(text, size, true);
    poupa_buffer again = lay_out(pretty.data, pretty.size, false);
    CHECK(again.size == compact.size && memcmp(again.data, compact.data, again.size) == 0);
    poupa_buffer_free(&compact);
    poupa_buffer_free(&pretty);
    poupa_buffer_free(&again);
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
    static void (*const checks[])(const char *text, size_t size) = {
        check_date, check_period, check_number, check_json, check_utf8};
    const char *text = (const char *)data;
    for (size_t i = 0; text && i < sizeof checks / sizeof checks[0]; i++)
        checks[i](text, size);
    return 0;
}
