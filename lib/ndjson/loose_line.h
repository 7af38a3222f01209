/*
 * loose_line.h - decoding a line whose members come in any order and spacing, with members
 * of any value among them. Part of hot_lines.h. What is rare is left to the general parser:
 * escapes in keys, many unknown members, deep nesting, numbers that may be out of range.
 */
#include "base/text.h"

enum { UNKNOWN_MOST = 8, NESTED_MOST = 16, EXPONENT_SURE = 2 };

/* Where a line is read from, and the last place from which REACH bytes may be read. */
typedef struct place {
    const char *at;
    const char *last;
} place;

/* The unknown keys of an object. */
typedef struct known_keys {
    poupa__span items[UNKNOWN_MOST];
    size_t count;
} known_keys;

static inline bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* Skips white space, which a newline is not: it ends the line. */
static inline bool skip_spaces(place *p)
{
    while (is_space(*p->at) && p->at <= p->last)
        p->at++;
    return p->at <= p->last;
}

/* Takes a byte with white space around it; or stands at another byte that is there instead.
 * Where there is how much white space is not to be predicted: no branch asks. */
static ALWAYS_INLINE bool take_byte(place *p, char byte)
{
    uint64_t solid = wide_solid(wide_load(p->at));
    uint64_t behind = solid & (solid - 1);
    if (behind == 0) {
        if (!skip_spaces(p) || *p->at != byte)
            return false;
        p->at++;
        return skip_spaces(p);
    }
    const char *start = p->at;
    bool found = start[lowest_bit(solid)] == byte;
    p->at = start + lowest_bit(found ? behind : solid);
    return found && p->at <= p->last;
}

/* -- Values of unknown members ------------------------------------------- */

/* Takes an escape that stands for one character by itself. */
static inline bool take_escape(place *p)
{
    if (p->at[1] != 'u') {
        bool good = p->at[1] && memchr("\"\\/bfnrt", p->at[1], 8);
        p->at += 2;
        return good;
    }
    unsigned unit = 0;
    for (size_t i = 2; i < 6; i++) {
        unsigned char byte = (unsigned char)p->at[i];
        unsigned letter = (byte | 0x20U) - 'a';
        if (byte - (unsigned)'0' < 10)
            unit = unit * 16 + (byte - (unsigned)'0');
        else if (letter < 6)
            unit = unit * 16 + letter + 10;
        else
            return false;
    }
    p->at += 6;
    return unit != 0 && (unit < 0xD800 || unit > 0xDFFF);
}

/* Takes the characters beyond ASCII at the place. */
static inline bool take_characters(place *p)
{
    const char *start = p->at;
    while ((unsigned char)*p->at >= 0x80 && p->at <= p->last)
        p->at++;
    size_t size = (size_t)(p->at - start);
    return p->at <= p->last && poupa__utf8_span(start, size) == size;
}

/* Takes a text behind its opening quote. */
static bool take_any_text(place *p)
{
    while (p->at <= p->last) {
        uint32_t ends = wide_ends(wide_load(p->at));
        if (ends == 0) {
            p->at += sizeof(wide);
            continue;
        }
        p->at += lowest_bit(ends);
        if (*p->at == '"') {
            p->at++;
            return true;
        }
        bool good =
            *p->at == '\\' ? take_escape(p) : (unsigned char)*p->at >= 0x80 && take_characters(p);
        if (!good)
            return false;
    }
    return false;
}

/* Takes a number that surely fits: few digits, a small exponent. */
static bool take_any_number(place *p)
{
    if (*p->at == '-')
        p->at++;
    if (!take_number(&p->at))
        return false;
    if ((*p->at | 0x20) != 'e')
        return true;
    p->at++;
    if (*p->at == '-' || *p->at == '+')
        p->at++;
    unsigned digits = take_digits(&p->at);
    return digits > 0 && digits <= EXPONENT_SURE;
}

static inline bool take_word(place *p, const char *word, size_t size)
{
    bool good = memcmp(p->at, word, size) == 0;
    p->at += size;
    return good;
}

/* Takes the bytes of a cache that were well-formed before, if they stand at the place. */
static ALWAYS_INLINE bool take_seen(const poupa__value *seen, place *p)
{
    if (seen->size == 0 || seen->size > (size_t)(p->last - p->at))
        return false;
    size_t done = 0;
    for (; seen->size - done > sizeof(wide); done += sizeof(wide)) {
        if (!wide_equal(wide_load(p->at + done), wide_load(seen->bytes + done)))
            return false;
    }
    unsigned rest = (unsigned)(seen->size - done);
    if (!wide_equal(first_bytes(wide_load(p->at + done), rest), wide_load(seen->bytes + done)))
        return false;
    p->at += seen->size;
    return true;
}

