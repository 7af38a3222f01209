/*
 * base.h - the ground: version, status and error, memory, text, dates, periods.
 *
 * Conventions that every public header keeps:
 *   - An out-parameter `**out` is the caller's to free; a returned `const T *` is
 *     borrowed and lives as long as the object it came from; an argument is copied
 *     before the call returns.
 *   - A function that can fail returns a poupa_status. The poupa_error is the
 *     caller's, may be NULL, and is written only when the call fails. A call that
 *     fails leaves every object as it was.
 *   - Text goes out as UTF-8, NUL-terminated, never NULL. Where text is absent it
 *     reads as "".
 *   - Nothing here prints, exits, sets errno as a result, depends on the locale,
 *     keeps a mutable global, or starts a thread.
 */
#ifndef POUPA_BASE_H
#define POUPA_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* -- Version ------------------------------------------------------------- */

/** The version of this header; semantic versioning. */
#define POUPA_VERSION "0.1.0"

#ifndef POUPA_API
#if defined(__GNUC__)
#define POUPA_API __attribute__((visibility("default")))
#else
#define POUPA_API
#endif
#endif

/** The version of the library in use, which may differ from POUPA_VERSION. */
POUPA_API const char *poupa_version(void);

/* -- Status and error ---------------------------------------------------- */

/** What became of a call. Values are fixed; new ones are only appended. */
typedef enum poupa_status {
    POUPA_OK = 0,
    POUPA_ERR_ARGUMENT = 1,  /**< a NULL, an index or an option that cannot be */
    POUPA_ERR_MEMORY = 2,    /**< the allocator returned NULL */
    POUPA_ERR_IO = 3,        /**< a file or a callback failed */
    POUPA_ERR_SYNTAX = 4,    /**< not the strict JSON that the format asks for */
    POUPA_ERR_INVALID = 5,   /**< well-formed, but breaks a rule of the model */
    POUPA_ERR_LIMIT = 6,     /**< larger or deeper than the options allow */
    POUPA_ERR_NOT_FOUND = 7, /**< no entity has that id */
    POUPA_ERR_EXISTS = 8,    /**< an entity with that id is there already */
    POUPA_ERR_IN_USE = 9,    /**< another entity still refers to this one */
    POUPA_ERR_CANCELLED = 10 /**< the caller's progress function ended it */
} poupa_status;

/** The name of a status as a word, "invalid" say; "unknown" for any other value. */
POUPA_API const char *poupa_status_name(poupa_status status);

/**
 * Why a call failed, and where. The caller owns it, usually on the stack; no part
 * of it is allocated. Texts that do not fit are cut between characters.
 */
typedef struct poupa_error {
    poupa_status status;
    char code[8];      /**< the rule that was broken, "E2005", or "" where none was */
    char message[512]; /**< what was expected and what was found, in English */
    char path[320];    /**< JSON pointer (RFC 6901) to the value; "" is the document */
    size_t line;       /**< 1-based; 0 where there is no text; SIZE_MAX where it is more */
    size_t column;     /**< 1-based, in characters (code points); 0 likewise */
    size_t offset;     /**< in bytes from the start of the text; SIZE_MAX where it is more */
} poupa_error;

/* -- Memory -------------------------------------------------------------- */

/**
 * Where an object takes its memory from. Every function gets `context`; `size` of
 * reallocate and release is the size that was asked for. allocate and reallocate
 * return NULL when there is no memory; blocks are aligned like malloc's. An
 * allocator must outlive the objects made with it, and must be safe to call from
 * the threads that use them. Where an options struct or a function takes a pointer
 * to an allocator, NULL means malloc, realloc and free.
 *
 * jansson, whose values documents are read into, allocates with its own functions (see
 * json_set_alloc_funcs there); they never outlive the call that reads them.
 */
typedef struct poupa_allocator {
    void *(*allocate)(void *context, size_t size);
    void *(*reallocate)(void *context, void *block, size_t old_size, size_t size);
    void (*release)(void *context, void *block, size_t size);
    void *context;
} poupa_allocator;

/** A byte buffer that the library filled; the caller frees it. data is NUL-terminated. */
typedef struct poupa_buffer {
    char *data;
    size_t size;     /**< bytes, without the terminating NUL */
    size_t capacity; /**< bytes allocated */
    poupa_allocator allocator;
} poupa_buffer;

/** Frees the data and leaves an empty buffer. NULL and an empty buffer are fine. */
POUPA_API void poupa_buffer_free(poupa_buffer *buffer);

/* -- Input and output ---------------------------------------------------- */

/**
 * Takes `size` bytes of output. Returns true when all were taken; false stops the
 * writer, which then returns POUPA_ERR_IO.
 */
typedef bool (*poupa_write_fn)(void *context, const char *data, size_t size);

/**
 * Gives up to `capacity` bytes of input. Returns how many, 0 at the end, and -1 on
 * failure, which makes the reader return POUPA_ERR_IO.
 */
typedef ptrdiff_t (*poupa_read_fn)(void *context, char *buffer, size_t capacity);

