--- Catalogues: reading, writing, editing, and asking them.
-- @module poupa.catalog

local check = require "poupa.check"
local collection = require "poupa.collection"
local core = require "poupa.core"
local entity = require "poupa.entity"
local errors = require "poupa.errors"
local figures = require "poupa.figures"
local findings = require "poupa.findings"
local json = require "poupa.json"
local members = require "poupa.members"
local object = require "poupa.object"
local period = require "poupa.period"

local catalog = {}

--- Who offers what, where and through which channel, and what was published about it.
--
-- It has a collection for each kind: `sources` `areas` `organizations` `programs` `channels`
-- `units` `services` `offerings` `indicators` `metrics` `targets` `claims`. Two are equal where
-- they say the same.
-- @type Catalog
-- @field language the language of its texts, a BCP 47 tag; see set_language
-- @field format_version the version of the format that it was read from
-- @field extra the members of the document that the format does not name, a table
local Catalog = object.class("a catalogue")
catalog.Catalog = Catalog

local function of(handle)
    return object.new(Catalog, {handle = handle})
end

for plural, kind in pairs(entity.plurals) do
    Catalog.getters[plural] = function(held)
        held[plural] = held[plural] or collection.new(held.handle, kind)
        return held[plural]
    end
end

function Catalog.getters.language(held)
    return core.catalog_language(held.handle)
end

function Catalog.getters.format_version(held)
    return core.catalog_format_version(held.handle)
end

function Catalog.getters.extra(held)
    local made = json.decode("{}")
    for i, member in ipairs(core.catalog_extra(held.handle)) do
        local ok, value = pcall(json.decode, member.json, member.name)
        if not ok then
            error(value, 3)
        end
        getmetatable(made).keys[i], made[member.name] = member.name, value
    end
    return made
end

--- Sets the language of its texts; an edit that fails undoes that.
-- @param language a BCP 47 tag, "pt-BR"
-- @return true, or nil, message, details
function Catalog.methods:set_language(language)
    local held = object.own(self, Catalog, "catalog:set_language")
    check.text(language, "catalog:set_language", "language")
    return errors.pass(core.catalog_set_language(held.handle, language))
end

-- -- Writing ------------------------------------------------------------------------------

local LAYOUT = {pretty = true}

local function is_pretty(options, where, default)
    options = check.options(options, LAYOUT, where, 1)
    local pretty = check.boolean(options.pretty, where, "pretty", 1)
    if options.pretty == nil then
        return default
    end
    return pretty
end

--- Its text, the same for the same catalogue wherever it runs.
-- @param options a table: pretty, whether it is laid out for people; false by default
-- @return the text, or nil, message, details
function Catalog.methods:dumps(options)
    local held = object.own(self, Catalog, "catalog:dumps")
    local pretty = is_pretty(options, "catalog:dumps", false)
    return errors.pass(core.catalog_write(held.handle, pretty))
end

--- Writes it to a file: wholly, or the old file stays as it was.
-- @param path the file
-- @param options a table: pretty, whether it is laid out for people; true by default
-- @return true, or nil, message, details
function Catalog.methods:save(path, options)
    local held = object.own(self, Catalog, "catalog:save")
    check.text(path, "catalog:save", "path")
    local pretty = is_pretty(options, "catalog:save", true)
    return errors.about(path, core.catalog_write_file(held.handle, pretty, path))
end

-- -- Editing ------------------------------------------------------------------------------

--- The JSON of what is to be put into a catalogue: an entity of that kind, or a table of fields.
local function text_of(kind, given, where)
    local own, held = entity.of(given)
    if own == kind then
        return core.entity_text(kind.code, held.this)
    elseif not check.is_table(given) then
        check.refuse(given, where, kind.noun, "a table of fields or " .. kind.class.__name, 1)
    end
    local ok, text = pcall(members.encode, kind, given)
    if not ok then
        error(("%s: %s"):format(where, text), 3)
    end
    return text
end

local function put(held, kind, text, write)
    local this, message, details = errors.pass(write(held.handle, kind.code, text))
    if this == nil then
        details.line, details.column, details.offset = nil, nil, nil -- nobody has seen the text
        return errors.fail(details.status, details.message, details)
    end
    return entity.view(kind, this, held.handle)
end

