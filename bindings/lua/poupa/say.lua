--- Figures, dates and spans of time as people say them, in English.
-- @module poupa.say

local core = require "poupa.core"
local numbers = require "poupa.numbers"

local say = {}

local QUALIFIERS = {
    exact = "%s", about = "about %s", over = "more than %s", almost = "almost %s",
    at_least = "at least %s", at_most = "at most %s",
}

local UNITS = {seconds = "second", minutes = "minute", years = "year"}

local MILLION = 1000000

local MONTHS = {
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
}

local PARTS = {"first", "second", "third", "fourth"}

--- A number to tenths, with its thousands marked; round millions in words.
function say.number(value)
    local size = math.abs(value)
    if size >= MILLION and size < math.huge and value % (MILLION / 10) == 0 then
        return numbers.marked(numbers.rounded(value / MILLION, 1)) .. " million"
    elseif size > 0 and size < 1 then
        return numbers.plain(tonumber(("%.2g"):format(value)))
    end
    return numbers.marked(size < 2 ^ 53 and numbers.rounded(value, 1) or value)
end

--- A number of what is counted.
function say.measured(value, unit)
    local said = say.number(value)
    if unit == "count" then
        return said
    elseif unit == "percent" then
        return said .. " %"
    elseif unit == "BRL" then
        return "R$ " .. said
    end
    local noun = UNITS[unit]
    if not noun then
        return said .. " " .. unit
    end
    return said .. " " .. noun .. (said == "1" and "" or "s")
end

--- A value as it was said: "more than 240".
function say.published(value, qualifier, unit)
    return QUALIFIERS[qualifier]:format(say.measured(value, unit))
end

--- A date as precise as it is: "31 July 2021", "July 2021", "2021".
function say.day(date)
    local year, month, day = date:match("^(%d+)-?(%d*)-?(%d*)$")
    year = ("%d"):format(tonumber(year))
    if month == "" then
        return year
    end
    month = MONTHS[tonumber(month)]
    return day == "" and month .. " " .. year
        or ("%d %s %s"):format(tonumber(day), month, year)
end

--- The time that a figure is about.
function say.when(period, measure)
    local parts = core.period_parts(period)
    local last = core.date_from_day(parts.last)
    if measure == "stock" or measure == "cumulative" then
        return "as of " .. say.day(last)
    elseif not parts.first then
        return "up to " .. say.day(last)
    end
    local year, part = say.day(last:sub(1, 4)), tonumber(period:match("^%d+%-[SQ](%d)$"))
    if parts.kind == core.POUPA_PERIOD_HALF then
        return ("in the %s half of %s"):format(PARTS[part], year)
    elseif parts.kind == core.POUPA_PERIOD_QUARTER then
        return ("in the %s quarter of %s"):format(PARTS[part], year)
    elseif parts.kind == core.POUPA_PERIOD_DAY then
        return "on " .. say.day(last)
    elseif parts.kind == core.POUPA_PERIOD_YEAR or parts.kind == core.POUPA_PERIOD_MONTH then
        return "in " .. say.day(period)
    end
    return ("from %s to %s"):format(say.day(core.date_from_day(parts.first)), say.day(last))
end

--- When something is due at the latest.
function say.by(due)
    return (#due < 10 and "by the end of " or "by ") .. say.day(due)
end

--- A span of months.
function say.months(count)
    local said = say.number(count)
    return said .. (said == "1" and " month" or " months")
end

--- A word as people write it, at the beginning of a sentence: "On track".
function say.capitalized(word)
    return (word:gsub("_", " "):gsub("^%l", string.upper))
end

return say
