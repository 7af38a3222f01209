/*
 * hot_lines.h - the loop that decodes lines of known layouts, compiled once for each set of
 * instructions. Who includes this defines HOT_LINES, the name of the function, the type
 * `wide` of 32 bytes, and on it:
 *     wide_load, wide_store                    unaligned
 *     wide_and(a, b), wide_equal(a, b)
 *     wide_matches(bytes, literal, mask)       whether all bits of the mask agree
 *     wide_quotes(bytes)                       bit i: byte i is a quotation mark
 *     wide_ends(bytes)                         bit i: byte i may not stand in a plain text
 *     wide_solid(bytes)                        bit i: byte i is no space, tab or return
 *     wide_delimiters(bytes)                   bit i: byte i is one of those, ',' or '}'
 *     wide_hash(keys, bytes)                   poupa__memo_hash
 *
 * How far past a line's start is read is bounded by REACH: lines that begin nearer to the
 * end of the data than a node can read are left to the general parser.
 */
#include "hot.h"

/* The loop must have the whole of what it calls in it, so that it lives in registers. Where
 * coverage is measured it has not: each copy of a branch would count by itself. */
#if defined(__GNUC__) && !defined(POUPA_COVERAGE)
#define ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define ALWAYS_INLINE inline
#endif

enum { REACH = POUPA__LITERAL_ROOM + 2 * sizeof(wide) };

/* 32 bytes from `prefixes + 32 - n` have their first n bytes set. */
static const uint8_t prefixes[2 * sizeof(wide)] = {
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
};

static ALWAYS_INLINE wide first_bytes(wide bytes, unsigned count)
{
    return wide_and(bytes, wide_load(prefixes + sizeof(wide) - count));
}

static inline unsigned lowest_bit(uint64_t bits)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(bits);
#else
    unsigned count = 0;
    for (; !(bits & 1); bits >>= 1)
        count++;
    return count;
#endif
}

