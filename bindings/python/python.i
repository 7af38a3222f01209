/*
 * python.i - how the library's values, errors and objects look in `poupa._swig`.
 *
 * Objects are bare pointers; the classes that people see are written in Python. Nothing may be
 * None that C does not name so, and a failing call raises what `poupa._errors.from_c` makes of
 * the library's error. Calls that take long release the interpreter's lock; see the end.
 */
%feature("autodoc", "0");
%nothread;

%{
#include "values.h"
#include "calls.h"
#include "memory.h"
#include "results.h"
#include "capsules.h"
#include "busy.h"

/* A borrowed list, by the type of its items. */
#define listed(items, count)                                                                     \
    _Generic((items), poupa_field *: fields_to_python, poupa_group *: groups_to_python,          \
             char **: texts_to_python)((void *)(items), count)

/* Raises what a failed call says, unless a callable raised something meanwhile. */
static void raise_error(poupa_status status, const poupa_error *err)
{
    if (PyErr_Occurred())
        return;
    PyObject *module = PyImport_ImportModule("poupa._errors");
    if (module == NULL)
        return;
    PyObject *error = PyObject_CallMethod(
        module, "from_c", "isyskkk", (int)status, err->code, err->message, err->path,
        (unsigned long)err->line, (unsigned long)err->column, (unsigned long)err->offset);
    Py_DECREF(module);
    if (error) {
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
        Py_DECREF(error);
    }
}

/* One result more: alone, or in a tuple behind the others. It takes both. */
static PyObject *with_result(PyObject *results, PyObject *result)
{
    if (results == NULL || result == NULL || results == Py_None) {
        if (results == NULL)
            Py_CLEAR(result);
        Py_XDECREF(results);
        return result;
    }
    PyObject *both = Py_BuildValue("(NN)", results, result);
    return both;
}

/* Makes an object keep another, of a different type, until it ends. */
static void keep_alive(PyObject *keeper, PyObject *kept)
{
    SWIG_Python_GetSwigThis(keeper)->next = Py_NewRef((PyObject *)SWIG_Python_GetSwigThis(kept));
}

static PyObject *object_to_python(void *object, swig_type_info *type)
{
    if (object == NULL)
        return Py_NewRef(Py_None);
    return SWIG_NewPointerObj(object, type, SWIG_POINTER_OWN | SWIG_POINTER_NOSHADOW);
}
%}

/* -- Errors ---------------------------------------------------------------- */

%typemap(in, numinputs = 0, noblock = 1) poupa_error *err
{
    poupa_error failure = {.status = POUPA_OK};
    $1 = &failure;
}

/* A callable may have raised although the call did as it was told. */
%typemap(out, noblock = 1) poupa_status
{
    if ($1 != POUPA_OK || PyErr_Occurred()) {
        raise_error($1, &failure);
        SWIG_fail;
    }
    $result = Py_NewRef(Py_None);
}

%typemap(in, numinputs = 0) const poupa_allocator *allocator "$1 = NULL;"

/* -- Pointers -------------------------------------------------------------- */

%typemap(in, noblock = 1) SWIGTYPE * (void *pointer = NULL)
{
    if (!SWIG_IsOK(SWIG_ConvertPtr($input, &pointer, $descriptor, SWIG_POINTER_NO_NULL))) {
        PyErr_Format(PyExc_TypeError, "$symname: argument $argnum must be a $*1_ltype, not %R",
                     Py_TYPE($input));
        SWIG_fail;
    }
    $1 = ($1_ltype)pointer;
}

