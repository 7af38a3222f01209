/* period.c - periods: stretches of days, in the forms in which they are written. */
#include <string.h>

#include "date.h"
#include "error.h"

/* -- Simple periods: year, half-year, quarter, month, day ---------------- */

/* Months in a period of each kind; 0 for a day. */
static int months_of(int kind)
{
    static const uint8_t months[] = {0, 12, 6, 3, 1, 0};
    return months[kind];
}

static bool is_simple(int kind)
{
    return kind >= POUPA_PERIOD_YEAR && kind <= POUPA_PERIOD_DAY;
}

/* The simple period that begins in the given month; the month must begin one. */
static poupa_period months_from(int year, int month, int kind)
{
    int last_month = month + months_of(kind) - 1;
    return (poupa_period){
        .first = poupa__day_from_civil(year, month, 1),
        .last = poupa__day_from_civil(year, last_month, poupa__days_in_month(year, last_month)),
        .kind = (uint8_t)kind,
    };
}

poupa_period poupa_period_around(int32_t day, poupa_period_kind kind)
{
    poupa_date date = poupa_date_from_day(day);
    if (date.year == 0 || !is_simple((int)kind))
        return (poupa_period){0, 0, 0, 0, 0};
    if (kind == POUPA_PERIOD_DAY)
        return (poupa_period){.first = day, .last = day, .kind = POUPA_PERIOD_DAY};
    int length = months_of((int)kind);
    return months_from(date.year, (date.month - 1) / length * length + 1, (int)kind);
}

static bool read_simple(const char *data, size_t size, poupa_period *out)
{
    poupa_date date;
    if (size == 7 && (data[5] == 'S' || data[5] == 'Q') && data[4] == '-') {
        int kind = data[5] == 'S' ? POUPA_PERIOD_HALF : POUPA_PERIOD_QUARTER;
        int count = 12 / months_of(kind);
        if (!poupa__date_read(data, 4, &date) || data[6] < '1' || data[6] > '0' + count)
            return false;
        *out = months_from(date.year, (data[6] - '1') * months_of(kind) + 1, kind);
        return true;
    }
    if (!poupa__date_read(data, size, &date))
        return false;
    int kind = date.day ? POUPA_PERIOD_DAY : date.month ? POUPA_PERIOD_MONTH : POUPA_PERIOD_YEAR;
    *out = poupa_period_around(poupa_date_first_day(date), (poupa_period_kind)kind);
    return true;
}

static size_t print_simple(int32_t first, int kind, char *out)
{
    poupa_date date = poupa_date_from_day(first);
    if (kind == POUPA_PERIOD_HALF || kind == POUPA_PERIOD_QUARTER) {
        size_t size = poupa_date_print((poupa_date){date.year, 0, 0}, out);
        out[size++] = '-';
        out[size++] = kind == POUPA_PERIOD_HALF ? 'S' : 'Q';
        out[size++] = (char)('1' + (date.month - 1) / months_of(kind));
        out[size] = '\0';
        return size;
    }
    if (kind != POUPA_PERIOD_DAY)
        date.day = 0;
    if (kind == POUPA_PERIOD_YEAR)
        date.month = 0;
    return poupa_date_print(date, out);
}

/* -- All periods --------------------------------------------------------- */

static bool parse_range(const char *data, size_t size, poupa_period *out)
{
    const char *slash = (const char *)memchr(data, '/', size);
    if (slash == NULL)
        return read_simple(data, size, out);
    size_t before = (size_t)(slash - data);
    poupa_period end;
    if (!read_simple(slash + 1, size - before - 1, &end))
        return false;
    if (before == 2 && memcmp(data, "..", 2) == 0) {
        *out = (poupa_period){POUPA_DAY_MIN, end.last, POUPA_PERIOD_UNTIL, 0, end.kind};
        return true;
    }
    poupa_period start;
    if (!read_simple(data, before, &start) || start.first > end.last)
        return false;
    *out = (poupa_period){start.first, end.last, POUPA_PERIOD_RANGE, start.kind, end.kind};
    return true;
}

/* What to write instead, for mistakes that are common. */
static void hint(const char *data, size_t size, char *out, size_t capacity)
{
    out[0] = '\0';
    char fixed[POUPA_PERIOD_SIZE];
    poupa_period period;
    if (size == 0 || size >= sizeof fixed)
        return;
    memcpy(fixed, data, size);
    fixed[size] = '\0';
    for (size_t i = 5; i < size; i++) {
        if (fixed[i - 1] == '-' && (fixed[i] == 'H' || fixed[i] == 'h' || fixed[i] == 's'))
            fixed[i] = 'S';
        else if (fixed[i - 1] == '-' && fixed[i] == 'q')
            fixed[i] = 'Q';
    }
    if (parse_range(fixed, size, &period)) {
        poupa__error_text(out, capacity, "; write %s", fixed);
        return;
    }
    const char *slash = (const char *)memchr(fixed, '/', size);
    poupa_period start, end;
    if (slash && read_simple(fixed, (size_t)(slash - fixed), &start) &&
        read_simple(slash + 1, size - (size_t)(slash + 1 - fixed), &end))
        poupa__error_text(out, capacity, "; it ends before it starts");
}

