-- Catalogues: reading, writing, comparing.
local poupa = require "poupa"
local support = dofile "tests/lua/support.lua"

describe("a catalogue that is read", function()
    local cat = support.example()

    it("has a language, a format version and no extra members", function()
        assert.equal("pt-BR", cat.language)
        assert.equal("1.0", cat.format_version)
        assert.same({}, cat.extra)
        assert.equal("catalog", poupa.type(cat))
    end)

    it("prints what is in it", function()
        assert.equal("catalogue: 1 source, 15 areas, 2 organizations, 1 program, 4 channels, " ..
            "11 units, 1 service, 4 offerings, 4 indicators, 10 metrics, 2 targets, 3 claims",
            tostring(cat))
        assert.equal("catalogue: empty", tostring(poupa.new()))
    end)

    it("is written as it was read", function()
        assert.equal(support.read(support.EXAMPLE), cat:dumps {pretty = true})
        assert.equal('{"poupa":"1.0"}', poupa.new():dumps())
    end)

    it("is equal to another that says the same", function()
        local other = assert(poupa.parse(cat:dumps()))
        assert.is_true(cat == other)
        assert.is_true(cat == cat:copy())
        assert(other:remove("claim", other.claims[1].id))
        assert.is_false(cat == other)
        assert.is_false(cat == poupa.new())
    end)

    it("is saved to a file and read back", function()
        local path = support.path()
        assert.is_true(cat:save(path))
        assert.equal(cat:dumps {pretty = true}, support.read(path))
        assert.is_true(cat:save(path, {pretty = false}))
        assert.equal(cat:dumps(), support.read(path))
        assert.is_true(poupa.load(path) == cat)
        support.remove_paths()
    end)

    it("keeps members that the format does not name, in their order", function()
        local text = '{"poupa":"1.0","z":{"b":1,"a":[]},"y":[null,true,"é\\u0001"]}'
        local other = assert(poupa.parse(text))
        assert.equal(1, other.extra.z.b)
        assert.equal(0, #other.extra.z.a)
        assert.equal(poupa.null, other.extra.y[1])
        assert.equal("é\1", other.extra.y[3])
        assert.equal(text, other:dumps())
    end)

    it("has a language that can be set", function()
        local other = cat:copy()
        assert.is_true(other:set_language "en")
        assert.equal("en", other.language)
        local done, message, details = other:set_language "not a tag"
        assert.is_nil(done)
        assert.equal(message, tostring(details))
        assert.equal("en", other.language)
    end)

    it("refuses fields that it does not have", function()
        assert.error_matches(function() return cat.servces end,
            'no field "servces" in a catalogue; did you mean "services"%?')
        assert.error_matches(function() cat.language = "en" end, "cannot be changed: language")
        assert.error_matches(function() return cat[1] end, "a catalogue has no field 1")
    end)
end)

describe("a catalogue that cannot be read", function()
    local broken = support.read(support.EXAMPLE):gsub('"organization_id": "procon%-sp"',
        '"organization_id": "procom-sp"', 1)

    it("gives nil, a message with the place, and details", function()
        local path = support.write(support.path(".json"), broken)
        local cat, message, details = poupa.load(path)
        assert.is_nil(cat)
        local line = details.line
        assert.equal(("%s:%d:26: \"procom-sp\" is not the id of an organization; did you mean " ..
            "\"procon-sp\"? [E2005 /services/0/organization_id]"):format(path, line), message)
        assert.equal(message, tostring(details))
        assert.equal("invalid", details.status)
        assert.equal("E2005", details.code)
        assert.equal("/services/0/organization_id", details.path)
        assert.equal(path, details.filename)
        assert.equal(26, details.column)
        assert.is_true(details.offset > line)
        support.remove_paths()
    end)

    it("tells all that is wrong when it is asked", function()
        local _, _, details = poupa.parse(broken)
        local report = details.findings
        assert.equal(report, details.findings)
        assert.equal(1, #report)
        assert.equal(1, report.errors)
        assert.equal("E2005", report[1].code)
        assert.equal(details.line, report[1].line)
        assert.matches("%^~~~~~~~~~~", tostring(report))
    end)

    it("has no findings where it is no document", function()
        local _, message, details = poupa.load("there/is/none.json")
        assert.equal("cannot open there/is/none.json: No such file or directory", message)
        assert.equal("io", details.status)
        assert.is_nil(details.findings)
        assert.is_nil(details.line)
        assert.is_nil(details.code)
        assert.error_matches(function() return details.lien end, 'did you mean "line"')
    end)

    it("is refused beyond the limits", function()
        local cat, message, details = poupa.parse(broken, {max_size = 100})
        assert.is_nil(cat)
        assert.equal("limit", details.status)
        assert.is_string(message)
    end)

    it("is any text, also with NUL bytes and no UTF-8", function()
        for _, text in ipairs {"", "\0", "[]", "{", "\255", '{"poupa":"1.0"}\0', "nul"} do
            local cat, message, details = poupa.parse(text)
            assert.is_nil(cat)
            assert.is_string(message)
            assert.is_string(details.status)
        end
    end)
end)

describe("poupa.check", function()
    it("reports nothing about a sound file", function()
        local report = assert(poupa.check(support.EXAMPLE))
        assert.equal(0, #report)
        assert.is_true(report.ok)
        assert.equal("no findings", tostring(report))
        assert.equal(support.EXAMPLE, report.filename)
    end)

    it("reports everything, with excerpts", function()
        local path = support.write(support.path(), '{"poupa": "1.0", "units": [\n' ..
            '{"id": "a", "nome": "A"},\n{"id": "a", "name": "B"}]}')
        local report = assert(poupa.check(path))
        assert.is_true(#report >= 2)
        assert.is_false(report.ok)
        assert.equal(#report, report.errors + report.warnings)
        assert.matches("^" .. path:gsub("%p", "%%%0") .. ":2:", tostring(report[1]))
        assert.matches("did you mean that by \"nome\"", report:text())
        assert.matches("\27%[", report:text(true))
        assert.matches('^{"file":', report:json())
        assert.is_table(report.not_run)
        assert.error_matches(function() return report.erors end, 'did you mean "errors"')
        assert.error_matches(function() return report[1].mesage end, 'did you mean "message"')
        support.remove_paths()
    end)

    it("fails where there is no file", function()
        local report, message, details = poupa.check("there/is/none.json")
        assert.is_nil(report)
        assert.is_string(message)
        assert.equal("io", details.status)
    end)
end)

describe("rules", function()
    it("are listed in the order of their codes", function()
        local rules = poupa.rules()
        assert.is_true(#rules > 20)
        for i = 2, #rules do
            assert.is_true(rules[i - 1].code < rules[i].code)
        end
        assert.equal("E1001: not JSON", tostring(rules[1]))
        assert.equal("json", rules[1].stage)
    end)

    it("are found by code", function()
        assert.equal("error", poupa.rule("E2005").severity)
        local rule, message, details = poupa.rule("E2O05")
        assert.is_nil(rule)
        assert.equal('no rule "E2O05"; did you mean "E2005"?', message)
        assert.equal("not_found", details.status)
    end)
end)

describe("the schema", function()
    it("is that of draft 2020-12", function()
        assert.matches("2020%-12/schema", poupa.schema())
    end)
end)
