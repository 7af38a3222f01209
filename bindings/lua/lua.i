/*
 * lua.i - how the library's values, errors and objects look in `poupa.core`.
 *
 * Objects are userdata; the tables and methods that people see are written in Lua. A failing call
 * returns nil, a message and details; an argument that cannot be raises. See object.h, calls.h.
 */
%{
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

#include "object.h"
#include "values.h"
#include "results.h"
#include "records.h"
#include "calls.h"

/* A borrowed list, by the type of its items. */
#define push_listed(L, items, count)                                                             \
    _Generic((items), poupa_field *: push_fields, poupa_group *: push_groups,                    \
             char **: push_texts)(L, (void *)(items), count)
%}

/* The argument at hand, for errors. */
%define HERE
&(place){"$symname", $input, "$1_name", NULL}
%enddef

/* -- What Lua has no use for ------------------------------------------------- */

/* There are no buffers that Lua could look into. */
%ignore poupa_attendance_columns;
%ignore poupa_attendance_arrow_schema;
%ignore poupa_attendance_to_arrow;
%ignore poupa_attendance_from_arrow;
%ignore poupa_ndjson_to_arrow;
%ignore poupa_rollup_table_arrow_schema;
%ignore poupa_rollup_table_to_arrow;

/* Texts come as strings; a catalogue must not change while it is written. */
%ignore poupa_catalog_write_to;

/* -- Errors ---------------------------------------------------------------- */

%typemap(in, numinputs = 0, noblock = 1) poupa_error *err
{
    poupa_error failure = {.status = POUPA_OK};
    int said = 0;
    $1 = &failure;
}

%typemap(out) poupa_status
{
    if ($1 != POUPA_OK)
        return push_failure(L, $1, &failure, said);
}
%typemap(ret) poupa_status
{
    if (SWIG_arg == 0) {
        lua_pushboolean(L, 1);
        SWIG_arg++;
    }
}

%typemap(in, numinputs = 0) const poupa_allocator *allocator "$1 = NULL;"

/* -- Pointers -------------------------------------------------------------- */

%typemap(in, noblock = 1) SWIGTYPE *
{
    $1 = ($1_ltype)object_from_lua(L, HERE, $input, $descriptor);
}

%define POUPA_OUT(type)
%typemap(in, numinputs = 0) type **out (int made) ""
%typemap(check) type **out
{
    $1 = (type **)&object_new(L, $descriptor(type *))->pointer;
    made$argnum = lua_gettop(L);
}
%typemap(argout) type **out
{
    push_made(L, made$argnum);
    SWIG_arg++;
}
%enddef
POUPA_OUT(poupa_catalog)
POUPA_OUT(poupa_report)
POUPA_OUT(poupa_document)
POUPA_OUT(poupa_attendance)
POUPA_OUT(poupa_builder)
POUPA_OUT(poupa_decoder)
POUPA_OUT(poupa_ndjson)
POUPA_OUT(poupa_rollup)
POUPA_OUT(poupa_rollup_table)

/* What reads keeps what it calls, see the typemaps of options. */
%typemap(argout) poupa_ndjson **out, poupa_decoder **out
{
    calls_keep(L, calling, made$argnum);
    push_made(L, made$argnum);
    SWIG_arg++;
}

%typemap(out) const poupa_report *
{
    push_borrowed(L, $1, $1_descriptor, 1);
    SWIG_arg++;
}

/* A reference of its own, since the document may end before. */
%typemap(out) poupa_catalog *
{
    object_new(L, $1_descriptor)->pointer = poupa_catalog_retain($1);
    push_made(L, lua_gettop(L));
    SWIG_arg++;
}

/* An entity's kind is the argument before it, but for poupa_entity_…, where it is the first. */
%typemap(out) const void *
{
    push_entity(L, (int)arg2, $1);
    SWIG_arg++;
}
%typemap(in, noblock = 1) const void *a, const void *b, const void *entity
{
    $1 = ($1_ltype)entity_from_lua(L, HERE, $input, (int)arg1);
}
%typemap(in, numinputs = 0, noblock = 1) const void **out (const void *entity = NULL)
{
    $1 = ($1_ltype)&entity;
}
%typemap(argout) const void **out
{
    push_entity(L, (int)arg2, entity$argnum);
    SWIG_arg++;
}

