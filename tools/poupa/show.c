/* show.c - "poupa show": the entities of a kind, or one of them. */
#include <stdint.h>
#include <stdio.h>

#include "documents.h"
#include "layout.h"
#include "messages.h"
#include "run.h"

static void print_texts(FILE *out, poupa_texts texts)
{
    for (size_t i = 0; i < texts.count; i++)
        fprintf(out, "%s%s", i ? ", " : "", texts.items[i]);
}

/* Prints a required member; those are of the types below. */
static void print_member(FILE *out, const poupa_field *field, const void *entity)
{
    const void *member = (const char *)entity + field->offset;
    char number[POUPA_NUMBER_SIZE];
    char date[POUPA_DATE_SIZE];
    char period[POUPA_PERIOD_SIZE];
    switch (field->type) {
    case POUPA_FIELD_TEXTS:
    case POUPA_FIELD_REFS:
        print_texts(out, *(const poupa_texts *)member);
        break;
    case POUPA_FIELD_WORD:
        fputs(((const poupa_word *)member)->text, out);
        break;
    case POUPA_FIELD_DATE:
        poupa_date_print(*(const poupa_date *)member, date);
        fputs(date, out);
        break;
    case POUPA_FIELD_PERIOD:
        poupa_period_print(*(const poupa_period *)member, period);
        fputs(period, out);
        break;
    case POUPA_FIELD_NUMBER:
        poupa_number_print(*(const double *)member, number);
        fputs(number, out);
        break;
    default:
        fputs(*(const char *const *)member, out);
        break;
    }
}

/* A column per required member. */
static void print_table(const poupa_catalog *catalog, poupa_kind kind)
{
    cli_table table = {0};
    cli_terminal terminal = terminal_of(stdout);
    if (!terminal.interactive)
        terminal.width = INT32_MAX; /* one line per entity, for other programs */
    size_t field_count;
    const poupa_field *fields = poupa_kind_fields(kind, &field_count);
    size_t count = poupa_catalog_count(catalog, kind);
    for (size_t row = 0; count > 0 && row <= count; row++) {
        FILE *cell = NULL;
        for (size_t i = 0; i < field_count; i++) {
            if (!fields[i].required)
                continue;
            cell = cell ? table_cell(&table) : table_row(&table);
            if (row == 0)
                fprintf(cell, BOLD "%s" PLAIN, fields[i].name);
            else
                print_member(cell, &fields[i], poupa_catalog_at(catalog, kind, row - 1));
        }
    }
    table_print(&table, &terminal, 0);
}

static exit_status print_json(const poupa_catalog *catalog, poupa_kind kind)
{
    poupa_writer *writer = json_begin();
    poupa_writer_begin_array(writer);
    for (size_t i = 0; i < poupa_catalog_count(catalog, kind); i++)
        poupa_entity_write(kind, poupa_catalog_at(catalog, kind, i), writer);
    poupa_writer_end_array(writer);
    return json_end(writer);
}

static exit_status print_entity(const poupa_catalog *catalog, poupa_kind kind, const char *id)
{
    const void *entity = poupa_catalog_find(catalog, kind, id);
    if (entity == NULL) {
        /* Every entity struct begins with its id. */
        const char *const *near = poupa_catalog_nearest(catalog, kind, id);
        return fail(EXIT_FINDINGS, "no %s has the id \"%s\"%s", poupa_kind_name(kind), id,
                    did_you_mean(near ? *near : NULL).text);
    }
    poupa_writer *writer = json_begin();
    poupa_entity_write(kind, entity, writer);
    return json_end(writer);
}

exit_status run_show(const cli_arguments *arguments)
{
    poupa_document *document;
    poupa_kind kind = POUPA_KIND_SOURCE;
    exit_status status = document_read_sound(arguments->operands[0], &document);
    if (status != EXIT_FINE)
        return status;
    const poupa_catalog *catalog = poupa_document_catalog(document);
    poupa_kind_find(arguments->operands[1], &kind);
    if (arguments->operand_count > 2)
        status = print_entity(catalog, kind, arguments->operands[2]);
    else if (arguments->given[OPTION_JSON])
        status = print_json(catalog, kind);
    else
        print_table(catalog, kind);
    poupa_document_free(document);
    return status;
}
