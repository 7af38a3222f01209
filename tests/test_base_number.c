/* test_base_number.c - printing numbers. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "suite.h"

static const char *printed(double number)
{
    static char text[POUPA_NUMBER_SIZE];
    ck_assert_uint_eq(poupa_number_print(number, text), strlen(text));
    return text;
}

START_TEST(numbers_are_printed_as_people_write_them)
{
    static const struct {
        double number;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.0, "-0.0"},
        {180, "180"},
        {-23, "-23"},
        {12.2, "12.2"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {-23.5405, "-23.5405"},
        {0.000001, "0.000001"},
        {630000000, "630000000"},
        {9007199254740991, "9007199254740991"},
        {9007199254740992, "9007199254740992"},
        {-9007199254740992, "-9007199254740992"},
        {9007199254740994, "9.007199254740994e15"},
        {1e20, "1e20"},
        {1e300, "1e300"},
        {1e-7, "1e-7"},
        {1.5e-10, "1.5e-10"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {4.9406564584124654e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e308"},
        {1.0 / 3, "0.3333333333333333"},
        {NAN, "null"},
        {INFINITY, "null"},
        {-INFINITY, "null"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        ck_assert_str_eq(printed(cases[i].number), cases[i].text);
    ck_assert_uint_eq(poupa_number_print(1, NULL), 0);
}
END_TEST

START_TEST(integers_are_printed_in_full)
{
    static const struct {
        int64_t number;
        const char *text;
    } cases[] = {{0, "0"},
                 {-1, "-1"},
                 {1234567890, "1234567890"},
                 {INT64_MAX, "9223372036854775807"},
                 {INT64_MIN, "-9223372036854775808"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[POUPA_NUMBER_SIZE];
        ck_assert_uint_eq(poupa__integer_print(cases[i].number, text), strlen(cases[i].text));
        ck_assert_str_eq(text, cases[i].text);
    }
}
END_TEST

START_TEST(a_number_of_json_is_an_integer_of_64_bits_or_a_real)
{
    static const struct {
        const char *text;
        bool is_integer;
        const char *printed; /* NULL where it fits neither */
    } cases[] = {
        {"0", true, "0"},
        {"-0", true, "0"},
        {"-12", true, "-12"},
        {"9223372036854775807", true, "9223372036854775807"},
        {"-9223372036854775808", true, "-9223372036854775808"},
        {"9223372036854775808", true, NULL},
        {"-9223372036854775809", true, NULL},
        {"99999999999999999999", true, NULL},
        {"1E5", false, "100000.0"},
        {"-0.0", false, "-0.0"},
        {"0.10", false, "0.1"},
        {"1.5e-10", false, "1.5e-10"},
        {"1e999", false, NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa__number number;
        char text[POUPA__REAL_SIZE];
        bool read = poupa__number_read(cases[i].text, strlen(cases[i].text), &number);
        ck_assert_msg(read == (cases[i].printed != NULL), "%s", cases[i].text);
        if (!read)
            continue;
        ck_assert(number.is_integer == cases[i].is_integer);
        if (number.is_integer)
            poupa__integer_print(number.integer, text);
        else
            poupa__real_print(number.real, text);
        ck_assert_str_eq(text, cases[i].printed);
    }
    char digits[600];
    poupa__number number;
    memset(digits, '1', sizeof digits);
    ck_assert(!poupa__number_read(digits, sizeof digits, &number));
}
END_TEST

/* How many digits of a number matter. */
static size_t significant_digits(const char *text)
{
    size_t count = 0, zeros = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (*text == '0' && count == 0))
            continue;
        zeros = *text == '0' ? zeros + 1 : 0;
        count++;
    }
    return count - zeros;
}

/* The fewest digits that read back as the number. */
static size_t fewest_digits(double number)
{
    char text[64];
    for (int digits = 1;; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, number);
        if (strtod(text, NULL) == number)
            return (size_t)digits;
    }
}

static void check_round_trip(double number)
{
    const char *text = printed(number);
    ck_assert_msg(strtod(text, NULL) == number, "%a: %s", number, text);
    ck_assert_msg(significant_digits(text) <= fewest_digits(number), "%a: %s", number, text);
    ck_assert_uint_eq(strspn(text, "-0123456789.e"), strlen(text));
    ck_assert_uint_lt(strlen(text), POUPA_NUMBER_SIZE);
}

START_TEST(any_number_reads_back_as_the_same_from_the_fewest_digits)
{
    uint64_t seed = 2021;
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = next_random(&seed);
        double number;
        memcpy(&number, &bits, sizeof number);
        if (isfinite(number) && number != 0)
            check_round_trip(number);
    }
}
END_TEST

START_TEST(decimals_read_back_as_the_same_from_the_fewest_digits)
{
    uint64_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        double whole = (double)(int64_t)(next_random(&seed) % 2000000000) - 1e9;
        double number = whole / pow(10, (double)(next_random(&seed) % 12));
        if (number != 0)
            check_round_trip(number);
        check_round_trip(nextafter(number, INFINITY));
    }
}
END_TEST

START_TEST(the_locale_changes_nothing)
{
    /* Which the build has made. */
    ck_assert_ptr_nonnull(setlocale(LC_ALL, "pt_BR.ISO-8859-1"));
    ck_assert_str_eq(localeconv()->decimal_point, ",");
    ck_assert_str_eq(printed(12.2), "12.2");
    ck_assert_str_eq(printed(0.30000000000000004), "0.30000000000000004");
    ck_assert_str_eq(printed(1.5e-10), "1.5e-10");
    setlocale(LC_ALL, "C");
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "base: numbers", numbers_are_printed_as_people_write_them, integers_are_printed_in_full,
        a_number_of_json_is_an_integer_of_64_bits_or_a_real,
        any_number_reads_back_as_the_same_from_the_fewest_digits,
        decimals_read_back_as_the_same_from_the_fewest_digits, the_locale_changes_nothing);
}