%define POUPA_LIST(type, drop, push)
%typemap(in, numinputs = 0) type *out ""
%typemap(check) type *out
{
    $1 = scratch_new(L, sizeof *$1, drop);
}
%typemap(argout) type *out
{
    push(L, $1);
    drop($1);
    SWIG_arg++;
}
%enddef
POUPA_LIST(poupa_list, drop_list, push_list)
POUPA_LIST(poupa_derived_list, drop_derived, push_derived)
POUPA_LIST(poupa_buffer, drop_buffer, push_buffer)

/* -- Text ------------------------------------------------------------------ */

%typemap(in, noblock = 1) const char *
{
    $1 = ($1_ltype)text_from_lua(L, HERE, $input);
}
%typemap(in, noblock = 1) const char *text_or_none
{
    $1 = ($1_ltype)text_or_nil_from_lua(L, HERE, $input);
}
%typemap(freearg) const char * ""
%typemap(out) const char *
{
    push_text(L, $1);
    SWIG_arg++;
}

%typemap(in, noblock = 1) (const char *data, size_t size)
{
    $1 = ($1_ltype)bytes_from_lua(L, HERE, $input, &$2);
}
%typemap(in, noblock = 1) (const char *data_or_none, size_t size)
{
    $1 = NULL;
    $2 = 0;
    if (!lua_isnil(L, $input))
        $1 = ($1_ltype)bytes_from_lua(L, HERE, $input, &$2);
}

%wrapper %{
static void drop_sink(void *sink)
{
    free(((poupa_text_sink *)sink)->data);
    *(poupa_text_sink *)sink = (poupa_text_sink){NULL, 0, 0};
}

static void push_sink(lua_State *L, const poupa_text_sink *sink)
{
    lua_pushlstring(L, sink->size ? sink->data : "", sink->size);
}
%}
POUPA_LIST(poupa_text_sink, drop_sink, push_sink)
%apply poupa_text_sink *out { poupa_text_sink *text };

/* What is written is a string. */
%typemap(in, numinputs = 0) (poupa_write_fn write, void *context) ""
%typemap(check) (poupa_write_fn write, void *context)
{
    $1 = poupa_sink_take;
    $2 = scratch_new(L, sizeof(poupa_text_sink), drop_sink);
}
%typemap(argout) (poupa_write_fn write, void *context)
{
    push_sink(L, $2);
    drop_sink($2);
    SWIG_arg++;
}

/* The text of a document, whose size comes apart. */
%typemap(in, numinputs = 0, noblock = 1) size_t *size (size_t bytes = 0)
{
    $1 = &bytes;
}
%typemap(out) const char *poupa_document_text ""
%typemap(argout) size_t *size
{
    lua_pushlstring(L, result, bytes$argnum);
    SWIG_arg++;
}

/* Instead of the length. */
%typemap(in, numinputs = 0, noblock = 1) char out[ANY] (char printed[$1_dim0])
{
    $1 = printed;
}
%typemap(argout) char out[ANY]
{
    push_text(L, printed$argnum);
}

/* -- Numbers ----------------------------------------------------------------- */

%define POUPA_INTEGER(type, least, most)
%typemap(in, noblock = 1) type
{
    $1 = ($1_ltype)integer_from_lua(L, HERE, $input, least, most);
}
%typemap(out) type
{
    push_integer(L, (int64_t)$1);
    SWIG_arg++;
}
%enddef
POUPA_INTEGER(int, INT_MIN, INT_MAX)
POUPA_INTEGER(int32_t, INT32_MIN, INT32_MAX)
POUPA_INTEGER(int64_t, INT64_MIN, INT64_MAX)
POUPA_INTEGER(enum SWIGTYPE, INT32_MIN, INT32_MAX)
POUPA_INTEGER(size_t, 0, INT64_MAX)
POUPA_INTEGER(uint64_t, 0, INT64_MAX)
%typemap(out) size_t, uint64_t
{
    push_count(L, $1);
    SWIG_arg++;
}

