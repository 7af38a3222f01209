/*
 * failing.c - every call of the system that saving or reading a file makes, failing in turn: the
 * old file is there, or the new one, whole; what is told names the file and the reason; signals
 * and calls that do only a part of their work are not noticed.
 */
#define _GNU_SOURCE

#include "disk.h"

#include <errno.h>
#include <zlib.h>
#include <zstd.h>

static size_t faults;

/* -- Saving --------------------------------------------------------------- */

static const char old[] = "what was there before";

/* Saves with a fault at a call; false where there was no such call. The old file is one that is
 * there, or none. */
static bool save_with(size_t way, bool replaces, disk_fault fault, size_t call, int error)
{
    char path[256];
    make_folder();
    saved of = make_saved(way, in_folder("saved", path));
    poupa_error err = {.message = ""};
    if (replaces)
        write_fixture(of.path, old, sizeof old - 1);
    disk_arm(fault, call, error);
    poupa_status status = ways_to_save[way](&of, &err);
    bool struck = disk_disarm();
    bool reached = disk_calls() >= call;
    const char *at = disk_call();
    faults += struck;
    ck_assert_msg(disk_open_files() == 0, "%s: %d files stay open", at, disk_open_files());
    if (status == POUPA_OK) {
        ck_assert_msg(content_is(of.path, of.content.data, of.content.size), "%s", at);
    } else {
        int reason = fault == TAKES_NONE ? ENOSPC : error;
        ck_assert_int_eq(status, POUPA_ERR_IO);
        ck_assert_msg(struck && fault != INTERRUPTED && fault != SHORT, "%s: %s", at,
                      err.message);
        ck_assert_msg(strstr(err.message, of.path) && strstr(err.message, strerror(reason)),
                      "%s: %s", at, err.message);
        ck_assert_msg(replaces ? content_is(of.path, old, sizeof old - 1)
                               : access(of.path, F_OK) != 0,
                      "%s", at);
    }
    size_t expected = status == POUPA_OK || replaces;
    size_t files = remove_folder();
    /* Where nothing works any more, what was begun cannot be removed. */
    ck_assert_msg(files == expected || (fault == FAILING_ON && files == expected + 1),
                  "%s: %zu files", at, files);
    free_saved(&of);
    return reached;
}

static void save_with_each(disk_fault fault, int error)
{
    for (size_t way = 0; way < WAYS_TO_SAVE; way++) {
        for (int replaces = 0; replaces < 2; replaces++) {
            size_t call = 1;
            while (save_with(way, replaces, fault, call, error))
                call++;
            ck_assert_uint_gt(call, 8);
        }
    }
}

START_TEST(saving_survives_every_call_that_fails)
{
    static const int errors[] = {EIO, ENOSPC, EACCES};
    for (size_t i = 0; i < COUNT(errors); i++) {
        save_with_each(FAILING, errors[i]);
        save_with_each(FAILING_ON, errors[i]);
    }
    save_with_each(TAKES_NONE, 0);
}
END_TEST

START_TEST(saving_is_not_disturbed_by_signals_and_short_writes)
{
    save_with_each(INTERRUPTED, 0);
    save_with_each(SHORT, 0);
}
END_TEST

/* -- Reading -------------------------------------------------------------- */

/* What is read: a document, or lines, be they compressed. */
typedef struct source {
    char path[256];
    poupa_catalog *catalog;
    poupa_attendance *table;
} source;

typedef struct way_to_read {
    const char *name;
    poupa_status (*read)(const source *of, poupa_error *err);
    enum { DOCUMENT, LINES, GZIP_LINES, ZSTANDARD_LINES, STANDARD_INPUT } kind;
} way_to_read;

static poupa_status read_a_catalogue(const source *of, poupa_error *err)
{
    poupa_catalog *catalog = NULL;
    poupa_status status = poupa_catalog_read_file(of->path, NULL, &catalog, err);
    ck_assert((catalog != NULL) == (status == POUPA_OK));
    ck_assert(catalog == NULL || poupa_catalog_equal(catalog, of->catalog));
    poupa_catalog_release(catalog);
    return status;
}