poupa_status poupa_period_parse(const char *data, size_t size, poupa_period *out,
                                poupa_error *err)
{
    POUPA__REQUIRE(data, err);
    POUPA__REQUIRE(out, err);
    if (parse_range(data, size, out))
        return POUPA_OK;
    char shown[POUPA__SHOWN_SIZE];
    char instead[96];
    hint(data, size, instead, sizeof instead);
    if (instead[0] == '\0')
        poupa__error_text(instead, sizeof instead,
                          ": write 2021, 2021-S1, 2021-Q3, 2021-06, 2021-06-14, "
                          "A/B or ../B");
    return poupa__error(err, POUPA_ERR_INVALID, "\"%s\" is not a period%s",
                        poupa__shown(data, size, shown), instead);
}

size_t poupa_period_print(poupa_period period, char out[POUPA_PERIOD_SIZE])
{
    if (out == NULL)
        return 0;
    size_t size = 0;
    out[0] = '\0';
    if (!poupa_period_valid(period))
        return 0;
    if (is_simple(period.kind))
        return print_simple(period.first, period.kind, out);
    if (period.kind == POUPA_PERIOD_RANGE)
        size = print_simple(period.first, period.first_kind, out);
    else
        for (; size < 2; size++)
            out[size] = '.';
    out[size++] = '/';
    int32_t last_start =
        poupa_period_around(period.last, (poupa_period_kind)period.last_kind).first;
    return size + print_simple(last_start, period.last_kind, out + size);
}

/* Whether the day is the first (or last) of the simple period of that kind around it. */
static bool is_edge(int32_t day, int kind, bool first)
{
    poupa_period around = poupa_period_around(day, (poupa_period_kind)kind);
    return around.kind && day == (first ? around.first : around.last);
}

bool poupa_period_valid(poupa_period period)
{
    bool ends = is_simple(period.last_kind) && is_edge(period.last, period.last_kind, false);
    if (period.kind == POUPA_PERIOD_UNTIL)
        return ends && period.first == POUPA_DAY_MIN && period.first_kind == 0;
    if (period.kind == POUPA_PERIOD_RANGE)
        return ends && is_simple(period.first_kind) &&
               is_edge(period.first, period.first_kind, true) && period.first <= period.last;
    if (!is_simple(period.kind) || period.first_kind || period.last_kind)
        return false;
    poupa_period around = poupa_period_around(period.first, (poupa_period_kind)period.kind);
    return around.kind && around.first == period.first && around.last == period.last;
}

/* -- Questions ----------------------------------------------------------- */

static bool is_bounded(poupa_period period)
{
    return period.kind != POUPA_PERIOD_NONE && period.first != POUPA_DAY_MIN;
}

int64_t poupa_period_days(poupa_period period)
{
    return is_bounded(period) ? (int64_t)period.last - period.first + 1 : -1;
}

int32_t poupa_period_months(poupa_period period)
{
    if (!is_bounded(period) || !is_edge(period.first, POUPA_PERIOD_MONTH, true) ||
        !is_edge(period.last, POUPA_PERIOD_MONTH, false))
        return -1;
    poupa_date first = poupa_date_from_day(period.first);
    poupa_date last = poupa_date_from_day(period.last);
    return (last.year - first.year) * 12 + last.month - first.month + 1;
}

bool poupa_period_same_length(poupa_period a, poupa_period b)
{
    if (!is_bounded(a) || !is_bounded(b))
        return a.kind == b.kind;
    int32_t a_months = poupa_period_months(a);
    int32_t b_months = poupa_period_months(b);
    if (a_months > 0 || b_months > 0)
        return a_months == b_months;
    return poupa_period_days(a) == poupa_period_days(b);
}

bool poupa_period_contains(poupa_period outer, poupa_period inner)
{
    return outer.kind && inner.kind && outer.first <= inner.first && inner.last <= outer.last;
}

int poupa_period_compare(poupa_period a, poupa_period b)
{
    const int64_t keys[][2] = {{a.last, b.last},
                               {a.first, b.first},
                               {a.kind, b.kind},
                               {a.first_kind, b.first_kind},
                               {a.last_kind, b.last_kind}};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (keys[i][0] != keys[i][1])
            return keys[i][0] < keys[i][1] ? -1 : 1;
    }
    return 0;
}