%typemap(in, noblock = 1) double
{
    $1 = number_from_lua(L, HERE, $input);
}
%typemap(in, noblock = 1) bool
{
    $1 = boolean_from_lua(L, HERE, $input);
}

/* -- Values ---------------------------------------------------------------- */

/* As a member of a struct, as a result, and as an out-parameter. */
%define POUPA_VALUE(type, push)
%typemap(out) type
{
    push(L, $1);
    SWIG_arg++;
}
%typemap(out) type *
{
    push(L, *$1);
    SWIG_arg++;
}
%typemap(in, numinputs = 0, noblock = 1) type *out (type value)
{
    $1 = &value;
}
%typemap(argout) type *out
{
    push(L, value$argnum);
    SWIG_arg++;
}
%enddef
%define POUPA_VALUE_IN(type, from_lua)
%typemap(in, noblock = 1) type
{
    $1 = from_lua(L, HERE, $input);
}
%enddef
POUPA_VALUE(poupa_date, push_date)
POUPA_VALUE_IN(poupa_date, date_from_lua)
POUPA_VALUE(poupa_period, push_period)
POUPA_VALUE_IN(poupa_period, period_from_lua)
POUPA_VALUE(poupa_interval, push_interval)
POUPA_VALUE_IN(poupa_interval, interval_from_lua)
POUPA_VALUE(poupa_optional, push_optional)
POUPA_VALUE_IN(poupa_group, group_from_lua)
POUPA_VALUE(poupa_rollup_tally, push_tally)
POUPA_VALUE(poupa_parts, push_parts)

/* The same of what is pushed by its address. */
%define POUPA_RESULT(type, push)
%typemap(out) type
{
    push(L, &$1);
    SWIG_arg++;
}
%typemap(out) type *, const type *
{
    push(L, $1);
    SWIG_arg++;
}
%typemap(in, numinputs = 0, noblock = 1) type *out (type value), type *counts (type value)
{
    $1 = &value;
}
%typemap(argout) type *out, type *counts
{
    push(L, &value$argnum);
    SWIG_arg++;
}
%enddef
POUPA_RESULT(poupa_words, push_words)
POUPA_RESULT(poupa_members, push_members)
POUPA_RESULT(poupa_dimensions, push_dimensions)
POUPA_RESULT(poupa_rule, push_rule)
POUPA_RESULT(poupa_finding, push_finding)
POUPA_RESULT(poupa_not_run, push_not_run)
POUPA_RESULT(poupa_rollup_row, push_row)
POUPA_RESULT(poupa_judgement, push_judgement)
POUPA_RESULT(poupa_progress, push_progress)
POUPA_RESULT(poupa_record, push_record)
POUPA_RESULT(poupa_ndjson_counts, push_counts)

%typemap(out) poupa_word *
{
    push_text(L, $1->text);
    SWIG_arg++;
}
%typemap(out) poupa_texts *
{
    push_texts(L, $1->items, $1->count);
    SWIG_arg++;
}

%typemap(in, noblock = 1) (const poupa_interval *items, size_t count)
{
    $1 = intervals_from_lua(L, HERE, $input, &$2);
}
%typemap(in, noblock = 1) (poupa_attendance *const *tables, size_t count)
{
    $1 = tables_from_lua(L, HERE, $input, &$2);
}

/* How many of something a borrowed list has. */
%typemap(in, numinputs = 0, noblock = 1) size_t *count (size_t number = 0)
{
    $1 = &number;
}
%typemap(out) const poupa_field *poupa_kind_fields ""
%typemap(out) const char *const *poupa_attendance_words ""
%typemap(out) const poupa_group *poupa_rollup_table_by ""
%typemap(argout) size_t *count
{
    push_listed(L, result, number$argnum);
    SWIG_arg++;
}

