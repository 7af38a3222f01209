--- JSON, as much of it as a binding needs: members that the format does not name become tables
-- and back, and tables become the text of entities.
--
-- Tables keep what they were: one that was read as an array is written as one, also when it is
-- empty, and the members of one that was read as an object are written in their old order.
-- @module poupa.json

local check = require "poupa.check"
local core = require "poupa.core"
local object = require "poupa.object"

local json = {}

--- The value of null, which in a table cannot be nil.
json.null = setmetatable({}, {
    __name = "poupa.null",
    __tostring = function() return "null" end,
    __newindex = function() error("poupa.null cannot be changed", 2) end,
})

local ARRAY = {__name = "a table"}

--- Marks a table as an array, which matters where it is empty; returns it.
-- @param items a table that has no metatable of its own; nil is a new one
function json.array(items)
    items = items == nil and {} or items
    local meta = getmetatable(items)
    if type(items) ~= "table" or not (meta == nil or meta == ARRAY) then
        error("poupa.array: items must be a table without a metatable", 2)
    end
    return setmetatable(items, ARRAY)
end

-- -- Writing ------------------------------------------------------------------------------

local DEEPEST = 64

local ESCAPES = {
    ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f", ["\n"] = "\\n",
    ["\r"] = "\\r", ["\t"] = "\\t",
}

local function escape(letter)
    return ESCAPES[letter] or ("\\u%04x"):format(letter:byte())
end

--- A string with its quotes. %c would follow the locale, and cut UTF-8.
function json.quote(text)
    return '"' .. text:gsub('[%z\1-\31\127"\\]', escape) .. '"'
end

local is_integer = math.type and function(number) return math.type(number) == "integer" end
    or function() return false end

--- A number, as short as it reads back the same; nil where JSON has none.
function json.number(number)
    if number ~= number or number == math.huge or number == -math.huge then
        return nil
    end
    return is_integer(number) and ("%d"):format(number) or core.number_print(number)
end

--- How many items an array has; nil for a table that is none.
local function array_size(value)
    local size = #value
    if getmetatable(value) == ARRAY then
        return size
    end
    local count = 0
    for _ in pairs(value) do
        count = count + 1
    end
    return size > 0 and count == size and size or nil
end

