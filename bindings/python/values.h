/*
 * values.h - from C values to Python objects and back. Functions that make an object return
 * a new reference, or NULL with an exception set; functions that read one return false then.
 */
#ifndef POUPA_PYTHON_VALUES_H
#define POUPA_PYTHON_VALUES_H

/* -- Text ----------------------------------------------------------------- */

/* Writes short UTF-8 whose characters are all below U+0100, as those of Portuguese are, one byte
 * each; 0 where it is something else. */
static size_t to_latin1(const char *text, size_t size, char out[static 128])
{
    size_t length = 0;
    if (size > 128)
        return 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte >= 0xC4)
            return 0;
        if (byte >= 0xC2)
            byte = (unsigned char)((byte & 3) << 6 | (text[++i] & 0x3F));
        out[length++] = (char)byte;
    }
    return length;
}

/* Python decodes Latin-1 about three times as fast as UTF-8 that is not ASCII. */
static PyObject *text_to_python(const char *text)
{
    char latin1[128];
    if (text == NULL)
        return Py_NewRef(Py_None);
    size_t size = strlen(text);
    size_t length = to_latin1(text, size, latin1);
    if (length && length < size)
        return PyUnicode_DecodeLatin1(latin1, (Py_ssize_t)length, NULL);
    return PyUnicode_FromStringAndSize(text, (Py_ssize_t)size);
}

/* A str without NUL, as UTF-8 that lives as long as the object. */
static bool text_from_python(PyObject *object, const char *what, const char **out)
{
    if (!PyUnicode_Check(object)) {
        PyErr_Format(PyExc_TypeError, "%s must be str, not %R", what, Py_TYPE(object));
        return false;
    }
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(object, &size);
    if (text == NULL)
        return false;
    if (memchr(text, 0, (size_t)size)) {
        PyErr_Format(PyExc_ValueError, "%s must not contain NUL characters", what);
        return false;
    }
    *out = text;
    return true;
}

static bool text_or_none_from_python(PyObject *object, const char *what, const char **out)
{
    *out = NULL;
    return object == Py_None || text_from_python(object, what, out);
}

/* Bytes that a call reads: those of a str, or of anything with a contiguous buffer, which stays
 * as it is until the bytes are dropped. */
typedef struct bytes_held {
    Py_buffer buffer;
    bool held;
    const char *data;
    size_t size;
} bytes_held;

#define NO_BYTES                                                                                 \
    {                                                                                            \
        .held = false                                                                            \
    }

static bool bytes_from_python(PyObject *object, bytes_held *out)
{
    if (PyUnicode_Check(object)) {
        Py_ssize_t size;
        out->data = PyUnicode_AsUTF8AndSize(object, &size);
        out->size = (size_t)size;
        return out->data != NULL;
    }
    if (PyObject_GetBuffer(object, &out->buffer, PyBUF_SIMPLE) != 0) {
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            PyErr_Format(PyExc_TypeError, "expected str or a bytes-like object, not %R",
                         Py_TYPE(object));
        return false;
    }
    out->held = true;
    out->data = out->buffer.buf;
    out->size = (size_t)out->buffer.len;
    return true;
}

static void bytes_drop(bytes_held *bytes)
{
    if (bytes->held)
        PyBuffer_Release(&bytes->buffer);
    bytes->held = false;
}

/* -- Tuples ---------------------------------------------------------------- */

/* Sets an item; false where there is none, and the tuple's maker gives up. */
static bool tuple_put(PyObject *tuple, Py_ssize_t index, PyObject *item)
{
    return item != NULL && PyTuple_SetItem(tuple, index, item) == 0;
}

static PyObject *texts_to_python(const char *const *items, size_t count)
{
    PyObject *tuple = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; tuple && i < count; i++) {
        if (!tuple_put(tuple, (Py_ssize_t)i, text_to_python(items[i])))
            Py_CLEAR(tuple);
    }
    return tuple;
}

static bool is_tuple_of(PyObject *object, Py_ssize_t size, const char *what)
{
    if (PyTuple_Check(object) && PyTuple_Size(object) == size)
        return true;
    PyErr_Format(PyExc_TypeError, "%s must be a tuple of %zd", what, size);
    return false;
}

