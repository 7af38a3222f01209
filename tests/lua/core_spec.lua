-- What poupa.core keeps to, whatever it is given: see bindings/lua.
local core = require "poupa.core"

local DATA = "examples/data/poupatempo-2021.json"
local LINE = '{"period":"2021-06","service":"s","channel":"c","count":3}\n'

local function catalog()
    return assert(core.catalog_read_file(DATA, nil))
end

local function refused(part, name, ...)
    local ok, message = pcall(core[name], ...)
    assert.is_false(ok)
    assert.is_truthy(tostring(message):find(part, 1, true), message)
end

describe("an argument", function()
    local cat = catalog()
    local service = core.catalog_at(cat, core.POUPA_KIND_SERVICE, 0)

    it("that is a text is a string and nothing else", function()
        refused("argument 3 (id) must be a string, not a number", "catalog_find", cat, 6, 5)
        refused("must be a string, not nil", "catalog_find", cat, 6, nil)
        refused("must be a string, not a boolean", "catalog_set_language", cat, true)
        refused("must not contain NUL", "catalog_find", cat, 6, "a\0b")
    end)

    it("that is a number is a number and fits", function()
        refused("must be an integer from 0", "catalog_at", cat, 6, "0")
        refused("must be an integer from 0", "catalog_at", cat, 6, -1)
        refused("must be an integer", "catalog_at", cat, 6, 0.5)
        refused("must be an integer", "catalog_at", cat, 6, 0 / 0)
        refused("must be an integer", "catalog_at", cat, 2 ^ 40, 0)
        refused("must be a number, not a string", "number_print", "1")
        assert.is_nil(core.catalog_at(cat, 6, 2 ^ 53))
    end)

    it("that is an object is a live one of that type", function()
        refused("must be a catalog, not a userdata", "catalog_language", io.stdout)
        refused("must be a catalog, not a service", "catalog_language", service)
        refused("must be a catalog, not a table", "catalog_language", {})
        refused("must be an area, not a service", "area_name_get", service)
        refused("must be a metric, not a service", "entity_text", core.POUPA_KIND_METRIC, service)
        refused("99 is no kind of entity", "entity_text", 99, service)
    end)

    it("that is a table has known members", function()
        refused('has no member "bY"', "rollup_new", {bY = {}})
        refused("has a key that is a number", "rollup_new", {1})
        refused('has no group "monht"', "rollup_new", {by = {"monht"}})
        refused("at most 16", "rollup_new", {by = {("x"):rep(17):byte(1, 17)}})
        refused("must be a string, not a number", "metrics_select", cat, {indicator_id = 1})
    end)

    it("is counted", function()
        refused("catalog_find: expected 3 arguments, got 2", "catalog_find", cat, 6)
        refused("catalog_new: expected 0 arguments, got 1", "catalog_new", 1)
    end)

    it("is read without its metatable", function()
        local interval = setmetatable({value = 1, low = 0}, {__index = {high = 2}})
        refused("high must be a number, not nil", "interval_is_unknown", interval)
    end)
end)

describe("a failure", function()
    it("is nil, a message and details", function()
        local none, message, details = core.catalog_read('{"poupa":"1.0","services":[{}]}', nil)
        assert.is_nil(none)
        assert.are.equal("1:28: this service has no \"id\" [E2001 /services/0]", message)
        assert.are.equal("invalid", details.status)
        assert.are.equal("E2001", details.code)
        assert.are.equal("/services/0", details.path)
        assert.are.same({1, 28, 27}, {details.line, details.column, details.offset})
    end)

    it("without a text has no position", function()
        local _, _, details = core.catalog_read_file("missing.json", nil)
        assert.are.equal("io", details.status)
        assert.is_nil(details.line)
        assert.is_nil(details.code)
    end)
end)

describe("an object", function()
    it("lives as long as what was borrowed from it", function()
        local entity = core.catalog_at(catalog(), core.POUPA_KIND_SERVICE, 0)
        local report = core.document_report((core.document_read("{", nil)))
        collectgarbage()
        collectgarbage()
        assert.is_string(core.service_name_get(entity))
        assert.are.equal("error", core.report_at(report, 0).severity)
    end)

    it("ends when it is closed, and what was borrowed with it", function()
        local cat = catalog()
        local entity = core.catalog_at(cat, core.POUPA_KIND_SERVICE, 0)
        assert.are.equal("service", core.type(entity))
        assert.is_true(core.close(cat))
        assert.is_nil(core.type(entity))
        refused("has ended", "service_name_get", entity)
        refused("has ended", "catalog_language", cat)
        assert.is_true(core.close(cat))
        refused("must be an object that is not borrowed, not a service", "close", entity)
    end)

    it("hides its metatable", function()
        assert.is_false(getmetatable(core.catalog_new()))
    end)

    it("does not grow the memory when it is dropped", function()
        local function resident()
            for line in io.lines("/proc/self/status") do
                local kibibytes = line:match("VmRSS:%s*(%d+)")
                if kibibytes then
                    return tonumber(kibibytes)
                end
            end
        end
        local file = assert(io.open(DATA))
        local text = file:read("*a")
        file:close()
        local before
        for round = 1, 2000 do
            core.catalog_at(assert(core.catalog_read(text, nil)), core.POUPA_KIND_SERVICE, 0)
            before = round == 500 and resident() or before
        end
        assert.is_true(resident() - before < 8000)
    end)
end)