/* The place that a cache has for what begins at a place. */
static inline poupa__value *find_seen(poupa__values *values, const char *start)
{
    uint64_t hash = load_eight(start) * UINT64_C(0x9E3779B97F4A7C15);
    return &values->places[hash >> (64 - POUPA__VALUES_BITS)];
}

static inline void remember(poupa__value *seen, const char *start, size_t size)
{
    if (size > POUPA__VALUE_MOST)
        return;
    memset(seen->bytes, 0, sizeof seen->bytes);
    memcpy(seen->bytes, start, size);
    seen->size = size;
}

/* Takes a key in quotes, and its colon; it must be none of the others. */
static inline bool take_key(poupa__hot *hot, place *p, known_keys *others)
{
    poupa__span key = {p->at, 0};
    if (others->count == UNKNOWN_MOST)
        return false;
    poupa__value *seen = find_seen(&hot->known->keys, key.data);
    bool known = take_seen(seen, p);
    p->at += !known;
    if (!known && !take_any_text(p))
        return false;
    key.size = (size_t)(p->at - key.data);
    if (!known && memchr(key.data, '\\', key.size))
        return false;
    if (!known)
        remember(seen, key.data, key.size);
    for (size_t i = 0; i < others->count; i++) {
        if (others->items[i].size == key.size &&
            memcmp(others->items[i].data, key.data, key.size) == 0)
            return false;
    }
    others->items[others->count++] = key;
    return take_byte(p, ':');
}

static bool take_any(poupa__hot *hot, place *p, unsigned depth);

/* Takes what stands behind an opening bracket. */
static bool take_container(poupa__hot *hot, place *p, char close, unsigned depth)
{
    known_keys keys = {.count = 0};
    if (!skip_spaces(p))
        return false;
    if (*p->at == close) {
        p->at++;
        return true;
    }
    do {
        if (close == '}' && !(*p->at == '"' && take_key(hot, p, &keys)))
            return false;
        if (!take_any(hot, p, depth))
            return false;
    } while (take_byte(p, ','));
    if (*p->at != close)
        return false;
    p->at++;
    return true;
}

static bool take_any(poupa__hot *hot, place *p, unsigned depth)
{
    if (p->at > p->last || depth == NESTED_MOST)
        return false;
    switch (*p->at) {
    case '"':
        p->at++;
        return take_any_text(p);
    case '{':
    case '[':
        p->at++;
        return take_container(hot, p, p->at[-1] == '{' ? '}' : ']', depth + 1);
    case 't':
        return take_word(p, "true", 4);
    case 'f':
        return take_word(p, "false", 5);
    case 'n':
        return take_word(p, "null", 4);
    default:
        return take_any_number(p);
    }
}

/* -- Members of the format ----------------------------------------------- */

typedef struct known_member {
    uint8_t literal[sizeof(wide)]; /* the name in quotes */
    uint8_t mask[sizeof(wide)];
    uint32_t size;
    uint32_t target;
    uint64_t padding[7]; /* two lines of the cache */
} known_member;

#define MASK_6 255, 255, 255, 255, 255, 255
#define MEMBER(name, target, ...)                                                                \
    {                                                                                            \
        "\"" name "\"", {MASK_6, __VA_ARGS__}, sizeof name + 1, target,                          \
        {                                                                                        \
            0                                                                                    \
        }                                                                                        \
    }
#define UNIT MEMBER("unit", POUPA__TARGET_UNIT, 0)
#define COUNT MEMBER("count", POUPA__TARGET_COUNT, 255)
#define PERIOD MEMBER("period", POUPA__TARGET_PERIOD, 255, 255)
#define WAIT MEMBER("wait_s", POUPA__TARGET_WAIT, 255, 255)
#define CHANNEL MEMBER("channel", POUPA__TARGET_CHANNEL, 255, 255, 255)
#define SERVICE MEMBER("service", POUPA__TARGET_SERVICE, 255, 255, 255)
#define SERVICE_TIME MEMBER("service_s", POUPA__TARGET_SERVICE_TIME, 255, 255, 255, 255, 255)
#define NO_MEMBER                                                                                \
    {                                                                                            \
        {0}, {255}, 0, POUPA__TARGET_NOTHING,                                                    \
        {                                                                                        \
            0                                                                                    \
        }                                                                                        \
    }

