/* test_ndjson_differential.c - the decoder against jansson: the same verdict and the same
 * values for random and mutated lines, whatever the instructions and the pieces. */
#include "test_ndjson.h"

enum { TEXTS = 250, LINES = 1000 };

static expected wanted[LINES];
static size_t wanted_count;

/* A text of random lines; the records that it holds are in `wanted`. */
static void make_text(text *out)
{
    static char line[8192];
    text made = {NULL, 0, 0};
    wanted_count = 0;
    out->size = 0;
    for (size_t i = 0; i < LINES; i++) {
        made.size = 0;
        random_line(&made);
        size_t size = made.size;
        memcpy(line, made.data, size);
        if (random_below(3) == 0)
            mutate(line, &size);
        wanted_count += judge(line, size, &wanted[wanted_count]);
        text_add(out, line, size);
        text_put(out, random_below(5) ? "\n" : "\r\n");
    }
    text_free(&made);
}

static void compare(const poupa_attendance *table)
{
    ck_assert_uint_eq(poupa_attendance_rows(table), wanted_count);
    for (size_t i = 0; i < wanted_count; i++) {
        poupa_record record;
        ck_assert_int_eq(poupa_attendance_at(table, i, &record, NULL), POUPA_OK);
        ck_assert_msg(is_as_expected(&record, &wanted[i]), "row %zu differs", i);
    }
}

static void compare_whole(const text *all, poupa_ndjson_path path)
{
    poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_SKIP, .path = path};
    poupa_attendance *table;
    poupa_ndjson_counts counts;
    poupa_error err;
    ck_assert_msg(poupa_ndjson_read(all->data, all->size, &options, &table, &counts, &err) ==
                      POUPA_OK,
                  "%s", err.message);
    compare(table);
    ck_assert_uint_eq(counts.good, wanted_count);
    ck_assert_uint_eq(counts.good + counts.bad + counts.blank, LINES);
    ck_assert_uint_eq(counts.bytes, all->size);
    poupa_attendance_release(table);
}

static void compare_fed(const text *all, poupa_ndjson_path path, size_t piece)
{
    poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_SKIP, .path = path};
    poupa_decoder *decoder;
    poupa_attendance *table;
    ck_assert_int_eq(poupa_decoder_new(&options, &decoder, NULL), POUPA_OK);
    for (size_t at = 0; at < all->size; at += piece) {
        size_t size = all->size - at < piece ? all->size - at : piece;
        ck_assert_int_eq(poupa_decoder_feed(decoder, all->data + at, size, NULL), POUPA_OK);
    }
    ck_assert_int_eq(poupa_decoder_finish(decoder, &table, NULL), POUPA_OK);
    compare(table);
    poupa_attendance_release(table);
    poupa_decoder_free(decoder);
}

START_TEST(every_path_agrees_with_jansson)
{
    text all = {NULL, 0, 0};
    size_t good = 0;
    random_state = 20210614;
    for (size_t i = 0; i < TEXTS; i++) {
        make_text(&all);
        good += wanted_count;
        for (int path = POUPA_NDJSON_FASTEST; path <= POUPA_NDJSON_NEON; path++) {
            if (poupa_ndjson_path_available((poupa_ndjson_path)path))
                compare_whole(&all, (poupa_ndjson_path)path);
        }
    }
    printf("differential: %d lines, %zu of them good, on every path\n", TEXTS * LINES, good);
    text_free(&all);
}
END_TEST

static void compare_pieces(text *all, size_t piece)
{
    make_text(all);
    for (int path = POUPA_NDJSON_FASTEST; path <= POUPA_NDJSON_NEON; path++) {
        if (poupa_ndjson_path_available((poupa_ndjson_path)path))
            compare_fed(all, (poupa_ndjson_path)path, piece);
    }
}

/* Where pieces are short the strict parser gets most lines, where they are long it does not. */
START_TEST(pieces_of_every_size_agree_with_jansson)
{
    static const size_t more[] = {301, 509, 1021, 2039, 4093, 8191, 16381, 65521};
    text all = {NULL, 0, 0};
    random_state = 20200229;
    for (size_t piece = 1; piece <= 300; piece += 1 + piece / 10)
        compare_pieces(&all, piece);
    for (size_t i = 0; i < COUNT(more); i++)
        compare_pieces(&all, more[i]);
    text_free(&all);
}
END_TEST

/* Many chunks, so that there is something to share. */
START_TEST(threads_agree_with_one_another)
{
    text all = {NULL, 0, 0};
    text part = {NULL, 0, 0};
    poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_SKIP, .threads = 1};
    poupa_ndjson_counts counts[2];
    poupa_attendance *tables[2];
    random_state = 2022;
    while (all.size < (size_t)8 << 20) {
        make_text(&part);
        text_add(&all, part.data, part.size);
    }
    ck_assert_int_eq(
        poupa_ndjson_read(all.data, all.size, &options, &tables[0], &counts[0], NULL), POUPA_OK);
    for (options.threads = 2; options.threads <= 4; options.threads++) {
        ck_assert_int_eq(
            poupa_ndjson_read(all.data, all.size, &options, &tables[1], &counts[1], NULL),
            POUPA_OK);
        ck_assert(poupa_attendance_equal(tables[0], tables[1]));
        ck_assert_uint_eq(counts[0].good, counts[1].good);
        ck_assert_uint_eq(counts[0].bad, counts[1].bad);
        ck_assert_uint_eq(counts[0].blank, counts[1].blank);
        poupa_attendance_release(tables[1]);
    }
    poupa_attendance_release(tables[0]);
    text_free(&part);
    text_free(&all);
}
END_TEST

int main(void)
{
    return RUN_SUITE("ndjson: differential", every_path_agrees_with_jansson,
                     pieces_of_every_size_agree_with_jansson, threads_agree_with_one_another);
}
