/*
 * busy.h - catalogues that are being read without the interpreter's lock, which must not change
 * meanwhile: an edit waits until no other thread reads so, and those who come to read wait for
 * an edit that waits. Both lists are kept under that lock.
 */
#ifndef POUPA_PYTHON_BUSY_H
#define POUPA_PYTHON_BUSY_H

#include <time.h>

/* One who reads a catalogue or waits to change it, on the stack of the thread that does so. */
typedef struct turn {
    const poupa_catalog *catalog;
    unsigned long thread;
    struct turn *next;
} turn;

static turn *readers;
static turn *editors; /* that wait */

static void turn_begin(turn **list, turn *self, const poupa_catalog *catalog)
{
    *self = (turn){catalog, PyThread_get_thread_ident(), *list};
    *list = self;
}

static void turn_end(turn **list, const turn *self)
{
    while (*list != self)
        list = &(*list)->next;
    *list = self->next;
}

/* Whether a list has a turn with a catalogue, of this thread where `own` says so. */
static bool has_turn(const turn *list, const poupa_catalog *catalog, bool own)
{
    unsigned long thread = PyThread_get_thread_ident();
    while (list && !(list->catalog == catalog && (!own || list->thread == thread)))
        list = list->next;
    return list != NULL;
}

static void wait_a_moment(void)
{
    const struct timespec moment = {0, 20000};
    Py_BEGIN_ALLOW_THREADS nanosleep(&moment, NULL);
    Py_END_ALLOW_THREADS
}

static void reading_begin(turn *self, const poupa_catalog *catalog)
{
    while (has_turn(editors, catalog, false) && !has_turn(readers, catalog, true))
        wait_a_moment();
    turn_begin(&readers, self, catalog);
}

static void reading_end(const turn *self)
{
    turn_end(&readers, self);
}

/* Waits until a catalogue may change; false with an exception set where it never may, because
 * this thread itself reads it, and where a signal says so. */
static bool may_change(const poupa_catalog *catalog)
{
    turn self;
    if (has_turn(readers, catalog, true)) {
        PyErr_SetString(PyExc_RuntimeError, "the catalogue cannot change while it is read");
        return false;
    }
    turn_begin(&editors, &self, catalog);
    while (has_turn(readers, catalog, false) && PyErr_CheckSignals() == 0)
        wait_a_moment();
    turn_end(&editors, &self);
    return !PyErr_Occurred();
}

/* The catalogue that a rollup looks things up in, which it keeps; NULL where it needs none. */
static const poupa_catalog *catalog_of_rollup(PyObject *rollup)
{
    SwigPyObject *kept = (SwigPyObject *)SWIG_Python_GetSwigThis(rollup)->next;
    return kept ? kept->ptr : NULL;
}

#endif
