/* number.c - whether the numbers of JSON text can be held: by their digits alone, so that
 * neither the locale nor rounding has a say. */
#include "number.h"

#include <string.h>

bool poupa__number_is_integer(const char *data, size_t size)
{
    return !memchr(data, '.', size) && !memchr(data, 'e', size) && !memchr(data, 'E', size);
}

static bool integer_fits(const char *data, size_t size)
{
    static const char *const limits[] = {"9223372036854775807", "9223372036854775808"};
    bool negative = data[0] == '-';
    size_t digits = size - negative;
    size_t most = strlen(limits[negative]);
    return digits < most ||
           (digits == most && memcmp(data + negative, limits[negative], most) <= 0);
}

int64_t poupa__number_integer(const char *data, size_t size)
{
    bool negative = data[0] == '-';
    int64_t value = 0;
    for (size_t i = negative; i < size; i++)
        value = negative ? value * 10 - (data[i] - '0') : value * 10 + (data[i] - '0');
    return value;
}

/* -- Doubles ------------------------------------------------------------- */

/*
 * 2^1024 - 2^970: halfway between the largest double and the next power of two. What is
 * not below rounds to infinity.
 */
static const char too_large[] =
    "17976931348623158079372897140530341507993413271003782693617377898044496829276475"
    "09466490179775872070963302864166928879109465555478519404026306574886715058206819"
    "08902000708383676273854845817711531764475730270069855571366959622842914819860834"
    "936475292719074168444365510704342711559699508093042880177904174497792";

enum { TOO_LARGE_DIGITS = sizeof too_large - 1 };

typedef struct written_decimal {
    const char *digits; /* from the first that is not 0, with the point somewhere */
    const char *end;    /* of the digits */
    int64_t magnitude;  /* the number is 0.d1d2d3... times ten to the magnitude */
} written_decimal;

/* The exponent of a number; one that is absurd is cut to what decides as well. */
static int64_t read_exponent(const char *data, const char *end)
{
    const int64_t enough = INT64_C(1) << 40;
    bool negative = data < end && *data == '-';
    if (data < end && (*data == '-' || *data == '+'))
        data++;
    int64_t value = 0;
    for (; data < end && value < enough; data++)
        value = value * 10 + (*data - '0');
    return negative ? -value : value;
}

static bool read_decimal(const char *data, size_t size, written_decimal *out)
{
    const char *end = data + size;
    const char *mark = (const char *)memchr(data, 'e', size);
    if (mark == NULL)
        mark = (const char *)memchr(data, 'E', size);
    out->end = mark ? mark : end;
    out->magnitude = mark ? read_exponent(mark + 1, end) : 0;
    const char *point = (const char *)memchr(data, '.', (size_t)(out->end - data));
    const char *at = data;
    while (at < out->end && (*at == '-' || *at == '0' || *at == '.'))
        at++;
    out->digits = at;
    if (at == out->end)
        return false;
    const char *units_end = point ? point : out->end;
    out->magnitude += at < units_end ? units_end - at : units_end - at + 1;
    return true;
}

static bool double_fits(const char *data, size_t size)
{
    written_decimal number;
    if (!read_decimal(data, size, &number) || number.magnitude < TOO_LARGE_DIGITS)
        return true;
    if (number.magnitude > TOO_LARGE_DIGITS)
        return false;
    const char *limit = too_large;
    for (const char *at = number.digits; at < number.end && *limit; at++) {
        if (*at == '.')
            continue;
        if (*at != *limit)
            return *at < *limit;
        limit++;
    }
    /* Digits that are left out are zeros, as those behind the limit's last are. */
    return limit[strspn(limit, "0")] != '\0';
}

bool poupa__number_fits(const char *data, size_t size)
{
    return poupa__number_is_integer(data, size) ? integer_fits(data, size)
                                                : double_fits(data, size);
}
