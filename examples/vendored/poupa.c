/* poupa.c - the one file in which the implementation is compiled; nothing comes before it. */
#define POUPA_IMPLEMENTATION
#include "poupa.h"
