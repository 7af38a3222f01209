/* lines.c - decoding runs of complete lines. */
#include "lines.h"

enum {
    LOOK_EVERY = 512,   /* lines that missed, between two looks at the pace */
    LESSONS = 64,       /* of those, how many may teach the trie their layout */
    LEAST_PER_MISS = 3, /* lines of known layouts, below which they do not pay */
    FIRST_REST = 4096,  /* lines */
    LONGEST_REST = 1 << 20
};

/* -- Life ---------------------------------------------------------------- */

poupa_status poupa__lines_init(poupa__lines *lines, const poupa_ndjson_options *options,
                               poupa_error *err)
{
    poupa_allocator allocator = poupa__allocator(options->allocator);
    *lines = (poupa__lines){.allocator = allocator};
    lines->max_line = options->max_line;
    lines->hot_lines = poupa__hot_choose(options->path);
    poupa__general_init(&lines->general, &allocator);
    bool good = poupa_builder_new(&allocator, &lines->builder, NULL) == POUPA_OK;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        good = poupa__memo_init(&lines->memos[i], &allocator) && good;
    lines->trie = (poupa__trie *)poupa__allocate(&allocator, sizeof *lines->trie);
    lines->months = (poupa__months *)poupa__allocate(&allocator, sizeof *lines->months);
    lines->known = POUPA__NEW(&allocator, poupa__known);
    if (!good || lines->trie == NULL || lines->months == NULL || lines->known == NULL) {
        poupa__lines_free(lines);
        return poupa__error_memory(err);
    }
    poupa__trie_clear(lines->trie);
    poupa__months_clear(lines->months);
    return POUPA_OK;
}

void poupa__lines_free(poupa__lines *lines)
{
    poupa_builder_free(lines->builder);
    poupa__general_free(&lines->general);
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        poupa__memo_free(&lines->memos[i]);
    poupa__release(&lines->allocator, lines->trie, sizeof *lines->trie);
    poupa__release(&lines->allocator, lines->months, sizeof *lines->months);
    poupa__release(&lines->allocator, lines->known, sizeof *lines->known);
}

bool poupa__lines_know(poupa__lines *lines, poupa_dictionary column, const poupa__word *id)
{
    int32_t code =
        poupa__dictionary_add(lines->builder->dictionaries[column], id->text, id->size);
    char raw[POUPA__SPELLING_MOST];
    if (code != POUPA__NO_WORD && id->size < sizeof raw) {
        memcpy(raw, id->text, id->size);
        raw[id->size] = '"';
        poupa__memo_add(&lines->memos[column], raw, id->size + 1, code);
    }
    return code != POUPA__NO_WORD;
}

/* -- One line ------------------------------------------------------------ */

poupa__span poupa__line_at(const char *data, size_t size, size_t offset)
{
    const char *line = data + offset;
    const char *end = (const char *)memchr(line, '\n', size - offset);
    size_t length = end ? (size_t)(end - line) : size - offset;
    if (length && line[length - 1] == '\r')
        length--;
    return (poupa__span){line, length};
}

static bool is_blank(poupa__span line)
{
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] != ' ' && line.data[i] != '\t' && line.data[i] != '\r')
            return false;
    }
    return true;
}

/* Writes the fields of a line to the next row; nothing stays behind for want of memory. */
static bool append_record(poupa__lines *lines, const poupa__fields *fields)
{
    poupa_builder *builder = lines->builder;
    if (!poupa__builder_room(builder))
        return false;
    const poupa__cells *cells = &builder->open->cells;
    size_t row = builder->row;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        int32_t code = POUPA__NO_WORD;
        poupa__span id = fields->ids[i];
        poupa__span raw = fields->raws[i];
        if (id.data) {
            code = poupa__dictionary_add(builder->dictionaries[i], id.data, id.size);
            if (code == POUPA__NO_WORD)
                return false;
            poupa__memo_add(&lines->memos[i], raw.data, raw.size, code);
        }
        cells->codes[i][row] = code;
    }
    cells->period_start[row] = fields->period_start;
    cells->period_kind[row] = fields->period_kind;
    cells->count[row] = fields->count;
    cells->wait_s[row] = fields->wait_s;
    cells->service_s[row] = fields->service_s;
    builder->row++;
    return true;
}

