/*
 * records.h - attendance records, their tables and rollups, from C to Lua and back.
 */
#ifndef POUPA_LUA_RECORDS_H
#define POUPA_LUA_RECORDS_H

/* -- Records ----------------------------------------------------------------- */

static void set_seconds(lua_State *L, const char *name, poupa_seconds seconds)
{
    if (!seconds.present)
        return;
    push_integer(L, seconds.value);
    lua_setfield(L, -2, name);
}

static void push_record(lua_State *L, const poupa_record *record)
{
    lua_createtable(L, 0, 7);
    push_period(L, record->period);
    lua_setfield(L, -2, "period");
    set_text(L, "unit", record->unit);
    set_text(L, "service", record->service);
    set_text(L, "channel", record->channel);
    push_integer(L, record->count);
    lua_setfield(L, -2, "count");
    set_seconds(L, "wait_s", record->wait_s);
    set_seconds(L, "service_s", record->service_s);
}

/* A text that must be there. */
static const char *needed_text(lua_State *L, place at, int index, const char *name)
{
    at.part = name;
    const char *text = text_from_lua(L, &at, push_member(L, index, name));
    lua_pop(L, 1);
    return text;
}

static int64_t needed_integer(lua_State *L, place at, int index, const char *name)
{
    at.part = name;
    int64_t number = integer_from_lua(L, &at, push_member(L, index, name), 0, INT64_MAX);
    lua_pop(L, 1);
    return number;
}

static poupa_seconds member_seconds(lua_State *L, place at, int index, const char *name)
{
    int member = push_member(L, index, name);
    bool present = !lua_isnil(L, member);
    lua_pop(L, 1);
    return (poupa_seconds){(int32_t)member_integer(L, at, index, name, INT32_MAX), present};
}

static poupa_record record_from_lua(lua_State *L, const place *at, int index)
{
    static const char *const known[] = {"period", "unit",   "service",   "channel",
                                        "count",  "wait_s", "service_s", NULL};
    options_from_lua(L, at, index, known);
    return (poupa_record){.period = member_period(L, *at, index, known[0]),
                          .unit = member_text(L, *at, index, known[1]),
                          .service = needed_text(L, *at, index, known[2]),
                          .channel = needed_text(L, *at, index, known[3]),
                          .count = needed_integer(L, *at, index, known[4]),
                          .wait_s = member_seconds(L, *at, index, known[5]),
                          .service_s = member_seconds(L, *at, index, known[6])};
}

/* Pushes memory with the tables of a list. */
static poupa_attendance **tables_from_lua(lua_State *L, const place *at, int index, size_t *count)
{
    table_from_lua(L, at, index);
    *count = lua_rawlen(L, index);
    poupa_attendance **tables = lua_newuserdata(L, (*count + 1) * sizeof *tables);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(L, index, (int)i + 1);
        tables[i] = object_from_lua(L, at, lua_gettop(L), SWIGTYPE_p_poupa_attendance);
        lua_pop(L, 1);
    }
    return tables;
}

static void push_counts(lua_State *L, const poupa_ndjson_counts *counts)
{
    lua_createtable(L, 0, 4);
    set_count(L, "good", counts->good);
    set_count(L, "bad", counts->bad);
    set_count(L, "blank", counts->blank);
    set_count(L, "bytes", counts->bytes);
}

/* -- Rollups ------------------------------------------------------------------ */

static poupa_group group_from_lua(lua_State *L, const place *at, int index)
{
    poupa_group group;
    const char *word = text_from_lua(L, at, index);
    if (!poupa_group_find(word, &group))
        fault(L, at, lua_pushfstring(L, "has no group \"%s\"", word));
    return group;
}

static void push_group(lua_State *L, poupa_group group)
{
    push_text(L, poupa_group_name(group));
}

static void push_groups(lua_State *L, const poupa_group *groups, size_t count)
{
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        push_group(L, groups[i]);
        lua_rawseti(L, -2, (int)i + 1);
    }
}

/* The options of a rollup with what they point to, but for the values of filters. */
typedef struct rollup_plan {
    poupa_rollup_options options;
    poupa_group by[POUPA_GROUPS_MAX];
    poupa_rollup_filter filters[POUPA_GROUPS_MAX];
} rollup_plan;

