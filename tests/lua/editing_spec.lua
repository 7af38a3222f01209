-- Editing: adding, replacing, removing, all or nothing.
local poupa = require "poupa"
local support = dofile "tests/lua/support.lua"

describe("adding", function()
    it("takes a table of fields and gives the entity that is there now", function()
        local cat = support.small()
        local service = assert(cat:add("service", {
            id = "cin", name = "CIN \"nova\"\n\1", organization_id = cat.organizations.iirgd,
            keywords = {"identidade", "documento"}, alternate_names = {},
            digital_since = poupa.period "2021-08", extra = {prazo = {dias = 5, itens = {}},
                lista = poupa.array(), nada = poupa.null, sim = true, um = 0.1},
        }))
        assert.equal(service, cat.services.cin)
        assert.equal("CIN \"nova\"\n\1", service.name)
        assert.equal("iirgd", service.organization.id)
        assert.same({"identidade", "documento"}, service.keywords)
        assert.equal("2021-08", service.digital_since)
        assert.equal(5, service.extra.prazo.dias)
        assert.equal(poupa.null, service.extra.nada)
        assert.matches('"lista":%[%],"nada":null,"prazo":{"dias":5,"itens":{}},"sim":true,' ..
            '"um":0.1}$', service:json())
        assert.is_true(service == poupa.parse(cat:dumps()).services.cin)
    end)

    it("takes an entity of another catalogue", function()
        local cat = support.small()
        local other = cat:copy()
        assert(other:remove("unit", "se"))
        assert.equal(cat.units.se, assert(other:add("unit", cat.units.se)))
        assert.error_matches(function() other:add("area", cat.units.se) end,
            "catalog:add: area must be a table of fields or an area, not a unit")
    end)

    it("fails where the entity is not right", function()
        local cat = support.small()
        local service = {id = "x", name = "X", organization_id = "iirgd"}
        local offering = {id = "x", service_id = "rg", channel_id = "posto"}
        local unit = {id = "x", name = "X"}
        for _, case in ipairs {
            {"service", service, {organization_id = "iigd"}, "E2005", "did you mean \"iirgd\"%?"},
            {"service", service, {id = "rg"}, "E2004"},
            {"service", service, {name = false}, "E2002", "found false"},
            {"service", service, {name = 5}, "E2002", "found an integer"},
            {"service", service, {keywords = "a"}, "E2002", "must be a list of texts"},
            {"service", service, {keywords = {a = 1}}, "E2002", "found an object"},
            {"service", service, {keywords = {{}}}, "E2002"},
            {"unit", unit, {status = "aberto"}, "E2009", "planned, open"},
            {"unit", unit, {opened = "ontem"}, nil, "ontem"},
            {"unit", unit, {id = "x\0y"}, "E1009"},
            {"unit", unit, {name = "\255"}, "E1005"},
            {"unit", unit, {latitude = "um"}, "E2002"},
            {"offering", offering, {unit_ids = "se"}, "E2002"},
            {"offering", offering, {unit_ids = {}}, "E2006"},
            {"offering", offering, {unit_ids = {"se", "se"}}},
        } do
            local given = {}
            for _, members in ipairs {case[2], case[3]} do
                for name, value in pairs(members) do
                    given[name] = value
                end
            end
            local entity, message, details = cat:add(case[1], given)
            assert.is_nil(entity)
            assert.equal(message, tostring(details))
            assert.is_nil(details.line)
            assert.equal(case[4] or details.code, details.code)
            assert.matches(case[5] or "", message)
        end
        assert.is_nil(cat:add("service", {id = "y"}))
        assert.equal(0, #cat.offerings)
        assert.equal(1, #cat.units)
        assert.equal(1, #cat.services)
    end)

    it("raises where a field is mistyped or a value has no JSON", function()
        local cat = support.small()
        for given, message in pairs {
            [{id = "x", nmae = "X"}] = 'no field "nmae" in a service; did you mean "name"%?',
            [{id = "x", prazo = 5}] = 'no field "prazo" in a service; what the format does not',
            [{id = "x", [1] = 5}] = 'no field "1" in a service',
            [{id = print}] = "id: a function is no JSON",
            [{id = 0 / 0}] = "id: a number that is not finite is no JSON",
            [{id = {1, a = 1}}] = "id: a table with both names and numbers",
            [{keywords = {"x", a = 1}}] = "keywords: a table with both names and numbers",
            [{keywords = {"x", nil, "y"}}] = "keywords: a table with both names and numbers",
            [{id = "x", extra = 1}] = "extra must be a table",
            [{id = "x", extra = {1}}] = "extra must be a table of names",
            [{id = "x", extra = {name = 1}}] = '"name" is a field of its own',
        } do
            assert.error_matches(function() cat:add("service", given) end,
                "catalog:add: " .. message)
        end
        local loop = {}
        loop.loop = loop
        assert.error_matches(function() cat:add("unit", {extra = loop}) end, "nested deeper than")
        assert.error_matches(function() cat:add("sevice", {}) end,
            'no kind of entity is called "sevice"; did you mean "service"%?')
        assert.error_matches(function() cat:add(nil, {}) end, "kind must be a string, not nil")
        assert.error_matches(function() cat:add("service") end,
            "service must be a table of fields or a service, not nil")
    end)
end)

describe("replacing", function()
    it("puts another in its place", function()
        local cat = support.small()
        local before = cat.services.rg
        local fields = before:to_table()
        fields.name, fields.note = "Carteira de identidade", "Nova"
        local after = assert(cat:replace("service", fields))
        assert.equal("Carteira de identidade", cat.services[1].name)
        assert.equal(after, cat.services.rg)
        assert.equal("RG", before.name)
        assert.is_nil(before.note)
    end)

    it("of a table of an entity changes nothing, for every kind", function()
        local cat = support.example()
        local other = cat:copy()
        for _, kind in ipairs(poupa.kinds()) do
            for each in cat[kind.plural](cat) do
                assert(other:replace(kind.name, each:to_table()))
            end
        end
        assert.is_true(cat == other)
        assert.equal(cat:dumps(), other:dumps())
    end)

    it("keeps members that the format does not name in their order", function()
        local text = '{"poupa":"1.0","units":[{"id":"a","name":"A","z":1,"b":{"y":[],"x":{}}}]}'
        local cat = assert(poupa.parse(text))
        assert(cat:replace("unit", cat.units.a:to_table()))
        assert.equal(text, cat:dumps())
    end)

    it("fails where there is none", function()
        local cat = support.small()
        local unit, message, details = cat:replace("unit", {id = "x", name = "X"})
        assert.is_nil(unit)
        assert.is_string(message)
        assert.equal("not_found", details.status)
    end)
end)

describe("removing", function()
    it("removes what nothing refers to", function()
        local cat = support.small()
        assert.is_true(cat:remove("service", "rg"))
        assert.is_nil(cat.services.rg)
        local done, message, details = cat:remove("area", "sp")
        assert.is_nil(done)
        assert.equal("in_use", details.status)
        assert.matches('unit "se"', message)
    end)

    it("says what was probably meant", function()
        local cat = support.small()
        local done, message = cat:remove("channel", "portl")
        assert.is_nil(done)
        assert.equal('no channel "portl"; did you mean "portal"?', message)
        assert.is_nil(cat:remove("channel", "a\0b"))
    end)
end)

describe("an edit", function()
    it("takes effect as a whole, whatever the order of references", function()
        local cat = support.small()
        assert.is_true(cat:edit(function(c)
            assert(c:add("service", {id = "cnh", name = "CNH", organization_id = "detran"}))
            assert(c:add("organization", {id = "detran", name = "Detran"}))
        end))
        assert.equal("Detran", cat.services.cnh.organization.name)
        local a, b = cat:edit(function() return 1, "two" end)
        assert.equal(1, a)
        assert.equal("two", b)
    end)

    it("is undone where its function raises, which goes on", function()
        local cat = support.small()
        local text = cat:dumps()
        local raised = {}
        local ok, err = pcall(cat.edit, cat, function(c)
            assert(c:add("area", {id = "rj", type = "state", name = "Rio"}))
            error(raised)
        end)
        assert.is_false(ok)
        assert.equal(raised, err)
        assert.equal(text, cat:dumps())
        assert.is_true(cat:edit(function() end))
    end)

    it("is undone where its function fails, which is passed on", function()
        local cat = support.small()
        local text = cat:dumps()
        local done, message, details = cat:edit(function(c)
            assert(c:add("area", {id = "rj", type = "state", name = "Rio"}))
            return c:add("unit", {id = "se", name = "Sé"})
        end)
        assert.is_nil(done)
        assert.is_string(message)
        assert.equal("exists", details.status)
        assert.equal(text, cat:dumps())
    end)

    it("is undone where references lead nowhere in the end", function()
        local cat = support.small()
        local text = cat:dumps()
        local done, message, details = cat:edit(function(c)
            assert(c:add("service", {id = "cnh", name = "CNH", organization_id = "detran"}))
        end)
        assert.is_nil(done)
        assert.matches('"detran"', message)
        assert.equal("invalid", details.status)
        assert.equal(text, cat:dumps())
    end)

    it("is not nested in another", function()
        local cat = support.small()
        assert.is_true(cat:edit(function(c)
            local done, message = c:edit(function() end)
            assert.is_nil(done)
            assert.is_string(message)
            return true
        end))
        assert.error_matches(function() cat:edit(nil) end,
            "catalog:edit: change must be a function, not nil")
    end)
end)
