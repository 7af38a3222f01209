/* implementation.c - the single header's implementation, in C. */
#define POUPA_IMPLEMENTATION
#include "poupa.h"
