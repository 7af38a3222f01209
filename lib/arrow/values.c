/* values.c - the values of arrays that others made. Buffers may lie at any address, so that
 * values are copied out of them. */
#include <math.h>
#include <string.h>

#include "foreign.h"

/* -- Numbers ------------------------------------------------------------- */

/* The integer that a float is; below zero for any other. */
static int64_t integer_of(double value)
{
    bool fits = value >= 0 && value < 9223372036854775808.0;
    int64_t integer = fits ? (int64_t)value : -1;
    return fits && (double)integer == value ? integer : -1;
}

/* Two's complement of 128 bits, the lower ones first. */
typedef struct wide_decimal {
    uint64_t low;
    uint64_t high;
} wide_decimal;

/* The integer that a decimal is; below zero for any other. */
static int64_t integer_of_decimal(wide_decimal value)
{
    return value.high == 0 && value.low <= INT64_MAX ? (int64_t)value.low : -1;
}

/* The real number nearest to a decimal, or next to it. */
static double real_of_decimal(wide_decimal value)
{
    bool negative = value.high >> 63;
    if (negative)
        value = (wide_decimal){~value.low + 1, ~value.high + (value.low == 0)};
    double size = (double)value.high * 18446744073709551616.0 + (double)value.low;
    return negative ? -size : size;
}

#define WIDEN(type, convert)                                                                     \
    for (size_t i = 0; i < count; i++) {                                                         \
        type value;                                                                              \
        memcpy(&value, from + (column->first + first + i) * sizeof value, sizeof value);         \
        out[i] = convert(value);                                                                 \
    }                                                                                            \
    break

void poupa__foreign_integers(const poupa__foreign *column, size_t first, size_t count,
                             int64_t *out)
{
    const char *from = (const char *)column->buffers[1];
    switch (column->storage) {
    case POUPA__STORAGE_INT8:
        WIDEN(int8_t, (int64_t));
    case POUPA__STORAGE_UINT8:
        WIDEN(uint8_t, (int64_t));
    case POUPA__STORAGE_INT16:
        WIDEN(int16_t, (int64_t));
    case POUPA__STORAGE_UINT16:
        WIDEN(uint16_t, (int64_t));
    case POUPA__STORAGE_INT32:
        WIDEN(int32_t, (int64_t));
    case POUPA__STORAGE_UINT32:
        WIDEN(uint32_t, (int64_t));
    case POUPA__STORAGE_INT64:
        WIDEN(int64_t, (int64_t));
    case POUPA__STORAGE_UINT64:
        WIDEN(uint64_t, (int64_t));
    case POUPA__STORAGE_FLOAT32:
        WIDEN(float, integer_of);
    case POUPA__STORAGE_DECIMAL128:
        WIDEN(wide_decimal, integer_of_decimal);
    default:
        WIDEN(double, integer_of);
    }
}

static void print_real(double real, char out[POUPA_NUMBER_SIZE])
{
    if (isfinite(real))
        poupa_number_print(real, out);
    else
        poupa__error_text(out, POUPA_NUMBER_SIZE, "%s", isnan(real) ? "NaN" : "an infinity");
}

/* The number at a row as text. */
static void print_number(const poupa__foreign *column, size_t row, char out[POUPA_NUMBER_SIZE])
{
    const char *from = (const char *)column->buffers[1];
    size_t at = column->first + row;
    int64_t integer;
    float narrow;
    double real;
    uint64_t large;
    wide_decimal wide;
    if (column->storage == POUPA__STORAGE_FLOAT32) {
        memcpy(&narrow, from + at * sizeof narrow, sizeof narrow);
        print_real((double)narrow, out);
    } else if (column->storage == POUPA__STORAGE_FLOAT64) {
        memcpy(&real, from + at * sizeof real, sizeof real);
        print_real(real, out);
    } else if (column->storage == POUPA__STORAGE_UINT64) {
        memcpy(&large, from + at * sizeof large, sizeof large);
        poupa__error_text(out, POUPA_NUMBER_SIZE, "%llu", (unsigned long long)large);
    } else {
        poupa__foreign_integers(column, row, 1, &integer);
        if (column->storage == POUPA__STORAGE_DECIMAL128 && integer < 0) {
            memcpy(&wide, from + at * sizeof wide, sizeof wide);
            print_real(real_of_decimal(wide), out);
            return;
        }
        poupa__error_text(out, POUPA_NUMBER_SIZE, "%lld", (long long)integer);
    }
}

poupa_status poupa__foreign_refuse_number(const poupa__foreign *column, size_t row, int64_t most,
                                          poupa_error *err)
{
    char found[POUPA_NUMBER_SIZE];
    print_number(column, row, found);
    return poupa__foreign_refuse(column, row, POUPA__E1008_NUMBER_RANGE, err,
                                 "an integer from 0 to %lld, found %s", (long long)most, found);
}

/* -- Texts --------------------------------------------------------------- */

/* Where texts of at most 12 bytes stand in their view, and longer ones in a buffer. */
enum { VIEW_SIZE = 16, INLINE_MOST = 12 };

static bool view_text(const poupa__foreign *column, size_t row, const char **text, size_t *size)
{
    const char *view = (const char *)column->buffers[1] + (column->first + row) * VIEW_SIZE;
    int32_t length, buffer, offset;
    memcpy(&length, view, sizeof length);
    memcpy(&buffer, view + 8, sizeof buffer);
    memcpy(&offset, view + 12, sizeof offset);
    if (length < 0)
        return false;
    *size = (size_t)length;
    *text = view + sizeof length;
    if (length <= INLINE_MOST)
        return true;
    /* Behind the buffers of texts is one of their sizes. */
    if (buffer < 0 || offset < 0 || (size_t)buffer >= column->buffer_count - 3)
        return false;
    const char *sizes = (const char *)column->buffers[column->buffer_count - 1];
    int64_t held;
    memcpy(&held, sizes + (size_t)buffer * sizeof held, sizeof held);
    const char *data = (const char *)column->buffers[2 + (size_t)buffer];
    *text = data ? data + offset : NULL;
    return data && (int64_t)offset + length <= held;
}

bool poupa__foreign_text(const poupa__foreign *column, size_t row, const char **text,
                         size_t *size)
{
    if (column->storage == POUPA__STORAGE_UTF8_VIEW)
        return view_text(column, row, text, size);
    const char *offsets = (const char *)column->buffers[1];
    const char *data = (const char *)column->buffers[2];
    size_t at = column->first + row;
    int64_t start, end;
    if (column->storage == POUPA__STORAGE_UTF8) {
        int32_t ends[2];
        memcpy(ends, offsets + at * sizeof ends[0], sizeof ends);
        start = ends[0];
        end = ends[1];
    } else {
        memcpy(&start, offsets + at * sizeof start, sizeof start);
        memcpy(&end, offsets + (at + 1) * sizeof end, sizeof end);
    }
    if (start < 0 || end < start || end > PTRDIFF_MAX || (data == NULL && end > start))
        return false;
    *text = data ? data + start : "";
    *size = (size_t)(end - start);
    return true;
}
