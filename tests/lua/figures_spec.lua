-- Intervals, periods, and what follows from published figures.
local poupa = require "poupa"
local support = dofile "tests/lua/support.lua"

local cat = support.example()
local inf = math.huge

describe("an interval", function()
    local served = assert(poupa.interval(12000, 12000, 13000))

    it("has a value and bounds, and cannot be changed", function()
        assert.equal(12000, served.value)
        assert.equal(12000, served.low)
        assert.equal(13000, served.high)
        assert.is_true(served.is_bounded)
        assert.is_false(served.is_exact)
        assert.is_false(served.is_unknown)
        assert.equal("interval", poupa.type(served))
        assert.error_matches(function() served.low = 1 end, "an interval cannot be changed: low")
        assert.error_matches(function() return served.hihg end, 'did you mean "high"')
    end)

    it("computes with intervals, entities and numbers", function()
        local half = poupa.interval(0.5)
        for text, interval in pairs {
            ["12,500 (12,500 to 13,500)"] = served + 500,
            ["12,501 (12,501 to 13,501)"] = 501 + served,
            ["11,999 (11,999 to 12,999)"] = served - 1,
            ["-11,999 (-12,999 to -11,999)"] = 1 - served,
            ["24,000 (24,000 to 26,000)"] = served * 2,
            ["6,000 (6,000 to 6,500)"] = half * served,
            ["-24,000 (-26,000 to -24,000)"] = served * -2,
            ["1,200 (1,200 to 1,300)"] = served / 10,
            ["-12,000 (-13,000 to -12,000)"] = -served,
            ["0 (-1,000 to 1,000)"] = served - served,
            ["24,001 (24,001 to 26,001)"] = served + cat.metrics["procon-sp.2021-s1"] + 1,
            ["unknown"] = served / poupa.interval(0, -1, 1),
        } do
            assert.equal(text, tostring(interval))
        end
        local open = poupa.interval(1, 0, inf)
        assert.equal("1 (≥ 0)", tostring(open * open))
        assert.equal("0", tostring(open * 0))
        assert.error_matches(function() return served + "1" end, "cannot compute with a string")
        assert.error_matches(function() return served * {} end, "cannot compute with a table")
        assert.error_matches(function() return served + inf end, "cannot compute with a number")
    end)

    it("compares where it is certain", function()
        assert.is_true(served > poupa.interval(11000))
        assert.is_false(served > poupa.interval(12500))
        assert.is_false(served < poupa.interval(12500))
        assert.is_true(served >= poupa.interval(12000))
        assert.is_false(poupa.interval(0 / 0) < served)
        assert.is_true(served == poupa.interval(12000, 12000, 13000))
        assert.is_false(served == poupa.interval(12000))
        assert.is_true(poupa.interval(0 / 0) == poupa.interval(0 / 0))
        assert.is_true(served:overlaps(12500))
        assert.is_false(served:overlaps(13001))
        assert.is_true(served:contains(12500))
        assert.is_false(served:contains(poupa.interval(12500, 11000, 12600)))
    end)

    it("prints as short as it is exact", function()
        for text, interval in pairs {
            ["12,000 (12,000 to 13,000)"] = served,
            ["1,234,567.5"] = poupa.interval(1234567.5),
            ["0"] = poupa.interval(0),
            ["-0.125"] = poupa.interval(-0.125),
            ["33.3 (32.4 to 33.4)"] = poupa.interval(100 / 3, 32.41, 33.34),
            ["0.000333"] = poupa.interval(1 / 3000),
            ["≥ 240"] = poupa.published(240, "at_least"),
            ["≤ 240"] = poupa.published(240, "at_most"),
            ["12,000 (11,000 to 13,000)"] = poupa.published(12000, "about", 1000),
            ["5 (≥ 4)"] = poupa.interval(5, 4, inf),
            ["5 (≤ 6)"] = poupa.interval(5, -inf, 6),
            ["5 (unbounded)"] = poupa.interval(5, -inf, inf),
            ["unknown"] = poupa.interval(0 / 0),
        } do
            assert.equal(text, tostring(interval))
        end
        assert.equal("<12,000 (12,000 to 13,000)>", "<" .. served .. ">")
    end)

    it("is refused where the numbers make none", function()
        for _, ends in ipairs {{1, 2, 3}, {5, 1, 4}, {inf}, {1, 0 / 0, 2}, {1, inf, inf}} do
            local interval, message, details = poupa.interval(ends[1], ends[2], ends[3])
            assert.is_nil(interval)
            assert.equal("argument", details.status)
            assert.is_string(message)
        end
        assert.is_nil(poupa.published(1, "EXACT"))
        assert.is_nil(poupa.published(1, "exact", -1))
        assert.is_nil(poupa.published(inf))
        assert.error_matches(function() poupa.interval("1") end,
            "poupa.interval: value must be a number, not a string")
    end)

    it("is what functions of figures give", function()
        assert.equal("15 (14 to 16)", tostring(poupa.total {poupa.interval(10, 9, 11), 5}))
        assert.equal("0", tostring(poupa.total {}))
        assert.equal("7.5 (7 to 8)", tostring(poupa.mean {poupa.interval(10, 9, 11), 5}))
        assert.is_true(poupa.mean({}).is_unknown)
        assert.equal("29", tostring(poupa.share(29, 100)))
        assert.equal("0.29", tostring(poupa.ratio(29, 100)))
        assert.equal("33.3 (32.9 to 33.8)",
            tostring(poupa.growth(240, poupa.interval(180, 179.5, 180.5))))
        assert.equal("41.7 (30.7 to 50)", tostring(poupa.share(
            cat.metrics["procon-sp.digital.2021-s1"], cat.metrics["procon-sp.2021-s1"])))
        assert.error_matches(function() poupa.total {1, "x"} end, "figures%[2%] must be a finite")
        assert.error_matches(function() poupa.share(1) end, "whole must be .*, not nil")
        assert.error_matches(function() poupa.total(1) end, "figures must be an array")
    end)
end)

