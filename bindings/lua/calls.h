/*
 * calls.h - Lua functions that the library calls back: for input, output, bad lines and progress.
 *
 * They are called protected, from the frames of the library. What they raise stays on top of the
 * stack until the call is over, and is raised again then.
 */
#ifndef POUPA_LUA_CALLS_H
#define POUPA_LUA_CALLS_H

/* The table that a stream keeps, or that a call has while it lasts. */
enum {
    KEPT_OBJECT = 1, /* the stream itself */
    KEPT_CALLS,      /* the struct below */
    KEPT_READ,       /* functions, or false */
    KEPT_WRITE,
    KEPT_PROGRESS,
    KEPT_PIECE, /* what `read` gave last, or false */
    KEPT_DATA,  /* the string that a stream reads */
    KEPT_COUNT = KEPT_DATA
};

/* What is on the stack while the library may call back, from `first` on. */
enum { SLOT_CALL, SLOT_READ, SLOT_WRITE, SLOT_PROGRESS, SLOT_PIECE, SLOT_SAID, SLOT_COUNT };

/* How to read records, and what that needs of Lua. */
typedef struct poupa_calls {
    poupa_ndjson_options options;
    lua_State *L; /* while a call lasts; else NULL */
    int kept;     /* where the table is on the stack */
    int first;    /* where the slots are */
    bool raised;
    bool stopped;
    bool ended;  /* `read` gave nothing */
    size_t used; /* bytes of the piece */
    bool once;   /* only for one call */
    char *text;  /* a copy of what is read, or NULL */
} poupa_calls;

static bool calls_last(const poupa_calls *calls)
{
    return calls && calls->L;
}

/* What threads read stays where it is when a function that was called closes the state. */
static void calls_drop(void *content)
{
    poupa_calls *calls = content;
    if (calls_last(calls))
        return;
    free(calls->text);
    calls->text = NULL;
}

/* About how many bytes a stream or a decoder takes. */
static size_t calls_size(const poupa_calls *calls)
{
    enum { READER = 160 << 10, THREAD = 512 << 10 };
    size_t threads = calls->options.threads;
    return READER + (threads > 1 ? threads * THREAD : 0);
}

/* One call back. */
typedef struct call {
    int slot;
    const char *data;
    size_t size; /* of the data, or how much is asked for */
    const poupa_ndjson_counts *counts;
    bool stopped;
} call;

/* Called protected, with the function and a call: gives what the function gave, or, where that
 * stops the library, why. */
static int call_protected(lua_State *L)
{
    call *made = lua_touserdata(L, 2);
    lua_settop(L, 1);
    if (made->slot == SLOT_WRITE)
        lua_pushlstring(L, made->data, made->size);
    else if (made->slot == SLOT_PROGRESS)
        push_counts(L, made->counts);
    else
        push_count(L, made->size);
    lua_call(L, 1, 2);
    made->stopped = !lua_toboolean(L, 1) && (!lua_isnil(L, 1) || !lua_isnil(L, 2));
    if (made->stopped)
        return 1;
    if (made->slot == SLOT_READ && !lua_isnil(L, 1) && lua_type(L, 1) != LUA_TSTRING)
        return luaL_error(L, "read must return a string or nil, not %s", said_of(L, 1));
    lua_settop(L, 1);
    return 1;
}

/* Calls a function; false where that ends the call. What `read` gives becomes the piece. */
static bool call_back(poupa_calls *calls, call made)
{
    lua_State *L = calls->L;
    if (L == NULL || calls->raised || calls->stopped)
        return false;
    lua_pushvalue(L, calls->first + SLOT_CALL);
    lua_pushvalue(L, calls->first + made.slot);
    lua_pushlightuserdata(L, &made);
    calls->raised = lua_pcall(L, 2, 1, 0) != 0;
    if (calls->raised)
        return false;
    calls->stopped = made.stopped;
    if (made.stopped)
        lua_replace(L, calls->first + SLOT_SAID);
    else if (made.slot == SLOT_READ)
        lua_replace(L, calls->first + SLOT_PIECE);
    else
        lua_pop(L, 1);
    return !made.stopped;
}

/* A poupa_write_fn. */
static bool call_write(void *context, const char *data, size_t size)
{
    return call_back(context, (call){.slot = SLOT_WRITE, .data = data, .size = size});
}

