/* batch.c - columns in memory as Arrow arrays. */
#include "batch.h"

#include <string.h>

#include "base/error.h"

/* -- Words --------------------------------------------------------------- */

poupa_status poupa__arrow_words_make(poupa__arrow_owner *owner, const char *const *words,
                                     size_t count, poupa__arrow_words *out, poupa_error *err)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += strlen(words[i]);
    if (size > INT32_MAX)
        return poupa__error(err, POUPA_ERR_LIMIT, "%zu bytes of words are more than %d", size,
                            INT32_MAX);
    int32_t *offsets = POUPA__ARROW_TAKE(owner, int32_t, count + 1);
    char *text = POUPA__ARROW_TAKE(owner, char, size);
    if (offsets == NULL || text == NULL)
        return poupa__error_memory(err);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t word = strlen(words[i]);
        memcpy(text + at, words[i], word);
        at += word;
        offsets[i + 1] = (int32_t)at;
    }
    *out = (poupa__arrow_words){offsets, text, count};
    return POUPA_OK;
}

/* -- Arrays -------------------------------------------------------------- */

/* One column; what it is made of may be moved away in parts. */
typedef struct array_node {
    struct ArrowArray array;
    struct ArrowArray dictionary;
    const void *buffers[3];
    const void *words[3];
} array_node;

/* All of a batch but the root, which is the consumer's. */
typedef struct array_nodes {
    array_node columns[POUPA__ARROW_FIELDS_MAX];
    struct ArrowArray *children[POUPA__ARROW_FIELDS_MAX];
    const void *buffers[1];
} array_nodes;

static void release_array(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_children; i++) {
        struct ArrowArray *child = array->children[i];
        if (child->release)
            child->release(child);
    }
    if (array->dictionary && array->dictionary->release)
        array->dictionary->release(array->dictionary);
    array->release = NULL;
    poupa__arrow_owner_release((poupa__arrow_owner *)array->private_data);
}

static bool is_valid(const uint8_t *valid, size_t row)
{
    return valid == NULL || (valid[row / 8] >> row % 8 & 1);
}

/* The number of bits that are set in a word. */
static size_t count_bits(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (size_t)(word * UINT64_C(0x0101010101010101) >> 56);
}

static size_t count_nulls(const uint8_t *valid, size_t first, size_t rows)
{
    size_t row = first;
    size_t set = 0;
    if (valid == NULL)
        return 0;
    for (; row < first + rows && row % 8; row++)
        set += is_valid(valid, row);
    for (uint64_t word; row + 64 <= first + rows; row += 64) {
        memcpy(&word, valid + row / 8, sizeof word);
        set += count_bits(word);
    }
    for (; row < first + rows; row++)
        set += is_valid(valid, row);
    return rows - set;
}

/* The rows of a column that a batch has. */
typedef struct rows_of {
    const void *data;
    const uint8_t *valid; /* NULL where none of the rows is absent */
    size_t first;
    size_t count;
    size_t nulls;
} rows_of;

/* Widens codes of bytes to what dictionaries have. */
static bool widen_codes(poupa__arrow_owner *owner, rows_of *rows)
{
    const uint8_t *bytes = (const uint8_t *)rows->data + rows->first;
    int32_t *codes = POUPA__ARROW_TAKE(owner, int32_t, rows->count);
    if (codes == NULL)
        return false;
    for (size_t i = 0; i < rows->count; i++)
        codes[i] = bytes[i] - 1;
    rows->data = codes;
    rows->first = 0;
    return true;
}

static void set_offset(void *offsets, bool large, size_t index, size_t value)
{
    if (large)
        ((int64_t *)offsets)[index] = (int64_t)value;
    else
        ((int32_t *)offsets)[index] = (int32_t)value;
}

/* Writes texts out. Words have at most 128 bytes and batches 2^18 rows, so that offsets of
 * 32 bits do. */