%define POUPA_OUT(type, end)
%typemap(in, numinputs = 0, noblock = 1) type **out (type *made = NULL)
{
    $1 = &made;
}
%typemap(argout, noblock = 1) type **out
{
    $result = with_result($result, object_to_python(made$argnum, $descriptor(type *)));
    made$argnum = NULL;
}
%typemap(freearg, noblock = 1) type **out
{
    end(made$argnum);
}
%enddef
POUPA_OUT(poupa_catalog, poupa_catalog_release)
POUPA_OUT(poupa_report, poupa_report_free)
POUPA_OUT(poupa_document, poupa_document_free)
POUPA_OUT(poupa_attendance, poupa_attendance_release)
POUPA_OUT(poupa_builder, poupa_builder_free)
POUPA_OUT(poupa_decoder, poupa_decoder_free)
POUPA_OUT(poupa_ndjson, poupa_ndjson_close)
POUPA_OUT(poupa_rollup, poupa_rollup_free)
POUPA_OUT(poupa_rollup_table, poupa_rollup_table_free)

/* What reads keeps the object that says how, which the typemaps of options name. */
%define POUPA_OUT_KEEPING(type)
%typemap(argout, noblock = 1) type **out
{
    $result = with_result($result, object_to_python(made$argnum, $descriptor(type *)));
    made$argnum = NULL;
    if ($result)
        keep_alive($result, how);
}
%enddef
POUPA_OUT_KEEPING(poupa_ndjson)
POUPA_OUT_KEEPING(poupa_decoder)

/* A reference of its own, since the document may end before. */
%typemap(out) poupa_catalog *poupa_document_catalog
    "$result = object_to_python(poupa_catalog_retain($1), $descriptor(poupa_catalog *));"

/* An entity's kind is the argument before it, but for poupa_entity_…, where it is the first. */
%typemap(out) const void * "$result = entity_to_python((int)arg2, $1);"
%typemap(in) const void *a, const void *b, const void *entity
{
    if (!entity_from_python((int)arg1, $input, (const void **)&$1))
        SWIG_fail;
}
%typemap(in, numinputs = 0, noblock = 1) const void **out (const void *entity = NULL)
{
    $1 = ($1_ltype)&entity;
}
%typemap(argout, noblock = 1) const void **out
{
    $result = with_result($result, entity_to_python((int)arg2, entity$argnum));
}

%typemap(in, numinputs = 0, noblock = 1) poupa_list *out (poupa_list list)
{
    $1 = &list;
}
%typemap(argout, noblock = 1) poupa_list *out
{
    $result = with_result($result, list_to_python(&list$argnum));
}

/* A stream that became Arrow's is not ours any more. */
%typemap(in, noblock = 1) poupa_ndjson *stream (void *pointer = NULL)
{
    if (!SWIG_IsOK(SWIG_ConvertPtr($input, &pointer, $descriptor, SWIG_POINTER_NO_NULL)) ||
        !SWIG_Python_GetSwigThis($input)->own) {
        PyErr_Format(PyExc_TypeError, "$symname: expected a stream of records, not %R", $input);
        SWIG_fail;
    }
    $1 = ($1_ltype)pointer;
}

/* Entities are made at every look-up, for which object.__new__ takes too long, and cannot be
 * changed, so that their slots are filled here. */
%typemap(in) PyObject *entity_class
{
    if (!PyType_Check($input)) {
        PyErr_Format(PyExc_TypeError, "$symname: expected a class, not %R", Py_TYPE($input));
        SWIG_fail;
    }
    $1 = $input;
}
%typemap(in) PyObject *pointer, PyObject *keeper "$1 = $input;"
%{
/* The classes that those of all entities come from: one each time that the package was imported
 * anew, since those of before go on. */
static PyObject *entity_bases;
static PyObject *this_slot, *handle_slot;

static bool is_entity_class(PyObject *type)
{
    bool found = false;
    for (Py_ssize_t i = PyList_Size(entity_bases); !found && i > 0; i--)
        found = PyType_IsSubtype((PyTypeObject *)type,
                                 (PyTypeObject *)PyList_GetItem(entity_bases, i - 1));
    return found;
}

static bool entities_start(void)
{
    if (entity_bases == NULL) {
        this_slot = PyUnicode_InternFromString("this");
        handle_slot = PyUnicode_InternFromString("_handle");
        entity_bases = this_slot && handle_slot ? PyList_New(0) : NULL;
    }
    return entity_bases != NULL;
}
%}
%inline %{
/* Keeps the class that those of all entities come from. The package takes this function away. */
static PyObject *poupa_entity_base(PyObject *entity_class)
{
    return PyList_Append(entity_bases, entity_class) == 0 ? Py_NewRef(Py_None) : NULL;
}

/* An object of such a class: its pointer, and what keeps that alive. */
static PyObject *poupa_entity_new(PyObject *entity_class, PyObject *pointer, PyObject *keeper)
{
    if (!is_entity_class(entity_class)) {
        PyErr_SetString(PyExc_TypeError, "entity_new: expected a class of entities");
        return NULL;
    }
    PyObject *entity = PyType_GenericAlloc((PyTypeObject *)entity_class, 0);
    if (entity && (PyObject_GenericSetAttr(entity, this_slot, pointer) != 0 ||
                   PyObject_GenericSetAttr(entity, handle_slot, keeper) != 0))
        Py_CLEAR(entity);
    return entity;
}
%}

