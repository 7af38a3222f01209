/* generate_shells.c - the completions for bash, zsh and fish. */
#include "commands.h"
#include "generate.h"

static void put_words(FILE *out, value_type type)
{
    for (size_t i = 0; value_word(type, i); i++)
        fprintf(out, "%s%s", i ? " " : "", value_word(type, i));
}

/* Text inside single quotes. */
static void put_quoted(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", out);
        else
            fputc(*text, out);
    }
}

/* -- bash ---------------------------------------------------------------- */

/* The reply to a value of a type; nothing where there is none to suggest. */
static void put_bash_reply(FILE *out, value_type type)
{
    if (type == VALUE_FILE) {
        fputs("_poupa_files ;;\n", out);
    } else if (value_word(type, 0)) {
        fputs("_poupa_words '", out);
        put_words(out, type);
        fputs("' ;;\n", out);
    } else {
        fputs(";;\n", out);
    }
}

static void put_bash_values(FILE *out)
{
    for (option_id id = 0; id < OPTION_COUNT; id++) {
        const cli_option *option = &cli_options[id];
        if (option->value != VALUE_NONE) {
            fprintf(out, "    *:-%c:* | *:--%s:*) ", option->letter, option->name);
            put_bash_reply(out, option->value);
        }
    }
}

static void put_bash_options(FILE *out)
{
    for (command_id id = 0; id < COMMAND_COUNT; id++) {
        bool first = true;
        fprintf(out, "    %s:*:-*) _poupa_words '", id ? commands[id].name : "");
        for (option_id option = 0; option < OPTION_COUNT; option++) {
            if (command_takes(&commands[id], option)) {
                fprintf(out, "%s--%s", first ? "" : " ", cli_options[option].name);
                first = false;
            }
        }
        fputs("' ;;\n", out);
    }
}

static void put_bash_operands(FILE *out)
{
    for (command_id id = COMMAND_POUPA + 1; id < COMMAND_COUNT; id++) {
        for (size_t i = 0; commands[id].operands[i].name; i++) {
            const cli_operand *operand = &commands[id].operands[i];
            fprintf(out, "    %s:", commands[id].name);
            if (!operand->repeated)
                fprintf(out, "%zu", i);
            fputs(operand->repeated ? "*) " : ") ", out);
            put_bash_reply(out, operand->value);
        }
    }
}

void generate_bash(FILE *out)
{
    fputs("# bash completion for poupa, generated from its table of commands\n\n"
          "_poupa_words()\n{\n"
          "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$current\")\n}\n\n"
          "_poupa_files()\n{\n"
          "    compopt -o filenames\n"
          "    mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n}\n\n"
          "_poupa()\n{\n"
          "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    local command=\"\" operands=0 i\n"
          "    ((COMP_CWORD > 1)) && command=${COMP_WORDS[1]}\n"
          "    COMPREPLY=()\n"
          "    case $command:$previous:$current in\n",
          out);
    put_bash_values(out);
    put_bash_options(out);
    fputs("    :*:*) _poupa_words '", out);
    put_words(out, VALUE_COMMAND);
    fputs("' ;;\n    *) _poupa_operand ;;\n    esac\n}\n\n"
          "_poupa_operand()\n{\n"
          "    for ((i = 2; i < COMP_CWORD; i++)); do\n"
          "        case ${COMP_WORDS[i]} in\n",
          out);
    for (option_id id = 0; id < OPTION_COUNT; id++)
        if (cli_options[id].value != VALUE_NONE)
            fprintf(out, "        -%c | --%s) ((i++)) ;;\n", cli_options[id].letter,
                    cli_options[id].name);
    fputs("        -?*) ;;\n"
          "        *) ((operands++)) ;;\n"
          "        esac\n"
          "    done\n"
          "    case $command:$operands in\n",
          out);
    put_bash_operands(out);
    fputs("    esac\n}\n\ncomplete -F _poupa poupa\n", out);
}

/* -- zsh ----------------------------------------------------------------- */

/* What stands behind the last colon of a specification. */
static void put_zsh_action(FILE *out, value_type type)
{
    if (type == VALUE_FILE) {
        fputs("_files", out);
    } else if (value_word(type, 0)) {
        fputc('(', out);
        put_words(out, type);
        fputc(')', out);
    } else {
        fputc(' ', out);
    }
}