/* -- Text ---------------------------------------------------------------- */

/**
 * Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7: no surrogates,
 * no overlong forms, nothing above U+10FFFF). data may be NULL when size is 0.
 */
POUPA_API bool poupa_utf8_valid(const char *data, size_t size);

/** A list of texts; items is NULL when count is 0. */
typedef struct poupa_texts {
    const char *const *items;
    size_t count;
} poupa_texts;

/**
 * Writes a poupa_texts from its arguments, for building entities in C99 and later:
 * `.channel_ids = POUPA_TEXTS("portal", "app")`. It lasts as long as the block it is in,
 * so it is not for static initialisers.
 */
#define POUPA_TEXTS(...)                                                                         \
    {                                                                                            \
        (const char *const[]){__VA_ARGS__},                                                      \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)                    \
    }

/* -- Numbers ------------------------------------------------------------- */

/** A number that may be absent. All zero means absent. */
typedef struct poupa_optional {
    double value;
    bool present;
} poupa_optional;

/** A present poupa_optional, for initialisers: `.latitude = POUPA_SOME(-23.54)`. */
#define POUPA_SOME(number)                                                                       \
    {                                                                                            \
        (number), true                                                                           \
    }

/** Room for any number that poupa_number_print writes, with its NUL. */
#define POUPA_NUMBER_SIZE 32

/**
 * Prints the shortest decimal that reads back as the same double, with a point
 * whatever the locale: 180, 0.1, 1e300. Integers up to 2^53 have no exponent.
 * Not-a-number and the infinities print as "null". Returns the length.
 */
POUPA_API size_t poupa_number_print(double number, char out[POUPA_NUMBER_SIZE]);

/* -- Saving -------------------------------------------------------------- */

/** A file that is written beside its place and takes it only when it is complete: whatever
 *  happens before, what was there stays, and nobody sees a part. A process that is killed while
 *  it saves leaves what it had written beside the file, as `.poupa-` and 16 hexadecimal digits
 *  and `.tmp`, for whoever finds it to remove. */
typedef struct poupa_saving poupa_saving;

/** Begins to save to a path, whose symbolic links are followed; free it. Errors: IO (also what
 *  is there is no regular file), MEMORY. */
POUPA_API poupa_status poupa_saving_new(const char *path, const poupa_allocator *allocator,
                                        poupa_saving **out, poupa_error *err);
/** Writes; a poupa_write_fn whose context is a poupa_saving. After a failure all fail. */
POUPA_API bool poupa_saving_write(void *saving, const char *data, size_t size);
/** Makes the file durable and puts it in its place; nothing can be written any more. Errors:
 *  IO, also of the writing; the old file is then still there. */
POUPA_API poupa_status poupa_saving_commit(poupa_saving *saving, poupa_error *err);
/** Gives up what was not committed. */
POUPA_API void poupa_saving_free(poupa_saving *saving);

/** Saves bytes as a file in one call. Errors: those of the above, ARGUMENT. */
POUPA_API poupa_status poupa_file_write(const char *path, const char *data, size_t size,
                                        poupa_error *err);

/* -- Writing JSON text --------------------------------------------------- */

/** How JSON text is laid out. All zero is compact, with malloc. */
typedef struct poupa_write_options {
    bool pretty; /**< two spaces an indent; lists of texts on one line where they fit */
    const poupa_allocator *allocator; /**< NULL is malloc */
} poupa_write_options;

/**
 * Writes JSON text piece by piece. The pieces must come in the order of the grammar;
 * what does not fit there makes poupa_writer_finish return POUPA_ERR_ARGUMENT. Errors
 * stick: after the first, all calls do nothing until finish reports it.
 */
typedef struct poupa_writer poupa_writer;

/** Makes a writer that hands its output to `write` in large pieces; free it. */
POUPA_API poupa_status poupa_writer_new(const poupa_write_options *options, poupa_write_fn write,
                                        void *context, poupa_writer **out, poupa_error *err);
POUPA_API void poupa_writer_free(poupa_writer *writer);

POUPA_API void poupa_writer_begin_object(poupa_writer *writer);
POUPA_API void poupa_writer_end_object(poupa_writer *writer);
POUPA_API void poupa_writer_begin_array(poupa_writer *writer);
POUPA_API void poupa_writer_end_array(poupa_writer *writer);
/** The key of the next member; NUL-terminated. */
POUPA_API void poupa_writer_key(poupa_writer *writer, const char *name);
/** A string; NULL writes null. Bytes that are not UTF-8 are an error. */
POUPA_API void poupa_writer_text(poupa_writer *writer, const char *text);
/** A number, shortest round-trip; null for not-a-number and the infinities. */
POUPA_API void poupa_writer_number(poupa_writer *writer, double number);
POUPA_API void poupa_writer_integer(poupa_writer *writer, int64_t number);
POUPA_API void poupa_writer_boolean(poupa_writer *writer, bool value);
POUPA_API void poupa_writer_null(poupa_writer *writer);
/** One JSON value as text, laid out anew; text that is not one is an error. */
POUPA_API void poupa_writer_json(poupa_writer *writer, const char *data, size_t size);

