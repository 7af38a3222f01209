/* texts.c - columns of texts as codes: each distinct text is checked once. */
#include "texts.h"

#include <string.h>

#include "stream.h"

enum { ABSENT = 1, FIRST_CODE = 2, LONGEST_TEXT = 128 };

/* -- Checks -------------------------------------------------------------- */

poupa_status poupa__text_check_id(const char *text, size_t size, poupa_period *meaning,
                                  poupa_error *err)
{
    char shown[POUPA__SHOWN_SIZE];
    (void)meaning;
    if (size <= LONGEST_TEXT && poupa__is_id(text, size))
        return POUPA_OK;
    return poupa__error(err, POUPA_ERR_INVALID,
                        "\"%s\" is not an id: 1 to 128 of a-z, 0-9, '.', '_' and '-', the first "
                        "a letter or a digit",
                        poupa__shown(text, size, shown));
}

poupa_status poupa__text_check_period(const char *text, size_t size, poupa_period *meaning,
                                      poupa_error *err)
{
    poupa_status status = poupa_period_parse(text, size, meaning, err);
    if (status == POUPA_OK && meaning->kind > POUPA_PERIOD_DAY)
        return poupa__error(err, POUPA_ERR_INVALID,
                            "a record has one year, half-year, quarter, month or day, no range");
    return status;
}

poupa_status poupa__text_check_kind(const char *text, size_t size, poupa_period *meaning,
                                    poupa_error *err)
{
    char shown[POUPA__SHOWN_SIZE];
    for (size_t i = 0; i < POUPA__ARROW_KINDS; i++) {
        const char *kind = poupa__arrow_kinds[i];
        if (strlen(kind) == size && memcmp(kind, text, size) == 0) {
            *meaning = (poupa_period){.kind = (uint8_t)(i + 1)};
            return POUPA_OK;
        }
    }
    return poupa__error(err, POUPA_ERR_INVALID,
                        "\"%s\" is none of year, half, quarter, month and day",
                        poupa__shown(text, size, shown));
}

/* -- Codes --------------------------------------------------------------- */

/* Where a spelling is looked for first. Spellings that meet there cost a look-up in the
 * dictionary, whose hash nobody can foresee, and nothing more. */
static size_t memo_slot(const char *text, size_t size)
{
    uint64_t head = 0, tail = 0;
    size_t some = size < sizeof head ? size : sizeof head;
    memcpy(&head, text, some);
    memcpy(&tail, text + size - some, some);
    return poupa__mix(head ^ tail * 31 ^ size) % POUPA__TEXT_MEMO;
}

/* Adds a text that was not there. */
static poupa_status learn(poupa__texts *texts, const poupa__text_column *column, size_t row,
                          const char *text, size_t size, int32_t *code, poupa_error *err)
{
    poupa_error why;
    poupa_period meaning = {0, 0, 0, 0, 0};
    if (texts->check(text, size, &meaning, &why) != POUPA_OK)
        return poupa__foreign_refuse(&column->values, row, texts->rule, err, "%s", why.message);
    void *meanings = texts->meanings;
    if (!poupa__grow(&texts->allocator, &meanings, &texts->meaning_capacity,
                     texts->words->count + 1, sizeof meaning))
        return poupa__error_memory(err);
    texts->meanings = (poupa_period *)meanings;
    *code = poupa__dictionary_add(texts->words, text, size);
    if (*code == POUPA__NO_WORD)
        return poupa__error_memory(err);
    texts->meanings[*code] = meaning;
    return POUPA_OK;
}

static poupa_status find_code(poupa__texts *texts, const poupa__text_column *column, size_t row,
                              const char *text, size_t size, int32_t *code, poupa_error *err)
{
    *code = POUPA__NO_WORD;
    if (size == 0 && !texts->required)
        return POUPA_OK;
    if (size > LONGEST_TEXT)
        return learn(texts, column, row, text, size, code, err);
    uint32_t *memo = &texts->memo[memo_slot(text, size)];
    if (*memo) {
        const poupa__word *word = poupa__dictionary_word(texts->words, *memo - 1);
        if (word->size == size && memcmp(word->text, text, size) == 0) {
            *code = (int32_t)(*memo - 1);
            return POUPA_OK;
        }
    }
    *code = poupa__dictionary_find(texts->words, text, size);
    poupa_status status = POUPA_OK;
    if (*code == POUPA__NO_WORD)
        status = learn(texts, column, row, text, size, code, err);
    if (status == POUPA_OK)
        *memo = (uint32_t)*code + 1;
    return status;
}

