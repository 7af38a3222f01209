---@meta poupa.attendance
-- Attendance records, for editors; tests/lua/types_spec.lua compares this with the module.

---@class poupa.Record
---@field period string a year, half-year, quarter, month or day
---@field unit? string an id; nil where there is no place
---@field service string an id
---@field channel string an id
---@field count integer attendances
---@field wait_s? integer mean wait in seconds
---@field service_s? integer mean time of service in seconds

---@class poupa.Counts
---@field good integer records
---@field bad integer lines that were skipped or quarantined, or the one that failed
---@field blank integer lines of white space
---@field bytes integer of the lines, after decompression

---@class poupa.ReadOptions
---@field on_error? "fail"|"skip"|"quarantine"
---@field threads? integer that decode, 1 to 256
---@field quarantine? string|fun(line: string): boolean?, string?
---@field progress? fun(counts: poupa.Counts): boolean?
---@field max_line? integer bytes

---@class poupa.ScanOptions: poupa.ReadOptions
---@field batch_rows? integer records of a batch, about
---@field range? integer[] the first byte, and the one past the last

---@class poupa.RollupOptions
---@field by? string|string[] "month,channel"
---@field where? table<string, any> by group, the value or the array of values to keep
---@field catalog? poupa.Catalog
---@field top? integer
---@field counts_only? boolean

---@class poupa.Attendance
---@field rows integer
---@field counts poupa.Counts
---@field units string[]
---@field services string[]
---@field channels string[]
---@operator len: integer
local Attendance = {}

---@param place integer
---@return poupa.Record?
function Attendance:row(place) end

---@return fun(): poupa.Record?
function Attendance:records() end

---@param first integer
---@param last? integer
---@return poupa.Attendance? records, string? message, poupa.Details? details
function Attendance:slice(first, last) end

---@return poupa.Attendance? records, string? message, poupa.Details? details
function Attendance:sort() end

---@param against poupa.Catalog
---@return poupa.Report? report, string? message, poupa.Details? details
function Attendance:check(against) end

---@param options? poupa.RollupOptions
---@return poupa.Rollup? result, string? message, poupa.Details? details
function Attendance:rollup(options) end

---@return string? text, string? message, poupa.Details? details
function Attendance:encode() end

---@param target string|fun(piece: string): boolean?, string?
---@return true? done, string? message, poupa.Details? details
function Attendance:save(target) end

--- An iterator over tables.
---@class poupa.Scan
---@field counts poupa.Counts
---@operator call: poupa.Attendance?
local Scan = {}

---@return poupa.Attendance? records, string? message, poupa.Details? details
function Scan:next() end

---@param options? poupa.RollupOptions
---@return poupa.Rollup? result, string? message, poupa.Details? details
function Scan:rollup(options) end

---@return true? done, string? message, poupa.Details? details
function Scan:close() end

---@class poupa.Decoder
---@field counts poupa.Counts
local Decoder = {}

---@param text string
---@return true? done, string? message, poupa.Details? details
function Decoder:feed(text) end

---@return poupa.Attendance? records, string? message, poupa.Details? details
function Decoder:finish() end

---@class poupa.Builder
local Builder = {}

---@param rows integer
---@return true? done, string? message, poupa.Details? details
function Builder:reserve(rows) end

---@param record poupa.Record
---@return true? done, string? message, poupa.Details? details
function Builder:append(record) end

---@return poupa.Attendance? records, string? message, poupa.Details? details
function Builder:finish() end

---@class poupa.Adder
local Adder = {}

---@param records poupa.Attendance
---@return true? done, string? message, poupa.Details? details
function Adder:add(records) end

---@param other poupa.Adder
---@return true? done, string? message, poupa.Details? details
function Adder:merge(other) end

---@return poupa.Rollup? result, string? message, poupa.Details? details
function Adder:finish() end

---@class poupa.Tally
---@field rows integer records added
---@field kept integer of these, how many are in groups
---@field filtered integer how many `where` left out
---@field cut integer how many were left out since only a part of their period is in that of `where`
---@field wider integer how many are in groups that are wider than the grain
---@field groups integer how many groups there are, those below the top included

--- One group: its keys by their names, and what its records come to.
---@class poupa.Group: { [string]: any }
---@field count integer attendances
---@field rows integer records
---@field wait_s? number
---@field service_s? number
---@field first string
---@field last string
---@field period? string
---@field wider? boolean

---@class poupa.Rollup: { [integer]: poupa.Group }
---@field by string[]
---@field tally poupa.Tally
local Rollup = {}

---@return string? text, string? message, poupa.Details? details
function Rollup:json() end

---@return string? text, string? message, poupa.Details? details
function Rollup:csv() end

---@return string? text, string? message, poupa.Details? details
function Rollup:lines() end

---@param into poupa.Catalog
---@param options {indicator?: string|poupa.Indicator, wait_indicator?: string|poupa.Indicator, service_indicator?: string|poupa.Indicator, source?: string|poupa.Source, prefix?: string}
---@return integer? left_out, string? message, poupa.Details? details
function Rollup:to_metrics(into, options) end
