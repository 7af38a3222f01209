--- Figures with their bounds, and computing with them.
-- @module poupa.interval

local check = require "poupa.check"
local core = require "poupa.core"
local errors = require "poupa.errors"
local numbers = require "poupa.numbers"
local object = require "poupa.object"

local interval = {}

--- A figure and the bounds of what it may truly be. It cannot be changed.
--
-- `+ - * /` and unary minus take the true values as independent, so that the bounds hold
-- whatever they are: `a - a` is zero only for an exact `a`. `<` and the like are true where that
-- is certain; `==` is true where value and bounds are the same. Lua compares intervals only with
-- intervals: write `poupa.interval(11000)` for a number.
-- @type Interval
-- @field value the best estimate; not a number where nothing is known
-- @field low the least that it may be; may be -math.huge
-- @field high the most that it may be; may be math.huge
-- @field is_unknown whether nothing is known
-- @field is_exact whether both bounds are the value
-- @field is_bounded whether both bounds are finite
local Interval = object.class("an interval")
interval.Interval = Interval

local function of(ends)
    return object.new(Interval, ends)
end
interval.of = of

local function is_finite(number)
    return number - number == 0
end

function Interval.getters.value(ends)
    return ends.value
end

function Interval.getters.low(ends)
    return ends.low
end

function Interval.getters.high(ends)
    return ends.high
end

function Interval.getters.is_unknown(ends)
    return core.interval_is_unknown(ends)
end

function Interval.getters.is_exact(ends)
    return ends.low == ends.value and ends.value == ends.high
end

function Interval.getters.is_bounded(ends)
    return is_finite(ends.low) and is_finite(ends.high)
end

-- -- What the arithmetic takes ------------------------------------------------------------

--- The ends of an interval, of an entity that has one, or of a number, which is exact; nil for
-- anything else.
local function ends_of(value)
    if type(value) == "number" then
        if value ~= value then
            return core.interval_unknown()
        end
        return is_finite(value) and {value = value, low = value, high = value} or nil
    end
    local class = object.class_of(value)
    if class == Interval then
        return object.held(value)
    end
    local get = class and class.getters.interval
    return get and object.held(get(object.held(value), value)) or nil
end

--- The same for an argument; anything else raises, two calls up, or more by `up`.
local function figure(value, where, name, up)
    local ends = ends_of(value)
    if ends == nil then
        check.refuse(value, where, name, "a finite number, an interval or what has one",
            1 + (up or 0))
    end
    return ends
end

local function operands(a, b)
    local x, y = ends_of(a), ends_of(b)
    if not (x and y) then
        error(("cannot compute with %s"):format(check.what(x and b or a)), 3)
    end
    return x, y
end

-- -- Methods ------------------------------------------------------------------------------

--- Whether both may be the same number.
-- @param other an interval, a number or what has an interval
-- @return true or false
function Interval.methods:overlaps(other)
    local ends = object.own(self, Interval, "interval:overlaps")
    local others = figure(other, "interval:overlaps", "other")
    return ends.low <= others.high and others.low <= ends.high
end

--- Whether a number, or all of an interval, is within the bounds.
-- @param other an interval, a number or what has an interval
-- @return true or false
function Interval.methods:contains(other)
    local ends = object.own(self, Interval, "interval:contains")
    local others = figure(other, "interval:contains", "other")
    return ends.low <= others.low and others.high <= ends.high
end

function Interval.__add(a, b)
    local x, y = operands(a, b)
    return of(core.interval_sum({x, y}))
end

function Interval.__sub(a, b)
    local x, y = operands(a, b)
    return of(core.interval_difference(x, y))
end

function Interval.__div(a, b)
    local x, y = operands(a, b)
    return of(core.interval_ratio(x, y))
end

function Interval.__mul(a, b)
    local x, y = operands(a, b)
    local value = x.value * y.value
    if not is_finite(value) then
        return of(core.interval_unknown())
    end
    local low, high = math.huge, -math.huge
    for _, one in ipairs {x.low, x.high} do
        for _, other in ipairs {y.low, y.high} do
            -- Zero times infinity is not a number; an end that is zero makes a product of zero.
            local product = one ~= 0 and other ~= 0 and one * other or 0
            low, high = math.min(low, product), math.max(high, product)
        end
    end
    return of({value = value, low = low, high = high})
end