/* Instead of whether it was found. */
%define POUPA_FOUND(type, push)
%typemap(in, numinputs = 0, noblock = 1) type *out (type found)
{
    $1 = &found;
}
%typemap(argout) type *out
{
    if (result)
        push(L, found$argnum);
    else
        lua_pushnil(L);
}
%enddef
POUPA_FOUND(poupa_kind, push_integer)
POUPA_FOUND(poupa_group, push_group)

%inline %{
/* What a period is made of. */
static poupa_parts poupa_period_parts(poupa_period period)
{
    return period;
}
%}

/* -- Options ---------------------------------------------------------------- */

%define POUPA_OPTIONS(type, name, from_lua)
%typemap(in, noblock = 1) const type *name (type given)
{
    given = from_lua(L, HERE, $input);
    $1 = &given;
}
%enddef
POUPA_OPTIONS(poupa_read_options, options, limits_from_lua)
POUPA_OPTIONS(poupa_metric_query, query, query_from_lua)
POUPA_OPTIONS(poupa_rollup_metrics, metrics, metrics_from_lua)
POUPA_OPTIONS(poupa_record, record, record_from_lua)

%typemap(in, noblock = 1) const poupa_write_options *options (poupa_write_options layout)
{
    layout = (poupa_write_options){
        .pretty = !lua_isnil(L, $input) &&
                  boolean_from_lua(L, &(place){"$symname", $input, "pretty", NULL}, $input)};
    $1 = &layout;
}

%typemap(in, noblock = 1) const poupa_rollup_options *options (rollup_plan plan)
{
    plan_from_lua(L, HERE, $input, &plan);
    $1 = &plan.options;
}

%typemap(in, numinputs = 0, noblock = 1) size_t *left_out (size_t number = 0)
{
    $1 = &number;
}
%typemap(argout) size_t *left_out
{
    push_count(L, number$argnum);
    SWIG_arg++;
}

/* -- Functions that are called back -------------------------------------------- */

%typemap(in, noblock = 1) const poupa_ndjson_options *options
{
    poupa_calls *calling = calls_from_lua(L, HERE, $input, false);
    $1 = &calling->options;
}
%typemap(in, noblock = 1) (poupa_read_fn read, void *context, const poupa_ndjson_options *options)
{
    poupa_calls *calling =
        calls_from_lua(L, &(place){"$symname", $input, "options", NULL}, $input, true);
    $1 = call_read;
    $2 = calling;
    $3 = &calling->options;
}
%typemap(in, noblock = 1) poupa_ndjson *stream, poupa_decoder *decoder
{
    $1 = ($1_ltype)object_from_lua(L, HERE, $input, $descriptor);
    poupa_calls *calling = calls_of(L, HERE, $input, $descriptor);
}
%apply SWIGTYPE * { const poupa_ndjson *stream, const poupa_decoder *decoder };
%typemap(in, noblock = 1) (poupa_write_fn call, void *caller)
{
    poupa_calls *calling =
        writer_from_lua(L, &(place){"$symname", $input, "write", NULL}, $input);
    $1 = call_write;
    $2 = calling;
}

/* What a callback said to stop the call is at index `said`. */
%define POUPA_CALLING(function)
%exception function
{
    calls_begin(L, calling);
    $action
    said = calls_end(L, calling);
}
%enddef
POUPA_CALLING(poupa_ndjson_read_once)
POUPA_CALLING(poupa_ndjson_read_file)
POUPA_CALLING(poupa_ndjson_read_from)
POUPA_CALLING(poupa_ndjson_open)
POUPA_CALLING(poupa_ndjson_open_range)
POUPA_CALLING(poupa_ndjson_open_from)
POUPA_CALLING(poupa_ndjson_next)
POUPA_CALLING(poupa_decoder_new)
POUPA_CALLING(poupa_decoder_feed)
POUPA_CALLING(poupa_decoder_finish)
POUPA_CALLING(poupa_attendance_write_pieces)

