/*
 * test_json_torture.c - bad input: whatever the bytes, reading ends with a clear error at a
 * place in the text, or with a catalogue, and leaks nothing.
 *
 * The files of fixtures/torture are named after what is wrong with them; what would be too
 * large for a file is made here.
 */
#include "counting.h"
#include "fixture.h"
#include "poupa/document.h"

/* Reads a text and asserts what holds for any text; the status is that of reading. */
static poupa_status examine(const char *data, size_t size, poupa_error *err)
{
    counting state = {0};
    poupa_allocator allocator = counting_allocator(&state);
    poupa_read_options options = {.allocator = &allocator};
    poupa_catalog *catalog = NULL;
    /* In a block of just its size, so that sanitizers notice a read beyond it. */
    char *copy = malloc(size ? size : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, data, size);
    memset(err, 0, sizeof *err);
    poupa_status status = poupa_catalog_read(copy, size, &options, &catalog, err);
    ck_assert((catalog != NULL) == (status == POUPA_OK));
    if (status != POUPA_OK) {
        ck_assert_str_ne(err->message, "");
        ck_assert(poupa_utf8_valid(err->message, strlen(err->message)));
        ck_assert_msg(poupa_rule_find(err->code) != NULL, "%.*s: %s", (int)size, data,
                      err->message);
        ck_assert_uint_le(err->offset, size);
        ck_assert_uint_ge(err->line, 1);
        ck_assert_uint_ge(err->column, 1);
    }
    poupa_catalog_release(catalog);
    assert_nothing_leaked(&state);
    free(copy);
    return status;
}

/* Asserts that a text is refused by a rule at an offset. */
static void assert_refused(const char *data, size_t size, const char *code, size_t offset)
{
    poupa_error err;
    ck_assert_int_ne(examine(data, size, &err), POUPA_OK);
    ck_assert_msg(strcmp(err.code, code) == 0 && err.offset == offset,
                  "%.60s: expected %s at %zu, found %s at %zu: %s", data, code, offset, err.code,
                  err.offset, err.message);
}

/* -- Files --------------------------------------------------------------- */

START_TEST(every_file_of_the_torture_chamber_is_refused_where_it_is_wrong)
{
    static const struct {
        const char *name;
        const char *code;
        size_t line;
        size_t column;
    } cases[] = {
        {"byte-order-mark", "E1004", 1, 1},
        {"comment", "E1001", 2, 3},
        {"control-character", "E1001", 2, 18},
        {"duplicate-array", "E1006", 4, 3},
        {"duplicate-key-escaped", "E1006", 3, 31},
        {"duplicate-key-in-entity", "E1006", 3, 44},
        {"duplicate-key-in-unknown", "E1006", 3, 23},
        {"empty", "E1002", 1, 1},
        {"escape-of-nul", "E1009", 2, 15},
        {"huge-exponent", "E1008", 2, 8},
        {"huge-integer", "E1008", 2, 8},
        {"latin-1", "E1005", 3, 28},
        {"leading-zero", "E1001", 2, 8},
        {"lone-high-surrogate", "E1009", 2, 9},
        {"lone-low-surrogate", "E1009", 2, 9},
        {"missing-comma", "E1001", 3, 3},
        {"nan", "E1001", 2, 8},
        {"not-an-object", "E1012", 1, 1},
        {"only-white-space", "E1002", 3, 1},
        {"overlong", "E1005", 2, 9},
        {"plus-sign", "E1001", 2, 8},
        {"single-quotes", "E1001", 1, 2},
        {"surrogate-in-utf-8", "E1005", 2, 9},
        {"number-before-bad-byte", "E1005", 2, 28},
        {"trailing-comma", "E1001", 3, 1},
        {"trailing-text", "E1001", 2, 1},
        {"truncated-character", "E1005", 2, 10},
        {"two-documents", "E1001", 2, 1},
        {"utf-16", "E1003", 1, 1},
        {"words-run-together", "E1001", 2, 12},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char path[256];
        snprintf(path, sizeof path, POUPA_FIXTURES "/torture/%s.json", cases[i].name);
        poupa_buffer text = read_fixture(path);
        poupa_error err;
        ck_assert_int_ne(examine(text.data, text.size, &err), POUPA_OK);
        ck_assert_msg(strcmp(err.code, cases[i].code) == 0 && err.line == cases[i].line &&
                          err.column == cases[i].column,
                      "%s: %zu:%zu: %s %s", cases[i].name, err.line, err.column, err.code,
                      err.message);
        poupa_buffer_free(&text);
    }
}
END_TEST

