/*
 * fuzz_edit.c - any edits of a catalogue, one a line: entities from JSON and as structs, added,
 * replaced and removed, singly or in edits that are committed or rolled back. What fails changes
 * nothing; what comes out is a catalogue that can be written and read.
 *
 * A line is a letter for what is done, one for the kind of entity, and a JSON object or an id.
 */
#include "base/memory.h"
#include "base/text.h"
#include "fuzz.h"
#include "poupa/json.h"

/* The structs of the kinds. */
static const size_t entity_sizes[POUPA_KIND_COUNT] = {
    [POUPA_KIND_SOURCE] = sizeof(poupa_source),
    [POUPA_KIND_AREA] = sizeof(poupa_area),
    [POUPA_KIND_ORGANIZATION] = sizeof(poupa_organization),
    [POUPA_KIND_PROGRAM] = sizeof(poupa_program),
    [POUPA_KIND_CHANNEL] = sizeof(poupa_channel),
    [POUPA_KIND_UNIT] = sizeof(poupa_unit),
    [POUPA_KIND_SERVICE] = sizeof(poupa_service),
    [POUPA_KIND_OFFERING] = sizeof(poupa_offering),
    [POUPA_KIND_INDICATOR] = sizeof(poupa_indicator),
    [POUPA_KIND_METRIC] = sizeof(poupa_metric),
    [POUPA_KIND_TARGET] = sizeof(poupa_target),
    [POUPA_KIND_CLAIM] = sizeof(poupa_claim),
};

typedef struct subject {
    poupa_catalog *catalog;
    poupa_catalog *before; /* as it was at the beginning of the edit; NULL outside */
} subject;

static poupa_catalog *copy_of(const poupa_catalog *catalog)
{
    poupa_catalog *copy;
    CHECK(poupa_catalog_copy(catalog, NULL, &copy, NULL) == POUPA_OK);
    return copy;
}

/* Takes an entity out of the catalogue as its struct and puts it there again. */
static poupa_status put_back(poupa_catalog *catalog, poupa_kind kind, const char *id,
                             poupa_error *err)
{
    const void *entity = poupa_catalog_find(catalog, kind, id);
    poupa_status status = poupa_catalog_remove(catalog, kind, id, err);
    if (status == POUPA_OK)
        CHECK(poupa_catalog_add(catalog, kind, entity, entity_sizes[kind], NULL) == POUPA_OK);
    CHECK(poupa_entity_equal(kind, entity, poupa_catalog_find(catalog, kind, id)));
    return status;
}

/* Replaces an entity by itself, from its struct and from its text. */
static poupa_status replace_by_itself(poupa_catalog *catalog, poupa_kind kind, const char *id,
                                      poupa_error *err)
{
    const void *entity = poupa_catalog_find(catalog, kind, id), *again;
    poupa_buffer text;
    poupa_writer *writer;
    if (entity == NULL)
        return poupa_catalog_remove(catalog, kind, id, err);
    poupa__buffer_init(&text, poupa__allocator(NULL));
    CHECK(poupa_writer_new(NULL, poupa__buffer_write, &text, &writer, NULL) == POUPA_OK);
    poupa_entity_write(kind, entity, writer);
    CHECK(poupa_writer_finish(writer, NULL) == POUPA_OK);
    poupa_writer_free(writer);
    CHECK(poupa_catalog_replace_json(catalog, kind, text.data, text.size, &again, NULL) ==
          POUPA_OK);
    CHECK(poupa_entity_equal(kind, entity, again));
    CHECK(poupa_catalog_replace(catalog, kind, again, entity_sizes[kind], NULL) == POUPA_OK);
    poupa_buffer_free(&text);
    CHECK(poupa_entity_equal(kind, entity, poupa_catalog_find(catalog, kind, id)));
    return POUPA_OK;
}

/* -- The lines ----------------------------------------------------------- */

static void leave_edit(subject *self)
{
    poupa_catalog_release(self->before);
    self->before = NULL;
}

