/* stream.h - reading attendance streams for the commands. */
#ifndef TOOL_STREAM_H
#define TOOL_STREAM_H

#include <poupa/ndjson.h>

#include "arguments.h"

/* Takes a batch of records; EXIT_FINE to go on. */
typedef exit_status (*stream_step)(void *context, const poupa_attendance *batch);

/*
 * Reads a FILE batch by batch, with a progress bar on a terminal, until the end or an
 * interrupt that was noted (interrupt.h): EXIT_INTERRUPTED. What is wrong with it is said:
 * EXIT_FINDINGS for a bad line that ends it. The options' progress members are this function's
 * own.
 */
exit_status stream_read(const char *file, const poupa_ndjson_options *options, stream_step step,
                        void *context, poupa_ndjson_counts *counts);

/* The number of an option from 0 to `most`, or `usual` where it is not given; false, having
 * said so, where it is no such number. */
bool stream_number(const cli_arguments *arguments, option_id option, uint64_t usual,
                   uint64_t most, uint64_t *out);

/* Says on standard error how many lines were read, and of what. */
void stream_print_counts(const char *name, const poupa_ndjson_counts *counts);

#endif
