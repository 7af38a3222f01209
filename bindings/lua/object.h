/*
 * object.h - the library's objects as userdata, and the words in which arguments are refused.
 *
 * Whatever must be freed is in a userdata before the library fills it in, so that an error may
 * leave by lua_error at any time, but never through the frames of the library.
 */
#ifndef POUPA_LUA_OBJECT_H
#define POUPA_LUA_OBJECT_H

#if LUA_VERSION_NUM < 502
#define lua_getuservalue lua_getfenv
#define lua_setuservalue lua_setfenv
#endif

/* A pointer to one of the library's objects. The user value of an owner is a table with itself
 * at 1, and what it needs besides; that of a borrowed pointer is the table of its owner. */
typedef struct poupa_object {
    void *pointer; /* NULL before it is made, and once it has ended */
    swig_type_info *type;
    struct poupa_object *owner; /* itself, or what the pointer is borrowed from */
    struct poupa_calls *calls;  /* of a stream or a decoder */
} poupa_object;

/* Metatables of ours have something at the addresses of these. */
static char object_key, owner_key, borrowed_key, scratch_key;

static const char *type_name(const swig_type_info *type)
{
    return ((const swig_lua_class *)type->clientdata)->name;
}

/* The object at an index; NULL where there is something else. */
static poupa_object *object_at(lua_State *L, int index)
{
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index))
        return NULL;
    int metatable = lua_gettop(L);
    lua_rawgetp(L, metatable, &object_key);
    bool ours = lua_toboolean(L, -1);
    lua_pop(L, 2);
    return ours ? lua_touserdata(L, index) : NULL;
}

/* -- Arguments ---------------------------------------------------------------- */

/* Which value it is about. */
typedef struct place {
    const char *function;
    int argument;
    const char *name;
    const char *part; /* of the argument; NULL for all of it */
} place;

/* What is said of a value: "nil", "a number", "a service". It may stay on the stack. */
static const char *said_of(lua_State *L, int index)
{
    const poupa_object *object = object_at(L, index);
    const char *name = object ? type_name(object->type) : luaL_typename(L, index);
    if (lua_type(L, index) <= LUA_TNIL)
        return name;
    return lua_pushfstring(L, "%s %s", strchr("aeio", name[0]) ? "an" : "a", name);
}

/* Raises what is wrong with a value. */
static int fault(lua_State *L, const place *at, const char *what)
{
    if (at->part)
        return luaL_error(L, "%s: argument %d (%s): %s %s", at->function, at->argument, at->name,
                          at->part, what);
    return luaL_error(L, "%s: argument %d (%s) %s", at->function, at->argument, at->name, what);
}

/* Raises that a value is not what it must be. */
static int refuse(lua_State *L, const place *at, const char *expected, int index)
{
    const char *found = said_of(L, index);
    return fault(L, at, lua_pushfstring(L, "must be %s, not %s", expected, found));
}

static poupa_object *live_object(lua_State *L, const place *at, int index, swig_type_info *type)
{
    poupa_object *object = object_at(L, index);
    if (object == NULL || object->type != type) {
        const char *name = type_name(type);
        refuse(L, at, lua_pushfstring(L, "%s %s", strchr("aeio", name[0]) ? "an" : "a", name),
               index);
        return NULL;
    }
    if (object->pointer == NULL || object->owner->pointer == NULL)
        fault(L, at, "has ended");
    return object;
}

static void *object_from_lua(lua_State *L, const place *at, int index, swig_type_info *type)
{
    return live_object(L, at, index, type)->pointer;
}

/* SWIG asks for the number of arguments by this name. */
#undef SWIG_check_num_args
#define SWIG_check_num_args(function, least, most) check_count(L, function, least);

static void check_count(lua_State *L, const char *function, int count)
{
    if (strncmp(function, "poupa_", 6) == 0)
        function += 6;
    if (lua_gettop(L) != count)
        luaL_error(L, "%s: expected %d argument%s, got %d", function, count,
                   count == 1 ? "" : "s", lua_gettop(L));
}

/* -- Making and ending ---------------------------------------------------------- */

/* Pushes an object for the library to make. */
static poupa_object *object_new(lua_State *L, swig_type_info *type)
{
    poupa_object *object = lua_newuserdata(L, sizeof *object);
    *object = (poupa_object){NULL, type, object, NULL};
    lua_createtable(L, 1, 0);
    lua_pushvalue(L, -2);
    lua_rawseti(L, -2, 1);
    lua_setuservalue(L, -2);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &owner_key);
    lua_setmetatable(L, -2);
    return object;
}

/* Pushes a pointer that is borrowed from the object at an index; nil for NULL. */
static void push_borrowed(lua_State *L, const void *pointer, swig_type_info *type, int index)
{
    if (pointer == NULL) {
        lua_pushnil(L);
        return;
    }
    poupa_object *owner = ((poupa_object *)lua_touserdata(L, index))->owner;
    poupa_object *object = lua_newuserdata(L, sizeof *object);
    *object = (poupa_object){(void *)(uintptr_t)pointer, type, owner, NULL};
    lua_getuservalue(L, index);
    lua_setuservalue(L, -2);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &borrowed_key);
    lua_setmetatable(L, -2);
}

