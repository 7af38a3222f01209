--- What follows from published figures: progress, judgements, shares and growth.
-- @module poupa.figures

local check = require "poupa.check"
local core = require "poupa.core"
local entity = require "poupa.entity"
local errors = require "poupa.errors"
local findings = require "poupa.findings"
local interval = require "poupa.interval"
local numbers = require "poupa.numbers"
local object = require "poupa.object"
local period = require "poupa.period"
local say = require "poupa.say"

local figures = {}

local METRIC = entity.kinds.metric

local function metric_of(this, handle)
    return this and entity.view(METRIC, this, handle)
end

-- -- Targets ------------------------------------------------------------------------------

--- How far a target is. As text it is a sentence or two.
-- @table Progress
-- @field of the target that this is about
-- @field indicator what is to be reached
-- @field state "unknown" "reached" "on_track" "behind" "missed"
-- @field as_of the date that was asked for, or that of the latest figure
-- @field metric the latest figure; nil where there is none
-- @field baseline where it started from; nil where the target has none
-- @field actual the latest figure as an interval
-- @field target what is to be reached, as an interval
-- @field share of the target, in percent
-- @field remaining the target less the actual figure
-- @field months_left from the date to the due date; negative where that is past
-- @field pace_needed a month, to reach it by the due date; nil where there is no time left
-- @field pace a month, since the baseline; nil where there is none to measure from
-- @field forecast when it is reached at that pace; nil where it is not
local Progress = object.record("the progress of a target", {
    "of", "indicator", "state", "as_of", "metric", "baseline", "actual", "target", "share",
    "remaining", "months_left", "pace_needed", "pace", "forecast",
})

--- Whether "140 of 180" says how far it is: not of percentages, nor of what is to fall.
local function is_counted_up(self)
    local rises = self.remaining.value >= 0 or self.state == "reached"
    return rises and self.target.low > -math.huge and self.indicator.unit ~= "percent"
        and not self.share.is_unknown
end

--- How fast it went, and where that leads.
local function pace_of(self)
    local so_far, where = "no change so far", "at that pace it is never reached"
    if self.pace ~= 0 then
        so_far = ("%s %s a month so far"):format(
            say.measured(math.abs(self.pace), self.indicator.unit),
            self.pace < 0 and "less" or "more")
    end
    if self.forecast then
        where = "at that pace it is reached on " .. say.day(self.forecast)
    end
    return (" %s: %s; %s."):format(say.capitalized(self.state), so_far, where)
end

--- What is left to do, in what time, and whether that is likely.
local function outlook(self, due)
    if self.state == "reached" then
        return (" Reached; it was due %s."):format(due)
    end
    local unit = self.indicator.unit
    local gap = say.measured(math.abs(self.remaining.value), unit)
    local falls = self.remaining.value < 0
    if self.state == "missed" then
        return (" Missed: it was due %s, and %s %s."):format(due, gap,
            falls and "too much" or "short")
    elseif not (self.months_left and self.pace_needed) then
        return ""
    end
    local needed = say.measured(math.abs(self.pace_needed), unit)
    return (" %s to %s in %s, %s: that takes %s a month.%s"):format(gap,
        falls and "come down" or "go", say.months(self.months_left), due, needed,
        self.pace and pace_of(self) or "")
end

function Progress:__tostring()
    local indicator, metric = self.indicator, self.metric
    local goal = say.published(self.of.value, self.of.qualifier, indicator.unit)
    local due = say.by(self.of.due)
    if not metric then
        local until_then = self.as_of and " up to " .. say.day(self.as_of) or ""
        return ("%s: %s %s. No figure has been published%s."):format(indicator.name, goal, due,
            until_then)
    end
    local actual = say.published(metric.value, metric.qualifier, indicator.unit)
    local now = say.when(metric.period, indicator.measure)
    local stand = ("%s %s; the target is %s."):format(actual, now, goal)
    if is_counted_up(self) then
        stand = ("%s of %s (%s %%) %s."):format(actual, goal, say.number(self.share.value), now)
    end
    return ("%s: %s%s"):format(indicator.name, stand, outlook(self, due))
end

Progress.__concat = object.concat

--- The date of an option that may be absent: a text, or a Period that is a date.
local function date_of(value, where)
    local span = object.of(value, period.Period)
    local text = span and span.text or value
    if text ~= nil and type(text) ~= "string" then
        check.refuse(value, where, "as_of", "a string", 1)
    end
    if text ~= nil then
        return errors.pass(core.date_parse(text))
    end
end

