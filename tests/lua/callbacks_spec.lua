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
