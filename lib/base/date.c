/* date.c - days and civil dates of the proleptic Gregorian calendar. */
#include "date.h"

#include <string.h>

#include "error.h"

/* Days and civil dates after Howard Hinnant, "chrono-compatible low-level date
 * algorithms": years begin in March, eras of 400 years have 146,097 days. */
int32_t poupa__day_from_civil(int year, int month, int day)
{
    int shifted = month <= 2 ? year - 1 : year;
    int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    int year_of_era = shifted - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

int poupa__days_in_month(int year, int month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

poupa_date poupa_date_from_day(int32_t day)
{
    if (day < poupa__day_from_civil(1, 1, 1) || day > poupa__day_from_civil(9999, 12, 31))
        return (poupa_date){0, 0, 0};
    int shifted = day + 719468;
    int era = shifted / 146097;
    int day_of_era = shifted - era * 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * day_of_year + 2) / 153;
    int month = from_march < 10 ? from_march + 3 : from_march - 9;
    int year = year_of_era + era * 400 + (month <= 2);
    return (poupa_date){(int16_t)year, (uint8_t)month,
                        (uint8_t)(day_of_year - (153 * from_march + 2) / 5 + 1)};
}

bool poupa_date_valid(poupa_date date)
{
    if (date.year < 1 || date.year > 9999 || date.month > 12)
        return false;
    if (date.month == 0)
        return date.day == 0;
    return date.day <= poupa__days_in_month(date.year, date.month);
}

int32_t poupa_date_first_day(poupa_date date)
{
    if (!poupa_date_valid(date))
        return POUPA_DAY_MIN;
    return poupa__day_from_civil(date.year, date.month ? date.month : 1, date.day ? date.day : 1);
}

int32_t poupa_date_last_day(poupa_date date)
{
    if (!poupa_date_valid(date))
        return POUPA_DAY_MIN;
    int month = date.month ? date.month : 12;
    int day = date.day ? date.day : poupa__days_in_month(date.year, month);
    return poupa__day_from_civil(date.year, month, day);
}

/* Reads exactly `count` digits; -1 where there are others. */
static int read_digits(const char *data, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (data[i] < '0' || data[i] > '9')
            return -1;
        value = value * 10 + (data[i] - '0');
    }
    return value;
}

bool poupa__date_read(const char *data, size_t size, poupa_date *out)
{
    bool month = size == 7 || size == 10;
    if (!(size == 4 || month) || (month && data[4] != '-') || (size == 10 && data[7] != '-'))
        return false;
    int year = read_digits(data, 4);
    int month_number = month ? read_digits(data + 5, 2) : 0;
    int day = size == 10 ? read_digits(data + 8, 2) : 0;
    if (year < 1 || month_number < 0 || day < 0 || (month && month_number == 0) ||
        (size == 10 && day == 0))
        return false;
    poupa_date date = {(int16_t)year, (uint8_t)month_number, (uint8_t)day};
    if (!poupa_date_valid(date))
        return false;
    *out = date;
    return true;
}

poupa_status poupa_date_parse(const char *data, size_t size, poupa_date *out, poupa_error *err)
{
    POUPA__REQUIRE(data, err);
    POUPA__REQUIRE(out, err);
    if (poupa__date_read(data, size, out))
        return POUPA_OK;
    char shown[POUPA__SHOWN_SIZE];
    return poupa__error(err, POUPA_ERR_INVALID,
                        "\"%s\" is not a date: write YYYY, YYYY-MM or YYYY-MM-DD, years 0001 to "
                        "9999",
                        poupa__shown(data, size, shown));
}

static size_t print_digits(int value, int count, char *out)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
    return (size_t)count;
}

size_t poupa_date_print(poupa_date date, char out[POUPA_DATE_SIZE])
{
    if (out == NULL)
        return 0;
    size_t size = 0;
    if (poupa_date_valid(date)) {
        size = print_digits(date.year, 4, out);
        if (date.month) {
            out[size++] = '-';
            size += print_digits(date.month, 2, out + size);
        }
        if (date.day) {
            out[size++] = '-';
            size += print_digits(date.day, 2, out + size);
        }
    }
    out[size] = '\0';
    return size;
}
