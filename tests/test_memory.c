/*
 * test_memory.c - allocation that fails at the n-th call, for every n until the task is done:
 * the task says so, changes nothing, and leaks nothing. The library's allocator and jansson's
 * share one count.
 */
#define _XOPEN_SOURCE 700

#include <jansson.h>

#include "building.h"
#include "counting.h"
#include "folder.h"
#include "poupa/poupa.h"

/* -- One count for the library and for jansson ---------------------------- */

static counting state;

/* jansson does not tell the size when it frees; so it is kept before the block. */
static void *allocate_for_jansson(size_t size)
{
    size_t *block = counting_allocate(&state, sizeof(size_t) * 2 + size);
    if (block == NULL)
        return NULL;
    *block = sizeof(size_t) * 2 + size;
    return block + 2;
}

static void release_for_jansson(void *data)
{
    if (data)
        counting_release(&state, (size_t *)data - 2, ((size_t *)data)[-2]);
}

#define MINIMAL POUPA_FIXTURES "/catalogs/minimal.json"

/* -- Tasks --------------------------------------------------------------- */

/* What a task works on; made before memory gets short. */
typedef struct subject {
    poupa_buffer text;
    poupa_catalog *catalog; /* allocates with the count */
    poupa_catalog *before;  /* a copy that does not */
    poupa_allocator allocator;
    poupa_read_options reading;
    poupa_write_options writing;
} subject;

typedef poupa_status (*task)(const subject *of, poupa_error *err);

static poupa_status read_a_catalogue(const subject *of, poupa_error *err)
{
    poupa_catalog *catalog = NULL;
    poupa_status status =
        poupa_catalog_read(of->text.data, of->text.size, &of->reading, &catalog, err);
    ck_assert((catalog != NULL) == (status == POUPA_OK));
    poupa_catalog_release(catalog);
    return status;
}

static poupa_status read_a_file(const subject *of, poupa_error *err)
{
    poupa_catalog *catalog = NULL;
    poupa_status status = poupa_catalog_read_file(MINIMAL, &of->reading, &catalog, err);
    poupa_catalog_release(catalog);
    return status;
}

/* Findings of every stage, and references that cannot be checked. */
static poupa_status read_a_document_with_findings(const subject *of, poupa_error *err)
{
    static const char text[] =
        "{\"poupa\":\"1.0\",\"x\":[1,{\"y\":\"\\u00e9\"}],\"z\":2.5,"
        "\"areas\":[{\"id\":\"a\",\"type\":\"region\",\"name\":\"A\",\"parent_id\":\"b\"},"
        "{\"id\":\"b\",\"type\":\"regon\",\"name\":\"\",\"parent_id\":\"a\"}],"
        "\"channels\":[{\"id\":\"c\",\"type\":\"portal\",\"name\":\"C\"}],"
        "\"units\":[{\"id\":\"u\",\"name\":\"U\",\"latitude\":99,\"area_id\":\"aa\",\"extra\":{}}"
        ","
        "{\"name\":7,\"area_id\":\"zz\"},5,{\"id\":\"u\",\"name\":\"V\",\"nmae\":\"W\"}],"
        "\"services\":[{\"id\":\"s\",\"name\":\"S\",\"organization_id\":\"o\","
        "\"keywords\":[\"k\",5]}],"
        "\"offerings\":[{\"id\":\"f\",\"service_id\":\"s\",\"channel_id\":\"c\","
        "\"unit_ids\":[\"u\",\"u\"],\"access_rules\":[\"face_mask\",\"other\"]}]}";
    poupa_document *document = NULL;
    poupa_status status = poupa_document_read(text, strlen(text), &of->reading, &document, err);
    ck_assert((document != NULL) == (status == POUPA_OK));
    if (status == POUPA_OK)
        ck_assert_uint_gt(poupa_report_errors(poupa_document_report(document)), 8);
    poupa_document_free(document);
    return status;
}

