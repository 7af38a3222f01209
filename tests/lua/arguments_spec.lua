-- Arguments that cannot be: they raise, or fail with a reason, the same under each Lua.
local core = require "poupa.core"
local poupa = require "poupa"
local support = dofile "tests/lua/support.lua"

local LINE = '{"period":"2021","service":"rg","channel":"portal","count":1}\n'
local cat = support.example()
local records = assert(poupa.parse_attendance(LINE))
local metatable_of = debug.getmetatable

-- That a call raises a message with a part in it.
local function raises(part, call, ...)
    local ok, message = pcall(call, ...)
    assert.is_false(ok, part)
    assert.is_truthy(tostring(message):find(part, 1, true), part .. "\n" .. tostring(message))
end

describe("an array", function()
    local TAKERS = {
        ["poupa.total: figures must be an array of figures"] = poupa.total,
        ["poupa.mean: figures must be an array of figures"] = poupa.mean,
        ["poupa.merge: tables must be an array of tables of records"] = poupa.merge,
        ["poupa.read_attendance: source must be a path, an array of paths or a function"] =
            poupa.read_attendance,
        ["poupa.scan_attendance: source must be a path, an array of paths or a function"] =
            poupa.scan_attendance,
        ["poupa.scan_attendance: range must be an array of two places in a file"] =
            function(value) return poupa.scan_attendance("x", {range = value}) end,
        ["poupa.adder: by must be a string or an array of strings"] =
            function(value) return poupa.adder {by = value} end,
        ["attendance:rollup: by must be a string or an array of strings"] =
            function(value) return records:rollup {by = value} end,
    }

    it("is no object of the module, nor what has a name of its own", function()
        for part, take in pairs(TAKERS) do
            for _, value in ipairs {
                cat, cat.units, cat.units[1], cat.metrics[1], poupa.interval(1),
                poupa.period "2021", records, records.counts, records:rollup(),
                cat:validate(), poupa.builder(), poupa.null, true, io.stdout,
            } do
                raises(part .. ", not ", take, value)
            end
        end
    end)

    it("has no key but 1 to its length", function()
        for part, take in pairs(TAKERS) do
            for _, value in ipairs {
                {x = "month"}, {[2] = 1}, {1, nil, 2}, {1, x = 2}, {[0] = 1}, {[1.5] = 1},
            } do
                raises(part .. ", with no key but 1 to its length", take, value)
            end
        end
        raises("attendance:rollup: where.unit must be a value or an array of them",
            records.rollup, records, {where = {unit = {"a", nil, "b"}}})
        raises("attendance:rollup: where.unit must be a string, not a collection",
            records.rollup, records, {where = {unit = cat.units}})
    end)

    it("may be empty, or one that poupa.array marked", function()
        assert.equal(0, poupa.total({}).value)
        assert.equal(3, poupa.total(poupa.array {1, 2}).value)
        assert.equal(0, assert(poupa.read_attendance(poupa.array())).rows)
    end)
end)

