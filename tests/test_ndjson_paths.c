/* test_ndjson_paths.c - what one way of decoding could get wrong and the strict one does not:
 * every path against the general parser, behind lines that set the fast ways to work. */
#include "test_ndjson.h"

#define GOOD "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"portal\",\"count\":3}"

/* An id in two spellings, lines of so many layouts that none is worth learning, then of one. */
static void add_warm_lines(text *out)
{
    char line[160];
    text_put(out,
             "{\"period\":\"2021-06-14\",\"service\":\"r\\u0067\",\"channel\":\"portal\"}\n");
    for (int i = 0; i < 80; i++) {
        snprintf(
            line, sizeof line,
            "{\"period\":\"2021-06-14\",\"x%d\":1,\"service\":\"rg\",\"channel\":\"portal\"}\n",
            i);
        text_put(out, line);
    }
    for (int i = 0; i < 20; i++)
        text_put(out, GOOD "\n");
    text_put(out, "{\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"app\"}\n");
}

/* Fast ways read ahead: behind what is tested there must be more. */
static void add_cool_lines(text *out)
{
    for (int i = 0; i < 5; i++)
        text_put(out, GOOD "\n");
}

static poupa_attendance *read_on(const text *all, poupa_ndjson_path path,
                                 poupa_ndjson_counts *counts)
{
    poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_SKIP, .path = path};
    poupa_attendance *table;
    poupa_error err;
    ck_assert_msg(poupa_ndjson_read(all->data, all->size, &options, &table, counts, &err) ==
                      POUPA_OK,
                  "%s", err.message);
    return table;
}

/* Every path gives what the general parser gives, which has `bad` bad lines. */
static void compare_paths(const text *all, uint64_t bad)
{
    poupa_ndjson_counts wanted;
    poupa_attendance *table = read_on(all, POUPA_NDJSON_GENERAL, &wanted);
    ck_assert_uint_eq(wanted.bad, bad);
    for (int path = POUPA_NDJSON_FASTEST; path <= POUPA_NDJSON_NEON; path++) {
        if (!poupa_ndjson_path_available((poupa_ndjson_path)path))
            continue;
        poupa_ndjson_counts counts;
        poupa_attendance *other = read_on(all, (poupa_ndjson_path)path, &counts);
        ck_assert_msg(poupa_attendance_equal(table, other), "path %d differs", path);
        ck_assert_uint_eq(counts.good, wanted.good);
        ck_assert_uint_eq(counts.bad, wanted.bad);
        ck_assert_uint_eq(counts.blank, wanted.blank);
        poupa_attendance_release(other);
    }
    poupa_attendance_release(table);
}

/* Lines between those that set the fast ways to work, each first and in the middle. */
static void compare_lines(const char *const *lines, size_t count, uint64_t bad)
{
    text all = {NULL, 0, 0};
    add_warm_lines(&all);
    for (size_t i = 0; i < count; i++) {
        text_put(&all, lines[i]);
        text_put(&all, "\n" GOOD "\n");
    }
    add_cool_lines(&all);
    compare_paths(&all, bad);
    text_free(&all);
}

#define COMPARE(lines, bad) compare_lines(lines, COUNT(lines), bad)

START_TEST(tokens_out_of_place_are_refused_on_every_path)
{
    static const char *const lines[] = {
        "2020-02-29",
        "{\"period\":2020-02-29,\"service\":\"rg\",\"channel\":\"app\"}",
        "{\"x\" : ,\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"app\"}",
        "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"app\",\"count\":}",
        "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"app\",\"count\": }",
        "{\"period\":\"2021-06-14\",\"service\":,\"channel\":\"app\"}",
        "{\"period\":\"2021-06-14\",,\"service\":\"rg\",\"channel\":\"app\"}",
        "{\"period\":\"2021-06-14\" \"service\":\"rg\",\"channel\":\"app\"}",
        "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"app\",}",
        "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"app\"",
        "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"app\"}}",
        "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"app\"},",
        "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"app\",\"count\":1 2}",
        "{\"period\":\"2021-06-14\"x,\"service\":\"rg\",\"channel\":\"app\"}",
        "{\"period\"\"2021-06-14\",\"service\":\"rg\",\"channel\":\"app\"}",
        "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"service\":\"rg\",\"channel\":\"app\"}",
        "{\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"app\",\"a\":1,\"\\u0061\":2}",
        "[\"period\",\"2021-06-14\",\"service\",\"rg\",\"channel\",\"app\"]",
    };
    COMPARE(lines, COUNT(lines));
}
END_TEST