static void put_zsh_option(FILE *out, const cli_option *option)
{
    fprintf(out, " \\\n            '(-%c --%s)'{-%c,--%s", option->letter, option->name,
            option->letter, option->name);
    fputs(option->value == VALUE_NONE ? "}'[" : "=}'[", out);
    put_quoted(out, option->help);
    fputc(']', out);
    if (option->value != VALUE_NONE) {
        fprintf(out, ":%s:", option->placeholder);
        put_zsh_action(out, option->value);
    }
    fputc('\'', out);
}

static void put_zsh_arguments(FILE *out, const cli_command *command)
{
    fputs("_arguments -s", out);
    for (option_id id = 0; id < OPTION_COUNT; id++)
        if (command_takes(command, id))
            put_zsh_option(out, &cli_options[id]);
    for (size_t i = 0; command->operands[i].name; i++) {
        const cli_operand *operand = &command->operands[i];
        fputs(" \\\n            '", out);
        if (operand->repeated)
            fputc('*', out);
        else
            fprintf(out, "%zu", i + 1);
        fprintf(out, ":%s:", operand->name);
        put_zsh_action(out, operand->value);
        fputc('\'', out);
    }
    fputs(" ;;\n", out);
}

void generate_zsh(FILE *out)
{
    fputs("#compdef poupa\n# generated from poupa's table of commands\n\n"
          "_poupa()\n{\n"
          "    local state line\n"
          "    local -a commands=(\n",
          out);
    for (command_id id = COMMAND_POUPA + 1; id < COMMAND_COUNT; id++) {
        fprintf(out, "        '%s:", commands[id].name);
        put_quoted(out, commands[id].summary);
        fputs("'\n", out);
    }
    fputs("    )\n"
          "    _arguments -C '(- *)'{-h,--help}'[print this help]' \\\n"
          "        '(- *)'{-V,--version}'[print the version]' \\\n"
          "        '1:command:->command' '*::argument:->argument'\n"
          "    case $state in\n"
          "    command) _describe command commands ;;\n"
          "    argument)\n"
          "        case $line[1] in\n",
          out);
    for (command_id id = COMMAND_POUPA + 1; id < COMMAND_COUNT; id++) {
        fprintf(out, "        %s) ", commands[id].name);
        put_zsh_arguments(out, &commands[id]);
    }
    fputs("        esac ;;\n    esac\n}\n\n_poupa \"$@\"\n", out);
}

/* -- fish ---------------------------------------------------------------- */

static void put_fish_option(FILE *out, const char *condition, const cli_option *option)
{
    fprintf(out, "complete -c poupa -n '%s' -s %c -l %s", condition, option->letter,
            option->name);
    if (option->value != VALUE_NONE) {
        fputs(" -x -a '", out);
        put_words(out, option->value);
        fputc('\'', out);
    }
    fputs(" -d '", out);
    put_quoted(out, option->help);
    fputs("'\n", out);
}

/* The first operand is offered everywhere, since options may stand before it; further ones
 * at their place, which is told by the words before it. */
static void put_fish_operand(FILE *out, const cli_command *command, size_t index)
{
    const cli_operand *operand = &command->operands[index];
    if (operand->value != VALUE_FILE && value_word(operand->value, 0) == NULL)
        return;
    fprintf(out, "complete -c poupa -n '__fish_seen_subcommand_from %s", command->name);
    if (index > 0 && !operand->repeated)
        fprintf(out, "; and test (count (commandline -opc)) -eq %zu", index + 2);
    if (operand->value == VALUE_FILE) {
        fputs("' -F\n", out);
    } else {
        fputs("' -a '", out);
        put_words(out, operand->value);
        fputs("'\n", out);
    }
}

void generate_fish(FILE *out)
{
    fputs("# fish completion for poupa, generated from its table of commands\n"
          "complete -c poupa -f\n",
          out);
    for (command_id id = 0; id < COMMAND_COUNT; id++) {
        char condition[64] = "__fish_use_subcommand";
        if (id != COMMAND_POUPA) {
            fprintf(out, "complete -c poupa -n __fish_use_subcommand -a %s -d '",
                    commands[id].name);
            put_quoted(out, commands[id].summary);
            fputs("'\n", out);
            snprintf(condition, sizeof condition, "__fish_seen_subcommand_from %s",
                     commands[id].name);
        }
        for (option_id option = 0; option < OPTION_COUNT; option++)
            if (command_takes(&commands[id], option))
                put_fish_option(out, condition, &cli_options[option]);
        for (size_t i = 0; commands[id].operands[i].name; i++)
            put_fish_operand(out, &commands[id], i);
    }
}