static poupa_status read_a_broken_document(const subject *of, poupa_error *err)
{
    static const char *const texts[] = {
        "{\"poupa\":\"1.0\",\"units\":[{\"id\":\"a\",\"id\":\"b\"}]}",
        "{\"poupa\":\"1.0\",\"units\":[{\"id\":1e999}]}",
        "{\"poupa\":\"1.0\",\"poupa\":\"1.0\"}",
        "{\"poupa\":\"1.0\",\"units\":[{\"x\":[}]}",
        "[1]",
    };
    poupa_status status = POUPA_OK;
    for (size_t i = 0; i < COUNT(texts) && status != POUPA_ERR_MEMORY; i++) {
        poupa_document *document = NULL;
        status = poupa_document_read(texts[i], strlen(texts[i]), &of->reading, &document, err);
        poupa_document_free(document);
    }
    return status;
}

static poupa_status read_a_document_file(const subject *of, poupa_error *err)
{
    poupa_document *document = NULL;
    poupa_status status = poupa_document_read_file(MINIMAL, &of->reading, &document, err);
    poupa_document_free(document);
    return status;
}

static poupa_status validate_a_catalogue(const subject *of, poupa_error *err)
{
    poupa_report *report = NULL;
    poupa_status status = poupa_report_new(&of->allocator, &report, err);
    if (status == POUPA_OK)
        status = poupa_catalog_validate(of->catalog, report, err);
    if (status == POUPA_OK)
        status = poupa_report_locate(report, of->text.data, of->text.size, err);
    poupa_report_free(report);
    return status;
}

static poupa_status write_a_catalogue(const subject *of, poupa_error *err)
{
    poupa_buffer text;
    poupa_status status = poupa_catalog_write(of->catalog, &of->writing, &text, err);
    ck_assert((text.data != NULL) == (status == POUPA_OK));
    poupa_buffer_free(&text);
    return status;
}

static poupa_status write_a_file(const subject *of, poupa_error *err)
{
    char path[256];
    in_folder("catalog.json", path);
    poupa_status status = poupa_catalog_write_file(of->catalog, &of->writing, path, err);
    if (status != POUPA_OK)
        assert_content(path, "old");
    return status;
}

static bool ignore(void *context, const char *data, size_t size)
{
    (void)context;
    return data != NULL && size > 0;
}

/* The schema and a report, written with one writer each. */
static poupa_status write_other_things(const subject *of, poupa_error *err)
{
    poupa_report *report = NULL;
    poupa_writer *writer = NULL;
    poupa_status status = poupa_report_new(&of->allocator, &report, err);
    if (status == POUPA_OK)
        status = poupa_catalog_validate(NULL, report, err);
    if (status == POUPA_OK)
        status = poupa_report_write_text(report, NULL, ignore, NULL, err);
    if (status == POUPA_OK)
        status = poupa_writer_new(&of->writing, ignore, NULL, &writer, err);
    if (status == POUPA_OK) {
        poupa_writer_begin_array(writer);
        poupa_schema_write(writer);
        poupa_report_write_json(report, "a.json", writer);
        poupa_writer_end_array(writer);
        status = poupa_writer_finish(writer, err);
    }
    poupa_writer_free(writer);
    poupa_report_free(report);
    return status;
}

static poupa_status copy_a_catalogue(const subject *of, poupa_error *err)
{
    poupa_catalog *copy = NULL;
    poupa_status status = poupa_catalog_copy(of->catalog, &of->allocator, &copy, err);
    poupa_catalog_release(copy);
    return status;
}

static poupa_status add_to_a_catalogue(const subject *of, poupa_error *err)
{
    static const poupa_member extra[] = {{"x", "[1, {\"y\": 2}]"}};
    char id[32];
    poupa_status status = POUPA_OK;
    /* Enough for tables and arrays to grow. */
    for (int i = 0; i < 40 && status == POUPA_OK; i++) {
        size_t before = poupa_service_count(of->catalog);
        snprintf(id, sizeof id, "servico-%d", i);
        poupa_service service = {.id = id,
                                 .name = "Um serviço",
                                 .organization_id = "procon-sp",
                                 .keywords = POUPA_TEXTS("a", "b"),
                                 .extra = {extra, 1}};
        status = poupa_service_add(of->catalog, &service, err);
        ck_assert_uint_eq(poupa_service_count(of->catalog), before + (status == POUPA_OK));
        ck_assert((poupa_service_find(of->catalog, id) != NULL) == (status == POUPA_OK));
    }
    return status;
}

