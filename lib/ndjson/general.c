/* general.c - the plain strict parser of lines. */
#include "general.h"

#include "base/jsontext.h"
#include "number.h"
#include "table/table.h"

/* One line that is being read. */
typedef struct reading {
    poupa__general *general;
    poupa__json_cursor cursor;
    poupa__fields *fields;
    poupa__layout *layout;
    unsigned seen; /* bit i: the member with target i */
    poupa_status status;
    poupa_error *err;
} reading;

typedef struct line_member {
    const char *name;
    poupa__target target;
    bool required;
} line_member;

static const line_member line_members[POUPA__TARGET_KNOWN] = {
    {"unit", POUPA__TARGET_UNIT, false},
    {"service", POUPA__TARGET_SERVICE, true},
    {"channel", POUPA__TARGET_CHANNEL, true},
    {"period", POUPA__TARGET_PERIOD, true},
    {"count", POUPA__TARGET_COUNT, false},
    {"wait_s", POUPA__TARGET_WAIT, false},
    {"service_s", POUPA__TARGET_SERVICE_TIME, false},
};

void poupa__general_init(poupa__general *general, const poupa_allocator *allocator)
{
    poupa__keys_init(&general->keys, allocator);
    poupa__buffer_init(&general->decoded, *allocator);
}

void poupa__general_free(poupa__general *general)
{
    poupa__keys_free(&general->keys);
    poupa_buffer_free(&general->decoded);
}

/* -- Errors -------------------------------------------------------------- */

static poupa_status status_of_line(poupa__rule rule)
{
    if (rule == POUPA__E1007_DEPTH || rule == POUPA__E1010_SIZE)
        return POUPA_ERR_LIMIT;
    return poupa__rules[rule].stage == POUPA_STAGE_JSON ? POUPA_ERR_SYNTAX : POUPA_ERR_INVALID;
}

POUPA__PRINTF(5, 6)
static bool fail_member(reading *r, poupa__rule rule, const line_member *at, size_t offset,
                        const char *format, ...)
{
    r->status = status_of_line(rule);
    if (r->err) {
        char message[sizeof r->err->message];
        char path[16] = "";
        va_list arguments;
        va_start(arguments, format);
        poupa__format(message, sizeof message, format, arguments);
        va_end(arguments);
        if (at)
            poupa__error_text(path, sizeof path, "/%s", at->name);
        poupa__error(r->err, r->status, "%s", message);
        poupa__error_rule(r->err, poupa__rules[rule].code, path);
        r->err->offset = offset;
    }
    return false;
}

static bool fail_memory(reading *r)
{
    r->status = poupa__error_memory(r->err);
    return false;
}

/* Passes on what the scanner of JSON found. */
static bool fail_json(reading *r)
{
    const poupa__json_fault *fault = &r->cursor.fault;
    if (fault->offset < r->cursor.size && r->cursor.data[fault->offset] == '\0')
        return fail_member(r, POUPA__E1003_NUL, NULL, fault->offset, "a NUL byte");
    return fail_member(r, fault->rule, NULL, fault->offset, "%s", fault->message);
}

/* -- Any value ----------------------------------------------------------- */

static bool skip_value(reading *r);

/* Skips a key and its colon, and puts it on the stack. */
static bool line_key(reading *r, poupa__span *out)
{
    poupa__json_cursor *cursor = &r->cursor;
    size_t start = cursor->at;
    if (!poupa__json_string(cursor))
        return fail_json(r);
    poupa__span key = {cursor->data + start + 1, cursor->at - start - 2};
    if (memchr(key.data, '\\', key.size)) {
        poupa_buffer *decoded = &r->general->decoded;
        char *text = decoded->data + decoded->size;
        key.size = poupa__json_unescape(key.data, key.size, text);
        key.data = text;
        decoded->size += key.size;
    }
    if (!poupa__keys_push(&r->general->keys, key, start))
        return fail_memory(r);
    *out = key;
    return poupa__json_colon(cursor) || fail_json(r);
}

/* Ends an object whose keys are those from `first` on. */
static bool end_object(reading *r, size_t first)
{
    if (poupa__json_failed(&r->cursor))
        return fail_json(r);
    const poupa__key *twice;
    if (!poupa__keys_pop(&r->general->keys, first, &twice))
        return fail_memory(r);
    char shown[POUPA__SHOWN_SIZE];
    return twice == NULL || fail_member(r, POUPA__E1006_DUPLICATE_KEY, NULL, twice->offset,
                                        "the key \"%s\" is in this object already",
                                        poupa__shown(twice->text.data, twice->text.size, shown));
}