static bool note_bad(poupa__lines *lines, poupa__run *run, size_t offset)
{
    void *bad = run->bad;
    if (!poupa__grow(&lines->allocator, &bad, &run->bad_capacity, run->bad_count + 1,
                     sizeof *run->bad))
        return false;
    run->bad = (size_t *)bad;
    run->bad[run->bad_count++] = offset;
    return true;
}

/* Decodes one line in the general way, and learns from it. */
static poupa_status decode_line(poupa__lines *lines, poupa__span line, size_t whole,
                                poupa__run *run)
{
    if (line.size > lines->max_line)
        return POUPA_ERR_LIMIT;
    if (is_blank(line)) {
        run->blank++;
        return POUPA_OK;
    }
    poupa__fields fields;
    /* A layout ends with the newline: a last line may be without it. */
    bool learn = lines->hot_lines && lines->pace.rest == 0 && line.data[whole - 1] == '\n';
    poupa_status status = poupa__general_read(&lines->general, line.data, line.size, &fields,
                                              learn ? &lines->layout : NULL, NULL);
    if (status != POUPA_OK)
        return status;
    if (!append_record(lines, &fields))
        return POUPA_ERR_MEMORY;
    run->good++;
    lines->pace.lessons += learn;
    if (learn)
        poupa__trie_learn(lines->trie, line.data, whole, &lines->layout);
    return POUPA_OK;
}

/* -- Runs ---------------------------------------------------------------- */

/* Notes how lines fared: `taken` along the trie, `missed` otherwise. */
static void keep_pace(poupa__lines *lines, size_t taken, size_t missed)
{
    poupa__pace *pace = &lines->pace;
    if (pace->rest) {
        pace->rest -= pace->rest < missed ? pace->rest : missed;
        return;
    }
    pace->taken += taken;
    pace->missed += missed;
    if (pace->missed < LOOK_EVERY)
        return;
    if (pace->taken >= LEAST_PER_MISS * pace->missed) {
        pace->last_rest = 0;
    } else {
        pace->rest = pace->last_rest ? 4 * pace->last_rest : (uint64_t)FIRST_REST;
        if (pace->rest > LONGEST_REST)
            pace->rest = LONGEST_REST;
        pace->last_rest = pace->rest;
        poupa__trie_clear(lines->trie);
    }
    pace->taken = pace->missed = pace->lessons = 0;
}

/* Decodes lines fast, as far as that goes; returns how many bytes it took. */
static size_t decode_fast(poupa__lines *lines, const char *data, size_t size, poupa__run *run)
{
    poupa_builder *builder = lines->builder;
    poupa__pace *pace = &lines->pace;
    poupa__hot hot = {
        .trie = lines->trie,
        .memos = lines->memos,
        .dictionaries = builder->dictionaries,
        .months = lines->months,
        .known = lines->known,
        .last_day = POUPA__NO_DAY,
        .cells = builder->open->cells,
        .row = builder->row,
        .row_limit = builder->open->capacity,
        .max_line = lines->max_line,
        .use_trie = pace->rest == 0,
        .loose_most = pace->rest                ? (size_t)pace->rest
                      : pace->lessons < LESSONS ? 0
                                                : LOOK_EVERY,
    };
    size_t taken = lines->hot_lines(&hot, data, size);
    size_t rows = hot.row - builder->row;
    run->good += rows;
    builder->row = hot.row;
    keep_pace(lines, hot.use_trie && rows > hot.loose ? rows - hot.loose : 0, hot.loose);
    return taken;
}

bool poupa__lines_decode(poupa__lines *lines, const char *data, size_t size, bool stop,
                         poupa__run *run)
{
    for (size_t at = 0; at < size;) {
        if (!poupa__builder_room(lines->builder))
            return false;
        if (lines->hot_lines) {
            at += decode_fast(lines, data + at, size - at, run);
            if (at == size || lines->builder->row == lines->builder->open->capacity)
                continue;
        }
        poupa__span line = poupa__line_at(data, size, at);
        const char *end =
            (const char *)memchr(line.data + line.size, '\n', size - at - line.size);
        size_t whole = end ? (size_t)(end + 1 - line.data) : size - at;
        poupa_status status = decode_line(lines, line, whole, run);
        if (status == POUPA_ERR_MEMORY)
            return false;
        if (status != POUPA_OK && !note_bad(lines, run, at))
            return false;
        if (status != POUPA_OK && stop)
            break;
        keep_pace(lines, 0, 1);
        at += whole;
    }
    poupa__builder_seal(lines->builder);
    return true;
}
