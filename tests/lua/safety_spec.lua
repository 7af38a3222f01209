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

    -- That doing something again and again takes no more memory than doing it some times.
    local function bounded(times, turn)
        local measured = not os.getenv "ASAN_OPTIONS" -- which keeps what was freed for a while
        times = measured and times or times / 10
        for _ = 1, times / 10 do
            turn()
        end
        local before = resident()
        for _ = 1, times do
            turn()
        end
        if before and measured then
            local more = (resident() - before) / 2 ^ 20
            assert.is_true(more < 8, ("%.1f MiB more"):format(more))
        end
    end

    local TEXT = support.read(support.EXAMPLE)
    local BROKEN = TEXT:gsub('"organization_id": "procon%-sp"', '"organization_id": "x"', 1)
    local BAD = RECORD:rep(100) .. "{}\n"

    it("stays bounded over 10,000 catalogues", function()
        bounded(10000, function()
            local other = assert(poupa.parse(TEXT))
            assert(other.services[1].organization)
        end)
    end)

    it("stays bounded over 10,000 tables, scans and decoders", function()
        bounded(10000, function()
            assert(poupa.parse_attendance(RECORD:rep(100)):rollup())
            assert(assert(poupa.scan_text(RECORD)):next())
            assert(assert(poupa.decoder()):feed(RECORD))
        end)
    end)

    it("stays bounded over scans with threads that are dropped half-way", function()
        local long = RECORD:rep(20000)
        bounded(200, function()
            assert(assert(poupa.scan_text(long, {threads = 2, batch_rows = 100})):next())
        end)
    end)

    it("stays bounded over 5,000 loads that fail, with and without findings", function()
        local number = 0
        bounded(5000, function()
            number = number + 1
            local _, _, details = poupa.parse(BROKEN)
            assert.equal("E2005", details.code)
            if number % 2 == 0 then
                assert.equal(1, #details.findings)
            end
            assert.is_nil(poupa.load "there/is/none")
        end)
    end)

    it("stays bounded over 5,000 functions that raise", function()
        local options = {on_error = "quarantine", quarantine = error, threads = 2}
        bounded(5000, function()
            assert.is_false(pcall(poupa.parse_attendance, BAD, options))
            assert.is_false(pcall(poupa.read_attendance, error))
        end)
    end)

    it("stays bounded over 5,000 edits that are rolled back", function()
        local own = support.small()
        bounded(5000, function()
            assert.is_nil(own:edit(function(c)
                assert(c:remove("service", "rg"))
                assert(c:add("unit", {id = "a", name = ("A"):rep(1000), area_id = "sp"}))
                return nil, "no"
            end))
        end)
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