static bool spell_texts(poupa__arrow_owner *owner, const poupa__arrow_words *words,
                        const rows_of *rows, bool large, array_node *out)
{
    const int32_t *codes = (const int32_t *)rows->data + rows->first;
    size_t size = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (is_valid(rows->valid, rows->first + i))
            size += (size_t)(words->offsets[codes[i] + 1] - words->offsets[codes[i]]);
    }
    void *offsets =
        poupa__arrow_take(owner, rows->count + 1, large ? sizeof(int64_t) : sizeof(int32_t));
    char *text = POUPA__ARROW_TAKE(owner, char, size);
    uint8_t *valid = rows->valid ? POUPA__ARROW_TAKE(owner, uint8_t, rows->count / 8 + 1) : NULL;
    if (offsets == NULL || text == NULL || (rows->valid && valid == NULL))
        return false;
    size_t at = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (is_valid(rows->valid, rows->first + i)) {
            const int32_t *word = words->offsets + codes[i];
            size_t length = (size_t)(word[1] - word[0]);
            memcpy(text + at, words->text + word[0], length);
            at += length;
            if (valid)
                valid[i / 8] = (uint8_t)(valid[i / 8] | 1U << i % 8);
        }
        set_offset(offsets, large, i + 1, at);
    }
    out->array.n_buffers = 3;
    out->buffers[0] = valid;
    out->buffers[1] = offsets;
    out->buffers[2] = text;
    return true;
}

static void set_dictionary(const poupa__arrow_words *words, array_node *out)
{
    out->words[1] = words->offsets;
    out->words[2] = words->text;
    out->dictionary = (struct ArrowArray){
        .length = (int64_t)words->count, .n_buffers = 3, .buffers = out->words};
    out->array.dictionary = &out->dictionary;
}

static bool make_column(poupa__arrow_owner *owner, const poupa__arrow_field *field,
                        const poupa__arrow_part *part, const poupa__arrow_cells *cells,
                        array_node *out)
{
    rows_of rows = {cells->data, cells->valid, part->first, part->rows, 0};
    rows.nulls = count_nulls(rows.valid, rows.first, rows.count);
    if (rows.nulls == 0)
        rows.valid = NULL;
    bool bytes = field->type == POUPA__ARROW_KIND && field->form != POUPA__ARROW_CODES;
    if (bytes && !widen_codes(owner, &rows))
        return false;
    out->array = (struct ArrowArray){.length = (int64_t)rows.count,
                                     .null_count = (int64_t)rows.nulls,
                                     .buffers = out->buffers};
    if (field->form == POUPA__ARROW_UTF8 || field->form == POUPA__ARROW_LARGE_UTF8)
        return spell_texts(owner, &cells->words, &rows, field->form == POUPA__ARROW_LARGE_UTF8,
                           out);
    out->array.offset = (int64_t)rows.first;
    out->array.n_buffers = 2;
    out->buffers[0] = rows.valid;
    out->buffers[1] = rows.data;
    if (poupa__arrow_is_text(field) && field->form == POUPA__ARROW_DICTIONARY)
        set_dictionary(&cells->words, out);
    return true;
}

/* From here on the array is the consumer's, with a reference of its own. */
static void hand_out(poupa__arrow_owner *owner, struct ArrowArray *array)
{
    array->release = release_array;
    array->private_data = poupa__arrow_owner_retain(owner);
}

bool poupa__arrow_batch(const poupa__arrow_layout *layout, const poupa__arrow_part *part,
                        struct ArrowArray *out)
{
    poupa__arrow_owner *owner = poupa__arrow_owner_new(&part->owner->allocator);
    array_nodes *all = owner ? POUPA__ARROW_TAKE(owner, array_nodes, 1) : NULL;
    bool good = all != NULL;
    if (owner)
        owner->base = poupa__arrow_owner_retain(part->owner);
    for (size_t i = 0; good && i < layout->count; i++)
        good = make_column(owner, &layout->fields[i], part, &part->cells[i], &all->columns[i]);
    for (size_t i = 0; good && i < layout->count; i++) {
        array_node *column = &all->columns[i];
        all->children[i] = &column->array;
        hand_out(owner, &column->array);
        if (column->array.dictionary)
            hand_out(owner, &column->dictionary);
    }
    if (good) {
        *out = (struct ArrowArray){.length = (int64_t)part->rows,
                                   .n_buffers = 1,
                                   .n_children = (int64_t)layout->count,
                                   .buffers = all->buffers,
                                   .children = all->children};
        hand_out(owner, out);
    }
    poupa__arrow_owner_release(owner);
    return good;
}
