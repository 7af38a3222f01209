--- The twelve kinds of entity: what they have, and where they lead.
--
-- The fields are those of the library's field table. An id of another entity leads to it: what
-- is `organization_id` is also `organization`, and what is `unit_ids` is also `units()`.
-- @module poupa.entity

local check = require "poupa.check"
local core = require "poupa.core"
local errors = require "poupa.errors"
local interval = require "poupa.interval"
local json = require "poupa.json"
local object = require "poupa.object"

local entity = {}

--- The kinds by their names: what the library calls them, their fields, and their classes.
-- @local
entity.kinds = {}

--- The kinds by the names of their arrays in a document.
-- @local
entity.plurals = {}

--- The entity that a catalogue handed out.
local function view(kind, this, handle)
    return object.new(kind.class, {this = this, handle = handle})
end
entity.view = view

--- The kind of an entity, and what it keeps; nil for anything else.
-- @local
function entity.of(value)
    local class = object.class_of(value)
    local kind = class and class.kind
    if kind then
        return kind, object.held(value)
    end
end

--- An array of entities from an array of the library's.
local function views(kind, list, handle)
    for i, this in ipairs(list) do
        list[i] = view(kind, this, handle)
    end
    return list
end
entity.views = views

-- -- Lookup -------------------------------------------------------------------------------

local SHOWN = 128

--- The failure to find an id, with the one that was probably meant.
-- @local
function entity.missing(handle, kind, id)
    local near = not id:find("\0", 1, true) and core.catalog_nearest(handle, kind.code, id)
    local hint = near and ("; did you mean \"%s\"?"):format(kind.ids(near)) or ""
    local shown = id
    if #id > SHOWN then
        -- Not cut within a character.
        shown = id:sub(1, SHOWN):gsub("[\192-\255][\128-\191]*$", "") .. "…"
    end
    return errors.fail("not_found", ("no %s %s%s"):format(kind.noun, json.quote(shown), hint))
end

--- The entity with an id; nil where there is none.
-- @local
function entity.find(handle, kind, id)
    if id:find("\0", 1, true) then
        return nil
    end
    local this = core.catalog_find(handle, kind.code, id)
    return this and view(kind, this, handle)
end

-- -- Fields -------------------------------------------------------------------------------

local REF, REFS = core.POUPA_FIELD_REF, core.POUPA_FIELD_REFS

--- What reads a field: a function of its own, or for figures one for all dimensions.
local function reader(kind, name)
    local get = core[("%s_%s_get"):format(kind.noun, name)]
    if get then
        return function(held) return get(held.this) end
    end
    local dimensions = core[kind.noun .. "_dimensions_get"]
    return function(held) return dimensions(held.this)[name] end
end

--- The entity that a field names; the field may be absent, but what it names must be there.
local function leads_to(read, target)
    return function(held)
        local id = read(held)
        if not id then
            return nil
        end
        local kind = entity.kinds[target]
        local found = entity.find(held.handle, kind, id)
        if not found then
            local _, message = entity.missing(held.handle, kind, id)
            error(message, 3)
        end
        return found
    end
end

--- A method that gives the entities that a field names, as an array.
local function lead_to(kind, name, read, target)
    return function(self)
        local held = object.own(self, kind.class, kind.noun .. ":" .. name)
        local found = {}
        for i, id in ipairs(read(held)) do
            local each = entity.find(held.handle, entity.kinds[target], id)
            if not each then
                return entity.missing(held.handle, entity.kinds[target], id)
            end
            found[i] = each
        end
        return found
    end
end

local function add_field(kind, field)
    local class, name = kind.class, field.name
    local read = reader(kind, name)
    class.getters[name] = read
    if field.type == REF then
        class.getters[name:gsub("_id$", "")] = leads_to(read, core.kind_name(field.target))
    elseif field.type == REFS then
        local list, count = name:gsub("_ids$", "s")
        list = count > 0 and list or name .. "_metrics"
        class.methods[list] = lead_to(kind, list, read, core.kind_name(field.target))
    end
end

-- -- What all kinds have ------------------------------------------------------------------

--- The members of an entity as they are in a document; what the format does not name is apart.
-- What this Lua has no number for raises, two calls up and more by `up`.
local function table_of(kind, held, up)
    local ok, made = pcall(json.decode, core.entity_text(kind.code, held.this))
    if not ok then
        error(made, 3 + up)
    end
    local extra = json.decode("{}")
    for _, name in ipairs(getmetatable(made).keys) do
        if not kind.by_name[name] then
            table.insert(getmetatable(extra).keys, name)
            extra[name], made[name] = made[name], nil
        end
    end
    return made, extra
end

--- What all kinds have, besides the fields that `poupa.fields` lists.
-- @type Entity
-- @field extra what the format does not name, as a table; empty where there is nothing

