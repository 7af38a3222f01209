/* no_stdin.c - stands for jansson's one use of `stdin`, which no function that we call reaches.
 *
 * It is all that keeps an archive of jansson that is not position-independent from being
 * linked into a module; `--wrap=stdin` leads it here. */
#include <stdio.h>

extern FILE *__wrap_stdin;
__attribute__((visibility("hidden"))) FILE *__wrap_stdin;
