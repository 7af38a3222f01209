--- How objects are made: what they have is read as fields, a field that there is not raises with
-- the one that was probably meant, and what was not made to be changed cannot be.
-- @module poupa.object

local nearest = require "poupa.nearest"

local object = {}

--- Under this key objects keep what is not for callers.
local HELD = {}

--- Before Lua 5.2 the length of a table is not ours to say; there objects with one are made with
-- newproxy, and what they keep is here.
local kept = setmetatable({}, {__mode = "k"})

local PLAIN = #setmetatable({}, {__len = function() return 7 end}) == 7 or newproxy == nil

local function no_field(class, name, level)
    local names = {}
    for _, list in ipairs {class.getters, class.fields, class.methods} do
        for each in pairs(list) do
            names[each] = true
        end
    end
    if type(name) ~= "string" then
        error(("%s has no field %s"):format(class.__name, tostring(name)), level + 1)
    end
    error(("no field \"%s\" in %s%s"):format(name, class.__name, nearest.hint(name, names)),
        level + 1)
end

--- What an object keeps; nil for what is none.
local function kept_by(value)
    return type(value) == "table" and rawget(value, HELD) or kept[value]
end

--- A class of objects that keep something and cannot be changed. `noun` is what messages call
-- one ("a service"). Fields are computed by `class.getters`, which get what is kept and the
-- object; `class.methods` are functions. A class with a length (`class.__len`) needs `sized`.
-- Metatables are hidden: what an object keeps has a metatable that tells its class.
function object.class(noun, sized)
    local proxy = sized and not PLAIN and newproxy(true)
    local class = proxy and getmetatable(proxy) or {}
    class.__name = noun
    class.__metatable = false
    class.proxy = proxy
    class.mark = {class = class}
    class.getters, class.fields, class.methods = {}, {}, {}
    local getters, methods = class.getters, class.methods
    function class.__index(self, name)
        local get = getters[name]
        if get then
            local value = get(object.held(self), self) -- no tail call: getters count levels
            return value
        end
        local method = methods[name]
        if method == nil then
            no_field(class, name, 2)
        end
        return method
    end
    function class.__newindex(_, name)
        error(("%s cannot be changed: %s"):format(noun, tostring(name)), 2)
    end
    return class
end

--- An object of a class, with what it keeps.
function object.new(class, held)
    setmetatable(held, class.mark)
    if class.proxy then
        local made = newproxy(class.proxy)
        kept[made] = held
        return made
    end
    return setmetatable({[HELD] = held}, class)
end

--- What an object keeps; an imitation raises, two calls up.
function object.held(self)
    local held = kept_by(self)
    if held == nil then
        error("this was not made by poupa, but has the metatable of what was", 3)
    end
    return held
end

--- The class of an object; nil for anything else.
function object.class_of(value)
    local held = kept_by(value)
    return held and getmetatable(held).class
end

--- What an object of a class keeps; nil for anything else.
function object.of(self, class)
    local held = kept_by(self)
    return held and getmetatable(held) == class.mark and held or nil
end

--- What the object keeps that a method was called with; anything else raises, two calls up.
function object.own(self, class, where)
    local held = object.of(self, class)
    if held == nil then
        error(("%s: call it as a method of %s, with a colon"):format(where, class.__name), 3)
    end
    return held
end

--- A class of records: tables with their values as plain fields, for callers to keep, to change
-- and to encode. `names` are the fields that one may have; reading another one raises. Getters
-- get the record.
function object.record(noun, names)
    local class = {__name = noun, getters = {}, fields = {}, methods = {}}
    for _, name in ipairs(names) do
        class.fields[name] = true
    end
    local getters, fields, methods = class.getters, class.fields, class.methods
    function class.__index(self, name)
        local get = getters[name]
        if get then
            local value = get(self)
            return value
        end
        local method = methods[name]
        if method == nil and not fields[name] and type(name) == "string" then
            no_field(class, name, 2)
        end
        return method
    end
    return class
end

--- Joins objects and texts, for objects that print.
function object.concat(a, b)
    return tostring(a) .. tostring(b)
end

return object
