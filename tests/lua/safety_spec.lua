-- What the module keeps to, whatever is done with it.
local poupa = require "poupa"
local support = dofile "tests/lua/support.lua"

local RECORD = '{"period":"2021","service":"rg","channel":"portal","count":1}\n'
local cat = support.example()

local function resident()
    local file = io.open("/proc/self/statm")
    local pages = file and tonumber(file:read("*a"):match("^%d+ (%d+)"))
    if file then
        file:close()
    end
    return pages and pages * 4096
end

describe("an error of the caller's", function()
    it("has the place of the call", function()
        local records = assert(poupa.parse_attendance(RECORD))
        for _, call in ipairs {
            function() local _ = poupa.load(nil) end,
            function() local _ = poupa.load("x", {limit = 1}) end,
            function() local _ = poupa.load("x", {max_size = "1"}) end,
            function() local _ = poupa.parse(5) end,
            function() local _ = cat.servics end,
            function() local _ = cat.services[1].nmae end,
            function() cat.services[1].name = 1 end,
            function() local _ = cat.services[{}] end,
            function() local _ = cat:get("service", 5) end,
            function() local _ = cat:get(5) end,
            function() local _ = cat.services[1].offerings() end,
            function() local _ = cat:add("servic", {}) end,
            function() local _ = cat:add("service", {nmae = 1}) end,
            function() local _ = cat:add("service", 1) end,
            function() local _ = cat:remove("service", 1) end,
            function() local _ = cat:edit(1) end,
            function() local _ = cat:save(1) end,
            function() local _ = cat:dumps {prety = true} end,
            function() local _ = cat:dumps {pretty = 1} end,
            function() local _ = cat:select {unit = 1} end,
            function() local _ = cat:select {period = 1} end,
            function() local _ = cat.targets[1]:progress(5) end,
            function() local _ = poupa.interval "1" end,
            function() local _ = poupa.interval(1) + "x" end,
            function() local _ = poupa.share(1, "x") end,
            function() local _ = poupa.total {1, "x"} end,
            function() local _ = poupa.period(1) end,
            function() local _ = poupa.period("2021"):contains(1) end,
            function() local _ = poupa.meaning("x", "y", "z") end,
            function() local _ = poupa.fields(1) end,
            function() local _ = poupa.number "1" end,
            function() local _ = poupa.rule(1) end,
            function() local _ = poupa.check(1) end,
            function() local _ = poupa.read_attendance(1) end,
            function() local _ = poupa.read_attendance {1} end,
            function() local _ = poupa.parse_attendance(1) end,
            function() local _ = poupa.parse_attendance("", {thread = 1}) end,
            function() local _ = poupa.parse_attendance("", {threads = 0}) end,
            function() local _ = poupa.scan_attendance("x", {batch_rows = 0}) end,
            function() local _ = poupa.scan_attendance("x", {range = 5}) end,
            function() local _ = poupa.scan_text("x", {progress = 5}) end,
            function() local _ = poupa.decoder {quarantine = "x"} end,
            function() local _ = poupa.merge {1} end,
            function() local _ = poupa.adder {by = 1} end,
            function() local _ = poupa.builder():append(1) end,
            function() local _ = poupa.builder():append {service = 1} end,
            function() local _ = records:rollup {by = 1} end,
            function() local _ = records:rollup {where = {unit = true}} end,
            function() local _ = records:rollup {top = 0} end,
            function() local _ = records:rollup():to_metrics(1) end,
            function() local _ = records:slice("x") end,
            function() local _ = records:check(1) end,
            function() local _ = records:save(1) end,
        } do
            local ok, message = pcall(call)
            assert.is_false(ok)
            local line = debug.getinfo(call, "S").linedefined
            assert.matches("safety_spec.lua:" .. line .. ": ", message)
        end
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
    local LEAVES_FILES = {save = true}

    local function calls(functions, self)
        for name, call in pairs(functions) do
            if type(call) == "function" and not LEAVES_FILES[name] then
                pcall(call)
                pcall(call, self)
                for _, value in ipairs(VALUES) do
                    local given = self == nil and {value} or {self, value}
                    pcall(call, given[1], given[2])
                    pcall(call, given[1], given[2], value)
                    pcall(call, value)
                end
            end
        end
    end

    it("copes with every value", function()
        calls(poupa)
        local records = assert(poupa.parse_attendance(RECORD))
        local objects = {
            cat:copy(), cat.targets[1], cat.claims[1], cat.areas[1], cat.units[1],
            poupa.interval(1), poupa.period "2021", records, assert(records:rollup()),
            poupa.builder(), assert(poupa.decoder()), assert(poupa.adder {}),
            assert(poupa.scan_text(RECORD)), assert(cat:validate()),
        }
        for _, object in ipairs(objects) do
            calls(getmetatable(object).methods, object)
            assert.is_string(tostring(object))
        end
        assert.equal("Itaquera", cat.units.itaquera.name)
    end)
end)

describe("the module", function()
    it("makes no global", function()
        local printed, status = support.run([[
            setmetatable(_G, {__newindex = function(_, name) error("global " .. name) end,
                __index = function(_, name)
                    if name ~= "newproxy" and name ~= "jit" then error("no global " .. name) end
                end})
            local poupa = require "poupa"
            local cat = assert(poupa.load "]] .. support.EXAMPLE .. [[")
            print(cat.targets[1]:progress(), cat.claims[1]:judge(), #cat:derive())
            print(assert(poupa.parse_attendance ']] .. RECORD:gsub("\n", "") .. [['):rollup())
        ]])
        assert.equal(0, status, printed)
    end)

    it("reads and writes the same in a locale with a comma, whose letters are bytes", function()
        local interval = poupa.interval(1234.5, 1234.25, 1235.125)
        local before = os.setlocale(nil)
        assert.equal("pt_BR.ISO-8859-1", os.setlocale("pt_BR.ISO-8859-1"))
        local ok, message = pcall(function()
            assert.equal("1,234.5 (1,234.25 to 1,235.125)", tostring(interval))
            assert.equal(1.5, poupa.parse('{"poupa":"1.0","x":1.5}').extra.x)
            local own, letters = support.small(), {}
            for code = 1, 255 do
                letters[#letters + 1] = code < 128 and string.char(code)
                    or string.char(code < 192 and 194 or 195, 128 + code % 64)
            end
            local text = table.concat(letters)
            local members = {id = "a", name = text, area_id = "sp", extra = {[text] = text}}
            assert(own:add("unit", members))
            assert.equal(text, own.units.a.name)
            assert.equal(text, own.units.a.extra[text])
            assert.is_true(own == assert(poupa.parse(own:dumps())))
            assert.equal('no unit "à"', (select(2, own:get("unit", "à"))))
            local result = assert(poupa.parse_attendance(RECORD)):rollup {by = " year , channel "}
            assert.matches("^year  channel ", tostring(result))
        end)
        os.setlocale(before)
        assert(ok, message)
    end)
end)

describe("memory", function()
    it("of a catalogue stays while something of it is there", function()
        local names, services = {}, {}
        for i = 1, 20 do
            local other = support.example()
            services[i] = other.services[1]
            names[i] = other.units
        end
        collectgarbage()
        collectgarbage()
        for i = 1, 20 do
            assert.equal("Fundação Procon-SP", services[i].organization.name)
            assert.equal(11, #names[i])
        end
    end)

    it("stays bounded over 10,000 catalogues and tables", function()
        local text = support.read(support.EXAMPLE)
        local function turn(count)
            for i = 1, count do
                local other = assert(poupa.parse(text))
                assert(other.services[1].organization)
                if i % 10 == 0 then
                    assert(poupa.parse_attendance(RECORD:rep(100)):rollup())
                end
            end
        end
        turn(500)
        local before = resident()
        turn(10000)
        if before and not os.getenv "ASAN_OPTIONS" then -- which keeps what was freed for a while
            assert.is_true(resident() - before < 40 * 2 ^ 20,
                ("%.0f MiB more"):format((resident() - before) / 2 ^ 20))
        end
    end)

    it("is let go when a state is closed with live objects, also in coroutines", function()
        local printed, status = support.run([[
            local poupa = require "poupa"
            cat = assert(poupa.load "]] .. support.EXAMPLE .. [[")
            units, service, interval = cat.units, cat.services[1], cat.metrics[1].interval
            scan = assert(poupa.scan_text(("x"):rep(10), {on_error = "skip"}))
            thread = coroutine.create(function()
                local own = assert(poupa.load "]] .. support.EXAMPLE .. [[")
                own:edit(function() end)
                coroutine.yield(own)
            end)
            coroutine.resume(thread)
            print(service.name)
            os.exit(0, true)
        ]])
        assert.equal("Serviços da Fundação Procon-SP\n", printed)
        assert.equal(0, status)
    end)

    it("is let go when an edit is open", function()
        local printed, status = support.run([[
            local poupa = require "poupa"
            local cat = assert(poupa.new())
            cat:edit(function(c)
                assert(c:add("unit", {id = "a", name = "A", area_id = "none"}))
                print(c.units.a.name)
                os.exit(3, true)
            end)
        ]])
        assert.equal("A\n", printed)
        assert.equal(3, status)
    end)
end)
