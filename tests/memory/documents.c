/* documents.c - reading, validating and writing documents, short of memory. */
#include "building.h"
#include "sweep.h"

typedef struct subject {
    poupa_buffer text;
    poupa_catalog *catalog; /* counted */
    poupa_catalog *before;
    poupa_report *report;
    size_t variant;
} subject;

static const poupa_read_options reading = {.allocator = &counted};
static const poupa_write_options writing = {.pretty = true, .allocator = &counted};

static void *make(size_t variant)
{
    subject *of = calloc(1, sizeof *of);
    of->text = read_fixture(EVERY_MEMBER);
    ASSERT_OK(poupa_catalog_read(of->text.data, of->text.size, &reading, &of->catalog, &err));
    of->before = copy_of(of->catalog);
    ASSERT_OK(poupa_report_new(&counted, &of->report, &err));
    of->variant = variant;
    return of;
}

static void discard(void *context)
{
    subject *of = context;
    poupa_report_free(of->report);
    poupa_catalog_release(of->before);
    poupa_catalog_release(of->catalog);
    poupa_buffer_free(&of->text);
    free(of);
}

static void nothing_changed(void *context, poupa_status status)
{
    subject *of = context;
    (void)status;
    ck_assert(poupa_catalog_equal(of->catalog, of->before));
}

/* -- Reading catalogues --------------------------------------------------- */

/* What was read is what the subject has. */
static poupa_status check_read(const subject *of, poupa_status status, poupa_catalog *catalog)
{
    ck_assert((catalog != NULL) == (status == POUPA_OK));
    if (catalog)
        ck_assert(poupa_catalog_equal(of->catalog, catalog));
    poupa_catalog_release(catalog);
    return status;
}

static poupa_status read_text(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_catalog *catalog = NULL;
    poupa_status status =
        CALL(poupa_catalog_read)(of->text.data, of->text.size, &reading, &catalog, err);
    return check_read(of, status, catalog);
}

static poupa_status read_a_file(void *context, poupa_error *err)
{
    poupa_catalog *catalog = NULL;
    poupa_status status = CALL(poupa_catalog_read_file)(EVERY_MEMBER, &reading, &catalog, err);
    return check_read(context, status, catalog);
}

static poupa_status read_from(void *context, poupa_error *err)
{
    subject *of = context;
    giver from = {of->text.data, of->text.size};
    poupa_catalog *catalog = NULL;
    poupa_status status = CALL(poupa_catalog_read_from)(give, &from, &reading, &catalog, err);
    return check_read(of, status, catalog);
}

static poupa_status read_a_stream(void *context, poupa_error *err)
{
    FILE *stream = fopen(EVERY_MEMBER, "rb");
    poupa_catalog *catalog = NULL;
    poupa_status status = CALL(poupa_catalog_read_stream)(stream, &reading, &catalog, err);
    fclose(stream);
    return check_read(context, status, catalog);
}

/* -- Reading what is wrong ------------------------------------------------ */

/* Findings of every stage, and references that cannot be checked. */
static const char faulty[] =
    "{\"poupa\":\"1.0\",\"x\":[1,{\"y\":\"\\u00e9\"}],\"z\":2.5,"
    "\"areas\":[{\"id\":\"a\",\"type\":\"region\",\"name\":\"A\",\"parent_id\":\"b\"},"
    "{\"id\":\"b\",\"type\":\"regon\",\"name\":\"\",\"parent_id\":\"a\"}],"
    "\"channels\":[{\"id\":\"c\",\"type\":\"portal\",\"name\":\"C\"}],"
    "\"units\":[{\"id\":\"u\",\"name\":\"U\",\"latitude\":99,\"area_id\":\"aa\",\"extra\":{}},"
    "{\"name\":7,\"area_id\":\"zz\"},5,{\"id\":\"u\",\"name\":\"V\",\"nmae\":\"W\"}],"
    "\"services\":[{\"id\":\"s\",\"name\":\"S\",\"organization_id\":\"o\","
    "\"keywords\":[\"k\",5]}],"
    "\"offerings\":[{\"id\":\"f\",\"service_id\":\"s\",\"channel_id\":\"c\","
    "\"unit_ids\":[\"u\",\"u\"],\"access_rules\":[\"face_mask\",\"other\"]}]}";