/* Whether the library is at work with them, how much what reads by them takes, and the end of
 * what they keep for it: see calls.h. */
static bool calls_last(const struct poupa_calls *calls);
static size_t calls_size(const struct poupa_calls *calls);
static void calls_drop(void *calls);

/* A state may be closed, and the process ended, by a function that a stream calls: what the
 * library is at work with then stays. */
static void object_end(poupa_object *object)
{
    void *pointer = object->pointer;
    object->pointer = NULL;
    if (pointer == NULL || object->owner != object || calls_last(object->calls))
        return;
    ((swig_lua_class *)object->type->clientdata)->destructor(pointer);
    if (object->calls)
        calls_drop(object->calls);
}

/* About how many bytes an object takes. */
static size_t object_size(const poupa_object *object)
{
    enum { ENTITY = 600, ROW = 40, FINDING = 200, GROUP = 160, SOME = 4096 };
    size_t size = SOME;
    if (object->calls)
        size += calls_size(object->calls);
    if (object->type == SWIGTYPE_p_poupa_catalog) {
        for (int kind = 0; kind < POUPA_KIND_COUNT; kind++)
            size += ENTITY * poupa_catalog_count(object->pointer, (poupa_kind)kind);
    } else if (object->type == SWIGTYPE_p_poupa_attendance) {
        size += ROW * poupa_attendance_rows(object->pointer);
    } else if (object->type == SWIGTYPE_p_poupa_rollup_table) {
        size += GROUP * poupa_rollup_table_count(object->pointer);
    } else if (object->type == SWIGTYPE_p_poupa_document) {
        size_t text;
        poupa_document_text(object->pointer, &text);
        size += 3 * text + FINDING * poupa_report_count(poupa_document_report(object->pointer));
    }
    return size;
}

/* Pushes once more what was made at an index; nil where nothing was. Lua's collector sees a few
 * bytes of it: it does as much work as the whole asks for. Plain Lua 5.1 does not tell
 * whether it was stopped. */
static void push_made(lua_State *L, int index)
{
    const poupa_object *object = lua_touserdata(L, index);
    if (object->pointer == NULL) {
        lua_pushnil(L);
        return;
    }
#ifdef LUA_GCISRUNNING
    bool running = lua_gc(L, LUA_GCISRUNNING, 0);
#else
    bool running = true;
#endif
    size_t size = object_size(object) / 1024;
    if (running)
        lua_gc(L, LUA_GCSTEP, size < 1 << 20 ? (int)size : 1 << 20);
    lua_pushvalue(L, index);
}

/* -- What a call needs while it lasts -------------------------------------------- */

typedef struct scratch {
    void (*drop)(void *content); /* fine to be called twice */
    void *content[];
} scratch;

/* Pushes zeroed memory that is dropped by the collector at the latest. */
static void *scratch_new(lua_State *L, size_t size, void (*drop)(void *content))
{
    scratch *made = lua_newuserdata(L, sizeof *made + size);
    memset(made, 0, sizeof *made + size);
    made->drop = drop;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &scratch_key);
    lua_setmetatable(L, -2);
    return made->content;
}

static void drop_list(void *list)
{
    poupa_list_free(list);
}

static void drop_derived(void *list)
{
    poupa_derived_list_free(list);
}

static void drop_buffer(void *buffer)
{
    poupa_buffer_free(buffer);
}

/* -- Functions of Lua -------------------------------------------------------------- */

static int collect_object(lua_State *L)
{
    poupa_object *object = object_at(L, 1);
    if (object)
        object_end(object);
    return 0;
}

static int collect_scratch(lua_State *L)
{
    scratch *held = lua_touserdata(L, 1);
    held->drop(held->content);
    return 0;
}

/* type(x): the name of the type of a live object; nil for anything else. */
static int type_of(lua_State *L)
{
    luaL_checkany(L, 1);
    const poupa_object *object = object_at(L, 1);
    if (object && object->pointer && object->owner->pointer)
        lua_pushstring(L, type_name(object->type));
    else
        lua_pushnil(L);
    return 1;
}

/* Pushes a metatable that nobody sees, and keeps it for the objects to come. */
static void metatable_new(lua_State *L, const void *key, lua_CFunction collect)
{
    lua_createtable(L, 0, 3);
    int made = lua_gettop(L);
    lua_pushboolean(L, 0);
    lua_setfield(L, made, "__metatable");
    if (collect) {
        lua_pushcfunction(L, collect);
        lua_setfield(L, made, "__gc");
    }
    if (key != &scratch_key) {
        lua_pushboolean(L, 1);
        lua_rawsetp(L, made, &object_key);
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

#endif