/** Ends the text and hands over what is left of it. Errors: ARGUMENT, MEMORY, IO. */
POUPA_API poupa_status poupa_writer_finish(poupa_writer *writer, poupa_error *err);

/* -- Dates --------------------------------------------------------------- */

/**
 * A date of the proleptic Gregorian calendar, years 1 to 9999, as precise as it
 * was published: day 0 is a whole month, month 0 a whole year, year 0 no date.
 */
typedef struct poupa_date {
    int16_t year;
    uint8_t month;
    uint8_t day;
} poupa_date;

/** Room for the longest date, "2021-06-14", with its NUL. */
#define POUPA_DATE_SIZE 11

/** Days since 1970-01-01 that stand for "no earlier end" and "no later end". */
#define POUPA_DAY_MIN INT32_MIN
#define POUPA_DAY_MAX INT32_MAX

/** Reads YYYY, YYYY-MM or YYYY-MM-DD. Errors: ARGUMENT, INVALID. */
POUPA_API poupa_status poupa_date_parse(const char *data, size_t size, poupa_date *out,
                                        poupa_error *err);

/** Prints a date in the form it was read in; "" for no date. Returns the length. */
POUPA_API size_t poupa_date_print(poupa_date date, char out[POUPA_DATE_SIZE]);

/** Whether the date is one that poupa_date_parse could have read. */
POUPA_API bool poupa_date_valid(poupa_date date);

/** The first day that the date covers, in days since 1970-01-01. */
POUPA_API int32_t poupa_date_first_day(poupa_date date);

/** The last day that the date covers: 2021 ends on 2021-12-31. */
POUPA_API int32_t poupa_date_last_day(poupa_date date);

/** The civil date of a day counted from 1970-01-01; no date outside years 1 to 9999. */
POUPA_API poupa_date poupa_date_from_day(int32_t day);

/* -- Periods ------------------------------------------------------------- */

/** The forms in which a period is written. */
typedef enum poupa_period_kind {
    POUPA_PERIOD_NONE = 0,
    POUPA_PERIOD_YEAR = 1,    /**< 2021 */
    POUPA_PERIOD_HALF = 2,    /**< 2021-S1, SDMX's half-year */
    POUPA_PERIOD_QUARTER = 3, /**< 2021-Q3 */
    POUPA_PERIOD_MONTH = 4,   /**< 2021-06 */
    POUPA_PERIOD_DAY = 5,     /**< 2021-06-14 */
    POUPA_PERIOD_RANGE = 6,   /**< 2020-08/2021-07, both ends included */
    POUPA_PERIOD_UNTIL = 7    /**< ../2021-07, everything up to and including */
} poupa_period_kind;

/**
 * A stretch of days, and how it was written. All zero means no period. Two periods
 * may hold the same days in different forms (2021-S1 and 2021-01/2021-06).
 */
typedef struct poupa_period {
    int32_t first;      /**< first day, since 1970-01-01; POUPA_DAY_MIN for UNTIL */
    int32_t last;       /**< last day, included */
    uint8_t kind;       /**< a poupa_period_kind */
    uint8_t first_kind; /**< RANGE: the form of its start; else 0 */
    uint8_t last_kind;  /**< RANGE and UNTIL: the form of the end; else 0 */
} poupa_period;

/** Room for the longest period, "2020-08-01/2021-07-31", with its NUL. */
#define POUPA_PERIOD_SIZE 22

/** Reads a period; refuses the rest with a hint (2021-H1: write 2021-S1). */
POUPA_API poupa_status poupa_period_parse(const char *data, size_t size, poupa_period *out,
                                          poupa_error *err);

/** Prints a period in the form it was read in; "" for none. Returns the length. */
POUPA_API size_t poupa_period_print(poupa_period period, char out[POUPA_PERIOD_SIZE]);

/** Whether the period is one that poupa_period_parse could have read. */
POUPA_API bool poupa_period_valid(poupa_period period);

/** The period of the given form (YEAR to DAY) that holds a day; none if out of range. */
POUPA_API poupa_period poupa_period_around(int32_t day, poupa_period_kind kind);

/** Length in days; -1 for UNTIL and for none. */
POUPA_API int64_t poupa_period_days(poupa_period period);

/**
 * Length in whole calendar months (a half-year has 6); -1 where the period does
 * not start with a month and end with one, and for UNTIL and none.
 */
POUPA_API int32_t poupa_period_months(poupa_period period);

/**
 * Whether two periods are of the same length: the same number of whole months, or,
 * where neither is made of whole months, the same number of days. Two that are open at
 * their start count as equally long.
 */
POUPA_API bool poupa_period_same_length(poupa_period a, poupa_period b);

/** Whether every day of `inner` is a day of `outer`. False when either is none. */
POUPA_API bool poupa_period_contains(poupa_period outer, poupa_period inner);

/** Orders by last day, then first day, then form: negative, 0 or positive. */
POUPA_API int poupa_period_compare(poupa_period a, poupa_period b);

#ifdef __cplusplus
}
#endif

#endif