describe("a table of options", function()
    it("is a table and no object", function()
        for _, value in ipairs {cat, cat.units, poupa.interval(1), poupa.null, records, 1} do
            local calls = {
                ["poupa.load"] = {poupa.load, "x"},
                ["poupa.parse"] = {poupa.parse, "x"},
                ["poupa.read_attendance"] = {poupa.read_attendance, "x"},
                ["poupa.parse_attendance"] = {poupa.parse_attendance, ""},
                ["poupa.scan_attendance"] = {poupa.scan_attendance, "x"},
                ["poupa.scan_text"] = {poupa.scan_text, ""},
                ["attendance:rollup"] = {records.rollup, records},
                ["catalog:dumps"] = {cat.dumps, cat},
                ["catalog:select"] = {cat.select, cat},
            }
            for where, call in pairs(calls) do
                raises(where .. ": options must be a table, not ", call[1], call[2], value)
            end
            raises("poupa.decoder: options must be a table, not ", poupa.decoder, value)
            raises("poupa.adder: options must be a table, not ", poupa.adder, value)
            raises("builder:append: record must be a table, not ", poupa.builder().append,
                poupa.builder(), value)
            raises("attendance:rollup: where must be a table, not ", records.rollup, records,
                {where = value})
        end
        raises("poupa.array: items must be a table", poupa.array, cat.units)
        raises("catalog:add: extra: a catalogue is no JSON", cat.add, cat, "unit",
            {id = "a", name = "A", extra = {x = cat:copy()}})
    end)

    it("has booleans where it says so", function()
        for part, call in pairs {
            ["attendance:rollup: counts_only must be a boolean, not a string"] =
                function() return records:rollup {counts_only = "no"} end,
            ["catalog:dumps: pretty must be a boolean, not a number"] =
                function() return cat:dumps {pretty = 0} end,
            ["report:text: color must be a boolean, not a string"] =
                function() return cat:validate():text "always" end,
        } do
            raises(part, call)
        end
        assert.is_nil(records:rollup({counts_only = true})[1].wait_s)
        assert.is_string(cat:validate():text(true))
    end)

    it("has limits from 1 on, since 0 would be none", function()
        for _, name in ipairs {"max_size", "max_depth", "max_entities"} do
            for _, call in ipairs {poupa.load, poupa.parse} do
                raises(name .. " must be a whole number from 1 to", call, "x", {[name] = 0})
            end
        end
        local _, message, details = poupa.parse(cat:dumps(), {max_entities = 1})
        assert.is_string(message)
        assert.equal("limit", details.status)
    end)

    it("has numbers that are not too large", function()
        local builder = poupa.builder()
        local done, message, details = builder:reserve(2 ^ 53)
        assert.is_nil(done)
        assert.is_string(message)
        assert.is_string(details.status)
        for options, part in pairs {
            [{threads = 257}] = "threads must be a whole number from 1 to 256",
            [{max_line = 2 ^ 20 + 1}] = "max_line must be a whole number from 1 to 1048576",
            [{max_line = 2 ^ 53}] = "max_line must be a whole number from 1 to 1048576",
            [{batch_rows = 2 ^ 40 + 1}] = "batch_rows must be a whole number from 1 to",
            [{batch_rows = math.huge}] = "batch_rows must be a whole number from 1 to",
            [{range = {0, 2 ^ 60}}] = "range[2] must be a whole number from 0 to",
        } do
            raises("poupa.scan_attendance: " .. part, poupa.scan_attendance, "x", options)
        end
        raises("builder:reserve: rows must be a whole number", builder.reserve, builder, 2 ^ 54)
        local scan = assert(poupa.scan_text(LINE, {batch_rows = 2 ^ 40, threads = 256}))
        assert.equal(1, scan:next().rows)
    end)
end)

describe("an imitation of an object", function()
    it("raises whatever is done with it", function()
        assert.is_false(getmetatable(cat.units[1]))
        assert.is_false(getmetatable(poupa.interval(1)))
        for _, object in ipairs {
            cat, cat.units[1], poupa.interval(1), poupa.period "2021", poupa.builder(),
        } do
            local class = metatable_of(object)
            local imitation = {}
            debug.setmetatable(imitation, class)
            assert.is_nil(poupa.type(imitation))
            for name in pairs(class.getters) do
                raises("was not made by poupa", function() return imitation[name] end)
            end
            for name, method in pairs(class.methods) do
                raises(name .. ": call it as a method of ", method, imitation)
            end
            if class.__tostring then
                raises("was not made by poupa", tostring, imitation)
            end
        end
        raises("report:json: self must be a report", cat:validate().json,
            setmetatable({}, getmetatable(cat:validate())))
        raises("rollup:csv: self must be a rollup", records:rollup().csv,
            setmetatable({}, getmetatable(records:rollup())))
    end)
end)