/* -- Text ------------------------------------------------------------------ */

%typemap(in) const char *
{
    if (!text_from_python($input, "$1_name", (const char **)&$1))
        SWIG_fail;
}
%typemap(in) const char *text_or_none
{
    if (!text_or_none_from_python($input, "a name", (const char **)&$1))
        SWIG_fail;
}
%typemap(freearg) const char * ""
%typemap(out) const char * "$result = text_to_python($1);"

%typemap(in, noblock = 1) const char *path (PyObject *name = NULL)
{
    if (!PyUnicode_FSConverter($input, &name))
        SWIG_fail;
    $1 = PyBytes_AsString(name);
}
%typemap(freearg, noblock = 1) const char *path
{
    Py_XDECREF(name$argnum);
}

%typemap(in, noblock = 1) (const char *data, size_t size) (bytes_held bytes = NO_BYTES)
{
    if (!bytes_from_python($input, &bytes))
        SWIG_fail;
    $1 = ($1_ltype)bytes.data;
    $2 = bytes.size;
}
%typemap(freearg, noblock = 1) (const char *data, size_t size)
{
    bytes_drop(&bytes$argnum);
}
%typemap(in, noblock = 1) (const char *data_or_none, size_t size) (bytes_held bytes = NO_BYTES)
{
    if ($input != Py_None && !bytes_from_python($input, &bytes))
        SWIG_fail;
    $1 = ($1_ltype)bytes.data;
    $2 = bytes.size;
}
%typemap(freearg, noblock = 1) (const char *data_or_none, size_t size)
{
    bytes_drop(&bytes$argnum);
}

%typemap(in, numinputs = 0, noblock = 1) poupa_text_sink *text (poupa_text_sink sink = {NULL, 0, 0})
{
    $1 = &sink;
}
%typemap(argout, noblock = 1) poupa_text_sink *text
{
    $result = with_result($result,
                          PyUnicode_FromStringAndSize(sink$argnum.data, (Py_ssize_t)sink$argnum.size));
}
%typemap(freearg, noblock = 1) poupa_text_sink *text
{
    free(sink$argnum.data);
}

%typemap(in, numinputs = 0, noblock = 1) poupa_buffer *out (poupa_buffer buffer)
{
    $1 = &buffer;
}
%typemap(argout, noblock = 1) poupa_buffer *out
{
    $result = with_result($result, PyBytes_FromStringAndSize(buffer$argnum.data,
                                                             (Py_ssize_t)buffer$argnum.size));
    poupa_buffer_free(&buffer$argnum);
}

/* The text of a document, whose size comes apart. */
%typemap(in, numinputs = 0, noblock = 1) size_t *size (size_t bytes = 0)
{
    $1 = &bytes;
}
%typemap(out) const char *poupa_document_text ""
%typemap(argout, noblock = 1) size_t *size
{
    $result = PyBytes_FromStringAndSize(result, (Py_ssize_t)bytes$argnum);
}

%typemap(in, numinputs = 0, noblock = 1) char out[ANY] (char printed[$1_dim0])
{
    $1 = printed;
}
%typemap(argout, noblock = 1) char out[ANY]
{
    Py_XDECREF($result);
    $result = text_to_python(printed$argnum);
}