/* The texts of a tuple, in memory for the caller to PyMem_Free; they live as long as the tuple.
 */
static bool texts_from_python(PyObject *tuple, const char *what, poupa_texts *out)
{
    if (!PyTuple_Check(tuple)) {
        PyErr_Format(PyExc_TypeError, "%s must be a tuple of str, not %R", what, Py_TYPE(tuple));
        return false;
    }
    Py_ssize_t count = PyTuple_Size(tuple);
    const char **items = PyMem_Malloc(((size_t)count + 1) * sizeof *items);
    if (items == NULL) {
        PyErr_NoMemory();
        return false;
    }
    *out = (poupa_texts){items, (size_t)count};
    for (Py_ssize_t i = 0; i < count; i++) {
        if (!text_from_python(PyTuple_GetItem(tuple, i), what, &items[i])) {
            PyMem_Free(items);
            *out = (poupa_texts){NULL, 0};
            return false;
        }
    }
    return true;
}

/* -- Numbers --------------------------------------------------------------- */

static bool number_from_python(PyObject *object, const char *what, double *out)
{
    if (!PyFloat_Check(object) && !PyLong_Check(object)) {
        PyErr_Format(PyExc_TypeError, "%s must be a number, not %R", what, Py_TYPE(object));
        return false;
    }
    *out = PyFloat_AsDouble(object);
    return *out != -1.0 || !PyErr_Occurred();
}

/* An int from `least` to `most`. */
static bool integer_from_python(PyObject *object, const char *what, int64_t least, int64_t most,
                                int64_t *out)
{
    if (!PyLong_Check(object)) {
        PyErr_Format(PyExc_TypeError, "%s must be int, not %R", what, Py_TYPE(object));
        return false;
    }
    int overflow;
    long long number = PyLong_AsLongLongAndOverflow(object, &overflow);
    if (number == -1 && PyErr_Occurred())
        return false;
    if (overflow || number < least || number > most) {
        PyErr_Format(PyExc_OverflowError, "%s must be from %lld to %lld", what, (long long)least,
                     (long long)most);
        return false;
    }
    *out = number;
    return true;
}

static PyObject *optional_to_python(poupa_optional number)
{
    return number.present ? PyFloat_FromDouble(number.value) : Py_NewRef(Py_None);
}

static PyObject *seconds_to_python(poupa_seconds seconds)
{
    return seconds.present ? PyLong_FromLong(seconds.value) : Py_NewRef(Py_None);
}

static bool seconds_from_python(PyObject *object, const char *what, poupa_seconds *out)
{
    int64_t value = 0;
    out->present = object != Py_None;
    if (out->present && !integer_from_python(object, what, 0, INT32_MAX, &value))
        return false;
    out->value = (int32_t)value;
    return true;
}

static PyObject *interval_to_python(poupa_interval interval)
{
    return Py_BuildValue("(ddd)", interval.value, interval.low, interval.high);
}

static bool interval_from_python(PyObject *object, poupa_interval *out)
{
    return is_tuple_of(object, 3, "an interval") &&
           number_from_python(PyTuple_GetItem(object, 0), "a value", &out->value) &&
           number_from_python(PyTuple_GetItem(object, 1), "a lower bound", &out->low) &&
           number_from_python(PyTuple_GetItem(object, 2), "an upper bound", &out->high);
}

/* -- Dates and periods ------------------------------------------------------ */

static PyObject *date_to_python(poupa_date date)
{
    if (date.year == 0)
        return Py_NewRef(Py_None);
    return Py_BuildValue("(iii)", date.year, date.month, date.day);
}

