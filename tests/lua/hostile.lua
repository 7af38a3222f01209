-- Calls every function of poupa.core with whatever is at hand: nothing may crash, and under the
-- sanitizers nothing may leak. `hostile.lua [SEED]`; what it draws depends on the seed alone.
local core = require "poupa.core"
local unpack = table.unpack or unpack

local DATA = "examples/data/poupatempo-2021.json"
local LINE = '{"period":"2021-06","service":"s","channel":"c","count":3}\n'
-- These would leave files behind.
local LEFT_OUT = {catalog_write_file = true, attendance_write_file = true}

math.randomseed(tonumber(arg and arg[1]) or 1)

-- An entity whose catalogue has ended.
local function orphan()
    local catalog = core.catalog_new()
    local entity = assert(core.catalog_add_json(catalog, core.POUPA_KIND_CHANNEL,
        '{"id":"a","name":"b","type":"app"}'))
    core.close(catalog)
    return entity
end

-- Live objects of every type, and some that have ended.
local function objects()
    local catalog = assert(core.catalog_read_file(DATA, nil))
    local rows = core.ndjson_read(LINE, nil)
    local rollup = core.rollup_new {by = {"month"}}
    core.rollup_add(rollup, rows)
    local closed = core.catalog_new()
    core.close(closed)
    local all = {
        catalog, core.catalog_copy(catalog), closed, orphan(),
        rows, rollup, core.rollup_finish(rollup),
        core.report_new(), core.document_read("{", nil),
        core.document_report((core.document_read("{}", nil))),
        core.builder_new(), core.decoder_new {on_error = "quarantine", quarantine = error},
        (core.ndjson_open_data(LINE, nil)),
    }
    for kind = 0, core.POUPA_KIND_CLAIM do
        all[#all + 1] = core.catalog_at(catalog, kind, 0)
    end
    return all
end

local function add_numbers_and_texts(all)
    for _, value in ipairs {
        0, -1, 1, 6, 11, 12, 99, 0.5, 2 ^ 31, 2 ^ 32, 2 ^ 53, 2 ^ 63, -2 ^ 63, 1e308, 1 / 0, -1 / 0,
        0 / 0, "", "x", "a\0b", "\255\254", "0000", "2021-06", "2021-S1", "../2021", "{}", "null",
        "[1", '{"id":"x"}', LINE, ("x"):rep(5000), true, false,
    } do
        all[#all + 1] = value
    end
end

-- Closes what may be closed, and puts new ones in its place.
local function close_all(all)
    for i, object in ipairs(objects()) do
        pcall(core.close, all[i])
        all[i] = object
    end
end

local function add_functions(all)
    for _, value in ipairs {
        print, error, coroutine.yield, coroutine.create(function() end), io.stdout,
        function() error("raised") end,
        function() return nil, "said" end,
        function() return ("y"):rep(9) end,
        function() return {} end,
        function() return collectgarbage() end,
        function() return close_all(all) end,
    } do
        all[#all + 1] = value
    end
end

local function add_tables(all)
    local many = {}
    for i = 1, 40 do
        many[i] = "month"
    end
    local odd = setmetatable({}, {
        __index = function() error("__index") end,
        __len = function() return 1e9 end,
    })
    local interval = {value = 1, low = 0, high = 2}
    local nothing = function() return nil end
    for _, value in ipairs {
        {}, {1}, {"month"}, {"x", 2}, {[1.5] = 2}, many, odd, interval, {interval, interval},
        {value = "1"}, {all[5], all[5]}, {by = {"month", "month"}}, {by = many}, {prefix = {}},
        {catalog = all[1], by = {"area"}}, {catalog = 1}, {filters = {1}},
        {filters = {{group = "area", values = {"x"}}}}, {indicator_id = "x"}, {max_size = 1},
        {max_size = -1}, {period = "x"}, {service = "\0"},
        {period = "2021-06", service = "s", channel = "c", count = 1},
        {read = nothing}, {read = error}, {read = 1}, {read = nothing, threads = 4},
        {on_error = "skip"}, {on_error = "quarantine"}, {threads = 2 ^ 40}, {progress = error},
        {on_error = "quarantine", quarantine = error}, {progress = function() return false end},
    } do
        all[#all + 1] = value
    end
end

local function values()
    local all = objects()
    add_numbers_and_texts(all)
    add_functions(all)
    add_tables(all)
    return all
end

local names = {}
for name, value in pairs(core) do
    if type(value) == "function" and not LEFT_OUT[name] then
        names[#names + 1] = name
    end
end
table.sort(names)

-- Calls a function with a first argument and some that are drawn.
local function call(name, all, first, count)
    local arguments = {first}
    for i = 2, count do
        arguments[i] = math.random(12) > 1 and all[math.random(#all)] or nil
    end
    pcall(core[name], unpack(arguments, 1, count))
end

local calls = 0
for _, name in ipairs(names) do
    local all = values()
    for _, first in ipairs(all) do
        for count = 1, 5 do
            call(name, all, first, count)
            calls = calls + 1
        end
    end
    pcall(core[name])
end
print(calls .. " calls")
