/* validate.c - validates a document and prints all that is wrong with it. */
#include <poupa/poupa.h>
#include <stdio.h>
#include <string.h>

/* An id of an organization and the name of a member are misspelt. */
static const char with_mistakes[] =
    "{\n"
    "  \"poupa\": \"1.0\",\n"
    "  \"organizations\": [\n"
    "    {\"id\": \"procon-sp\", \"name\": \"Fundação Procon-SP\"}\n"
    "  ],\n"
    "  \"services\": [\n"
    "    {\n"
    "      \"id\": \"reclamacao\",\n"
    "      \"name\": \"Registro de reclamação\",\n"
    "      \"organization_id\": \"procom-sp\",\n"
    "      \"status\": \"inactive\",\n"
    "      \"descripton\": \"Registra a reclamação de um consumidor.\"\n"
    "    }\n"
    "  ]\n"
    "}\n";

static bool write_to(void *stream, const char *data, size_t size)
{
    return fwrite(data, 1, size, stream) == size;
}

static poupa_status print_findings(const poupa_document *document, const char *name,
                                   poupa_error *err)
{
    const poupa_report *report = poupa_document_report(document);
    poupa_report_style style = {.name = name};
    style.data = poupa_document_text(document, &style.size);
    poupa_status status = poupa_report_write_text(report, &style, write_to, stdout, err);
    if (status != POUPA_OK)
        return status;
    for (size_t i = 0; i < poupa_report_not_run_count(report); i++) {
        const poupa_not_run *not_run = poupa_report_not_run_at(report, i);
        printf("not checked: %s [%s]: %s\n", not_run->rule->title, not_run->rule->code,
               not_run->why);
    }
    printf("errors: %zu, warnings: %zu\n", poupa_report_errors(report),
           poupa_report_warnings(report));
    return POUPA_OK;
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "(built in)";
    poupa_document *document = NULL;
    poupa_error err;
    poupa_status status = argc > 1 ? poupa_document_read_file(name, NULL, &document, &err)
                                   : poupa_document_read(with_mistakes, strlen(with_mistakes),
                                                         NULL, &document, &err);
    if (status == POUPA_OK)
        status = print_findings(document, name, &err);
    if (status != POUPA_OK)
        fprintf(stderr, "%s: %s\n", name, err.message);
    poupa_document_free(document);
    return status == POUPA_OK ? 0 : 1;
}
