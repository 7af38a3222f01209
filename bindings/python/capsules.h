/*
 * capsules.h - Arrow structs in capsules, as the Arrow PyCapsule interface asks, and streams in
 * front of others.
 */
#ifndef POUPA_PYTHON_CAPSULES_H
#define POUPA_PYTHON_CAPSULES_H

#include <errno.h>

#define SCHEMA_CAPSULE "arrow_schema"
#define ARRAY_CAPSULE "arrow_array"
#define STREAM_CAPSULE "arrow_array_stream"

static void schema_capsule_end(PyObject *capsule)
{
    struct ArrowSchema *schema = PyCapsule_GetPointer(capsule, SCHEMA_CAPSULE);
    if (schema->release)
        schema->release(schema);
    free(schema);
}

static void stream_capsule_end(PyObject *capsule)
{
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, STREAM_CAPSULE);
    if (stream->release)
        stream->release(stream);
    free(stream);
}

/* These take what is in the struct. */
static PyObject *schema_to_python(struct ArrowSchema *schema)
{
    struct ArrowSchema *moved = malloc(sizeof *moved);
    PyObject *capsule = moved ? PyCapsule_New(moved, SCHEMA_CAPSULE, schema_capsule_end) : NULL;
    if (capsule) {
        *moved = *schema;
        return capsule;
    }
    free(moved);
    schema->release(schema);
    return PyErr_NoMemory();
}

static PyObject *stream_to_python(struct ArrowArrayStream *stream)
{
    struct ArrowArrayStream *moved = malloc(sizeof *moved);
    PyObject *capsule = moved ? PyCapsule_New(moved, STREAM_CAPSULE, stream_capsule_end) : NULL;
    if (capsule) {
        *moved = *stream;
        return capsule;
    }
    free(moved);
    stream->release(stream);
    return PyErr_NoMemory();
}

/* -- A stream that keeps Python objects ------------------------------------- */

/* A stream of records calls back into Python, wherever its consumer runs: it keeps what it
 * calls, and what was raised becomes its last error. */
typedef struct kept_stream {
    struct ArrowArrayStream inner;
    PyObject *kept;
    char *raised;
} kept_stream;

static int kept_get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    kept_stream *self = stream->private_data;
    return self->inner.get_schema(&self->inner, out);
}

/* The words of the exception that is set, which is cleared; malloc'ed. */
static char *take_exception(void)
{
    PyObject *type, *value, *traceback;
    char *words = NULL;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    PyObject *text = value ? PyObject_Repr(value) : NULL;
    const char *utf8 = text ? PyUnicode_AsUTF8AndSize(text, NULL) : NULL;
    if (utf8) {
        words = malloc(strlen(utf8) + 1);
        if (words)
            strcpy(words, utf8);
    }
    Py_XDECREF(text);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    PyErr_Clear();
    return words;
}

/* Decoding lets go of the interpreter's lock, which its threads may want. What was raised ends
 * the stream, also where the call went well. */
static int kept_get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    kept_stream *self = stream->private_data;
    PyGILState_STATE state = PyGILState_Ensure();
    PyThreadState *saved = PyEval_SaveThread();
    int code = self->inner.get_next(&self->inner, out);
    PyEval_RestoreThread(saved);
    if (PyErr_Occurred()) {
        free(self->raised);
        self->raised = take_exception();
        if (code == 0 && out->release)
            out->release(out);
        code = code ? code : EIO;
    }
    PyGILState_Release(state);
    return code;
}

static const char *kept_get_last_error(struct ArrowArrayStream *stream)
{
    kept_stream *self = stream->private_data;
    return self->raised ? self->raised : self->inner.get_last_error(&self->inner);
}

static void kept_release(struct ArrowArrayStream *stream)
{
    kept_stream *self = stream->private_data;
    stream->release = NULL;
    if (!Py_IsInitialized())
        return;
    PyGILState_STATE state = PyGILState_Ensure();
    PyThreadState *saved = PyEval_SaveThread();
    self->inner.release(&self->inner);
    PyEval_RestoreThread(saved);
    Py_DECREF(self->kept);
    PyGILState_Release(state);
    free(self->raised);
    free(self);
}

