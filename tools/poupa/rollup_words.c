/* rollup_words.c - "--by month,channel" and "--where channel=portal,app". */
#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "rollup.h"

static exit_status find_group(const cli_arguments *arguments, const char *word, poupa_group *out)
{
    if (poupa_group_find(word, out))
        return EXIT_FINE;
    return fail_usage(arguments->command, "there is no group \"%s\"%s", word,
                      hint_word(VALUE_GROUPS, word).text);
}

static char *copy(const char *text)
{
    char *copied = malloc(strlen(text) + 1);
    if (copied == NULL)
        fail_for_memory();
    return strcpy(copied, text);
}

/* Takes the part before the next `sign` off a text; NULL at the end. */
static char *take(char **rest, char sign)
{
    char *part = *rest;
    char *end = part ? strchr(part, sign) : NULL;
    if (end)
        *end = '\0';
    *rest = end ? end + 1 : NULL;
    return part;
}

static exit_status read_by(const cli_arguments *arguments, const char *value, rollup_words *out)
{
    char *words = copy(value);
    char *rest = words;
    exit_status status = EXIT_FINE;
    for (char *word; status == EXIT_FINE && (word = take(&rest, ','));) {
        if (out->by_count == POUPA_GROUPS_MAX)
            status = fail_usage(arguments->command, "--by has too many groups");
        else
            status = find_group(arguments, word, &out->by[out->by_count++]);
    }
    free(words);
    return status;
}

static exit_status read_where(const cli_arguments *arguments, const char *value,
                              rollup_words *out)
{
    size_t most = 1;
    for (const char *at = value; *at; at++)
        most += *at == ',';
    const char **items = calloc(most, sizeof *items);
    if (items == NULL)
        fail_for_memory();
    poupa_rollup_filter *filter = &out->filters[out->filter_count];
    char *rest = out->copies[out->filter_count++] = copy(value);
    const char *word = take(&rest, '=');
    filter->values.items = items;
    if (rest == NULL)
        return fail_usage(arguments->command, "--where is GROUP=VALUE,…, not \"%s\"", value);
    while (rest)
        items[filter->values.count++] = take(&rest, ',');
    return find_group(arguments, word, &filter->group);
}

exit_status rollup_words_read(const cli_arguments *arguments, rollup_words *out)
{
    const char *by = arguments->values[OPTION_BY];
    memset(out, 0, sizeof *out);
    exit_status status = read_by(arguments, by ? by : "month,channel", out);
    for (size_t i = 0; status == EXIT_FINE && i < arguments->where_count; i++)
        status = read_where(arguments, arguments->wheres[i], out);
    return status;
}

void rollup_words_free(rollup_words *words)
{
    for (size_t i = 0; i < words->filter_count; i++) {
        free((void *)words->filters[i].values.items);
        free(words->copies[i]);
    }
}