START_TEST(a_day_is_told_by_all_of_its_letters)
{
#define ON(period)                                                                               \
    "{\"period\":\"" period "\",\"service\":\"rg\",\"channel\":\"portal\",\"count\":3}"
    static const char *const good[] = {ON("2021-06-15"), ON("2021-06-24"), ON("2021-07-14"),
                                       ON("2021-06"),    ON("2021"),       ON("2021-06-14")};
    static const char *const bad[] = {ON("2021-06-31"),  ON("2021-06-1"),    ON("2021-06-140"),
                                      ON("2021-06-00"),  ON("2021-06-14\\"), ON("2021-06-1x"),
                                      ON("2021-06-14 "), ON("2021-13-14")};
    COMPARE(good, 0);
    COMPARE(bad, COUNT(bad));
}
END_TEST

/* Behind a line that no fast way takes, none knows of a day before. */
START_TEST(bytes_of_zero_are_no_day)
{
    static const char start[] = "{\"period\":\"";
    static const char zeros[16];
    static const char rest[] = ",\"service\":\"rg\",\"channel\":\"portal\",\"count\":3}\n";
    for (size_t count = 8; count <= sizeof zeros; count++) {
        text all = {NULL, 0, 0};
        text_put(&all, GOOD "\n" GOOD "\n" GOOD "\nx\n");
        text_put(&all, start);
        text_add(&all, zeros, count);
        text_put(&all, rest);
        add_cool_lines(&all);
        compare_paths(&all, 2);
        text_free(&all);
    }
}
END_TEST

START_TEST(an_escape_is_the_character_that_it_names_and_not_what_ends_an_id)
{
    static const char *const good[] = {
        "{\"period\":\"2021-06-14\",\"service\":\"r\\u0067\",\"channel\":\"port\\u0061l\"}",
        "{\"period\":\"2021-06-14\",\"service\":\"\\u0072\\u0067\",\"channel\":\"portal\"}",
        ("{\"period\":\"2021-06-14\",\"service\":\"\\u0072g\",\"channel\":\"a\\u002Fb\","
         "\"channel\":\"x\"}"),
    };
    static const char *const bad[] = {
        "{\"period\":\"2021-06-14\",\"service\":\"rg\\u0022\",\"channel\":\"portal\"}",
        "{\"period\":\"2021-06-14\",\"service\":\"rg\\u0022x\",\"channel\":\"portal\"}",
        "{\"period\":\"2021-06-14\",\"service\":\"r\\u005cu0067\",\"channel\":\"portal\"}",
        "{\"period\":\"2021-06-14\",\"service\":\"\\u0000rg\",\"channel\":\"portal\"}",
        "{\"period\":\"2021-06-14\",\"service\":\"rg\\u00\",\"channel\":\"portal\"}",
        "{\"period\":\"2021-06-14\",\"service\":\"r\\u0167\",\"channel\":\"portal\"}",
        "{\"period\":\"2021-06-14\",\"service\":\"r\\u00g7\",\"channel\":\"portal\"}",
        "{\"period\":\"2021-06-14\",\"service\":\"r\\U0067\",\"channel\":\"portal\"}",
    };
    COMPARE(good, 1);
    COMPARE(bad, COUNT(bad));
}
END_TEST

/* A line with so much white space at one of the four places around a number. */
static void compare_spaced(text *all, size_t size, size_t place)
{
    static const char *const parts[] = {
        "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"portal\",\"x\":\"7,\"",
        ",\"count\"", ":", "5", "}\n"};
    char *space = malloc(size);
    memset(space, ' ', size);
    all->size = 0;
    add_warm_lines(all);
    for (size_t i = 0; i < COUNT(parts); i++) {
        text_put(all, parts[i]);
        text_add(all, space, i == place ? size : 0);
    }
    add_cool_lines(all);
    compare_paths(all, 0);
    free(space);
}

