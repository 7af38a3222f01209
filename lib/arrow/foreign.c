/* foreign.c - checking structures that others made. */
#include "foreign.h"

#include <string.h>

/* -- Schemas ------------------------------------------------------------- */

enum { MOST_COLUMNS = 1 << 16 };

poupa_status poupa__foreign_check_schema(const struct ArrowSchema *schema, const char *what,
                                         poupa_error *err)
{
    const char *wrong = NULL;
    if (schema == NULL)
        wrong = "is NULL";
    else if (schema->release == NULL)
        wrong = "was released";
    else if (schema->format == NULL)
        wrong = "has no format";
    else if (schema->n_children < 0)
        wrong = "has less than no children";
    else if (schema->n_children > MOST_COLUMNS)
        return poupa__error(err, POUPA_ERR_LIMIT, "%s: %lld columns are more than %d", what,
                            (long long)schema->n_children, MOST_COLUMNS);
    else if (schema->n_children > 0 && schema->children == NULL)
        wrong = "lacks its children";
    if (wrong)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "%s: the schema %s", what, wrong);
    return POUPA_OK;
}

typedef struct known_format {
    const char *text;
    poupa__storage storage;
    int64_t per_day;
} known_format;

#define SECONDS INT64_C(86400)

static const known_format formats[] = {
    {"n", POUPA__STORAGE_NULL, 0},
    {"c", POUPA__STORAGE_INT8, 0},
    {"C", POUPA__STORAGE_UINT8, 0},
    {"s", POUPA__STORAGE_INT16, 0},
    {"S", POUPA__STORAGE_UINT16, 0},
    {"i", POUPA__STORAGE_INT32, 0},
    {"I", POUPA__STORAGE_UINT32, 0},
    {"l", POUPA__STORAGE_INT64, 0},
    {"L", POUPA__STORAGE_UINT64, 0},
    {"f", POUPA__STORAGE_FLOAT32, 0},
    {"g", POUPA__STORAGE_FLOAT64, 0},
    {"u", POUPA__STORAGE_UTF8, 0},
    {"U", POUPA__STORAGE_LARGE_UTF8, 0},
    {"vu", POUPA__STORAGE_UTF8_VIEW, 0},
    {"tdD", POUPA__STORAGE_INT32, 1},
    {"tdm", POUPA__STORAGE_INT64, SECONDS * 1000},
    {"tss:", POUPA__STORAGE_INT64, SECONDS},
    {"tsm:", POUPA__STORAGE_INT64, SECONDS * 1000},
    {"tsu:", POUPA__STORAGE_INT64, SECONDS * 1000000},
    {"tsn:", POUPA__STORAGE_INT64, SECONDS * 1000000000},
};

/* What may follow the colon of a timestamp: a day of another zone is another day. */
static bool is_utc(const char *zone)
{
    static const char *const names[] = {"", "UTC", "Etc/UTC", "Z", "+00:00"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(zone, names[i]) == 0)
            return true;
    }
    return false;
}

/* Whether a format is that of decimals without a fraction: "d:38,0", or "d:38,0,128". */
static bool is_integral_decimal(const char *text)
{
    if (strncmp(text, "d:", 2) != 0)
        return false;
    text += 2 + strspn(text + 2, "0123456789");
    return strcmp(text, ",0") == 0 || strcmp(text, ",0,128") == 0;
}

static poupa__foreign_type read_format(const char *text)
{
    if (is_integral_decimal(text))
        return (poupa__foreign_type){POUPA__STORAGE_DECIMAL128, POUPA__STORAGE_OTHER, 0};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        size_t size = strlen(formats[i].text);
        bool zoned = formats[i].text[size - 1] == ':';
        if (strncmp(text, formats[i].text, size) == 0 &&
            (zoned ? is_utc(text + size) : text[size] == '\0'))
            return (poupa__foreign_type){formats[i].storage, POUPA__STORAGE_OTHER,
                                         formats[i].per_day};
    }
    return (poupa__foreign_type){POUPA__STORAGE_OTHER, POUPA__STORAGE_OTHER, 0};
}