--- Progress at a date, or at the latest date that any figure bears.
-- @param as_of a date: "2021-08-31", "2021-08", "2021"
-- @return a Progress, or nil, message, details
-- @function target:progress
function entity.kinds.target.class.methods:progress(as_of)
    local held = object.own(self, entity.kinds.target.class, "target:progress")
    local date, message, details = date_of(as_of, "target:progress")
    if message then
        return nil, message, details
    end
    local found, said, more = errors.pass(core.target_progress(held.handle, held.this, date))
    if found == nil then
        return nil, said, more
    end
    found.of, found.indicator = self, self.indicator
    found.metric = metric_of(found.metric, held.handle)
    found.baseline = metric_of(found.baseline, held.handle)
    for _, name in ipairs {"actual", "target", "share", "remaining"} do
        found[name] = interval.of(found[name])
    end
    return setmetatable(found, Progress)
end

-- -- Claims -------------------------------------------------------------------------------

--- A claim, recomputed from its figures.
-- @table Judgement
-- @field of the claim that this is about
-- @field verdict "unknown" "confirmed" "consistent" "contradicted"
-- @field left the figures of the left side, added up
-- @field right the figures of the right side, added up
-- @field computed what the claim is about, from its figures
-- @field stated what the claim says; unknown where it says nothing
-- @field warnings what to mind about it: an array of rules
local Judgement = object.record("a judgement", {
    "of", "verdict", "left", "right", "computed", "stated", "warnings",
})

local BETWEEN = {sum = "adds up to", greater = "is more than"}

local function judged_text(self)
    local kind = self.of.kind
    if BETWEEN[kind] then
        return ("%s %s %s"):format(tostring(self.left), BETWEEN[kind], tostring(self.right))
    end
    local said = (kind == "share" or kind == "growth") and numbers.percent or numbers.interval
    local computed = said(self.computed)
    if self.stated.is_unknown then
        return ("a %s of %s, and nothing is stated"):format(kind, computed)
    end
    return ("a %s of %s, stated as %s"):format(kind, computed, said(self.stated))
end

function Judgement:__tostring()
    local minded = {}
    for i, rule in ipairs(self.warnings) do
        minded[i] = "; but mind: " .. rule.title
    end
    return ("%s: %s%s"):format(self.verdict, judged_text(self), table.concat(minded))
end

Judgement.__concat = object.concat

local function judge(self, where)
    local held = object.of(self, entity.kinds.claim.class)
    if not held then
        check.refuse(self, where, "self", "a claim", 1)
    end
    local found, message, details = errors.pass(core.claim_judge(held.handle, held.this))
    if found == nil then
        return nil, message, details
    end
    found.of = self
    for _, name in ipairs {"left", "right", "computed", "stated"} do
        found[name] = interval.of(found[name])
    end
    for i, code in ipairs(found.warnings) do
        found.warnings[i] = findings.rule(code)
    end
    return setmetatable(found, Judgement)
end

--- Recomputes a claim.
-- @return a Judgement, or nil, message, details
-- @function claim:judge
function entity.kinds.claim.class.methods:judge()
    local found, message, details = judge(self, "claim:judge")
    return found, message, details
end

function entity.kinds.claim.class.getters.verdict(_, self)
    local found, message = judge(self, "claim.verdict")
    if not found then
        error(message, 3)
    end
    return found.verdict
end

-- -- Derived figures ----------------------------------------------------------------------

--- A figure that follows from two published ones.
-- @table Derived
-- @field derivation "digital_share" "growth" "part_of_year"
-- @field metric the metric
-- @field base the metric that it is set against
-- @field percent the share or the growth; for a part of a year, 100 metric / base
local Derived = object.record("a derived figure", {"derivation", "metric", "base", "percent"})

local FOLLOWS = {
    digital_share = "%s: the digital share of %s, %s",
    growth = "%s: growth since %s, %s",
    part_of_year = "%s: part of a year, against the whole of %s, %s",
}

function Derived:__tostring()
    return FOLLOWS[self.derivation]:format(self.metric.id, self.base.id,
        numbers.percent(self.percent))
end

Derived.__concat = object.concat

--- @section end

--- All figures that follow in the library's catalogue.
-- @local
function figures.derive(handle)
    local list, message, details = errors.pass(core.metrics_derive(handle))
    if list == nil then
        return nil, message, details
    end
    for _, each in ipairs(list) do
        each.metric, each.base = metric_of(each.metric, handle), metric_of(each.base, handle)
        each.percent = interval.of(each.percent)
        setmetatable(each, Derived)
    end
    return list
end

return figures
