/* part.c - a part of a program, with the library or a copy of it to itself; PART is its name. */
#include "part.h"

#include <string.h>

#include "poupa.h"

long OF_PART(PART, _people)(const char *records)
{
    poupa_attendance *table;
    long people = 0;
    if (poupa_ndjson_read(records, strlen(records), NULL, &table, NULL, NULL) != POUPA_OK)
        return -1;
    for (size_t i = 0; i < poupa_attendance_rows(table); i++) {
        poupa_record record;
        if (poupa_attendance_at(table, i, &record, NULL) == POUPA_OK)
            people += (long)record.count;
    }
    poupa_attendance_release(table);
    return people;
}

anything *OF_PART(PART, _library)(void)
{
    return (anything *)poupa_version;
}
