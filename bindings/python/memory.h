/*
 * memory.h - the columns of a table as Python buffers, without a copy: each keeps its table.
 */
#ifndef POUPA_PYTHON_MEMORY_H
#define POUPA_PYTHON_MEMORY_H

typedef struct memory_object {
    PyObject_HEAD poupa_attendance *table;
    const void *data;
    const char *format; /* as in the struct module */
    Py_ssize_t item_size;
    Py_ssize_t count;
} memory_object;

static int memory_get_buffer(PyObject *self, Py_buffer *view, int flags)
{
    memory_object *memory = (memory_object *)self;
    if (PyBuffer_FillInfo(view, self, (void *)(uintptr_t)memory->data,
                          memory->count * memory->item_size, 1, flags) != 0)
        return -1;
    view->itemsize = memory->item_size;
    if (flags & PyBUF_FORMAT)
        view->format = (char *)(uintptr_t)memory->format;
    if (flags & PyBUF_ND)
        view->shape = &memory->count;
    if ((flags & PyBUF_STRIDES) == PyBUF_STRIDES)
        view->strides = &memory->item_size;
    return 0;
}

static void memory_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    poupa_attendance_release(((memory_object *)self)->table);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

static PyObject *memory_type_new(void)
{
    static PyType_Slot slots[] = {
        {Py_bf_getbuffer, memory_get_buffer},
        {Py_tp_dealloc, memory_dealloc},
        {Py_tp_doc, "A column of an attendance table."},
        {0, NULL},
    };
    static PyType_Spec spec = {"poupa._swig.Memory", sizeof(memory_object), 0,
                               Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
    return PyType_FromSpec(&spec);
}

static PyObject *memory_type;

/* A read-only memoryview of a column; None for NULL. */
static PyObject *memory_to_python(poupa_attendance *table, const void *data, const char *format,
                                  size_t item_size, size_t count)
{
    if (data == NULL)
        return Py_NewRef(Py_None);
    memory_object *memory = PyObject_New(memory_object, (PyTypeObject *)memory_type);
    if (memory == NULL)
        return NULL;
    memory->table = poupa_attendance_retain(table);
    memory->data = data;
    memory->format = format;
    memory->item_size = (Py_ssize_t)item_size;
    memory->count = (Py_ssize_t)count;
    PyObject *view = PyMemoryView_FromObject((PyObject *)memory);
    Py_DECREF(memory);
    return view;
}

static PyObject *columns_to_python(poupa_attendance *table, const poupa_columns *columns)
{
    size_t rows = columns->rows;
    size_t bits = (columns->bitmap_offset + rows + 7) / 8;
    PyObject *tuple = PyTuple_New(13);
    if (tuple && tuple_put(tuple, 0, PyLong_FromSize_t(rows)) &&
        tuple_put(tuple, 1, memory_to_python(table, columns->period_start, "i", 4, rows)) &&
        tuple_put(tuple, 2, memory_to_python(table, columns->period_kind, "B", 1, rows)) &&
        tuple_put(tuple, 3, memory_to_python(table, columns->unit, "i", 4, rows)) &&
        tuple_put(tuple, 4, memory_to_python(table, columns->service, "i", 4, rows)) &&
        tuple_put(tuple, 5, memory_to_python(table, columns->channel, "i", 4, rows)) &&
        tuple_put(tuple, 6, memory_to_python(table, columns->count, "q", 8, rows)) &&
        tuple_put(tuple, 7, memory_to_python(table, columns->wait_s, "i", 4, rows)) &&
        tuple_put(tuple, 8, memory_to_python(table, columns->service_s, "i", 4, rows)) &&
        tuple_put(tuple, 9, memory_to_python(table, columns->unit_valid, "B", 1, bits)) &&
        tuple_put(tuple, 10, memory_to_python(table, columns->wait_valid, "B", 1, bits)) &&
        tuple_put(tuple, 11, memory_to_python(table, columns->service_valid, "B", 1, bits)) &&
        tuple_put(tuple, 12, PyLong_FromSize_t(columns->bitmap_offset)))
        return tuple;
    Py_XDECREF(tuple);
    return NULL;
}

#endif
