/* names.c - checks of what things are called: members, open words, empty texts. */
#include <string.h>

#include "check.h"

/* -- Members ------------------------------------------------------------- */

static const char *document_member_at(const void *list, size_t index)
{
    (void)list;
    static const char *const own[] = {"poupa", "language"};
    size_t own_count = sizeof own / sizeof *own;
    if (index < own_count)
        return own[index];
    index -= own_count;
    return index < POUPA_KIND_COUNT ? poupa_kind_plural((poupa_kind)index) : NULL;
}

static const char *entity_member_at(const void *list, size_t index)
{
    const poupa__kind_info *kind = (const poupa__kind_info *)list;
    return index < kind->field_count ? kind->fields[index].name : NULL;
}

void poupa__check_member_names(poupa__validation *run, const poupa__subject *subject)
{
    bool document = subject->kind < 0;
    poupa__word_at *at = document ? document_member_at : entity_member_at;
    const void *list = document ? NULL : &poupa__kinds[subject->kind];
    const char *owner = document ? "a catalogue" : poupa__kinds[subject->kind].one;
    poupa_members extra = document ? poupa_catalog_extra(run->catalog)
                                   : *poupa__extra((poupa_kind)subject->kind, subject->entity);
    for (size_t i = 0; i < extra.count; i++) {
        const char *name = extra.items[i].name;
        const char *meant = poupa__spelling_meant(&run->names, &run->allocator, at, list, name);
        if (!meant)
            continue;
        char shown[POUPA__SHOWN_SIZE];
        poupa__place place = poupa__at(subject, name);
        place.at_key = true;
        poupa__report_add(run->report, POUPA__W3001_MEMBER_NAME, place,
                          "\"%s\" is no member of %s; did you mean \"%s\"?",
                          poupa__shown(name, strlen(name), shown), owner, meant);
    }
}

/* -- Words --------------------------------------------------------------- */

static const char *vocabulary_word_at(const void *list, size_t index)
{
    const poupa_vocabulary *vocabulary = (const poupa_vocabulary *)list;
    return index < vocabulary->count ? vocabulary->words[index] : NULL;
}

static void check_spelling(poupa__validation *run, const poupa_field *field,
                           const poupa_word *word, poupa__place place)
{
    if (word->code != 0 || !word->text[0])
        return;
    const char *meant = poupa__spelling_meant(&run->words, &run->allocator, vocabulary_word_at,
                                              field->vocabulary, word->text);
    char shown[POUPA__SHOWN_SIZE];
    if (meant)
        poupa__report_add(run->report, POUPA__W3002_OPEN_WORD, place,
                          "\"%s\" is not among the words listed for %s; did you mean \"%s\"?",
                          poupa__shown(word->text, strlen(word->text), shown), field->name,
                          meant);
}

void poupa__check_open_words(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_field *fields = poupa__kinds[subject->kind].fields;
    uint64_t open = run->fields[subject->kind].open_words;
    for (size_t i = 0; open >> i; i++) {
        if (!(open >> i & 1))
            continue;
        const poupa_field *field = &fields[i];
        const void *member = poupa__member(subject->entity, field);
        if (field->type == POUPA_FIELD_WORD) {
            check_spelling(run, field, (const poupa_word *)member,
                           poupa__at(subject, field->name));
            continue;
        }
        const poupa_words *words = (const poupa_words *)member;
        for (size_t j = 0; j < words->count; j++)
            check_spelling(run, field, &words->items[j], poupa__at_item(subject, field->name, j));
    }
}

/* -- Texts --------------------------------------------------------------- */

void poupa__check_empty_texts(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_field *fields = poupa__kinds[subject->kind].fields;
    uint64_t texts = run->fields[subject->kind].texts;
    texts &= poupa__entity_of(subject->entity)->given;
    for (size_t i = 0; texts >> i; i++) {
        if (!(texts >> i & 1))
            continue;
        const poupa_field *field = &fields[i];
        const void *member = poupa__member(subject->entity, field);
        if (field->type == POUPA_FIELD_TEXT) {
            if (!(*(const char *const *)member)[0])
                poupa__report_add(run->report, POUPA__W3003_EMPTY_TEXT,
                                  poupa__at(subject, field->name),
                                  "%s is empty: leave it out, or fill it in", field->name);
            continue;
        }
        const poupa_texts *list = (const poupa_texts *)member;
        for (size_t j = 0; j < list->count; j++)
            if (!list->items[j][0])
                poupa__report_add(
                    run->report, POUPA__W3003_EMPTY_TEXT, poupa__at_item(subject, field->name, j),
                    "text %zu of %s is empty: leave it out, or fill it in", j + 1, field->name);
    }
}
