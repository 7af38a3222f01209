/*
 * poupa.i - libpoupa for SWIG: what the public headers declare, for every language alike.
 *
 * The file of the language, included below, says how values, errors and objects look there.
 * Typemaps go by the names of parameters, which are the same in all headers.
 */
%module(package = "poupa") _swig

%{
#include <poupa/poupa.h>
#include <stdlib.h>
#include <string.h>
%}

%include <stdint.i>

#define POUPA_API
%rename("%(strip:[poupa_])s") "";
%immutable;
%nodefaultctor;
%nodefaultdtor;

/* -- What stays in C ------------------------------------------------------ */

/* Memory is the language's, and so is the end of an object. */
%ignore poupa_allocator;
%ignore poupa_buffer;
%ignore poupa_buffer_free;
%ignore poupa_list;
%ignore poupa_list_free;
%ignore poupa_derived_list;
%ignore poupa_derived_list_free;
%ignore poupa_catalog_retain;
%ignore poupa_catalog_release;
%ignore poupa_attendance_retain;
%ignore poupa_attendance_release;
%ignore poupa_report_free;
%ignore poupa_document_free;
%ignore poupa_builder_free;
%ignore poupa_decoder_free;
%ignore poupa_ndjson_close;
%ignore poupa_rollup_free;
%ignore poupa_rollup_table_free;

/* Structs that come as values of the language. */
%ignore poupa_error;
%ignore poupa_texts;
%ignore poupa_optional;
%ignore poupa_date;
%ignore poupa_period;
%ignore poupa_word;
%ignore poupa_words;
%ignore poupa_member;
%ignore poupa_members;
%ignore poupa_dimensions;
%ignore poupa_vocabulary;
%ignore poupa_field;
%ignore poupa_interval;
%ignore poupa_seconds;
%ignore poupa_record;
%ignore poupa_columns;
%ignore poupa_rule;
%ignore poupa_finding;
%ignore poupa_not_run;
%ignore poupa_report_style;
%ignore poupa_read_options;
%ignore poupa_write_options;
%ignore poupa_metric_query;
%ignore poupa_judgement;
%ignore poupa_progress;
%ignore poupa_derived;
%ignore poupa_ndjson_counts;
%ignore poupa_ndjson_options;
%ignore poupa_group;
%ignore poupa_rollup_filter;
%ignore poupa_rollup_options;
%ignore poupa_rollup_row;
%ignore poupa_rollup_tally;
%ignore poupa_rollup_metrics;
%ignore ArrowSchema;
%ignore ArrowArray;
%ignore ArrowArrayStream;

/* Entities are given as JSON and compared by value; see poupa_catalog_add_json. */
%ignore poupa_catalog_add;
%ignore poupa_catalog_replace;
%ignore poupa_dimensions_equal;
%ignore poupa_vocabulary_find;

/* Languages have readers and writers of their own. */
%ignore poupa_catalog_read_stream;
%ignore poupa_file_write;
%ignore poupa_catalog_read_from;
%ignore poupa_document_read_from;
%ignore poupa_catalog_inspect;
%ignore poupa_report_write_json;
%ignore poupa_rollup_write_json;
%ignore poupa_entity_write;
%ignore poupa_schema_write;
%ignore poupa_report_write_text;
%rename(report_write_text) poupa_report_print;
%rename("$ignore", regextarget = 1) "^poupa_(writer|saving)";

/* poupa_catalog_count, at, find and remove do for all kinds what these do for one. */
%define POUPA_IGNORE_TYPED(noun)
%ignore poupa_##noun##_count;
%ignore poupa_##noun##_at;
%ignore poupa_##noun##_find;
%ignore poupa_##noun##_add;
%ignore poupa_##noun##_replace;
%ignore poupa_##noun##_remove;
%enddef
POUPA_IGNORE_TYPED(source)
POUPA_IGNORE_TYPED(area)
POUPA_IGNORE_TYPED(organization)
POUPA_IGNORE_TYPED(program)
POUPA_IGNORE_TYPED(channel)
POUPA_IGNORE_TYPED(unit)
POUPA_IGNORE_TYPED(service)
POUPA_IGNORE_TYPED(offering)
POUPA_IGNORE_TYPED(indicator)
POUPA_IGNORE_TYPED(metric)
POUPA_IGNORE_TYPED(target)
POUPA_IGNORE_TYPED(claim)

