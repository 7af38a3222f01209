/* numbers.c - figures, dates and periods in words. */
#include "numbers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout.h"

/* -- Digits -------------------------------------------------------------- */

/* Puts the marks of the language into a number as poupa_number_print wrote it. */
static cli_words with_marks(cli_language language, const char *digits)
{
    const char *thousands = language == LANGUAGE_PT ? "." : ",";
    const char *decimal = language == LANGUAGE_PT ? "," : ".";
    cli_words out = {""};
    char *to = out.text;
    if (*digits == '-')
        *to++ = *digits++;
    size_t whole = strspn(digits, "0123456789");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            *to++ = *thousands;
        *to++ = digits[i];
    }
    for (digits += whole; *digits; digits++)
        *to++ = *digits == '.' ? *decimal : *digits;
    *to = '\0';
    return out;
}

cli_words number_words(cli_language language, double number)
{
    char digits[POUPA_NUMBER_SIZE];
    if (isnan(number))
        return FILL("{0}", text(language, TEXT_UNKNOWN));
    poupa_number_print(number, digits);
    return with_marks(language, digits);
}

typedef enum direction { DOWN, NEAREST, UP } direction;

/* Rounds to a number of decimals; what is there but for the error of arithmetic stays. */
static double rounded(double number, int decimals, direction towards)
{
    double scale = pow(10, decimals);
    double scaled = number * scale;
    double nearest = round(scaled);
    if (fabs(scaled) > 0x1p53)
        return number;
    if (towards != NEAREST && fabs(scaled - nearest) > 1e-9 * fabs(scaled))
        nearest = towards == UP ? ceil(scaled) : floor(scaled);
    return nearest / scale;
}

static int decimals_of(double number)
{
    return fabs(number) >= 100 ? 0 : fabs(number) >= 10 ? 1 : 2;
}

cli_words estimate_words(cli_language language, double number)
{
    return number_words(language, rounded(number, decimals_of(number), NEAREST));
}

/* -- Units --------------------------------------------------------------- */

/* What stands before and behind a number. */
static const struct {
    const char *before;
    const char *one[LANGUAGE_COUNT];
    const char *many[LANGUAGE_COUNT];
} units[] = {
    [POUPA_UNIT_OF_COUNT] = {"", {"", ""}, {"", ""}},
    [POUPA_UNIT_OF_SECONDS] = {"", {SPACE "s", SPACE "s"}, {SPACE "s", SPACE "s"}},
    [POUPA_UNIT_OF_MINUTES] = {"", {SPACE "min", SPACE "min"}, {SPACE "min", SPACE "min"}},
    [POUPA_UNIT_OF_PERCENT] = {"", {SPACE "%", SPACE "%"}, {SPACE "%", SPACE "%"}},
    [POUPA_UNIT_OF_YEARS] = {"", {SPACE "year", SPACE "ano"}, {SPACE "years", SPACE "anos"}},
    [POUPA_UNIT_OF_BRL] = {"R$" SPACE, {"", ""}, {"", ""}},
};

/* Portuguese has the singular below two, English at one. */
static bool is_singular(cli_language language, double number)
{
    return language == LANGUAGE_PT ? fabs(number) < 2 : fabs(number) == 1;
}

static cli_words with_unit(cli_language language, const char *number, bool singular,
                           poupa_word unit)
{
    if (unit.code <= 0 || (size_t)unit.code >= sizeof units / sizeof units[0])
        return FILL("{0}" SPACE "{1}", number, unit.text);
    return FILL("{0}{1}{2}", units[unit.code].before, number,
                (singular ? units[unit.code].one : units[unit.code].many)[language]);
}

cli_words measured_words(cli_language language, double number, poupa_word unit)
{
    return with_unit(language, estimate_words(language, number).text,
                     is_singular(language, number), unit);
}

/* -- Published values ---------------------------------------------------- */

/* The words for large numbers, by their size. */
static const struct {
    double size;
    const char *one[LANGUAGE_COUNT];
    const char *many[LANGUAGE_COUNT];
} scales[] = {
    {1e12, {"trillion", "trilhão"}, {"trillion", "trilhões"}},
    {1e9, {"billion", "bilhão"}, {"billion", "bilhões"}},
    {1e6, {"million", "milhão"}, {"million", "milhões"}},
    {1e3, {"thousand", "mil"}, {"thousand", "mil"}},
};

/* The value in the scale in which it was stated: at most two decimals of it, the last of
 * them no finer than the resolution. */
static cli_words scaled_words(cli_language language, double value, double resolution)
{
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        double part = value / scales[i].size;
        if (fabs(part) >= 1 && resolution * 100 >= scales[i].size &&
            rounded(part, 2, NEAREST) == part)
            return FILL("{0}" SPACE "{1}", number_words(language, part).text,
                        (is_singular(language, part) ? scales[i].one : scales[i].many)[language]);
    }
    return number_words(language, value);
}