static void run_edit(subject *self, char what)
{
    poupa_error err;
    poupa_status status = POUPA_OK;
    if (what == 'b') {
        CHECK((poupa_catalog_begin(self->catalog, NULL) == POUPA_OK) == (self->before == NULL));
        if (self->before == NULL)
            self->before = copy_of(self->catalog);
        return;
    }
    if (what == 'c')
        status = poupa_catalog_commit(self->catalog, &err);
    else
        poupa_catalog_rollback(self->catalog);
    CHECK(status == POUPA_OK || err.message[0]);
    CHECK(self->before || what != 'c' || status == POUPA_ERR_ARGUMENT);
    if (self->before && (what != 'c' || status != POUPA_OK))
        CHECK(poupa_catalog_equal(self->catalog, self->before));
    leave_edit(self);
}

static poupa_status change(poupa_catalog *catalog, char what, poupa_kind kind, const char *text,
                           size_t size, poupa_error *err)
{
    char id[160];
    const void *entity = NULL;
    if (what == 'a' || what == 'r') {
        poupa_status status = (what == 'a' ? poupa_catalog_add_json : poupa_catalog_replace_json)(
            catalog, kind, text, size, &entity, err);
        CHECK((entity != NULL) == (status == POUPA_OK));
        CHECK(entity == NULL ||
              poupa_catalog_find(catalog, kind, *(const char *const *)entity) == entity);
        return status;
    }
    size = size < sizeof id ? size : sizeof id - 1;
    memcpy(id, text, size);
    id[size] = '\0';
    if (what == 'p')
        return put_back(catalog, kind, id, err);
    if (what == 'i')
        return replace_by_itself(catalog, kind, id, err);
    if (what == 'l')
        return poupa_catalog_set_language(catalog, id, err);
    return poupa_catalog_remove(catalog, kind, id, err);
}

static void run_line(subject *self, const char *line, size_t size)
{
    char what = size ? line[0] : 'b';
    poupa_kind kind = (poupa_kind)((uint8_t)(size > 1 ? line[1] - 'a' : 0) % POUPA_KIND_COUNT);
    poupa_error err = {.status = POUPA_OK};
    if (strchr("bcu", what)) {
        run_edit(self, what);
        return;
    }
    size_t count = poupa_catalog_count(self->catalog, kind);
    poupa_catalog *copy = self->before ? NULL : copy_of(self->catalog);
    poupa_status status = change(self->catalog, what, kind, size > 2 ? line + 2 : "",
                                 size > 2 ? size - 2 : 0, &err);
    if (status != POUPA_OK) {
        CHECK(err.status == status && err.message[0]);
        CHECK(poupa_catalog_count(self->catalog, kind) == count);
        CHECK(copy == NULL || poupa_catalog_equal(self->catalog, copy));
    }
    poupa_catalog_release(copy);
}

/* What the edits have come to is a catalogue like one that was read. */
static void check_result(const poupa_catalog *catalog)
{
    poupa_buffer once, twice;
    poupa_catalog *again;
    CHECK(poupa_catalog_write(catalog, NULL, &once, NULL) == POUPA_OK);
    CHECK(poupa_catalog_read(once.data, once.size, NULL, &again, NULL) == POUPA_OK);
    CHECK(poupa_catalog_equal(catalog, again));
    CHECK(poupa_catalog_write(again, NULL, &twice, NULL) == POUPA_OK);
    poupa_catalog_release(again);
    check_same_bytes(&once, &twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {data, size};
    subject self = {NULL, NULL};
    CHECK(poupa_catalog_new(NULL, &self.catalog, NULL) == POUPA_OK);
    while (in.size) {
        size_t length;
        const char *line = take_line(&in, &length);
        run_line(&self, line, length);
    }
    if (self.before)
        run_edit(&self, 'u');
    check_result(self.catalog);
    poupa_catalog_release(self.catalog);
    return 0;
}
