/* streams.c - decoding, checking and encoding attendance records, short of memory. */
#define _XOPEN_SOURCE 700

#include <zlib.h>
#include <zstd.h>

#include "folder.h"
#include "sweep.h"
#include "text.h"

typedef struct subject {
    const text *lines;
    const char *given; /* the same, be it compressed */
    size_t given_size;
    char path[256];             /* the lines in a file */
    poupa_attendance *expected; /* the rows of the lines */
    poupa_ndjson_options options;
    poupa_catalog *catalog;
    poupa_report *report;
    size_t quarantined;
} subject;

/* -- Subjects ------------------------------------------------------------- */

/* Lines of several shapes, of which every hundredth is no record: ids that change and ids that
 * stay, short and long, spelt plainly and not. */
static void put_lines(text *out, size_t count)
{
    char line[300];
    for (size_t i = 0; i < count; i++) {
        snprintf(line, sizeof line,
                 i % 100 == 99 ? "{\"period\":\"2021\",\"service\":\"n%zu\"}\n"
                 : i % 3 == 0 ? "{\"period\":\"2021-06-14\",\"unit\":\"u%zu\",\"service\":\"rg\","
                                "\"channel\":\"in-person\",\"count\":3,\"wait_s\":9}\n"
                 : i % 3 == 1 ? "{ \"service\": \"\\u0072g\", \"x\": [{\"y\": \"\\n\"}], "
                                "\"channel\": \"portal\", \"period\": \"2021-S1\", \"z%zu\": 1}\n"
                              : "{\"period\":\"2021-06\",\"service\":"
                                "\"an-id-of-more-than-fifty-six-bytes-which-no-memo-holds-%zu\","
                                "\"channel\":\"portal\"}\n",
                 i);
        text_put(out, line);
    }
}

/* Lines of a KiB that cost little. */
static void put_blanks(text *out, size_t count)
{
    char line[1024];
    memset(line, ' ', sizeof line);
    line[sizeof line - 1] = '\n';
    for (size_t i = 0; i < count; i++)
        text_add(out, line, sizeof line);
}

static text gzipped(const text *from)
{
    z_stream stream = {.next_in = (Bytef *)from->data, .avail_in = (uInt)from->size};
    text packed = {malloc(from->size), 0, from->size};
    stream.next_out = (Bytef *)packed.data;
    stream.avail_out = (uInt)packed.capacity;
    ck_assert_int_eq(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY),
                     Z_OK);
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.size = stream.total_out;
    deflateEnd(&stream);
    return packed;
}

static text zstandard(const text *from)
{
    text packed = {malloc(from->size), 0, from->size};
    packed.size = ZSTD_compress(packed.data, packed.capacity, from->data, from->size, 3);
    ck_assert(!ZSTD_isError(packed.size));
    return packed;
}

/* Counts what is put in quarantine. */
static bool count_object(void *context, const char *data, size_t size)
{
    subject *of = context;
    of->quarantined += data[size - 1] == '\n';
    return true;
}

/* Texts of more rows than the first segment of a table has, of fewer, and of several chunks. */
enum { SOME, FEW, MANY, SOME_GZIPPED, SOME_ZSTANDARD, TEXTS };
static text texts[TEXTS];
static poupa_attendance *tables[MANY + 1];

static void make_texts(void)
{
    const poupa_ndjson_options skip = {.on_error = POUPA_ON_ERROR_SKIP};
    put_lines(&texts[SOME], 1100);
    put_lines(&texts[FEW], 300);
    for (int i = 0; i < 12; i++) {
        put_lines(&texts[MANY], 100);
        put_blanks(&texts[MANY], 100);
    }
    texts[SOME_GZIPPED] = gzipped(&texts[SOME]);
    texts[SOME_ZSTANDARD] = zstandard(&texts[SOME]);
    for (int i = SOME; i <= MANY; i++)
        ASSERT_OK(poupa_ndjson_read(texts[i].data, texts[i].size, &skip, &tables[i], NULL, &err));
}

static void free_texts(void)
{
    for (int i = SOME; i <= MANY; i++)
        poupa_attendance_release(tables[i]);
    for (int i = SOME; i < TEXTS; i++)
        text_free(&texts[i]);
}

enum { SHORT, PLAIN, GENERAL, QUARANTINED, GZIPPED, ZSTANDARD, THREADED, VARIANTS };

