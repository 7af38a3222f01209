/* error.h - filling in a poupa_error. */
#ifndef POUPA__BASE_ERROR_H
#define POUPA__BASE_ERROR_H

#include <stdarg.h>

#include "poupa/base.h"

#if defined(__GNUC__)
#define POUPA__PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define POUPA__PRINTF(text, first)
#endif

/* Clears *err, sets status and message, and returns the status. err may be NULL. */
poupa_status poupa__error(poupa_error *err, poupa_status status, const char *format, ...)
    POUPA__PRINTF(3, 4);

/* The same with POUPA_ERR_MEMORY and its usual message. */
poupa_status poupa__error_memory(poupa_error *err);

/* The same with POUPA_ERR_CANCELLED, for what a progress function did not want to go on. */
poupa_status poupa__error_cancelled(poupa_error *err);

/* Adds a rule's code and a JSON pointer to an error. err may be NULL. */
void poupa__error_rule(poupa_error *err, const char *code, const char *path);

/* vsnprintf that cuts between UTF-8 characters; returns the length of what was kept. */
size_t poupa__format(char *out, size_t capacity, const char *format, va_list arguments)
    POUPA__PRINTF(3, 0);

/* snprintf with the same manners. */
void poupa__error_text(char *out, size_t capacity, const char *format, ...) POUPA__PRINTF(3, 4);

/* Foreign text as it can be shown inside a message: at most 64 bytes and "...", with "?"
 * for control characters and for what is not UTF-8. Returns out. */
#define POUPA__SHOWN_SIZE 72
const char *poupa__shown(const char *data, size_t size, char out[POUPA__SHOWN_SIZE]);

/* Returns ARGUMENT, with a message, from the calling function if `pointer` is NULL. */
#define POUPA__REQUIRE(pointer, err)                                                             \
    do {                                                                                         \
        if ((pointer) == NULL)                                                                   \
            return poupa__error(err, POUPA_ERR_ARGUMENT, "%s: " #pointer " is NULL", __func__);  \
    } while (0)

#endif
