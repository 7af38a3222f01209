/*
 * fuzz_period.c - dates and periods, beside a reference that reads them by templates and counts
 * days in its own way. What is read prints as it was; what is valid has a text, and what is not
 * has none; comparisons are an order.
 *
 * The first byte: two periods as a line of text each, or two as they are in memory, or a day.
 */
#include "fuzz.h"

/* -- The reference ------------------------------------------------------- */

static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

/* How many days before a month, months being counted from 0 and beyond 11. */
static int32_t days_before(int year, int month)
{
    year += month / 12;
    month %= 12;
    int32_t days = 365 * (year - 1) + (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    for (int i = 0; i < month; i++)
        days += month_days[i] + (i == 1 && leap);
    return days - 719162; /* of the years before 1970 */
}

typedef struct template
{
    const char *form; /* # is a digit */
    uint8_t kind;
    int months; /* that one of them has */
}
template;

static const template templates[] = {{"####", POUPA_PERIOD_YEAR, 12},
                                     {"####-S#", POUPA_PERIOD_HALF, 6},
                                     {"####-Q#", POUPA_PERIOD_QUARTER, 3},
                                     {"####-##", POUPA_PERIOD_MONTH, 1},
                                     {"####-##-##", POUPA_PERIOD_DAY, 1}};

/* Takes the digits of a text that fits a form: the year and the others. */
static bool fits(const char *form, const char *text, size_t size, int digits[3])
{
    int part = 0;
    digits[0] = digits[1] = digits[2] = 0;
    if (strlen(form) != size)
        return false;
    for (size_t i = 0; i < size; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == '#' ? !digit : text[i] != form[i])
            return false;
        if (digit)
            digits[part] = digits[part] * 10 + text[i] - '0';
        else if (text[i] == '-')
            part++;
    }
    return true;
}

static bool expect_simple(const char *text, size_t size, poupa_period *out)
{
    for (size_t i = 0; i < sizeof templates / sizeof templates[0]; i++) {
        const template *of = &templates[i];
        int digits[3];
        if (!fits(of->form, text, size, digits))
            continue;
        int part = of->kind == POUPA_PERIOD_YEAR ? 1 : digits[1];
        if (digits[0] < 1 || part < 1 || part > 12 / of->months)
            return false;
        int month = (part - 1) * of->months;
        *out = (poupa_period){.first = days_before(digits[0], month),
                              .last = days_before(digits[0], month + of->months) - 1,
                              .kind = of->kind};
        if (of->kind == POUPA_PERIOD_DAY) {
            if (digits[2] < 1 || digits[2] > out->last - out->first + 1)
                return false;
            out->first = out->last = out->first + digits[2] - 1;
        }
        return true;
    }
    return false;
}

static bool expect_period(const char *text, size_t size, poupa_period *out)
{
    const char *slash = memchr(text, '/', size);
    size_t before = slash ? (size_t)(slash - text) : 0;
    poupa_period start, end;
    if (slash == NULL)
        return expect_simple(text, size, out);
    if (!expect_simple(slash + 1, size - before - 1, &end))
        return false;
    if (before == 2 && text[0] == '.' && text[1] == '.') {
        *out = (poupa_period){POUPA_DAY_MIN, end.last, POUPA_PERIOD_UNTIL, 0, end.kind};
        return true;
    }
    *out = (poupa_period){0, end.last, POUPA_PERIOD_RANGE, 0, end.kind};
    bool good = expect_simple(text, before, &start) && start.first <= end.last;
    out->first = good ? start.first : 0;
    out->first_kind = good ? start.kind : 0;
    return good;
}

/* -- One ----------------------------------------------------------------- */

static bool same(poupa_period a, poupa_period b)
{
    return memcmp(&a, &b, offsetof(poupa_period, last_kind) + 1) == 0;
}

static void check_text(const char *text, size_t size, poupa_period *out)
{
    poupa_error err;
    poupa_period expected;
    char printed[POUPA_PERIOD_SIZE];
    *out = (poupa_period){0, 0, 0, 0, 0};
    poupa_status status = poupa_period_parse(text, size, out, &err);
    CHECK((status == POUPA_OK) == expect_period(text, size, &expected));
    if (status == POUPA_OK) {
        CHECK(same(*out, expected) && poupa_period_valid(*out));
        CHECK(poupa_period_print(*out, printed) == size && memcmp(printed, text, size) == 0);
    } else {
        CHECK(err.message[0] && poupa_utf8_valid(err.message, strlen(err.message)));
        *out = (poupa_period){0, 0, 0, 0, 0};
    }
}