static bool skip_container(reading *r, char close)
{
    size_t keys = r->general->keys.count;
    poupa__span key;
    if (!poupa__json_open(&r->cursor))
        return fail_json(r);
    for (bool first = true; poupa__json_next(&r->cursor, first, close); first = false) {
        if ((close == '}' && !line_key(r, &key)) || !skip_value(r))
            return false;
    }
    return end_object(r, keys);
}

static bool skip_value(reading *r)
{
    int byte = poupa__json_peek(&r->cursor);
    size_t start = r->cursor.at;
    if (byte == '{' || byte == '[')
        return skip_container(r, byte == '{' ? '}' : ']');
    if (!poupa__json_value(&r->cursor))
        return fail_json(r);
    bool number = byte == '-' || (byte >= '0' && byte <= '9');
    return !number || poupa__number_fits(r->cursor.data + start, r->cursor.at - start) ||
           fail_member(r, POUPA__E1008_NUMBER_RANGE, NULL, start,
                       "a number that is out of range");
}

/* -- The members of the format ------------------------------------------- */

static const char *shown_value(const reading *r, size_t start, char out[POUPA__SHOWN_SIZE])
{
    return poupa__shown(r->cursor.data + start, r->cursor.at - start, out);
}

/* The text at the cursor, decoded. */
static bool line_text(reading *r, const line_member *at, poupa__span *out, poupa__span *raw)
{
    char shown[POUPA__SHOWN_SIZE];
    int byte = poupa__json_peek(&r->cursor);
    size_t start = r->cursor.at;
    if (!skip_value(r))
        return false;
    if (byte != '"')
        return fail_member(r, POUPA__E2002_TYPE, at, start, "%s is a text, found %s", at->name,
                           shown_value(r, start, shown));
    *raw = (poupa__span){r->cursor.data + start + 1, r->cursor.at - start - 1};
    *out = (poupa__span){raw->data, raw->size - 1};
    if (memchr(out->data, '\\', out->size)) {
        poupa_buffer *decoded = &r->general->decoded;
        char *text = decoded->data + decoded->size;
        out->size = poupa__json_unescape(raw->data, raw->size - 1, text);
        out->data = text;
        decoded->size += out->size;
    }
    return true;
}

static bool read_id(reading *r, const line_member *at)
{
    char shown[POUPA__SHOWN_SIZE];
    poupa__span *id = &r->fields->ids[at->target];
    (void)poupa__json_peek(&r->cursor);
    size_t start = r->cursor.at;
    if (!line_text(r, at, id, &r->fields->raws[at->target]))
        return false;
    return poupa__is_id(id->data, id->size) ||
           fail_member(
               r, POUPA__E2003_ID, at, start,
               "\"%s\" is not an id: 1 to 128 of a-z, 0-9, '.', '_' and '-', the first a letter "
               "or a digit",
               poupa__shown(id->data, id->size, shown));
}

static bool line_period(reading *r, const line_member *at)
{
    poupa__span text, raw;
    (void)poupa__json_peek(&r->cursor);
    size_t start = r->cursor.at;
    if (!line_text(r, at, &text, &raw))
        return false;
    poupa_period period;
    poupa_error why;
    if (poupa_period_parse(text.data, text.size, &period, &why) != POUPA_OK)
        return fail_member(r, POUPA__E2011_PERIOD, at, start, "%s", why.message);
    if (period.kind > POUPA_PERIOD_DAY)
        return fail_member(r, POUPA__E2011_PERIOD, at, start,
                           "a record has one year, half-year, quarter, month or day, no range");
    r->fields->period_start = period.first;
    r->fields->period_kind = period.kind;
    return true;
}

/* An integer from 0 to `most`. */
static bool line_integer(reading *r, const line_member *at, int64_t most, int64_t *out)
{
    char shown[POUPA__SHOWN_SIZE];
    int byte = poupa__json_peek(&r->cursor);
    size_t start = r->cursor.at;
    if (!skip_value(r))
        return false;
    const char *text = r->cursor.data + start;
    size_t size = r->cursor.at - start;
    bool number = byte == '-' || (byte >= '0' && byte <= '9');
    if (!number || !poupa__number_is_integer(text, size))
        return fail_member(r, POUPA__E2002_TYPE, at, start, "%s is an integer, found %s",
                           at->name, shown_value(r, start, shown));
    *out = poupa__number_integer(text, size);
    return (*out >= 0 && *out <= most) ||
           fail_member(r, POUPA__E1008_NUMBER_RANGE, at, start, "%s is 0 to %lld, found %s",
                       at->name, (long long)most, shown_value(r, start, shown));
}

