/* disk.h - calls of the system that fail when they are told to, and the saving of files that they
 * are part of. */
#ifndef TEST_DISK_H
#define TEST_DISK_H

#include "folder.h"
#include "poupa/poupa.h"

/* -- Calls that fail ------------------------------------------------------ */

typedef enum disk_fault {
    NO_FAULT,
    FAILING,     /* with an errno; close closes nevertheless, as it does */
    FAILING_ON,  /* the same, and so does every call behind it */
    INTERRUPTED, /* by a signal: EINTR, from those calls that may say so */
    SHORT,       /* reads or writes one byte */
    TAKES_NONE,  /* writes nothing, and does not say why */
    KILLING      /* the process ends by SIGKILL: at a write, when half of it is done */
} disk_fault;

/* From here on calls are counted, and the one with the number (from 1) has a fault. */
void disk_arm(disk_fault fault, size_t call, int error);

/* Calls work again; returns whether there was the fault. */
bool disk_disarm(void);

/* Since it was armed: how many calls there were, the name of the one that had the fault, and how
 * many files were opened and not closed. */
size_t disk_calls(void);
const char *disk_call(void);
int disk_open_files(void);

/* -- What is saved -------------------------------------------------------- */

/* The ways to save a file; each saves what the subject has. */
typedef struct saved {
    char path[256];
    poupa_buffer content; /* what is there after a success */
    poupa_catalog *catalog;
    poupa_attendance *table;
} saved;

typedef poupa_status (*save)(const saved *of, poupa_error *err);

enum { WAYS_TO_SAVE = 4 };
extern const save ways_to_save[WAYS_TO_SAVE];

/* What a way to save has for a path. */
saved make_saved(size_t way, const char *path);
void free_saved(saved *of);

bool content_is(const char *path, const char *data, size_t size);

#endif
