/*
 * results.h - the structs that hold results, as tables, and the options that callers give as
 * tables. README.md says what is in each.
 */
#ifndef POUPA_LUA_RESULTS_H
#define POUPA_LUA_RESULTS_H

/* -- Failure ------------------------------------------------------------------ */

/* Pushes nil, a message and details. What a callback said, if it did, is at an index. */
static int push_failure(lua_State *L, poupa_status status, const poupa_error *err, int said)
{
    const char *bare =
        said && lua_type(L, said) == LUA_TSTRING ? lua_tostring(L, said) : err->message;
    lua_pushnil(L);
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    if (err->line) {
        lua_pushfstring(L, "%d:%d: ", (int)err->line, (int)err->column);
        luaL_addvalue(&text);
    }
    luaL_addstring(&text, bare);
    if (err->code[0]) {
        lua_pushfstring(L, err->path[0] ? " [%s %s]" : " [%s]", err->code, err->path);
        luaL_addvalue(&text);
    }
    luaL_pushresult(&text);
    lua_createtable(L, 0, 7);
    set_text(L, "status", poupa_status_name(status));
    set_text(L, "code", err->code);
    lua_pushstring(L, err->path);
    lua_setfield(L, -2, "path");
    set_text(L, "message", bare);
    set_position(L, err->line, err->column, err->offset);
    return 3;
}

/* -- Model ------------------------------------------------------------------ */

static void push_members(lua_State *L, const poupa_members *members)
{
    lua_createtable(L, (int)members->count, 0);
    for (size_t i = 0; i < members->count; i++) {
        lua_createtable(L, 0, 2);
        lua_pushstring(L, members->items[i].name);
        lua_setfield(L, -2, "name");
        set_text(L, "json", members->items[i].json);
        lua_rawseti(L, -2, (int)i + 1);
    }
}

static void push_words(lua_State *L, const poupa_words *words)
{
    lua_createtable(L, (int)words->count, 0);
    for (size_t i = 0; i < words->count; i++) {
        lua_pushstring(L, words->items[i].text);
        lua_rawseti(L, -2, (int)i + 1);
    }
}

static void push_dimensions(lua_State *L, const poupa_dimensions *dimensions)
{
    lua_createtable(L, 0, 6);
    set_text(L, "program_id", dimensions->program_id);
    set_text(L, "organization_id", dimensions->organization_id);
    set_text(L, "service_id", dimensions->service_id);
    set_text(L, "area_id", dimensions->area_id);
    push_texts(L, dimensions->channel_ids.items, dimensions->channel_ids.count);
    lua_setfield(L, -2, "channel_ids");
    push_texts(L, dimensions->unit_ids.items, dimensions->unit_ids.count);
    lua_setfield(L, -2, "unit_ids");
}

static void push_vocabulary(lua_State *L, const poupa_vocabulary *vocabulary)
{
    lua_createtable(L, 0, 5);
    set_text(L, "name", vocabulary->name);
    push_texts(L, vocabulary->words, vocabulary->count);
    lua_setfield(L, -2, "words");
    push_texts(L, vocabulary->meanings, vocabulary->count);
    lua_setfield(L, -2, "meanings");
    lua_pushboolean(L, vocabulary->open);
    lua_setfield(L, -2, "open");
    if (vocabulary->default_code)
        set_text(L, "default", vocabulary->words[vocabulary->default_code - 1]);
}

static void push_fields(lua_State *L, const poupa_field *fields, size_t count)
{
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        const poupa_field *field = &fields[i];
        lua_createtable(L, 0, 6);
        set_text(L, "name", field->name);
        set_count(L, "type", field->type);
        lua_pushboolean(L, field->required);
        lua_setfield(L, -2, "required");
        if (field->type == POUPA_FIELD_REF || field->type == POUPA_FIELD_REFS)
            set_count(L, "target", field->target);
        if (field->vocabulary) {
            push_vocabulary(L, field->vocabulary);
            lua_setfield(L, -2, "vocabulary");
        }
        set_text(L, "meaning", field->meaning);
        lua_rawseti(L, -2, (int)i + 1);
    }
}

/* -- Findings ---------------------------------------------------------------- */

static void push_rule(lua_State *L, const poupa_rule *rule)
{
    if (rule == NULL) {
        lua_pushnil(L);
        return;
    }
    lua_createtable(L, 0, 5);
    set_text(L, "code", rule->code);
    set_text(L, "severity", poupa_severity_name(rule->severity));
    set_count(L, "stage", rule->stage);
    set_text(L, "title", rule->title);
    set_text(L, "text", rule->text);
}

static void push_finding(lua_State *L, const poupa_finding *finding)
{
    if (finding == NULL) {
        lua_pushnil(L);
        return;
    }
    lua_createtable(L, 0, 8);
    set_text(L, "code", finding->rule->code);
    set_text(L, "severity", poupa_severity_name(finding->rule->severity));
    set_text(L, "message", finding->message);
    lua_pushstring(L, finding->path);
    lua_setfield(L, -2, "path");
    lua_pushboolean(L, finding->at_key);
    lua_setfield(L, -2, "at_key");
    set_position(L, finding->line, finding->column, finding->offset);
}

