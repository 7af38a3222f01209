/*
 * calls.h - Python callables that the library calls back: for input, output, bad lines and
 * progress. What they raise stays set until the call is over and comes out of it; but `read` may
 * be called from threads that decode, whose exceptions end with them.
 */
#ifndef POUPA_PYTHON_CALLS_H
#define POUPA_PYTHON_CALLS_H

/* How to read records, and what that needs of Python: callables, NULL where there is none, and
 * the buffer that a stream reads. `options` comes first, so that a pointer to it is one to all.
 */
typedef struct poupa_calls {
    poupa_ndjson_options options;
    PyObject *read;
    PyObject *quarantine;
    PyObject *progress;
    bytes_held data;
} poupa_calls;

/* Calls with one argument, which it takes; false when something was raised, now or before. */
static bool call_with(PyObject *callable, PyObject *argument, PyObject **out)
{
    PyObject *result = NULL;
    if (argument && !PyErr_Occurred())
        result = PyObject_CallFunctionObjArgs(callable, argument, NULL);
    Py_XDECREF(argument);
    if (result == NULL)
        return false;
    if (out)
        *out = result;
    else
        Py_DECREF(result);
    return true;
}

/* A poupa_write_fn whose context is a callable that takes bytes. */
static bool call_write(void *context, const char *data, size_t size)
{
    PyGILState_STATE state = PyGILState_Ensure();
    bool fine = !PyErr_Occurred() &&
                call_with(context, PyBytes_FromStringAndSize(data, (Py_ssize_t)size), NULL);
    PyGILState_Release(state);
    return fine;
}

static bool call_quarantine(void *context, const char *data, size_t size)
{
    return call_write(((poupa_calls *)context)->quarantine, data, size);
}

static ptrdiff_t copy_bytes(PyObject *bytes, char *buffer, size_t capacity)
{
    Py_buffer view;
    if (PyObject_GetBuffer(bytes, &view, PyBUF_SIMPLE) != 0)
        return -1;
    ptrdiff_t size = view.len;
    if ((size_t)size > capacity) {
        PyErr_Format(PyExc_ValueError, "read(%zu) returned %zd bytes", capacity,
                     (Py_ssize_t)size);
        size = -1;
    } else {
        memcpy(buffer, view.buf, (size_t)size);
    }
    PyBuffer_Release(&view);
    return size;
}

/* A poupa_read_fn: read(n) returns up to n bytes, none at the end. */
static ptrdiff_t call_read(void *context, char *buffer, size_t capacity)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *bytes;
    ptrdiff_t size = -1;
    if (!PyErr_Occurred() && PyErr_CheckSignals() == 0 &&
        call_with(((poupa_calls *)context)->read, PyLong_FromSize_t(capacity), &bytes)) {
        size = copy_bytes(bytes, buffer, capacity);
        Py_DECREF(bytes);
    }
    PyGILState_Release(state);
    return size;
}

static PyObject *counts_to_python(const poupa_ndjson_counts *counts)
{
    return Py_BuildValue("(KKKK)", (unsigned long long)counts->good,
                         (unsigned long long)counts->bad, (unsigned long long)counts->blank,
                         (unsigned long long)counts->bytes);
}

/* Lets Ctrl-C end the reading; a callable that returns False ends it, too. */
static bool call_progress(void *context, const poupa_ndjson_counts *counts)
{
    poupa_calls *calls = context;
    PyObject *answer = NULL;
    PyGILState_STATE state = PyGILState_Ensure();
    bool go_on = !PyErr_Occurred() && PyErr_CheckSignals() == 0;
    if (go_on && calls->progress) {
        go_on = call_with(calls->progress, counts_to_python(counts), &answer);
        go_on = go_on && answer != Py_False;
        Py_XDECREF(answer);
    }
    PyGILState_Release(state);
    return go_on;
}

static bool is_callable(PyObject *object, const char *what)
{
    if (object == Py_None || PyCallable_Check(object))
        return true;
    PyErr_Format(PyExc_TypeError, "%s must be callable or None, not %R", what, Py_TYPE(object));
    return false;
}

static PyObject *some(PyObject *object)
{
    return object == Py_None ? NULL : Py_NewRef(object);
}

static poupa_calls *calls_new(const poupa_ndjson_options *options, PyObject *read,
                              PyObject *quarantine, PyObject *progress)
{
    if (!is_callable(read, "read") || !is_callable(quarantine, "quarantine") ||
        !is_callable(progress, "progress"))
        return NULL;
    poupa_calls *calls = PyMem_Calloc(1, sizeof *calls);
    if (calls == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    calls->options = *options;
    calls->read = some(read);
    calls->quarantine = some(quarantine);
    calls->progress = some(progress);
    calls->options.quarantine = calls->quarantine ? call_quarantine : NULL;
    calls->options.quarantine_context = calls;
    calls->options.progress = call_progress;
    calls->options.progress_context = calls;
    return calls;
}

static void calls_free(poupa_calls *calls)
{
    Py_CLEAR(calls->read);
    Py_CLEAR(calls->quarantine);
    Py_CLEAR(calls->progress);
    bytes_drop(&calls->data);
    PyMem_Free(calls);
}

#endif