--- Adds an entity behind the others of its kind.
-- @param kind the kind, "service"
-- @param given a table of its fields, or an entity of another catalogue; what the format does not
--   name goes into the field `extra`
-- @return the entity that is there now, or nil, message, details
function Catalog.methods:add(kind, given)
    local held = object.own(self, Catalog, "catalog:add")
    local of_kind = entity.kind(kind, "catalog:add")
    local text = text_of(of_kind, given, "catalog:add")
    return put(held, of_kind, text, core.catalog_add_json)
end

--- Puts an entity in the place of the one with its id.
-- @param kind the kind, "service"
-- @param given as for `add`; fields that are left out are absent then
-- @return the entity that is there now, or nil, message, details
function Catalog.methods:replace(kind, given)
    local held = object.own(self, Catalog, "catalog:replace")
    local of_kind = entity.kind(kind, "catalog:replace")
    local text = text_of(of_kind, given, "catalog:replace")
    return put(held, of_kind, text, core.catalog_replace_json)
end

--- Removes an entity. One that others refer to stays.
-- @param kind the kind, "service"
-- @param id its id
-- @return true, or nil, message, details
function Catalog.methods:remove(kind, id)
    local held = object.own(self, Catalog, "catalog:remove")
    local of_kind = entity.kind(kind, "catalog:remove")
    check.bytes(id, "catalog:remove", "id")
    if not entity.find(held.handle, of_kind, id) then
        return entity.missing(held.handle, of_kind, id)
    end
    return errors.pass(core.catalog_remove(held.handle, of_kind.code, id))
end

--- Ends an edit with what its function gave.
local function end_edit(handle, ok, ...)
    if not ok then
        core.catalog_rollback(handle)
        error((...), 0)
    elseif select("#", ...) > 1 and (...) == nil then
        core.catalog_rollback(handle)
        return ...
    end
    local done, message, details = errors.pass(core.catalog_commit(handle))
    if not done then
        return nil, message, details
    elseif select("#", ...) > 0 then
        return ...
    end
    return true
end

--- Changes that take effect together, or not at all. References may lead to what is still to
-- come. Edits do not nest.
-- @param change a function that gets the catalogue; where it raises, yields, or returns nil and
--   a message, everything is undone, and that is passed on
-- @return what the function returned, or true; or nil, message, details
function Catalog.methods:edit(change)
    local held = object.own(self, Catalog, "catalog:edit")
    check.callable(change, "catalog:edit", "change")
    local begun, message, details = errors.pass(core.catalog_begin(held.handle))
    if not begun then
        return nil, message, details
    end
    return end_edit(held.handle, core.call(change, self))
end

-- -- Asking -------------------------------------------------------------------------------

--- The entity with an id; `cat.units[id]` says the same, without the reason.
-- @param kind the kind, "unit"
-- @param id an id, whatever bytes it has
-- @return the entity, or nil, a message that says what was probably meant, details
function Catalog.methods:get(kind, id)
    local held = object.own(self, Catalog, "catalog:get")
    local of_kind = entity.kind(kind, "catalog:get")
    check.bytes(id, "catalog:get", "id")
    local found = entity.find(held.handle, of_kind, id)
    if found then
        return found
    end
    return entity.missing(held.handle, of_kind, id)
end

--- What is well-formed and probably wrong.
-- @return a Report
function Catalog.methods:validate()
    local held = object.own(self, Catalog, "catalog:validate")
    local report = core.report_new()
    local done, message, details = errors.pass(core.catalog_validate(held.handle, report))
    if not done then
        return nil, message, details
    end
    return findings.report(report)
end

local QUERY = {period = true, within = true}
local REFERRED = {
    "indicator", "program", "organization", "service", "area", "channel", "unit",
}
for _, noun in ipairs(REFERRED) do
    QUERY[noun] = true
end

--- The id to select by, of an entity or an id. One that nothing has would select nothing, in
-- silence.
local function id_of(handle, noun, value)
    local kind = entity.kinds[noun]
    local own, held = entity.of(value)
    local id = own == kind and kind.ids(held.this) or value
    if type(id) ~= "string" then
        check.refuse(value, "catalog:select", noun, kind.class.__name .. " or an id", 1)
    end
    if id == "" or entity.find(handle, kind, id) then
        return id
    end
    return entity.missing(handle, kind, id)
end

