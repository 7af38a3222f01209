/* file.c - reading whole inputs, and saving files so that the old one survives any failure. */
#define _XOPEN_SOURCE 700
#define _FILE_OFFSET_BITS 64

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "hash.h"
#include "memory.h"
#include "text.h"

/* -- Reading ------------------------------------------------------------- */

enum { READ_PIECE = 1 << 16 };

int poupa__open(const char *path, int flags, unsigned mode)
{
    int descriptor;
    do {
        descriptor = open(path, flags | O_CLOEXEC, (mode_t)mode);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

poupa_status poupa__file_error(poupa_error *err, const char *doing, const char *path, int number)
{
    /* In English, whatever the locale. strerror_r is another function where C++ includes it. */
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0)
        return poupa__error(err, POUPA_ERR_IO, "cannot %s %s: error %d", doing, path, number);
    poupa__error(err, POUPA_ERR_IO, "cannot %s %s: %s", doing, path, strerror_l(number, plain));
    freelocale(plain);
    return POUPA_ERR_IO;
}

poupa_status poupa__read_all(poupa_read_fn read, void *context, size_t max_size,
                             poupa_buffer *out, poupa_error *err)
{
    for (;;) {
        if (!poupa__buffer_reserve(out, READ_PIECE))
            return poupa__error_memory(err);
        size_t room = out->capacity - out->size - 1;
        ptrdiff_t got = read(context, out->data + out->size, room);
        if (got < 0 || (size_t)got > room)
            return poupa__error(err, POUPA_ERR_IO, "the input could not be read");
        out->size += (size_t)got;
        out->data[out->size] = '\0';
        if (out->size > max_size)
            return poupa__error(err, POUPA_ERR_LIMIT, "the input is larger than %zu bytes",
                                max_size);
        if (got == 0)
            return POUPA_OK;
    }
}

static ptrdiff_t read_descriptor(void *context, char *buffer, size_t capacity)
{
    size_t most = capacity < SSIZE_MAX ? capacity : SSIZE_MAX;
    ssize_t got;
    do {
        got = read(*(int *)context, buffer, most);
    } while (got < 0 && errno == EINTR);
    return got;
}

poupa_status poupa__read_file(const char *path, size_t max_size, poupa_buffer *out,
                              poupa_error *err)
{
    int descriptor = poupa__open(path, O_RDONLY, 0);
    if (descriptor < 0)
        return poupa__file_error(err, "open", path, errno);
    struct stat about;
    poupa_status status = POUPA_OK;
    if (fstat(descriptor, &about) != 0)
        status = poupa__file_error(err, "read", path, errno);
    else if (S_ISDIR(about.st_mode))
        status = poupa__file_error(err, "read", path, EISDIR);
    else if (S_ISREG(about.st_mode) && (uintmax_t)about.st_size > max_size)
        status =
            poupa__error(err, POUPA_ERR_LIMIT, "%s is larger than %zu bytes", path, max_size);
    else if (S_ISREG(about.st_mode) &&
             !poupa__buffer_reserve(out, (size_t)about.st_size + READ_PIECE))
        status = poupa__error_memory(err);
    if (status == POUPA_OK) {
        errno = 0;
        status = poupa__read_all(read_descriptor, &descriptor, max_size, out, err);
        if (status == POUPA_ERR_IO)
            status = poupa__file_error(err, "read", path, errno);
    }
    close(descriptor);
    return status;
}

#define TEMPORARY_NAME ".poupa-0123456789abcdef.tmp"

/* -- Saving -------------------------------------------------------------- */

static char *duplicate(const poupa_allocator *allocator, const char *text)
{
    char *copy = (char *)poupa__allocate(allocator, strlen(text) + 1);
    return copy ? strcpy(copy, text) : NULL;
}

static void release_text(const poupa_allocator *allocator, char *text)
{
    if (text)
        poupa__release(allocator, text, strlen(text) + 1);
}

/* The path behind symbolic links; a path that does not exist yet stands for itself. */
static poupa_status resolve(poupa__saving *saving, const char *path, poupa_error *err)
{
    char room[PATH_MAX];
    const char *real = realpath(path, room);
    if (real == NULL && errno != ENOENT)
        return poupa__file_error(err, "save", path, errno);
    struct stat about;
    if (real == NULL && lstat(path, &about) == 0)
        return poupa__file_error(err, "follow the link", path, ENOENT);
    saving->destination = duplicate(&saving->allocator, real ? real : path);
    return saving->destination ? POUPA_OK : poupa__error_memory(err);
}

/* Opens a file that is not there yet, beside the destination. */
static void open_new(poupa__saving *saving, size_t size, mode_t mode)
{
    for (int attempt = 0; attempt < 100; attempt++) {
        poupa__hash_key random = poupa__hash_key_random();
        const char *slash = strrchr(saving->destination, '/');
        int folder = slash ? (int)(slash + 1 - saving->destination) : 0;
        poupa__error_text(saving->temporary, size, "%.*s.poupa-%016llx.tmp", folder,
                          saving->destination, (unsigned long long)random.k0);
        saving->descriptor = poupa__open(saving->temporary, O_WRONLY | O_CREAT | O_EXCL, mode);
        saving->created = saving->descriptor >= 0;
        if (saving->created || errno != EEXIST)
            return;
    }
}

/* Creates the temporary file, which nobody may read who may not read the old one. */
static poupa_status create(poupa__saving *saving, const char *path, poupa_error *err)
{
    struct stat about;
    bool exists = stat(saving->destination, &about) == 0;
    if (exists && !S_ISREG(about.st_mode))
        return poupa__error(err, POUPA_ERR_IO, "cannot save %s: not a regular file", path);
    size_t size = strlen(saving->destination) + sizeof TEMPORARY_NAME;
    saving->temporary = (char *)poupa__allocate_zeroed(&saving->allocator, size);
    if (saving->temporary == NULL)
        return poupa__error_memory(err);
    open_new(saving, size, exists ? 0600 : 0666);
    if (saving->descriptor < 0)
        return poupa__file_error(err, "create a file beside", path, errno);
    if (exists && fchmod(saving->descriptor, about.st_mode & 07777) != 0)
        return poupa__file_error(err, "keep the mode of", path, errno);
    return POUPA_OK;
}

poupa_status poupa__save_begin(poupa__saving *saving, const char *path,
                               const poupa_allocator *allocator, poupa_error *err)
{
    *saving = (poupa__saving){.allocator = poupa__allocator(allocator), .descriptor = -1};
    poupa_status status = resolve(saving, path, err);
    if (status == POUPA_OK)
        status = create(saving, path, err);
    if (status != POUPA_OK)
        poupa__save_abandon(saving);
    return status;
}

bool poupa__save_write(void *context, const char *data, size_t size)
{
    poupa__saving *saving = (poupa__saving *)context;
    while (size) {
        ssize_t done = write(saving->descriptor, data, size < SSIZE_MAX ? size : SSIZE_MAX);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0) { /* nothing written, without a reason, would be so for ever */
            saving->failure = done < 0 ? errno : ENOSPC;
            return false;
        }
        data += done;
        size -= (size_t)done;
    }
    return true;
}

