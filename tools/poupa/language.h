/* language.h - the words of the report, in English and in Portuguese. */
#ifndef TOOL_LANGUAGE_H
#define TOOL_LANGUAGE_H

#include <poupa/poupa.h>

#include <stdio.h>

typedef enum cli_language { LANGUAGE_EN, LANGUAGE_PT, LANGUAGE_COUNT } cli_language;

/* The language of an option's value, "en" or "pt"; English for NULL. */
cli_language language_of(const char *word);

/* -- Texts --------------------------------------------------------------- */

/* Fixed texts; {0}, {1} … stand for values. */
typedef enum text_id {
    /* headings */
    TEXT_TITLE,
    TEXT_PROGRAMS,
    TEXT_ORGANIZATIONS,
    TEXT_SERVICES,
    TEXT_FIGURES,
    TEXT_DERIVED,
    TEXT_TARGETS,
    TEXT_CLAIMS,
    TEXT_SOURCES,
    /* labels */
    TEXT_OPERATOR,
    TEXT_AREA,
    TEXT_SINCE,
    TEXT_SITE,
    TEXT_PART_OF,
    TEXT_PROVIDER,
    TEXT_PROGRAM,
    TEXT_ALSO,
    TEXT_STATUS,
    TEXT_DOCUMENTS,
    TEXT_DIGITAL_SINCE,
    TEXT_PUBLISHED,
    TEXT_NOTE,
    TEXT_ACCESS,
    /* offerings */
    TEXT_FROM,
    TEXT_UNTIL,
    TEXT_GROUP,
    TEXT_UNIT_COUNT,
    /* intervals */
    TEXT_BETWEEN,
    TEXT_OR_MORE,
    TEXT_UP_TO,
    TEXT_ANY,
    /* dates and periods */
    TEXT_HALF,
    TEXT_QUARTER,
    TEXT_MONTH,
    TEXT_DAY,
    TEXT_RANGE,
    TEXT_PERIOD_UNTIL,
    TEXT_DUE_END,
    TEXT_DUE_DAY,
    /* derived figures */
    TEXT_DIGITAL_SHARE,
    TEXT_GROWTH,
    TEXT_PART_OF_YEAR,
    TEXT_OF,
    TEXT_AGAINST,
    /* targets */
    TEXT_TARGET,
    TEXT_ACTUAL,
    TEXT_AS_OF,
    TEXT_NO_FIGURE,
    TEXT_REMAINING,
    TEXT_PACE_NEEDED,
    TEXT_OVERDUE,
    TEXT_PACE,
    TEXT_FORECAST,
    TEXT_MONTH_COUNT,
    /* claims */
    TEXT_CLAIM_SUM,
    TEXT_CLAIM_SHARE,
    TEXT_CLAIM_RATIO,
    TEXT_CLAIM_GROWTH,
    TEXT_CLAIM_DIFFERENCE,
    TEXT_CLAIM_MEAN,
    TEXT_CLAIM_GREATER,
    TEXT_ALL_IN,
    TEXT_TOTALS,
    TEXT_WITHIN,
    TEXT_COMPUTED,
    TEXT_NOTHING_STATED,
    TEXT_UNKNOWN,
    TEXT_COUNT
} text_id;

const char *text(cli_language language, text_id id);

/* Prints a text with its values put in; `values` has as many as the text names. */
void say(FILE *out, const char *template, const char *const *values);
#define SAY(out, template, ...) say((out), (template), (const char *const[]){__VA_ARGS__})

/* A short text, for a part of an expression. */
typedef struct cli_words {
    char text[160];
} cli_words;

/* The same as a short text; what does not fit is cut between characters. */
cli_words fill(const char *template, const char *const *values);
#define FILL(template, ...) fill((template), (const char *const[]){__VA_ARGS__})

/* -- Words --------------------------------------------------------------- */

/* Lists of words, each by a code that starts with 1, but for verdicts and states. */
typedef enum word_list {
    WORDS_AREA_TYPE,
    WORDS_UNIT_STATUS,
    WORDS_SERVICE_STATUS,
    WORDS_BOOKING,
    WORDS_ACCESS_RULE,
    WORDS_QUALIFIER, /* templates */
    WORDS_OBS_STATUS,
    WORDS_VERDICT,
    WORDS_TARGET_STATE,
    WORDS_MONTH,
    WORDS_MONTH_COUNT, /* "one month" … "eleven months" */
    WORDS_ORDINAL,
    WORDS_LIST_COUNT
} word_list;

/* The word with a code, or `other` where the list does not have it. */
const char *word(cli_language language, word_list list, int code, const char *other);

/* The title of a rule that warns beside a verdict. */
const char *warning_title(cli_language language, const poupa_rule *rule);

#endif
