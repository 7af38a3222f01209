/* bind.c - which columns of a schema are which members of records. */
#include <string.h>

#include "import.h"

/* What a member may come from. */
enum { TEXTS = 1, INTEGERS = 2, FLOATS = 4, DATES = 8 };

typedef struct import_member {
    const char *name;
    bool required;
    int accepted;
    const char *expected;
} import_member;

static const import_member import_members[POUPA__IMPORT_COLUMNS] = {
    [POUPA__IMPORT_UNIT] = {"unit", false, TEXTS, "texts"},
    [POUPA__IMPORT_SERVICE] = {"service", true, TEXTS, "texts"},
    [POUPA__IMPORT_CHANNEL] = {"channel", true, TEXTS, "texts"},
    [POUPA__IMPORT_PERIOD] = {"period", true, DATES | TEXTS,
                              "dates, timestamps without a zone or in UTC, or texts"},
    [POUPA__IMPORT_KIND] = {"period_kind", false, TEXTS, "texts"},
    [POUPA__IMPORT_COUNT] = {"count", false, INTEGERS | FLOATS, "integers or floats"},
    [POUPA__IMPORT_WAIT] = {"wait_s", false, INTEGERS | FLOATS, "integers or floats"},
    [POUPA__IMPORT_SERVICE_TIME] = {"service_s", false, INTEGERS | FLOATS, "integers or floats"},
};

/* What a column has, as one of the above; 0 for none. */
static int values_of(const poupa__foreign_type *type)
{
    if (type->words != POUPA__STORAGE_OTHER || poupa__storage_is_text(type->storage))
        return TEXTS;
    if (type->per_day)
        return DATES;
    if (poupa__storage_is_integer(type->storage) || type->storage == POUPA__STORAGE_DECIMAL128)
        return INTEGERS;
    bool real =
        type->storage == POUPA__STORAGE_FLOAT32 || type->storage == POUPA__STORAGE_FLOAT64;
    return real ? FLOATS : 0;
}

/* Fails for a column as a whole. */
POUPA__PRINTF(4, 5)
static poupa_status refuse_column(const import_member *of, poupa__rule rule, poupa_error *err,
                                  const char *format, ...)
{
    char message[256];
    char path[16];
    va_list arguments;
    va_start(arguments, format);
    poupa__format(message, sizeof message, format, arguments);
    va_end(arguments);
    poupa__error_text(path, sizeof path, "/%s", of->name);
    poupa_status status = poupa__error(err, POUPA_ERR_INVALID, "%s: %s", of->name, message);
    poupa__error_rule(err, poupa__rules[rule].code, path);
    return status;
}

static poupa_status bind_member(const import_member *of, const struct ArrowSchema *schema,
                                size_t index, poupa__import_source *out, poupa_error *err)
{
    char shown[POUPA__SHOWN_SIZE];
    if (out->name)
        return refuse_column(of, POUPA__E1006_DUPLICATE_KEY, err, "two columns have this name");
    poupa_status status = poupa__foreign_type_read(schema, of->name, &out->type, err);
    if (status != POUPA_OK)
        return status;
    if (out->type.storage == POUPA__STORAGE_NULL && !of->required)
        return POUPA_OK;
    if (!(of->accepted & values_of(&out->type)))
        return refuse_column(of, POUPA__E2002_TYPE, err, "a column of %s, found format \"%s\"%s",
                             of->expected,
                             poupa__shown(schema->format, strlen(schema->format), shown),
                             schema->dictionary ? " with a dictionary" : "");
    out->name = of->name;
    out->index = index;
    return POUPA_OK;
}

static poupa_status bind_column(poupa__import *import, const struct ArrowSchema *schema,
                                size_t index, poupa_error *err)
{
    poupa_status status = poupa__foreign_check_schema(schema, "a column", err);
    for (size_t i = 0; status == POUPA_OK && schema->name && i < POUPA__IMPORT_COLUMNS; i++) {
        if (strcmp(schema->name, import_members[i].name) == 0)
            return bind_member(&import_members[i], schema, index, &import->sources[i], err);
    }
    return status;
}

poupa_status poupa__import_bind(poupa__import *import, const struct ArrowSchema *schema,
                                poupa_error *err)
{
    char shown[POUPA__SHOWN_SIZE];
    poupa_status status = poupa__foreign_check_schema(schema, "the stream", err);
    if (status == POUPA_OK && strcmp(schema->format, "+s") != 0)
        return poupa__error(err, POUPA_ERR_INVALID,
                            "a stream of structs (\"+s\"), found format \"%s\"",
                            poupa__shown(schema->format, strlen(schema->format), shown));
    import->width = status == POUPA_OK ? (size_t)schema->n_children : 0;
    for (size_t i = 0; status == POUPA_OK && i < import->width; i++)
        status = bind_column(import, schema->children[i], i, err);
    for (size_t i = 0; status == POUPA_OK && i < POUPA__IMPORT_COLUMNS; i++) {
        if (import_members[i].required && import->sources[i].name == NULL)
            status = refuse_column(&import_members[i], POUPA__E2001_MISSING, err,
                                   "there is no column of this name, and it is required");
    }
    return status;
}
