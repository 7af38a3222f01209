/*
 * values.h - from C values to Lua and back. Functions that push leave one value more on the
 * stack; those that take a value raise what is wrong with it.
 */
#ifndef POUPA_LUA_VALUES_H
#define POUPA_LUA_VALUES_H

/* -- Text ----------------------------------------------------------------- */

/* What C says is absent is nil. */
static void push_text(lua_State *L, const char *text)
{
    if (text && text[0])
        lua_pushstring(L, text);
    else
        lua_pushnil(L);
}

static void push_buffer(lua_State *L, const poupa_buffer *buffer)
{
    lua_pushlstring(L, buffer->size ? buffer->data : "", buffer->size);
}

/* A string, and nothing that Lua would make one; it lives as long as the value does. */
static const char *bytes_from_lua(lua_State *L, const place *at, int index, size_t *size)
{
    if (lua_type(L, index) != LUA_TSTRING)
        refuse(L, at, "a string", index);
    return lua_tolstring(L, index, size);
}

static const char *text_from_lua(lua_State *L, const place *at, int index)
{
    size_t size;
    const char *text = bytes_from_lua(L, at, index, &size);
    if (memchr(text, 0, size))
        fault(L, at, "must not contain NUL characters");
    return text;
}

static const char *text_or_nil_from_lua(lua_State *L, const place *at, int index)
{
    return lua_isnil(L, index) ? NULL : text_from_lua(L, at, index);
}

/* -- Numbers --------------------------------------------------------------- */

/* The largest integer that every smaller one is told apart from. */
#if LUA_VERSION_NUM < 503
#define INTEGER_MOST (INT64_C(1) << 53)
#else
#define INTEGER_MOST INT64_MAX
#endif

static void push_integer(lua_State *L, int64_t number)
{
#if LUA_VERSION_NUM < 503
    if (number > INTEGER_MOST || number < -INTEGER_MOST) {
        char digits[32];
        snprintf(digits, sizeof digits, "%" PRId64, number);
        luaL_error(L, "%s is beyond 2^53, which this Lua cannot tell exactly", digits);
    }
    lua_pushnumber(L, (lua_Number)number);
#else
    lua_pushinteger(L, number);
#endif
}

static void push_count(lua_State *L, uint64_t number)
{
    if (number > INT64_MAX)
        luaL_error(L, "a count is beyond 2^63");
    push_integer(L, (int64_t)number);
}

/* Whether a value is a number without a fraction that fits. */
static bool is_integer(lua_State *L, int index, int64_t *out)
{
    if (lua_type(L, index) != LUA_TNUMBER)
        return false;
#if LUA_VERSION_NUM < 503
    lua_Number number = lua_tonumber(L, index);
    if (!(number >= -(double)INTEGER_MOST && number <= (double)INTEGER_MOST))
        return false;
    *out = (int64_t)number;
    return (lua_Number)*out == number;
#else
    int fits;
    *out = lua_tointegerx(L, index, &fits);
    return fits;
#endif
}

static int64_t integer_from_lua(lua_State *L, const place *at, int index, int64_t least,
                                int64_t most)
{
    int64_t number = 0;
    char expected[80];
    if (is_integer(L, index, &number) && number >= least && number <= most)
        return number;
    snprintf(expected, sizeof expected, "an integer from %" PRId64 " to %" PRId64,
             least < -INTEGER_MOST ? -INTEGER_MOST : least,
             most > INTEGER_MOST ? INTEGER_MOST : most);
    if (lua_type(L, index) != LUA_TNUMBER)
        return refuse(L, at, expected, index);
    lua_pushvalue(L, index);
    return fault(L, at, lua_pushfstring(L, "must be %s, not %s", expected, lua_tostring(L, -1)));
}

static double number_from_lua(lua_State *L, const place *at, int index)
{
    if (lua_type(L, index) != LUA_TNUMBER)
        refuse(L, at, "a number", index);
    return lua_tonumber(L, index);
}

static bool boolean_from_lua(lua_State *L, const place *at, int index)
{
    if (lua_type(L, index) != LUA_TBOOLEAN)
        refuse(L, at, "a boolean", index);
    return lua_toboolean(L, index);
}