static bool call_progress(void *context, const poupa_ndjson_counts *counts)
{
    return call_back(context, (call){.slot = SLOT_PROGRESS, .counts = counts});
}

/* A poupa_read_fn: takes pieces of any size, as `load` does. */
static ptrdiff_t call_read(void *context, char *buffer, size_t capacity)
{
    poupa_calls *calls = context;
    if (calls->L == NULL)
        return -1;
    int piece = calls->first + SLOT_PIECE;
    while (!calls->ended && calls->used >= lua_rawlen(calls->L, piece)) {
        if (!call_back(calls, (call){.slot = SLOT_READ, .size = capacity}))
            return -1;
        calls->used = 0;
        calls->ended = lua_rawlen(calls->L, piece) == 0;
    }
    if (calls->ended)
        return 0;
    size_t size;
    const char *text = lua_tolstring(calls->L, piece, &size);
    size -= calls->used;
    if (size > capacity)
        size = capacity;
    memcpy(buffer, text + calls->used, size);
    calls->used += size;
    return (ptrdiff_t)size;
}

/* -- Before and after -------------------------------------------------------------- */

/* Pushes a table with calls and no functions. */
static poupa_calls *calls_new(lua_State *L)
{
    lua_createtable(L, KEPT_COUNT, 0);
    int kept = lua_gettop(L);
    poupa_calls *calls = scratch_new(L, sizeof *calls, calls_drop);
    calls->kept = kept;
    lua_rawseti(L, kept, KEPT_CALLS);
    for (int i = KEPT_READ; i <= KEPT_COUNT; i++) {
        lua_pushboolean(L, 0);
        lua_rawseti(L, kept, i);
    }
    lua_pushboolean(L, 0);
    lua_rawseti(L, kept, KEPT_OBJECT);
    return calls;
}

/* Keeps a function that is a member of the options; whether there is one. */
static bool keep_function(lua_State *L, place at, int index, const char *name, int kept, int as)
{
    at.part = name;
    int function = push_member(L, index, name);
    bool given = !lua_isnil(L, function);
    if (given && lua_type(L, function) != LUA_TFUNCTION)
        refuse(L, &at, "a function", function);
    if (given)
        lua_rawseti(L, kept, as);
    else
        lua_pop(L, 1);
    return given;
}

static poupa_on_error on_error_from_lua(lua_State *L, place at, int index)
{
    static const char *const words[] = {"fail", "skip", "quarantine"};
    at.part = "on_error";
    const char *word = member_text(L, at, index, at.part);
    for (int i = 0; i < 3; i++) {
        if (word == NULL || strcmp(word, words[i]) == 0)
            return (poupa_on_error)i;
    }
    fault(L, &at, "must be \"fail\", \"skip\" or \"quarantine\"");
    return POUPA_ON_ERROR_FAIL;
}

/* Pushes a table with calls made of options. `read` must be one of them where `reading`, and is
 * then called from this thread alone. */
static poupa_calls *calls_from_lua(lua_State *L, const place *at, int index, bool reading)
{
    static const char *const known[] = {"on_error",   "threads",  "max_line", "batch_rows",
                                        "quarantine", "progress", "read",     NULL};
    poupa_calls *calls = calls_new(L);
    poupa_ndjson_options *options = &calls->options;
    bool read = false;
    if (!lua_isnil(L, index)) {
        options_from_lua(L, at, index, known);
        options->on_error = on_error_from_lua(L, *at, index);
        options->threads = (uint32_t)member_integer(L, *at, index, known[1], UINT32_MAX);
        options->max_line = (size_t)member_integer(L, *at, index, known[2], INT64_MAX);
        options->batch_rows = (size_t)member_integer(L, *at, index, known[3], INT64_MAX);
        options->quarantine_context = options->progress_context = calls;
        if (keep_function(L, *at, index, known[4], calls->kept, KEPT_WRITE))
            options->quarantine = call_write;
        if (keep_function(L, *at, index, known[5], calls->kept, KEPT_PROGRESS))
            options->progress = call_progress;
        read = keep_function(L, *at, index, known[6], calls->kept, KEPT_READ);
    }
    if (read != reading)
        fault(L, at, reading ? "must have a function \"read\"" : "must have no \"read\"");
    if (read)
        options->threads = 1;
    return calls;
}

