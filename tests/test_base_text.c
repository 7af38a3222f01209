/* test_base_text.c - errors and the texts in them, UTF-8, hashes, near words. */
#include <stdio.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/nearest.h"
#include "base/text.h"
#include "suite.h"

/* -- Errors -------------------------------------------------------------- */

START_TEST(every_status_has_a_name)
{
    static const char *const names[] = {"ok",     "argument", "memory",   "io",
                                        "syntax", "invalid",  "limit",    "not_found",
                                        "exists", "in_use",   "cancelled"};
    for (size_t i = 0; i < COUNT(names); i++)
        ck_assert_str_eq(poupa_status_name((poupa_status)i), names[i]);
    ck_assert_str_eq(poupa_status_name((poupa_status)99), "unknown");
    ck_assert_str_eq(poupa_version(), POUPA_VERSION);
}
END_TEST

START_TEST(an_error_forgets_what_it_said_before)
{
    poupa_error err = {.status = POUPA_ERR_IO, .code = "E1001", .path = "/a", .line = 3};
    ck_assert_int_eq(poupa__error(&err, POUPA_ERR_INVALID, "%d of %d", 5, 7), POUPA_ERR_INVALID);
    ck_assert_int_eq(err.status, POUPA_ERR_INVALID);
    ck_assert_str_eq(err.message, "5 of 7");
    ck_assert_str_eq(err.code, "");
    ck_assert_str_eq(err.path, "");
    ck_assert_uint_eq(err.line, 0);
    poupa__error_rule(&err, "E2005", "/units/0");
    ck_assert_str_eq(err.code, "E2005");
    ck_assert_str_eq(err.path, "/units/0");
}
END_TEST

START_TEST(nobody_has_to_take_an_error)
{
    ck_assert_int_eq(poupa__error(NULL, POUPA_ERR_IO, "lost"), POUPA_ERR_IO);
    ck_assert_int_eq(poupa__error_memory(NULL), POUPA_ERR_MEMORY);
    poupa__error_rule(NULL, "E1001", "");
}
END_TEST

START_TEST(a_message_that_is_too_long_is_cut_between_characters)
{
    static const char *const characters[] = {"a", "é", "€", "😀"};
    for (size_t i = 0; i < COUNT(characters); i++) {
        size_t width = strlen(characters[i]);
        for (size_t lead = 0; lead < 4; lead++) {
            char text[4096];
            size_t size = lead;
            memset(text, '.', lead);
            for (; size + width < sizeof text; size += width)
                memcpy(text + size, characters[i], width);
            text[size] = '\0';
            poupa_error err;
            poupa__error(&err, POUPA_ERR_INVALID, "%s", text);
            poupa__error_rule(&err, "E2005 and more", text);
            const size_t most[] = {sizeof err.message - 1, sizeof err.path - 1};
            const char *kept[] = {err.message, err.path};
            for (size_t k = 0; k < 2; k++) {
                ck_assert_uint_eq(strlen(kept[k]), most[k] - (most[k] - lead) % width);
                ck_assert(poupa_utf8_valid(kept[k], strlen(kept[k])));
            }
            ck_assert_str_eq(err.code, "E2005 a");
        }
    }
}
END_TEST

START_TEST(text_that_just_fits_is_kept_whole)
{
    static const char *const texts[] = {"", "abc", "abé", "a€", "😀"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        char out[5];
        poupa__error_text(out, sizeof out, "%s", texts[i]);
        ck_assert_str_eq(out, texts[i]);
    }
    char out[4];
    poupa__error_text(out, sizeof out, "%s", "\x80\x80\x80\x80"); /* no character at all */
    ck_assert_uint_lt(strlen(out), sizeof out);
}
END_TEST