/* Makes a stream keep an object, which it takes; false where there is none, or no memory, and
 * the stream is released. */
static bool stream_keep(struct ArrowArrayStream *stream, PyObject *kept)
{
    kept_stream *self = kept ? malloc(sizeof *self) : NULL;
    if (self == NULL) {
        stream->release(stream);
        Py_XDECREF(kept);
        PyErr_NoMemory();
        return false;
    }
    *self = (kept_stream){*stream, kept, NULL};
    *stream = (struct ArrowArrayStream){kept_get_schema, kept_get_next, kept_get_last_error,
                                        kept_release, self};
    return true;
}

/* -- A stream of one batch -------------------------------------------------- */

typedef struct one_batch {
    struct ArrowSchema schema;
    struct ArrowArray array;
} one_batch;

static int one_get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    one_batch *self = stream->private_data;
    if (self->schema.release == NULL)
        return EINVAL;
    *out = self->schema;
    self->schema.release = NULL;
    return 0;
}

static int one_get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    one_batch *self = stream->private_data;
    *out = self->array;
    self->array.release = NULL;
    return 0;
}

static const char *one_get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return "the schema of an array can be taken once";
}

static void one_release(struct ArrowArrayStream *stream)
{
    one_batch *self = stream->private_data;
    stream->release = NULL;
    if (self->schema.release)
        self->schema.release(&self->schema);
    if (self->array.release)
        self->array.release(&self->array);
    free(self);
}

/* Takes what is in the capsules of an array. */
static PyObject *array_stream(PyObject *schema_capsule, PyObject *array_capsule)
{
    struct ArrowSchema *schema = PyCapsule_GetPointer(schema_capsule, SCHEMA_CAPSULE);
    struct ArrowArray *array = schema ? PyCapsule_GetPointer(array_capsule, ARRAY_CAPSULE) : NULL;
    if (array == NULL)
        return NULL;
    if (schema->release == NULL || array->release == NULL) {
        PyErr_SetString(PyExc_ValueError, "the array was taken before");
        return NULL;
    }
    one_batch *self = malloc(sizeof *self);
    if (self == NULL)
        return PyErr_NoMemory();
    *self = (one_batch){*schema, *array};
    schema->release = NULL;
    array->release = NULL;
    struct ArrowArrayStream stream = {one_get_schema, one_get_next, one_get_last_error,
                                      one_release, self};
    return stream_to_python(&stream);
}

/* -- A stream that Ctrl-C ends ----------------------------------------------- */

static int watched_get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    struct ArrowArrayStream *inner = stream->private_data;
    return inner->get_schema(inner, out);
}

static const char *watched_get_last_error(struct ArrowArrayStream *stream)
{
    struct ArrowArrayStream *inner = stream->private_data;
    return inner->get_last_error ? inner->get_last_error(inner) : NULL;
}

/* Of what was raised in a stream its words alone come through. */
static bool says_interrupted(struct ArrowArrayStream *stream)
{
    const char *words = watched_get_last_error(stream);
    return words && strstr(words, "KeyboardInterrupt");
}

static int watched_get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    struct ArrowArrayStream *inner = stream->private_data;
    PyGILState_STATE state = PyGILState_Ensure();
    bool interrupted = PyErr_CheckSignals() != 0;
    PyGILState_Release(state);
    int code = interrupted ? ECANCELED : inner->get_next(inner, out);
    if (code && !interrupted && says_interrupted(stream)) {
        state = PyGILState_Ensure();
        PyErr_SetNone(PyExc_KeyboardInterrupt);
        PyGILState_Release(state);
    }
    return code;
}

static void watched_release(struct ArrowArrayStream *stream)
{
    struct ArrowArrayStream *inner = stream->private_data;
    stream->release = NULL;
    inner->release(inner);
}

/* A stream in front of another, whose callbacks the library checks. */
static struct ArrowArrayStream watched(struct ArrowArrayStream *inner)
{
    return (struct ArrowArrayStream){
        inner->get_schema ? watched_get_schema : NULL, inner->get_next ? watched_get_next : NULL,
        watched_get_last_error, inner->release ? watched_release : NULL, inner};
}

#endif