/* Pushes a table with calls of one function that takes what is written. */
static poupa_calls *writer_from_lua(lua_State *L, const place *at, int index)
{
    if (lua_type(L, index) != LUA_TFUNCTION)
        refuse(L, at, "a function", index);
    poupa_calls *calls = calls_new(L);
    lua_pushvalue(L, index);
    lua_rawseti(L, calls->kept, KEPT_WRITE);
    return calls;
}

/* The text to read: that of a string, or a copy that outlives the state, where other threads read
 * it while a function that is called may close that. */
static const char *calls_text(lua_State *L, poupa_calls *calls, const char *text, size_t size)
{
    const poupa_ndjson_options *options = &calls->options;
    if (options->threads < 2 || size == 0 || !(options->quarantine || options->progress))
        return text;
    calls->text = malloc(size);
    if (calls->text == NULL)
        luaL_error(L, "not enough memory");
    return memcpy(calls->text, text, size);
}

/* The calls of a stream, whose table it pushes. */
static poupa_calls *calls_of(lua_State *L, const place *at, int index, swig_type_info *type)
{
    const poupa_object *stream = live_object(L, at, index, type);
    if (calls_last(stream->calls))
        fault(L, at, "cannot be used by the functions that it calls");
    lua_getuservalue(L, index);
    stream->calls->kept = lua_gettop(L);
    return stream->calls;
}

/* Puts what the library may call on the stack. The last thing before the call. */
static void calls_begin(lua_State *L, poupa_calls *calls)
{
    static const int slots[] = {KEPT_READ, KEPT_WRITE, KEPT_PROGRESS, KEPT_PIECE};
    luaL_checkstack(L, SLOT_COUNT + 4, "too many calls");
    calls->first = lua_gettop(L) + 1;
    lua_pushcfunction(L, call_protected);
    for (int i = 0; i < 4; i++)
        lua_rawgeti(L, calls->kept, slots[i]);
    lua_pushnil(L);
    calls->raised = calls->stopped = false;
    calls->L = L;
}

/* The first thing after the call: raises again what was raised; else where is said why it was
 * stopped, or 0. */
static int calls_end(lua_State *L, poupa_calls *calls)
{
    calls->L = NULL;
    if (calls->once)
        calls_drop(calls);
    if (calls->raised)
        lua_error(L);
    lua_pushvalue(L, calls->first + SLOT_PIECE);
    lua_rawseti(L, calls->kept, KEPT_PIECE);
    return calls->stopped ? calls->first + SLOT_SAID : 0;
}

/* Makes a stream keep what it calls. */
static void calls_keep(lua_State *L, poupa_calls *calls, int stream)
{
    ((poupa_object *)lua_touserdata(L, stream))->calls = calls;
    lua_pushvalue(L, stream);
    lua_rawseti(L, calls->kept, KEPT_OBJECT);
    lua_pushvalue(L, calls->kept);
    lua_setuservalue(L, stream);
}

/* -- Functions of Lua ---------------------------------------------------------------- */

/* busy(object): whether the library is calling a function of Lua for it. */
static int is_busy(lua_State *L)
{
    const poupa_object *object = object_at(L, 1);
    lua_pushboolean(L, object && calls_last(object->calls));
    return 1;
}

/* call(function, ...): pcall of a function that cannot yield, since something must follow it. */
static int call_through(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushboolean(L, lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0) == 0);
    lua_insert(L, 1);
    return lua_gettop(L);
}

/* same_file(a, b): whether two paths lead to one file that keeps what is written to it. */
static int is_same_file(lua_State *L)
{
    struct stat files[2];
    for (int i = 0; i < 2; i++) {
        const place at = {"same_file", i + 1, "path", NULL};
        const char *path = text_from_lua(L, &at, i + 1);
        if (stat(path, &files[i]) != 0 || !S_ISREG(files[i].st_mode)) {
            lua_pushboolean(L, 0);
            return 1;
        }
    }
    lua_pushboolean(L, files[0].st_dev == files[1].st_dev && files[0].st_ino == files[1].st_ino);
    return 1;
}

/* close(object): ends an object that owns what it points to, as the collector would. */
static int close_object(lua_State *L)
{
    const place at = {"close", 1, "object", NULL};
    poupa_object *object = object_at(L, 1);
    if (object == NULL || object->owner != object)
        return refuse(L, &at, "an object that is not borrowed", 1);
    if (calls_last(object->calls))
        return fault(L, &at, "cannot be closed by the functions that it calls");
    object_end(object);
    lua_pushboolean(L, 1);
    return 1;
}

#endif
