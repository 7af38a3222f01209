/* months.c - the periods that were seen. */
#include "months.h"

#include <string.h>

void poupa__months_clear(poupa__months *months)
{
    memset(months, 0, sizeof *months);
    /* A free place must not look like that of a key of zeros. */
    months->places[poupa__month_place(0)].key = UINT64_MAX;
}

const poupa__month *poupa__months_learn(poupa__months *months, uint64_t key)
{
    char text[8];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)(key >> (8 * i) & 0xFF);
    bool is_day = text[7] == '-';
    const char *quote = (const char *)memchr(text, '"', sizeof text);
    size_t size = is_day ? sizeof text - 1 : quote ? (size_t)(quote - text) : 0;
    poupa_period period;
    if (size == 0 || poupa_period_parse(text, size, &period, NULL) != POUPA_OK ||
        period.kind > POUPA_PERIOD_DAY || (is_day && period.kind != POUPA_PERIOD_MONTH))
        return NULL;
    poupa__month *place = &months->places[poupa__month_place(key)];
    *place = (poupa__month){
        .key = key,
        .start = period.first,
        .kind = is_day ? (uint8_t)POUPA_PERIOD_DAY : period.kind,
        .days = (uint8_t)(is_day ? period.last - period.first + 1 : 0),
    };
    return place;
}
