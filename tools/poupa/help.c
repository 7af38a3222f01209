/* help.c - "poupa help", and --help of every command. */
#include "help.h"

#include <string.h>

#include "layout.h"
#include "run.h"

void print_synopsis(FILE *out, const cli_command *command)
{
    fputs("poupa", out);
    if (command == &commands[COMMAND_POUPA])
        fputs(" COMMAND", out);
    else
        fprintf(out, " %s", command->name);
    fputs(" [OPTION...]", out);
    for (const cli_operand *operand = command->operands; operand->name; operand++)
        fprintf(out, operand->optional ? " [%s%s]" : " %s%s", operand->name,
                operand->repeated ? "..." : "");
}

static void print_commands(const cli_terminal *terminal)
{
    cli_table table = {0};
    print_heading(terminal, "Commands");
    for (command_id id = COMMAND_POUPA + 1; id < COMMAND_COUNT; id++) {
        fputs(commands[id].name, table_row(&table));
        fputs(commands[id].summary, table_cell(&table));
    }
    table_print(&table, terminal, 2);
}

static void print_options(const cli_command *command, const cli_terminal *terminal)
{
    cli_table table = {0};
    print_heading(terminal, "Options");
    for (option_id id = 0; id < OPTION_COUNT; id++) {
        const cli_option *option = &cli_options[id];
        if (!command_takes(command, id))
            continue;
        FILE *cell = table_row(&table);
        fprintf(cell, "-%c, --%s", option->letter, option->name);
        if (option->placeholder)
            fprintf(cell, SPACE "%s", option->placeholder);
        fputs(option->help, table_cell(&table));
    }
    table_print(&table, terminal, 2);
}

static void print_statuses(const cli_command *command, const cli_terminal *terminal)
{
    cli_table table = {0};
    print_heading(terminal, "Exit status");
    for (exit_status status = 0; status < EXIT_STATUS_COUNT; status++) {
        const char *meaning = exit_meaning(command, status);
        if (meaning) {
            fprintf(table_row(&table), "%d", (int)status);
            fputs(meaning, table_cell(&table));
        }
    }
    table_print(&table, terminal, 2);
}

static void print_examples(const cli_command *command, const cli_terminal *terminal)
{
    if (command->examples[0].command)
        print_heading(terminal, "Examples");
    for (const cli_example *example = command->examples; example->command; example++) {
        print_paragraph(terminal, 2, example->command);
        print_paragraph(terminal, 6, example->meaning);
    }
}

void print_help(const cli_command *command)
{
    cli_terminal terminal = terminal_of(stdout);
    fputs("usage: ", stdout);
    print_synopsis(stdout, command);
    fputs("\n\n", stdout);
    print_paragraph(&terminal, 0, command->description);
    if (command == &commands[COMMAND_POUPA])
        print_commands(&terminal);
    print_options(command, &terminal);
    print_statuses(command, &terminal);
    print_examples(command, &terminal);
}

exit_status run_help(const cli_arguments *arguments)
{
    command_id id = COMMAND_POUPA;
    if (arguments->operand_count > 0)
        while (strcmp(commands[id].name, arguments->operands[0]) != 0)
            id++;
    print_help(&commands[id]);
    return EXIT_FINE;
}
