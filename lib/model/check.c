/* check.c - the rules that an entity must keep in itself (E2xxx). */
#include <math.h>
#include <string.h>

#include "base/jsontext.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/text.h"
#include "catalog.h"
#include "fields.h"
#include "words.h"

enum { ID_MAX = 128 };

#define EXACT_INTEGER 9007199254740992.0 /* 2^53 */

void poupa__breach_add(poupa__breaches *breaches, poupa__rule rule, const poupa_field *field,
                       size_t item, const char *format, ...)
{
    poupa__breach breach = {.rule = rule, .field = field, .item = item};
    va_list arguments;
    va_start(arguments, format);
    poupa__format(breach.message, sizeof breach.message, format, arguments);
    va_end(arguments);
    breaches->count++;
    breaches->take(breaches->context, &breach);
}

/* -- Texts and ids ------------------------------------------------------- */

static bool id_byte(char byte, bool first)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
           (!first && (byte == '.' || byte == '_' || byte == '-'));
}

static void check_id(const poupa_field *field, const char *id, poupa__breaches *breaches)
{
    size_t size = 0;
    while (id[size] && id_byte(id[size], size == 0))
        size++;
    if (size <= ID_MAX && id[size] == '\0')
        return;
    char shown[POUPA__SHOWN_SIZE];
    poupa__shown(id, strlen(id), shown);
    if (id[size] == '\0')
        poupa__breach_add(breaches, POUPA__E2003_ID, field, SIZE_MAX,
                          "the id \"%s\" has %zu bytes; %d are allowed", shown, size, ID_MAX);
    else
        poupa__breach_add(breaches, POUPA__E2003_ID, field, SIZE_MAX,
                          "\"%s\" is not an id: a-z and 0-9, and behind the first also . _ -",
                          shown);
}

static void check_utf8(const char *text, const poupa_field *field, size_t item,
                       poupa__breaches *breaches)
{
    if (text == NULL)
        poupa__breach_add(breaches, POUPA__RULE_COUNT, field, item, "the text is NULL");
    else if (!poupa_utf8_valid(text, strlen(text)))
        poupa__breach_add(breaches, POUPA__RULE_COUNT, field, item, "the text is not UTF-8");
}

static void check_texts(const poupa__draft *draft, const poupa_field *field,
                        poupa__breaches *breaches)
{
    const poupa_texts *texts = (const poupa_texts *)poupa__member(draft->structure, field);
    if (texts->count && texts->items == NULL) {
        poupa__breach_add(breaches, POUPA__RULE_COUNT, field, SIZE_MAX, "the list is NULL");
        return;
    }
    if (field->type == POUPA_FIELD_REFS && texts->count == 0)
        poupa__breach_add(breaches, POUPA__E2006_EMPTY_REFERENCES, field, SIZE_MAX,
                          "\"%s\" is empty: name at least one, or leave the member out",
                          field->name);
    for (size_t i = 0; i < texts->count && !draft->trusted; i++)
        check_utf8(texts->items[i], field, i, breaches);
}

/* -- Words --------------------------------------------------------------- */

static void check_word(const poupa_word *word, const poupa_field *field, size_t item,
                       const poupa__draft *draft, poupa__breaches *breaches)
{
    const poupa_vocabulary *vocabulary = field->vocabulary;
    if (word->code < 0 || (size_t)word->code > vocabulary->count) {
        poupa__breach_add(breaches, POUPA__E2009_WORD, field, item, "%d is no code of a %s",
                          (int)word->code, vocabulary->name);
        return;
    }
    if (word->code || (word->text == NULL && item == SIZE_MAX))
        return;
    if (!draft->trusted)
        check_utf8(word->text, field, item, breaches);
    if (word->text == NULL || (vocabulary->open && word->text[0]) ||
        poupa_vocabulary_find(vocabulary, word->text))
        return;
    poupa__nearest nearest = poupa__nearest_start(word->text, strlen(word->text));
    char known[256] = "";
    size_t length = 0;
    for (size_t i = 0; i < vocabulary->count; i++) {
        const char *each = vocabulary->words[i];
        poupa__nearest_offer(&nearest, each, strlen(each), each);
        poupa__error_text(known + length, sizeof known - length, "%s%s", i ? ", " : "", each);
        length += strlen(known + length);
    }
    char shown[POUPA__SHOWN_SIZE];
    poupa__shown(word->text, strlen(word->text), shown);
    if (nearest.best)
        poupa__breach_add(breaches, POUPA__E2009_WORD, field, item,
                          "\"%s\" is no %s; did you mean \"%s\"?", shown, vocabulary->name,
                          (const char *)nearest.best);
    else
        poupa__breach_add(breaches, POUPA__E2009_WORD, field, item, "\"%s\" is no %s: %s", shown,
                          vocabulary->name, known);
}