poupa_status poupa__foreign_type_read(const struct ArrowSchema *schema, const char *name,
                                      poupa__foreign_type *out, poupa_error *err)
{
    *out = read_format(schema->format);
    if (schema->dictionary == NULL)
        return POUPA_OK;
    poupa_status status = poupa__foreign_check_schema(schema->dictionary, name, err);
    if (status != POUPA_OK)
        return status;
    poupa__storage words = read_format(schema->dictionary->format).storage;
    bool good = poupa__storage_is_integer(out->storage) && out->per_day == 0 &&
                poupa__storage_is_text(words) && schema->dictionary->dictionary == NULL;
    out->words = words;
    if (!good)
        *out = (poupa__foreign_type){POUPA__STORAGE_OTHER, POUPA__STORAGE_OTHER, 0};
    return POUPA_OK;
}

/* -- Arrays -------------------------------------------------------------- */

static const char *wrong_shape(const struct ArrowArray *array)
{
    if (array == NULL)
        return "is NULL";
    if (array->release == NULL)
        return "was released";
    if (array->length < 0 || array->length > POUPA__FOREIGN_ROWS)
        return "has a length that cannot be";
    if (array->offset < 0 || array->offset > POUPA__FOREIGN_ROWS)
        return "has an offset that cannot be";
    if (array->null_count < -1 || array->null_count > array->length)
        return "has a null count that cannot be";
    return NULL;
}

static const char *wrong_buffers(const struct ArrowArray *array, poupa__storage storage)
{
    bool view = storage == POUPA__STORAGE_UTF8_VIEW;
    int64_t expected = poupa__storage_is_text(storage) ? 3 : 2;
    if (view ? array->n_buffers < expected : array->n_buffers != expected)
        return "has another number of buffers than its type";
    if (array->buffers == NULL)
        return "lacks its buffers";
    if (array->null_count > 0 && array->buffers[0] == NULL)
        return "has nulls and no bitmap of them";
    if (array->length > 0 && array->buffers[1] == NULL)
        return "lacks its values";
    if (view && array->n_buffers > expected && array->buffers[array->n_buffers - 1] == NULL)
        return "lacks the sizes of its buffers";
    return NULL;
}

poupa_status poupa__foreign_open(const struct ArrowArray *array, const char *name,
                                 poupa__storage storage, size_t first, size_t rows,
                                 poupa__foreign *out, poupa_error *err)
{
    const char *wrong = wrong_shape(array);
    if (wrong == NULL && (uint64_t)array->length < (uint64_t)first + rows)
        wrong = "is shorter than the struct around it";
    if (wrong == NULL)
        wrong = wrong_buffers(array, storage);
    if (wrong)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "%s: the array %s", name, wrong);
    *out = (poupa__foreign){
        .name = name,
        .storage = storage,
        .buffers = array->buffers,
        .buffer_count = (size_t)array->n_buffers,
        .valid = array->null_count == 0 ? NULL : (const uint8_t *)array->buffers[0],
        .first = (size_t)array->offset + first,
        .rows = rows,
    };
    return POUPA_OK;
}

poupa_status poupa__foreign_open_words(const struct ArrowArray *array, const char *name,
                                       poupa__storage storage, poupa__foreign *out,
                                       poupa_error *err)
{
    if (array && array->length > INT32_MAX)
        return poupa__error(err, POUPA_ERR_LIMIT, "%s: a dictionary of %lld words", name,
                            (long long)array->length);
    const char *wrong = wrong_shape(array);
    if (wrong)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "%s: the dictionary %s", name, wrong);
    return poupa__foreign_open(array, name, storage, 0, (size_t)array->length, out, err);
}

/* -- Errors -------------------------------------------------------------- */

poupa_status poupa__foreign_refuse(const poupa__foreign *column, size_t row, poupa__rule rule,
                                   poupa_error *err, const char *format, ...)
{
    char message[400];
    char path[16];
    va_list arguments;
    va_start(arguments, format);
    poupa__format(message, sizeof message, format, arguments);
    va_end(arguments);
    poupa__error_text(path, sizeof path, "/%s", column->name);
    poupa_status status = poupa__error(err, POUPA_ERR_INVALID, "%s, row %zu: %s", column->name,
                                       column->number + row, message);
    poupa__error_rule(err, poupa__rules[rule].code, path);
    return status;
}

poupa_status poupa__foreign_broken(const poupa__foreign *column, size_t row, poupa_error *err,
                                   const char *why)
{
    return poupa__error(err, POUPA_ERR_ARGUMENT, "%s, row %zu: %s", column->name,
                        column->number + row, why);
}