--- The metrics that match all that is given, in the order of the file.
-- @param query a table: indicator, program, organization, service, area, channel, unit, each an
--   id or an entity, "" for the metrics that name none; period, the same days in whatever form;
--   within, a period that contains the metric's
-- @return an array of metrics, or nil, message, details
function Catalog.methods:select(query)
    local held = object.own(self, Catalog, "catalog:select")
    query = check.options(query, QUERY, "catalog:select")
    local asked = {}
    for _, noun in ipairs(REFERRED) do
        if query[noun] ~= nil then
            local id, message, details = id_of(held.handle, noun, query[noun])
            if id == nil then
                return nil, message, details
            end
            asked[noun .. "_id"] = id
        end
    end
    for _, name in ipairs {"period", "within"} do
        local text, message, details = period.option(query[name], "catalog:select", name)
        if message then
            return nil, message, details
        end
        asked[name] = text
    end
    local list, message, details = errors.pass(core.metrics_select(held.handle, asked))
    if list == nil then
        return nil, message, details
    end
    return entity.views(entity.kinds.metric, list, held.handle)
end

--- The figures that follow from the published ones: digital shares, growth, parts of a year.
-- @return an array of Derived
function Catalog.methods:derive()
    local held = object.own(self, Catalog, "catalog:derive")
    return figures.derive(held.handle)
end

--- Another one that says the same, without the memory of what was changed in this.
-- @return a Catalog, or nil, message, details
function Catalog.methods:copy()
    local held = object.own(self, Catalog, "catalog:copy")
    return catalog.made(core.catalog_copy(held.handle))
end

function Catalog.__eq(a, b)
    local x, y = object.of(a, Catalog), object.of(b, Catalog)
    return x ~= nil and y ~= nil and core.catalog_equal(x.handle, y.handle)
end

--- "catalogue: 4 channels, 11 units"
function Catalog:__tostring()
    local held = object.held(self)
    local parts = {}
    for _, kind in ipairs(entity.all) do
        if core.catalog_count(held.handle, kind.code) > 0 then
            parts[#parts + 1] = tostring(self[kind.plural])
        end
    end
    return "catalogue: " .. (#parts > 0 and table.concat(parts, ", ") or "empty")
end

Catalog.__concat = object.concat

--- @section end

--- The catalogue that the library made, or its failure.
-- @local
function catalog.made(handle, message, details)
    local own, said, more = errors.pass(handle, message, details)
    if own == nil then
        return nil, said, more
    end
    return of(own)
end

--- The library's catalogue of an option; anything else raises, two calls up.
-- @local
function catalog.option(value, where)
    local held = object.of(value, Catalog)
    if not held then
        check.refuse(value, where, "catalog", "a catalogue", 1)
    end
    return held.handle
end

-- -- Reading ------------------------------------------------------------------------------

local LIMITS = {max_size = true, max_depth = true, max_entities = true}

local function limits_of(options, where)
    options = check.options(options, LIMITS, where, 1)
    for name, value in pairs(options) do
        check.integer(value, where, name, 1, 2 ^ 53, 1)
    end
    return options
end

--- An empty catalogue.
-- @return a Catalog
function catalog.new()
    return catalog.made(core.catalog_new())
end

--- Reads a catalogue from a file.
-- @param path the file
-- @param limits a table, against files of strangers: max_size, bytes of text, 1 GiB by default;
--   max_depth, nesting, 64; max_entities, 16,777,216
-- @return a Catalog, or nil, message, details
function catalog.load(path, limits)
    check.text(path, "poupa.load", "path")
    limits = limits_of(limits, "poupa.load")
    local handle, message, details = errors.about(path, core.catalog_read_file(path, limits))
    if handle then
        return of(handle)
    end
    return errors.found(function()
        local document = core.document_read_file(path, limits)
        return document and findings.of_document(document, path)
    end, nil, message, details)
end

--- Reads a catalogue from text.
-- @param text the document
-- @param limits as for `load`
-- @return a Catalog, or nil, message, details
function catalog.parse(text, limits)
    check.bytes(text, "poupa.parse", "text")
    limits = limits_of(limits, "poupa.parse")
    local handle, message, details = errors.pass(core.catalog_read(text, limits))
    if handle then
        return of(handle)
    end
    return errors.found(function()
        local document = core.document_read(text, limits)
        return document and findings.of_document(document)
    end, nil, message, details)
end

--- All that is wrong with a file, or probably wrong, each with its line.
-- @param path the file
-- @return a Report, or nil, message, details where the file cannot be read
function catalog.check(path)
    check.text(path, "poupa.check", "path")
    local document, message, details = errors.about(path, core.document_read_file(path, nil))
    if document == nil then
        return nil, message, details
    end
    return findings.of_document(document, path)
end

--- The JSON Schema of catalogue documents, draft 2020-12, as text.
-- @return the text
function catalog.schema()
    return core.schema_text()
end

return catalog
