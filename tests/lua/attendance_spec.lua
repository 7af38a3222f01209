-- Attendance records: reading, tables, adding up.
local poupa = require "poupa"
local support = dofile "tests/lua/support.lua"

local LINES = [[
{"period":"2021-06-14","unit":"itaquera","service":"procon-sp","channel":"presencial","count":37,"wait_s":412}
{"period":"2021-06-15","unit":"itaquera","service":"procon-sp","channel":"presencial","count":3,"wait_s":12}
{"period":"2021-06","service":"procon-sp","channel":"portal","count":120}
]]
local BAD = '{"period":"2021-06","unit":7}\n'

-- A function that gives a text in pieces.
local function in_pieces(text, size)
    local at = 1
    return function()
        local piece = text:sub(at, at + size - 1)
        at = at + size
        return piece ~= "" and piece or nil
    end
end

describe("a table of records", function()
    local records = assert(poupa.parse_attendance(LINES))

    it("has rows", function()
        assert.equal(3, records.rows)
        assert.equal(3, #records)
        assert.equal("attendance", poupa.type(records))
        assert.same({period = "2021-06-14", unit = "itaquera", service = "procon-sp",
            channel = "presencial", count = 37, wait_s = 412}, records:row(1))
        assert.is_nil(records:row(3).unit)
        for _, place in ipairs {0, 4, -1, 1.5, math.huge} do
            assert.is_nil(records:row(place))
        end
        assert.error_matches(function() records:row "1" end, "place must be a number")
    end)

    it("is gone through record by record", function()
        local sum = 0
        for record in records:records() do
            sum = sum + record.count
        end
        assert.equal(160, sum)
    end)

    it("knows its words and counts, and prints", function()
        assert.same({"itaquera"}, records.units)
        assert.same({"procon-sp"}, records.services)
        assert.same({"presencial", "portal"}, records.channels)
        assert.equal("3 good, 0 bad, 0 blank, " .. #LINES .. " bytes", tostring(records.counts))
        assert.equal("3 records: 1 units, 1 services, 2 channels", tostring(records))
        assert.error_matches(function() return records.colums end, "no field")
        assert.error_matches(function() records.rows = 1 end, "cannot be changed")
    end)

    it("is cut, sorted and merged", function()
        assert.equal(37, records:slice(1, 1):row(1).count)
        assert.equal(2, records:slice(2).rows)
        assert.equal(120, records:slice(-1):row(1).count)
        assert.equal(0, records:slice(4).rows)
        assert.equal(0, records:slice(3, 2).rows)
        assert.equal(3, records:slice(-100, 100).rows)
        assert.equal("2021-06", records:sort():row(1).period)
        local both = assert(poupa.merge {records, records:slice(1, 1)})
        assert.equal(4, both.rows)
        assert.is_true(records == both:slice(1, 3))
        assert.is_false(records == both)
        assert.equal(0, assert(poupa.merge {}).rows)
        assert.error_matches(function() poupa.merge {records, 1} end,
            "poupa.merge: tables%[2%] must be a table of records, not a number")
    end)

    it("is checked against a catalogue", function()
        local cat = support.example()
        assert.equal(0, #assert(records:check(cat)))
        local other = assert(poupa.parse_attendance((LINES:gsub("itaquera", "itaqera"))))
        assert.matches('did you mean "itaquera"', other:check(cat)[1].message)
        assert.error_matches(function() records:check() end, "catalog must be a catalogue")
    end)

    it("is written as it was read", function()
        assert.equal(LINES, records:encode())
        local path = support.path()
        assert.is_true(records:save(path))
        assert.equal(LINES, support.read(path))
        local pieces = {}
        assert.is_true(records:save(function(piece) pieces[#pieces + 1] = piece end))
        assert.equal(LINES, table.concat(pieces))
        local done, message, details = records:save(function() return nil, "no room" end)
        assert.is_nil(done)
        assert.matches("no room", message)
        assert.equal("io", details.status)
        local saved, _, more = records:save "there/is/none"
        assert.is_nil(saved)
        assert.equal("io", more.status)
        local err = {}
        local ok, raised = pcall(records.save, records, function() error(err) end)
        assert.is_false(ok)
        assert.equal(err, raised)
        support.remove_paths()
    end)
end)

describe("a builder", function()
    it("makes a table of records", function()
        local cat = support.example()
        local builder = poupa.builder()
        assert.is_true(builder:reserve(10))
        assert.is_true(builder:append {period = "2021-06-14", unit = cat.units.itaquera,
            service = cat.services[1], channel = "presencial", count = 37, wait_s = 412})
        assert.is_true(builder:append {period = poupa.period "2021-06", service = "procon-sp",
            channel = "portal"})
        local records = assert(builder:finish())
        assert.equal(2, records.rows)
        assert.equal(1, records:row(2).count)
        assert.equal(0, assert(builder:finish()).rows)
    end)

    it("fails where a record is not right", function()
        local builder = poupa.builder()
        for name, value in pairs {period = "2021-H1", count = -1, wait_s = 0.5, unit = "Ã b"} do
            local record = {period = "2021", service = "rg", channel = "portal"}
            record[name] = value
            local done, message, details = builder:append(record)
            assert.is_nil(done)
            assert.is_string(message)
            assert.equal("invalid", details.status)
        end
        assert.is_nil(builder:append {service = "rg", channel = "portal"})
        assert.error_matches(function() builder:append {chanel = "x"} end,
            'builder:append: no option "chanel"; did you mean "channel"%?')
        assert.error_matches(function() builder:append {period = "2021", service = 5} end,
            "builder:append: service must be a string, not a number")
        assert.equal(0, assert(builder:finish()).rows)
    end)

    it("keeps counts exact up to what the Lua can hold", function()
        local builder = poupa.builder()
        local function append(count)
            return builder:append {period = "2021", service = "rg", channel = "portal",
                count = count}
        end
        local most = math.maxinteger or 2 ^ 53
        local odd = math.tointeger and math.tointeger(2 ^ 53) + 1 or 2 ^ 53 - 1
        for _, count in ipairs {2 ^ 53, odd, most} do
            assert(append(count))
            assert.equal(count, assert(builder:finish()):row(1).count)
        end
        for _, count in ipairs {2 ^ 63, 2 ^ 64, math.huge, math.type and -1 or 2 ^ 53 + 2} do
            local done, message, details = append(count)
            assert.is_nil(done)
            assert.equal(("count must be a whole number from 0 to %d"):format(most), message)
            assert.equal("invalid", details.status)
        end
        local beyond = '{"period":"2021","service":"rg","channel":"portal","count":' ..
            '9007199254740993}\n'
        local records = assert(poupa.parse_attendance(beyond))
        if math.type then
            assert.equal("9007199254740993", ("%d"):format(records:row(1).count))
        else
            assert.error_matches(function() records:row(1) end, "2^53")
        end
    end)
end)

describe("reading records", function()
    it("is from files, compressed or not", function()
        local path = support.write(support.path(), LINES)
        assert.equal(3, assert(poupa.read_attendance(path)).rows)
        local both = assert(poupa.read_attendance({path, path}, {threads = 2}))
        assert.equal(6, both.rows)
        assert.equal(6, both.counts.good)
        assert(os.execute(("gzip '%s'"):format(path)))
        assert.equal(3, assert(poupa.read_attendance(path .. ".gz")).rows)
        os.remove(path .. ".gz")
        assert.equal(0, assert(poupa.read_attendance {}).rows)
    end)

    it("is from a function", function()
        for _, size in ipairs {1, 7, 1000} do
            assert.equal(3, assert(poupa.read_attendance(in_pieces(LINES, size))).rows)
        end
        assert.equal(3, assert(poupa.read_attendance(in_pieces(LINES, 50), {threads = 4})).rows)
        local records, message, details = poupa.read_attendance(function()
            return nil, "the line is dead"
        end)
        assert.is_nil(records)
        assert.matches("the line is dead", message)
        assert.equal("io", details.status)
    end)

    it("fails with the place of the line", function()
        local path = support.write(support.path(), LINES .. BAD)
        local records, message, details = poupa.read_attendance(path)
        assert.is_nil(records)
        assert.equal(path .. ":4:", message:sub(1, #path + 3))
        assert.equal(4, details.line)
        assert.equal(path, details.filename)
        support.remove_paths()
    end)

    it("passes over lines, or puts them aside", function()
        local records = assert(poupa.parse_attendance(LINES .. BAD .. "\n", {on_error = "skip"}))
        assert.equal(1, records.counts.bad)
        assert.equal(1, records.counts.blank)
        local lines = {}
        assert(poupa.parse_attendance(BAD .. LINES .. BAD, {on_error = "quarantine",
            quarantine = function(line) lines[#lines + 1] = line end}))
        assert.equal(2, #lines)
        assert.matches('^{"line":1,.*"reason":.*}\n$', lines[1])
        local path = support.path()
        assert(poupa.parse_attendance(BAD .. LINES .. BAD,
            {on_error = "quarantine", quarantine = path}))
        assert.equal(table.concat(lines), support.read(path))
        support.remove_paths()
        local none, message, details = poupa.parse_attendance(BAD,
            {on_error = "quarantine", quarantine = "there/is/none"})
        assert.is_nil(none)
        assert.is_string(message)
        assert.equal("io", details.status)
    end)

    it("tells how far it is, and ends when it is told to", function()
        local text = LINES:rep(8000)
        local last
        assert(poupa.parse_attendance(text, {progress = function(counts) last = counts end}))
        assert.is_true(last.good > 0)
        local records, _, details = poupa.parse_attendance(text,
            {progress = function() return false end})
        assert.is_nil(records)
        assert.equal("cancelled", details.status)
    end)

    it("passes on what its functions raise", function()
        local err = {}
        for _, read in ipairs {
            function() return poupa.read_attendance(function() error(err) end) end,
            function() return poupa.parse_attendance(BAD, {on_error = "quarantine",
                quarantine = function() error(err) end}) end,
            function() return poupa.parse_attendance(LINES:rep(8000),
                {progress = function() error(err) end}) end,
        } do
            local ok, raised = pcall(read)
            assert.is_false(ok)
            assert.equal(err, raised)
        end
    end)

    it("is in coroutines, whose functions cannot yield meanwhile", function()
        local thread = coroutine.wrap(function()
            coroutine.yield(1)
            coroutine.yield(assert(poupa.parse_attendance(LINES)).rows)
            coroutine.yield(pcall(poupa.read_attendance, function() coroutine.yield(2) end))
        end)
        assert.equal(1, thread())
        assert.equal(3, thread())
        local ok, message = thread()
        assert.is_false(ok)
        assert.matches("yield", message)
    end)

    it("refuses options that cannot be", function()
        for _, options in ipairs {
            {on_error = "ignore"}, {on_error = "quarantine"}, {quarantine = "x"},
        } do
            local records, message, details = poupa.parse_attendance(LINES, options)
            assert.is_nil(records)
            assert.is_string(message)
            assert.equal("argument", details.status)
        end
        for message, options in pairs {
            ['no option "on_eror"; did you mean "on_error"%?'] = {on_eror = "skip"},
            ["threads must be a whole number from 1 to 256"] = {threads = 0},
            ["max_line must be a number, not a string"] = {max_line = "1"},
            ["progress must be a function, not a boolean"] = {progress = true},
            ["quarantine must be a string"] = {on_error = "quarantine", quarantine = 5},
        } do
            assert.error_matches(function() poupa.parse_attendance(LINES, options) end,
                "poupa.parse_attendance: " .. message)
        end
        assert.error_matches(function() poupa.read_attendance(5) end,
            "poupa.read_attendance: source must be a path, an array of paths or a function")
    end)
end)

describe("a scan", function()
    local path = support.path()
    setup(function() support.write(path, LINES:rep(100)) end)
    teardown(support.remove_paths)

    it("gives tables, one after the other", function()
        local rows, batches = 0, 0
        local scan = assert(poupa.scan_attendance({path, path}, {batch_rows = 50}))
        for batch in scan do
            rows, batches = rows + batch.rows, batches + 1
        end
        assert.equal(600, rows)
        assert.is_true(batches >= 6)
        assert.equal(600, scan.counts.good)
        assert.is_nil(scan())
        assert.is_nil(scan:next())
        assert.equal("scan: 600 records so far", tostring(scan))
    end)

    it("reads text, functions and parts of files", function()
        assert.equal(3, assert(poupa.scan_text(LINES)):next().rows)
        assert.equal(3, assert(poupa.scan_attendance(in_pieces(LINES, 9))):next().rows)
        local rows, size, at = 0, #LINES * 100, 0
        while at < size do
            local part = assert(poupa.scan_attendance(path, {range = {at, at + 5000}}))
            for batch in part do
                rows = rows + batch.rows
            end
            at = at + 5000
        end
        assert.equal(300, rows)
        assert.is_nil(poupa.scan_attendance({path, path}, {range = {0, 1}}))
        assert.is_nil(poupa.scan_text(LINES, {range = {0, 1}}))
    end)

    it("fails where it is opened, raises in a loop, and fails by next", function()
        local scan, message = poupa.scan_attendance "there/is/none"
        assert.is_nil(scan)
        assert.matches("there/is/none", message)
        local ok, raised = pcall(function()
            for _ in assert(poupa.scan_text(BAD)) do
                error("there is no batch")
            end
        end)
        assert.is_false(ok)
        assert.matches("^1:%d+: unit is a text", raised)
        local other = assert(poupa.scan_text(BAD))
        local batch, said, details = other:next()
        assert.is_nil(batch)
        assert.matches("^1:", said)
        assert.equal(1, details.line)
        assert.is_nil(other:rollup {by = "month"})
    end)

    it("is added up and closed", function()
        local scan = assert(poupa.scan_attendance(path, {batch_rows = 20}))
        local first = assert(scan:next())
        local rest = assert(scan:rollup {by = "channel"})
        assert.equal(300, first.rows + rest.tally.rows)
        local other = assert(poupa.scan_attendance(path, {batch_rows = 20}))
        assert(other:next())
        assert.is_true(other:close())
        assert.is_nil(other:next())
        assert.is_true(other:close())
        local load_closing = _VERSION == "Lua 5.4" and load [[
            local scan <close> = ...
            return scan:next().rows
        ]]
        if load_closing then
            local third = assert(poupa.scan_attendance(path, {batch_rows = 20}))
            assert.is_true(load_closing(third) > 0)
            assert.is_nil(third:next())
        end
    end)
end)

describe("a decoder", function()
    it("takes text in pieces, cut anywhere", function()
        local decoder = assert(poupa.decoder())
        for piece in in_pieces(LINES, 13) do
            assert.is_true(decoder:feed(piece))
        end
        assert.is_true(decoder.counts.bytes > 0)
        local records = assert(decoder:finish())
        assert.equal(3, records.rows)
        assert.equal(tostring(poupa.parse_attendance(LINES).counts), tostring(records.counts))
        local open = assert(poupa.decoder {on_error = "skip"})
        assert.is_true(open:feed(LINES .. BAD:sub(1, -2)))
        assert.is_true(open:feed "")
        records = assert(open:finish())
        assert.equal("3 good, 1 bad, 0 blank, " .. #LINES + #BAD - 1 .. " bytes",
            tostring(records.counts))
        assert.equal(0, assert(open:finish()).counts.bad)
    end)

    it("fails where a line is no record", function()
        local decoder = assert(poupa.decoder())
        decoder:feed(BAD)
        local records, _, details = decoder:finish()
        assert.is_nil(records)
        assert.equal(1, details.line)
        assert.error_matches(function() poupa.decoder {quarantine = "x"} end,
            "quarantine must be a function")
    end)
end)