static poupa_status read_a_document(const source *of, poupa_error *err)
{
    poupa_document *document = NULL;
    poupa_status status = poupa_document_read_file(of->path, NULL, &document, err);
    ck_assert((document != NULL) == (status == POUPA_OK));
    ck_assert(document == NULL ||
              poupa_catalog_equal(poupa_document_catalog(document), of->catalog));
    poupa_document_free(document);
    return status;
}

static poupa_status check_table(const source *of, poupa_status status, poupa_attendance *table)
{
    ck_assert((table != NULL) == (status == POUPA_OK));
    ck_assert(table == NULL || poupa_attendance_equal(table, of->table));
    poupa_attendance_release(table);
    return status;
}

static poupa_status read_lines(const source *of, poupa_error *err)
{
    poupa_attendance *table = NULL;
    poupa_status status = poupa_ndjson_read_file(of->path, NULL, &table, NULL, err);
    return check_table(of, status, table);
}

static poupa_status read_lines_in_threads(const source *of, poupa_error *err)
{
    const poupa_ndjson_options options = {.threads = 2};
    poupa_attendance *table = NULL;
    poupa_status status = poupa_ndjson_read_file(of->path, &options, &table, NULL, err);
    return check_table(of, status, table);
}

static poupa_status read_standard_input(const source *of, poupa_error *err)
{
    poupa_attendance *table = NULL;
    poupa_status status = poupa_ndjson_read_file("-", NULL, &table, NULL, err);
    return check_table(of, status, table);
}

static poupa_status read_a_stream(const source *of, poupa_status status, poupa_ndjson *stream,
                                  poupa_error *err)
{
    poupa_attendance *table = NULL;
    if (status == POUPA_OK)
        status = poupa_ndjson_next(stream, &table, err);
    poupa_ndjson_close(stream);
    return check_table(of, status, table);
}

static poupa_status open_lines(const source *of, poupa_error *err)
{
    poupa_ndjson *stream = NULL;
    poupa_status status = poupa_ndjson_open(of->path, NULL, &stream, err);
    return read_a_stream(of, status, stream, err);
}

static poupa_status open_a_range(const source *of, poupa_error *err)
{
    poupa_ndjson *stream = NULL;
    poupa_status status = poupa_ndjson_open_range(of->path, 0, 1 << 30, NULL, &stream, err);
    return read_a_stream(of, status, stream, err);
}

/* Ranges of what is compressed are refused, however few bytes a read gives. */
static poupa_status open_a_range_in_vain(const source *of, poupa_error *err)
{
    poupa_ndjson *stream = NULL;
    poupa_status status = poupa_ndjson_open_range(of->path, 0, 1 << 30, NULL, &stream, err);
    ck_assert_int_ne(status, POUPA_OK);
    return status == POUPA_ERR_ARGUMENT ? POUPA_OK : status;
}

static const way_to_read ways_to_read[] = {
    {"catalogue", read_a_catalogue, DOCUMENT},
    {"document", read_a_document, DOCUMENT},
    {"lines", read_lines, LINES},
    {"lines of gzip", read_lines, GZIP_LINES},
    {"lines of zstd", read_lines, ZSTANDARD_LINES},
    {"lines in threads", read_lines_in_threads, LINES},
    {"lines of the standard input", read_standard_input, STANDARD_INPUT},
    {"batches", open_lines, LINES},
    {"a range", open_a_range, LINES},
    {"a range of gzip", open_a_range_in_vain, GZIP_LINES},
};

static void write_compressed(const char *path, const poupa_buffer *lines, bool gzip)
{
    if (gzip) {
        gzFile file = gzopen(path, "wb");
        ck_assert_int_eq(gzwrite(file, lines->data, (unsigned)lines->size), (int)lines->size);
        ck_assert_int_eq(gzclose(file), Z_OK);
        return;
    }
    char *packed = malloc(lines->size);
    size_t size = ZSTD_compress(packed, lines->size, lines->data, lines->size, 3);
    write_fixture(path, packed, size);
    free(packed);
}

static source make_source(const way_to_read *way)
{
    source of;
    make_folder();
    saved lines = make_saved(0, in_folder("source", of.path));
    of.catalog = poupa_catalog_retain(lines.catalog);
    of.table = poupa_attendance_retain(lines.table);
    if (way->kind == DOCUMENT) {
        ASSERT_OK(poupa_catalog_write_file(of.catalog, NULL, of.path, &err));
    } else if (way->kind == GZIP_LINES || way->kind == ZSTANDARD_LINES) {
        write_compressed(of.path, &lines.content, way->kind == GZIP_LINES);
    } else {
        write_fixture(of.path, lines.content.data, lines.content.size);
    }
    if (way->kind == STANDARD_INPUT)
        ck_assert_ptr_nonnull(freopen(of.path, "rb", stdin));
    free_saved(&lines);
    return of;
}