/* Pushes a list that is a member; its length, 0 where there is none. */
static size_t push_groups_of(lua_State *L, const place *at, int index)
{
    int list = push_member(L, index, at->part);
    if (lua_isnil(L, list))
        return 0;
    table_from_lua(L, at, list);
    if (lua_rawlen(L, list) > POUPA_GROUPS_MAX)
        fault(L, at, lua_pushfstring(L, "must be a table of at most %d", POUPA_GROUPS_MAX));
    return lua_rawlen(L, list);
}

/* A filter, the value on top; leaves the texts that it needs on the stack. */
static poupa_rollup_filter filter_from_lua(lua_State *L, const place *at)
{
    static const char *const known[] = {"group", "values", NULL};
    int index = lua_gettop(L);
    options_from_lua(L, at, index, known);
    poupa_group group = group_from_lua(L, at, push_member(L, index, known[0]));
    poupa_texts values = texts_from_lua(L, at, push_member(L, index, known[1]));
    return (poupa_rollup_filter){group, values};
}

/* Fills a plan; what it points to is left on the stack. */
static void plan_from_lua(lua_State *L, const place *at, int index, rollup_plan *out)
{
    static const char *const known[] = {"by", "filters", "catalog", "counts_only", "top", NULL};
    place part = *at;
    *out = (rollup_plan){.options = {.by = out->by, .filters = out->filters}};
    if (lua_isnil(L, index))
        return;
    luaL_checkstack(L, 4 * POUPA_GROUPS_MAX + 40, part.function);
    options_from_lua(L, at, index, known);
    part.part = known[0];
    out->options.by_count = push_groups_of(L, &part, index);
    int list = lua_gettop(L);
    for (size_t i = 0; i < out->options.by_count; i++) {
        lua_rawgeti(L, list, (int)i + 1);
        out->by[i] = group_from_lua(L, &part, lua_gettop(L));
    }
    part.part = known[1];
    out->options.filter_count = push_groups_of(L, &part, index);
    list = lua_gettop(L);
    for (size_t i = 0; i < out->options.filter_count; i++) {
        lua_rawgeti(L, list, (int)i + 1);
        out->filters[i] = filter_from_lua(L, &part);
    }
    part.part = known[2];
    int catalog = push_member(L, index, part.part);
    if (!lua_isnil(L, catalog))
        out->options.catalog = object_from_lua(L, &part, catalog, SWIGTYPE_p_poupa_catalog);
    part.part = known[3];
    int counts_only = push_member(L, index, part.part);
    out->options.counts_only =
        !lua_isnil(L, counts_only) && boolean_from_lua(L, &part, counts_only);
    out->options.top = (size_t)member_integer(L, *at, index, known[4], INT64_MAX);
}

static void push_row(lua_State *L, const poupa_rollup_row *row)
{
    if (row == NULL) {
        lua_pushnil(L);
        return;
    }
    lua_createtable(L, 0, 9);
    push_texts(L, row->keys, row->key_count);
    lua_setfield(L, -2, "keys");
    push_period(L, row->period);
    lua_setfield(L, -2, "period");
    lua_pushboolean(L, row->wider);
    lua_setfield(L, -2, "wider");
    set_count(L, "rows", row->rows);
    push_integer(L, row->count);
    lua_setfield(L, -2, "count");
    push_optional(L, row->wait_s);
    lua_setfield(L, -2, "wait_s");
    push_optional(L, row->service_s);
    lua_setfield(L, -2, "service_s");
    push_period(L, row->first);
    lua_setfield(L, -2, "first");
    push_period(L, row->last);
    lua_setfield(L, -2, "last");
}

static void push_tally(lua_State *L, poupa_rollup_tally tally)
{
    lua_createtable(L, 0, 6);
    set_count(L, "rows", tally.rows);
    set_count(L, "kept", tally.kept);
    set_count(L, "filtered", tally.filtered);
    set_count(L, "cut", tally.cut);
    set_count(L, "wider", tally.wider);
    set_count(L, "groups", tally.groups);
}

static poupa_rollup_metrics metrics_from_lua(lua_State *L, const place *at, int index)
{
    static const char *const known[] = {
        "indicator_id", "wait_indicator_id", "service_indicator_id", "prefix", "source_id", NULL};
    options_from_lua(L, at, index, known);
    return (poupa_rollup_metrics){.indicator_id = member_text(L, *at, index, known[0]),
                                  .wait_indicator_id = member_text(L, *at, index, known[1]),
                                  .service_indicator_id = member_text(L, *at, index, known[2]),
                                  .prefix = member_text(L, *at, index, known[3]),
                                  .source_id = member_text(L, *at, index, known[4])};
}

#endif