static const char *const broken[] = {
    "{\"poupa\":\"1.0\",\"units\":[{\"id\":\"a\",\"id\":\"b\"}]}",
    "{\"poupa\":\"1.0\",\"units\":[{\"id\":1e999}]}",
    "{\"poupa\":\"1.0\",\"poupa\":\"1.0\"}",
    "{\"poupa\":\"1.0\",\"units\":[{\"x\":[}]}",
    "{\"poupa\":\"1.0\",\"units\":[{\"id\":\"u\",\"name\":\"\\ud800\"}]}",
    "[1]",
    faulty,
};

static poupa_status check_document(poupa_status status, poupa_document **out)
{
    poupa_document *document = *out;
    ck_assert((document != NULL) == (status == POUPA_OK));
    if (document)
        ck_assert_ptr_nonnull(poupa_document_report(document));
    poupa_document_free(document);
    return status;
}

static poupa_status read_a_document(void *context, poupa_error *err)
{
    const char *text = broken[((subject *)context)->variant];
    poupa_document *document = NULL;
    return check_document(CALL(poupa_document_read)(text, strlen(text), &reading, &document, err),
                          &document);
}

static poupa_status read_a_document_from(void *context, poupa_error *err)
{
    giver from = {faulty, sizeof faulty - 1};
    poupa_document *document = NULL;
    (void)context;
    return check_document(CALL(poupa_document_read_from)(give, &from, &reading, &document, err),
                          &document);
}

static poupa_status read_a_document_file(void *context, poupa_error *err)
{
    poupa_document *document = NULL;
    (void)context;
    return check_document(CALL(poupa_document_read_file)(POUPA_FIXTURES
                                                         "/catalogs/unknown-words.json",
                                                         &reading, &document, err),
                          &document);
}

/* With an error in place of the document. */
static poupa_status read_and_be_refused(void *context, poupa_error *err)
{
    const char *text = broken[((subject *)context)->variant];
    poupa_catalog *catalog = NULL;
    poupa_status status = CALL(poupa_catalog_read)(text, strlen(text), &reading, &catalog, err);
    ck_assert_ptr_null(catalog);
    ck_assert_int_ne(status, POUPA_OK);
    return status == POUPA_ERR_MEMORY ? status : POUPA_OK;
}

static poupa_status inspect(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_catalog *catalog = NULL;
    poupa_status status = CALL(poupa_catalog_inspect)(faulty, sizeof faulty - 1, &reading,
                                                      of->report, &catalog, err);
    ck_assert((catalog != NULL) == (status == POUPA_OK));
    poupa_catalog_release(catalog);
    return status;
}

/* -- Reports -------------------------------------------------------------- */

static poupa_status make_a_report(void *context, poupa_error *err)
{
    poupa_report *report = NULL;
    poupa_status status = CALL(poupa_report_new)(&counted, &report, err);
    ck_assert((report != NULL) == (status == POUPA_OK));
    poupa_report_free(report);
    (void)context;
    return status;
}

static poupa_status validate(void *context, poupa_error *err)
{
    subject *of = context;
    return CALL(poupa_catalog_validate)(of->catalog, of->report, err);
}

