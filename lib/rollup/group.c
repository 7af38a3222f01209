/* group.c - the words of what can be grouped by. */
#include <string.h>

#include "axis.h"

typedef struct group_word {
    const char *name;
    poupa_group group;
} group_word;

static const group_word group_words[] = {
    {"period", {POUPA_GROUP_PERIOD, 0}},
    {"day", {POUPA_GROUP_PERIOD, POUPA_PERIOD_DAY}},
    {"month", {POUPA_GROUP_PERIOD, POUPA_PERIOD_MONTH}},
    {"quarter", {POUPA_GROUP_PERIOD, POUPA_PERIOD_QUARTER}},
    {"half", {POUPA_GROUP_PERIOD, POUPA_PERIOD_HALF}},
    {"year", {POUPA_GROUP_PERIOD, POUPA_PERIOD_YEAR}},
    {"unit", {POUPA_GROUP_UNIT, 0}},
    {"service", {POUPA_GROUP_SERVICE, 0}},
    {"channel", {POUPA_GROUP_CHANNEL, 0}},
    {"organization", {POUPA_GROUP_ORGANIZATION, 0}},
    {"area", {POUPA_GROUP_AREA, 0}},
    {"country", {POUPA_GROUP_AREA, POUPA_AREA_COUNTRY}},
    {"state", {POUPA_GROUP_AREA, POUPA_AREA_STATE}},
    {"region", {POUPA_GROUP_AREA, POUPA_AREA_REGION}},
    {"municipality", {POUPA_GROUP_AREA, POUPA_AREA_MUNICIPALITY}},
    {"district", {POUPA_GROUP_AREA, POUPA_AREA_DISTRICT}},
    {"digital", {POUPA_GROUP_DIGITAL, 0}},
};

enum { WORD_COUNT = sizeof group_words / sizeof group_words[0] };

bool poupa__group_equal(poupa_group a, poupa_group b)
{
    return a.key == b.key && a.level == b.level;
}

const char *poupa_group_name(poupa_group group)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (poupa__group_equal(group_words[i].group, group))
            return group_words[i].name;
    }
    return "";
}

bool poupa_group_find(const char *name, poupa_group *out)
{
    for (size_t i = 0; name && out && i < WORD_COUNT; i++) {
        if (strcmp(group_words[i].name, name) == 0) {
            *out = group_words[i].group;
            return true;
        }
    }
    return false;
}

const char *poupa_group_word(size_t index)
{
    return index < WORD_COUNT ? group_words[index].name : NULL;
}
