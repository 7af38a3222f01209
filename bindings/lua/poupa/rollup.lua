--- Attendances added up: what to group by, the groups, and ways to write them.
-- @module poupa.rollup

local catalog = require "poupa.catalog"
local check = require "poupa.check"
local core = require "poupa.core"
local entity = require "poupa.entity"
local errors = require "poupa.errors"
local nearest = require "poupa.nearest"
local object = require "poupa.object"
local period = require "poupa.period"

local rollup = {}

-- -- What is asked for --------------------------------------------------------------------

--- The names of all groups; "period" is for `where` alone.
-- @return an array
function rollup.groups()
    local words = {}
    repeat
        local word = core.group_word(#words)
        words[#words + 1] = word
    until word == nil
    return words
end

local function group(name)
    if core.group_find(name) then
        return name
    end
    local words = {}
    for _, word in ipairs(rollup.groups()) do
        words[word] = true
    end
    return errors.fail("argument", ("no group \"%s\"%s"):format(name, nearest.hint(name, words)))
end

--- What to group by: "month,channel", or an array of names.
local function groups_of(by, where, up)
    local names, found = by == nil and {} or by, {}
    if type(by) == "string" then
        check.text(by, where, "by", up + 1)
        names = {}
        for name in by:gmatch("[^,]+") do
            names[#names + 1] = name:match("^ *(.-) *$")
        end
    end
    for i = 1, check.list(names, where, "by", "a string or an array of strings", up + 1) do
        local name = check.text(names[i], where, ("by[%d]"):format(i), up + 1)
        local word, message, details = group(name)
        if word == nil then
            return nil, message, details
        end
        found[i] = word
    end
    return found
end

--- A value to filter by: a text, or what stands for one.
local function value_of(value, where, name, up)
    local kind, held = entity.of(value)
    local span = object.of(value, period.Period)
    local text = kind and kind.ids(held.this) or span and span.text or value
    check.text(text, where, ("where.%s"):format(name), up + 1)
    return text
end

local function filter_of(name, values, where, up)
    check.text(name, where, "a name in where", up + 1)
    local word, message, details = group(name)
    if word == nil then
        return nil, message, details
    end
    local list = {}
    values = check.is_table(values) and values or {values}
    for i = 1, check.list(values, where, "where." .. name, "a value or an array of them", up + 1) do
        list[i] = value_of(values[i], where, name, up + 1)
    end
    if #list == 0 then
        return errors.fail("argument", ("where.%s has no value"):format(name))
    end
    return {group = word, values = list}
end

local function filters_of(wanted, where, up)
    local names, filters = {}, {}
    wanted = wanted == nil and {} or wanted
    if not check.is_table(wanted) then
        check.refuse(wanted, where, "where", "a table", up + 1)
    end
    for name in next, wanted do
        names[#names + 1] = name
    end
    table.sort(names, function(a, b) return tostring(a) < tostring(b) end)
    for i, name in ipairs(names) do
        local filter, message, details = filter_of(name, wanted[name], where, up + 1)
        if filter == nil then
            return nil, message, details
        end
        filters[i] = filter
    end
    return filters
end

local OPTIONS = {by = true, where = true, catalog = true, top = true, counts_only = true}

--- The library's rollup of a table of options; wrong types raise, `up` calls above the caller.
local function start(options, where, up)
    options = check.options(options, OPTIONS, where, up)
    local plan = {counts_only = check.boolean(options.counts_only, where, "counts_only", up)}
    local message, details
    plan.by, message, details = groups_of(options.by, where, up)
    if plan.by == nil then
        return nil, message, details
    end
    plan.filters, message, details = filters_of(options.where, where, up)
    if plan.filters == nil then
        return nil, message, details
    end
    if options.catalog ~= nil then
        local held = object.of(options.catalog, catalog.Catalog)
        if not held then
            check.refuse(options.catalog, where, "catalog", "a catalogue", up)
        end
        plan.catalog = held.handle
    end
    if options.top ~= nil then
        plan.top = check.integer(options.top, where, "top", 1, 2 ^ 53, up)
    end
    return errors.pass(core.rollup_new(plan))
end

-- -- Results ------------------------------------------------------------------------------

--- Which records were taken into account.
-- @table Tally
-- @field rows records added
-- @field kept of these, how many are in groups
-- @field filtered how many `where` left out
-- @field cut how many were left out since only a part of their period is in that of `where`
-- @field wider how many are in groups that are wider than the grain
-- @field groups how many groups there are, those below the top included
local Tally = object.record("a tally", {"rows", "kept", "filtered", "cut", "wider", "groups"})

--- Attendances added up: an array of groups, which prints as a table. Groups come in the order of
-- their keys, or with `top` those of most attendances first; groups of records whose period is
-- wider than what was asked for are at the end.
--
-- A group has its keys by their names (`group.month`, `group.channel`; nil where neither record
-- nor catalogue tells), `count` (attendances), `rows` (records), `wait_s` and `service_s` (mean
-- seconds over the attendances that have them, or nil), `first` and `last` (the periods that
-- begin first and end last), and by period `period` and `wider`.
-- @type Rollup
-- @field by the names of the keys, an array
-- @field tally how many records were added, kept and left out
local Rollup = object.record("a rollup", {})

--- The library's table behind each rollup.
local behind = setmetatable({}, {__mode = "k"})

local MEMBERS = {"count", "rows", "wait_s", "service_s", "first", "last", "period", "wider"}

--- The class of the groups by some keys.
local function row_class(by)
    local names = {}
    for _, list in ipairs {by, MEMBERS} do
        for _, name in ipairs(list) do
            names[#names + 1] = name
        end
    end
    return object.record("a group", names)
end

local function row_of(by, row, class)
    for i, name in ipairs(by) do
        row[name] = row.keys[i] ~= "" and row.keys[i] or nil
    end
    row.keys = nil
    row.wider = row.period and row.wider or nil
    return setmetatable(row, class)
end

local function result_of(table_of)
    local by, rows = core.rollup_table_by(table_of), {}
    local class = row_class(by)
    for i = 1, core.rollup_table_count(table_of) do
        -- Lua before 5.3 cannot have all sums.
        local ok, row = pcall(core.rollup_table_at, table_of, i - 1)
        if not ok then
            return errors.fail("limit", ("group %d: %s"):format(i, row))
        end
        rows[i] = row_of(by, row, class)
    end
    behind[rows] = table_of
    return setmetatable(rows, Rollup)
end

local function own(self, where)
    local table_of = behind[self]
    if not table_of then
        check.refuse(self, where, "self", "a rollup", 1)
    end
    return table_of
end

function Rollup.getters:by()
    return core.rollup_table_by(behind[self])
end

function Rollup.getters:tally()
    return setmetatable(core.rollup_table_tally(behind[self]), Tally)
end

--- One JSON object with "by", "rows", "kept", "filtered", "cut" and "groups".
-- @return the text, or nil, message, details
function Rollup.methods:json()
    local table_of = own(self, "rollup:json")
    return errors.pass(core.rollup_json(table_of))
end

--- As RFC 4180 has it: a header, lines that end in CRLF.
-- @return the text, or nil, message, details
function Rollup.methods:csv()
    local table_of = own(self, "rollup:csv")
    return errors.pass(core.rollup_write_csv(table_of))
end

--- JSON Lines: an object for each group.
-- @return the text, or nil, message, details
function Rollup.methods:lines()
    local table_of = own(self, "rollup:lines")
    return errors.pass(core.rollup_write_ndjson(table_of))
end

local METRICS = {
    indicator = "indicator", wait_indicator = "indicator", service_indicator = "indicator",
    source = "source", prefix = false,
}
local KNOWN = {}
for name in pairs(METRICS) do
    KNOWN[name] = true
end

--- Adds the groups to a catalogue as metrics, all or none. Left out are groups with a key that is
-- not told, and those wider than what was asked for, which would pass for totals.
-- @param into the catalogue
-- @param options a table: indicator, of the attendances; wait_indicator and service_indicator, of
--   the mean times; source; each an id or an entity, one of the first three being needed;
--   prefix of the ids, "rollup" by default, before the keys, with points between them
-- @return how many groups were left out, or nil, message, details
function Rollup.methods:to_metrics(into, options)
    local where = "rollup:to_metrics"
    local table_of = own(self, where)
    local handle = catalog.option(into, where)
    options = check.options(options, KNOWN, where)
    local names = {}
    for name, noun in pairs(METRICS) do
        local kind, held = entity.of(options[name])
        local value = options[name]
        if kind and kind.noun == noun then
            value = kind.ids(held.this)
        end
        if value ~= nil then
            names[noun and name .. "_id" or name] = check.text(value, where, name)
        end
    end
    if not (options.indicator or options.wait_indicator or options.service_indicator) then
        return errors.fail("argument",
            "an indicator, a wait_indicator or a service_indicator is needed")
    end
    return errors.pass(core.rollup_to_metrics(table_of, names, handle))
end

-- -- As text ------------------------------------------------------------------------------

local SHOWN = 30

local function time(seconds)
    if not seconds then
        return "-"
    end
    local whole = math.floor(seconds + 0.5)
    return ("%d:%02d"):format(math.floor(whole / 60), whole % 60)
end

--- How many characters there are in UTF-8.
local function width(text)
    local _, tails = text:gsub("[\128-\191]", "")
    return #text - tails
end

local function cells_of(by, row)
    local cells = {}
    for i, name in ipairs(by) do
        cells[i] = row[name] or "-"
    end
    for _, cell in ipairs {("%d"):format(row.count), ("%d"):format(row.rows), time(row.wait_s),
        time(row.service_s)} do
        cells[#cells + 1] = cell
    end
    return cells
end

local function laid_out(lines, keys)
    local widths, printed = {}, {}
    for _, cells in ipairs(lines) do
        for i, cell in ipairs(cells) do
            widths[i] = math.max(widths[i] or 0, width(cell))
        end
    end
    for n, cells in ipairs(lines) do
        for i, cell in ipairs(cells) do
            local room = (" "):rep(widths[i] - width(cell))
            cells[i] = i <= keys and cell .. room or room .. cell
        end
        printed[n] = table.concat(cells, "  "):gsub(" +$", "")
    end
    return printed
end

--- The groups in columns, as `poupa rollup` prints them; the first ones of many.
function Rollup:__tostring()
    local by = self.by
    local header, wider_from = {}, nil
    for _, list in ipairs {by, {"attendances", "records", "wait", "service"}} do
        for _, name in ipairs(list) do
            header[#header + 1] = name
        end
    end
    local lines = {header}
    for i = 1, math.min(#self, SHOWN) do
        lines[i + 1] = cells_of(by, self[i])
        wider_from = wider_from or (self[i].wider and i + 1) or nil
    end
    local printed = laid_out(lines, #by)
    if wider_from then
        table.insert(printed, wider_from, "\nof wider periods, which are not split:")
    end
    if #self > SHOWN then
        printed[#printed + 1] = ("… and %d more"):format(#self - SHOWN)
    end
    return table.concat(printed, "\n")
end

Rollup.__concat = object.concat

-- -- Adding up ----------------------------------------------------------------------------

--- Adds up tables one by one, in memory that depends on the number of groups.
-- @type Adder
local Adder = object.class("an adder")

--- Adds the records of a table.
-- @param records an Attendance
-- @return true, or nil, message, details
function Adder.methods:add(records)
    local held = object.own(self, Adder, "adder:add")
    local attendance = require "poupa.attendance" -- which needs this module
    local table_of = attendance.option(records, "adder:add", "records")
    return errors.pass(core.rollup_add(held.rollup, table_of))
end

--- Adds what another one with the same options has added up.
-- @param other an Adder
-- @return true, or nil, message, details
function Adder.methods:merge(other)
    local held = object.own(self, Adder, "adder:merge")
    local others = object.of(other, Adder)
    if not others then
        check.refuse(other, "adder:merge", "other", "an adder")
    end
    return errors.pass(core.rollup_merge(held.rollup, others.rollup))
end

--- The result of what was added so far; it can go on.
-- @return a Rollup, or nil, message, details
function Adder.methods:finish()
    local held = object.own(self, Adder, "adder:finish")
    local table_of, message, details = errors.pass(core.rollup_finish(held.rollup))
    if table_of == nil then
        return nil, message, details
    end
    return result_of(table_of)
end

--- @section end

--- Begins to add up. The options are those of `attendance:rollup`.
-- @param options a table
-- @return an Adder, or nil, message, details
function rollup.adder(options)
    local made, message, details = start(options, "poupa.adder", 1)
    if made == nil then
        return nil, message, details
    end
    return object.new(Adder, {rollup = made})
end

--- Adds up what an iterator gives: the library's tables, or nil, message, details.
-- @local
function rollup.of(options, where, next_table)
    local adding, message, details = start(options, where, 2)
    if adding == nil then
        return nil, message, details
    end
    while true do
        local table_of, said, more = next_table()
        if table_of == nil and said then
            return nil, said, more
        elseif table_of == nil then
            break
        end
        local done, failure, about = errors.pass(core.rollup_add(adding, table_of))
        if not done then
            return nil, failure, about
        end
    end
    local made, said, more = errors.pass(core.rollup_finish(adding))
    if made == nil then
        return nil, said, more
    end
    return result_of(made)
end

return rollup
