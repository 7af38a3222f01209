/* generate_man.c - the man page, in the man macros of troff. */
#include "commands.h"
#include "generate.h"

/* Text with what troff would take for its own escaped; a newline starts a paragraph. */
static void put(FILE *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (*at == '\n')
            fputs("\n.PP\n", out);
        else if (*at == '\\')
            fputs("\\e", out);
        else if (*at == '-')
            fputs("\\-", out);
        else if (at == text && (*at == '.' || *at == '\''))
            fprintf(out, "\\&%c", *at);
        else
            fputc(*at, out);
    }
}

static void put_bold(FILE *out, const char *text)
{
    fputs("\\fB", out);
    put(out, text);
    fputs("\\fR", out);
}

static void put_option(FILE *out, const cli_option *option)
{
    fprintf(out, ".TP\n\\fB\\-%c\\fR, \\fB\\-\\-", option->letter);
    put(out, option->name);
    fputs("\\fR", out);
    if (option->placeholder)
        fprintf(out, " \\fI%s\\fR", option->placeholder);
    fputc('\n', out);
    put(out, option->help);
    fputs(".\n", out);
}

static void put_options(FILE *out, const cli_command *command)
{
    for (option_id id = 0; id < OPTION_COUNT; id++)
        if (command_takes(command, id))
            put_option(out, &cli_options[id]);
}

static void put_synopsis(FILE *out, const cli_command *command)
{
    put_bold(out, "poupa");
    fputc(' ', out);
    put_bold(out, command->name);
    fputs(" [\\fIOPTION\\fR...]", out);
    for (const cli_operand *operand = command->operands; operand->name; operand++)
        fprintf(out, operand->optional ? " [\\fI%s\\fR%s]" : " \\fI%s\\fR%s", operand->name,
                operand->repeated ? "..." : "");
    fputc('\n', out);
}

static void put_command(FILE *out, const cli_command *command)
{
    fprintf(out, ".SS %s\n", command->name);
    put_synopsis(out, command);
    fputs(".PP\n", out);
    put(out, command->description);
    fputc('\n', out);
    put_options(out, command);
    if (command->findings) {
        fputs(".PP\nExit status 1: ", out);
        put(out, command->findings);
        fputs(".\n", out);
    }
}

static void put_examples(FILE *out)
{
    for (command_id id = 0; id < COMMAND_COUNT; id++) {
        for (const cli_example *example = commands[id].examples; example->command; example++) {
            fputs(".TP\n", out);
            put_bold(out, example->command);
            fputc('\n', out);
            put(out, example->meaning);
            fputc('\n', out);
        }
    }
}

void generate_man(FILE *out)
{
    const cli_command *self = &commands[COMMAND_POUPA];
    fprintf(out, ".TH POUPA 1 \"\" \"poupa %s\" \"User Commands\"\n.SH NAME\npoupa \\- ",
            POUPA_VERSION);
    put(out, self->summary);
    fputs("\n.SH SYNOPSIS\n\\fBpoupa\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR...] "
          "[\\fIARGUMENT\\fR...]\n.SH DESCRIPTION\n",
          out);
    put(out, self->description);
    fputs("\n.SH OPTIONS\n", out);
    put_options(out, self);
    fputs(".SH COMMANDS\n", out);
    for (command_id id = COMMAND_POUPA + 1; id < COMMAND_COUNT; id++)
        put_command(out, &commands[id]);
    fputs(".SH \"EXIT STATUS\"\nOf several files, the worst counts.\n", out);
    for (exit_status status = 0; status < EXIT_STATUS_COUNT; status++) {
        if (exit_meaning(self, status) == NULL)
            continue;
        fprintf(out, ".TP\n%d\n", (int)status);
        put(out, exit_meaning(self, status));
        fputs(".\n", out);
    }
    fputs(".SH ENVIRONMENT\n", out);
    for (const cli_variable *variable = cli_variables; variable->name; variable++) {
        fputs(".TP\n", out);
        put_bold(out, variable->name);
        fputc('\n', out);
        put(out, variable->meaning);
        fputc('\n', out);
    }
    fputs(".SH EXAMPLES\n", out);
    put_examples(out);
}