static poupa_status edit_a_catalogue(const subject *of, poupa_error *err)
{
    poupa_area area = {
        .id = "bauru", .type = {0, "municipality"}, .name = "Bauru", .parent_id = "sp"};
    poupa_unit unit = {.id = "santos", .name = "Bauru", .area_id = "bauru"};
    poupa_status status = poupa_catalog_begin(of->catalog, err);
    if (status == POUPA_OK)
        status = poupa_unit_replace(of->catalog, &unit, err);
    if (status == POUPA_OK)
        status = poupa_area_add(of->catalog, &area, err);
    if (status == POUPA_OK)
        status = poupa_claim_remove(of->catalog, poupa_claim_at(of->catalog, 0)->id, err);
    if (status == POUPA_OK)
        status = poupa_catalog_commit(of->catalog, err);
    poupa_catalog_rollback(of->catalog);
    return status;
}

/* A sound one, its replacement, and one that is not sound. */
static poupa_status read_entities(const subject *of, poupa_error *err)
{
    static const char sound[] = "{\"id\":\"bauru\",\"name\":\"Bauru\",\"area_id\":\"sp\","
                                "\"x\":[1.5,{\"y\":\"z\"}]}";
    static const char unsound[] = "{\"id\":\"lins\",\"name\":7}";
    poupa_status status = poupa_catalog_begin(of->catalog, err);
    if (status == POUPA_OK)
        status = poupa_catalog_add_json(of->catalog, POUPA_KIND_UNIT, sound, sizeof sound - 1,
                                        NULL, err);
    if (status == POUPA_OK)
        status = poupa_catalog_replace_json(of->catalog, POUPA_KIND_UNIT, sound, sizeof sound - 1,
                                            NULL, err);
    if (status == POUPA_OK) {
        status = poupa_catalog_add_json(of->catalog, POUPA_KIND_UNIT, unsound, sizeof unsound - 1,
                                        NULL, err);
        ck_assert_int_ne(status, POUPA_OK);
    }
    poupa_catalog_rollback(of->catalog);
    return status == POUPA_ERR_INVALID ? POUPA_OK : status;
}

/* In a language whose tag takes a block of its own. */
static poupa_status set_a_language(const subject *of, poupa_error *err)
{
    char tag[100000] = "pt";
    for (size_t i = 2; i + 2 < sizeof tag; i += 2)
        memcpy(tag + i, "-x", 3);
    return poupa_catalog_set_language(of->catalog, tag, err);
}

typedef poupa_status (*navigation)(const poupa_catalog *, const char *, poupa_list *,
                                   poupa_error *);

static poupa_status navigate_a_catalogue(const subject *of, poupa_error *err)
{
    static const struct {
        navigation navigate;
        const char *id;
    } steps[] = {{poupa_service_offerings, "reclamacao"}, {poupa_service_channels, "reclamacao"},
                 {poupa_service_units, "reclamacao"},     {poupa_unit_services, "santos"},
                 {poupa_channel_services, "portal"},      {poupa_area_units, "sp"}};
    poupa_status status = POUPA_OK;
    for (size_t i = 0; i < COUNT(steps) && status == POUPA_OK; i++) {
        poupa_list list;
        status = steps[i].navigate(of->catalog, steps[i].id, &list, err);
        ck_assert((list.count > 0) == (status == POUPA_OK));
        poupa_list_free(&list);
    }
    return status;
}

static poupa_status compute_with_a_catalogue(const subject *of, poupa_error *err)
{
    poupa_derived_list derived;
    poupa_status status = poupa_metrics_derive(of->catalog, &derived, err);
    if (status == POUPA_OK)
        poupa_derived_list_free(&derived);
    for (size_t i = 0; i < poupa_claim_count(of->catalog) && status == POUPA_OK; i++) {
        poupa_judgement judgement;
        status = poupa_claim_judge(of->catalog, poupa_claim_at(of->catalog, i), &judgement, err);
    }
    return status;
}

/* -- Running them -------------------------------------------------------- */

static void make_subject(subject *of)
{
    state = (counting){0};
    *of = (subject){.text = read_fixture(EVERY_MEMBER), .allocator = counting_allocator(&state)};
    of->reading.allocator = of->writing.allocator = &of->allocator;
    ASSERT_OK(poupa_catalog_read(of->text.data, of->text.size, &of->reading, &of->catalog, &err));
    of->before = copy_of(of->catalog);
}