START_TEST(white_space_of_any_length_moves_no_value)
{
    static const size_t sizes[] = {30, 31, 32, 63, 64, 65, 4096, 65300, 70000, 140000};
    text all = {NULL, 0, 0};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        for (size_t place = 0; place < 4; place++)
            compare_spaced(&all, sizes[i], place);
    }
    /* Places are told by 16 bits: behind one that does not fit, the next could be taken. */
    for (size_t size = 65430; size < 65550; size++)
        compare_spaced(&all, size, 2);
    text_free(&all);
}
END_TEST

START_TEST(what_was_seen_before_is_well_formed_again_only_where_all_of_it_is_the_same)
{
    static const char *const good[] = {
        "\"nota\":\"horário de verão\"",
        "\"nota\":\"horário de verão até outubro, e de inverno até março\"",
        "\"nota\":[1,2,3,4,5]",
        "\"nota\":{\"chave\":1}",
        "\"observação\":1",
        "\"a key of more than thirty-two bytes, which is read twice\":1,\"nota\":{\"a\":1}",
        "\"a key of more than thirty-two bytes, which is read twicf\":1",
    };
    static const char *const bad[] = {
        "\"nota\":\"horário de ver\xC3o\"",
        "\"nota\":\"horário de verão até outubro, e de inverno até mar\xC3o\"",
        "\"nota\":[1,2,3,4,,]",
        "\"nota\":[1,2,3,4,5]]",
        "\"nota\":{\"chave\"}1}",
        "\"nota\":\"horário de\xC3verão até outubro, e de inverno até março\"",
        "\"observaç\xC3o\":1",
        "\"observação\":1,\"observação\":1",
        ("\"a key of more than thirty-two bytes, which is read "
         "twice\":1,\"nota\":{\"a\":1,\"a\":1}"),
        "\"a key of more than thirty-two bytes, which is read twi\x01e\":1",
    };
    text all = {NULL, 0, 0};
    add_warm_lines(&all);
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < COUNT(good) + COUNT(bad); i++) {
            text_put(&all, "{\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"app\",");
            text_put(&all, i < COUNT(good) ? good[i] : bad[i - COUNT(good)]);
            text_put(&all, "}\n");
        }
    }
    add_cool_lines(&all);
    compare_paths(&all, 3 * COUNT(bad));
    text_free(&all);
}
END_TEST

/* -- Texts one after the other --------------------------------------------- */

static void feed(poupa_decoder *decoder, const char *data, uint64_t rows)
{
    poupa_attendance *table;
    ck_assert_int_eq(poupa_decoder_feed(decoder, data, strlen(data), NULL), POUPA_OK);
    ck_assert_int_eq(poupa_decoder_finish(decoder, &table, NULL), POUPA_OK);
    ck_assert_uint_eq(poupa_attendance_rows(table), rows);
    poupa_attendance_release(table);
}

START_TEST(a_last_line_with_a_return_alone_teaches_nothing)
{
    poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_SKIP};
    poupa_decoder *decoder;
    text all = {NULL, 0, 0};
    for (int i = 0; i < 6; i++)
        text_put(&all, GOOD "\n" GOOD "\r" GOOD "\n");
    ck_assert_int_eq(poupa_decoder_new(&options, &decoder, NULL), POUPA_OK);
    for (int i = 0; i < 3; i++)
        feed(decoder, GOOD "\r", 1);
    feed(decoder, all.data, 6);
    poupa_decoder_free(decoder);
    text_free(&all);
}
END_TEST

int main(void)
{
    return RUN_SUITE("ndjson: paths", tokens_out_of_place_are_refused_on_every_path,
                     a_day_is_told_by_all_of_its_letters, bytes_of_zero_are_no_day,
                     an_escape_is_the_character_that_it_names_and_not_what_ends_an_id,
                     white_space_of_any_length_moves_no_value,
                     what_was_seen_before_is_well_formed_again_only_where_all_of_it_is_the_same,
                     a_last_line_with_a_return_alone_teaches_nothing);
}