describe("poupa.number", function()
    it("prints what reads back the same", function()
        for text, number in pairs {["12000"] = 12000.0, ["0.1"] = 0.1, ["-5"] = -5} do
            assert.equal(text, poupa.number(number))
        end
    end)
end)

describe("a period", function()
    it("has days, a kind and a length", function()
        local half = assert(poupa.period "2021-S1")
        assert.equal("2021-01-01", half.first)
        assert.equal("2021-06-30", half.last)
        assert.equal("half", half.kind)
        assert.equal(181, half.days)
        assert.equal(6, half.months)
        assert.equal("2021-S1", tostring(half))
        local open = assert(poupa.period "../2021-07")
        assert.is_nil(open.first)
        assert.is_nil(open.days)
        assert.is_nil(open.months)
        assert.equal("until", open.kind)
        assert.is_nil(poupa.period("2021-06-14").months)
        assert.error_matches(function() half.first = "x" end, "a period cannot be changed")
    end)

    it("is compared with others", function()
        local half = poupa.period "2021-S1"
        assert.is_true(half:contains "2021-03-14")
        assert.is_false(half:contains(poupa.period "2021-Q3"))
        assert.is_true(half:same_days "2021-01/2021-06")
        assert.is_true(half:same_length "2020-S2")
        assert.is_false(half:same_length "2021")
        assert.is_true(half == poupa.period(half))
        assert.is_false(half == poupa.period "2021-01/2021-06")
        assert.is_true(poupa.period "2020" < half)
        assert.is_true(half <= half)
        assert.error_matches(function() return half < poupa.interval(1) end, "compare")
        assert.error_matches(function() half:contains(5) end, "period must be a period or a str")
        assert.error_matches(function() half:contains "2021-H1" end, "period:contains: ")
    end)

    it("is found around a day", function()
        assert.equal("2021-Q2", tostring(poupa.period("2021-06-14"):around "quarter"))
        assert.equal("2021", tostring(poupa.period("2021-06-14"):around "year"))
        assert.is_nil(poupa.period("../2021"):around "year")
        assert.is_nil(poupa.period("2021"):around "week")
        assert.is_nil(poupa.period("2021"):around "range")
    end)

    it("is refused with a hint", function()
        local period, message, details = poupa.period "2021-H1"
        assert.is_nil(period)
        assert.matches("2021%-S1", message)
        assert.is_string(details.status)
        assert.is_nil(poupa.period "2021\0")
        assert.error_matches(function() poupa.period(2021) end,
            "poupa.period: text must be a string, not a number")
    end)
end)

