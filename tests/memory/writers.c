/* writers.c - writing JSON piece by piece, short of memory: whichever piece it is that finds
 * none, the end of the text tells. */
#include "building.h"
#include "sweep.h"

typedef struct subject {
    poupa_catalog *catalog;
    poupa_report *report;
    size_t variant;
} subject;

static void *make(size_t variant)
{
    static const char text[] = "{\"poupa\":\"1.0\",\"units\":[{\"id\":\"u\",\"nmae\":\"U\"}]}";
    subject *of = calloc(1, sizeof *of);
    poupa_catalog *catalog;
    ASSERT_OK(poupa_catalog_read_file(EVERY_MEMBER, NULL, &of->catalog, &err));
    ASSERT_OK(poupa_report_new(NULL, &of->report, &err));
    ASSERT_OK(poupa_catalog_inspect(text, sizeof text - 1, NULL, of->report, &catalog, &err));
    poupa_catalog_release(catalog);
    of->variant = variant;
    return of;
}

static void discard(void *context)
{
    subject *of = context;
    poupa_report_free(of->report);
    poupa_catalog_release(of->catalog);
    free(of);
}

/* -- The pieces ----------------------------------------------------------- */

static void begin_and_end_an_object(poupa_writer *writer, const subject *of)
{
    CALL(poupa_writer_begin_object)(writer);
    CALL(poupa_writer_end_object)(writer);
    (void)of;
}

static void begin_and_end_an_array(poupa_writer *writer, const subject *of)
{
    CALL(poupa_writer_begin_array)(writer);
    CALL(poupa_writer_end_array)(writer);
    (void)of;
}

static void put_a_member(poupa_writer *writer, const subject *of)
{
    poupa_writer_begin_object(writer);
    CALL(poupa_writer_key)(writer, "name");
    CALL(poupa_writer_null)(writer);
    CALL(poupa_writer_end_object)(writer);
    (void)of;
}

static void put_a_text(poupa_writer *writer, const subject *of)
{
    CALL(poupa_writer_text)(writer, "texto");
    (void)of;
}

static void put_a_number(poupa_writer *writer, const subject *of)
{
    CALL(poupa_writer_number)(writer, 12.5);
    (void)of;
}

static void put_an_integer(poupa_writer *writer, const subject *of)
{
    CALL(poupa_writer_integer)(writer, 12);
    (void)of;
}

static void put_a_boolean(poupa_writer *writer, const subject *of)
{
    CALL(poupa_writer_boolean)(writer, true);
    (void)of;
}

static void put_json(poupa_writer *writer, const subject *of)
{
    static const char text[] = "{\"a\":[1,{\"b\":\"\\u00e9\"}],\"c\":[]}";
    CALL(poupa_writer_json)(writer, text, sizeof text - 1);
    (void)of;
}

static void put_an_entity(poupa_writer *writer, const subject *of)
{
    CALL(poupa_entity_write)(POUPA_KIND_OFFERING, poupa_offering_at(of->catalog, 1), writer);
}

static void put_a_report(poupa_writer *writer, const subject *of)
{
    CALL(poupa_report_write_json)(of->report, "a.json", writer);
}

static void put_the_schema(poupa_writer *writer, const subject *of)
{
    CALL(poupa_schema_write)(writer);
    (void)of;
}

static void (*const pieces[])(poupa_writer *writer, const subject *of) = {
    begin_and_end_an_object, begin_and_end_an_array, put_a_member, put_a_text,    put_a_number,
    put_an_integer,          put_a_boolean,          put_json,     put_an_entity, put_a_report,
    put_the_schema,
};

/* -- Writing -------------------------------------------------------------- */

/* The piece behind texts of different sizes, so that room ends at every part of it. */
enum { SHIFTS = 20, WAYS = 2 * SHIFTS };

static poupa_status write_a_piece(void *context, poupa_error *err)
{
    static const char filling[] = "--------------------";
    const subject *of = context;
    size_t way = of->variant % WAYS;
    const poupa_write_options options = {.pretty = way >= SHIFTS, .allocator = &counted};
    poupa_writer *writer = NULL;
    poupa_status status = CALL(poupa_writer_new)(&options, take_all, NULL, &writer, err);
    ck_assert((writer != NULL) == (status == POUPA_OK));
    if (status != POUPA_OK)
        return status;
    poupa_writer_begin_array(writer);
    poupa_writer_text(writer, filling + way % SHIFTS);
    pieces[of->variant / WAYS](writer, of);
    poupa_writer_end_array(writer);
    status = CALL(poupa_writer_finish)(writer, err);
    poupa_writer_free(writer);
    return status;
}

void sweep_writers(void)
{
    static const task tasks[] = {
        {"write a piece", make, write_a_piece, NULL, discard, COUNT(pieces) * WAYS, 0},
    };
    sweep(tasks, COUNT(tasks));
}