/* -- Objects -------------------------------------------------------------- */

/* What `**out` gives is the caller's, and ends with this. */
%define POUPA_OBJECT(type, end)
struct type {};
%extend type {
    ~type()
    {
        end(self);
    }
}
%enddef
POUPA_OBJECT(poupa_catalog, poupa_catalog_release)
POUPA_OBJECT(poupa_report, poupa_report_free)
POUPA_OBJECT(poupa_document, poupa_document_free)
POUPA_OBJECT(poupa_attendance, poupa_attendance_release)
POUPA_OBJECT(poupa_builder, poupa_builder_free)
POUPA_OBJECT(poupa_decoder, poupa_decoder_free)
POUPA_OBJECT(poupa_ndjson, poupa_ndjson_close)
POUPA_OBJECT(poupa_rollup, poupa_rollup_free)
POUPA_OBJECT(poupa_rollup_table, poupa_rollup_table_free)

#ifdef SWIGPYTHON
%include "python/python.i"
#endif
#ifdef SWIGLUA
%include "lua/lua.i"
#endif

/* -- Functions that languages have in another form ------------------------ */

%{
/* A text that a poupa_writer writes. */
typedef struct poupa_text_sink {
    char *data;
    size_t size;
    size_t capacity;
} poupa_text_sink;

static bool poupa_sink_take(void *context, const char *data, size_t size)
{
    poupa_text_sink *sink = context;
    if (sink->capacity - sink->size < size) {
        size_t capacity = 2 * (sink->size + size);
        char *larger = realloc(sink->data, capacity);
        if (larger == NULL)
            return false;
        sink->data = larger;
        sink->capacity = capacity;
    }
    memcpy(sink->data + sink->size, data, size);
    sink->size += size;
    return true;
}

static poupa_status poupa_sink_end(poupa_writer *writer, poupa_error *err)
{
    poupa_status status = poupa_writer_finish(writer, err);
    poupa_writer_free(writer);
    return status;
}
%}

%inline %{
static poupa_status poupa_entity_text(poupa_kind kind, const void *entity,
                                      poupa_text_sink *text, poupa_error *err)
{
    poupa_writer *writer;
    poupa_status status = poupa_writer_new(NULL, poupa_sink_take, text, &writer, err);
    if (status != POUPA_OK)
        return status;
    poupa_entity_write(kind, entity, writer);
    return poupa_sink_end(writer, err);
}

static poupa_status poupa_schema_text(poupa_text_sink *text, poupa_error *err)
{
    poupa_writer *writer;
    poupa_status status = poupa_writer_new(NULL, poupa_sink_take, text, &writer, err);
    if (status != POUPA_OK)
        return status;
    poupa_schema_write(writer);
    return poupa_sink_end(writer, err);
}

static poupa_status poupa_report_json(const poupa_report *report, const char *text_or_none,
                                      poupa_text_sink *text, poupa_error *err)
{
    poupa_writer *writer;
    poupa_status status = poupa_writer_new(NULL, poupa_sink_take, text, &writer, err);
    if (status != POUPA_OK)
        return status;
    poupa_report_write_json(report, text_or_none, writer);
    return poupa_sink_end(writer, err);
}

static poupa_status poupa_rollup_json(const poupa_rollup_table *table, poupa_text_sink *text,
                                      poupa_error *err)
{
    poupa_writer *writer;
    poupa_status status = poupa_writer_new(NULL, poupa_sink_take, text, &writer, err);
    if (status != POUPA_OK)
        return status;
    poupa_rollup_write_json(table, writer);
    return poupa_sink_end(writer, err);
}

static poupa_status poupa_report_print(const poupa_report *report, const char *text_or_none,
                                       const char *data_or_none, size_t size, bool color,
                                       poupa_write_fn write, void *context, poupa_error *err)
{
    const poupa_report_style style = {text_or_none, data_or_none, size, color};
    return poupa_report_write_text(report, &style, write, context, err);
}
%}

/* -- The API -------------------------------------------------------------- */

%include <poupa/base.h>
%include <poupa/model.h>
%include <poupa/catalog.h>
%include <poupa/diag.h>
%include <poupa/json.h>
%include <poupa/validate.h>
%include <poupa/document.h>
%include <poupa/metrics.h>
%include <poupa/table.h>
%include <poupa/ndjson.h>
%include <poupa/rollup.h>
%include <poupa/arrow.h>