static bool line_seconds(reading *r, const line_member *at, int32_t *out)
{
    int64_t value;
    if (!line_integer(r, at, INT32_MAX, &value))
        return false;
    *out = (int32_t)value;
    return true;
}

static bool line_value(reading *r, const line_member *at)
{
    switch (at->target) {
    case POUPA__TARGET_PERIOD:
        return line_period(r, at);
    case POUPA__TARGET_COUNT:
        return line_integer(r, at, INT64_MAX, &r->fields->count);
    case POUPA__TARGET_WAIT:
        return line_seconds(r, at, &r->fields->wait_s);
    case POUPA__TARGET_SERVICE_TIME:
        return line_seconds(r, at, &r->fields->service_s);
    default:
        return read_id(r, at);
    }
}

/* -- Lines --------------------------------------------------------------- */

static const line_member *member_named(poupa__span key)
{
    for (size_t i = 0; i < POUPA__TARGET_KNOWN; i++) {
        if (strlen(line_members[i].name) == key.size &&
            memcmp(line_members[i].name, key.data, key.size) == 0)
            return &line_members[i];
    }
    return NULL;
}

/* Notes where the value that ends at the cursor stands. */
static void note(reading *r, const line_member *known, size_t start, int byte)
{
    poupa__layout *layout = r->layout;
    bool text = byte == '"';
    bool number = byte == '-' || (byte >= '0' && byte <= '9');
    if (layout == NULL || (!text && !number && byte != '{' && byte != '['))
        return;
    if ((!text && !number) || (known && byte == '-') || layout->count == POUPA__LAYOUT_MOST) {
        layout->is_regular = false;
        return;
    }
    layout->places[layout->count++] = (poupa__place_in_line){
        .start = (uint32_t)(start + (text || byte == '-')),
        .end = (uint32_t)r->cursor.at,
        .target = known  ? known->target
                  : text ? POUPA__TARGET_ANY_TEXT
                         : POUPA__TARGET_ANY_NUMBER,
    };
}

static bool line_values(reading *r)
{
    for (bool first = true; poupa__json_next(&r->cursor, first, '}'); first = false) {
        poupa__span key;
        if (!line_key(r, &key))
            return false;
        const line_member *known = member_named(key);
        int byte = poupa__json_peek(&r->cursor);
        size_t start = r->cursor.at;
        if (known && r->seen >> known->target & 1)
            known = NULL; /* the end of the object tells */
        if (!(known ? line_value(r, known) : skip_value(r)))
            return false;
        if (known)
            r->seen |= 1U << known->target;
        note(r, known, start, byte);
    }
    return end_object(r, 0);
}

static bool read_line(reading *r)
{
    poupa__json_cursor *cursor = &r->cursor;
    if (cursor->size >= 3 && memcmp(cursor->data, "\xEF\xBB\xBF", 3) == 0)
        return fail_member(r, POUPA__E1004_BOM, NULL, 0,
                           "the line begins with a byte order mark");
    int byte = poupa__json_peek(cursor);
    size_t start = cursor->at;
    if (byte != '{') {
        if (!skip_value(r))
            return false;
        return fail_member(r, POUPA__E1012_NOT_AN_OBJECT, NULL, start, "a record is an object");
    }
    if (!poupa__json_open(cursor) || !line_values(r))
        return poupa__json_failed(cursor) ? fail_json(r) : false;
    if (poupa__json_peek(cursor) >= 0)
        return fail_member(r, POUPA__E1001_SYNTAX, NULL, cursor->at,
                           "expected the end of the line behind the object");
    for (size_t i = 0; i < POUPA__TARGET_KNOWN; i++) {
        if (line_members[i].required && !(r->seen >> line_members[i].target & 1))
            return fail_member(r, POUPA__E2001_MISSING, &line_members[i], start, "%s is required",
                               line_members[i].name);
    }
    return true;
}

poupa_status poupa__general_read(poupa__general *general, const char *line, size_t size,
                                 poupa__fields *out, poupa__layout *layout, poupa_error *err)
{
    *out = (poupa__fields){.count = 1, .wait_s = -1, .service_s = -1};
    if (layout)
        *layout = (poupa__layout){.is_regular = true};
    general->keys.count = 0;
    general->decoded.size = 0;
    reading r = {
        .general = general,
        .cursor = poupa__json_start(line, size, POUPA__JSON_MAX_DEPTH),
        .fields = out,
        .layout = layout,
        .status = POUPA_OK,
        .err = err,
    };
    /* Decoding never makes a text longer, so that all of a line's texts fit. */
    if (!poupa__buffer_reserve(&general->decoded, size))
        return poupa__error_memory(err);
    return read_line(&r) ? POUPA_OK : r.status;
}