START_TEST(foreign_text_is_shown_without_harm)
{
    static const struct {
        const char *data;
        size_t size;
        const char *shown;
    } cases[] = {
        {"", 0, ""},
        {"São Paulo", 10, "São Paulo"},
        {"a\nb\tc\x1b[31m\x7f", 11, "a?b?c?[31m?"},
        {"a\0b", 3, "a?b"},
        {"\xff\xe3\xa3", 3, "???"},
        {"ok \xed\xa0\x80 ok", 9, "ok ??? ok"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char out[POUPA__SHOWN_SIZE];
        ck_assert_str_eq(poupa__shown(cases[i].data, cases[i].size, out), cases[i].shown);
    }
}
END_TEST

START_TEST(long_foreign_text_is_cut_between_characters)
{
    for (size_t lead = 0; lead < 4; lead++) {
        char text[256] = "...";
        text[lead] = '\0';
        for (size_t i = 0; i < 50; i++)
            strcat(text, "😀");
        char out[POUPA__SHOWN_SIZE];
        char expected[POUPA__SHOWN_SIZE];
        snprintf(expected, sizeof expected, "%.*s...", (int)(64 - (64 - lead) % 4), text);
        ck_assert_str_eq(poupa__shown(text, strlen(text), out), expected);
    }
}
END_TEST

/* -- UTF-8 --------------------------------------------------------------- */

/* Table 3-7 of the Unicode Standard: the bytes of well-formed characters. */
static const struct {
    size_t length;
    unsigned char from[4];
    unsigned char to[4];
} table_3_7[] = {
    {1, {0x00}, {0x7F}},
    {2, {0xC2, 0x80}, {0xDF, 0xBF}},
    {3, {0xE0, 0xA0, 0x80}, {0xE0, 0xBF, 0xBF}},
    {3, {0xE1, 0x80, 0x80}, {0xEC, 0xBF, 0xBF}},
    {3, {0xED, 0x80, 0x80}, {0xED, 0x9F, 0xBF}},
    {3, {0xEE, 0x80, 0x80}, {0xEF, 0xBF, 0xBF}},
    {4, {0xF0, 0x90, 0x80, 0x80}, {0xF0, 0xBF, 0xBF, 0xBF}},
    {4, {0xF1, 0x80, 0x80, 0x80}, {0xF3, 0xBF, 0xBF, 0xBF}},
    {4, {0xF4, 0x80, 0x80, 0x80}, {0xF4, 0x8F, 0xBF, 0xBF}},
};

static bool fits_row(size_t row, const unsigned char *bytes, size_t size)
{
    if (size < table_3_7[row].length)
        return false;
    for (size_t i = 0; i < table_3_7[row].length; i++)
        if (bytes[i] < table_3_7[row].from[i] || bytes[i] > table_3_7[row].to[i])
            return false;
    return true;
}

/* How many bytes from the start are well-formed, by the table alone. */
static size_t span_by_table(const unsigned char *bytes, size_t size)
{
    size_t at = 0;
    while (at < size) {
        size_t row = 0;
        while (row < COUNT(table_3_7) && !fits_row(row, bytes + at, size - at))
            row++;
        if (row == COUNT(table_3_7))
            return at;
        at += table_3_7[row].length;
    }
    return at;
}

START_TEST(four_bytes_of_any_kind_are_judged_as_the_unicode_table_does)
{
    /* Both sides of every boundary in the table. */
    static const unsigned char bytes[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                          0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
                                          0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    size_t all = COUNT(bytes) * COUNT(bytes) * COUNT(bytes) * COUNT(bytes);
    for (size_t i = 0; i < all; i++) {
        unsigned char text[4];
        for (size_t k = 0, rest = i; k < 4; k++, rest /= COUNT(bytes))
            text[k] = bytes[rest % COUNT(bytes)];
        size_t span = poupa__utf8_span((const char *)text, 4);
        if (span != span_by_table(text, 4))
            ck_abort_msg("%02X %02X %02X %02X: %zu", text[0], text[1], text[2], text[3], span);
    }
}
END_TEST

START_TEST(a_character_may_not_be_cut_off_at_the_end)
{
    static const char *const characters[] = {"é", "€", "😀"};
    for (size_t i = 0; i < COUNT(characters); i++) {
        for (size_t lead = 0; lead < 17; lead++) { /* on either side of whole words */
            char text[32];
            memset(text, 'a', lead);
            strcpy(text + lead, characters[i]);
            size_t size = strlen(text);
            ck_assert(poupa_utf8_valid(text, size));
            for (size_t cut = lead + 1; cut < size; cut++)
                ck_assert_uint_eq(poupa__utf8_span(text, cut), lead);
        }
    }
}
END_TEST

START_TEST(no_bytes_are_well_formed_and_no_text_is_not)
{
    ck_assert(poupa_utf8_valid(NULL, 0));
    ck_assert(poupa_utf8_valid("", 0));
    ck_assert(!poupa_utf8_valid(NULL, 1));
}
END_TEST

/* -- Hashes -------------------------------------------------------------- */

START_TEST(hashes_are_those_of_the_published_vectors)
{
    /* SipHash-1-3 of the bytes 0, 1, ... under the key 00 01 ... 0F, for some lengths. */
    static const struct {
        size_t size;
        uint64_t hash;
    } vectors[] = {
        {0, UINT64_C(0xabac0158050fc4dc)},  {1, UINT64_C(0xc9f49bf37d57ca93)},
        {2, UINT64_C(0x82cb9b024dc7d44d)},  {7, UINT64_C(0xd3927d989bb11140)},
        {8, UINT64_C(0x369095118d299a8e)},  {9, UINT64_C(0x25a48eb36c063de4)},
        {15, UINT64_C(0xd320d86d2a519956)}, {16, UINT64_C(0xcc4fdd1a7d908b66)},
        {17, UINT64_C(0x9cf2689063dbd80c)}, {63, UINT64_C(0x9d199062b7bbb3a8)},
    };
    unsigned char message[64];
    for (size_t i = 0; i < sizeof message; i++)
        message[i] = (unsigned char)i;
    poupa__hash_key key = {UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)};
    for (size_t i = 0; i < COUNT(vectors); i++)
        ck_assert_uint_eq(poupa__hash(key, message, vectors[i].size), vectors[i].hash);
}
END_TEST

START_TEST(keys_are_not_the_same_twice)
{
    poupa__hash_key a = poupa__hash_key_random();
    poupa__hash_key b = poupa__hash_key_random();
    ck_assert(a.k0 != b.k0 || a.k1 != b.k1);
    ck_assert_uint_ne(poupa__hash(a, "sé", 3), poupa__hash(b, "sé", 3));
}
END_TEST

/* -- Near words ---------------------------------------------------------- */

static const char *nearest_of(const char *word, const char *const *candidates, size_t count)
{
    poupa__nearest nearest = poupa__nearest_start(word, strlen(word));
    for (size_t i = 0; i < count; i++)
        poupa__nearest_offer(&nearest, candidates[i], strlen(candidates[i]), candidates[i]);
    return nearest.best;
}

START_TEST(the_nearest_word_is_the_one_that_was_probably_meant)
{
    static const struct {
        const char *word;
        const char *candidates[4];
        const char *best;
    } cases[] = {
        {"procom-sp", {"prodesp", "procon-sp"}, "procon-sp"},
        {"organizaton_id", {"organization_id", "operator_id"}, "organization_id"},
        {"pota", {"totem", "porta"}, "porta"},      /* left out */
        {"portall", {"portal"}, "portal"},          /* added */
        {"protal", {"portal", "postal"}, "portal"}, /* swapped: one step */
        {"sms", {"app", "email"}, NULL},
        {"sm", {"sms"}, "sms"},                         /* a letter is always forgiven */
        {"abc", {"xyc"}, NULL},                         /* two of three are too many */
        {"abcdef", {"abxyef"}, "abxyef"},               /* two of six are not */
        {"abcdefghijklmno", {"abcdefghijkWXYZ"}, NULL}, /* four are always too many */
        {"abcdefghijklmno", {"abcdefghijklXYZ"}, "abcdefghijklXYZ"},
        {"bauru", {"bauru"}, NULL}, /* the word itself is no hint */
        {"aa", {"ab", "ac"}, "ab"}, /* the first of equals */
        {"", {"a"}, NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t count = 0;
        while (count < 4 && cases[i].candidates[count])
            count++;
        const char *best = nearest_of(cases[i].word, cases[i].candidates, count);
        ck_assert_msg(best == cases[i].best ||
                          (best && cases[i].best && strcmp(best, cases[i].best) == 0),
                      "%s: %s", cases[i].word, best ? best : "none");
    }
}
END_TEST

START_TEST(very_long_words_are_near_to_nothing)
{
    char word[200], other[200];
    memset(word, 'a', sizeof word);
    memset(other, 'a', sizeof other);
    word[128] = other[128] = '\0';
    other[0] = 'b';
    const char *candidates[] = {other};
    ck_assert_ptr_eq(nearest_of(word, candidates, 1), other);
    word[128] = other[128] = 'a';
    word[129] = other[129] = '\0';
    ck_assert_ptr_null(nearest_of(word, candidates, 1));
    ck_assert_ptr_null(nearest_of("aaa", candidates, 1));
}
END_TEST

/* The whole matrix of the restricted Damerau-Levenshtein distance. */
static size_t plain_distance(const char *a, const char *b)
{
    size_t d[16][16], m = strlen(a), n = strlen(b);
    for (size_t i = 0; i <= m; i++) {
        for (size_t j = 0; j <= n; j++) {
            size_t best = i == 0 ? j : i;
            if (i && j) {
                best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
                best = d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
                best = d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                    d[i - 2][j - 2] + 1 < best)
                    best = d[i - 2][j - 2] + 1;
            }
            d[i][j] = best;
        }
    }
    return d[m][n];
}

START_TEST(distances_are_those_of_the_whole_matrix)
{
    uint64_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        char words[2][16];
        for (size_t k = 0; k < 2; k++) {
            size_t size = 1 + (size_t)(next_random(&seed) % 12);
            for (size_t i = 0; i < size; i++)
                words[k][i] = (char)('a' + next_random(&seed) % 3);
            words[k][size] = '\0';
        }
        size_t expected = plain_distance(words[0], words[1]);
        poupa__nearest nearest = poupa__nearest_start(words[0], strlen(words[0]));
        size_t limit = nearest.distance - 1;
        poupa__nearest_offer(&nearest, words[1], strlen(words[1]), words[1]);
        bool near = expected > 0 && expected <= limit;
        ck_assert_msg((nearest.best != NULL) == near && (!near || nearest.distance == expected),
                      "%s %s: %zu", words[0], words[1], expected);
    }
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "base: text", every_status_has_a_name, an_error_forgets_what_it_said_before,
        nobody_has_to_take_an_error, a_message_that_is_too_long_is_cut_between_characters,
        text_that_just_fits_is_kept_whole, foreign_text_is_shown_without_harm,
        long_foreign_text_is_cut_between_characters,
        four_bytes_of_any_kind_are_judged_as_the_unicode_table_does,
        a_character_may_not_be_cut_off_at_the_end, no_bytes_are_well_formed_and_no_text_is_not,
        hashes_are_those_of_the_published_vectors, keys_are_not_the_same_twice,
        the_nearest_word_is_the_one_that_was_probably_meant, very_long_words_are_near_to_nothing,
        distances_are_those_of_the_whole_matrix);
}
