-- What functions that the library calls may do to what it is at work with.
local core = require "poupa.core"
local poupa = require "poupa"
local support = dofile "tests/lua/support.lua"

local LINE = '{"period":"2021","service":"rg","channel":"portal","count":1}\n'

describe("a function that is called while threads decode a text", function()
    -- Texts so long that their memory goes back to the system with them.
    local START = [[
        local poupa = require "poupa"
        local LINE = ']] .. LINE:sub(1, -2) .. [[\n'
        local LONG = LINE:rep(1200000)
        local function leave() os.exit(7, true) end
        local quarantine = {threads = 4, on_error = "quarantine", quarantine = leave}
        local progress = {threads = 4, progress = leave}
    ]]

    for name, text in pairs {
        ["bad lines"] = [[poupa.parse_attendance("{}\n" .. LONG, quarantine)]],
        ["progress"] = [[poupa.parse_attendance(LONG, progress)]],
        ["bad lines of a scan"] = [[
            local scan = assert(poupa.scan_text(LINE .. "{}\n" .. LONG, quarantine))
            while scan:next() do end]],
        ["the progress of a scan"] = [[
            local scan = assert(poupa.scan_text(LONG, progress))
            while scan:next() do end]],
    } do
        it("may close the state: " .. name, function()
            local printed, status = support.run(START .. text)
            assert.equal("", printed)
            assert.equal(7, status)
        end)
    end

    it("gets what there is, as without threads", function()
        local text = LINE:rep(9) .. "{}\n" .. LINE:rep(9)
        local bad = {}
        local options = {threads = 4, on_error = "quarantine", quarantine = function(line)
            bad[#bad + 1] = line
        end}
        assert.equal(18, assert(poupa.parse_attendance(text, options)).rows)
        assert.equal(18, assert(poupa.scan_text(text, options)):next().rows)
        assert.equal(2, #bad)
        assert.equal(0, assert(poupa.parse_attendance("", options)).rows)
    end)
end)

describe("a function that takes a table in pieces", function()
    it("may close the table", function()
        local rows = core.ndjson_read(LINE:rep(5000), nil)
        local parts = {}
        assert.is_true(core.attendance_write_to(rows, function(piece)
            parts[#parts + 1] = piece
            core.close(rows)
        end))
        assert.equal(LINE:rep(5000), table.concat(parts))
        assert.is_nil(core.type(rows))
    end)
end)

describe("a function that a reader calls", function()
    local BAD = LINE .. "{}\n" .. LINE

    -- What a call of a scan, from the function that the scan calls, raises there.
    local function raised_by(use)
        local scan, message
        local options = {on_error = "quarantine", quarantine = function()
            local _
            _, message = pcall(use, scan)
        end}
        scan = assert(poupa.scan_text(BAD, options))
        local batch = assert(scan:next())
        return message, scan, batch
    end

    it("cannot use the scan, which is told by the name of what it called", function()
        for name, use in pairs {
            ["scan"] = function(scan) local _ = scan() end,
            ["scan:next"] = function(scan) local _ = scan:next() end,
            ["scan:close"] = function(scan) local _ = scan:close() end,
            ["scan:rollup"] = function(scan) local _ = scan:rollup() end,
        } do
            local message, scan, batch = raised_by(use)
            assert.matches("callbacks_spec.lua:%d+: " .. name
                .. ": a scan cannot be used by the functions that it calls", message)
            assert.equal(2, batch.rows)
            assert.is_nil(scan:next())
            assert.equal("2 good, 1 bad, 0 blank, " .. #BAD .. " bytes", tostring(scan.counts))
        end
    end)

    it("may ask how far it is", function()
        local counts, scan = raised_by(function(scan) error(tostring(scan.counts), 0) end)
        assert.matches("^%d good, ", counts)
        assert.equal(1, scan.counts.bad)
    end)

    it("cannot use the decoder", function()
        for _, name in ipairs {"feed", "finish"} do
            local decoder, message
            decoder = assert(poupa.decoder {on_error = "quarantine", quarantine = function()
                local _
                _, message = pcall(decoder[name], decoder, "")
            end})
            assert(decoder:feed(BAD))
            assert.equal(2, assert(decoder:finish()).rows)
            assert.matches("decoder:" .. name .. ": a decoder cannot be used", message)
        end
    end)
end)

describe("a function that edits", function()
    it("cannot yield, which undoes what it did", function()
        local cat = support.small()
        local text = cat:dumps()
        local thread = coroutine.create(function()
            return cat:edit(function(c)
                assert(c:remove("service", "rg"))
                coroutine.yield()
            end)
        end)
        local ok, message = coroutine.resume(thread)
        assert.is_false(ok)
        assert.matches("yield", message)
        assert.equal("dead", coroutine.status(thread))
        assert.equal(text, cat:dumps())
        assert.is_true(cat:edit(function() end))
    end)

    it("may run coroutines of its own", function()
        local cat = support.small()
        assert(cat:edit(function(c)
            local add = coroutine.wrap(function()
                coroutine.yield(c:add("unit", {id = "a", name = "A", area_id = "sp"}))
                coroutine.yield(c:add("unit", {id = "b", name = "B", area_id = "sp"}))
            end)
            return add() and add()
        end))
        assert.equal(3, #cat.units)
    end)
end)