/* For what Python has in memory. */
%rename(file_write) poupa_file_write;

/* -- Values ---------------------------------------------------------------- */

/* As a member of a struct, as a result, as an argument, and as an out-parameter. */
%define POUPA_VALUE(type, to_python)
%typemap(out) type "$result = to_python($1);"
%typemap(out) type * "$result = to_python(*$1);"
%typemap(in, numinputs = 0, noblock = 1) type *out (type value)
{
    $1 = &value;
}
%typemap(argout, noblock = 1) type *out
{
    $result = with_result($result, to_python(value$argnum));
}
%enddef
%define POUPA_VALUE_IN(type, from_python)
%typemap(in) type
{
    if (!from_python($input, &$1))
        SWIG_fail;
}
%enddef
POUPA_VALUE(poupa_date, date_to_python)
POUPA_VALUE_IN(poupa_date, date_from_python)
POUPA_VALUE(poupa_period, period_to_python)
POUPA_VALUE_IN(poupa_period, period_from_python)
POUPA_VALUE(poupa_interval, interval_to_python)
POUPA_VALUE_IN(poupa_interval, interval_from_python)
POUPA_VALUE(poupa_optional, optional_to_python)
POUPA_VALUE_IN(poupa_group, group_from_python)
POUPA_VALUE(poupa_rollup_tally, tally_to_python)

%typemap(out) poupa_word * "$result = text_to_python($1->text);"
%typemap(out) poupa_words * "$result = words_to_python($1);"
%typemap(out) poupa_texts * "$result = texts_to_python($1->items, $1->count);"
%typemap(out) poupa_members * "$result = members_to_python($1);"
%typemap(out) poupa_members "$result = members_to_python(&$1);"
%typemap(out) poupa_dimensions * "$result = dimensions_to_python($1);"

%typemap(in, noblock = 1) (const poupa_interval *items, size_t count)
    (poupa_interval *intervals = NULL, Py_ssize_t number)
{
    if (!PyTuple_Check($input)) {
        PyErr_SetString(PyExc_TypeError, "$symname: expected a tuple of intervals");
        SWIG_fail;
    }
    number = PyTuple_Size($input);
    intervals = PyMem_Calloc((size_t)number + 1, sizeof *intervals);
    if (intervals == NULL) {
        PyErr_NoMemory();
        SWIG_fail;
    }
    for (Py_ssize_t i = 0; i < number; i++) {
        if (!interval_from_python(PyTuple_GetItem($input, i), &intervals[i]))
            SWIG_fail;
    }
    $1 = intervals;
    $2 = (size_t)number;
}
%typemap(freearg, noblock = 1) (const poupa_interval *items, size_t count)
{
    PyMem_Free(intervals$argnum);
}

/* How many of something a borrowed list has. */
%typemap(in, numinputs = 0, noblock = 1) size_t *count (size_t number = 0)
{
    $1 = &number;
}
%typemap(out) const poupa_field *poupa_kind_fields ""
%typemap(out) const char *const *poupa_attendance_words ""
%typemap(out) const poupa_group *poupa_rollup_table_by ""
%typemap(argout) size_t *count "$result = listed(result, number$argnum);"

%typemap(in, numinputs = 0, noblock = 1) poupa_kind *out (poupa_kind kind)
{
    $1 = &kind;
}
%typemap(argout, noblock = 1) poupa_kind *out
{
    Py_XDECREF($result);
    $result = result ? PyLong_FromLong(kind$argnum) : Py_NewRef(Py_None);
}
%typemap(in, numinputs = 0, noblock = 1) poupa_group *out (poupa_group group)
{
    $1 = &group;
}
%typemap(argout, noblock = 1) poupa_group *out
{
    Py_XDECREF($result);
    $result = result ? group_to_python(group$argnum) : Py_NewRef(Py_None);
}
%typemap(out) poupa_group "$result = group_to_python($1);"

/* -- Options ---------------------------------------------------------------- */