static size_t unlisted;

static void note_file(const char *path)
{
    (void)path;
    unlisted++;
}

START_TEST(no_file_of_the_torture_chamber_is_forgotten)
{
    ck_assert_uint_eq(for_each_fixture(POUPA_FIXTURES "/torture", ".json", note_file), 30);
    ck_assert_uint_eq(unlisted, 30);
}
END_TEST

/* -- Every byte ---------------------------------------------------------- */

START_TEST(a_document_cut_off_at_any_byte_is_refused_at_its_end)
{
    poupa_buffer text = read_fixture(EVERY_MEMBER);
    size_t end = text.size;
    while (text.data[end - 1] != '}')
        end--;
    for (size_t size = 0; size < end; size++) {
        poupa_error err;
        ck_assert_int_eq(examine(text.data, size, &err), POUPA_ERR_SYNTAX);
        bool in_character = size > 0 && !poupa_utf8_valid(text.data, size);
        if (!in_character)
            ck_assert_msg(strcmp(err.code, "E1002") == 0 && err.offset == size, "%zu: %s %s",
                          size, err.code, err.message);
    }
    poupa_buffer_free(&text);
}
END_TEST

START_TEST(a_document_with_a_nul_at_any_byte_is_refused_there)
{
    poupa_buffer text = read_fixture(POUPA_FIXTURES "/catalogs/minimal.json");
    for (size_t i = 0; i < text.size; i++) {
        char kept = text.data[i];
        text.data[i] = '\0';
        assert_refused(text.data, text.size, "E1003", i);
        text.data[i] = kept;
    }
    poupa_buffer_free(&text);
}
END_TEST

START_TEST(a_document_with_any_byte_changed_is_read_or_refused_clearly)
{
    poupa_buffer text = read_fixture(EVERY_MEMBER);
    uint64_t seed = 1;
    size_t read = 0, refused = 0;
    for (size_t i = 0; i < text.size; i++) {
        char kept = text.data[i];
        text.data[i] = (char)((unsigned char)kept ^ (1 + next_random(&seed) % 255));
        poupa_error err;
        if (examine(text.data, text.size, &err) == POUPA_OK)
            read++;
        else
            refused++;
        text.data[i] = kept;
    }
    ck_assert_uint_gt(read, 100);
    ck_assert_uint_gt(refused, 1000);
    poupa_buffer_free(&text);
}
END_TEST

START_TEST(random_pieces_of_json_are_read_or_refused_clearly)
{
    static const char *const pieces[] = {"{",
                                         "}",
                                         "[",
                                         "]",
                                         ",",
                                         ":",
                                         "\"poupa\"",
                                         "\"1.0\"",
                                         "\"units\"",
                                         "\"id\"",
                                         "\"a\"",
                                         "\"name\"",
                                         "\"keywords\"",
                                         "null",
                                         "true",
                                         "-1.5e3",
                                         "\"\\u00e9\"",
                                         " \n",
                                         "\"\\ud800\"",
                                         "\"services\"",
                                         "\xff"};
    uint64_t seed = 11;
    for (int round = 0; round < 5000; round++) {
        char text[512] = "{\"poupa\":\"1.0\",";
        size_t count = next_random(&seed) % 16;
        for (size_t i = 0; i < count; i++)
            strcat(text, pieces[next_random(&seed) % COUNT(pieces)]);
        poupa_error err;
        poupa_status status = examine(text, strlen(text), &err);
        ck_assert_int_ne(status, POUPA_ERR_MEMORY);
    }
}
END_TEST

/* -- Too much ------------------------------------------------------------ */

/* The text of a frame in which "@" stands for `count` times a piece. */
static poupa_buffer fill(const char *frame, const char *piece, size_t count)
{
    poupa_buffer text = new_buffer();
    size_t before = strcspn(frame, "@"), size = strlen(piece);
    ck_assert(poupa__buffer_append(&text, frame, before));
    ck_assert(poupa__buffer_reserve(&text, count * size));
    for (size_t i = 0; i < count; i++)
        memcpy(text.data + before + i * size, piece, size);
    text.size += count * size;
    ck_assert(poupa__buffer_append(&text, frame + before + 1, strlen(frame + before + 1)));
    return text;
}