/* A catalogue with what validation finds at its every stage. */
static void *make_doubtful(size_t variant)
{
    subject *of = make(variant);
    ADD(of->catalog, unit, .id = "santos-2", .name = "Poupatempo santos",
        .latitude = POUPA_SOME(9), .longitude = POUPA_SOME(9));
    ADD(of->catalog, service, .id = "queixa", .name = "Registro de  reclamacao",
        .organization_id = "procon-sp");
    ADD(of->catalog, metric, .id = "m", .indicator_id = "atendimentos", .value = 1e9,
        .period = poupa_period_around(18262, POUPA_PERIOD_YEAR),
        .dimensions = {.channel_ids = POUPA_TEXTS("portal")});
    ADD(of->catalog, metric, .id = "n", .indicator_id = "atendimentos", .value = 5,
        .period = poupa_period_around(18262, POUPA_PERIOD_YEAR),
        .dimensions = {.channel_ids = POUPA_TEXTS("portal")});
    poupa_catalog_release(of->before);
    of->before = copy_of(of->catalog);
    return of;
}

static void *make_with_findings(size_t variant)
{
    subject *of = make(variant);
    poupa_catalog *catalog = NULL;
    ASSERT_OK(poupa_catalog_inspect(faulty, sizeof faulty - 1, NULL, of->report, &catalog, &err));
    poupa_catalog_release(catalog);
    return of;
}

static poupa_status locate(void *context, poupa_error *err)
{
    subject *of = context;
    return CALL(poupa_report_locate)(of->report, faulty, sizeof faulty - 1, err);
}

static void are_located(void *context, poupa_status status)
{
    subject *of = context;
    for (size_t i = 0; i < poupa_report_count(of->report); i++)
        ck_assert((poupa_report_at(of->report, i)->line == 1) == (status == POUPA_OK));
}

static poupa_status print_a_report(void *context, poupa_error *err)
{
    subject *of = context;
    const poupa_report_style style = {
        .name = "a.json", .data = faulty, .size = sizeof faulty - 1};
    return CALL(poupa_report_write_text)(of->report, &style, take_all, NULL, err);
}

/* -- Writing catalogues --------------------------------------------------- */

static poupa_status write_text(void *context, poupa_error *err)
{
    subject *of = context;
    poupa_buffer text;
    poupa_status status = CALL(poupa_catalog_write)(of->catalog, &writing, &text, err);
    ck_assert((text.data != NULL) == (status == POUPA_OK));
    if (status == POUPA_OK)
        ck_assert_str_eq(text.data, of->text.data);
    poupa_buffer_free(&text);
    return status;
}

static poupa_status write_to(void *context, poupa_error *err)
{
    subject *of = context;
    return CALL(poupa_catalog_write_to)(of->catalog, &writing, take_all, NULL, err);
}

void sweep_documents(void)
{
    static const task tasks[] = {
        {"read a text", make, read_text, nothing_changed, discard, 0, 0},
        {"read a file", make, read_a_file, nothing_changed, discard, 0, 0},
        {"read from a callback", make, read_from, nothing_changed, discard, 0, 0},
        {"read a stream", make, read_a_stream, nothing_changed, discard, 0, 0},
        {"read a document", make, read_a_document, NULL, discard, COUNT(broken), 0},
        {"read a document from a callback", make, read_a_document_from, NULL, discard, 0, 0},
        {"read a document file", make, read_a_document_file, NULL, discard, 0, 0},
        {"read what is refused", make, read_and_be_refused, NULL, discard, COUNT(broken), 0},
        {"inspect", make, inspect, NULL, discard, 0, KEEPS | SPOILS},
        {"make a report", NULL, make_a_report, NULL, NULL, 0, 0},
        {"validate", make_doubtful, validate, nothing_changed, discard, 0, KEEPS | SPOILS},
        {"locate", make_with_findings, locate, are_located, discard, 0, 0},
        {"print a report", make_with_findings, print_a_report, NULL, discard, 0, 0},
        {"write a text", make, write_text, nothing_changed, discard, 0, 0},
        {"write to a callback", make, write_to, nothing_changed, discard, 0, 0},
    };
    sweep(tasks, COUNT(tasks));
}
