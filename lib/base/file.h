/* file.h - reading whole inputs, and saving files so that the old one survives any failure. */
#ifndef POUPA__BASE_FILE_H
#define POUPA__BASE_FILE_H

#include "poupa/base.h"

/* Returns IO, with what could not be done to which file, and errno's reason. */
poupa_status poupa__file_error(poupa_error *err, const char *doing, const char *path, int number);

/* Opens a file, O_CLOEXEC; -1 and errno where it cannot be. A signal is no reason to give up,
 * here as in all that follows. */
int poupa__open(const char *path, int flags, unsigned mode);

/*
 * Reads all there is into the buffer, which must be empty and initialised. Errors: IO,
 * LIMIT (more than max_size bytes), MEMORY.
 */
poupa_status poupa__read_all(poupa_read_fn read, void *context, size_t max_size,
                             poupa_buffer *out, poupa_error *err);
poupa_status poupa__read_file(const char *path, size_t max_size, poupa_buffer *out,
                              poupa_error *err);

/* A file that is being saved: written beside its destination, then renamed to it. */
typedef struct poupa__saving {
    poupa_allocator allocator;
    char *destination; /* with symbolic links followed */
    char *temporary;
    int descriptor;
    bool created; /* the temporary file */
    int failure;  /* the errno of the first write that failed; 0 for none */
} poupa__saving;

poupa_status poupa__save_begin(poupa__saving *saving, const char *path,
                               const poupa_allocator *allocator, poupa_error *err);
/* A poupa_write_fn whose context is a poupa__saving. */
bool poupa__save_write(void *saving, const char *data, size_t size);
/* Makes the new file durable and puts it in place. */
poupa_status poupa__save_commit(poupa__saving *saving, poupa_error *err);
/* Removes the new file and leaves the old one. */
void poupa__save_abandon(poupa__saving *saving);

#endif
