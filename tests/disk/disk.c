/* disk.c - the calls of the system, in the place of which the linker puts these. */
#define _XOPEN_SOURCE 700
#define _FILE_OFFSET_BITS 64

#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/stat.h>

/* -- Faults --------------------------------------------------------------- */

static struct {
    bool armed;
    disk_fault fault;
    size_t at;
    int error;
    atomic_size_t calls;
    atomic_int open_files;
    const char *_Atomic call;
} disk;

void disk_arm(disk_fault fault, size_t call, int error)
{
    disk.fault = fault;
    disk.at = call;
    disk.error = error;
    disk.calls = 0;
    disk.open_files = 0;
    disk.call = NULL;
    disk.armed = true;
}

bool disk_disarm(void)
{
    disk.armed = false;
    return disk.call != NULL;
}

size_t disk_calls(void)
{
    return disk.calls;
}

const char *disk_call(void)
{
    return disk.call ? disk.call : "no call";
}

int disk_open_files(void)
{
    return disk.open_files;
}

/* Whether a fault is one that a call may have. */
static bool may_have(const char *call, disk_fault fault)
{
    static const char *const interruptible[] = {"open",  "close", "read",
                                                "pread", "write", "fsync"};
    if (fault == SHORT)
        return strcmp(call, "read") == 0 || strcmp(call, "pread") == 0 ||
               strcmp(call, "write") == 0;
    if (fault == TAKES_NONE)
        return strcmp(call, "write") == 0;
    for (size_t i = 0; i < COUNT(interruptible) && fault == INTERRUPTED; i++) {
        if (strcmp(call, interruptible[i]) == 0)
            return true;
    }
    return fault != INTERRUPTED;
}

/* The fault of this call; errno is set where it is to fail. */
static disk_fault strike(const char *call)
{
    if (!disk.armed)
        return NO_FAULT;
    size_t number = ++disk.calls;
    bool struck = disk.fault == FAILING_ON ? number >= disk.at : number == disk.at;
    if (!struck || !may_have(call, disk.fault))
        return NO_FAULT;
    if (disk.call == NULL)
        disk.call = call;
    errno = disk.fault == INTERRUPTED ? EINTR : disk.error;
    if (disk.fault == KILLING && strcmp(call, "write") != 0)
        raise(SIGKILL);
    return disk.fault == FAILING_ON || disk.fault == INTERRUPTED ? FAILING : disk.fault;
}

static int note_open(int descriptor)
{
    disk.open_files += disk.armed && descriptor >= 0;
    return descriptor;
}

/* -- Calls ---------------------------------------------------------------- */

#define CALL(type, name, parameters, arguments)                                                  \
    type __real_##name parameters;                                                               \
    type __wrap_##name parameters;                                                               \
    type __wrap_##name parameters                                                                \
    {                                                                                            \
        return strike(#name) == FAILING ? -1 : __real_##name arguments;                          \
    }

CALL(int, rename, (const char *from, const char *to), (from, to))
CALL(int, unlink, (const char *path), (path))
CALL(off_t, lseek64, (int file, off_t offset, int whence), (file, offset, whence))
CALL(int, fchmod, (int file, mode_t mode), (file, mode))
CALL(int, stat64, (const char *path, struct stat *out), (path, out))
CALL(int, lstat64, (const char *path, struct stat *out), (path, out))
CALL(int, fstat64, (int file, struct stat *out), (file, out))

/* What no fault is to show does not wait for the disk. */
int __real_fsync(int file);
int __wrap_fsync(int file);
int __wrap_fsync(int file)
{
    return strike("fsync") == FAILING ? -1 : disk.armed ? 0 : __real_fsync(file);
}

int __real_dup(int file);
int __wrap_dup(int file);
int __wrap_dup(int file)
{
    return strike("dup") == FAILING ? -1 : note_open(__real_dup(file));
}

int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    unsigned mode = flags & O_CREAT ? va_arg(arguments, unsigned) : 0;
    va_end(arguments);
    return strike("open") == FAILING ? -1 : note_open(__real_open64(path, flags, mode));
}

