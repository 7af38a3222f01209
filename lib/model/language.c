/* language.c - language tags (BCP 47, RFC 5646 section 2.1), well-formed or not. */
#include <string.h>

#include "catalog.h"

/* What may follow in a tag, in this order. */
typedef enum tag_part { LANGUAGE, EXTLANG, SCRIPT, REGION, VARIANT, EXTENSION, PRIVATE } tag_part;

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static size_t count_of(bool (*is)(char), const char *text, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += is(text[i]);
    return count;
}

/* Whether a subtag has the form of a part. Singletons begin extensions and private use. */
static bool has_form(tag_part part, const char *text, size_t size)
{
    bool letters = count_of(is_letter, text, size) == size;
    switch (part) {
    case LANGUAGE:
        return letters && size >= 2;
    case EXTLANG:
        return letters && size == 3;
    case SCRIPT:
        return letters && size == 4;
    case REGION:
        return (letters && size == 2) || (size == 3 && count_of(is_digit, text, size) == 3);
    case VARIANT:
        return size >= 5 || (size == 4 && is_digit(text[0]));
    case EXTENSION:
        return size == 1 && *text != 'x' && *text != 'X';
    case PRIVATE:
        return size == 1 && (*text == 'x' || *text == 'X');
    }
    return false;
}

/* Tags that were registered before there was a grammar, and do not follow it. */
static bool is_grandfathered(const char *text, size_t size)
{
    static const char *const tags[] = {
        "en-GB-oed", "i-ami", "i-bnn",     "i-default", "i-enochian", "i-hak",
        "i-klingon", "i-lux", "i-mingo",   "i-navajo",  "i-pwn",      "i-tao",
        "i-tay",     "i-tsu", "sgn-BE-FR", "sgn-BE-NL", "sgn-CH-DE"};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        if (strlen(tags[i]) == size && memcmp(tags[i], text, size) == 0)
            return true;
    }
    return false;
}

/* The first part, from `from` on, whose form a subtag has; false where there is none. */
static bool find_part(tag_part from, const char *text, size_t size, tag_part *out)
{
    for (int each = (int)from; each <= PRIVATE; each++) {
        if (has_form((tag_part)each, text, size)) {
            *out = (tag_part)each;
            return true;
        }
    }
    return false;
}

bool poupa__language_valid(const char *text, size_t size)
{
    tag_part at = LANGUAGE;
    size_t extlangs = 0;
    bool open = true; /* a singleton, or the tag itself, still wants a subtag */
    if (is_grandfathered(text, size))
        return true;
    for (size_t start = 0; start <= size;) {
        const char *dash = (const char *)memchr(text + start, '-', size - start);
        size_t length = dash ? (size_t)(dash - text) - start : size - start;
        const char *subtag = text + start;
        if (length == 0 || length > 8 ||
            count_of(is_letter, subtag, length) + count_of(is_digit, subtag, length) != length)
            return false;
        if (at == PRIVATE || (at == EXTENSION && length > 1)) {
            open = false;
        } else {
            bool first = start == 0;
            tag_part before = at;
            if ((open && !first) || !find_part(before, subtag, length, &at) ||
                (first && at != LANGUAGE && at != PRIVATE) || (at == EXTLANG && ++extlangs > 3))
                return false;
            open = at >= EXTENSION;
            /* Extlangs follow a short language only; script and region stand once. */
            if (at == LANGUAGE)
                at = length <= 3 ? EXTLANG : SCRIPT;
            else if (at == SCRIPT || at == REGION)
                at = (tag_part)(at + 1);
        }
        start += length + 1;
    }
    return !open;
}
