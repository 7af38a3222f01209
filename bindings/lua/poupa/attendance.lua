--- Attendance records as a table.
--
-- Records are plain tables: `period` ("2021-06-14"), `unit` (an id, or nil where there is no
-- place), `service` and `channel` (ids), `count` (attendances), `wait_s` and `service_s` (mean
-- seconds, or nil). The library's columns are not to be had: Lua has no arrays that could be a
-- view of them, and copies would be larger than the records.
-- @module poupa.attendance

local catalog = require "poupa.catalog"
local check = require "poupa.check"
local core = require "poupa.core"
local entity = require "poupa.entity"
local errors = require "poupa.errors"
local findings = require "poupa.findings"
local object = require "poupa.object"
local period = require "poupa.period"
local rollup = require "poupa.rollup"

local attendance = {}

-- -- Counts -------------------------------------------------------------------------------

--- What reading came to: all lines are good, bad or blank.
-- @table Counts
-- @field good records
-- @field bad lines that were skipped or quarantined, or the one that failed
-- @field blank lines of white space
-- @field bytes of the lines, after decompression
local Counts = object.record("counts", {"good", "bad", "blank", "bytes"})

function Counts:__tostring()
    return ("%d good, %d bad, %d blank, %d bytes"):format(self.good, self.bad, self.blank,
        self.bytes)
end

Counts.__concat = object.concat

--- @section end

--- The sum of two counts, of which either may be nil.
-- @local
function attendance.counts(a, b)
    local sum = setmetatable({good = 0, bad = 0, blank = 0, bytes = 0}, Counts)
    for name in pairs(Counts.fields) do
        sum[name] = (a and a[name] or 0) + (b and b[name] or 0)
    end
    return sum
end

-- -- Tables -------------------------------------------------------------------------------

--- Records in memory, as a table that does not change. `#` is the number of rows.
-- @type Attendance
-- @field rows how many records it has
-- @field counts what reading came to
-- @field units the ids of units in it, an array
-- @field services the ids of services
-- @field channels the ids of channels
local Attendance = object.class("a table of records", true)
attendance.Attendance = Attendance

--- @section end

--- The table that the library made.
-- @local
function attendance.of(pointer, counts)
    return object.new(Attendance, {table = pointer, counts = counts})
end

--- The library's table of an argument; anything else raises, two calls up.
-- @local
function attendance.option(value, where, name)
    local held = object.of(value, Attendance)
    if not held then
        check.refuse(value, where, name, "a table of records", 1)
    end
    return held.table
end

local function made(pointer, message, details)
    local own, said, more = errors.pass(pointer, message, details)
    if own == nil then
        return nil, said, more
    end
    return attendance.of(own)
end

function Attendance.getters.rows(held)
    return core.attendance_rows(held.table)
end

function Attendance.getters.counts(held)
    return attendance.counts(held.counts or {good = core.attendance_rows(held.table)})
end

for code, name in ipairs {"units", "services", "channels"} do
    Attendance.getters[name] = function(held)
        return core.attendance_words(held.table, code - 1)
    end
end

function Attendance:__len()
    return core.attendance_rows(object.held(self).table)
end

local function record_at(pointer, row)
    local record = core.attendance_at(pointer, row - 1)
    return record
end

--- The record at a place, counted from 1; nil past the end.
-- @param place from 1 on
-- @return the record, or nil
function Attendance.methods:row(place)
    local held = object.own(self, Attendance, "attendance:row")
    check.number(place, "attendance:row", "place")
    if place ~= math.floor(place) or place < 1 or place > core.attendance_rows(held.table) then
        return nil
    end
    return record_at(held.table, place)
end

--- An iterator over the records.
-- @return a function that gives the next record, and nil at the end
function Attendance.methods:records()
    local held = object.own(self, Attendance, "attendance:records")
    local place, count = 0, core.attendance_rows(held.table)
    return function()
        place = place + 1
        return place <= count and record_at(held.table, place) or nil
    end
end

--- The records from one place to another, both included, in the same memory; as for string.sub,
-- places below 0 count from the end.
-- @param first the first place
-- @param last the last place; -1 by default
-- @return an Attendance, or nil, message, details
function Attendance.methods:slice(first, last)
    local held = object.own(self, Attendance, "attendance:slice")
    local rows = core.attendance_rows(held.table)
    first = check.integer(first, "attendance:slice", "first", -2 ^ 53, 2 ^ 53)
    last = last == nil and -1 or check.integer(last, "attendance:slice", "last", -2 ^ 53, 2 ^ 53)
    first = math.max(first < 0 and rows + first + 1 or first, 1)
    last = math.min(last < 0 and rows + last + 1 or last, rows)
    first = math.min(first, rows + 1)
    return made(core.attendance_slice(held.table, first - 1, math.max(last - first + 1, 0)))
end

--- The records in the order of their periods: by first day, the longer ones first. A new table.
-- @return an Attendance, or nil, message, details
function Attendance.methods:sort()
    local held = object.own(self, Attendance, "attendance:sort")
    return made(core.attendance_sort(held.table))
end

function Attendance.__eq(a, b)
    local x, y = object.of(a, Attendance), object.of(b, Attendance)
    return x ~= nil and y ~= nil and core.attendance_equal(x.table, y.table)
end