%typemap(in, noblock = 1) const poupa_read_options *options (poupa_read_options limits)
{
    if (!limits_from_python($input, &limits))
        SWIG_fail;
    $1 = &limits;
}

%typemap(in, noblock = 1) const poupa_write_options *options (poupa_write_options layout)
{
    if (!layout_from_python($input, &layout))
        SWIG_fail;
    $1 = &layout;
}

%typemap(in, noblock = 1) const poupa_metric_query *query (poupa_metric_query query)
{
    if (!query_from_python($input, &query))
        SWIG_fail;
    $1 = &query;
}

%typemap(in, noblock = 1) const poupa_rollup_options *options
    (rollup_plan plan = {.options = {.by_count = 0}})
{
    if (!plan_from_python($input, &plan))
        SWIG_fail;
    $1 = &plan.options;
}
%typemap(freearg, noblock = 1) const poupa_rollup_options *options
{
    plan_drop(&plan$argnum);
}

%typemap(in, noblock = 1) const poupa_rollup_metrics *metrics (poupa_rollup_metrics names)
{
    if (!metrics_from_python($input, &names))
        SWIG_fail;
    $1 = &names;
}
%typemap(in, numinputs = 0, noblock = 1) size_t *left_out (size_t number = 0)
{
    $1 = &number;
}
%typemap(argout, noblock = 1) size_t *left_out
{
    $result = with_result($result, PyLong_FromSize_t(number$argnum));
}

/* -- Callables --------------------------------------------------------------- */

%typemap(in, noblock = 1) (poupa_write_fn write, void *context)
{
    if (!PyCallable_Check($input)) {
        PyErr_Format(PyExc_TypeError, "$symname: write must be callable, not %R",
                     Py_TYPE($input));
        SWIG_fail;
    }
    $1 = call_write;
    $2 = $input;
}

%define POUPA_CALLS(input, calls)
    PyObject *how = input;
    (void)how;
    if (!SWIG_IsOK(SWIG_ConvertPtr(input, &calls, SWIGTYPE_p_poupa_calls, SWIG_POINTER_NO_NULL))) {
        PyErr_SetString(PyExc_TypeError, "$symname: options must come from new_calls");
        SWIG_fail;
    }
%enddef
%typemap(in, noblock = 1) const poupa_ndjson_options *options (void *calls = NULL)
{
    POUPA_CALLS($input, calls)
    $1 = &((poupa_calls *)calls)->options;
}
%typemap(in, noblock = 1) (poupa_read_fn read, void *context, const poupa_ndjson_options *options)
    (void *calls = NULL)
{
    POUPA_CALLS($input, calls)
    if (((poupa_calls *)calls)->read == NULL) {
        PyErr_SetString(PyExc_TypeError, "$symname: read must be given");
        SWIG_fail;
    }
    $1 = call_read;
    $2 = calls;
    $3 = &((poupa_calls *)calls)->options;
}

/* How to read records: made once, and kept by whoever keeps the stream that reads. */
%rename(calls) poupa_calls;
%ignore poupa_calls::options;
%ignore poupa_calls::read;
%ignore poupa_calls::quarantine;
%ignore poupa_calls::progress;
struct poupa_calls {};
%exception poupa_calls::poupa_calls {
    $action
    if (result == NULL)
        SWIG_fail;
}
%extend poupa_calls {
    poupa_calls(uint32_t on_error, uint32_t threads, size_t max_line, size_t batch_rows,
                PyObject *read, PyObject *quarantine, PyObject *progress)
    {
        const poupa_ndjson_options options = {.on_error = (poupa_on_error)on_error,
                                              .threads = threads,
                                              .max_line = max_line,
                                              .batch_rows = batch_rows};
        return calls_new(&options, read, quarantine, progress);
    }
    ~poupa_calls()
    {
        calls_free(self);
    }
}