static bool date_from_python(PyObject *object, poupa_date *out)
{
    int64_t year, month, day;
    if (object == Py_None) {
        *out = (poupa_date){0, 0, 0};
        return true;
    }
    if (!is_tuple_of(object, 3, "a date") ||
        !integer_from_python(PyTuple_GetItem(object, 0), "a year", 0, INT16_MAX, &year) ||
        !integer_from_python(PyTuple_GetItem(object, 1), "a month", 0, UINT8_MAX, &month) ||
        !integer_from_python(PyTuple_GetItem(object, 2), "a day", 0, UINT8_MAX, &day))
        return false;
    *out = (poupa_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return true;
}

static PyObject *period_to_python(poupa_period period)
{
    if (period.kind == POUPA_PERIOD_NONE)
        return Py_NewRef(Py_None);
    return Py_BuildValue("(iiiii)", period.first, period.last, period.kind, period.first_kind,
                         period.last_kind);
}

static bool period_from_python(PyObject *object, poupa_period *out)
{
    *out = (poupa_period){0, 0, 0, 0, 0};
    if (object == Py_None)
        return true;
    int64_t part[5];
    if (!is_tuple_of(object, 5, "a period"))
        return false;
    for (int i = 0; i < 5; i++) {
        if (!integer_from_python(PyTuple_GetItem(object, i), "a part of a period",
                                 i < 2 ? INT32_MIN : 0, i < 2 ? INT32_MAX : UINT8_MAX, &part[i]))
            return false;
    }
    *out = (poupa_period){(int32_t)part[0], (int32_t)part[1], (uint8_t)part[2], (uint8_t)part[3],
                          (uint8_t)part[4]};
    return true;
}

/* -- Entities --------------------------------------------------------------- */

static swig_type_info *entity_type(int kind)
{
    switch (kind) {
    case POUPA_KIND_SOURCE:
        return SWIGTYPE_p_poupa_source;
    case POUPA_KIND_AREA:
        return SWIGTYPE_p_poupa_area;
    case POUPA_KIND_ORGANIZATION:
        return SWIGTYPE_p_poupa_organization;
    case POUPA_KIND_PROGRAM:
        return SWIGTYPE_p_poupa_program;
    case POUPA_KIND_CHANNEL:
        return SWIGTYPE_p_poupa_channel;
    case POUPA_KIND_UNIT:
        return SWIGTYPE_p_poupa_unit;
    case POUPA_KIND_SERVICE:
        return SWIGTYPE_p_poupa_service;
    case POUPA_KIND_OFFERING:
        return SWIGTYPE_p_poupa_offering;
    case POUPA_KIND_INDICATOR:
        return SWIGTYPE_p_poupa_indicator;
    case POUPA_KIND_METRIC:
        return SWIGTYPE_p_poupa_metric;
    case POUPA_KIND_TARGET:
        return SWIGTYPE_p_poupa_target;
    case POUPA_KIND_CLAIM:
        return SWIGTYPE_p_poupa_claim;
    default:
        return NULL;
    }
}

/* A borrowed pointer; None for NULL. */
static PyObject *entity_to_python(int kind, const void *entity)
{
    if (entity == NULL)
        return Py_NewRef(Py_None);
    return SWIG_NewPointerObj((void *)(uintptr_t)entity, entity_type(kind), 0);
}

static bool entity_from_python(int kind, PyObject *object, const void **out)
{
    void *entity = NULL;
    swig_type_info *type = entity_type(kind);
    if (type == NULL) {
        PyErr_Format(PyExc_ValueError, "%d is no kind of entity", kind);
        return false;
    }
    if (!SWIG_IsOK(SWIG_ConvertPtr(object, &entity, type, SWIG_POINTER_NO_NULL))) {
        PyErr_Format(PyExc_TypeError, "expected a pointer to a %s, not %R",
                     poupa_kind_name((poupa_kind)kind), Py_TYPE(object));
        return false;
    }
    *out = entity;
    return true;
}

/* Takes what a list holds, and frees it. */
static PyObject *list_to_python(poupa_list *list)
{
    PyObject *items = PyList_New((Py_ssize_t)list->count);
    for (size_t i = 0; items && i < list->count; i++) {
        PyObject *item = entity_to_python((int)list->kind, list->items[i]);
        if (item == NULL || PyList_SetItem(items, (Py_ssize_t)i, item) != 0)
            Py_CLEAR(items);
    }
    poupa_list_free(list);
    return items;
}

#endif
