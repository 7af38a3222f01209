/* copies.c - two copies of the library, in C and in C++, beside the library itself. */
#include <stdio.h>

#include "part.h"

static const char records[] =
    "{\"period\":\"2021-06\",\"service\":\"procon-sp\",\"channel\":\"portal\",\"count\":120}\n"
    "{\"period\":\"2021-07\",\"service\":\"procon-sp\",\"channel\":\"portal\",\"count\":9}\n";

int main(void)
{
    long people[] = {one_people(records), two_people(records), library_people(records)};
    anything *libraries[] = {one_library(), two_library(), library_library()};
    int failures = 0;
    for (int i = 0; i < 3; i++) {
        failures += people[i] != 129;
        failures += libraries[i] == libraries[(i + 1) % 3];
    }
    printf("copies: %ld, %ld and %ld people, %d failures\n", people[0], people[1], people[2],
           failures);
    return failures != 0;
}