/* By a hash of the first four letters, which is perfect but for the two that share them: those
 * differ in the eighth, by which the second half is for an underscore. */
static const known_member known_members[2][8] = {
    {COUNT, NO_MEMBER, CHANNEL, UNIT, WAIT, SERVICE, NO_MEMBER, PERIOD},
    {COUNT, NO_MEMBER, CHANNEL, UNIT, WAIT, SERVICE_TIME, NO_MEMBER, PERIOD},
};

/* The member whose key begins with the quote at the place; NULL for another. */
static ALWAYS_INLINE const known_member *find_member(const char *at)
{
    uint32_t slot = (load_four(at + 1) * UINT32_C(0x2265B1F5) & UINT32_MAX) >> 29;
    const known_member *member = &known_members[at[8] == '_'][slot];
    return wide_matches(wide_load(at), member->literal, member->mask) ? member : NULL;
}

/*
 * Where the values of the members stand, in bytes from the start of the line, 16 bits each:
 * in registers, because what is scattered in memory is slow to be read again at once.
 */
typedef struct found_values {
    uint64_t low;
    uint64_t high;
    unsigned seen;
} found_values;

static ALWAYS_INLINE void note_value(found_values *found, uint32_t target, size_t offset)
{
    uint64_t placed = (uint64_t)offset << 16 * (target & 3);
    uint64_t is_low = 0 - (uint64_t)(target < 4); /* all ones or none: no branch to guess */
    found->low |= placed & is_low;
    found->high |= placed & ~is_low;
    found->seen |= 1U << target;
}

static ALWAYS_INLINE size_t value_of(const found_values *found, uint32_t target)
{
    return (size_t)((target < 4 ? found->low : found->high) >> 16 * (target & 3) & 0xFFFF);
}

/* Skips a value that is a text up to its first quote, or a number; whether it is one of the
 * format is seen when it is taken. The place is behind a text's opening quote then. */
static ALWAYS_INLINE bool skip_known(place *p, bool text)
{
    p->at += text;
    wide bytes = wide_load(p->at);
    uint32_t is_text = 0 - (uint32_t)text;
    uint32_t ends = (wide_quotes(bytes) & is_text) | (wide_delimiters(bytes) & ~is_text);
    while (ends == 0) {
        p->at += sizeof(wide);
        if (!text || p->at > p->last)
            return false;
        ends = wide_quotes(wide_load(p->at));
    }
    p->at += lowest_bit(ends) + text;
    return true;
}

/* Which of the 64 bytes from a place on are what. */
typedef struct window {
    uint64_t quotes;
    uint64_t solid;
    uint64_t delimiters;
} window;

static ALWAYS_INLINE window look(const char *at)
{
    wide low = wide_load(at);
    wide high = wide_load(at + sizeof(wide));
    return (window){
        .quotes = (uint64_t)wide_quotes(high) << 32 | wide_quotes(low),
        .solid = (uint64_t)wide_solid(high) << 32 | wide_solid(low),
        .delimiters = (uint64_t)wide_delimiters(high) << 32 | wide_delimiters(low),
    };
}

/*
 * Goes over a member of the format whose key begins at the place, and the comma or brace
 * behind it, all of it within a window: the place of each token follows from bits, and
 * no branch asks for it. False, with nothing changed, where the window is too small.
 */
static ALWAYS_INLINE bool pass_member(place *p, const char *line, uint32_t target,
                                      found_values *found, bool *good, bool *more)
{
    const char *at = p->at;
    window w = look(at);
    uint64_t quotes = w.quotes & (w.quotes - 1);
    uint64_t colon = w.solid & (0 - ((quotes & (0 - quotes)) << 1));
    uint64_t value = colon & (colon - 1);
    uint64_t value_bit = value & (0 - value);
    uint64_t is_text = 0 - (uint64_t)((w.quotes & value_bit) != 0);
    uint64_t ends = ((w.quotes & is_text) | (w.delimiters & ~is_text)) & (0 - (value_bit << 1));
    uint64_t end_bit = (ends & (0 - ends)) << (is_text & 1);
    uint64_t comma = w.solid & (0 - end_bit);
    uint64_t next = comma & (comma - 1);
    if (next == 0 || end_bit == 0)
        return false;
    bool text = is_text & 1;
    unsigned start = lowest_bit(value);
    const char *separator = at + lowest_bit(comma);
    *more = *separator == ',';
    *good = at[lowest_bit(colon)] == ':' && text == (target <= POUPA__TARGET_PERIOD) &&
            (*more || *separator == '}');
    note_value(found, target, (size_t)(at - line) + start + text);
    p->at = at + lowest_bit(next);
    return true;
}