cli_words published_words(cli_language language, double value, int32_t qualifier,
                          double resolution, poupa_word unit)
{
    cli_words number = scaled_words(language, value, resolution);
    return FILL(word(language, WORDS_QUALIFIER, qualifier, "{0}"),
                with_unit(language, number.text, is_singular(language, value), unit).text);
}

/* -- Intervals ----------------------------------------------------------- */

static cli_words bounds_words(cli_language language, double low, double high, poupa_word unit)
{
    cli_words first = number_words(language, low);
    cli_words last = number_words(language, high);
    if (isinf(low) && isinf(high))
        return FILL("{0}", text(language, TEXT_ANY));
    if (isinf(low))
        return FILL(text(language, TEXT_UP_TO),
                    with_unit(language, last.text, is_singular(language, high), unit).text);
    if (isinf(high))
        return FILL(text(language, TEXT_OR_MORE),
                    with_unit(language, first.text, is_singular(language, low), unit).text);
    if (low < high)
        first = FILL(text(language, TEXT_BETWEEN), first.text, last.text);
    return with_unit(language, first.text, is_singular(language, high), unit);
}

cli_words interval_words(cli_language language, poupa_interval interval, poupa_word unit)
{
    enum { EXACT = 9 }; /* so many decimals take away no more than the error of arithmetic */
    return bounds_words(language, rounded(interval.low, EXACT, NEAREST),
                        rounded(interval.high, EXACT, NEAREST), unit);
}

cli_words estimate_interval_words(cli_language language, poupa_interval interval, poupa_word unit)
{
    int decimals = decimals_of(interval.value);
    return bounds_words(language, rounded(interval.low, decimals, DOWN),
                        rounded(interval.high, decimals, UP), unit);
}

static const poupa_word percent_unit = {POUPA_UNIT_OF_PERCENT, "percent"};

cli_words percent_words(cli_language language, double percent)
{
    return with_unit(language, number_words(language, rounded(percent, 1, NEAREST)).text, false,
                     percent_unit);
}

cli_words percent_interval_words(cli_language language, poupa_interval percent)
{
    return bounds_words(language, rounded(percent.low, 1, DOWN), rounded(percent.high, 1, UP),
                        percent_unit);
}

/* -- Dates and periods --------------------------------------------------- */

static cli_words digits_of(int number)
{
    cli_words out;
    poupa_number_print(number, out.text);
    return out;
}

static const char *month_name(cli_language language, poupa_date date)
{
    return word(language, WORDS_MONTH, date.month, "");
}

cli_words date_words(cli_language language, poupa_date date)
{
    cli_words year = digits_of(date.year);
    if (date.month == 0)
        return year;
    if (date.day == 0)
        return FILL(text(language, TEXT_MONTH), month_name(language, date), year.text);
    bool ordinal = language == LANGUAGE_PT && date.day == 1;
    cli_words day =
        ordinal ? FILL("{0}", word(language, WORDS_ORDINAL, 1, "")) : digits_of(date.day);
    return FILL(text(language, TEXT_DAY), day.text, month_name(language, date), year.text);
}

cli_words due_words(cli_language language, poupa_date date)
{
    return FILL(text(language, date.day ? TEXT_DUE_DAY : TEXT_DUE_END),
                date_words(language, date).text);
}

/* A period of one calendar unit that begins on a day. */
static cli_words unit_words(cli_language language, int32_t first, int kind)
{
    poupa_date date = poupa_date_from_day(first);
    cli_words year = digits_of(date.year);
    int index = 1 + (date.month - 1) / (kind == POUPA_PERIOD_HALF ? 6 : 3);
    switch (kind) {
    case POUPA_PERIOD_HALF:
    case POUPA_PERIOD_QUARTER:
        return FILL(text(language, kind == POUPA_PERIOD_HALF ? TEXT_HALF : TEXT_QUARTER),
                    word(language, WORDS_ORDINAL, index, ""), year.text);
    case POUPA_PERIOD_MONTH:
        date.day = 0;
        return date_words(language, date);
    case POUPA_PERIOD_DAY:
        return date_words(language, date);
    default:
        return year;
    }
}

cli_words period_words(cli_language language, poupa_period period)
{
    if (period.kind != POUPA_PERIOD_RANGE && period.kind != POUPA_PERIOD_UNTIL)
        return unit_words(language, period.first, period.kind);
    poupa_period end = poupa_period_around(period.last, (poupa_period_kind)period.last_kind);
    cli_words last = unit_words(language, end.first, end.kind);
    if (period.kind == POUPA_PERIOD_UNTIL)
        return FILL(text(language, TEXT_PERIOD_UNTIL), last.text);
    return FILL(text(language, TEXT_RANGE),
                unit_words(language, period.first, period.first_kind).text, last.text);
}

cli_words months_words(cli_language language, double months)
{
    const char *in_words =
        months == floor(months) ? word(language, WORDS_MONTH_COUNT, (int)months, NULL) : NULL;
    return in_words ? FILL("{0}", in_words)
                    : FILL(text(language, TEXT_MONTH_COUNT),
                           number_words(language, rounded(months, 1, NEAREST)).text);
}
