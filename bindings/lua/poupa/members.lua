--- Tables of fields as JSON objects, by the field table.
-- @module poupa.members

local check = require "poupa.check"
local core = require "poupa.core"
local entity = require "poupa.entity"
local json = require "poupa.json"
local nearest = require "poupa.nearest"
local object = require "poupa.object"
local period = require "poupa.period"

local members = {}

local LISTS = {
    [core.POUPA_FIELD_TEXTS] = true, [core.POUPA_FIELD_REFS] = true,
    [core.POUPA_FIELD_WORDS] = true,
}

--- An entity or a period as the text that stands for it; other values as they are.
local function plain(value)
    local kind, held = entity.of(value)
    if kind then
        return kind.ids(held.this)
    end
    local span = object.of(value, period.Period)
    return span and span.text or value
end

local function field_value(field, value)
    if not LISTS[field.type] or type(value) ~= "table" or entity.of(value) then
        return plain(value)
    end
    local list, count = json.array(), 0
    for i, each in ipairs(value) do
        list[i] = plain(each)
    end
    for _ in pairs(value) do
        count = count + 1
    end
    return count == #list and list or value -- what is no array is refused as what it is
end

local function refuse_unknown(kind, given)
    for name in pairs(given) do
        if name ~= "extra" and not kind.by_name[name] then
            local hint = nearest.hint(name, kind.by_name)
            error(("no field \"%s\" in %s%s"):format(tostring(name), kind.class.__name,
                hint ~= "" and hint or "; what the format does not name goes into extra"), 0)
        end
    end
end

--- The text of a member; raises, with its name, where it has none.
local function encoded(name, value)
    local ok, text = pcall(json.encode, value)
    if not ok then
        error(("%s: %s"):format(name, text), 0)
    end
    return text
end

local function add_extra(kind, extra, out)
    if not check.is_table(extra) then
        error("extra must be a table", 0)
    end
    local text = encoded("extra", extra)
    for name in pairs(extra) do
        if type(name) ~= "string" then
            error("extra must be a table of names", 0)
        elseif kind.by_name[name] then
            error(("\"%s\" is a field of its own, and must not be in extra"):format(name), 0)
        end
    end
    text = text:sub(2, -2)
    out[#out + 1] = text ~= "" and text or nil
end

--- The JSON object of a table of fields: entities stand for their ids, periods for their texts,
-- and `extra` for what the format does not name. Raises, without a place, where a name is no
-- field or a value has no JSON; whether the values are right is for the library to say.
function members.encode(kind, given)
    refuse_unknown(kind, given)
    local out = {}
    for _, field in ipairs(kind.fields) do
        local value = given[field.name]
        if value ~= nil then
            local text = encoded(field.name, field_value(field, value))
            out[#out + 1] = json.quote(field.name) .. ":" .. text
        end
    end
    if given.extra ~= nil then
        add_extra(kind, given.extra, out)
    end
    return "{" .. table.concat(out, ",") .. "}"
end

return members