/* The same for a member that is longer than a window. */
static bool pass_long_member(place *p, const char *line, const known_member *member,
                             found_values *found, bool *more)
{
    bool text = member->target <= POUPA__TARGET_PERIOD;
    p->at += member->size;
    if (!take_byte(p, ':') || (*p->at == '"') != text || p->at - line >= UINT16_MAX)
        return false;
    note_value(found, member->target, (size_t)(p->at - line) + text);
    if (!skip_known(p, text) || p->at > p->last)
        return false;
    *more = take_byte(p, ',');
    return *more || (*p->at == '}' && take_byte(p, '}'));
}

/* Takes the value of an unknown member, at a glance where it was seen before. */
static inline bool take_unknown(poupa__hot *hot, place *p)
{
    const char *start = p->at;
    poupa__value *seen = find_seen(&hot->known->values, start);
    if (take_seen(seen, p))
        return true;
    if (!take_any(hot, p, 1) || p->at > p->last)
        return false;
    if (*start == '"' || *start == '{' || *start == '[')
        remember(seen, start, (size_t)(p->at - start));
    return true;
}

/* Goes over a member that the format does not have, of whatever length. */
static bool pass_unknown_member(poupa__hot *hot, place *p, known_keys *others, bool *more)
{
    if (!take_key(hot, p, others) || !take_unknown(hot, p))
        return false;
    *more = take_byte(p, ',');
    return *more || (*p->at == '}' && take_byte(p, '}'));
}

/* Finds the members of the line at the place, which goes behind the line. */
static ALWAYS_INLINE bool find_members(poupa__hot *hot, place *p, found_values *found)
{
    const char *line = p->at;
    const size_t most = UINT16_MAX - REACH;
    const char *furthest = (size_t)(p->last - line) < most ? p->last : line + most;
    known_keys others;
    others.count = 0;
    bool more = true;
    if (!take_byte(p, '{'))
        return false;
    while (more) {
        bool good = true;
        if (*p->at != '"' || p->at > furthest)
            return false;
        const known_member *member = find_member(p->at);
        if (member == NULL)
            good = pass_unknown_member(hot, p, &others, &more);
        else if (found->seen >> member->target & 1)
            good = false;
        else if (!pass_member(p, line, member->target, found, &good, &more))
            good = pass_long_member(p, line, member, found, &more);
        if (!good)
            return false;
    }
    return *p->at++ == '\n';
}

/* Takes the value of a member into a row, if it was found. */
static ALWAYS_INLINE bool take_found(poupa__hot *hot, size_t row, const found_values *found,
                                     poupa__target target, const char *line, const char *last)
{
    if (!(found->seen >> target & 1))
        return true;
    const char *at = line + value_of(found, target);
    return take_value(hot, target, row, &at, last) &&
           (target <= POUPA__TARGET_PERIOD || *at == ',' || *at == '}' || is_space(*at));
}

/* Takes a line into a row, the optional members of which are absent; false, with *at as it
 * was, where the line is not one that this can be sure of. */
static bool take_line(poupa__hot *hot, size_t row, const char **at, const char *last)
{
    const unsigned required =
        1U << POUPA__TARGET_PERIOD | 1U << POUPA__TARGET_SERVICE | 1U << POUPA__TARGET_CHANNEL;
    const char *line = *at;
    place p = {line, last};
    found_values found = {0, 0, 0};
    if (!find_members(hot, &p, &found) || (found.seen & required) != required)
        return false;
    bool good = take_found(hot, row, &found, POUPA__TARGET_PERIOD, line, last) &&
                take_found(hot, row, &found, POUPA__TARGET_UNIT, line, last) &&
                take_found(hot, row, &found, POUPA__TARGET_SERVICE, line, last) &&
                take_found(hot, row, &found, POUPA__TARGET_CHANNEL, line, last) &&
                take_found(hot, row, &found, POUPA__TARGET_COUNT, line, last) &&
                take_found(hot, row, &found, POUPA__TARGET_WAIT, line, last) &&
                take_found(hot, row, &found, POUPA__TARGET_SERVICE_TIME, line, last);
    if (good)
        *at = p.at;
    return good;
}
