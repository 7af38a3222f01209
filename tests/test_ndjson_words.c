/* test_ndjson_words.c - the words of a table read by several threads: the same, in the same
 * order and with the same codes, as of one. */
#include "test_ndjson.h"

enum { ROWS = 30000 };

/* Which words lines have: from `first` on, one more every so many rows, any of them. */
typedef struct growth {
    const char *prefix; /* of the ids */
    size_t first;
    size_t every;
} growth;

static void make_lines(text *out, const growth *how)
{
    out->size = 0;
    random_state = 77;
    for (size_t row = 0; row < ROWS; row++) {
        char line[512];
        size_t words = how->first + row / how->every;
        snprintf(line, sizeof line,
                 "{\"period\":\"2021-06-%02d\",\"unit\":\"%s%u\",\"service\":\"s%u\","
                 "\"channel\":\"c%u\",\"count\":%u}\n",
                 (int)random_below(30) + 1, how->prefix, (unsigned)random_below(words),
                 (unsigned)random_below(words / 2 + 1), (unsigned)random_below(4), (unsigned)row);
        text_put(out, line);
    }
}

static void assert_same_words(const poupa_attendance *left, const poupa_attendance *right)
{
    for (int i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        size_t count = 0;
        size_t other_count = 0;
        const char *const *words = poupa_attendance_words(left, (poupa_dictionary)i, &count);
        const char *const *others =
            poupa_attendance_words(right, (poupa_dictionary)i, &other_count);
        ck_assert_uint_eq(count, other_count);
        for (size_t code = 0; code < count; code++)
            ck_assert_str_eq(words[code], others[code]);
    }
}

/* Words that are all there soon, that keep coming, and that are more than threads share. */
START_TEST(threads_give_the_words_that_one_gives)
{
    static const growth growths[] = {
        {"u", 300, ROWS},
        {"u", 1, 40},
        {"an-id-of-more-than-fifty-six-bytes-which-no-cache-of-spellings-holds-", 300, 900},
        {"u", 9000, 7}};
    text all = {NULL, 0, 0};
    for (size_t i = 0; i < COUNT(growths); i++) {
        poupa_ndjson_options options = {.threads = 1};
        poupa_attendance *one;
        poupa_attendance *several;
        make_lines(&all, &growths[i]);
        ASSERT_OK(poupa_ndjson_read(all.data, all.size, &options, &one, NULL, &err));
        for (options.threads = 2; options.threads <= 4; options.threads++) {
            ASSERT_OK(poupa_ndjson_read(all.data, all.size, &options, &several, NULL, &err));
            ck_assert(poupa_attendance_equal(one, several));
            assert_same_words(one, several);
            poupa_attendance_release(several);
        }
        poupa_attendance_release(one);
    }
    text_free(&all);
}
END_TEST

int main(void)
{
    return RUN_SUITE("ndjson: words", threads_give_the_words_that_one_gives);
}