--- The keys of an object: those it was read with in their old order, then the others sorted.
local function keys_of(value)
    local meta = getmetatable(value)
    local keys, seen = {}, {}
    for _, key in ipairs(meta and rawget(meta, "keys") or {}) do
        if rawget(value, key) ~= nil and not seen[key] then
            keys[#keys + 1], seen[key] = key, true
        end
    end
    local others = {}
    for key in pairs(value) do
        if type(key) ~= "string" then
            error(("a table with both names and numbers, or with a key of %s, is no JSON"):format(
                type(key)), 0)
        end
        if not seen[key] then
            others[#others + 1] = key
        end
    end
    table.sort(others)
    for _, key in ipairs(others) do
        keys[#keys + 1] = key
    end
    return keys
end

local write

local function write_items(value, size, out, depth)
    out[#out + 1] = "["
    for i = 1, size do
        out[#out + 1] = i > 1 and "," or nil
        write(value[i], out, depth)
    end
    out[#out + 1] = "]"
end

local function write_members(value, out, depth)
    out[#out + 1] = "{"
    for i, key in ipairs(keys_of(value)) do
        out[#out + 1] = (i > 1 and "," or "") .. json.quote(key) .. ":"
        write(value[key], out, depth)
    end
    out[#out + 1] = "}"
end

function write(value, out, depth)
    local kind = type(value)
    if kind == "string" then
        out[#out + 1] = json.quote(value)
    elseif kind == "number" then
        out[#out + 1] = json.number(value) or error("a number that is not finite is no JSON", 0)
    elseif kind == "boolean" or value == json.null then
        out[#out + 1] = tostring(value)
    elseif kind ~= "table" or object.class_of(value) then
        error(check.what(value) .. " is no JSON", 0)
    elseif depth >= DEEPEST then
        error(("a table is nested deeper than %d, or holds itself"):format(DEEPEST), 0)
    else
        local size = array_size(value)
        if size then
            write_items(value, size, out, depth + 1)
        else
            write_members(value, out, depth + 1)
        end
    end
end

--- The text of a value. Raises, without a place, where it has none.
function json.encode(value)
    local out = {}
    write(value, out, 0)
    return table.concat(out)
end

-- -- Reading ------------------------------------------------------------------------------

-- The text is the library's own: it is compact and well-formed.

local UNESCAPES = {b = "\b", f = "\f", n = "\n", r = "\r", t = "\t"}

--- A code point as UTF-8.
local function utf8_of(code)
    if code < 0x80 then
        return string.char(code)
    end
    local tail = {}
    local room = 0x40
    repeat
        table.insert(tail, 1, string.char(0x80 + code % 0x40))
        code = math.floor(code / 0x40)
        room = room / 2
    until code < room
    return string.char(0x100 - 2 * room + code) .. table.concat(tail)
end

--- What an escape at a place stands for, and what follows it.
local function read_escape(text, at)
    local letter = text:sub(at + 1, at + 1)
    if letter ~= "u" then
        return UNESCAPES[letter] or letter, at + 2
    end
    local code = tonumber(text:sub(at + 2, at + 5), 16)
    if code < 0xD800 or code > 0xDFFF then
        return utf8_of(code), at + 6
    end
    local low = tonumber(text:sub(at + 8, at + 11), 16)
    return utf8_of(0x10000 + (code - 0xD800) * 0x400 + low - 0xDC00), at + 12
end

local function read_string(text, at)
    local parts = {}
    at = at + 1
    while true do
        local stop = text:find('["\\]', at)
        parts[#parts + 1] = text:sub(at, stop - 1)
        if text:byte(stop) == 34 then
            return table.concat(parts), stop + 1
        end
        parts[#parts + 1], at = read_escape(text, stop)
    end
end

--- A number. Lua before 5.3 has no integers beyond 2^53; a text that no number of it prints as
-- would become another one, so it raises.
local function read_number(text, at, name)
    local digits = text:match("^-?[%d.eE+-]+", at)
    local number = tonumber(digits)
    if number == nil then -- in a locale whose numbers have a comma
        number = tonumber((digits:gsub("%.", ("%.1f"):format(0.5):match("%D+", 2) or ".")))
    end
    if digits:find("^-?%d+$") and json.number(number) ~= digits and digits ~= "-0" then
        error(("%s: the number %s cannot be had exactly in this Lua"):format(name, digits), 0)
    end
    return number, at + #digits
end

local read

local function read_items(text, at, name)
    local items = setmetatable({}, ARRAY)
    at = at + 1
    while text:byte(at) ~= 93 do -- ]
        items[#items + 1], at = read(text, at, name)
        at = text:byte(at) == 44 and at + 1 or at
    end
    return items, at + 1
end

local function read_members(text, at, name)
    local keys = {}
    local members = setmetatable({}, {__name = "a table", keys = keys})
    at = at + 1
    while text:byte(at) ~= 125 do -- }
        local key
        key, at = read_string(text, at)
        keys[#keys + 1] = key
        members[key], at = read(text, at + 1, name and name .. "." .. key or key)
        at = text:byte(at) == 44 and at + 1 or at
    end
    return members, at + 1
end

local WORDS = {t = {true, 4}, f = {false, 5}, n = {json.null, 4}}

function read(text, at, name)
    local letter = text:sub(at, at)
    if letter == '"' then
        return read_string(text, at)
    elseif letter == "{" then
        return read_members(text, at, name)
    elseif letter == "[" then
        return read_items(text, at, name)
    end
    local word = WORDS[letter]
    if word then
        return word[1], at + word[2]
    end
    return read_number(text, at, name)
end

--- The value of a compact text that the library wrote, that of a member unless it is an object.
-- Numbers that this Lua cannot have exactly raise, with the name of the member and no place.
function json.decode(text, name)
    return (read(text, 1, name))
end

return json
