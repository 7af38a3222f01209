/* check.h - what a plausibility check is, and what the checks share. */
#ifndef POUPA__VALIDATE_CHECK_H
#define POUPA__VALIDATE_CHECK_H

#include "base/hash.h"
#include "base/memory.h"
#include "diag/report.h"
#include "model/catalog.h"
#include "model/fields.h"
#include "series.h"
#include "spelling.h"

/* A set of kinds, bit i being kind i; the document itself counts as one kind more. */
typedef uint32_t poupa__kind_set;

/* The fields of a kind that checks of all kinds look at, bit i being field i. */
typedef struct poupa__fields_of_interest {
    uint64_t texts;      /* TEXT and TEXTS */
    uint64_t open_words; /* WORD and WORDS of an open vocabulary */
} poupa__fields_of_interest;

/* One run of the checks over a catalogue. */
typedef struct poupa__validation {
    const poupa_catalog *catalog;
    poupa_report *report;
    poupa_allocator allocator;
    poupa__fields_of_interest fields[POUPA_KIND_COUNT];
    poupa__spellings names;
    poupa__spellings words;
    poupa__series_table series; /* of the metrics; empty unless these are sound */
} poupa__validation;

/* What a check looks at. The document itself has the kind -1, and no index or entity. */
typedef struct poupa__subject {
    int kind;
    size_t index; /* in the catalogue's slots */
    size_t place; /* in the document's array */
    const void *entity;
} poupa__subject;

/*
 * Looks at one entity and reports what is implausible about it. The kinds that it reads
 * besides have no errors; but its own references may lead nowhere, and so may all while a
 * catalogue is being edited.
 */
typedef void poupa__check(poupa__validation *run, const poupa__subject *subject);

poupa__check poupa__check_member_names;   /* W3001 */
poupa__check poupa__check_open_words;     /* W3002 */
poupa__check poupa__check_empty_texts;    /* W3003 */
poupa__check poupa__check_globe;          /* W3004 */
poupa__check poupa__check_half_position;  /* W3005 */
poupa__check poupa__check_area_code;      /* W3006 */
poupa__check poupa__check_check_digit;    /* W3007 */
poupa__check poupa__check_publication;    /* W3008 */
poupa__check poupa__check_cumulative;     /* W3009 */
poupa__check poupa__check_whole;          /* W3010 */
poupa__check poupa__check_agreement;      /* W3011 */
poupa__check poupa__check_negative;       /* W3012 */
poupa__check poupa__check_percent;        /* W3013 */
poupa__check poupa__check_resolution;     /* W3014 */
poupa__check poupa__check_in_person;      /* W3015 */
poupa__check poupa__check_digital;        /* W3016 */
poupa__check poupa__check_offered;        /* W3017 */
poupa__check poupa__check_validity;       /* W3018 */
poupa__check poupa__check_closed_units;   /* W3019 */
poupa__check poupa__check_unit_used;      /* W3020 */
poupa__check poupa__check_indicator_used; /* W3021 */
poupa__check poupa__check_due_date;       /* W3022 */
poupa__check poupa__check_baseline;       /* W3023 */
poupa__check poupa__check_stated;         /* W3024 */

/* The place of a member, and of an item of a list. */
static inline poupa__place poupa__at(const poupa__subject *subject, const char *field)
{
    return (poupa__place){subject->kind, subject->place, field, POUPA__NONE, false};
}

static inline poupa__place poupa__at_item(const poupa__subject *subject, const char *field,
                                          size_t item)
{
    return (poupa__place){subject->kind, subject->place, field, item, false};
}

/* Texts for messages, by value so that they can be made where they are printed. */
typedef struct poupa__number_text {
    char text[POUPA_NUMBER_SIZE];
} poupa__number_text;

typedef struct poupa__date_text {
    char text[POUPA_DATE_SIZE];
} poupa__date_text;

static inline poupa__number_text poupa__shown_number(double number)
{
    poupa__number_text out;
    poupa_number_print(number, out.text);
    return out;
}

static inline poupa__date_text poupa__date(poupa_date date)
{
    poupa__date_text out;
    poupa_date_print(date, out.text);
    return out;
}

#endif
