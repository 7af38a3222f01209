/* part.h - what each part of the program `copies` offers the others. */
#ifndef PART_H
#define PART_H

typedef void anything(void);

/* How many people some attendance records are about; -1 where they are none. */
long one_people(const char *records);
long two_people(const char *records);
long library_people(const char *records);

/* A function of the part's own library. */
anything *one_library(void);
anything *two_library(void);
anything *library_library(void);

#define JOINED(part, name) part##name
#define OF_PART(part, name) JOINED(part, name)

#endif
