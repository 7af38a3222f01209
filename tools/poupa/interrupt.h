/* interrupt.h - noting an interrupt (SIGINT) or a termination (SIGTERM), to end in good order. */
#ifndef TOOL_INTERRUPT_H
#define TOOL_INTERRUPT_H

#include <stdbool.h>

/* From now on interrupts are noted. Where `first_only` is set, a second one ends the program
 * at once, should it hang; else none does, which is for what would be left behind. */
void interrupts_note(bool first_only);

/* Whether there was one since. */
bool interrupted(void);

/* From now on interrupts do what they did before. */
void interrupts_restore(void);

#endif
