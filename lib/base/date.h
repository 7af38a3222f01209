/* date.h - the calendar. */
#ifndef POUPA__BASE_DATE_H
#define POUPA__BASE_DATE_H

#include "poupa/base.h"

/* The day, since 1970-01-01, of a date that exists. */
int32_t poupa__day_from_civil(int year, int month, int day);

int poupa__days_in_month(int year, int month);

/* Reads a date; false, with *out untouched, where there is none. */
bool poupa__date_read(const char *data, size_t size, poupa_date *out);

#endif