describe("a text with a NUL", function()
    local NUL = "a\0b"
    local READ = {on_error = "quarantine", quarantine = NUL}

    it("is refused by what would hand C a part of it", function()
        local function append(name)
            local record = {period = "2021", service = "rg", channel = "portal", unit = "se"}
            record[name] = NUL
            return poupa.builder():append(record)
        end
        for part, call in pairs {
            ["poupa.load: path"] = function() return poupa.load(NUL) end,
            ["poupa.check: path"] = function() return poupa.check(NUL) end,
            ["poupa.rule: code"] = function() return poupa.rule(NUL) end,
            ["poupa.meaning: name"] = function() return poupa.meaning("unit", NUL, "x") end,
            ["poupa.meaning: word"] = function() return poupa.meaning("unit", "status", NUL) end,
            ["catalog:save: path"] = function() return cat:save(NUL) end,
            ["catalog:set_language: language"] = function() return cat:set_language(NUL) end,
            ["attendance:save: target"] = function() return records:save(NUL) end,
            ["poupa.read_attendance: source"] = function() return poupa.read_attendance(NUL) end,
            ["poupa.read_attendance: source[2]"] =
                function() return poupa.read_attendance {"x", NUL} end,
            ["poupa.scan_attendance: source"] = function() return poupa.scan_attendance(NUL) end,
            ["poupa.parse_attendance: quarantine"] =
                function() return poupa.parse_attendance("", READ) end,
            ["poupa.scan_text: quarantine"] = function() return poupa.scan_text("", READ) end,
            ["builder:append: unit"] = function() return append "unit" end,
            ["builder:append: service"] = function() return append "service" end,
            ["builder:append: channel"] = function() return append "channel" end,
            ["attendance:rollup: by"] = function() return records:rollup {by = NUL} end,
            ["attendance:rollup: by[1]"] = function() return records:rollup {by = {NUL}} end,
            ["attendance:rollup: a name in where"] =
                function() return records:rollup {where = {[NUL] = "x"}} end,
            ["attendance:rollup: where.unit"] =
                function() return records:rollup {where = {unit = NUL}} end,
            ["rollup:to_metrics: prefix"] = function()
                return records:rollup():to_metrics(cat, {indicator = "x", prefix = NUL})
            end,
        } do
            raises(part .. " must not contain NUL", call)
        end
    end)

    it("fails where it would be no id, date or period", function()
        for _, call in ipairs {
            function() return cat:get("unit", NUL) end,
            function() return cat:remove("unit", NUL) end,
            function() return cat:select {unit = NUL} end,
            function() return poupa.period "2021\0" end,
            function() return cat.targets[1]:progress "2021-12-31\0" end,
            function() return poupa.builder():append {
                period = "2021\0", service = "rg", channel = "portal"} end,
            function() return poupa.parse("{}\0") end,
            function() return poupa.parse_attendance("{}\0\n") end,
        } do
            local made, message, details = call()
            assert.is_nil(made)
            assert.is_string(message)
            assert.is_string(details.status)
        end
        assert.is_nil(cat.units[NUL])
    end)
end)

describe("every function", function()
    local VALUES = {
        false, true, 0, -1, 0.5, 2 ^ 53, 2 ^ 70, 0 / 0, math.huge, "", "x", "a\0b", "\255",
        ("x"):rep(1000), {}, {1}, {x = 1}, {{}}, function() end, io.stdout,
        coroutine.create(function() end), cat,
        cat.units, cat.units[1], cat.metrics[1], poupa.interval(1), poupa.period "2021",
        poupa.null,
    }
    -- What leaves files behind; what gives nil where there is nothing, or no more.
    local LEFT_OUT = {save = true}
    local GIVES_NIL = {type = true, row = true, next = true}

    -- An error names the function; nil comes with a message and details.
    local function judge(name, ok, first, message, details)
        if not ok then
            local named = tostring(first):find("[.:]" .. name .. ": ")
            assert.is_truthy(named, ("%s raised %s"):format(name, tostring(first)))
        elseif first == nil and not (GIVES_NIL[name] and message == nil) then
            assert.is_string(message, name .. " gave nil")
            assert.is_string(details.status, message)
        end
    end

    local function calls(functions, self)
        for name, call in pairs(functions) do
            if type(call) == "function" and not LEFT_OUT[name] then
                judge(name, pcall(call))
                for _, value in ipairs(VALUES) do
                    judge(name, pcall(call, value))
                    judge(name, pcall(call, self or value, value))
                    judge(name, pcall(call, self or value, value, value))
                    judge(name, pcall(call, self or value, nil, value))
                end
            end
        end
    end

    it("raises or fails with a reason, whatever it is given", function()
        calls(poupa)
        for _, object in ipairs {
            cat:copy(), cat.targets[1], cat.claims[1], cat.areas[1], cat.units[1],
            poupa.interval(1), poupa.period "2021", records, assert(records:rollup()),
            poupa.builder(), assert(poupa.decoder()), assert(poupa.adder {}),
            assert(poupa.scan_text(LINE)), assert(cat:validate()),
        } do
            calls(metatable_of(object).methods, object)
            assert.is_string(tostring(object))
        end
        assert.equal("Itaquera", cat.units.itaquera.name)
        assert.equal("catalog", core.type(core.catalog_new()))
    end)
end)
