/* files.c - saving files, short of memory. */
#define _XOPEN_SOURCE 700

#include "folder.h"
#include "sweep.h"

typedef struct subject {
    poupa_catalog *catalog;
    poupa_attendance *table;
    char path[256];
} subject;

static void *make(size_t variant)
{
    subject *of = calloc(1, sizeof *of);
    poupa_builder *builder;
    make_folder();
    write_fixture(in_folder("saved", of->path), "old", 3);
    ASSERT_OK(poupa_catalog_read_file(EVERY_MEMBER, NULL, &of->catalog, &err));
    ASSERT_OK(poupa_builder_new(&counted, &builder, &err));
    poupa_record record = {.period = poupa_period_around(18262, POUPA_PERIOD_MONTH),
                           .unit = "santos",
                           .service = "reclamacao",
                           .channel = "presencial",
                           .count = 7};
    ASSERT_OK(poupa_builder_append(builder, &record, &err));
    ASSERT_OK(poupa_builder_finish(builder, &of->table, &err));
    poupa_builder_free(builder);
    (void)variant;
    return of;
}

/* The old file is there until the new one is, and no other. */
static void the_file_is_whole(void *context, poupa_status status)
{
    subject *of = context;
    poupa_buffer text = read_fixture(of->path);
    ck_assert((strcmp(text.data, "old") == 0) == (status != POUPA_OK));
    ck_assert(status != POUPA_OK || text.data[text.size - 1] == '\n');
    poupa_buffer_free(&text);
}

static void discard(void *context)
{
    subject *of = context;
    poupa_attendance_release(of->table);
    poupa_catalog_release(of->catalog);
    free(of);
    ck_assert_uint_eq(remove_folder(), 1);
}

static poupa_status save_a_catalogue(void *context, poupa_error *err)
{
    subject *of = context;
    const poupa_write_options options = {.pretty = true, .allocator = &counted};
    return CALL(poupa_catalog_write_file)(of->catalog, &options, of->path, err);
}

static poupa_status save_a_table(void *context, poupa_error *err)
{
    subject *of = context;
    return CALL(poupa_attendance_write_file)(of->table, &counted, of->path, err);
}

static poupa_status save_bytes(void *context, poupa_error *err)
{
    subject *of = context;
    return CALL(poupa_file_write)(of->path, "new\n", 4, err);
}

static poupa_status save_piece_by_piece(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_saving *saving = NULL;
    poupa_status status = CALL(poupa_saving_new)(of->path, &counted, &saving, err);
    ck_assert((saving != NULL) == (status == POUPA_OK));
    if (status == POUPA_OK) {
        ck_assert(CALL(poupa_saving_write)(saving, "new\n", 4));
        status = CALL(poupa_saving_commit)(saving, err);
    }
    CALL(poupa_saving_free)(saving);
    return status;
}

void sweep_files(void)
{
    static const task tasks[] = {
        {"save a catalogue", make, save_a_catalogue, the_file_is_whole, discard, 0, 0},
        {"save a table", make, save_a_table, the_file_is_whole, discard, 0, 0},
        {"save bytes", make, save_bytes, the_file_is_whole, discard, 0, BY_DEFAULT},
        {"save piece by piece", make, save_piece_by_piece, the_file_is_whole, discard, 0, 0},
    };
    sweep(tasks, COUNT(tasks));
}