/* -- Columns ------------------------------------------------------------- */

poupa_status poupa__texts_begin(poupa__texts *texts, const poupa__text_column *column,
                                poupa_error *err)
{
    /* A dictionary of many more words than there are rows is looked up row by row. */
    size_t words = column->words.rows;
    texts->is_mapped = column->words.name && words / 4 <= column->values.rows;
    if (!texts->is_mapped)
        return POUPA_OK;
    void *known = texts->known;
    if (!poupa__grow(&texts->allocator, &known, &texts->known_capacity, words,
                     sizeof *texts->known))
        return poupa__error_memory(err);
    texts->known = (uint32_t *)known;
    if (words)
        memset(texts->known, 0, words * sizeof *texts->known);
    return POUPA_OK;
}

/* The code of the text at `at` of `from`, which row `row` of the column has. */
static poupa_status read_cell_text(poupa__texts *texts, const poupa__text_column *column,
                                   const poupa__foreign *from, size_t at, size_t row,
                                   int32_t *code, poupa_error *err)
{
    const char *text;
    size_t size;
    *code = POUPA__NO_WORD;
    if (!poupa__foreign_is_valid(from, at))
        return POUPA_OK;
    if (!poupa__foreign_text(from, at, &text, &size))
        return poupa__foreign_broken(&column->values, row, err,
                                     "the place of a text that cannot be");
    return find_code(texts, column, row, text, size, code, err);
}

/* The code of a row whose key is not known yet. */
static poupa_status read_dictionary_key(poupa__texts *texts, const poupa__text_column *column,
                                        int64_t key, size_t row, int32_t *code, poupa_error *err)
{
    if (key < 0 || (uint64_t)key >= column->words.rows)
        return poupa__foreign_broken(&column->values, row, err,
                                     "a key that the dictionary does not have");
    poupa_status status =
        read_cell_text(texts, column, &column->words, (size_t)key, row, code, err);
    if (texts->is_mapped && status == POUPA_OK)
        texts->known[key] = *code < 0 ? (uint32_t)ABSENT : (uint32_t)*code + FIRST_CODE;
    return status;
}

static poupa_status read_keys(poupa__texts *texts, const poupa__text_column *column, size_t first,
                              size_t count, int32_t *codes, poupa_error *err)
{
    int64_t keys[POUPA__TEXT_ROWS];
    uint64_t mapped = texts->is_mapped ? column->words.rows : 0;
    poupa__foreign_integers(&column->values, first, count, keys);
    for (size_t i = 0; i < count; i++) {
        bool valid = poupa__foreign_is_valid(&column->values, first + i);
        uint32_t known = valid && (uint64_t)keys[i] < mapped ? texts->known[keys[i]] : 0;
        codes[i] = (int32_t)known - FIRST_CODE;
        if (known >= FIRST_CODE)
            continue;
        codes[i] = POUPA__NO_WORD;
        poupa_status status = POUPA_OK;
        if (valid && known == 0)
            status = read_dictionary_key(texts, column, keys[i], first + i, &codes[i], err);
        if (status != POUPA_OK)
            return status;
    }
    return POUPA_OK;
}

poupa_status poupa__texts_read(poupa__texts *texts, const poupa__text_column *column,
                               size_t first, size_t count, int32_t *codes, poupa_error *err)
{
    poupa_status status = POUPA_OK;
    if (column->words.name)
        status = read_keys(texts, column, first, count, codes, err);
    for (size_t i = 0; column->words.name == NULL && i < count && status == POUPA_OK; i++)
        status =
            read_cell_text(texts, column, &column->values, first + i, first + i, &codes[i], err);
    for (size_t i = 0; texts->required && i < count && status == POUPA_OK; i++) {
        if (codes[i] < 0)
            return poupa__foreign_refuse(&column->values, first + i, POUPA__E2001_MISSING, err,
                                         "null, but it is required");
    }
    return status;
}

void poupa__texts_free(poupa__texts *texts)
{
    poupa__release(&texts->allocator, texts->known, texts->known_capacity * sizeof *texts->known);
    poupa__release(&texts->allocator, texts->meanings,
                   texts->meaning_capacity * sizeof *texts->meanings);
    poupa__dictionary_release(texts->words);
}