static void check_words(const poupa__draft *draft, const poupa_field *field,
                        poupa__breaches *breaches)
{
    const poupa_words *words = (const poupa_words *)poupa__member(draft->structure, field);
    if (words->count && words->items == NULL) {
        poupa__breach_add(breaches, POUPA__RULE_COUNT, field, SIZE_MAX, "the list is NULL");
        return;
    }
    for (size_t i = 0; i < words->count; i++)
        check_word(&words->items[i], field, i, draft, breaches);
}

/* -- Values -------------------------------------------------------------- */

static void check_number(double number, const poupa_field *field, poupa__breaches *breaches)
{
    char text[POUPA_NUMBER_SIZE];
    if (number >= 0 && number <= EXACT_INTEGER)
        return;
    poupa_number_print(number, text);
    if (!isfinite(number))
        poupa__breach_add(breaches, POUPA__RULE_COUNT, field, SIZE_MAX,
                          "the number is not finite");
    else if (fabs(number) > EXACT_INTEGER)
        poupa__breach_add(breaches, POUPA__E2012_INTEGER, field, SIZE_MAX,
                          "%s is beyond 2^53, where integers are no longer exact", text);
    else if (number < 0 && strcmp(field->name, "resolution") == 0)
        poupa__breach_add(breaches, POUPA__E2013_RESOLUTION, field, SIZE_MAX,
                          "the resolution %s is below zero", text);
}

static void check_field(const poupa__draft *draft, const poupa_field *field,
                        poupa__breaches *breaches)
{
    const void *member = poupa__member(draft->structure, field);
    switch (field->type) {
    case POUPA_FIELD_ID:
        check_id(field, *(const char *const *)member, breaches);
        break;
    case POUPA_FIELD_TEXT:
    case POUPA_FIELD_REF:
        if (!draft->trusted)
            check_utf8(*(const char *const *)member, field, SIZE_MAX, breaches);
        break;
    case POUPA_FIELD_TEXTS:
    case POUPA_FIELD_REFS:
        check_texts(draft, field, breaches);
        break;
    case POUPA_FIELD_WORD:
        check_word((const poupa_word *)member, field, SIZE_MAX, draft, breaches);
        break;
    case POUPA_FIELD_WORDS:
        check_words(draft, field, breaches);
        break;
    case POUPA_FIELD_DATE:
        if (!poupa_date_valid(*(const poupa_date *)member))
            poupa__breach_add(breaches, POUPA__E2010_DATE, field, SIZE_MAX,
                              "there is no such date");
        break;
    case POUPA_FIELD_PERIOD:
        if (!poupa_period_valid(*(const poupa_period *)member))
            poupa__breach_add(breaches, POUPA__E2011_PERIOD, field, SIZE_MAX,
                              "there is no such period");
        break;
    case POUPA_FIELD_NUMBER:
        check_number(*(const double *)member, field, breaches);
        break;
    case POUPA_FIELD_OPTIONAL:
        check_number(((const poupa_optional *)member)->value, field, breaches);
        break;
    }
}

/* -- The whole entity ---------------------------------------------------- */

/* Whether a required member that was given says nothing. */
static bool is_hollow(const poupa__draft *draft, const poupa_field *field)
{
    const void *member = poupa__member(draft->structure, field);
    if (field->type == POUPA_FIELD_TEXT || field->type == POUPA_FIELD_ID ||
        field->type == POUPA_FIELD_REF)
        return (*(const char *const *)member)[0] == '\0';
    return false;
}

/* Reports a required member that is missing, and an unknown one that may be meant for it. */
static void report_missing(const poupa__draft *draft, const poupa_field *field,
                           poupa__breaches *breaches)
{
    const char *name = poupa__kinds[draft->kind].name;
    const poupa_members *extra = poupa__extra(draft->kind, draft->structure);
    poupa__nearest nearest = poupa__nearest_start(field->name, strlen(field->name));
    for (size_t i = 0; extra->items && i < extra->count; i++) {
        const char *other = extra->items[i].name;
        if (other)
            poupa__nearest_offer(&nearest, other, strlen(other), other);
    }
    const char *best = (const char *)nearest.best;
    char shown[POUPA__SHOWN_SIZE];
    if (best)
        poupa__breach_add(breaches, POUPA__E2001_MISSING, NULL, SIZE_MAX,
                          "this %s has no \"%s\"; did you mean that by \"%s\"?", name,
                          field->name, poupa__shown(best, strlen(best), shown));
    else
        poupa__breach_add(breaches, POUPA__E2001_MISSING, NULL, SIZE_MAX, "this %s has no \"%s\"",
                          name, field->name);
}