static void release_saving(poupa__saving *saving)
{
    size_t room = saving->destination ? strlen(saving->destination) + sizeof TEMPORARY_NAME : 0;
    poupa__release(&saving->allocator, saving->temporary, room);
    release_text(&saving->allocator, saving->destination);
    saving->temporary = saving->destination = NULL;
}

void poupa__save_abandon(poupa__saving *saving)
{
    if (saving->descriptor >= 0)
        close(saving->descriptor);
    if (saving->created)
        unlink(saving->temporary);
    saving->descriptor = -1;
    release_saving(saving);
}

/* Makes the content durable; returns what went wrong. Some file systems tell only at the
 * close, which a signal does not undo. */
static int finish_saving(poupa__saving *saving)
{
    int result;
    do {
        result = fsync(saving->descriptor);
    } while (result != 0 && errno == EINTR);
    int failure = result ? errno : 0;
    result = close(saving->descriptor);
    saving->descriptor = -1;
    return !failure && result != 0 && errno != EINTR ? errno : failure;
}

/* Makes the renaming durable. Some file systems cannot sync a directory; the file itself
 * is synced, so that is no failure. */
static void sync_directory(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash)
        slash[slash == path] = '\0';
    int directory = poupa__open(slash ? path : ".", O_RDONLY | O_DIRECTORY, 0);
    if (directory >= 0) {
        (void)fsync(directory);
        close(directory);
    }
}

poupa_status poupa__save_commit(poupa__saving *saving, poupa_error *err)
{
    int failure = saving->failure ? saving->failure : finish_saving(saving);
    if (!failure && rename(saving->temporary, saving->destination) != 0)
        failure = errno;
    if (failure) {
        poupa__file_error(err, "write", saving->destination, failure);
        poupa__save_abandon(saving);
        return POUPA_ERR_IO;
    }
    sync_directory(saving->temporary);
    release_saving(saving);
    return POUPA_OK;
}

poupa_status poupa_file_write(const char *path, const char *data, size_t size, poupa_error *err)
{
    POUPA__REQUIRE(path, err);
    if (size)
        POUPA__REQUIRE(data, err);
    poupa__saving saving;
    poupa_status status = poupa__save_begin(&saving, path, NULL, err);
    if (status != POUPA_OK)
        return status;
    (void)poupa__save_write(&saving, data, size); /* the commit says whether it failed */
    return poupa__save_commit(&saving, err);
}
