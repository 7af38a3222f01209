/*
 * busy.h - catalogues that are being read without the interpreter's lock, which must not change
 * meanwhile: an edit waits until no other thread reads so, and those who come to read wait for
 * an edit that waits. Both lists are kept under that lock.
 */
#ifndef POUPA_PYTHON_BUSY_H
#define POUPA_PYTHON_BUSY_H

#include <pthread.h>
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

/* Whether this thread reads a catalogue; whether it reads any, for NULL. */
static bool reads(const poupa_catalog *catalog)
{
    unsigned long thread = PyThread_get_thread_ident();
    const turn *at = readers;
    while (at && !(at->thread == thread && (catalog == NULL || at->catalog == catalog)))
        at = at->next;
    return at != NULL;
}

static bool has_turn(const turn *list, const poupa_catalog *catalog)
{
    while (list && list->catalog != catalog)
        list = list->next;
    return list != NULL;
}

/* A forked child has none of the other threads, whose stacks the lists lead to. */
static void forget_others(turn **list)
{
    unsigned long thread = PyThread_get_thread_ident();
    while (*list) {
        if ((*list)->thread == thread)
            list = &(*list)->next;
        else
            *list = (*list)->next;
    }
}

static void after_fork(void)
{
    forget_others(&readers);
    forget_others(&editors);
}

static bool busy_start(void)
{
    static bool started;
    started = started || pthread_atfork(NULL, NULL, after_fork) == 0;
    if (!started)
        PyErr_NoMemory();
    return started;
}

static void wait_a_moment(void)
{
    const struct timespec moment = {0, 20000};
    Py_BEGIN_ALLOW_THREADS nanosleep(&moment, NULL);
    Py_END_ALLOW_THREADS
}

/* Takes the turns of all catalogues that a call reads at once, since one who had some of them
 * and waited for the others could make two editors wait for ever, and so could one who reads
 * already. False with an exception set where a signal says so. */
static bool reading_begin(turn *turns, const poupa_catalog *const *catalogs, size_t count)
{
    bool waits = !reads(NULL);
    for (size_t i = 0; waits && i < count;) {
        if (!has_turn(editors, catalogs[i])) {
            i++;
            continue;
        }
        wait_a_moment();
        if (PyErr_CheckSignals() != 0)
            return false;
        i = 0;
    }
    for (size_t i = 0; i < count; i++)
        turn_begin(&readers, &turns[i], catalogs[i]);
    return true;
}

static void reading_end(const turn *turns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        turn_end(&readers, &turns[i]);
}

/* Waits until a catalogue may change; false with an exception set where it never may, because
 * this thread itself reads it, and where a signal says so. */
static bool may_change(const poupa_catalog *catalog, bool heeds_signals)
{
    turn self;
    if (reads(catalog)) {
        PyErr_SetString(PyExc_RuntimeError, "the catalogue cannot change while it is read");
        return false;
    }
    turn_begin(&editors, &self, catalog);
    while (has_turn(readers, catalog) && !(heeds_signals && PyErr_CheckSignals() != 0))
        wait_a_moment();
    turn_end(&editors, &self);
    return !(heeds_signals && PyErr_Occurred());
}

/* The catalogue that a rollup looks things up in, which it keeps; NULL where it needs none. */
static const poupa_catalog *catalog_of_rollup(PyObject *rollup)
{
    SwigPyObject *kept = (SwigPyObject *)SWIG_Python_GetSwigThis(rollup)->next;
    return kept ? kept->ptr : NULL;
}

#endif