static void check_stated(const poupa__draft *draft, uint64_t bit, const poupa_field *field,
                         poupa__breaches *breaches)
{
    const poupa_word *word = &((const poupa_claim *)draft->structure)->kind;
    int32_t kind =
        word->code ? word->code : poupa_vocabulary_find(&poupa__claim_kinds, word->text);
    if ((draft->given & bit) && (kind == POUPA_CLAIM_SUM || kind == POUPA_CLAIM_GREATER))
        poupa__breach_add(breaches, POUPA__E2016_STATED, field, SIZE_MAX,
                          "a claim of kind \"%s\" compares its two sides and has no \"stated\"",
                          poupa__claim_kinds.words[kind - 1]);
}

/* Whether all numbers of a well-formed text can be read back. */
static bool numbers_fit(const char *json)
{
    poupa__json_cursor cursor = poupa__json_start(json, strlen(json), POUPA__JSON_MAX_DEPTH);
    poupa__number number;
    while (cursor.at < cursor.size) {
        size_t size = strspn(json + cursor.at, "+-.0123456789eE");
        if (json[cursor.at] == '"') {
            poupa__json_string(&cursor);
        } else if (size == 0 || json[cursor.at] == 'e') { /* that of true or false */
            cursor.at++;
        } else if (poupa__number_read(json + cursor.at, size, &number)) {
            cursor.at += size;
        } else {
            return false;
        }
    }
    return true;
}

static void check_extra(const poupa__draft *draft, poupa__breaches *breaches)
{
    const poupa_members *extra = poupa__extra(draft->kind, draft->structure);
    if (extra->count && extra->items == NULL)
        poupa__breach_add(breaches, POUPA__RULE_COUNT, NULL, SIZE_MAX, "extra.items is NULL");
    for (size_t i = 0; extra->items && i < extra->count; i++) {
        const poupa_member *member = &extra->items[i];
        poupa__json_fault fault;
        bool named = member->name && poupa_utf8_valid(member->name, strlen(member->name));
        for (size_t k = 0; named && k < poupa__kinds[draft->kind].field_count; k++)
            named = strcmp(member->name, poupa__kinds[draft->kind].fields[k].name) != 0;
        for (size_t k = 0; named && k < i; k++)
            named = strcmp(member->name, extra->items[k].name) != 0;
        if (!named)
            poupa__breach_add(breaches, POUPA__RULE_COUNT, NULL, SIZE_MAX,
                              "extra member %zu has a name that is NULL, not UTF-8, or taken", i);
        else if (member->json == NULL || !poupa__json_check(member->json, strlen(member->json),
                                                            POUPA__JSON_MAX_DEPTH - 3, &fault))
            poupa__breach_add(breaches, POUPA__RULE_COUNT, NULL, SIZE_MAX,
                              "extra member %zu is not one JSON value: %s", i,
                              member->json ? fault.message : "it is NULL");
        else if (!numbers_fit(member->json))
            poupa__breach_add(breaches, POUPA__RULE_COUNT, NULL, SIZE_MAX,
                              "extra member %zu has a number that is out of range", i);
        else if (!poupa__json_keys_unique(member->json, strlen(member->json)))
            poupa__breach_add(breaches, POUPA__RULE_COUNT, NULL, SIZE_MAX,
                              "extra member %zu has an object with the same key twice", i);
        if (!named)
            return;
    }
}

void poupa__draft_check(const poupa__draft *draft, poupa__breaches *breaches)
{
    const poupa__kind_info *info = &poupa__kinds[draft->kind];
    for (size_t i = 0; i < info->field_count; i++) {
        const poupa_field *field = &info->fields[i];
        uint64_t bit = UINT64_C(1) << i;
        if (draft->broken & bit)
            continue;
        if (!(draft->given & bit)) {
            if (field->required)
                report_missing(draft, field, breaches);
            continue;
        }
        if (field->required && is_hollow(draft, field))
            poupa__breach_add(breaches, POUPA__E2001_MISSING, field, SIZE_MAX,
                              "\"%s\" of this %s is empty", field->name, info->name);
        else
            check_field(draft, field, breaches);
        if (draft->kind == POUPA_KIND_CLAIM && field->offset == offsetof(poupa_claim, stated))
            check_stated(draft, bit, field, breaches);
    }
    if (!draft->trusted)
        check_extra(draft, breaches);
}
