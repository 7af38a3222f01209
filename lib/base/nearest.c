/* nearest.c - which of many words was probably meant. */
#include "nearest.h"

#include <string.h>

enum { LONGEST_WORD = 128, FARTHEST = 3 };

poupa__nearest poupa__nearest_start(const char *word, size_t size)
{
    size_t limit = size / 3 < FARTHEST ? size / 3 : (size_t)FARTHEST;
    if (limit == 0 && size > 0)
        limit = 1;
    if (size > LONGEST_WORD)
        limit = 0;
    return (poupa__nearest){.word = word, .size = size, .distance = limit + 1};
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/*
 * The restricted Damerau-Levenshtein distance (optimal string alignment), or `limit`
 * where it is not below that. Three rows, and only the band in which the result can be
 * below the limit.
 */
static size_t distance(const char *a, size_t a_size, const char *b, size_t b_size, size_t limit)
{
    size_t rows[3][LONGEST_WORD + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_size; j++)
        above[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t from = i > limit ? i - limit : 1;
        size_t to = least(b_size, i + limit);
        size_t best = row[from - 1] = from == 1 ? i : limit;
        for (size_t j = from; j <= to; j++) {
            size_t change = above[j - 1] + (a[i - 1] != b[j - 1]);
            size_t left_out = (j < i + limit ? above[j] : limit) + 1;
            size_t cost = least(change, least(left_out, row[j - 1] + 1));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost = least(cost, before[j - 2] + 1);
            row[j] = cost;
            best = least(best, cost);
        }
        if (best >= limit)
            return limit;
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return least(above[b_size], limit);
}

void poupa__nearest_offer(poupa__nearest *nearest, const char *candidate, size_t size,
                          const void *value)
{
    size_t difference = size > nearest->size ? size - nearest->size : nearest->size - size;
    if (size > LONGEST_WORD || difference >= nearest->distance || nearest->distance == 1)
        return;
    size_t found = distance(nearest->word, nearest->size, candidate, size, nearest->distance);
    if (found < nearest->distance && found > 0) {
        nearest->distance = found;
        nearest->best = value;
    }
}
