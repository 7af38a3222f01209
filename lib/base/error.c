/* error.c - statuses and errors. */
#include "error.h"

#include <stdio.h>
#include <string.h>

#include "text.h"

const char *poupa_version(void)
{
    return POUPA_VERSION;
}

const char *poupa_status_name(poupa_status status)
{
    switch (status) {
    case POUPA_OK:
        return "ok";
    case POUPA_ERR_ARGUMENT:
        return "argument";
    case POUPA_ERR_MEMORY:
        return "memory";
    case POUPA_ERR_IO:
        return "io";
    case POUPA_ERR_SYNTAX:
        return "syntax";
    case POUPA_ERR_INVALID:
        return "invalid";
    case POUPA_ERR_LIMIT:
        return "limit";
    case POUPA_ERR_NOT_FOUND:
        return "not_found";
    case POUPA_ERR_EXISTS:
        return "exists";
    case POUPA_ERR_IN_USE:
        return "in_use";
    case POUPA_ERR_CANCELLED:
        return "cancelled";
    }
    return "unknown";
}

/* Where to cut text of `size` bytes, of which `room` fit, so that no character is split. */
static size_t cut_between_characters(const char *text, size_t size, size_t room)
{
    if (size <= room)
        return size;
    while (room > 0 && ((unsigned char)text[room] & 0xC0) == 0x80)
        room--;
    return room;
}

size_t poupa__format(char *out, size_t capacity, const char *format, va_list arguments)
{
    int length = vsnprintf(out, capacity, format, arguments);
    if (length < 0) {
        out[0] = '\0';
        return 0;
    }
    size_t size = (size_t)length;
    if (size >= capacity) {
        /* The byte that would follow is gone: a lead byte tells how long its character is. */
        size = capacity - 1;
        size_t start = size;
        while (start > 0 && ((unsigned char)out[start - 1] & 0xC0) == 0x80)
            start--;
        unsigned char lead = start > 0 ? (unsigned char)out[start - 1] : 0;
        size_t needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        if (start > 0 && size - (start - 1) < needed)
            size = start - 1;
        out[size] = '\0';
    }
    return size;
}

void poupa__error_text(char *out, size_t capacity, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    poupa__format(out, capacity, format, arguments);
    va_end(arguments);
}

const char *poupa__shown(const char *data, size_t size, char out[POUPA__SHOWN_SIZE])
{
    size_t kept = cut_between_characters(data, size, 64);
    for (size_t at = 0; at < kept;) {
        size_t good = poupa__utf8_span(data + at, kept - at);
        memcpy(out + at, data + at, good);
        at += good;
        if (at < kept)
            out[at++] = '?';
    }
    for (size_t i = 0; i < kept; i++) {
        if ((unsigned char)out[i] < 0x20 || out[i] == 0x7F)
            out[i] = '?';
    }
    memcpy(out + kept, kept < size ? "..." : "", kept < size ? 4 : 1);
    return out;
}

poupa_status poupa__error(poupa_error *err, poupa_status status, const char *format, ...)
{
    if (err == NULL)
        return status;
    memset(err, 0, sizeof *err);
    err->status = status;
    va_list arguments;
    va_start(arguments, format);
    poupa__format(err->message, sizeof err->message, format, arguments);
    va_end(arguments);
    return status;
}

poupa_status poupa__error_memory(poupa_error *err)
{
    return poupa__error(err, POUPA_ERR_MEMORY, "out of memory");
}

poupa_status poupa__error_cancelled(poupa_error *err)
{
    return poupa__error(err, POUPA_ERR_CANCELLED, "the reading was cancelled");
}

void poupa__error_rule(poupa_error *err, const char *code, const char *path)
{
    if (err == NULL)
        return;
    memcpy(err->code, code, cut_between_characters(code, strlen(code), sizeof err->code - 1));
    size_t size = cut_between_characters(path, strlen(path), sizeof err->path - 1);
    memcpy(err->path, path, size);
}
