/* agreement.c - checks of metrics against other metrics of the same indicator. */
#include <math.h>
#include <stdio.h>

#include "check.h"

typedef struct range_text {
    char text[2 * POUPA_NUMBER_SIZE + sizeof "at least "];
} range_text;

/* What a figure stands for, in words. At most one end is open. */
static range_text range(const poupa__figure *figure)
{
    range_text out;
    poupa__number_text low = poupa__shown_number(figure->low);
    poupa__number_text high = poupa__shown_number(figure->high);
    if (isinf(figure->low))
        snprintf(out.text, sizeof out.text, "at most %s", high.text);
    else if (isinf(figure->high))
        snprintf(out.text, sizeof out.text, "at least %s", low.text);
    else if (figure->low < figure->high)
        snprintf(out.text, sizeof out.text, "%s to %s", low.text, high.text);
    else
        snprintf(out.text, sizeof out.text, "%s", low.text);
    return out;
}

static poupa__date_text last_day(const poupa__figure *figure)
{
    return poupa__date(poupa_date_from_day(figure->metric->period.last));
}

void poupa__check_cumulative(poupa__validation *run, const poupa__subject *subject)
{
    const poupa__figure *figure = &run->series.figures[subject->index];
    const poupa__figure *earlier = figure->falls_below;
    if (earlier)
        poupa__report_add(run->report, POUPA__W3009_CUMULATIVE_FALLS, poupa__at(subject, "value"),
                          "%s by %s is below %s by %s, in \"%s\": a running total cannot fall",
                          range(figure).text, last_day(figure).text, range(earlier).text,
                          last_day(earlier).text, earlier->metric->id);
}

void poupa__check_whole(poupa__validation *run, const poupa__subject *subject)
{
    const poupa__figure *part = &run->series.figures[subject->index];
    char without[POUPA__WITHOUT_SIZE];
    const poupa__figure *whole = poupa__series_exceeded(&run->series, part, without);
    if (whole)
        poupa__report_add(run->report, POUPA__W3010_PART_ABOVE_WHOLE, poupa__at(subject, "value"),
                          "%s is above the whole, %s in \"%s\", which differs by having no %s",
                          range(part).text, range(whole).text, whole->metric->id, without);
}

void poupa__check_agreement(poupa__validation *run, const poupa__subject *subject)
{
    const poupa__figure *figure = &run->series.figures[subject->index];
    const poupa__figure *other = figure->disagrees;
    if (other)
        poupa__report_add(run->report, POUPA__W3011_DISAGREE, poupa__at(subject, "value"),
                          "%s, but %s in \"%s\", for the same indicator, period and dimensions",
                          range(figure).text, range(other).text, other->metric->id);
}