START_TEST(nesting_a_hundred_thousand_deep_is_refused_at_the_limit)
{
    static const struct {
        const char *frame;
        const char *piece;
        size_t offset;
    } cases[] = {
        {"@", "[", 64},
        {"@", "{\"a\":", 64 * 5},
        {"{\"poupa\":\"1.0\",\"x\":@", "[", 19 + 63},
        {"{\"poupa\":\"1.0\",\"x\":@", "{\"a\":", 19 + 63 * 5},
        {"{\"units\":[@", "[", 10 + 62},
        {"{\"units\":[{\"x\":@", "[", 15 + 61},
        {"{\"units\":[{\"name\":@", "[", 18 + 61},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa_buffer text = fill(cases[i].frame, cases[i].piece, 100000);
        assert_refused(text.data, text.size, "E1007", cases[i].offset);
        poupa_buffer_free(&text);
    }
}
END_TEST

START_TEST(a_text_of_ten_megabytes_is_kept)
{
    poupa_buffer text = fill("{\"poupa\":\"1.0\",\"units\":[{\"id\":\"a\",\"name\":\"@\"}]}",
                             "São Paulo, São Paulo, São Paulo, São Paulo, São Paulo, ", 200000);
    poupa_catalog *catalog = read_catalog(text.data);
    ck_assert_uint_eq(strlen(poupa_unit_at(catalog, 0)->name), 12 * 5 * 200000);
    poupa_catalog_release(catalog);
    poupa_buffer_free(&text);
}
END_TEST

/* An object of many members; the last has the name of another where `twice` is set. */
static poupa_buffer many_members(const char *before, size_t count, bool twice)
{
    poupa_buffer text = new_buffer();
    ck_assert(poupa__buffer_print(&text, "%s", before));
    for (size_t i = 0; i < count; i++)
        ck_assert(
            poupa__buffer_print(&text, ",\"k%zu\":%zu", twice && i + 1 == count ? 7 : i, i));
    return text;
}

START_TEST(a_hundred_thousand_members_are_kept_in_their_order)
{
    static const struct {
        const char *before;
        const char *behind;
    } frames[] = {{"{\"poupa\":\"1.0\"", "}"},
                  {"{\"poupa\":\"1.0\",\"units\":[{\"id\":\"a\",\"name\":\"A\"", "}]}"}};
    for (size_t i = 0; i < COUNT(frames); i++) {
        poupa_buffer text = many_members(frames[i].before, 100000, false);
        ck_assert(poupa__buffer_print(&text, "%s", frames[i].behind));
        poupa_catalog *catalog = read_catalog(text.data);
        poupa_members extra = i ? poupa_unit_at(catalog, 0)->extra : poupa_catalog_extra(catalog);
        ck_assert_uint_eq(extra.count, 100000);
        ck_assert_str_eq(extra.items[99999].name, "k99999");
        poupa_catalog_release(catalog);
        poupa_buffer_free(&text);
        text = many_members(frames[i].before, 100000, true);
        ck_assert(poupa__buffer_print(&text, "%s", frames[i].behind));
        assert_refused(text.data, text.size, "E1006",
                       text.size - strlen("\"k7\":99999") - strlen(frames[i].behind));
        poupa_buffer_free(&text);
    }
}
END_TEST

START_TEST(a_hundred_thousand_errors_are_all_found_and_located)
{
    poupa_buffer text = fill("{\"poupa\":\"1.0\",\"units\":[@{}]}", "{\"id\":5},\n", 50000);
    poupa_document *document = NULL;
    ASSERT_OK(poupa_document_read(text.data, text.size, NULL, &document, &err));
    const poupa_report *report = poupa_document_report(document);
    ck_assert_uint_eq(poupa_report_errors(report), 100002);
    for (size_t i = 0; i < 100000; i++)
        ck_assert_uint_eq(poupa_report_at(report, i)->line, i / 2 + 1);
    poupa_document_free(document);
    poupa_buffer_free(&text);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "json: torture", every_file_of_the_torture_chamber_is_refused_where_it_is_wrong,
        no_file_of_the_torture_chamber_is_forgotten,
        a_document_cut_off_at_any_byte_is_refused_at_its_end,
        a_document_with_a_nul_at_any_byte_is_refused_there,
        a_document_with_any_byte_changed_is_read_or_refused_clearly,
        random_pieces_of_json_are_read_or_refused_clearly,
        nesting_a_hundred_thousand_deep_is_refused_at_the_limit, a_text_of_ten_megabytes_is_kept,
        a_hundred_thousand_members_are_kept_in_their_order,
        a_hundred_thousand_errors_are_all_found_and_located);
}