local function add_common(kind)
    local class = kind.class
    local where = kind.noun .. ":"

    function class.getters.extra(held)
        local _, extra = table_of(kind, held, 1)
        return extra
    end

    --- Its fields as a table, for `catalog:replace` and for encoders; what is absent in the
    -- document, or has its default, is absent here. `extra` is there where it is not empty.
    -- @return the table
    -- @function Entity:to_table
    function class.methods.to_table(self)
        local held = object.own(self, class, where .. "to_table")
        local made, extra = table_of(kind, held, 0)
        made.extra = next(extra) ~= nil and extra or nil
        return made
    end

    --- The entity as it is in a document: a JSON object.
    -- @return the text
    -- @function Entity:json
    function class.methods.json(self)
        local held = object.own(self, class, where .. "json")
        return core.entity_text(kind.code, held.this)
    end

    function class.__eq(a, b)
        local x, y = object.of(a, class), object.of(b, class)
        return x ~= nil and y ~= nil and core.entity_equal(kind.code, x.this, y.this)
    end

    local label = class.getters.name or class.getters.title or class.getters.quote
    function class.__tostring(self)
        local held = object.held(self)
        local text = label and label(held)
        return kind.noun .. " " .. kind.ids(held.this) .. (text and ": " .. text or "")
    end

    class.__concat = object.concat
end

--- @section end

-- -- Where else they lead -----------------------------------------------------------------

--- By kind: methods that give the entities of a kind that refer to one.
local REFERRERS = {
    source = {metrics = "metric", targets = "target", claims = "claim"},
    area = {children = "area", programs = "program", metrics = "metric", targets = "target"},
    organization = {
        children = "organization", programs = "program", services = "service",
        metrics = "metric", targets = "target",
    },
    program = {services = "service", metrics = "metric", targets = "target"},
    channel = {offerings = "offering", metrics = "metric", targets = "target"},
    unit = {metrics = "metric", targets = "target"},
    service = {metrics = "metric", targets = "target"},
    indicator = {metrics = "metric", targets = "target"},
    metric = {claims = "claim", targets = "target"},
}

--- By kind: methods that the library has a function for, which gives a list.
local FINDERS = {
    area = {units = "unit"},
    channel = {services = "service"},
    unit = {offerings = "offering", services = "service"},
    service = {offerings = "offering", channels = "channel", units = "unit"},
}

local function add_lists(kind)
    local class = kind.class
    for name, noun in pairs(REFERRERS[kind.noun] or {}) do
        class.methods[name] = function(self)
            local held = object.own(self, class, kind.noun .. ":" .. name)
            local from = entity.kinds[noun]
            local list, message, details = errors.pass(
                core.catalog_referrers(held.handle, kind.code, kind.ids(held.this), from.code))
            if list == nil then
                return nil, message, details
            end
            return views(from, list, held.handle)
        end
    end
    for name, noun in pairs(FINDERS[kind.noun] or {}) do
        local find = core[kind.noun .. "_" .. name]
        class.methods[name] = function(self)
            local held = object.own(self, class, kind.noun .. ":" .. name)
            local list, message, details = errors.pass(find(held.handle, kind.ids(held.this)))
            if list == nil then
                return nil, message, details
            end
            return views(entity.kinds[noun], list, held.handle)
        end
    end
end

--- What follows from other fields: whether a channel or a service is digital, the intervals of
-- figures.
local function add_computed(kinds)
    function kinds.channel.class.getters.is_digital(held)
        return core.channel_is_digital(held.this)
    end
    function kinds.channel.class.getters.has_units(held)
        return core.channel_has_units(held.this)
    end
    function kinds.service.class.getters.is_digital(held)
        return core.service_is_digital(held.handle, core.service_id_get(held.this))
    end
    for _, noun in ipairs {"metric", "target", "claim"} do
        local get = core[noun .. "_interval"]
        kinds[noun].class.getters.interval = function(held)
            return interval.of(get(held.this))
        end
    end
end

-- -- The kinds ----------------------------------------------------------------------------

local function add_kind(code)
    local noun = core.kind_name(code)
    local article = noun:find("^[aeio]") and "an " or "a "
    local kind = {
        code = code,
        noun = noun,
        plural = core.kind_plural(code),
        meaning = core.kind_meaning(code),
        fields = core.kind_fields(code),
        ids = core[noun .. "_id_get"],
        class = object.class(article .. noun),
    }
    kind.class.kind = kind
    kind.by_name = {}
    for _, field in ipairs(kind.fields) do
        kind.by_name[field.name] = field
        add_field(kind, field)
    end
    add_common(kind)
    add_lists(kind)
    entity.kinds[noun] = kind
    entity.plurals[kind.plural] = kind
    return kind
end

--- The kinds in the order of their arrays in a document.
-- @local
entity.all = {}
for code = core.POUPA_KIND_SOURCE, core.POUPA_KIND_CLAIM do
    entity.all[#entity.all + 1] = add_kind(code)
end
add_computed(entity.kinds)

--- The kind with a name; another name raises, two calls up.
-- @local
function entity.kind(name, where)
    if type(name) ~= "string" then
        check.refuse(name, where, "kind", "a string", 1)
    end
    local kind = entity.kinds[name]
    if not kind then
        local hint = require("poupa.nearest").hint(name, entity.kinds)
        error(("%s: no kind of entity is called %s%s"):format(where, json.quote(name), hint), 3)
    end
    return kind
end

return entity