function Interval.__unm(a)
    local ends = object.held(a)
    return of({value = 0 - ends.value, low = 0 - ends.high, high = 0 - ends.low})
end

function Interval.__eq(a, b)
    local x, y = object.of(a, Interval), object.of(b, Interval)
    if not (x and y) then
        return false
    end
    local same = x.value == y.value or (x.value ~= x.value and y.value ~= y.value)
    return same and x.low == y.low and x.high == y.high
end

function Interval.__lt(a, b)
    local x, y = operands(a, b)
    return x.high < y.low
end

function Interval.__le(a, b)
    local x, y = operands(a, b)
    return x.high <= y.low
end

--- "12,000 (12,000 to 13,000)", "≥ 240", "unknown".
function Interval:__tostring()
    return numbers.interval(object.held(self))
end

Interval.__concat = object.concat

-- -- Functions ----------------------------------------------------------------------------

--- @section end

--- An interval; without bounds an exact figure. Not a number is the unknown one.
-- @param value the best estimate
-- @param low the least that it may be; may be -math.huge
-- @param high the most that it may be; may be math.huge
-- @return an Interval, or nil, message, details where the numbers make none
-- @function interval
function interval.new(value, low, high)
    check.number(value, "poupa.interval", "value")
    low = low == nil and value or check.number(low, "poupa.interval", "low")
    high = high == nil and value or check.number(high, "poupa.interval", "high")
    if value ~= value then
        return of(core.interval_unknown())
    end
    if not is_finite(value) then
        return errors.fail("argument", "expected a finite value")
    end
    if not (low <= value and value <= high) then
        return errors.fail("argument", ("expected low <= value <= high, not %s, %s, %s"):format(
            numbers.plain(low), numbers.plain(value), numbers.plain(high)))
    end
    return of({value = value, low = low, high = high})
end

--- What a published value stands for.
-- @param value the value
-- @param qualifier how it was said: "exact" (or nil) "about" "over" "almost" "at_least" "at_most"
-- @param resolution the unit of its last digit, 1000 for "12 mil"; 0 (or nil) for none
-- @return an Interval, or nil, message, details
function interval.published(value, qualifier, resolution)
    local where = "poupa.published"
    check.number(value, where, "value")
    qualifier = qualifier == nil and "exact" or check.text(qualifier, where, "qualifier")
    resolution = resolution == nil and 0 or check.number(resolution, where, "resolution")
    local code = core["POUPA_QUALIFIER_" .. qualifier:upper()]
    if qualifier ~= qualifier:lower() or not code then
        return errors.fail("argument", ("\"%s\" is not a qualifier"):format(qualifier))
    end
    if not is_finite(value) or not is_finite(resolution) or resolution < 0 then
        return errors.fail("argument", "expected a finite value and a resolution of 0 or more")
    end
    return of(core.published_interval(value, code, resolution))
end

local function several(list, where)
    local items = {}
    for i = 1, check.list(list, where, "figures", "an array of figures", 1) do
        items[i] = figure(list[i], where, ("figures[%d]"):format(i), 1)
    end
    return items
end

--- The sum of an array of figures: intervals, metrics, numbers; 0 for none.
-- @param figures the array
-- @return an Interval
function interval.total(figures)
    local items = several(figures, "poupa.total")
    return of(core.interval_sum(items))
end

--- Their arithmetic mean; unknown for none.
-- @param figures an array, as for `total`
-- @return an Interval
function interval.mean(figures)
    local items = several(figures, "poupa.mean")
    return of(core.interval_mean(items))
end

--- The quotient of two figures; unknown where the second may be zero.
-- @param a the dividend
-- @param b the divisor
-- @return an Interval
function interval.ratio(a, b)
    local x, y = figure(a, "poupa.ratio", "a"), figure(b, "poupa.ratio", "b")
    return of(core.interval_ratio(x, y))
end

--- A part of a whole, in percent.
-- @param part a figure
-- @param whole a figure
-- @return an Interval
function interval.share(part, whole)
    local x, y = figure(part, "poupa.share", "part"), figure(whole, "poupa.share", "whole")
    return of(core.interval_share(x, y))
end

--- The growth from the old figure to the new one, in percent.
-- @param new a figure
-- @param old a figure
-- @return an Interval
function interval.growth(new, old)
    local x, y = figure(new, "poupa.growth", "new"), figure(old, "poupa.growth", "old")
    return of(core.interval_growth(x, y))
end

return interval