/* The bytes that a stream reads are held until it has ended. */
%ignore poupa_ndjson_open_data;
%rename(ndjson_open_data) poupa_ndjson_open_held;
%typemap(in) PyObject *bytes "$1 = $input;"
%inline %{
static poupa_status poupa_ndjson_open_held(PyObject *bytes, const poupa_ndjson_options *options,
                                           poupa_ndjson **out, poupa_error *err)
{
    poupa_calls *calls = (poupa_calls *)(uintptr_t)options;
    if (calls->data.held)
        PyErr_SetString(PyExc_ValueError, "a stream that reads a buffer needs options of its own");
    else if (PyUnicode_Check(bytes))
        PyErr_SetString(PyExc_TypeError, "expected a bytes-like object, not str");
    if (PyErr_Occurred() || !bytes_from_python(bytes, &calls->data))
        return POUPA_ERR_ARGUMENT;
    return poupa_ndjson_open_data(calls->data.data, calls->data.size, options, out, err);
}
%}

/* -- Arrow ------------------------------------------------------------------- */

%typemap(in, noblock = 1) const struct ArrowSchema *requested
{
    $1 = NULL;
    if ($input != Py_None) {
        $1 = PyCapsule_GetPointer($input, SCHEMA_CAPSULE);
        if ($1 == NULL)
            SWIG_fail;
    }
}
%typemap(in, noblock = 1) struct ArrowArrayStream *stream
{
    $1 = PyCapsule_GetPointer($input, STREAM_CAPSULE);
    if ($1 == NULL)
        SWIG_fail;
}
%typemap(in, numinputs = 0, noblock = 1) struct ArrowSchema *out (struct ArrowSchema schema)
{
    $1 = &schema;
}
%typemap(argout, noblock = 1) struct ArrowSchema *out
{
    $result = with_result($result, schema_to_python(&schema$argnum));
}
%typemap(in, numinputs = 0, noblock = 1) struct ArrowArrayStream *out (struct ArrowArrayStream stream)
{
    $1 = &stream;
}
%typemap(argout, noblock = 1) struct ArrowArrayStream *out
{
    $result = with_result($result, stream_to_python(&stream$argnum));
}

%typemap(in) PyObject *schema_capsule, PyObject *array_capsule "$1 = $input;"
%ignore poupa_attendance_from_arrow;
%rename(attendance_from_arrow) poupa_attendance_take;
%thread poupa_attendance_take;
%inline %{
static PyObject *poupa_array_stream(PyObject *schema_capsule, PyObject *array_capsule)
{
    return array_stream(schema_capsule, array_capsule);
}

static poupa_status poupa_attendance_take(struct ArrowArrayStream *stream, poupa_attendance **out,
                                          poupa_error *err)
{
    struct ArrowArrayStream heedful = watched(stream);
    return poupa_attendance_from_arrow(&heedful, NULL, out, err);
}
%}

/* The stream of records becomes Arrow's, which keeps what that calls, and whose that is. */
%ignore poupa_ndjson_to_arrow;
%rename(ndjson_to_arrow) poupa_ndjson_turn;
%typemap(in) PyObject *turned "$1 = $input;"
%inline %{
static poupa_status poupa_ndjson_turn(PyObject *turned, const struct ArrowSchema *requested,
                                      PyObject *keeper, struct ArrowArrayStream *out,
                                      poupa_error *err)
{
    void *stream;
    if (!SWIG_IsOK(SWIG_ConvertPtr(turned, &stream, SWIGTYPE_p_poupa_ndjson,
                                   SWIG_POINTER_NO_NULL))) {
        PyErr_SetString(PyExc_TypeError, "ndjson_to_arrow: expected a stream of records");
        return POUPA_ERR_ARGUMENT;
    }
    SwigPyObject *object = SWIG_Python_GetSwigThis(turned);
    if (!object->own) {
        PyErr_SetString(PyExc_ValueError, "the stream of records was turned before");
        return POUPA_ERR_ARGUMENT;
    }
    poupa_status status = poupa_ndjson_to_arrow(stream, requested, NULL, out, err);
    if (status != POUPA_OK)
        return status;
    object->own = 0;
    return stream_keep(out, PyTuple_Pack(2, object->next, keeper)) ? POUPA_OK : POUPA_ERR_MEMORY;
}
%}

