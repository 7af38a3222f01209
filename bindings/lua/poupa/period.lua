--- Periods: stretches of days, as they were written.
--
-- Entities and records have their periods and dates as strings, "2021-S1" or "2021-06-14". Where
-- one is computed with, `poupa.period` makes an object of it; a date is a period of one day.
-- @module poupa.period

local check = require "poupa.check"
local core = require "poupa.core"
local errors = require "poupa.errors"
local object = require "poupa.object"

local period = {}

--- A period. It cannot be changed; `==` is true where two are written alike, `<` orders by the
-- last day, then the first.
-- @type Period
-- @field first its first day, "2021-01-01"; nil where the start is open
-- @field last its last day, included
-- @field kind how it is written: "year" "half" "quarter" "month" "day" "range" "until"
-- @field days how many days it has; nil where the start is open
-- @field months how many calendar months; nil where it is not made of whole ones
local Period = object.class("a period")
period.Period = Period

local KINDS = {"year", "half", "quarter", "month", "day", "range", "until"}
local CODES = {}
for code, kind in ipairs(KINDS) do
    CODES[kind] = code
end

-- What a Period keeps: its text, and its parts as the library has them.

local function counted(number)
    return number >= 0 and number or nil
end

function Period.getters.first(held)
    return held.parts.first and core.date_from_day(held.parts.first)
end

function Period.getters.last(held)
    return core.date_from_day(held.parts.last)
end

function Period.getters.kind(held)
    return KINDS[held.parts.kind]
end

function Period.getters.days(held)
    return counted(core.period_days(held.text))
end

function Period.getters.months(held)
    return counted(core.period_months(held.text))
end

local function of(text)
    return object.new(Period, {text = text, parts = core.period_parts(text)})
end

--- The text of a Period, or of a text that is one; nil, message, details where it is none.
local function parsed(value)
    local held = object.of(value, Period)
    if held then
        return held.text
    end
    return errors.pass(core.period_parse(value))
end

--- A period to compare with; what is none raises, as an error of who called the method.
local function other(value, where)
    if type(value) ~= "string" and not object.of(value, Period) then
        check.refuse(value, where, "period", "a period or a string", 1)
    end
    local text, message = parsed(value)
    if text == nil then
        error(where .. ": " .. message, 3)
    end
    return text
end

--- Whether all days of a period or a date are in this one.
-- @param inner a Period, or the text of one
-- @return true or false
function Period.methods:contains(inner)
    local held = object.own(self, Period, "period:contains")
    local text = other(inner, "period:contains")
    return core.period_contains(held.text, text)
end

--- Whether both have the same days, however they are written: 2021-S1 and 2021-01/2021-06.
-- @param as a Period, or the text of one
-- @return true or false
function Period.methods:same_days(as)
    local parts = object.own(self, Period, "period:same_days").parts
    local text = other(as, "period:same_days")
    local others = core.period_parts(text)
    return parts.first == others.first and parts.last == others.last
end

--- Whether both have as many whole months or, having none, as many days.
-- @param as a Period, or the text of one
-- @return true or false
function Period.methods:same_length(as)
    local held = object.own(self, Period, "period:same_length")
    local text = other(as, "period:same_length")
    return core.period_same_length(held.text, text)
end

--- The year, half, quarter, month or day that the first day of this one is in.
-- @param kind "year", "half", "quarter", "month" or "day"
-- @return a Period, or nil, message, details where the start is open
function Period.methods:around(kind)
    local parts = object.own(self, Period, "period:around").parts
    check.text(kind, "period:around", "kind")
    local code = CODES[kind]
    if not code or code > CODES.day then
        return errors.fail("argument", ("no period around a day is a \"%s\""):format(kind))
    end
    local found = parts.first and core.period_around(parts.first, code)
    if not found then
        return errors.fail("argument", ("there is no %s around an open start"):format(kind))
    end
    return of(found)
end

local function compared(a, b)
    local x, y = object.of(a, Period), object.of(b, Period)
    if not (x and y) then
        error(("cannot compare %s with %s"):format(check.what(a), check.what(b)), 3)
    end
    return core.period_compare(x.text, y.text)
end

function Period.__eq(a, b)
    local x, y = object.of(a, Period), object.of(b, Period)
    return x ~= nil and y ~= nil and x.text == y.text
end

function Period.__lt(a, b)
    local order = compared(a, b)
    return order < 0
end

function Period.__le(a, b)
    local order = compared(a, b)
    return order <= 0
end

function Period:__tostring()
    return object.held(self).text
end

Period.__concat = object.concat

--- @section end

--- Reads a period: 2021, 2021-S1 (a half-year), 2021-Q3, 2021-06, 2021-06-14, 2020-08/2021-07, or
-- ../2021-07 (everything up to then).
-- @param text the text, or a Period, which comes back
-- @return a Period, or nil, message, details
-- @function period
function period.new(text)
    if type(text) ~= "string" and not object.of(text, Period) then
        check.refuse(text, "poupa.period", "text", "a string")
    end
    local parsed_text, message, details = parsed(text)
    if parsed_text == nil then
        return nil, message, details
    end
    return of(parsed_text)
end

--- The text of an option that may be absent, a text or a Period.
-- @return the text, or nil; or nil, message, details
-- @local
function period.option(value, where, name)
    if value == nil then
        return nil
    end
    if type(value) ~= "string" and not object.of(value, Period) then
        check.refuse(value, where, name, "a string or a period", 1)
    end
    return parsed(value)
end

return period