static inline uint32_t load_four(const char *data)
{
    const unsigned char *bytes = (const unsigned char *)data;
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static inline uint64_t load_eight(const char *data)
{
    const unsigned char *bytes = (const unsigned char *)data;
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
           (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 |
           (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

/* -- Ids ----------------------------------------------------------------- */

/* The place of a spelling of at most 32 bytes; NULL where it is not known. */
static ALWAYS_INLINE const poupa__spelling *find_short(const poupa__memo *memo, wide spelling)
{
    size_t at = poupa__memo_place(memo, wide_hash(memo->keys, spelling));
    for (unsigned i = 0; i < 2; i++) {
        const poupa__spelling *place = &memo->places[at ^ i];
        if (wide_equal(wide_load(place->bytes), spelling))
            return place;
    }
    return NULL;
}

static ALWAYS_INLINE const poupa__spelling *find_long(const poupa__memo *memo, wide head,
                                                      wide tail)
{
    size_t at =
        poupa__memo_place(memo, wide_hash(memo->keys, head) + wide_hash(memo->keys + 8, tail));
    for (unsigned i = 0; i < 2; i++) {
        const poupa__spelling *place = &memo->places[at ^ i];
        wide rest = first_bytes(wide_load(place->bytes + sizeof(wide)), POUPA__SPELLING_TAIL);
        if (wide_equal(wide_load(place->bytes), head) && wide_equal(rest, tail))
            return place;
    }
    return NULL;
}

/* Takes the id at *at, of which it moves behind the closing quote; -1 for an unknown one. */
static ALWAYS_INLINE int32_t take_id(const poupa__memo *memo, const char **at)
{
    wide head = wide_load(*at);
    uint32_t quotes = wide_quotes(head);
    const poupa__spelling *found;
    unsigned size;
    if (quotes) {
        size = lowest_bit(quotes) + 1;
        found = find_short(memo, first_bytes(head, size));
    } else {
        wide tail = wide_load(*at + sizeof(wide));
        quotes = wide_quotes(tail);
        size = quotes ? lowest_bit(quotes) + 1 : POUPA__SPELLING_MOST;
        if (size > POUPA__SPELLING_TAIL)
            return -1;
        found = find_long(memo, head, first_bytes(tail, size));
        size += sizeof(wide);
    }
    *at += size;
    return found ? found->code : -1;
}

/* The same for an id with escapes, looked up as it is spelled without; *at is undefined where
 * it is not known. */
static inline int32_t take_escaped_id(const poupa__memo *memo, const char **at, const char *last)
{
    char plain[POUPA__SPELLING_MOST + sizeof(wide)];
    size_t size = 0;
    for (const char *from = *at; from <= last && size < POUPA__SPELLING_MOST; from += 6) {
        wide bytes = wide_load(from);
        uint32_t ends = wide_ends(bytes);
        if (ends == 0)
            return -1;
        wide_store(plain + size, bytes);
        size += lowest_bit(ends);
        from += lowest_bit(ends);
        if (*from == '"') {
            plain[size] = '"';
            memset(plain + size + 1, 0, sizeof plain - size - 1);
            *at = from + 1;
            const char *start = plain;
            return take_id(memo, &start);
        }
        char letter = *from == '\\' ? poupa__hot_escape(from) : '\0';
        /* What ends a spelling, or begins an escape of another one, is in no id. */
        if (letter == '\0' || letter == '"' || letter == '\\')
            return -1;
        plain[size++] = letter;
    }
    return -1;
}

/* -- Numbers and periods ------------------------------------------------- */

#define ALL(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Takes an integer of 1 to 7 digits; -1 for any other. */
static ALWAYS_INLINE int32_t take_integer(const char **at)
{
    uint64_t digits = load_eight(*at) ^ ALL(0x30);
    uint64_t others = ((digits + ALL(0x76)) | digits) & ALL(0x80);
    unsigned bits = others ? lowest_bit(others) & ~7U : 0;
    if (bits == 0 || ((digits & 0xFF) == 0 && bits > 8))
        return -1;
    *at += bits / 8;
    /* The digits are moved up, zeros come in front, and are added up two by two. */
    if (bits <= 32) {
        uint32_t few = (uint32_t)((digits & UINT32_MAX) << (32 - bits) & UINT32_MAX);
        few = few * 10 + (few >> 8);
        return (int32_t)((few & 0x00FF00FF) * (1 + (UINT32_C(100) << 16)) >> 16 & 0xFFFF);
    }
    digits <<= 64 - bits;
    digits = digits * 10 + (digits >> 8);
    const uint64_t pairs = UINT64_C(0x000000FF000000FF);
    return (int32_t)(((digits & pairs) * (100 + (UINT64_C(1000000) << 32)) +
                      (digits >> 16 & pairs) * (1 + (UINT64_C(10000) << 32))) >>
                     32);
}

/* Takes a period and its closing quote into a row; false for what is none. */
static ALWAYS_INLINE bool take_period(poupa__hot *hot, size_t row, const char **at)
{
    uint64_t key = load_eight(*at);
    uint64_t rest = load_eight(*at + 3);
    hot->cells.period_kind[row] = POUPA_PERIOD_DAY;
    if (key == hot->last_day.key && rest == hot->last_day.rest) {
        hot->cells.period_start[row] = hot->last_day.start;
        *at += 11;
        return true;
    }
    if ((*at)[4] == '"')
        key &= UINT64_C(0xFFFFFFFFFF);
    const poupa__month *month = &hot->months->places[poupa__month_place(key)];
    if (month->key != key) {
        month = poupa__months_learn(hot->months, key);
        if (month == NULL)
            return false;
    }
    int32_t day = 0;
    unsigned size = month->kind == POUPA_PERIOD_YEAR ? 5 : 8;
    if (month->days) {
        unsigned tens = (unsigned char)(*at)[8] - (unsigned)'0';
        unsigned ones = (unsigned char)(*at)[9] - (unsigned)'0';
        unsigned number = tens * 10 + ones;
        if (ones > 9 || tens > 3 || number - 1 >= month->days || (*at)[10] != '"')
            return false;
        day = (int32_t)number - 1;
        size = 11;
        hot->last_day = (poupa__day){key, rest, month->start + day};
    }
    hot->cells.period_start[row] = month->start + day;
    hot->cells.period_kind[row] = month->kind;
    *at += size;
    return true;
}

/* -- Members that the format does not have ------------------------------- */

/* Takes a text of plain ASCII, of no great length, and its closing quote. */
static ALWAYS_INLINE bool take_text(const char **at, const char *last)
{
    for (const char *end = *at + 8 * sizeof(wide); *at <= last && *at < end;
         *at += sizeof(wide)) {
        uint32_t ends = wide_ends(wide_load(*at));
        if (ends) {
            *at += lowest_bit(ends) + 1;
            return (*at)[-1] == '"';
        }
    }
    return false;
}

static ALWAYS_INLINE unsigned take_digits(const char **at)
{
    const char *start = *at;
    while ((unsigned char)**at - (unsigned)'0' < 10 && *at < start + 18)
        ++*at;
    return (unsigned)(*at - start);
}

/* Takes a number of few digits without exponent. */
static ALWAYS_INLINE bool take_number(const char **at)
{
    bool zero = **at == '0';
    unsigned digits = take_digits(at);
    if (digits == 0 || (zero && digits > 1))
        return false;
    if (**at != '.')
        return true;
    ++*at;
    return take_digits(at) > 0;
}

/* -- Lines --------------------------------------------------------------- */

/* Takes an id that the memo does not know as it is spelled; -1 for an unknown one. */
static int32_t take_rare_id(const poupa__hot *hot, poupa_dictionary dictionary, const char **at,
                            const char *last)
{
    const char *start = *at;
    int32_t code = take_escaped_id(&hot->memos[dictionary], at, last);
    if (code >= 0)
        return code;
    *at = start;
    return poupa__hot_find(hot, dictionary, at, last);
}

/* Takes the value that a node leads to into a row. */
static ALWAYS_INLINE bool take_value(poupa__hot *hot, poupa__target target, size_t row,
                                     const char **at, const char *last)
{
    int32_t value;
    const char *start;
    switch (target) {
    case POUPA__TARGET_UNIT:
    case POUPA__TARGET_SERVICE:
    case POUPA__TARGET_CHANNEL:
        start = *at;
        value = take_id(&hot->memos[target], at);
        if (value < 0) {
            const char *from = start;
            value = take_rare_id(hot, (poupa_dictionary)target, &from, last);
            *at = from;
        }
        hot->cells.codes[target][row] = value;
        return value >= 0;
    case POUPA__TARGET_PERIOD:
        return take_period(hot, row, at);
    case POUPA__TARGET_COUNT:
        value = take_integer(at);
        hot->cells.count[row] = value;
        return value >= 0;
    case POUPA__TARGET_WAIT:
        value = take_integer(at);
        hot->cells.wait_s[row] = value;
        return value >= 0;
    case POUPA__TARGET_SERVICE_TIME:
        value = take_integer(at);
        hot->cells.service_s[row] = value;
        return value >= 0;
    case POUPA__TARGET_ANY_TEXT:
        return take_text(at, last);
    case POUPA__TARGET_ANY_NUMBER:
        return take_number(at);
    default:
        return true;
    }
}

#include "loose_line.h"

/* Takes a line along the paths of the trie, as take_line does. */
static ALWAYS_INLINE bool take_known_line(poupa__hot *hot, size_t row, const char **line,
                                          const char *last)
{
    const poupa__node *root = hot->trie->nodes;
    const poupa__node *node = root;
    for (const char *at = *line; at <= last;) {
        wide bytes = wide_load(at);
        node = poupa__node_at(root, node->child);
        while (!wide_matches(bytes, node->literal, node->mask)) {
            if (node->sibling == 0)
                return false;
            node = poupa__node_at(root, node->sibling);
        }
        at += node->size;
        if (node->target == POUPA__TARGET_END) {
            *line = at;
            return true;
        }
        if (!take_value(hot, (poupa__target)node->target, row, &at, last))
            return false;
    }
    return false;
}

/* Takes a line in one of the two ways. */
static ALWAYS_INLINE bool take_either(poupa__hot *hot, size_t row, const char **at,
                                      const char *last)
{
    if (hot->use_trie && take_known_line(hot, row, at, last))
        return true;
    if (hot->loose == hot->loose_most)
        return false;
    const poupa__cells *cells = &hot->cells;
    cells->codes[POUPA_DICTIONARY_UNIT][row] = -1;
    cells->wait_s[row] = cells->service_s[row] = -1;
    cells->count[row] = 1;
    hot->loose++;
    return take_line(hot, row, at, last);
}

size_t HOT_LINES(poupa__hot *given, const char *data, size_t size)
{
    if (size < REACH)
        return 0;
    const char *last = data + size - REACH;
    const char *line = data;
    /* What columns are written to may not be what they are written by. */
    poupa__hot copy = *given;
    poupa__hot *hot = &copy;
    for (size_t row = hot->row; row < hot->row_limit && line <= last; hot->row = ++row) {
        const char *at = line;
        hot->cells.codes[POUPA_DICTIONARY_UNIT][row] = -1;
        hot->cells.wait_s[row] = -1;
        hot->cells.service_s[row] = -1;
        hot->cells.count[row] = 1;
        if (!take_either(hot, row, &at, last) || (size_t)(at - line) > hot->max_line)
            break;
        line = at;
    }
    given->row = hot->row;
    given->loose = hot->loose;
    return (size_t)(line - data);
}