static void push_optional(lua_State *L, poupa_optional number)
{
    if (number.present)
        lua_pushnumber(L, number.value);
    else
        lua_pushnil(L);
}

/* What is not known is nil. */
static void push_known(lua_State *L, double number)
{
    push_optional(L, (poupa_optional){number, number == number});
}

/* -- Tables ------------------------------------------------------------------ */

static void table_from_lua(lua_State *L, const place *at, int index)
{
    if (lua_type(L, index) != LUA_TTABLE)
        refuse(L, at, "a table", index);
}

/* Refuses what is no table, and keys that are none of `known`, which ends with NULL. */
static void options_from_lua(lua_State *L, const place *at, int index, const char *const *known)
{
    table_from_lua(L, at, index);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;
        const char *const *name = known;
        while (key && *name && strcmp(*name, key) != 0)
            name++;
        if (key == NULL)
            fault(L, at, lua_pushfstring(L, "has a key that is %s", said_of(L, -2)));
        else if (*name == NULL)
            fault(L, at, lua_pushfstring(L, "has no member \"%s\"", key));
    }
}

/* Pushes a member of a table, whatever metatable that has, and returns the index of it. */
static int push_member(lua_State *L, int index, const char *name)
{
    lua_pushstring(L, name);
    lua_rawget(L, index);
    return lua_gettop(L);
}

/* The same of the member of an argument. The value lives as long as the table has it. */
static const char *member_text(lua_State *L, place at, int index, const char *name)
{
    at.part = name;
    const char *text = text_or_nil_from_lua(L, &at, push_member(L, index, name));
    lua_pop(L, 1);
    return text;
}

static int64_t member_integer(lua_State *L, place at, int index, const char *name, int64_t most)
{
    at.part = name;
    int member = push_member(L, index, name);
    int64_t number = lua_isnil(L, member) ? 0 : integer_from_lua(L, &at, member, 0, most);
    lua_pop(L, 1);
    return number;
}

/* Pushes memory with the texts of a list, which live as long as the list has them. */
static poupa_texts texts_from_lua(lua_State *L, const place *at, int index)
{
    table_from_lua(L, at, index);
    size_t count = lua_rawlen(L, index);
    const char **items = lua_newuserdata(L, (count + 1) * sizeof *items);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, index, (int)i + 1);
        items[i] = text_from_lua(L, at, lua_gettop(L));
        lua_pop(L, 1);
    }
    return (poupa_texts){items, count};
}

static void push_texts(lua_State *L, const char *const *items, size_t count)
{
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_pushstring(L, items[i]);
        lua_rawseti(L, -2, (int)i + 1);
    }
}

/* Members of the table on top of the stack. */
static void set_text(lua_State *L, const char *name, const char *text)
{
    push_text(L, text);
    lua_setfield(L, -2, name);
}

static void set_count(lua_State *L, const char *name, uint64_t number)
{
    push_count(L, number);
    lua_setfield(L, -2, name);
}

/* A line, a column or an offset; absent where `line` is 0. */
static void set_position(lua_State *L, size_t line, size_t column, size_t offset)
{
    if (line == 0)
        return;
    set_count(L, "line", line);
    set_count(L, "column", column);
    set_count(L, "offset", offset);
}

/* -- Intervals ---------------------------------------------------------------- */

static void push_interval(lua_State *L, poupa_interval interval)
{
    lua_createtable(L, 0, 3);
    lua_pushnumber(L, interval.value);
    lua_setfield(L, -2, "value");
    lua_pushnumber(L, interval.low);
    lua_setfield(L, -2, "low");
    lua_pushnumber(L, interval.high);
    lua_setfield(L, -2, "high");
}

static double member_number(lua_State *L, place at, int index, const char *name)
{
    at.part = name;
    double number = number_from_lua(L, &at, push_member(L, index, name));
    lua_pop(L, 1);
    return number;
}

static poupa_interval interval_from_lua(lua_State *L, const place *at, int index)
{
    table_from_lua(L, at, index);
    return (poupa_interval){member_number(L, *at, index, "value"),
                            member_number(L, *at, index, "low"),
                            member_number(L, *at, index, "high")};
}

