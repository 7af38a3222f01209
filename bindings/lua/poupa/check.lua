--- What callers give: wrong types raise, with the name of the function and the argument.
-- @module poupa.check

local nearest = require "poupa.nearest"
local object = require "poupa.object"

local check = {}

--- What a value is, as messages say it.
function check.what(value)
    local class = object.class_of(value)
    if class then
        return class.__name
    elseif type(value) == "table" then
        local meta = getmetatable(value)
        local name = type(meta) == "table" and rawget(meta, "__name")
        return type(name) == "string" and name or "a table"
    end
    return value == nil and "nil" or "a " .. type(value)
end

--- Whether a value is a table and nothing more: no object, and nothing with a name of its own.
function check.is_table(value)
    return check.what(value) == "a table"
end

--- Raises that an argument is not what it must be, as an error of who called the function that
-- calls this; `up` is how many calls farther up that is.
function check.refuse(value, where, name, expected, up)
    error(("%s: %s must be %s, not %s"):format(where, name, expected, check.what(value)),
        3 + (up or 0))
end

--- A string without NUL bytes, which C would take for its end.
function check.text(value, where, name, up)
    check.bytes(value, where, name, (up or 0) + 1)
    if value:find("\0", 1, true) then
        error(("%s: %s must not contain NUL bytes"):format(where, name), 3 + (up or 0))
    end
    return value
end

--- A string of any bytes.
function check.bytes(value, where, name, up)
    if type(value) ~= "string" then
        check.refuse(value, where, name, "a string", (up or 0) + 1)
    end
    return value
end

--- A number that is one.
function check.number(value, where, name, up)
    if type(value) ~= "number" then
        check.refuse(value, where, name, "a number", (up or 0) + 1)
    end
    return value
end

--- A whole number from `least` to `most`.
function check.integer(value, where, name, least, most, up)
    if type(value) ~= "number" then
        check.refuse(value, where, name, "a number", (up or 0) + 1)
    end
    if value ~= math.floor(value) or value < least or value > most then
        error(("%s: %s must be a whole number from %.0f to %.0f"):format(where, name, least,
            most), 3 + (up or 0))
    end
    return value
end

--- Whether an option is set; it may be absent.
function check.boolean(value, where, name, up)
    if value ~= nil and type(value) ~= "boolean" then
        check.refuse(value, where, name, "a boolean", (up or 0) + 1)
    end
    return value == true
end

--- The length of an array, a table whose keys are 1 to its length.
function check.list(value, where, name, expected, up)
    if not check.is_table(value) then
        check.refuse(value, where, name, expected, (up or 0) + 1)
    end
    local length = 0
    for _ in next, value do
        length = length + 1
    end
    for i = 1, length do
        if rawget(value, i) == nil then
            error(("%s: %s must be %s, with no key but 1 to its length"):format(where, name,
                expected), 3 + (up or 0))
        end
    end
    return length
end

--- A function, or what can be called like one.
function check.callable(value, where, name, up)
    if not check.is_callable(value) then
        check.refuse(value, where, name, "a function", (up or 0) + 1)
    end
    return value
end

function check.is_callable(value)
    if type(value) == "function" then
        return true
    end
    local meta = getmetatable(value)
    return type(meta) == "table" and type(rawget(meta, "__call")) == "function"
end

--- A table of options, or none; an option of another name raises, with the one that was
-- probably meant.
function check.options(options, known, where, up)
    if options == nil then
        return {}
    end
    check.members(options, known, where, "options", (up or 0) + 1)
    return options
end

--- A table whose names are all known.
function check.members(options, known, where, name, up)
    if not check.is_table(options) then
        check.refuse(options, where, name, "a table", (up or 0) + 1)
    end
    for key in next, options do
        if not known[key] then
            error(("%s: no option \"%s\"%s"):format(where, tostring(key),
                nearest.hint(key, known)), 3 + (up or 0))
        end
    end
end

return check
