/* input.c - where the bytes of a text come from. */
#define _XOPEN_SOURCE 700
#define _FILE_OFFSET_BITS 64

#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { PACKED = 1 << 17 };

/* -- Failures ------------------------------------------------------------ */

poupa_status poupa__input_error(const poupa__input *input, poupa_error *err)
{
    if (err)
        *err = input->failure;
    return input->failure.status;
}

static bool is_standard(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* What messages call an input. */
static const char *name_of(const poupa__input *input)
{
    if (input->path == NULL)
        return "the input";
    return is_standard(input->path) ? "the standard input" : input->path;
}

/* -- Stored bytes -------------------------------------------------------- */

/* Waits until there is something to read, or an end; a read then tells which. */
static bool wait_for_bytes(poupa__input *input)
{
    struct pollfd waited = {.fd = input->descriptor, .events = POLLIN};
    int ready = input->waits ? 0 : 1;
    while (ready == 0) {
        ready = poll(&waited, 1, POUPA__PATIENCE_TIME);
        if (ready < 0 && errno == EINTR)
            ready = 0;
        if (ready == 0 && !input->patience.go_on(input->patience.context)) {
            poupa__error_cancelled(&input->failure);
            return false;
        }
    }
    return true;
}

static ptrdiff_t read_patiently(void *context, char *buffer, size_t capacity)
{
    poupa__input *input = (poupa__input *)context;
    size_t most = capacity < SSIZE_MAX ? capacity : SSIZE_MAX;
    ssize_t got;
    do {
        if (!wait_for_bytes(input))
            return -1;
        got = read(input->descriptor, buffer, most);
    } while (got < 0 && (errno == EINTR || (errno == EAGAIN && input->waits)));
    if (got < 0)
        poupa__file_error(&input->failure, "read", name_of(input), errno);
    if (got == 0 && input->at < input->known_size) {
        poupa__error(&input->failure, POUPA_ERR_IO,
                     "%s shrank from %llu to %llu bytes while it was read", name_of(input),
                     (unsigned long long)input->known_size, (unsigned long long)input->at);
        return -1;
    }
    return got;
}

/* Stored bytes as far as the range goes: to the end of the line that holds the byte before
 * its last. */
static ptrdiff_t read_stored(poupa__input *input, char *buffer, size_t capacity)
{
    if (input->head_at < input->head_size) {
        size_t some = input->head_size - input->head_at;
        some = some < capacity ? some : capacity;
        memcpy(buffer, input->head + input->head_at, some);
        input->head_at += some;
        return (ptrdiff_t)some;
    }
    if (input->last == 0)
        return 0;
    ptrdiff_t got = input->read(input->context, buffer, capacity);
    if (got < 0 || (size_t)got > capacity) {
        if (input->failure.status == POUPA_OK)
            poupa__error(&input->failure, POUPA_ERR_IO, "the input could not be read");
        return -1;
    }
    uint64_t start = input->at;
    input->at += (uint64_t)got;
    if (input->at < input->last)
        return got;
    size_t from = start < input->last - 1 ? (size_t)(input->last - 1 - start) : 0;
    const char *end = (const char *)memchr(buffer + from, '\n', (size_t)got - from);
    if (end) {
        input->last = 0;
        return end + 1 - buffer;
    }
    return got;
}

/* -- Decompression ------------------------------------------------------- */

static ptrdiff_t fail_packed(poupa__input *input, const char *why)
{
    poupa__error(&input->failure, POUPA_ERR_IO, "the %s data of %s %s", input->codec->name,
                 name_of(input), why);
    return -1;
}

static ptrdiff_t fail_step(poupa__input *input, ptrdiff_t fault)
{
    if (fault == POUPA__PACKED_TOO_WIDE)
        return fail_packed(input, "has a window of more than 128 MiB");
    if (fault == POUPA__PACKED_DAMAGED)
        return fail_packed(input, "is damaged");
    poupa__error_memory(&input->failure);
    return -1;
}

static ptrdiff_t read_packed(poupa__input *input, char *buffer, size_t capacity)
{
    for (;;) {
        bool fresh = input->packed_size == 0;
        if (fresh) {
            ptrdiff_t got = read_stored(input, input->packed, PACKED);
            if (got < 0)
                return -1;
            input->packed_at = input->packed;
            input->packed_size = (size_t)got;
        }
        bool ended = fresh && input->packed_size == 0;
        ptrdiff_t done =
            input->codec->step(input->codec_state, &input->packed_at, &input->packed_size, buffer,
                               capacity, &input->codec_complete);
        if (done < 0)
            return fail_step(input, done);
        if (done > 0)
            return done;
        if (ended)
            return input->codec_complete ? 0 : fail_packed(input, "is cut off");
    }
}

ptrdiff_t poupa__input_read(poupa__input *input, char *buffer, size_t capacity)
{
    return input->codec ? read_packed(input, buffer, capacity)
                        : read_stored(input, buffer, capacity);
}

/* -- Life ---------------------------------------------------------------- */

/* Reads the first bytes and prepares for the compression that they tell. */
static poupa_status begin_input(poupa__input *input, poupa_error *err)
{
    while (input->head_size < sizeof input->head) {
        char *room = input->head + input->head_size;
        input->head_at = input->head_size;
        ptrdiff_t got = read_stored(input, room, sizeof input->head - input->head_size);
        if (got < 0)
            return poupa__input_error(input, err);
        if (got == 0)
            break;
        input->head_size += (size_t)got;
    }
    input->head_at = 0;
    const poupa__codec *codec = poupa__codec_find(input->head, input->head_size);
    if (codec == NULL)
        return POUPA_OK;
    if (codec->open == NULL)
        return poupa__error(err, POUPA_ERR_IO,
                            "%s is compressed with %s, "
                            "which this build of the library cannot read",
                            name_of(input), codec->name);
    input->packed = (char *)poupa__allocate(&input->allocator, PACKED);
    input->codec_state = input->packed ? codec->open(&input->allocator) : NULL;
    if (input->codec_state == NULL)
        return poupa__error_memory(err);
    input->codec = codec;
    return POUPA_OK;
}

static poupa_status open_path(poupa__input *input, const char *path,
                              const poupa_allocator *allocator, poupa_error *err)
{
    *input = (poupa__input){
        .allocator = *allocator,
        .read = read_patiently,
        .context = input,
        .descriptor = -1,
        .last = UINT64_MAX,
    };
    size_t size = strlen(path) + 1;
    bool standard = is_standard(path);
    input->path = (char *)poupa__allocate(allocator, size);
    if (input->path == NULL)
        return poupa__error_memory(err);
    memcpy(input->path, path, size);
    /* A pipe that nobody writes to yet is waited for like one that gives nothing yet. */
    input->descriptor =
        standard ? dup(STDIN_FILENO) : poupa__open(path, O_RDONLY | O_NONBLOCK, 0);
    struct stat about;
    if (input->descriptor < 0 || fstat(input->descriptor, &about) != 0)
        return poupa__file_error(err, "open", name_of(input), errno);
    if (S_ISDIR(about.st_mode))
        return poupa__file_error(err, "read", name_of(input), EISDIR);
    input->waits = !S_ISREG(about.st_mode);
    if (!input->waits && !standard)
        input->known_size = (uint64_t)about.st_size;
    return POUPA_OK;
}

poupa_status poupa__input_open_file(poupa__input *input, const char *path,
                                    poupa__patience patience, const poupa_allocator *allocator,
                                    poupa_error *err)
{
    poupa_status status = open_path(input, path, allocator, err);
    input->patience = patience;
    if (status == POUPA_OK)
        status = begin_input(input, err);
    if (status != POUPA_OK)
        poupa__input_close(input);
    return status;
}

/* The first bytes of a file, as many as there are up to `size`; -1 and errno on failure. */
static ssize_t read_head(int descriptor, char *out, size_t size)
{
    size_t total = 0;
    ssize_t got = 1;
    while (total < size && got != 0) {
        got = pread(descriptor, out + total, size - total, (off_t)total);
        if (got < 0 && errno != EINTR)
            return -1;
        total += got > 0 ? (size_t)got : 0;
    }
    return (ssize_t)total;
}

static poupa_status seek(poupa__input *input, uint64_t first, uint64_t last, poupa_error *err)
{
    /* The standard input may be a regular file, but its offset belongs to others, too. */
    if (input->waits || is_standard(input->path))
        return poupa__error(err, POUPA_ERR_ARGUMENT,
                            "ranges are of regular files with a name, not of %s", name_of(input));
    char head[POUPA__MAGIC_MOST];
    ssize_t got = read_head(input->descriptor, head, sizeof head);
    if (got < 0)
        return poupa__file_error(err, "read", input->path, errno);
    if (poupa__codec_find(head, (size_t)got))
        return poupa__error(err, POUPA_ERR_ARGUMENT, "%s is compressed: it has no ranges",
                            input->path);
    if (first > last)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "the range ends before it begins");
    /* The byte before the range tells whether a line begins with it. */
    input->skip_line = first > 0;
    input->first = input->at = input->skip_line ? first - 1 : 0;
    input->last = first < last ? last : 0;
    if (first >= input->known_size)
        input->last = 0;
    else if (lseek(input->descriptor, (off_t)input->first, SEEK_SET) < 0)
        return poupa__file_error(err, "read", input->path, errno);
    return POUPA_OK;
}

poupa_status poupa__input_open_range(poupa__input *input, const char *path, uint64_t first,
                                     uint64_t last, const poupa_allocator *allocator,
                                     poupa_error *err)
{
    poupa_status status = open_path(input, path, allocator, err);
    if (status == POUPA_OK)
        status = seek(input, first, last, err);
    if (status != POUPA_OK)
        poupa__input_close(input);
    return status;
}

poupa_status poupa__input_open_from(poupa__input *input, poupa_read_fn read, void *context,
                                    const poupa_allocator *allocator, poupa_error *err)
{
    *input = (poupa__input){
        .allocator = *allocator,
        .read = read,
        .context = context,
        .descriptor = -1,
        .last = UINT64_MAX,
    };
    poupa_status status = begin_input(input, err);
    if (status != POUPA_OK)
        poupa__input_close(input);
    return status;
}

void poupa__input_close(poupa__input *input)
{
    if (input->codec)
        input->codec->close(input->codec_state);
    if (input->descriptor >= 0)
        close(input->descriptor);
    poupa__release(&input->allocator, input->packed, PACKED);
    if (input->path)
        poupa__release(&input->allocator, input->path, strlen(input->path) + 1);
    *input = (poupa__input){.descriptor = -1};
}