/* What a stream reads is kept until it has ended. */
%typemap(in, noblock = 1) (const char *kept, size_t size), (const char *once, size_t size)
{
    $1 = ($1_ltype)bytes_from_lua(L, &(place){"$symname", $input, "data", NULL}, $input, &$2);
}
%typemap(check) (const char *kept, size_t size)
{
    $1 = ($1_ltype)calls_text(L, calling, $1, $2);
}
%typemap(check) (const char *once, size_t size)
{
    calling->once = true;
    $1 = ($1_ltype)calls_text(L, calling, $1, $2);
}
%typemap(argout) (const char *kept, size_t size)
{
    if (calling->text == NULL) {
        lua_pushvalue(L, $input);
        lua_rawseti(L, calling->kept, KEPT_DATA);
    }
}
%ignore poupa_ndjson_open_data;
%rename(ndjson_open_data) poupa_ndjson_open_kept;
POUPA_CALLING(poupa_ndjson_open_kept)
%ignore poupa_ndjson_read;
%rename(ndjson_read) poupa_ndjson_read_once;
%ignore poupa_attendance_write_to;
%rename(attendance_write_to) poupa_attendance_write_pieces;
%inline %{
static poupa_status poupa_ndjson_open_kept(const char *kept, size_t size,
                                           const poupa_ndjson_options *options,
                                           poupa_ndjson **out, poupa_error *err)
{
    return poupa_ndjson_open_data(kept, size, options, out, err);
}

static poupa_status poupa_ndjson_read_once(const char *once, size_t size,
                                           const poupa_ndjson_options *options,
                                           poupa_attendance **out, poupa_ndjson_counts *counts,
                                           poupa_error *err)
{
    return poupa_ndjson_read(once, size, options, out, counts, err);
}

/* The function that it calls may close the table. */
static poupa_status poupa_attendance_write_pieces(poupa_attendance *table, poupa_write_fn call,
                                                  void *caller, poupa_error *err)
{
    poupa_attendance *own = poupa_attendance_retain(table);
    poupa_status status = poupa_attendance_write_to(own, NULL, call, caller, err);
    poupa_attendance_release(own);
    return status;
}
%}

/* -- The module ------------------------------------------------------------------ */

%insert("initbeforefunc") %{
/* Adds what reads the members of a type: service_name_get(service). */
static void add_getters(lua_State *L, const swig_lua_class *class)
{
    for (const swig_lua_attribute *member = class->attributes; member->name; member++) {
        lua_pushfstring(L, "%s_%s_get", class->name, member->name);
        lua_pushcfunction(L, member->getmethod);
        lua_rawset(L, -3);
    }
}

static const luaL_Reg own_functions[] = {{"type", type_of},
                                         {"close", close_object},
                                         {"busy", is_busy},
                                         {"call", call_through},
                                         {"same_file", is_same_file}};

/* SWIG's own would make globals, and metatables that trust whatever they are given. */
SWIGEXPORT int luaopen_poupa_core(lua_State *L)
{
    /* Where its place is made before, SWIG's start takes no memory: it would not start again
     * after having failed half-way. */
    if (SWIG_Lua_GetModule(L) == NULL)
        SWIG_Lua_SetModule(L, NULL);
    SWIG_InitializeModule(L);
    metatable_new(L, &owner_key, collect_object);
    metatable_new(L, &borrowed_key, NULL);
    metatable_new(L, &scratch_key, collect_scratch);
    lua_newtable(L);
    SWIG_Lua_InstallConstants(L, swig_SwigModule.ns_constants);
    for (const swig_lua_method *method = swig_SwigModule.ns_methods; method->name; method++) {
        lua_pushcfunction(L, method->func);
        lua_setfield(L, -2, method->name);
    }
    for (swig_lua_class *const *class = swig_SwigModule.ns_classes; *class; class++)
        add_getters(L, *class);
    for (size_t i = 0; i < sizeof own_functions / sizeof *own_functions; i++) {
        lua_pushcfunction(L, own_functions[i].func);
        lua_setfield(L, -2, own_functions[i].name);
    }
    return 1;
}
%}