--- A finding for each unit, service and channel that a catalogue does not have.
-- @param against the catalogue
-- @return a Report, or nil, message, details
function Attendance.methods:check(against)
    local held = object.own(self, Attendance, "attendance:check")
    local handle = catalog.option(against, "attendance:check")
    local report = core.report_new()
    local done, message, details = errors.pass(
        core.attendance_check(held.table, handle, report))
    if not done then
        return nil, message, details
    end
    return findings.report(report)
end

--- The attendances added up.
-- @param options a table: by, what to group by, "month,channel" or an array: `day` `month`
--   `quarter` `half` `year` `unit` `service` `channel`, and with a catalogue `organization`
--   `area` `country` `state` `region` `municipality` `district` `digital`; where, a table of
--   groups and the value or the array of values to keep, a period keeping what lies in it and an
--   area the units in it and below; catalog; top, how many groups to keep, those of most
--   attendances; counts_only, to leave out the mean times, which saves time
-- @return a Rollup, or nil, message, details
function Attendance.methods:rollup(options)
    local held = object.own(self, Attendance, "attendance:rollup")
    local left = held.table
    local result, message, details = rollup.of(options, "attendance:rollup", function()
        local pointer = left
        left = nil
        return pointer
    end)
    return result, message, details
end

--- The records as JSON Lines.
-- @return the text, or nil, message, details
function Attendance.methods:encode()
    local held = object.own(self, Attendance, "attendance:encode")
    return errors.pass(core.attendance_write(held.table))
end

--- Writes the records as JSON Lines: to a file, wholly, or the old file stays as it was; or to a
-- function, in pieces of about 64 KiB, which ends it by returning nil and a message.
-- @param target a path or a function
-- @return true, or nil, message, details
function Attendance.methods:save(target)
    local held = object.own(self, Attendance, "attendance:save")
    if check.is_callable(target) then
        return errors.pass(core.attendance_write_to(held.table, function(piece)
            return target(piece)
        end))
    end
    check.text(target, "attendance:save", "target")
    return errors.about(target, core.attendance_write_file(held.table, target))
end

function Attendance:__tostring()
    local held = object.held(self)
    return ("%d records: %d units, %d services, %d channels"):format(
        core.attendance_rows(held.table), #self.units, #self.services, #self.channels)
end

Attendance.__concat = object.concat

--- One table of an array of them, their records in the order of the tables.
-- @param tables an array of Attendance
-- @return an Attendance, or nil, message, details
function attendance.merge(tables)
    local where, list = "poupa.merge", {}
    for i = 1, check.list(tables, where, "tables", "an array of tables of records") do
        list[i] = attendance.option(tables[i], where, ("tables[%d]"):format(i))
    end
    return made(core.attendance_merge(list))
end

-- -- Building -----------------------------------------------------------------------------

--- Makes a table of records, one by one.
-- @type Builder
local Builder = object.class("a builder")

local FIELDS = {
    period = true, unit = true, service = true, channel = true, count = true, wait_s = true,
    service_s = true,
}

--- The largest integer that every smaller one is told apart from.
local MOST = math.maxinteger or 2 ^ 53

local MOST_OF = {count = MOST, wait_s = 2 ^ 31 - 1, service_s = 2 ^ 31 - 1}

local function id_of(value, where, name)
    local kind, held = entity.of(value)
    if kind and kind.noun == name then
        return kind.ids(held.this)
    end
    check.text(value, where, name, 1)
    return value
end

--- Makes room for so many more records.
-- @param rows how many
-- @return true, or nil, message, details
function Builder.methods:reserve(rows)
    local held = object.own(self, Builder, "builder:reserve")
    check.integer(rows, "builder:reserve", "rows", 0, 2 ^ 53)
    return errors.pass(core.builder_reserve(held.builder, rows))
end

--- Appends a record. Without a count it is one attendance.
-- @param record a table, as `attendance:row` gives one; ids may be entities, the period a Period
-- @return true, or nil, message, details
function Builder.methods:append(record)
    local where = "builder:append"
    local held = object.own(self, Builder, where)
    check.members(record, FIELDS, where, "record")
    local row = {
        service = id_of(record.service, where, "service"),
        channel = id_of(record.channel, where, "channel"),
        unit = record.unit ~= nil and id_of(record.unit, where, "unit") or nil,
        count = record.count == nil and 1 or check.number(record.count, where, "count"),
    }
    for _, name in ipairs {"wait_s", "service_s"} do
        row[name] = record[name] ~= nil and check.number(record[name], where, name) or nil
    end
    for _, name in ipairs {"count", "wait_s", "service_s"} do
        local number = row[name]
        if number and (number ~= math.floor(number) or number < 0 or number > MOST_OF[name]) then
            return errors.fail("invalid",
                ("%s must be a whole number from 0 to %d"):format(name, MOST_OF[name]))
        end
    end
    local text, message, details = period.option(record.period == nil and "" or record.period,
        where, "period")
    if text == nil then
        return nil, message, details
    end
    row.period = text
    return errors.pass(core.builder_append(held.builder, row))
end

--- The table of what was appended; the builder is empty again.
-- @return an Attendance, or nil, message, details
function Builder.methods:finish()
    local held = object.own(self, Builder, "builder:finish")
    return made(core.builder_finish(held.builder))
end

--- @section end

--- A builder of a table of records.
-- @return a Builder
function attendance.builder()
    return object.new(Builder, {builder = core.builder_new()})
end

return attendance
