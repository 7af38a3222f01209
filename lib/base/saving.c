/* saving.c - saving files piece by piece, for callers of the library. */
#include <string.h>

#include "error.h"
#include "file.h"
#include "memory.h"

enum { SAVED_PIECE = 1 << 16 };

/* Small pieces are gathered: each would else be a call of the system. */
struct poupa_saving {
    poupa_allocator allocator;
    poupa__saving file;
    bool open;
    size_t size;
    char pending[SAVED_PIECE];
};

poupa_status poupa_saving_new(const char *path, const poupa_allocator *allocator,
                              poupa_saving **out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    POUPA__REQUIRE(path, err);
    poupa_allocator chosen = poupa__allocator(allocator);
    poupa_saving *saving = (poupa_saving *)poupa__allocate(&chosen, sizeof *saving);
    if (saving == NULL)
        return poupa__error_memory(err);
    poupa_status status = poupa__save_begin(&saving->file, path, &chosen, err);
    if (status != POUPA_OK) {
        poupa__release(&chosen, saving, sizeof *saving);
        return status;
    }
    saving->allocator = chosen;
    saving->open = true;
    saving->size = 0;
    *out = saving;
    return POUPA_OK;
}

static bool flush_room(poupa_saving *saving)
{
    size_t size = saving->size;
    saving->size = 0;
    return saving->file.failure == 0 && poupa__save_write(&saving->file, saving->pending, size);
}

bool poupa_saving_write(void *saving, const char *data, size_t size)
{
    poupa_saving *self = (poupa_saving *)saving;
    if (self == NULL || !self->open || (data == NULL && size))
        return false;
    if (size > sizeof self->pending - self->size && !flush_room(self))
        return false;
    if (size > sizeof self->pending)
        return poupa__save_write(&self->file, data, size);
    if (size)
        memcpy(self->pending + self->size, data, size);
    self->size += size;
    return self->file.failure == 0;
}

poupa_status poupa_saving_commit(poupa_saving *saving, poupa_error *err)
{
    POUPA__REQUIRE(saving, err);
    if (!saving->open)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "the file was saved already");
    flush_room(saving); /* a failure comes out of what follows */
    saving->open = false;
    return poupa__save_commit(&saving->file, err);
}

void poupa_saving_free(poupa_saving *saving)
{
    if (saving == NULL)
        return;
    if (saving->open)
        poupa__save_abandon(&saving->file);
    poupa_allocator allocator = saving->allocator;
    poupa__release(&allocator, saving, sizeof *saving);
}
