--- Numbers and intervals as text, whatever the locale.
-- @module poupa.numbers

local core = require "poupa.core"

local numbers = {}

--- A number rounded to so many decimals, exactly as decimals are.
local function rounded(number, decimals)
    return tonumber(("%%.%df"):format(decimals):format(number)) + 0
end
numbers.rounded = rounded

local function is_finite(number)
    return number - number == 0
end

--- A number as short as it reads back the same: 12000, 0.1; "inf" and "-inf".
function numbers.plain(number)
    if is_finite(number) then
        return core.number_print(number)
    end
    return number ~= number and "unknown" or number > 0 and "inf" or "-inf"
end

--- The same with the thousands marked: 12,000.
function numbers.marked(number)
    local text = numbers.plain(number)
    local sign, whole, rest = text:match("^(-?)(%d+)([%d.]*)$")
    if not whole then
        return text
    end
    whole = whole:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
    return sign .. whole .. rest
end

-- -- Intervals ----------------------------------------------------------------------------

--- Whether a number has three decimals at most, but for the error of arithmetic.
local function is_short(number)
    if not is_finite(number) then
        return true
    end
    local near = rounded(number, 3)
    return math.abs(number - near) <= 1e-12 * math.max(math.abs(number), math.abs(near))
end

--- How many decimals of an estimate to show: about three digits of it, and all before the point.
local function decimals_of(value)
    if value == 0 or not is_finite(value) then
        return 2
    end
    local digits = 2 - math.floor(math.log(math.abs(value)) / math.log(10) + 1e-12)
    return math.min(math.max(digits, 0), 99)
end

--- A number rounded down (-1), up (1) or to the nearest (0), but for the error of arithmetic.
local function estimate(number, decimals, towards)
    if not is_finite(number) or math.abs(number) >= 2 ^ 53 then
        return number
    end
    local near = rounded(number, decimals)
    if (number - near) * towards > 1e-9 * math.abs(number) then
        near = rounded(near + towards * 10 ^ -decimals, decimals)
    end
    return near
end

--- Short figures in full; others as estimates, their bounds rounded outwards.
local function written(ends)
    local value, low, high = ends.value, ends.low, ends.high
    if is_short(value) and is_short(low) and is_short(high) then
        value = rounded(value, 3)
        low = is_finite(low) and rounded(low, 3) or low
        high = is_finite(high) and rounded(high, 3) or high
    else
        local decimals = decimals_of(value)
        value = estimate(value, decimals, 0)
        low, high = estimate(low, decimals, -1), estimate(high, decimals, 1)
    end
    return numbers.marked(value), numbers.marked(low), numbers.marked(high)
end

--- An interval: "12,000 (12,000 to 13,000)", "≥ 240", "unknown".
function numbers.interval(ends)
    if ends.value ~= ends.value then
        return "unknown"
    end
    local value, low, high = written(ends)
    if ends.low == ends.value and ends.value == ends.high then
        return value
    end
    local open_low, open_high = ends.low == -math.huge, ends.high == math.huge
    if not open_low and not open_high then
        return ("%s (%s to %s)"):format(value, low, high)
    elseif open_low and open_high then
        return value .. " (unbounded)"
    end
    local bound = open_high and "≥ " .. low or "≤ " .. high
    if (open_high and ends.low or ends.high) == ends.value then
        return bound
    end
    return ("%s (%s)"):format(value, bound)
end

--- The same in percent: "41.7 % (30.7 to 50)".
function numbers.percent(ends)
    local text = numbers.interval(ends)
    if text == "unknown" then
        return text
    end
    local value, bounds = text:match("^(.-)( %(.*)$")
    return (value or text) .. " %" .. (bounds or "")
end

return numbers