static void push_not_run(lua_State *L, const poupa_not_run *not_run)
{
    if (not_run == NULL) {
        lua_pushnil(L);
        return;
    }
    lua_createtable(L, 0, 2);
    set_text(L, "code", not_run->rule->code);
    set_text(L, "why", not_run->why);
}

/* -- Documents --------------------------------------------------------------- */

static poupa_read_options limits_from_lua(lua_State *L, const place *at, int index)
{
    static const char *const known[] = {"max_size", "max_depth", "max_entities", NULL};
    if (lua_isnil(L, index))
        return (poupa_read_options){.max_size = 0};
    options_from_lua(L, at, index, known);
    return (poupa_read_options){
        .max_size = (size_t)member_integer(L, *at, index, known[0], INT64_MAX),
        .max_depth = (size_t)member_integer(L, *at, index, known[1], INT64_MAX),
        .max_entities = (size_t)member_integer(L, *at, index, known[2], INT64_MAX)};
}

/* -- Metrics ----------------------------------------------------------------- */

static poupa_metric_query query_from_lua(lua_State *L, const place *at, int index)
{
    static const char *const known[] = {"indicator_id",    "period",     "within",  "program_id",
                                        "organization_id", "service_id", "area_id", "channel_id",
                                        "unit_id",         NULL};
    if (lua_isnil(L, index))
        return (poupa_metric_query){.indicator_id = NULL};
    options_from_lua(L, at, index, known);
    return (poupa_metric_query){.indicator_id = member_text(L, *at, index, known[0]),
                                .period = member_period(L, *at, index, known[1]),
                                .within = member_period(L, *at, index, known[2]),
                                .program_id = member_text(L, *at, index, known[3]),
                                .organization_id = member_text(L, *at, index, known[4]),
                                .service_id = member_text(L, *at, index, known[5]),
                                .area_id = member_text(L, *at, index, known[6]),
                                .channel_id = member_text(L, *at, index, known[7]),
                                .unit_id = member_text(L, *at, index, known[8])};
}

static void set_interval(lua_State *L, const char *name, poupa_interval interval)
{
    push_interval(L, interval);
    lua_setfield(L, -2, name);
}

static void push_judgement(lua_State *L, const poupa_judgement *judgement)
{
    lua_createtable(L, 0, 6);
    set_text(L, "verdict", poupa_verdict_name(judgement->verdict));
    set_interval(L, "left", judgement->left);
    set_interval(L, "right", judgement->right);
    set_interval(L, "computed", judgement->computed);
    set_interval(L, "stated", judgement->stated);
    lua_createtable(L, (int)judgement->warning_count, 0);
    for (size_t i = 0; i < judgement->warning_count; i++) {
        lua_pushstring(L, judgement->warnings[i]->code);
        lua_rawseti(L, -2, (int)i + 1);
    }
    lua_setfield(L, -2, "warnings");
}

static void push_progress(lua_State *L, const poupa_progress *progress)
{
    lua_createtable(L, 0, 12);
    set_text(L, "state", poupa_target_state_name(progress->state));
    push_date(L, progress->as_of);
    lua_setfield(L, -2, "as_of");
    push_entity(L, POUPA_KIND_METRIC, progress->metric);
    lua_setfield(L, -2, "metric");
    push_entity(L, POUPA_KIND_METRIC, progress->baseline);
    lua_setfield(L, -2, "baseline");
    set_interval(L, "actual", progress->actual);
    set_interval(L, "target", progress->target);
    set_interval(L, "share", progress->share);
    set_interval(L, "remaining", progress->remaining);
    push_known(L, progress->months_left);
    lua_setfield(L, -2, "months_left");
    push_known(L, progress->pace_needed);
    lua_setfield(L, -2, "pace_needed");
    push_known(L, progress->pace);
    lua_setfield(L, -2, "pace");
    push_date(L, progress->forecast);
    lua_setfield(L, -2, "forecast");
}

static void push_derived(lua_State *L, const poupa_derived_list *list)
{
    lua_createtable(L, (int)list->count, 0);
    for (size_t i = 0; i < list->count; i++) {
        const poupa_derived *derived = &list->items[i];
        lua_createtable(L, 0, 4);
        set_text(L, "derivation", poupa_derivation_name(derived->derivation));
        push_entity(L, POUPA_KIND_METRIC, derived->metric);
        lua_setfield(L, -2, "metric");
        push_entity(L, POUPA_KIND_METRIC, derived->base);
        lua_setfield(L, -2, "base");
        set_interval(L, "percent", derived->percent);
        lua_rawseti(L, -2, (int)i + 1);
    }
}

#endif
