/*
 * fuzz_decode.c - any bytes as an attendance stream, and jansson as the judge of each line: the
 * same verdict and the same values, on every path, in pieces of any size, in batches and in
 * threads. What was read is written and read again.
 *
 * The first four bytes: the path, and what stands around the text; the size of a piece; what
 * becomes of bad lines, and by which call the text is read; how many threads and how large a
 * batch.
 */
#include "../judge.h"
#include "../text.h"
#include "ndjson/codec.h"
#include "records.h"

/* Of a line; short, for lines that are too long to be found. */
enum { MAX_LINE = 400 };

typedef enum call { WHOLE, PIECES, CALLBACK, BATCHES, CALLS } call;

/* What became of a text. */
typedef struct outcome {
    poupa_status status;
    poupa_error err;
    poupa_attendance *table; /* NULL after a failure, but for batches, which come before it */
    poupa_ndjson_counts counts;
} outcome;

/* -- The calls ----------------------------------------------------------- */

static void read_pieces(const source *from, const poupa_ndjson_options *options, outcome *to)
{
    poupa_decoder *decoder;
    CHECK(poupa_decoder_new(options, &decoder, NULL) == POUPA_OK);
    for (size_t at = 0; at < from->size && to->status == POUPA_OK; at += from->piece) {
        size_t left = from->size - at;
        to->status = poupa_decoder_feed(decoder, from->data + at,
                                        left < from->piece ? left : from->piece, &to->err);
    }
    if (to->status == POUPA_OK)
        to->status = poupa_decoder_finish(decoder, &to->table, &to->err);
    else
        CHECK(poupa_decoder_feed(decoder, "\n", 1, NULL) == to->status);
    to->counts = poupa_decoder_counted(decoder);
    poupa_decoder_free(decoder);
}

static void read_batches(const source *from, const poupa_ndjson_options *options, outcome *to)
{
    poupa_ndjson *stream;
    CHECK(poupa_ndjson_open_data(from->data, from->size, options, &stream, NULL) == POUPA_OK);
    for (;;) {
        poupa_attendance *batch, *merged;
        to->status = poupa_ndjson_next(stream, &batch, &to->err);
        if (batch == NULL)
            break;
        poupa_attendance *const both[] = {to->table, batch};
        CHECK(poupa_attendance_rows(batch) > 0);
        CHECK(poupa_attendance_merge(to->table ? both : both + 1, to->table ? 2 : 1, &merged,
                                     NULL) == POUPA_OK);
        poupa_attendance_release(to->table);
        poupa_attendance_release(batch);
        to->table = merged;
    }
    if (to->status != POUPA_OK) {
        poupa_attendance *none;
        CHECK(poupa_ndjson_next(stream, &none, NULL) == to->status && none == NULL);
    }
    to->counts = poupa_ndjson_counted(stream);
    poupa_ndjson_close(stream);
}

static outcome read_text(source from, call by, const poupa_ndjson_options *options)
{
    outcome to = {.status = POUPA_OK};
    if (by == PIECES)
        read_pieces(&from, options, &to);
    else if (by == BATCHES)
        read_batches(&from, options, &to);
    else if (by == CALLBACK)
        to.status = poupa_ndjson_read_from(give, &from, options, &to.table, &to.counts, &to.err);
    else
        to.status =
            poupa_ndjson_read(from.data, from.size, options, &to.table, &to.counts, &to.err);
    return to;
}

/* -- The text ------------------------------------------------------------ */

/* What the short cuts of the decoder want: lines behind, since the last bytes are never theirs;
 * and lines of many layouts in front, for those that learn none. */
typedef enum around { NOTHING, BEHIND, BOTH, AROUNDS } around;

static text put_around(const input *in, around what)
{
    enum { LAYOUTS = 70, MORE = 20 };
    static const char start[] =
        "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"app\"";
    char line[100];
    text all = {NULL, 0, 0};
    for (int i = 0; what == BOTH && i < LAYOUTS; i++) {
        snprintf(line, sizeof line, "%s,\"x%d\":%d}\n", start, i, i);
        text_put(&all, line);
    }
    text_add(&all, (const char *)in->data, in->size);
    text_put(&all, what == NOTHING ? "" : "\n");
    for (int i = 0; what != NOTHING && i < MORE; i++) {
        snprintf(line, sizeof line, "%s,\"count\":%d}\n", start, i);
        text_put(&all, line);
    }
    char *exact = malloc(all.size); /* for the sanitizers to watch its end */
    CHECK(exact != NULL);
    memcpy(exact, all.data, all.size);
    free(all.data);
    all.data = exact;
    return all;
}