static void free_source(source *of)
{
    poupa_attendance_release(of->table);
    poupa_catalog_release(of->catalog);
    ck_assert_uint_eq(remove_folder(), 1);
}

static bool read_with(const way_to_read *way, disk_fault fault, size_t call)
{
    source of = make_source(way);
    poupa_error err = {.message = ""};
    disk_arm(fault, call, EIO);
    poupa_status status = way->read(&of, &err);
    bool struck = disk_disarm();
    bool reached = disk_calls() >= call;
    faults += struck;
    ck_assert_msg(disk_open_files() == 0, "%s: %s: files stay open", way->name, disk_call());
    if (status != POUPA_OK) {
        const char *name = way->kind == STANDARD_INPUT ? "the standard input" : of.path;
        ck_assert_msg(status == POUPA_ERR_IO && struck && fault != INTERRUPTED && fault != SHORT,
                      "%s: %s: %s", way->name, disk_call(), err.message);
        ck_assert_msg(strstr(err.message, name) && strstr(err.message, strerror(EIO)), "%s",
                      err.message);
    }
    free_source(&of);
    return reached;
}

static void read_with_each(disk_fault fault)
{
    for (size_t i = 0; i < COUNT(ways_to_read); i++) {
        size_t call = 1;
        while (read_with(&ways_to_read[i], fault, call))
            call++;
        ck_assert_uint_gt(call, 3);
    }
}

START_TEST(reading_tells_of_every_call_that_fails)
{
    read_with_each(FAILING);
    read_with_each(FAILING_ON);
}
END_TEST

START_TEST(reading_is_not_disturbed_by_signals_and_short_reads)
{
    read_with_each(INTERRUPTED);
    read_with_each(SHORT);
}
END_TEST

/* -- Streams of stdio ------------------------------------------------------ */

typedef struct cookie {
    const char *text;
    size_t left;
    size_t calls; /* until one fails */
} cookie;

static ssize_t read_cookie(void *context, char *buffer, size_t size)
{
    cookie *from = context;
    if (from->calls-- == 0) {
        errno = EIO;
        return -1;
    }
    size_t some = from->left < 100 ? from->left : 100;
    some = some < size ? some : size;
    memcpy(buffer, from->text, some);
    from->text += some;
    from->left -= some;
    return (ssize_t)some;
}

START_TEST(a_stream_that_fails_is_an_error)
{
    poupa_buffer text = read_fixture(POUPA_FIXTURES "/catalogs/minimal.json");
    poupa_status status = POUPA_ERR_IO;
    size_t calls = 0;
    for (; status == POUPA_ERR_IO; calls++) {
        cookie from = {text.data, text.size, calls};
        FILE *stream = fopencookie(&from, "r", (cookie_io_functions_t){.read = read_cookie});
        poupa_catalog *catalog = NULL;
        status = poupa_catalog_read_stream(stream, NULL, &catalog, NULL);
        ck_assert((catalog != NULL) == (status == POUPA_OK));
        poupa_catalog_release(catalog);
        fclose(stream);
    }
    ck_assert_int_eq(status, POUPA_OK);
    ck_assert_uint_gt(calls, 2);
    poupa_buffer_free(&text);
}
END_TEST

START_TEST(there_were_faults)
{
    ck_assert_uint_gt(faults, 500);
    printf("Disk: %zu failures of calls of the system\n", faults);
}
END_TEST

int main(void)
{
    if (setenv("CK_FORK", "no", 1) != 0) /* the count is that of one process */
        return EXIT_FAILURE;
    return RUN_SUITE("disk: failing", saving_survives_every_call_that_fails,
                     saving_is_not_disturbed_by_signals_and_short_writes,
                     reading_tells_of_every_call_that_fails,
                     reading_is_not_disturbed_by_signals_and_short_reads,
                     a_stream_that_fails_is_an_error, there_were_faults);
}
