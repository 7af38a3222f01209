/* write.c - writing catalogues and entities. */
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "base/writer.h"
#include "model/catalog.h"
#include "model/fields.h"
#include "poupa/json.h"

/* -- Entities ------------------------------------------------------------ */

static void write_texts(const poupa_texts *texts, poupa_writer *writer)
{
    poupa_writer_begin_array(writer);
    for (size_t i = 0; i < texts->count; i++)
        poupa__writer_plain_text(writer, texts->items[i], strlen(texts->items[i]));
    poupa_writer_end_array(writer);
}

static void write_words(const poupa_words *words, poupa_writer *writer)
{
    poupa_writer_begin_array(writer);
    for (size_t i = 0; i < words->count; i++)
        poupa__writer_plain_text(writer, words->items[i].text, strlen(words->items[i].text));
    poupa_writer_end_array(writer);
}

static void write_text(const char *text, poupa_writer *writer)
{
    poupa__writer_plain_text(writer, text, strlen(text));
}

static void write_member(const poupa_field *field, const void *member, poupa_writer *writer)
{
    char text[POUPA_PERIOD_SIZE];
    switch (field->type) {
    case POUPA_FIELD_ID:
    case POUPA_FIELD_TEXT:
    case POUPA_FIELD_REF:
        write_text(*(const char *const *)member, writer);
        break;
    case POUPA_FIELD_TEXTS:
    case POUPA_FIELD_REFS:
        write_texts((const poupa_texts *)member, writer);
        break;
    case POUPA_FIELD_WORD:
        write_text(((const poupa_word *)member)->text, writer);
        break;
    case POUPA_FIELD_WORDS:
        write_words((const poupa_words *)member, writer);
        break;
    case POUPA_FIELD_DATE:
        poupa_date_print(*(const poupa_date *)member, text);
        write_text(text, writer);
        break;
    case POUPA_FIELD_PERIOD:
        poupa_period_print(*(const poupa_period *)member, text);
        write_text(text, writer);
        break;
    case POUPA_FIELD_NUMBER:
        poupa_writer_number(writer, *(const double *)member);
        break;
    case POUPA_FIELD_OPTIONAL:
        poupa_writer_number(writer, ((const poupa_optional *)member)->value);
        break;
    }
}

static void write_extra(const poupa_members *extra, poupa_writer *writer)
{
    for (size_t i = 0; i < extra->count; i++) {
        poupa_writer_key(writer, extra->items[i].name);
        poupa_writer_json(writer, extra->items[i].json, strlen(extra->items[i].json));
    }
}

void poupa_entity_write(poupa_kind kind, const void *entity, poupa_writer *writer)
{
    if (entity == NULL || !poupa__kind_valid(kind) || poupa__entity_of(entity)->kind != kind) {
        poupa__writer_fail(writer, POUPA_ERR_ARGUMENT, "no entity to write");
        return;
    }
    const poupa__kind_info *info = &poupa__kinds[kind];
    poupa_writer_begin_object(writer);
    for (size_t i = 0; i < info->field_count; i++) {
        const poupa_field *field = &info->fields[i];
        if (!poupa__given(entity, i))
            continue;
        poupa__writer_plain_key(writer, field->name, strlen(field->name));
        write_member(field, poupa__member(entity, field), writer);
    }
    write_extra(poupa__extra(kind, entity), writer);
    poupa_writer_end_object(writer);
}

/* -- Catalogues ---------------------------------------------------------- */

static void write_document(const poupa_catalog *catalog, poupa_writer *writer)
{
    poupa_writer_begin_object(writer);
    poupa_writer_key(writer, "poupa");
    poupa_writer_text(writer, catalog->format_version);
    if (catalog->language[0]) {
        poupa_writer_key(writer, "language");
        poupa_writer_text(writer, catalog->language);
    }
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++) {
        const poupa__shelf *shelf = &catalog->shelves[kind];
        if (shelf->live == 0 && !shelf->given)
            continue;
        poupa_writer_key(writer, poupa__kinds[kind].plural);
        poupa_writer_begin_array(writer);
        for (size_t i = 0; i < shelf->used; i++) {
            if (shelf->slots[i])
                poupa_entity_write((poupa_kind)kind, poupa__entity_struct(shelf->slots[i]),
                                   writer);
        }
        poupa_writer_end_array(writer);
    }
    write_extra(&catalog->extra, writer);
    poupa_writer_end_object(writer);
}

poupa_status poupa_catalog_write_to(const poupa_catalog *catalog,
                                    const poupa_write_options *options, poupa_write_fn write,
                                    void *context, poupa_error *err)
{
    POUPA__REQUIRE(catalog, err);
    poupa_writer *writer;
    poupa_status status = poupa_writer_new(options, write, context, &writer, err);
    if (status != POUPA_OK)
        return status;
    write_document(catalog, writer);
    status = poupa_writer_finish(writer, err);
    poupa_writer_free(writer);
    return status;
}

poupa_status poupa_catalog_write(const poupa_catalog *catalog, const poupa_write_options *options,
                                 poupa_buffer *out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    poupa__buffer_init(out, poupa__allocator(options ? options->allocator : NULL));
    poupa_status status = poupa_catalog_write_to(catalog, options, poupa__buffer_write, out, err);
    if (status == POUPA_ERR_IO) /* all that can fail in a buffer is its memory */
        status = poupa__error_memory(err);
    if (status != POUPA_OK)
        poupa_buffer_free(out);
    return status;
}

poupa_status poupa_catalog_write_file(const poupa_catalog *catalog,
                                      const poupa_write_options *options, const char *path,
                                      poupa_error *err)
{
    POUPA__REQUIRE(catalog, err);
    POUPA__REQUIRE(path, err);
    poupa__saving saving;
    poupa_status status =
        poupa__save_begin(&saving, path, options ? options->allocator : NULL, err);
    if (status != POUPA_OK)
        return status;
    status = poupa_catalog_write_to(catalog, options, poupa__save_write, &saving, err);
    if (status == POUPA_OK || status == POUPA_ERR_IO) /* commit says which write failed */
        return poupa__save_commit(&saving, err);
    poupa__save_abandon(&saving);
    return status;
}