/* -- Tables -------------------------------------------------------------------- */

%typemap(in, numinputs = 0, noblock = 1) poupa_columns *out (poupa_columns columns)
{
    $1 = &columns;
}
%typemap(argout, noblock = 1) poupa_columns *out
{
    $result = with_result($result, columns_to_python(arg1, &columns$argnum));
}

%typemap(in, numinputs = 0, noblock = 1) poupa_record *out (poupa_record record)
{
    $1 = &record;
}
%typemap(argout, noblock = 1) poupa_record *out
{
    $result = with_result($result, record_to_python(&record$argnum));
}
%typemap(in, noblock = 1) const poupa_record *record (poupa_record record)
{
    if (!record_from_python($input, &record))
        SWIG_fail;
    $1 = &record;
}

%typemap(in, noblock = 1) (poupa_attendance *const *tables, size_t count)
    (poupa_attendance **tables = NULL, size_t number = 0)
{
    if (!tables_from_python($input, &tables, &number))
        SWIG_fail;
    $1 = tables;
    $2 = number;
}
%typemap(freearg, noblock = 1) (poupa_attendance *const *tables, size_t count)
{
    PyMem_Free(tables$argnum);
}

%typemap(in, numinputs = 0, noblock = 1) poupa_ndjson_counts *counts (poupa_ndjson_counts counts)
{
    $1 = &counts;
}
%typemap(argout, noblock = 1) poupa_ndjson_counts *counts
{
    $result = with_result($result, counts_to_python(&counts$argnum));
}
%typemap(out) poupa_ndjson_counts "$result = counts_to_python(&$1);"

/* -- Results ------------------------------------------------------------------- */

%typemap(out) const poupa_rule * "$result = rule_to_python($1);"
%typemap(out) const poupa_finding * "$result = finding_to_python($1);"
%typemap(out) const poupa_not_run * "$result = not_run_to_python($1);"
%typemap(out) const poupa_rollup_row * "$result = row_to_python($1);"

%define POUPA_RESULT(type, to_python)
%typemap(in, numinputs = 0, noblock = 1) type *out (type made)
{
    $1 = &made;
}
%typemap(argout, noblock = 1) type *out
{
    $result = with_result($result, to_python(&made$argnum));
}
%enddef
POUPA_RESULT(poupa_judgement, judgement_to_python)
POUPA_RESULT(poupa_progress, progress_to_python)
POUPA_RESULT(poupa_derived_list, derived_to_python)

/* -- Catalogues in several threads ---------------------------------------------- */

%define POUPA_READS(function, catalog...)
%exception function
{
    const poupa_catalog *const read[] = {catalog};
    turn turns[sizeof read / sizeof read[0]];
    if (!reading_begin(turns, read, sizeof read / sizeof read[0]))
        SWIG_fail;
    $action
    reading_end(turns, sizeof read / sizeof read[0]);
}
%enddef
POUPA_READS(poupa_catalog_copy, arg1)
POUPA_READS(poupa_catalog_equal, arg1, arg2)
POUPA_READS(poupa_catalog_write, arg1)
POUPA_READS(poupa_catalog_write_file, arg1)
POUPA_READS(poupa_catalog_write_to, arg1)
POUPA_READS(poupa_catalog_validate, arg1)
POUPA_READS(poupa_metrics_derive, arg1)
POUPA_READS(poupa_attendance_check, arg2)
POUPA_READS(poupa_rollup_add, catalog_of_rollup(swig_obj[0]))

%define POUPA_EDITS(function, catalog, heeds_signals)
%exception function
{
    if (!may_change(catalog, heeds_signals))
        SWIG_fail;
    $action
}
%enddef
POUPA_EDITS(poupa_catalog_set_language, arg1, true)
POUPA_EDITS(poupa_catalog_add_json, arg1, true)
POUPA_EDITS(poupa_catalog_replace_json, arg1, true)
POUPA_EDITS(poupa_catalog_remove, arg1, true)
POUPA_EDITS(poupa_catalog_begin, arg1, true)
POUPA_EDITS(poupa_catalog_commit, arg1, true)
POUPA_EDITS(poupa_catalog_rollback, arg1, false)
POUPA_EDITS(poupa_rollup_to_metrics, arg3, true)