/* Pushes memory with the intervals of a list. */
static poupa_interval *intervals_from_lua(lua_State *L, const place *at, int index, size_t *count)
{
    table_from_lua(L, at, index);
    *count = lua_rawlen(L, index);
    poupa_interval *items = lua_newuserdata(L, (*count + 1) * sizeof *items);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(L, index, (int)i + 1);
        items[i] = interval_from_lua(L, at, lua_gettop(L));
        lua_pop(L, 1);
    }
    return items;
}

/* -- Dates and periods ------------------------------------------------------ */

static void push_date(lua_State *L, poupa_date date)
{
    char text[POUPA_DATE_SIZE];
    poupa_date_print(date, text);
    push_text(L, text);
}

static poupa_date date_from_lua(lua_State *L, const place *at, int index)
{
    poupa_date date = {0, 0, 0};
    poupa_error err;
    size_t size;
    if (lua_isnil(L, index))
        return date;
    const char *text = bytes_from_lua(L, at, index, &size);
    if (poupa_date_parse(text, size, &date, &err) != POUPA_OK)
        fault(L, at, lua_pushfstring(L, "is no date: %s", err.message));
    return date;
}

static void push_period(lua_State *L, poupa_period period)
{
    char text[POUPA_PERIOD_SIZE];
    poupa_period_print(period, text);
    push_text(L, text);
}

static poupa_period period_from_lua(lua_State *L, const place *at, int index)
{
    poupa_period period = {0, 0, 0, 0, 0};
    poupa_error err;
    size_t size;
    if (lua_isnil(L, index))
        return period;
    const char *text = bytes_from_lua(L, at, index, &size);
    if (poupa_period_parse(text, size, &period, &err) != POUPA_OK)
        fault(L, at, lua_pushfstring(L, "is no period: %s", err.message));
    return period;
}

static poupa_period member_period(lua_State *L, place at, int index, const char *name)
{
    at.part = name;
    poupa_period period = period_from_lua(L, &at, push_member(L, index, name));
    lua_pop(L, 1);
    return period;
}

/* A period as what it is made of: days since 1970-01-01 and kinds. */
typedef poupa_period poupa_parts;

static void push_parts(lua_State *L, poupa_period period)
{
    if (period.kind == POUPA_PERIOD_NONE) {
        lua_pushnil(L);
        return;
    }
    lua_createtable(L, 0, 5);
    if (period.first != POUPA_DAY_MIN) {
        push_integer(L, period.first);
        lua_setfield(L, -2, "first");
    }
    push_integer(L, period.last);
    lua_setfield(L, -2, "last");
    set_count(L, "kind", period.kind);
    set_count(L, "first_kind", period.first_kind);
    set_count(L, "last_kind", period.last_kind);
}

/* -- Entities --------------------------------------------------------------- */

static swig_type_info *entity_type(int kind)
{
    swig_type_info *const types[POUPA_KIND_COUNT] = {
        SWIGTYPE_p_poupa_source,  SWIGTYPE_p_poupa_area,     SWIGTYPE_p_poupa_organization,
        SWIGTYPE_p_poupa_program, SWIGTYPE_p_poupa_channel,  SWIGTYPE_p_poupa_unit,
        SWIGTYPE_p_poupa_service, SWIGTYPE_p_poupa_offering, SWIGTYPE_p_poupa_indicator,
        SWIGTYPE_p_poupa_metric,  SWIGTYPE_p_poupa_target,   SWIGTYPE_p_poupa_claim};
    return kind >= 0 && kind < POUPA_KIND_COUNT ? types[kind] : NULL;
}

/* Entities that calls give are those of the catalogue that is their first argument. */
#define CATALOG_INDEX 1

static void push_entity(lua_State *L, int kind, const void *entity)
{
    push_borrowed(L, entity, entity_type(kind), CATALOG_INDEX);
}

static const void *entity_from_lua(lua_State *L, const place *at, int index, int kind)
{
    if (entity_type(kind) == NULL)
        luaL_error(L, "%s: %d is no kind of entity", at->function, kind);
    return object_from_lua(L, at, index, entity_type(kind));
}

static void push_list(lua_State *L, const poupa_list *list)
{
    lua_createtable(L, (int)list->count, 0);
    for (size_t i = 0; i < list->count; i++) {
        push_entity(L, (int)list->kind, list->items[i]);
        lua_rawseti(L, -2, (int)i + 1);
    }
}

#endif
