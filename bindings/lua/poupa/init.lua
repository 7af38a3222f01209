--- libpoupa for Lua: public services, units, channels and attendance figures as they were
-- published. One source for Lua 5.1, LuaJIT, 5.3 and 5.4.
--
-- What fails returns nil, a message that says where ("catalog.json:12:26: … [E2005 /units/0]"), and
-- a table of details; arguments of a wrong type, and names of fields and options that there are
-- not, raise. docs/lua.md is the tutorial.
-- @module poupa
-- @usage
-- local poupa = require "poupa"
-- local cat = assert(poupa.load "catalog.json")
-- for service in cat:services() do
--     print(service.name, service.organization.name)
-- end

local attendance = require "poupa.attendance"
local catalog = require "poupa.catalog"
local check = require "poupa.check"
local core = require "poupa.core"
local entity = require "poupa.entity"
local findings = require "poupa.findings"
local interval = require "poupa.interval"
local json = require "poupa.json"
local numbers = require "poupa.numbers"
local object = require "poupa.object"
local period = require "poupa.period"
local reading = require "poupa.reading"
local rollup = require "poupa.rollup"

local poupa = {
    --- The version of the library.
    version = core.version(),

    -- Catalogues.
    load = catalog.load,
    parse = catalog.parse,
    new = catalog.new,
    check = catalog.check,
    schema = catalog.schema,

    -- Findings.
    rule = findings.rule,
    rules = findings.rules,

    -- Figures.
    interval = interval.new,
    published = interval.published,
    total = interval.total,
    mean = interval.mean,
    ratio = interval.ratio,
    share = interval.share,
    growth = interval.growth,
    period = period.new,

    -- Attendance.
    read_attendance = reading.read_attendance,
    parse_attendance = reading.parse_attendance,
    scan_attendance = reading.scan_attendance,
    scan_text = reading.scan_text,
    decoder = reading.decoder,
    builder = attendance.builder,
    merge = attendance.merge,
    adder = rollup.adder,
    groups = rollup.groups,

    --- What null is in tables of members that the format does not name.
    null = json.null,
    --- Marks a table as an array, which matters where it is empty.
    array = json.array,
}

--- The kinds of entity, in the order of their arrays in a document: an array of {name=, plural=,
-- meaning=}.
-- @return the array
function poupa.kinds()
    local list = {}
    for i, kind in ipairs(entity.all) do
        list[i] = {name = kind.noun, plural = kind.plural, meaning = kind.meaning}
    end
    return list
end

local TYPES = {}
for name, code in pairs {
    id = core.POUPA_FIELD_ID, text = core.POUPA_FIELD_TEXT, texts = core.POUPA_FIELD_TEXTS,
    ref = core.POUPA_FIELD_REF, refs = core.POUPA_FIELD_REFS, word = core.POUPA_FIELD_WORD,
    words = core.POUPA_FIELD_WORDS, date = core.POUPA_FIELD_DATE,
    period = core.POUPA_FIELD_PERIOD, number = core.POUPA_FIELD_NUMBER,
    optional = core.POUPA_FIELD_OPTIONAL,
} do
    TYPES[code] = name
end

--- The fields of a kind: an array of {name=, type=, required=, meaning=}; what refers to
-- entities has `target`, their kind; what has words of a list has `words`, an array of {word=,
-- meaning=}, `open`, whether others are allowed, and `default`.
-- @param kind the kind, "service"
-- @return the array
function poupa.fields(kind)
    local own = entity.kind(kind, "poupa.fields")
    local list = {}
    for i, field in ipairs(own.fields) do
        local made = {
            name = field.name, type = TYPES[field.type], required = field.required,
            meaning = field.meaning, target = field.target and core.kind_name(field.target),
        }
        local vocabulary = field.vocabulary
        if vocabulary then
            made.words, made.open, made.default = {}, vocabulary.open, vocabulary.default
            for n, word in ipairs(vocabulary.words) do
                made.words[n] = {word = word, meaning = vocabulary.meanings[n]}
            end
        end
        list[i] = made
    end
    return list
end

--- What a word of a field means, in English; a word of one's own is its own meaning.
-- @param kind the kind, "offering"
-- @param name the field, "booking"
-- @param word the word, "required"
-- @return the meaning
function poupa.meaning(kind, name, word)
    local own = entity.kind(kind, "poupa.meaning")
    check.text(name, "poupa.meaning", "name")
    check.text(word, "poupa.meaning", "word")
    local field = own.by_name[name]
    local vocabulary = field and field.vocabulary
    if not vocabulary then
        error(("poupa.meaning: %s has no field of words called \"%s\""):format(
            own.class.__name, name), 2)
    end
    for i, each in ipairs(vocabulary.words) do
        if each == word then
            return vocabulary.meanings[i]
        end
    end
    return word
end

--- A number as short as it reads back the same, whatever the locale: 12000, 0.1. Values of
-- figures are floats, which Lua 5.3 and later print as 12000.0.
-- @param value the number
-- @return the text
function poupa.number(value)
    check.number(value, "poupa.number", "value")
    return numbers.plain(value)
end

local NOUNS = {
    [catalog.Catalog] = "catalog", [interval.Interval] = "interval",
    [period.Period] = "period", [attendance.Attendance] = "attendance",
}

--- What an object of this module is: the kind of an entity, "catalog", "interval", "period",
-- "attendance"; nil for anything else.
-- @param value any value
-- @return the word, or nil
function poupa.type(value)
    local kind = entity.of(value)
    return kind and kind.noun or NOUNS[object.class_of(value)]
end

return poupa
