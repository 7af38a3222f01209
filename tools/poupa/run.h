/* run.h - the commands themselves. Each prints its results on standard output. */
#ifndef TOOL_RUN_H
#define TOOL_RUN_H

#include "arguments.h"

exit_status run_validate(const cli_arguments *arguments);
exit_status run_report(const cli_arguments *arguments);
exit_status run_fmt(const cli_arguments *arguments);
exit_status run_show(const cli_arguments *arguments);
exit_status run_schema(const cli_arguments *arguments);
exit_status run_rules(const cli_arguments *arguments);
exit_status run_rollup(const cli_arguments *arguments);
exit_status run_check_stream(const cli_arguments *arguments);
exit_status run_generate(const cli_arguments *arguments);
exit_status run_help(const cli_arguments *arguments);

#endif
