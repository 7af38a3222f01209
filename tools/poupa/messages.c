/* messages.c - messages on standard error, and suggestions in them. */
#include "messages.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

PRINTF_LIKE(1, 0)
static void print_message(const char *format, va_list arguments)
{
    fflush(stdout); /* so that messages and results come in their order on a terminal */
    fputs("poupa: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

exit_status fail(exit_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_message(format, arguments);
    va_end(arguments);
    return status;
}

exit_status fail_usage(const cli_command *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_message(format, arguments);
    va_end(arguments);
    if (command == &commands[COMMAND_POUPA])
        fputs("Try \"poupa --help\".\n", stderr);
    else
        fprintf(stderr, "Try \"poupa %s --help\".\n", command->name);
    return EXIT_USAGE;
}

void fail_for_memory(void)
{
    exit((int)fail(EXIT_IO, "out of memory"));
}

/* -- Suggestions --------------------------------------------------------- */

enum { WORDS_MOST = 32 };

/* The words to choose from; those beyond the array are left out. */
typedef struct word_choice {
    const char *words[WORDS_MOST];
    size_t count;
} word_choice;

void suggestion_add(poupa_catalog *known, const char *word)
{
    const poupa_channel entry = {.id = word, .name = "word", .type = {0, "word"}};
    poupa_channel_add(known, &entry, NULL);
}

/* The nearest of some words; NULL where none is near. */
static const char *nearest(const word_choice *choice, const char *wrong)
{
    poupa_catalog *catalog;
    if (poupa_catalog_new(NULL, &catalog, NULL) != POUPA_OK)
        return NULL;
    for (size_t i = 0; i < choice->count; i++)
        suggestion_add(catalog, choice->words[i]);
    const poupa_channel *found = poupa_catalog_nearest(catalog, POUPA_KIND_CHANNEL, wrong);
    const char *word = NULL;
    for (size_t i = 0; found && word == NULL && i < choice->count; i++)
        if (strcmp(choice->words[i], found->id) == 0)
            word = choice->words[i];
    poupa_catalog_release(catalog);
    return word;
}

hint did_you_mean(const char *suggestion)
{
    hint out = {""};
    if (suggestion)
        snprintf(out.text, sizeof out.text, "; did you mean \"%s\"?", suggestion);
    return out;
}

hint hint_word(value_type type, const char *wrong)
{
    word_choice choice = {.count = 0};
    for (const char *word; choice.count < WORDS_MOST && (word = value_word(type, choice.count));)
        choice.words[choice.count++] = word;
    const char *near = nearest(&choice, wrong);
    hint out = did_you_mean(near);
    for (size_t i = 0; near == NULL && choice.count < WORDS_MOST && i < choice.count; i++) {
        size_t size = strlen(out.text);
        snprintf(out.text + size, sizeof out.text - size, "%s%s", i ? ", " : "; use one of ",
                 choice.words[i]);
    }
    return out;
}

hint hint_option(const cli_command *command, const char *wrong)
{
    word_choice choice = {.count = 0};
    char suggestion[WORDS_MOST];
    for (option_id id = 0; id < OPTION_COUNT; id++)
        if (command_takes(command, id))
            choice.words[choice.count++] = cli_options[id].name;
    const char *near = nearest(&choice, wrong);
    if (near)
        snprintf(suggestion, sizeof suggestion, "--%s", near);
    return did_you_mean(near ? suggestion : NULL);
}
