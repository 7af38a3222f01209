/* number.c - numbers as text: the shortest decimal that reads back the same. */
#define _XOPEN_SOURCE 700

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"

/* What prints as a number's shortest decimal is found by computing with doubles. */
#if FLT_EVAL_METHOD != 0 && FLT_EVAL_METHOD != 1
#error "doubles must be computed as doubles: on 32-bit x86, compile with -msse2 -mfpmath=sse"
#endif

#define EXACT_INTEGER 9007199254740992.0 /* 2^53 */

size_t poupa__integer_print(int64_t number, char out[POUPA_NUMBER_SIZE])
{
    char digits[20];
    size_t count = 0;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    size_t size = 0;
    if (number < 0)
        out[size++] = '-';
    while (count)
        out[size++] = digits[--count];
    out[size] = '\0';
    return size;
}

/*
 * Prints a number of at most six decimals. Below 2^53 both n and 10^k are exact, so n /
 * 10^k is the double nearest to the decimal: if it is the number, the decimal reads back
 * as it, and the smallest such k is the shortest.
 */
static size_t print_short_decimal(double number, char out[POUPA_NUMBER_SIZE])
{
    static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    double magnitude = fabs(number);
    for (int decimals = 1; decimals <= 6; decimals++) {
        double scaled = nearbyint(magnitude * powers[decimals]);
        if (scaled >= EXACT_INTEGER)
            return 0;
        if (scaled / powers[decimals] != magnitude)
            continue;
        int64_t all = (int64_t)scaled;
        int64_t scale = (int64_t)powers[decimals];
        size_t size = 0;
        if (number < 0)
            out[size++] = '-';
        size += poupa__integer_print(all / scale, out + size);
        out[size++] = '.';
        int64_t rest = all % scale;
        for (scale /= 10; scale; scale /= 10) {
            out[size++] = (char)('0' + rest / scale);
            rest %= scale;
        }
        out[size] = '\0';
        return size;
    }
    return 0;
}

/* Copies what the C library printed: whatever stands for the locale's decimal point
 * becomes a point, and the exponent loses its plus and its leading zeros. */
static size_t copy_plainly(const char *text, char out[POUPA_NUMBER_SIZE])
{
    size_t size = 0;
    bool in_point = false;
    for (; *text; text++) {
        bool in_exponent = size > 1 && (out[size - 1] == 'e' || out[size - 2] == 'e') &&
                           (out[size - 1] < '0' || out[size - 1] > '9');
        if (in_exponent && (*text == '+' || *text == '0'))
            continue;
        bool plain = (*text >= '0' && *text <= '9') || *text == '-' || *text == 'e';
        if (plain)
            out[size++] = *text;
        else if (!in_point)
            out[size++] = '.';
        in_point = !plain;
    }
    out[size] = '\0';
    return size;
}

size_t poupa_number_print(double number, char out[POUPA_NUMBER_SIZE])
{
    if (out == NULL)
        return 0;
    if (!isfinite(number)) {
        memcpy(out, "null", 5);
        return 4;
    }
    if (fabs(number) <= EXACT_INTEGER && nearbyint(number) == number) {
        if (number == 0 && signbit(number)) {
            memcpy(out, "-0.0", 5);
            return 4;
        }
        return poupa__integer_print((int64_t)number, out);
    }
    size_t size = print_short_decimal(number, out);
    if (size)
        return size;
    /* Beyond 2^53 there is always an exponent, lest it be read as an integer. */
    bool huge = fabs(number) > EXACT_INTEGER;
    char text[64];
    for (int digits = 1; digits <= 17; digits++) {
        if (huge)
            snprintf(text, sizeof text, "%.*e", digits - 1, number);
        else
            snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    return copy_plainly(text, out);
}

size_t poupa__real_print(double number, char out[POUPA__REAL_SIZE])
{
    size_t size = poupa_number_print(number, out);
    if (strcspn(out, ".e") == size) {
        memcpy(out + size, ".0", sizeof ".0");
        size += strlen(".0");
    }
    return size;
}

static bool parse_integer(const char *data, size_t size, int64_t *out)
{
    bool negative = data[0] == '-';
    int64_t value = 0;
    for (size_t i = negative; i < size; i++) {
        int digit = data[i] - '0';
        if (value < (INT64_MIN + digit) / 10) /* downwards, where there is one more */
            return false;
        value = value * 10 - digit;
    }
    if (!negative && value == INT64_MIN)
        return false;
    *out = negative ? value : -value;
    return true;
}

/* Reads with a point, whatever the locale of the thread. */
static bool read_real(const char *text, double *out)
{
    locale_t plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0)
        return false;
    locale_t before = uselocale(plain);
    *out = strtod(text, NULL);
    uselocale(before);
    freelocale(plain);
    return isfinite(*out);
}

bool poupa__number_parse(const char *text, poupa__number *out)
{
    out->is_integer = strpbrk(text, ".eE") == NULL;
    return out->is_integer ? parse_integer(text, strlen(text), &out->integer)
                           : read_real(text, &out->real);
}

bool poupa__number_read(const char *data, size_t size, poupa__number *out)
{
    char text[512];
    if (size >= sizeof text)
        return false;
    memcpy(text, data, size);
    text[size] = '\0';
    return poupa__number_parse(text, out);
}