/* A rollup keeps its catalogue, also for the sake of those who wait for it. */
%typemap(argout, noblock = 1) poupa_rollup **out
{
    $result = with_result($result, object_to_python(made$argnum, $descriptor(poupa_rollup *)));
    made$argnum = NULL;
    if ($result && plan1.options.catalog)
        keep_alive($result, PyTuple_GetItem(swig_obj[0], 2));
}

/* -- Calls that take long release the interpreter's lock ------------------------ */

%thread poupa_catalog_copy;
%thread poupa_catalog_equal;
%thread poupa_catalog_read;
%thread poupa_catalog_read_file;
%thread poupa_catalog_write;
%thread poupa_catalog_write_file;
%thread poupa_catalog_write_to;
%thread poupa_catalog_validate;
%thread poupa_document_read;
%thread poupa_document_read_file;
%thread poupa_report_locate;
%thread poupa_metrics_derive;
%thread poupa_attendance_equal;
%thread poupa_attendance_merge;
%thread poupa_attendance_sort;
%thread poupa_attendance_check;
%thread poupa_attendance_write;
%thread poupa_attendance_write_file;
%thread poupa_attendance_write_to;
%thread poupa_ndjson_read;
%thread poupa_ndjson_read_file;
%thread poupa_ndjson_read_from;
%thread poupa_ndjson_open;
%thread poupa_ndjson_open_range;
%thread poupa_ndjson_open_from;
%thread poupa_ndjson_next;
%thread poupa_ndjson::~poupa_ndjson;
%thread poupa_decoder_feed;
%thread poupa_decoder_finish;
%thread poupa_rollup_add;
%thread poupa_rollup_merge;
%thread poupa_rollup_finish;
%thread poupa_rollup_write_csv;
%thread poupa_rollup_write_ndjson;
%thread poupa_rollup_json;
%thread poupa_file_write;

/* -- The module ------------------------------------------------------------------ */

%{
/* SWIG asks the class of a type how its objects end: gives each such type one that says so,
 * and takes the function that ends an object away from callers. */
static bool end_objects(PyObject *module, const char *noun)
{
    char end[64], enroll[64];
    snprintf(end, sizeof end, "delete_%s", noun);
    snprintf(enroll, sizeof enroll, "%s_swigregister", noun);
    PyObject *destroy = PyObject_GetAttrString(module, end);
    PyObject *type = destroy ? PyObject_CallFunction((PyObject *)&PyType_Type, "s(){sO}", noun,
                                                     "__swig_destroy__", destroy)
                             : NULL;
    PyObject *done = type ? PyObject_CallMethod(module, enroll, "O", type) : NULL;
    Py_XDECREF(destroy);
    Py_XDECREF(type);
    Py_XDECREF(done);
    return done && PyObject_DelAttrString(module, end) == 0;
}

/* Since 4.4, SWIG starts modules in two phases. */
#if SWIG_VERSION >= 0x040400
#define MODULE_FAILED -1
#else
#define MODULE_FAILED NULL
#endif

static bool start_module(PyObject *module)
{
    static const char *const nouns[] = {"catalog", "report", "document", "attendance",
                                        "builder", "decoder", "ndjson",   "rollup",
                                        "rollup_table", "calls"};
    /* Calls back take the lock of the main one; newer versions of Python refuse by themselves. */
    if (PyInterpreterState_GetID(PyInterpreterState_Get()) != 0) {
        PyErr_SetString(PyExc_ImportError,
                        "module poupa._swig does not support loading in subinterpreters");
        return false;
    }
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++) {
        if (!end_objects(module, nouns[i]))
            return false;
    }
    memory_type = memory_type_new();
    return memory_type != NULL && entities_start() && busy_start();
}
%}

%init %{
    if (!start_module(m))
        return MODULE_FAILED;
%}