describe("an integer", function()
    it("is exact, or refused", function()
        local builder = core.builder_new()
        local record = {period = "2021", service = "s", channel = "c", count = 2 ^ 53}
        assert.is_true(core.builder_append(builder, record))
        local large = '{"period":"2021","service":"s","channel":"c","count":9007199254740993}\n'
        local tables = {core.builder_finish(builder), (core.ndjson_read(large, nil))}
        assert.are.equal(2 ^ 53, core.attendance_at(tables[1], 0).count)
        if math.type then
            assert.are.equal("9007199254740993", tostring(core.attendance_at(tables[2], 0).count))
        else
            refused("9007199254740993 is beyond 2^53", "attendance_at", tables[2], 0)
        end
    end)
end)

describe("a function that is called back", function()
    -- Gives a piece, and then what a function gives.
    local function read(piece, afterwards)
        local first = true
        return function()
            if first then
                first = false
                return piece
            end
            return afterwards()
        end
    end

    it("gives pieces of any size", function()
        local pieces = {LINE:sub(1, 7), LINE:sub(8), LINE:rep(100000)}
        local rows = core.ndjson_read_from {threads = 8, read = function()
            return table.remove(pieces, 1)
        end}
        assert.are.equal(100001, core.attendance_rows(rows))
    end)

    it("raises through the library what it raises", function()
        local raised = {}
        local ok, value = pcall(core.ndjson_read_from, {read = function()
            error(raised)
        end})
        assert.is_false(ok)
        assert.are.equal(raised, value)
        refused("must return a string or nil, not a table", "ndjson_read_from",
            {read = function() return {} end})
    end)

    it("stops the call with what it says", function()
        local _, message, details = core.ndjson_read_from {read = function()
            return nil, "the disk is gone"
        end}
        assert.are.equal("the disk is gone", message)
        assert.are.equal("io", details.status)
        _, _, details = core.ndjson_read(LINE:rep(50000), {progress = function()
            return false
        end})
        assert.are.equal("cancelled", details.status)
    end)

    it("gets the lines that are no records", function()
        local lines = {}
        local _, counts = core.ndjson_read(LINE .. "{}\n" .. LINE, {
            on_error = "quarantine",
            quarantine = function(piece) lines[#lines + 1] = piece end,
        })
        assert.are.equal(1, counts.bad)
        assert.is_truthy(table.concat(lines):find('"text":"{}"', 1, true))
    end)

    it("cannot use its own stream, close it, or yield", function()
        local stream
        stream = core.ndjson_open_from {read = read(LINE:sub(1, 9), function()
            return core.ndjson_next(stream)
        end)}
        refused("cannot be used by the functions that it calls", "ndjson_next", stream)
        stream = core.ndjson_open_from {read = read(LINE:sub(1, 9), function()
            return core.close(stream)
        end)}
        refused("cannot be closed by the functions that it calls", "ndjson_next", stream)
        local ok, message = coroutine.resume(coroutine.create(function()
            return core.ndjson_read_from {read = coroutine.yield}
        end))
        assert.are.equal("yield", tostring(message):match("yield"))
        assert.is_false(ok)
    end)

    it("is kept by its stream, which is collected with it", function()
        local watch = setmetatable({}, {__mode = "k"})
        do
            local stream
            local read_none = function() return stream and nil end
            stream = core.ndjson_open_from {read = read_none}
            watch[read_none] = true
            collectgarbage()
            collectgarbage()
            assert.is_not_nil(next(watch))
            assert.is_nil(core.ndjson_next(stream))
        end
        collectgarbage()
        collectgarbage()
        assert.is_nil(next(watch))
    end)

    it("takes a table in pieces", function()
        local parts = {}
        local rows = core.ndjson_read(LINE:rep(5000), nil)
        assert.is_true(core.attendance_write_to(rows, function(piece)
            parts[#parts + 1] = piece
        end))
        assert.is_true(#parts > 1)
        assert.are.equal(LINE:rep(5000), table.concat(parts))
        local _, message = core.attendance_write_to(rows, function() return nil, "full" end)
        assert.are.equal("full", message)
    end)
end)