describe("a target", function()
    it("has progress that reads as a sentence", function()
        local progress = assert(cat.targets["servicos-digitais.2021"]:progress())
        assert.equal("unknown", progress.state)
        assert.equal("2021-07-31", progress.as_of)
        assert.equal(5, progress.months_left)
        assert.equal(8, progress.pace_needed)
        assert.is_nil(progress.pace)
        assert.is_nil(progress.forecast)
        assert.is_nil(progress.baseline)
        assert.equal("140 (139.5 to 140.5)", tostring(progress.actual))
        assert.equal("Serviços digitais: 140 of 180 (77.8 %) as of 31 July 2021. 40 to go in " ..
            "5 months, by 31 December 2021: that takes 8 a month.", tostring(progress))
        assert.error_matches(function() return progress.remainig end, '"remaining"')
    end)

    it("is asked about at a date", function()
        local target = cat.targets["servicos-digitais.2021"]
        assert.equal("missed", target:progress("2022-01").state)
        assert.matches("Missed: it was due by 31 December 2021, and 40 short%.",
            tostring(target:progress(poupa.period "2022-01")))
        assert.matches("No figure has been published up to 31 December 2020%.$",
            tostring(target:progress "2020"))
        for _, date in ipairs {"", "2021-13", "ontem", "2021-S1", "2021\0"} do
            local progress, message, details = target:progress(date)
            assert.is_nil(progress)
            assert.is_string(message)
            assert.equal("invalid", details.status)
        end
        assert.error_matches(function() target:progress(2021) end,
            "target:progress: as_of must be a string, not a number")
    end)

    it("tells its pace", function()
        local other = cat:copy()
        assert(other:add("metric", {id = "antes", indicator_id = "servicos-digitais", value = 120,
            period = "2020-12-31"}))
        local fields = other.targets["servicos-digitais.2021"]:to_table()
        fields.baseline_id = "antes"
        local progress = assert(assert(other:replace("target", fields)):progress())
        assert.equal("behind", progress.state)
        assert.equal("antes", progress.baseline.id)
        assert.is_string(progress.forecast)
        assert.matches("Behind: 2%.9 more a month so far; at that pace it is reached on " ..
            "%d+ %a+ 2022%.$", tostring(progress))
    end)
end)

describe("a claim", function()
    it("is judged", function()
        local claim = cat.claims["digital-mais-que-o-dobro"]
        assert.equal("confirmed", claim.verdict)
        local judgement = assert(claim:judge())
        assert.equal("2.26 (2.22 to 2.3)", tostring(judgement.computed))
        assert.equal("≥ 2", tostring(judgement.stated))
        assert.equal("periods of different length compared", judgement.warnings[1].title)
        assert.equal("confirmed: a ratio of 2.26 (2.22 to 2.3), stated as ≥ 2; but mind: " ..
            "periods of different length compared", tostring(judgement))
        assert.equal("consistent: 12,000 (10,500 to 13,500) adds up to 12,000 (12,000 to 13,000)",
            tostring(cat.claims[3]:judge()))
    end)
end)

describe("a catalogue", function()
    it("derives figures", function()
        local list = assert(cat:derive())
        assert.equal(5, #list)
        assert.equal("digital_share", list[1].derivation)
        assert.equal("procon-sp.digital.2021-s1: the digital share of procon-sp.2021-s1, " ..
            "41.7 % (30.7 to 50)", tostring(list[1]))
        assert.equal("procon-sp.2021-s1", list[1].base.id)
    end)

    it("selects metrics", function()
        local found = assert(cat:select {indicator = "atendimentos", channel = "app"})
        assert.equal(2, #found)
        assert.equal(10, #assert(cat:select()))
        assert.equal(3, #assert(cat:select {organization = cat.organizations["procon-sp"],
            period = poupa.period "2021-01/2021-06"}))
        local in_2021 = assert(cat:select {within = "2021"})
        assert.is_true(#in_2021 < #assert(cat:select {within = "../2021"}))
        assert.is_true(#assert(cat:select {organization = ""}) > 0)
    end)

    it("selects nothing by what there is not", function()
        local found, message = cat:select {indicator = "atendimento"}
        assert.is_nil(found)
        assert.equal('no indicator "atendimento"; did you mean "atendimentos"?', message)
        assert.is_nil(cat:select {period = "2021-H1"})
        assert.is_nil(cat:select {unit = "a\0b"})
        assert.error_matches(function() cat:select {indicador = "x"} end,
            'catalog:select: no option "indicador"; did you mean "indicator"%?')
        assert.error_matches(function() cat:select {unit = cat.services[1]} end,
            "catalog:select: unit must be a unit or an id, not a service")
        assert.error_matches(function() cat:select "x" end, "options must be a table")
    end)

    it("is validated", function()
        local report = assert(cat:validate())
        assert.is_true(report.ok)
        assert.equal(0, report.warnings)
        local other = cat:copy()
        assert(other:add("unit", {id = "norte", name = "Norte", latitude = 91}))
        assert.is_true(#assert(other:validate()) > 0)
    end)
end)
