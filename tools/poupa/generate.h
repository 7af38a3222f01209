/* generate.h - what is made from the description of the commands, besides the parser. */
#ifndef TOOL_GENERATE_H
#define TOOL_GENERATE_H

#include <stdio.h>

void generate_man(FILE *out);
void generate_bash(FILE *out);
void generate_zsh(FILE *out);
void generate_fish(FILE *out);

#endif
