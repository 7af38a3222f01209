/*
 * fuzz_packed.c - any bytes as what a file of gzip or zstd holds: packed in several frames, they
 * are the lines that they are unpacked; as they stand, behind the mark of either, they come to
 * the same in pieces of any size.
 *
 * The first three bytes: gzip or zstd, and whether the bytes are to be packed; the size of a
 * piece; where the frames meet.
 */
#include <zlib.h>
#include <zstd.h>

#include "ndjson/codec.h"
#include "records.h"

enum { ROOM = 1 << 16 };

static size_t pack_gzip(const uint8_t *data, size_t size, uint8_t *out, size_t room)
{
    z_stream stream = {.next_in = (z_const Bytef *)(uintptr_t)data, .avail_in = (uInt)size};
    CHECK(deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    deflateEnd(&stream);
    return room - stream.avail_out;
}

static size_t pack(bool zstd, const uint8_t *data, size_t size, uint8_t *out, size_t room)
{
    size_t packed =
        zstd ? ZSTD_compress(out, room, data, size, 1) : pack_gzip(data, size, out, room);
    CHECK(!zstd || !ZSTD_isError(packed));
    return packed;
}

/* Reads in pieces, and compares with what became of the whole. */
static void check_pieces(source from, const poupa_ndjson_options *options, poupa_status status,
                         const poupa_attendance *table, const poupa_ndjson_counts *counts)
{
    poupa_attendance *found;
    poupa_ndjson_counts counted;
    poupa_error err;
    CHECK(poupa_ndjson_read_from(give, &from, options, &found, &counted, &err) == status);
    CHECK(poupa_attendance_equal(found, table));
    CHECK(status != POUPA_OK || memcmp(&counted, counts, sizeof counted) == 0);
    CHECK(status == POUPA_OK || err.message[0]);
    poupa_attendance_release(found);
}

static void check(source from, const input *plain, const poupa_ndjson_options *options)
{
    poupa_attendance *table, *whole;
    poupa_ndjson_counts counts, counted;
    poupa_status status =
        poupa_ndjson_read((const char *)from.data, from.size, options, &table, &counts, NULL);
    CHECK((table != NULL) == (status == POUPA_OK));
    check_pieces(from, options, status, table, &counts);
    if (plain) {
        CHECK(status == POUPA_OK);
        CHECK(poupa_ndjson_read((const char *)plain->data, plain->size, options, &whole, &counted,
                                NULL) == POUPA_OK);
        CHECK(poupa_attendance_equal(table, whole));
        CHECK(memcmp(&counted, &counts, sizeof counted) == 0);
        poupa_attendance_release(whole);
    }
    poupa_attendance_release(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t packed[ROOM];
    static const uint8_t marks[2][4] = {{0x1F, 0x8B}, {0x28, 0xB5, 0x2F, 0xFD}};
    input in = {data, size};
    uint8_t choice = take_byte(&in);
    bool zstd = choice % 2, honest = choice / 2 % 2;
    size_t piece = 1 + (size_t)take_byte(&in), seam = take_byte(&in), held;
    if (in.size == 0 || in.size > ROOM / 4)
        return 0;
    if (honest && poupa__codec_find((const char *)in.data, in.size))
        return 0; /* which would be unpacked once when packed, and once when not */
    if (honest) {
        seam = seam < in.size ? seam : in.size;
        held = pack(zstd, in.data, seam, packed, ROOM);
        held += pack(zstd, in.data + seam, in.size - seam, packed + held, ROOM - held);
    } else {
        held = zstd ? 4 : 2;
        memcpy(packed, marks[zstd], held);
        memcpy(packed + held, in.data, in.size);
        held += in.size;
    }
    poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_SKIP, .max_line = 300};
    uint8_t *exact = malloc(held); /* for the sanitizers to watch its end */
    CHECK(exact != NULL);
    memcpy(exact, packed, held);
    check((source){(const char *)exact, held, piece}, honest ? &in : NULL, &options);
    free(exact);
    return 0;
}
