/* main.c - the poupa command: from the command line to a command and its exit status. */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "help.h"
#include "messages.h"
#include "run.h"

static exit_status (*const runs[COMMAND_COUNT])(const cli_arguments *arguments) = {
    [COMMAND_VALIDATE] = run_validate, [COMMAND_REPORT] = run_report,
    [COMMAND_FMT] = run_fmt,           [COMMAND_SHOW] = run_show,
    [COMMAND_SCHEMA] = run_schema,     [COMMAND_RULES] = run_rules,
    [COMMAND_ROLLUP] = run_rollup,     [COMMAND_CHECK_STREAM] = run_check_stream,
    [COMMAND_GENERATE] = run_generate, [COMMAND_HELP] = run_help,
};

/* The command that the first argument names; POUPA itself when that is an option, and
 * COMMAND_COUNT when there is no such command. */
static command_id find_command(const char *name)
{
    command_id id = COMMAND_POUPA;
    if (name[0] == '-')
        return id;
    for (id++; id < COMMAND_COUNT && strcmp(commands[id].name, name) != 0; id++)
        continue;
    return id;
}

static exit_status run(int argc, char **argv)
{
    const cli_command *self = &commands[COMMAND_POUPA];
    cli_arguments arguments;
    if (argc < 2)
        return fail_usage(self, "which command?");
    command_id id = find_command(argv[1]);
    if (id == COMMAND_COUNT)
        return fail_usage(self, "there is no command \"%s\"%s", argv[1],
                          hint_word(VALUE_COMMAND, argv[1]).text);
    int names = id == COMMAND_POUPA ? 0 : 1;
    exit_status status = arguments_read(&commands[id], argc - names, argv + names, &arguments);
    if (status != EXIT_FINE)
        return status;
    if (arguments.given[OPTION_HELP])
        print_help(&commands[id]);
    else if (arguments.given[OPTION_VERSION])
        printf("poupa %s\n", poupa_version());
    else if (runs[id])
        status = runs[id](&arguments);
    else
        status = fail_usage(self, "which command?");
    return status;
}

/* Closes standard output, where all that was written must have arrived. A pipe whose
 * reader has left needs no message: who left knows. */
static exit_status close_output(exit_status status)
{
    int why = ferror(stdout) ? errno : 0;
    bool failed = ferror(stdout) != 0;
    if (fclose(stdout) != 0) {
        why = errno;
        failed = true;
    }
    if (failed && why != EPIPE)
        fail(EXIT_IO, "standard output: %s", why ? strerror(why) : "write error");
    return failed ? EXIT_IO : status;
}

/* Ends as an interrupt ends a program, so that a loop of the shell around it ends, too. */
static void end_interrupted(void)
{
    signal(SIGINT, SIG_DFL);
    raise(SIGINT);
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");  /* only to know the character set of the terminal */
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an output error like any other */
    exit_status status = close_output(run(argc, argv));
    if (status == EXIT_INTERRUPTED)
        end_interrupted();
    return (int)status;
}
