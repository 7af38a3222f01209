/* numbers.h - figures, dates and periods in words. */
#ifndef TOOL_NUMBERS_H
#define TOOL_NUMBERS_H

#include "language.h"

/* A number with all its digits: 12,200,000 or 12.200.000. */
cli_words number_words(cli_language language, double number);

/* The same rounded to as many decimals as such a number needs: none from 100 up, one from
 * 10 up, else two. */
cli_words estimate_words(cli_language language, double number);

/* A value as it was published, in thousands, millions … where its resolution shows that it
 * was: "over 12 thousand", "cerca de 12,2 milhões", "R$ 3 mil". */
cli_words published_words(cli_language language, double value, int32_t qualifier,
                          double resolution, poupa_word unit);

/* "12,000 to 13,000", "180 or more": the interval of a published value, in full. */
cli_words interval_words(cli_language language, poupa_interval interval, poupa_word unit);

/* The same for a computed one, rounded outwards to the decimals of estimate_words. */
cli_words estimate_interval_words(cli_language language, poupa_interval interval,
                                  poupa_word unit);

/* An estimate with its unit. */
cli_words measured_words(cli_language language, double number, poupa_word unit);

/* A percentage to one decimal. */
cli_words percent_words(cli_language language, double percent);
/* "80 to 82.6 %". */
cli_words percent_interval_words(cli_language language, poupa_interval percent);

/* "14 July 2021", "14 de julho de 2021"; as precise as the date. */
cli_words date_words(cli_language language, poupa_date date);
/* "by the end of 2021". */
cli_words due_words(cli_language language, poupa_date date);
/* "first half of 2021", "1º semestre de 2021". */
cli_words period_words(cli_language language, poupa_period period);
/* "six months", "17 months". */
cli_words months_words(cli_language language, double months);

#endif
