/* fields.h - what a line holds, and how it is laid out. */
#ifndef POUPA__NDJSON_FIELDS_H
#define POUPA__NDJSON_FIELDS_H

#include "poupa/table.h"

/* What a value goes to. The first three are those of poupa_dictionary. */
typedef enum poupa__target {
    POUPA__TARGET_UNIT = POUPA_DICTIONARY_UNIT,
    POUPA__TARGET_SERVICE = POUPA_DICTIONARY_SERVICE,
    POUPA__TARGET_CHANNEL = POUPA_DICTIONARY_CHANNEL,
    POUPA__TARGET_PERIOD,
    POUPA__TARGET_COUNT,
    POUPA__TARGET_WAIT,
    POUPA__TARGET_SERVICE_TIME,
    POUPA__TARGET_KNOWN, /* how many members the format has */
    POUPA__TARGET_ANY_TEXT = POUPA__TARGET_KNOWN,
    POUPA__TARGET_ANY_NUMBER,
    POUPA__TARGET_NOTHING, /* the literal goes on */
    POUPA__TARGET_END      /* the line is complete */
} poupa__target;

typedef struct poupa__span {
    const char *data;
    size_t size;
} poupa__span;

/* The values of a line; an absent number is -1, but for the count, which is 1. */
typedef struct poupa__fields {
    int32_t period_start;
    uint8_t period_kind;
    poupa__span ids[POUPA_DICTIONARY_COUNT];  /* decoded; data is NULL where absent */
    poupa__span raws[POUPA_DICTIONARY_COUNT]; /* as written, with the closing quote */
    int64_t count;
    int32_t wait_s;
    int32_t service_s;
} poupa__fields;

/* Where the values of a line stand that may differ in another line of the same layout. */
typedef struct poupa__place_in_line {
    uint32_t start; /* of a text: behind its opening quote */
    uint32_t end;   /* of a text: behind its closing quote */
    poupa__target target;
} poupa__place_in_line;

#define POUPA__LAYOUT_MOST 24

typedef struct poupa__layout {
    poupa__place_in_line places[POUPA__LAYOUT_MOST];
    size_t count;
    bool is_regular; /* no nested values, not too many members */
} poupa__layout;

#endif