static void *make(size_t variant)
{
    static const int plain[VARIANTS] = {[SHORT] = FEW, [QUARANTINED] = FEW, [THREADED] = MANY};
    static const int given[VARIANTS] = {[SHORT] = FEW,
                                        [QUARANTINED] = FEW,
                                        [GZIPPED] = SOME_GZIPPED,
                                        [ZSTANDARD] = SOME_ZSTANDARD,
                                        [THREADED] = MANY};
    subject *of = calloc(1, sizeof *of);
    of->lines = &texts[plain[variant]];
    of->given = texts[given[variant]].data;
    of->given_size = texts[given[variant]].size;
    of->expected = poupa_attendance_retain(tables[plain[variant]]);
    of->options = (poupa_ndjson_options){.on_error = POUPA_ON_ERROR_SKIP,
                                         .batch_rows = 500,
                                         .threads = variant == THREADED ? 3 : 1,
                                         .path = variant == GENERAL ? POUPA_NDJSON_GENERAL
                                                                    : POUPA_NDJSON_FASTEST,
                                         .allocator = &counted};
    if (variant == QUARANTINED) {
        of->options.on_error = POUPA_ON_ERROR_QUARANTINE;
        of->options.quarantine = count_object;
        of->options.quarantine_context = of;
    }
    return of;
}

static void *make_for_threads(size_t variant)
{
    return make(THREADED + variant);
}

static void *make_with_a_file(size_t variant)
{
    subject *of = make(variant);
    make_folder();
    in_folder("lines", of->path);
    write_fixture(of->path, of->given, of->given_size);
    return of;
}

static void *make_with_a_catalogue(size_t variant)
{
    subject *of = make(variant);
    /* What checks a table takes memory from where the table has it. */
    poupa_attendance_release(of->expected);
    ASSERT_OK(poupa_ndjson_read(of->lines->data, 3000, &of->options, &of->expected, NULL, &err));
    ASSERT_OK(poupa_catalog_read_file(EVERY_MEMBER, NULL, &of->catalog, &err));
    ASSERT_OK(poupa_report_new(&counted, &of->report, &err));
    return of;
}

static void discard(void *context)
{
    subject *of = context;
    poupa_report_free(of->report);
    poupa_catalog_release(of->catalog);
    poupa_attendance_release(of->expected);
    if (*of->path)
        ck_assert_uint_eq(remove_folder(), 1);
    free(of);
}

/* -- Whole tables --------------------------------------------------------- */

static poupa_status check_table(subject *of, poupa_status status, poupa_attendance *table)
{
    ck_assert((table != NULL) == (status == POUPA_OK));
    ck_assert(table == NULL || poupa_attendance_equal(table, of->expected));
    ck_assert(table == NULL || of->options.quarantine == NULL || of->quarantined == 3);
    of->quarantined = 0;
    poupa_attendance_release(table);
    return status;
}

static poupa_status read_data(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_attendance *table = NULL;
    poupa_ndjson_counts counts;
    poupa_status status =
        CALL(poupa_ndjson_read)(of->given, of->given_size, &of->options, &table, &counts, err);
    return check_table(of, status, table);
}

static poupa_status read_a_file(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_attendance *table = NULL;
    poupa_status status = CALL(poupa_ndjson_read_file)(of->path, &of->options, &table, NULL, err);
    return check_table(of, status, table);
}

static poupa_status read_from(void *context, poupa_error *err)
{
    subject *of = context;
    giver from = {of->lines->data, of->lines->size};
    poupa_attendance *table = NULL;
    poupa_status status =
        CALL(poupa_ndjson_read_from)(give, &from, &of->options, &table, NULL, err);
    return check_table(of, status, table);
}

/* -- Batches -------------------------------------------------------------- */

/* Reads a stream that was opened with `status` to its end, and closes it; a failure stays. */
static poupa_status read_batches(subject *of, poupa_status status, poupa_ndjson *stream,
                                 poupa_error *err)
{
    ck_assert((stream != NULL) == (status == POUPA_OK));
    size_t rows = 0;
    poupa_attendance *batch = NULL;
    while (stream) {
        status = CALL(poupa_ndjson_next)(stream, &batch, err);
        if (batch == NULL)
            break;
        poupa_record first, same;
        ck_assert_int_eq(poupa_attendance_at(batch, 0, &first, NULL), POUPA_OK);
        ck_assert_int_eq(poupa_attendance_at(of->expected, rows, &same, NULL), POUPA_OK);
        ck_assert_str_eq(first.service, same.service);
        ck_assert_int_eq(first.count, same.count);
        rows += poupa_attendance_rows(batch);
        poupa_attendance_release(batch);
    }
    if (stream)
        ck_assert_int_eq(poupa_ndjson_next(stream, &batch, NULL), status);
    poupa_ndjson_close(stream);
    ck_assert(rows == poupa_attendance_rows(of->expected) || status != POUPA_OK);
    return status;
}

