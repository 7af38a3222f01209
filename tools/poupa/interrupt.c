/* interrupt.c - noting an interrupt, to end in good order. */
#define _POSIX_C_SOURCE 200809L

#include "interrupt.h"

#include <signal.h>
#include <stddef.h>

static const int signals[] = {SIGINT, SIGTERM};

enum { SIGNALS = sizeof signals / sizeof signals[0] };

static struct sigaction before[SIGNALS];

/* The one thing that a signal handler may write. */
static volatile sig_atomic_t noted;

static void note(int signal_number)
{
    (void)signal_number;
    noted = 1;
}

void interrupts_note(bool first_only)
{
    /* Output goes on where it was, lest it be cut within a line. */
    struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
    if (first_only)
        action.sa_flags |= (int)SA_RESETHAND;
    noted = 0;
    for (int i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &action, &before[i]);
}

bool interrupted(void)
{
    return noted;
}

void interrupts_restore(void)
{
    for (int i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &before[i], NULL);
}