int __real_close(int file);
int __wrap_close(int file);
int __wrap_close(int file)
{
    disk_fault fault = strike("close");
    int error = errno;
    int result = __real_close(file);
    disk.open_files -= disk.armed;
    errno = error;
    return fault == FAILING ? -1 : result;
}

ssize_t __real_read(int file, void *data, size_t size);
ssize_t __wrap_read(int file, void *data, size_t size);
ssize_t __wrap_read(int file, void *data, size_t size)
{
    disk_fault fault = strike("read");
    return fault == FAILING ? -1 : __real_read(file, data, fault == SHORT && size ? 1 : size);
}

ssize_t __real_pread64(int file, void *data, size_t size, off_t offset);
ssize_t __wrap_pread64(int file, void *data, size_t size, off_t offset);
ssize_t __wrap_pread64(int file, void *data, size_t size, off_t offset)
{
    disk_fault fault = strike("pread");
    return fault == FAILING
               ? -1
               : __real_pread64(file, data, fault == SHORT && size ? 1 : size, offset);
}

ssize_t __real_write(int file, const void *data, size_t size);
ssize_t __wrap_write(int file, const void *data, size_t size);
ssize_t __wrap_write(int file, const void *data, size_t size)
{
    switch (strike("write")) {
    case FAILING:
        return -1;
    case TAKES_NONE:
        return 0;
    case SHORT:
        return __real_write(file, data, size ? 1 : 0);
    case KILLING:
        (void)__real_write(file, data, size / 2);
        raise(SIGKILL);
        return -1;
    default:
        return __real_write(file, data, size);
    }
}

/* -- What is saved -------------------------------------------------------- */

static poupa_status save_bytes(const saved *of, poupa_error *err)
{
    return poupa_file_write(of->path, of->content.data, of->content.size, err);
}

static poupa_status save_pieces(const saved *of, poupa_error *err)
{
    poupa_saving *saving;
    poupa_status status = poupa_saving_new(of->path, NULL, &saving, err);
    if (status != POUPA_OK)
        return status;
    size_t half = of->content.size / 2;
    (void)poupa_saving_write(saving, of->content.data, half);
    (void)poupa_saving_write(saving, of->content.data + half, of->content.size - half);
    status = poupa_saving_commit(saving, err);
    poupa_saving_free(saving);
    return status;
}

static poupa_status save_a_catalogue(const saved *of, poupa_error *err)
{
    return poupa_catalog_write_file(of->catalog, NULL, of->path, err);
}

static poupa_status save_a_table(const saved *of, poupa_error *err)
{
    return poupa_attendance_write_file(of->table, NULL, of->path, err);
}

const save ways_to_save[WAYS_TO_SAVE] = {save_bytes, save_pieces, save_a_catalogue, save_a_table};

/* More than one write of the largest pieces. */
static poupa_attendance *make_table(void)
{
    poupa_builder *builder;
    poupa_attendance *table;
    ASSERT_OK(poupa_builder_new(NULL, &builder, &err));
    poupa_record record = {.period = poupa_period_around(18262, POUPA_PERIOD_DAY),
                           .unit = "poupatempo-itaquera",
                           .service = "procon-sp.reclamacao",
                           .channel = "presencial"};
    for (record.count = 0; record.count < 1500; record.count++)
        ASSERT_OK(poupa_builder_append(builder, &record, &err));
    ASSERT_OK(poupa_builder_finish(builder, &table, &err));
    poupa_builder_free(builder);
    return table;
}

saved make_saved(size_t way, const char *path)
{
    saved of = {.catalog = read_catalog_file(EVERY_MEMBER), .table = make_table()};
    snprintf(of.path, sizeof of.path, "%s", path);
    if (ways_to_save[way] == save_a_catalogue)
        of.content = write_catalog(of.catalog, false);
    else
        ASSERT_OK(poupa_attendance_write(of.table, NULL, &of.content, &err));
    return of;
}

void free_saved(saved *of)
{
    poupa_buffer_free(&of->content);
    poupa_attendance_release(of->table);
    poupa_catalog_release(of->catalog);
}

bool content_is(const char *path, const char *data, size_t size)
{
    poupa_buffer found = read_fixture(path);
    bool same = found.size == size && memcmp(found.data, data, size) == 0;
    poupa_buffer_free(&found);
    return same;
}
