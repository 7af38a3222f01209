/* layout.c - schemas: those that are asked for, and those that are handed out. */
#include "layout.h"

#include <string.h>

#include "foreign.h"
#include "owner.h"

/* -- Requested ----------------------------------------------------------- */

static void request_form(poupa__arrow_field *field, bool lasting_words,
                         const struct ArrowSchema *column)
{
    if (column->dictionary)
        field->form = POUPA__ARROW_DICTIONARY;
    else if (strcmp(column->format, "u") == 0)
        field->form = POUPA__ARROW_UTF8;
    else if (strcmp(column->format, "U") == 0)
        field->form = POUPA__ARROW_LARGE_UTF8;
    else if (lasting_words && strcmp(column->format, poupa__arrow_codes_of(field)) == 0)
        field->form = POUPA__ARROW_CODES;
}

poupa_status poupa__arrow_request(poupa__arrow_layout *layout,
                                  const struct ArrowSchema *requested, poupa_error *err)
{
    if (requested == NULL)
        return POUPA_OK;
    poupa_status status = poupa__foreign_check_schema(requested, "requested", err);
    bool columns = status == POUPA_OK && strcmp(requested->format, "+s") == 0;
    for (int64_t i = 0; columns && i < requested->n_children && status == POUPA_OK; i++) {
        const struct ArrowSchema *column = requested->children[i];
        status = poupa__foreign_check_schema(column, "requested", err);
        for (size_t j = 0; status == POUPA_OK && column->name && j < layout->count; j++) {
            poupa__arrow_field *field = &layout->fields[j];
            if (poupa__arrow_is_text(field) && strcmp(field->name, column->name) == 0)
                request_form(field, layout->lasting_words, column);
        }
    }
    return status;
}

/* -- Handed out ---------------------------------------------------------- */

/* All of a schema but the root, which is the consumer's. */
typedef struct schema_nodes {
    struct ArrowSchema fields[POUPA__ARROW_FIELDS_MAX];
    struct ArrowSchema dictionaries[POUPA__ARROW_FIELDS_MAX];
    struct ArrowSchema *children[POUPA__ARROW_FIELDS_MAX];
} schema_nodes;

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        struct ArrowSchema *child = schema->children[i];
        if (child->release)
            child->release(child);
    }
    if (schema->dictionary && schema->dictionary->release)
        schema->dictionary->release(schema->dictionary);
    schema->release = NULL;
    poupa__arrow_owner_release((poupa__arrow_owner *)schema->private_data);
}

static struct ArrowSchema make_schema(poupa__arrow_owner *owner, const char *format,
                                      const char *name)
{
    return (struct ArrowSchema){.format = format,
                                .name = name,
                                .release = release_schema,
                                .private_data = poupa__arrow_owner_retain(owner)};
}

static const char *format_of(const poupa__arrow_field *field)
{
    static const char *const plain[] = {
        [POUPA__ARROW_DATE] = "tdD",  [POUPA__ARROW_INT32] = "i", [POUPA__ARROW_INT64] = "l",
        [POUPA__ARROW_FLOAT64] = "g", [POUPA__ARROW_BOOL] = "b",  [POUPA__ARROW_TEXT] = NULL,
        [POUPA__ARROW_KIND] = NULL,
    };
    static const char *const texts[] = {
        [POUPA__ARROW_DICTIONARY] = "i",
        [POUPA__ARROW_UTF8] = "u",
        [POUPA__ARROW_LARGE_UTF8] = "U",
    };
    if (field->form == POUPA__ARROW_CODES)
        return poupa__arrow_codes_of(field);
    return poupa__arrow_is_text(field) ? texts[field->form] : plain[field->type];
}

bool poupa__arrow_schema(const poupa__arrow_layout *layout, const poupa_allocator *allocator,
                         struct ArrowSchema *out)
{
    poupa__arrow_owner *owner = poupa__arrow_owner_new(allocator);
    schema_nodes *all = owner ? POUPA__ARROW_TAKE(owner, schema_nodes, 1) : NULL;
    if (all) {
        for (size_t i = 0; i < layout->count; i++) {
            const poupa__arrow_field *field = &layout->fields[i];
            struct ArrowSchema *schema = all->children[i] = &all->fields[i];
            *schema = make_schema(owner, format_of(field), field->name);
            schema->flags = field->nullable ? ARROW_FLAG_NULLABLE : 0;
            if (!poupa__arrow_is_text(field) || field->form != POUPA__ARROW_DICTIONARY)
                continue;
            schema->dictionary = &all->dictionaries[i];
            *schema->dictionary = make_schema(owner, "u", "");
        }
        *out = make_schema(owner, "+s", "");
        out->n_children = (int64_t)layout->count;
        out->children = all->children;
    }
    poupa__arrow_owner_release(owner);
    return all != NULL;
}