static void release_subject(subject *of)
{
    poupa_catalog_release(of->before);
    poupa_catalog_release(of->catalog);
    poupa_buffer_free(&of->text);
    assert_nothing_leaked(&state);
}

/* What a task leaves behind in a catalogue. */
typedef enum trace {
    NOTHING, /* not even memory */
    MEMORY,  /* of what was undone; it goes with the catalogue */
    CHANGES  /* those that succeeded before memory ran out */
} trace;

static poupa_status run_failing_at(size_t call, task run, const subject *of, trace leaves)
{
    poupa_error err = {0};
    size_t blocks = state.blocks;
    state.calls = 0;
    state.fail_at = call;
    poupa_status status = run(of, &err);
    state.fail_at = 0;
    if (status != POUPA_OK) {
        ck_assert_msg(status == POUPA_ERR_MEMORY && err.status == status &&
                          strstr(err.message, "out of memory"),
                      "call %zu: %s: %s", call, poupa_status_name(status), err.message);
        ck_assert(leaves == CHANGES || poupa_catalog_equal(of->catalog, of->before));
    }
    ck_assert_msg(leaves != NOTHING || state.blocks == blocks, "call %zu leaks", call);
    return status;
}

/* Runs a task with less and less failing, until it succeeds. */
static void run_short_of_memory(task run, trace leaves)
{
    poupa_status status = POUPA_ERR_MEMORY;
    size_t calls = 0;
    subject of;
    json_set_alloc_funcs(allocate_for_jansson, release_for_jansson);
    make_subject(&of);
    while (status == POUPA_ERR_MEMORY) {
        status = run_failing_at(++calls, run, &of, leaves);
        if (leaves != NOTHING) {
            release_subject(&of);
            make_subject(&of);
        }
    }
    release_subject(&of);
    json_set_alloc_funcs(malloc, free);
    ck_assert_int_eq(status, POUPA_OK);
    ck_assert_uint_gt(calls, 1);
}

#define SHORT_OF_MEMORY(run, leaves)                                                             \
    START_TEST(run##_short_of_memory)                                                            \
    {                                                                                            \
        run_short_of_memory(run, leaves);                                                        \
    }                                                                                            \
    END_TEST

SHORT_OF_MEMORY(read_a_catalogue, NOTHING)
SHORT_OF_MEMORY(read_a_file, NOTHING)
SHORT_OF_MEMORY(read_a_document_with_findings, NOTHING)
SHORT_OF_MEMORY(read_a_broken_document, NOTHING)
SHORT_OF_MEMORY(read_a_document_file, NOTHING)
SHORT_OF_MEMORY(validate_a_catalogue, NOTHING)
SHORT_OF_MEMORY(write_a_catalogue, NOTHING)
SHORT_OF_MEMORY(write_other_things, NOTHING)
SHORT_OF_MEMORY(copy_a_catalogue, NOTHING)
SHORT_OF_MEMORY(add_to_a_catalogue, CHANGES)
SHORT_OF_MEMORY(edit_a_catalogue, MEMORY)
SHORT_OF_MEMORY(read_entities, MEMORY)
SHORT_OF_MEMORY(set_a_language, MEMORY)
SHORT_OF_MEMORY(navigate_a_catalogue, NOTHING)
SHORT_OF_MEMORY(compute_with_a_catalogue, NOTHING)

START_TEST(write_a_file_short_of_memory)
{
    char path[256];
    make_folder();
    write_fixture(in_folder("catalog.json", path), "old", 3);
    run_short_of_memory(write_a_file, NOTHING);
    ck_assert_uint_eq(remove_folder(), 1);
}
END_TEST

int main(void)
{
    return RUN_SUITE("memory", read_a_catalogue_short_of_memory, read_a_file_short_of_memory,
                     read_a_document_with_findings_short_of_memory,
                     read_a_broken_document_short_of_memory, read_a_document_file_short_of_memory,
                     validate_a_catalogue_short_of_memory, write_a_catalogue_short_of_memory,
                     write_a_file_short_of_memory, write_other_things_short_of_memory,
                     copy_a_catalogue_short_of_memory, add_to_a_catalogue_short_of_memory,
                     edit_a_catalogue_short_of_memory, read_entities_short_of_memory,
                     set_a_language_short_of_memory, navigate_a_catalogue_short_of_memory,
                     compute_with_a_catalogue_short_of_memory);
}
