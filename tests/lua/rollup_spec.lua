-- Attendances added up.
local poupa = require "poupa"
local support = dofile "tests/lua/support.lua"

local records = assert(poupa.parse_attendance [[
{"period":"2021-06-14","unit":"itaquera","service":"procon-sp","channel":"presencial","count":37,"wait_s":412}
{"period":"2021-06-15","unit":"santos","service":"procon-sp","channel":"presencial","count":3,"wait_s":12}
{"period":"2021-06","service":"procon-sp","channel":"portal","count":120}
{"period":"2021","service":"procon-sp","channel":"portal","count":9}
]])

local function keys(result, name)
    local found = {}
    for i, group in ipairs(result) do
        found[i] = group[name]
    end
    return table.concat(found, " ")
end

describe("a rollup", function()
    local result = assert(records:rollup {by = "month,channel"})

    it("is an array of groups", function()
        assert.equal(3, #result)
        assert.same({"month", "channel"}, result.by)
        local group = result[2]
        assert.equal("2021-06", group.month)
        assert.equal("presencial", group.channel)
        assert.equal(40, group.count)
        assert.equal(2, group.rows)
        assert.equal(382, group.wait_s)
        assert.is_nil(group.service_s)
        assert.equal("2021-06-14", group.first)
        assert.equal("2021-06", group.period)
        assert.is_true(result[3].wider)
        assert.error_matches(function() return group.chanel end, 'did you mean "channel"')
        assert.error_matches(function() return group.unit end, "no field")
    end)

    it("tells what was taken into account", function()
        local tally = result.tally
        assert.equal(4, tally.rows)
        assert.equal(4, tally.kept)
        assert.equal(0, tally.filtered)
        assert.equal(1, tally.wider)
        assert.equal(3, tally.groups)
        assert.error_matches(function() return tally.row end, 'did you mean "rows"')
    end)

    it("prints as a table", function()
        assert.equal("month    channel     attendances  records  wait  service\n" ..
            "2021-06  portal              120        1     -        -\n" ..
            "2021-06  presencial           40        2  6:22        -\n\n" ..
            "of wider periods, which are not split:\n" ..
            "2021     portal                9        1     -        -", tostring(result))
        assert.equal("attendances  records  wait  service\n        169        4  6:22        -",
            tostring(records:rollup()))
    end)

    it("is written as JSON, CSV and JSON Lines", function()
        assert.matches('^{"by":%["month","channel"%],"rows":4,', result:json())
        assert.matches("^month,channel,count,rows,[^\n]*\r\n2021%-06,portal,120,", result:csv())
        local _, lines = result:lines():gsub("\n", "")
        assert.equal(3, lines)
    end)

    it("is by units, organizations, areas and what is digital, with a catalogue", function()
        local cat = support.example()
        local by = assert(records:rollup {by = {"digital", "municipality"}, catalog = cat})
        assert.equal("digital in_person in_person", keys(by, "digital"))
        assert.is_nil(by[1].municipality)
        assert.equal("sao-paulo", assert(records:rollup {by = "municipality", catalog = cat,
            where = {unit = cat.units.itaquera}})[1].municipality)
        local none, message, details = records:rollup {by = "organization"}
        assert.is_nil(none)
        assert.is_string(message)
        assert.equal("argument", details.status)
    end)

    it("keeps what is asked for", function()
        local kept = assert(records:rollup {where = {channel = {"presencial", "app"}}})
        assert.equal(40, kept[1].count)
        local portal = poupa.array {"portal"}
        kept = assert(records:rollup {where = {channel = portal, period = "2021-06"}})
        assert.equal(120, kept[1].count)
        local within = assert(records:rollup {where = {period = poupa.period "2021-S1"}})
        assert.equal(160, within[1].count)
        assert.equal(1, within.tally.cut)
        local top = assert(records:rollup {by = "channel", top = 1, counts_only = true})
        assert.equal("portal", keys(top, "channel"))
        assert.equal(2, top.tally.groups)
        assert.is_nil(top[1].wait_s)
    end)

    it("is refused where it cannot be", function()
        local none, message = records:rollup {by = "mnth"}
        assert.is_nil(none)
        assert.equal('no group "mnth"; did you mean "month"?', message)
        assert.is_nil(records:rollup {by = "month,day"})
        assert.is_nil(records:rollup {where = {chanel = "x"}})
        assert.is_nil(records:rollup {where = {channel = {}}})
        assert.is_nil(records:rollup {where = {period = "2021-H1"}})
        for message_of, options in pairs {
            ['no option "b"'] = {b = "month"},
            ["by must be a string or an array of strings, not a number"] = {by = 5},
            ["by%[1%] must be a string, not a number"] = {by = {5}},
            ["where must be a table, not a string"] = {where = "x"},
            ["where.unit must be a string, not a boolean"] = {where = {unit = {true}}},
            ["a name in where must be a string, not a number"] = {where = {"x"}},
            ["top must be a whole number from 1"] = {top = 0},
            ["catalog must be a catalogue, not a table"] = {catalog = {}},
        } do
            assert.error_matches(function() records:rollup(options) end,
                "attendance:rollup: " .. message_of)
        end
    end)

    it("of more than the Lua has numbers for fails", function()
        local large = assert(poupa.parse_attendance(
            ('{"period":"2021","service":"a","channel":"b","count":9007199254740991}\n'):rep(2)))
        local sum, message, details = large:rollup {by = "year"}
        if math.type then
            assert.equal("18014398509481982", ("%d"):format(sum[1].count))
        else
            assert.is_nil(sum)
            assert.matches("^group 1: 18014398509481982 is beyond 2^53", message)
            assert.equal("limit", details.status)
        end
    end)

    it("knows its groups", function()
        local groups = table.concat(poupa.groups(), " ")
        assert.matches("^period day month quarter half year unit service channel ", groups)
    end)
end)

describe("an adder", function()
    it("adds tables one by one, and others like it", function()
        local adder = assert(poupa.adder {by = "channel"})
        local other = assert(poupa.adder {by = "channel"})
        assert.is_true(adder:add(records))
        assert.is_true(other:add(records))
        assert.is_true(adder:merge(other))
        assert.equal(2 * 129, assert(adder:finish())[1].count)
        assert.is_true(adder:add(records))
        assert.equal(3 * 129, assert(adder:finish())[1].count)
        assert.is_nil(adder:merge(assert(poupa.adder {by = "unit"})))
        assert.error_matches(function() adder:add {} end,
            "adder:add: records must be a table of records, not a table")
        assert.error_matches(function() adder:merge {} end, "other must be an adder, not a table")
        assert.error_matches(function() poupa.adder {by = 5} end, "poupa.adder: by must be")
    end)
end)

describe("a rollup as metrics", function()
    it("is added to a catalogue", function()
        local cat = support.example()
        local result = assert(records:rollup {by = "month,channel", catalog = cat})
        local left_out = assert(result:to_metrics(cat, {indicator = cat.indicators.atendimentos,
            prefix = "junho", source = cat.sources[1]}))
        assert.equal(1, left_out)
        local metric = cat.metrics["junho.2021-06.portal"]
        assert.equal(120, metric.value)
        assert.equal("portal", metric:channels()[1].id)
        assert.equal(cat.sources[1], metric.source)
        local done, message, details = result:to_metrics(cat, {indicator = "atendimentos",
            prefix = "junho"})
        assert.is_nil(done)
        assert.is_string(message)
        assert.equal("exists", details.status)
        assert.is_nil(result:to_metrics(cat, {}))
        assert.is_nil(result:to_metrics(cat, {indicator = "none"}))
        assert.error_matches(function() result:to_metrics(cat, {indicator = 5}) end,
            "rollup:to_metrics: indicator must be a string, not a number")
        assert.error_matches(function() result:to_metrics({}) end, "catalog must be a catalogue")
    end)
end)
