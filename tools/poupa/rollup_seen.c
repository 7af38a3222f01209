/* rollup_seen.c - which words of --where the records had. */
#include "rollup_seen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "messages.h"

/* How many words are kept to suggest one of. */
enum { KNOWN_MOST = 10000 };

/* Whether a filter is by words that the records themselves have. */
static bool is_by_words(const poupa_rollup_filter *filter)
{
    return filter->group.key == POUPA_GROUP_UNIT || filter->group.key == POUPA_GROUP_SERVICE ||
           filter->group.key == POUPA_GROUP_CHANNEL;
}

void rollup_seen_begin(rollup_seen *out, const rollup_words *words)
{
    memset(out, 0, sizeof *out);
    out->words = words;
    for (size_t i = 0; i < words->filter_count; i++) {
        const poupa_rollup_filter *filter = &words->filters[i];
        if (!is_by_words(filter))
            continue;
        out->seen[i] = calloc(filter->values.count, sizeof *out->seen[i]);
        if (out->seen[i] == NULL || poupa_catalog_new(NULL, &out->known[i], NULL) != POUPA_OK)
            fail_for_memory();
        /* That of no unit needs no record. */
        for (size_t j = 0; j < filter->values.count; j++)
            out->seen[i][j] = filter->values.items[j][0] == '\0';
    }
}

void rollup_seen_free(rollup_seen *seen)
{
    for (size_t i = 0; i < POUPA_GROUPS_MAX; i++) {
        free(seen->seen[i]);
        poupa_catalog_release(seen->known[i]);
    }
}

/* Whether all words of a filter were seen, so that there is nothing to look for. */
static bool is_done(const rollup_seen *seen, size_t filter)
{
    bool done = true;
    for (size_t i = 0; i < seen->words->filters[filter].values.count; i++)
        done = done && seen->seen[filter][i];
    return done;
}

/* Keeps a word that may be meant by another. */
static void keep(poupa_catalog *known, const char *word)
{
    if (poupa_catalog_count(known, POUPA_KIND_CHANNEL) < KNOWN_MOST &&
        poupa_catalog_find(known, POUPA_KIND_CHANNEL, word) == NULL)
        suggestion_add(known, word);
}

static void look_for(rollup_seen *seen, size_t filter, const poupa_attendance *batch)
{
    const poupa_rollup_filter *by = &seen->words->filters[filter];
    size_t count;
    const char *const *words = poupa_attendance_words(
        batch, (poupa_dictionary)(by->group.key - POUPA_GROUP_UNIT), &count);
    for (size_t word = 0; word < count; word++) {
        keep(seen->known[filter], words[word]);
        for (size_t i = 0; i < by->values.count; i++)
            if (strcmp(words[word], by->values.items[i]) == 0)
                seen->seen[filter][i] = true;
    }
}

void rollup_seen_add(rollup_seen *seen, const poupa_attendance *batch)
{
    for (size_t i = 0; i < seen->words->filter_count; i++)
        if (seen->seen[i] && !is_done(seen, i))
            look_for(seen, i, batch);
}

void rollup_seen_report(const rollup_seen *seen)
{
    for (size_t i = 0; i < seen->words->filter_count; i++) {
        const poupa_rollup_filter *by = &seen->words->filters[i];
        for (size_t j = 0; seen->seen[i] && j < by->values.count; j++) {
            if (seen->seen[i][j])
                continue;
            const poupa_channel *near =
                poupa_catalog_nearest(seen->known[i], POUPA_KIND_CHANNEL, by->values.items[j]);
            fprintf(stderr, "poupa: no record has %s \"%s\"%s\n", poupa_group_name(by->group),
                    by->values.items[j], did_you_mean(near ? near->id : NULL).text);
        }
    }
}
