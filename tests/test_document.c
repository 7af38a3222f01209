/* test_document.c - a document as a whole: its text, its catalogue, its findings. */
#include "fixture.h"
#include "poupa/document.h"

static poupa_document *read_document(const char *text)
{
    poupa_document *document = NULL;
    ASSERT_OK(poupa_document_read(text, strlen(text), NULL, &document, &err));
    return document;
}

START_TEST(a_document_has_its_text_its_catalogue_and_its_findings)
{
    static const char text[] = "{\"poupa\": \"1.0\",\n\"units\": [\n"
                               "{\"id\": \"se\", \"name\": \"Sé\", \"latitude\": -123}]}";
    poupa_document *document = read_document(text);
    size_t size;
    ck_assert_str_eq(poupa_document_text(document, &size), text);
    ck_assert_uint_eq(size, strlen(text));
    ck_assert_str_eq(poupa_unit_find(poupa_document_catalog(document), "se")->name, "Sé");
    const poupa_report *report = poupa_document_report(document);
    ck_assert_uint_eq(poupa_report_errors(report), 0);
    ck_assert_uint_gt(poupa_report_warnings(report), 0);
    for (size_t i = 0; i < poupa_report_count(report); i++)
        ck_assert_uint_eq(poupa_report_at(report, i)->line, 3);
    poupa_document_free(document);
}
END_TEST

START_TEST(a_document_with_errors_has_what_is_sound_of_it)
{
    poupa_document *document =
        read_document("{\"poupa\": \"1.0\", \"units\": [{\"id\": \"se\", \"name\": \"Sé\"}, 7]}");
    ck_assert_uint_eq(poupa_unit_count(poupa_document_catalog(document)), 1);
    ck_assert_uint_eq(poupa_report_errors(poupa_document_report(document)), 1);
    ck_assert_uint_gt(poupa_report_not_run_count(poupa_document_report(document)), 0);
    poupa_document_free(document);
}
END_TEST

START_TEST(a_document_that_is_none_has_no_catalogue)
{
    poupa_document *document = read_document("[]");
    ck_assert_ptr_null(poupa_document_catalog(document));
    ck_assert_uint_eq(poupa_report_errors(poupa_document_report(document)), 1);
    ck_assert_str_eq(poupa_document_text(document, NULL), "[]");
    poupa_document_free(document);
}
END_TEST

START_TEST(a_catalogue_that_is_retained_outlives_its_document)
{
    poupa_document *document = NULL;
    ASSERT_OK(poupa_document_read_file(EXAMPLE, NULL, &document, &err));
    poupa_catalog *catalog = poupa_catalog_retain(poupa_document_catalog(document));
    poupa_document_free(document);
    ck_assert_uint_gt(poupa_unit_count(catalog), 10);
    poupa_catalog_release(catalog);
}
END_TEST

/* Gives a text byte by byte. */
static ptrdiff_t read_byte(void *context, char *buffer, size_t capacity)
{
    const char **at = context;
    ck_assert_uint_gt(capacity, 0);
    if (**at == '\0')
        return 0;
    *buffer = *(*at)++;
    return 1;
}

static ptrdiff_t read_nothing(void *context, char *buffer, size_t capacity)
{
    (void)context;
    (void)buffer;
    (void)capacity;
    return -1;
}

START_TEST(all_ways_of_reading_lead_to_the_same_document)
{
    poupa_buffer text = read_fixture(EXAMPLE);
    poupa_document *documents[3] = {NULL};
    const char *at = text.data;
    ASSERT_OK(poupa_document_read(text.data, text.size, NULL, &documents[0], &err));
    ASSERT_OK(poupa_document_read_file(EXAMPLE, NULL, &documents[1], &err));
    ASSERT_OK(poupa_document_read_from(read_byte, &at, NULL, &documents[2], &err));
    for (size_t i = 0; i < COUNT(documents); i++) {
        ck_assert_str_eq(poupa_document_text(documents[i], NULL), text.data);
        ck_assert(poupa_catalog_equal(poupa_document_catalog(documents[i]),
                                      poupa_document_catalog(documents[0])));
        ck_assert_uint_eq(poupa_report_count(poupa_document_report(documents[i])), 0);
    }
    for (size_t i = 0; i < COUNT(documents); i++)
        poupa_document_free(documents[i]);
    poupa_buffer_free(&text);
}
END_TEST

START_TEST(what_cannot_be_read_is_no_document)
{
    poupa_document *document = NULL;
    poupa_read_options small = {.max_size = 10};
    const char *at = "{\"poupa\": \"1.0\"}";
    ASSERT_FAILS(poupa_document_read_file("/nowhere.json", NULL, &document, &err), POUPA_ERR_IO);
    ASSERT_FAILS(poupa_document_read_file(EXAMPLE, &small, &document, &err), POUPA_ERR_LIMIT);
    ASSERT_FAILS(poupa_document_read_from(read_byte, &at, &small, &document, &err),
                 POUPA_ERR_LIMIT);
    ASSERT_FAILS(poupa_document_read_from(read_nothing, NULL, NULL, &document, &err),
                 POUPA_ERR_IO);
    ASSERT_FAILS(poupa_document_read(NULL, 0, NULL, &document, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_document_read("", 0, NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_document_read_file(NULL, NULL, &document, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_document_read_file(EXAMPLE, NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_document_read_from(NULL, NULL, NULL, &document, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_document_read_from(read_byte, &at, NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ck_assert_ptr_null(document);
}
END_TEST

START_TEST(no_document_has_nothing)
{
    size_t size = 7;
    ck_assert_str_eq(poupa_document_text(NULL, &size), "");
    ck_assert_uint_eq(size, 0);
    ck_assert_ptr_null(poupa_document_catalog(NULL));
    ck_assert_ptr_null(poupa_document_report(NULL));
    poupa_document_free(NULL);
}
END_TEST

int main(void)
{
    return RUN_SUITE("document", a_document_has_its_text_its_catalogue_and_its_findings,
                     a_document_with_errors_has_what_is_sound_of_it,
                     a_document_that_is_none_has_no_catalogue,
                     a_catalogue_that_is_retained_outlives_its_document,
                     all_ways_of_reading_lead_to_the_same_document,
                     what_cannot_be_read_is_no_document, no_document_has_nothing);
}