/* -- The judgement ------------------------------------------------------- */

static bool is_blank(const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (data[i] == '\0' || !strchr(" \t\r", data[i]))
            return false;
    }
    return true;
}

static void check_row(const outcome *of, size_t row, const expected *wanted)
{
    poupa_record record;
    CHECK(poupa_attendance_at(of->table, row, &record, NULL) == POUPA_OK);
    CHECK(is_as_expected(&record, wanted));
}

static void check_failure(const outcome *of, size_t line, size_t start, size_t size)
{
    CHECK(of->status == POUPA_ERR_SYNTAX || of->status == POUPA_ERR_INVALID ||
          of->status == POUPA_ERR_LIMIT);
    CHECK(of->err.status == of->status && of->err.line == line && of->err.column > 0);
    CHECK(of->err.offset >= start && of->err.offset <= start + size);
    CHECK(of->err.message[0] && poupa_utf8_valid(of->err.message, strlen(of->err.message)));
}

/* Goes through the text line by line beside what was made of it. */
static void check_outcome(source from, const outcome *of, poupa_on_error policy)
{
    poupa_ndjson_counts counts = {0, 0, 0, 0};
    size_t at = 0, line = 0;
    while (at < from.size && (counts.bad == 0 || policy != POUPA_ON_ERROR_FAIL)) {
        const char *start = from.data + at;
        const char *end = memchr(start, '\n', from.size - at);
        size_t size = end ? (size_t)(end - start) : from.size - at;
        expected wanted;
        line++;
        if (size <= MAX_LINE && is_blank(start, size)) {
            counts.blank++;
        } else if (size <= MAX_LINE && judge(start, size, &wanted)) {
            if (of->table)
                check_row(of, counts.good, &wanted);
            counts.good++;
        } else {
            counts.bad++;
            if (policy == POUPA_ON_ERROR_FAIL)
                check_failure(of, line, at, size);
        }
        at += size + (end != NULL);
    }
    CHECK(counts.good == of->counts.good && counts.blank == of->counts.blank);
    CHECK(counts.bad == of->counts.bad);
    bool failed = policy == POUPA_ON_ERROR_FAIL && counts.bad;
    CHECK(failed || of->status == POUPA_OK);
    CHECK(failed || of->counts.bytes == from.size);
    CHECK(of->table == NULL || poupa_attendance_rows(of->table) == counts.good);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t batches[] = {0, 1, 2, 7};
    input in = {data, size};
    uint8_t how = take_byte(&in), piece = take_byte(&in);
    uint8_t choice = take_byte(&in), amounts = take_byte(&in);
    poupa_ndjson_path path = (poupa_ndjson_path)(how % (POUPA_NDJSON_NEON + 1));
    if (in.size == 0 || !poupa_ndjson_path_available(path) ||
        poupa__codec_find((const char *)in.data, in.size))
        return 0;
    text all = put_around(&in, (around)(how / (POUPA_NDJSON_NEON + 1) % AROUNDS));
    source from = {all.data, all.size, piece < 128 ? piece + 1U : (piece - 127U) * 64};
    size_t quarantined = 0;
    poupa_ndjson_options options = {
        .on_error = (poupa_on_error)(choice % 3),
        .quarantine = count_bytes,
        .quarantine_context = &quarantined,
        .max_line = MAX_LINE,
        .threads = amounts < 224 ? 0 : amounts % 3 + 2, /* starting them takes long */
        .batch_rows = batches[amounts / 4 % 4],
        .path = path};
    outcome found = read_text(from, (call)(choice / 3 % CALLS), &options);
    check_outcome(from, &found, options.on_error);
    CHECK(options.on_error != POUPA_ON_ERROR_QUARANTINE ||
          (quarantined > 0) == (found.counts.bad > 0));
    if (found.table)
        check_records(found.table);
    poupa_attendance_release(found.table);
    text_free(&all);
    return 0;
}
