/* equal.c - whether two tables have the same records. */
#include <string.h>

#include "table.h"

/* Whether two words are the same; words of one dictionary are by their codes. */
static bool same_word(const poupa__dictionary *a, int32_t a_code, const poupa__dictionary *b,
                      int32_t b_code)
{
    if (a == b)
        return a_code == b_code;
    const poupa__word *x = poupa__dictionary_word(a, (size_t)a_code);
    const poupa__word *y = poupa__dictionary_word(b, (size_t)b_code);
    return x->size == y->size && memcmp(x->text, y->text, x->size) == 0;
}

static bool same_row(const poupa_attendance *a, const poupa__piece *a_piece, size_t a_row,
                     const poupa_attendance *b, const poupa__piece *b_piece, size_t b_row)
{
    const poupa__cells *x = &a_piece->segment->cells;
    const poupa__cells *y = &b_piece->segment->cells;
    if (x->period_start[a_row] != y->period_start[b_row] ||
        x->period_kind[a_row] != y->period_kind[b_row] || x->count[a_row] != y->count[b_row] ||
        x->wait_s[a_row] != y->wait_s[b_row] || x->service_s[a_row] != y->service_s[b_row])
        return false;
    for (int i = 0; i < POUPA__NULLABLE_COUNT; i++) {
        if (poupa__is_valid(a_piece, (poupa__nullable)i, a_row) !=
            poupa__is_valid(b_piece, (poupa__nullable)i, b_row))
            return false;
    }
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        if (i == POUPA_DICTIONARY_UNIT && !poupa__is_valid(a_piece, POUPA__NULLABLE_UNIT, a_row))
            continue;
        if (!same_word(a->dictionaries[i], x->codes[i][a_row], b->dictionaries[i],
                       y->codes[i][b_row]))
            return false;
    }
    return true;
}

bool poupa_attendance_equal(const poupa_attendance *a, const poupa_attendance *b)
{
    if (a == NULL || b == NULL || a == b)
        return a == b;
    if (a->rows != b->rows)
        return false;
    const poupa__piece *x = a->pieces;
    const poupa__piece *y = b->pieces;
    for (size_t row = 0, i = 0, j = 0; row < a->rows; row++, i++, j++) {
        for (; i == x->rows; x++)
            i = 0;
        for (; j == y->rows; y++)
            j = 0;
        if (!same_row(a, x, x->first + i, b, y, y->first + j))
            return false;
    }
    return true;
}