static poupa_status open_data(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_ndjson *stream = NULL;
    poupa_status status =
        CALL(poupa_ndjson_open_data)(of->given, of->given_size, &of->options, &stream, err);
    return read_batches(of, status, stream, err);
}

static poupa_status open_a_file(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_ndjson *stream = NULL;
    poupa_status status = CALL(poupa_ndjson_open)(of->path, &of->options, &stream, err);
    return read_batches(of, status, stream, err);
}

static poupa_status open_a_range(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_ndjson *stream = NULL;
    poupa_status status =
        CALL(poupa_ndjson_open_range)(of->path, 0, of->lines->size, &of->options, &stream, err);
    return read_batches(of, status, stream, err);
}

static poupa_status open_from(void *context, poupa_error *err)
{
    subject *of = context;
    giver from = {of->lines->data, of->lines->size};
    poupa_ndjson *stream = NULL;
    poupa_status status = CALL(poupa_ndjson_open_from)(give, &from, &of->options, &stream, err);
    return read_batches(of, status, stream, err);
}

/* -- Pieces --------------------------------------------------------------- */

/* Feeds the lines in pieces that cut them; a failure stays. */
static poupa_status feed(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_decoder *decoder = NULL;
    poupa_attendance *table = NULL;
    poupa_status status = CALL(poupa_decoder_new)(&of->options, &decoder, err);
    ck_assert((decoder != NULL) == (status == POUPA_OK));
    for (size_t at = 0, size; status == POUPA_OK && at < of->lines->size; at += size) {
        size = of->lines->size - at < 5000 ? of->lines->size - at : 5000;
        status = CALL(poupa_decoder_feed)(decoder, of->lines->data + at, size, err);
        ck_assert(status == POUPA_OK || poupa_decoder_feed(decoder, "\n", 1, NULL) == status);
    }
    if (status == POUPA_OK)
        status = CALL(poupa_decoder_finish)(decoder, &table, err);
    poupa_decoder_free(decoder);
    return check_table(of, status, table);
}

/* -- Tables of them ------------------------------------------------------- */

static poupa_status check_against_a_catalogue(void *context, poupa_error *err)
{
    subject *of = context;
    return CALL(poupa_attendance_check)(of->expected, of->catalog, of->report, err);
}

static poupa_status write_text(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_buffer out;
    poupa_status status = CALL(poupa_attendance_write)(of->expected, &counted, &out, err);
    ck_assert((out.data != NULL) == (status == POUPA_OK));
    poupa_buffer_free(&out);
    return status;
}

static poupa_status write_to(void *context, poupa_error *err)
{
    subject *of = context;
    return CALL(poupa_attendance_write_to)(of->expected, &counted, take_all, NULL, err);
}

/* Decoders remember how lines were laid out and which ids they had, as far as there is memory. */
void sweep_streams(void)
{
    static const task tasks[] = {
        {"read data", make, read_data, NULL, discard, VARIANTS, DOES_WITHOUT},
        {"read a file", make_with_a_file, read_a_file, NULL, discard, VARIANTS, DOES_WITHOUT},
        {"read from a callback", make, read_from, NULL, discard, GZIPPED, DOES_WITHOUT},
        {"open data", make, open_data, NULL, discard, GENERAL, DOES_WITHOUT},
        {"open data for threads", make_for_threads, open_data, NULL, discard, 0, DOES_WITHOUT},
        {"open a file", make_with_a_file, open_a_file, NULL, discard, 0, DOES_WITHOUT},
        {"open a range", make_with_a_file, open_a_range, NULL, discard, 0, DOES_WITHOUT},
        {"open a callback", make, open_from, NULL, discard, 0, DOES_WITHOUT},
        {"feed", make, feed, NULL, discard, GZIPPED, DOES_WITHOUT},
        {"check", make_with_a_catalogue, check_against_a_catalogue, NULL, discard, 0,
         KEEPS | SPOILS},
        {"write a text", make, write_text, NULL, discard, 0, 0},
        {"write to a callback", make, write_to, NULL, discard, 0, 0},
    };
    make_texts();
    sweep(tasks, COUNT(tasks));
    free_texts();
}