static void check_date(const char *text, size_t size)
{
    poupa_date date;
    poupa_period period;
    char printed[POUPA_DATE_SIZE];
    bool expected = expect_simple(text, size, &period) && period.kind != POUPA_PERIOD_HALF &&
                    period.kind != POUPA_PERIOD_QUARTER;
    CHECK((poupa_date_parse(text, size, &date, NULL) == POUPA_OK) == expected);
    if (!expected)
        return;
    CHECK(poupa_date_valid(date));
    CHECK(poupa_date_first_day(date) == period.first);
    CHECK(poupa_date_last_day(date) == period.last);
    CHECK(poupa_date_print(date, printed) == size && memcmp(printed, text, size) == 0);
}

/* Those that are valid are the ones that have a text. */
static void check_memory(poupa_period period)
{
    char printed[POUPA_PERIOD_SIZE];
    poupa_period again;
    size_t size = poupa_period_print(period, printed);
    CHECK(size < sizeof printed && printed[size] == '\0');
    CHECK(poupa_period_valid(period) == (size > 0));
    if (size)
        CHECK(poupa_period_parse(printed, size, &again, NULL) == POUPA_OK && same(period, again));
}

/* -- Two ----------------------------------------------------------------- */

static void check_two(poupa_period a, poupa_period b)
{
    int order = poupa_period_compare(a, b);
    CHECK(order == -poupa_period_compare(b, a) && (order == 0) == same(a, b));
    CHECK(poupa_period_same_length(a, b) == poupa_period_same_length(b, a));
    CHECK(poupa_period_same_length(a, a));
    CHECK(poupa_period_contains(a, a) == (a.kind != POUPA_PERIOD_NONE));
    if (poupa_period_contains(a, b) && poupa_period_contains(b, a))
        CHECK(a.first == b.first && a.last == b.last);
    int64_t a_days = poupa_period_days(a), b_days = poupa_period_days(b);
    if (a_days > 0 && b_days > 0) {
        CHECK(!poupa_period_contains(a, b) || a_days >= b_days);
        int32_t months = poupa_period_months(a);
        CHECK(months == -1 || (a_days >= 28 * (int64_t)months && a_days <= 31 * (int64_t)months));
    }
}

static void check_day(int32_t day)
{
    poupa_date date = poupa_date_from_day(day);
    bool known = day >= days_before(1, 0) && day < days_before(10000, 0);
    CHECK(poupa_date_valid(date) == known);
    if (known)
        CHECK(days_before(date.year, date.month - 1) + date.day - 1 == day);
    for (uint8_t kind = 0; kind < 9; kind++) {
        poupa_period around = poupa_period_around(day, (poupa_period_kind)kind);
        bool there = known && kind >= POUPA_PERIOD_YEAR && kind <= POUPA_PERIOD_DAY;
        CHECK((around.kind != POUPA_PERIOD_NONE) == there);
        if (!there)
            continue;
        CHECK(around.kind == kind && around.first <= day && day <= around.last);
        check_memory(around);
        poupa_period next = poupa_period_around(around.last + 1, (poupa_period_kind)kind);
        CHECK(next.kind ? next.first == around.last + 1
                        : around.last == days_before(10000, 0) - 1);
    }
}

static poupa_period take_period(input *from)
{
    return (poupa_period){.first = (int32_t)take_number(from, 4),
                          .last = (int32_t)take_number(from, 4),
                          .kind = take_byte(from),
                          .first_kind = take_byte(from),
                          .last_kind = take_byte(from)};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {data, size};
    poupa_period periods[2];
    uint8_t choice = take_byte(&in) % 3;
    for (size_t i = 0; i < 2; i++) {
        if (choice == 0) {
            size_t length;
            const char *text = take_line(&in, &length);
            check_text(text, length, &periods[i]);
            check_date(text, length);
        } else {
            periods[i] = take_period(&in);
            check_memory(periods[i]);
            periods[i] =
                poupa_period_valid(periods[i]) ? periods[i] : (poupa_period){0, 0, 0, 0, 0};
        }
    }
    check_two(periods[0], periods[1]);
    in = (input){data + (size > 0), size - (size > 0)};
    if (choice == 2)
        check_day((int32_t)take_number(&in, 4));
    return 0;
}
