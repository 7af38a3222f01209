-- Entities and their collections: fields, lookup, and where they lead.
local poupa = require "poupa"
local support = dofile "tests/lua/support.lua"

local cat = support.example()

local function ids(list)
    local found = {}
    for i, each in ipairs(list) do
        found[i] = each.id
    end
    return table.concat(found, " ")
end

describe("a collection", function()
    it("finds entities by id and by place", function()
        assert.equal("Itaquera", cat.units.itaquera.name)
        assert.equal("portal", cat.channels[1].id)
        assert.equal("presencial", cat.channels[4].id)
        assert.is_nil(cat.units.itaqera)
        for _, place in ipairs {0, -1, 5, 1.5, 2 ^ 60, math.huge, -math.huge} do
            assert.is_nil(cat.channels[place])
        end
        assert.is_nil(cat.channels[0 / 0])
    end)

    it("says how many there are", function()
        assert.equal(4, #cat.channels)
        assert.equal("4 channels", tostring(cat.channels))
        assert.equal("1 service", tostring(cat.services))
    end)

    it("is gone through in the order of the file", function()
        local found = {}
        for channel in cat:channels() do
            found[#found + 1] = channel
        end
        assert.equal("portal app totem presencial", ids(found))
        for _ in poupa.new():units() do
            error("an empty collection has no unit")
        end
    end)

    it("says what was probably meant", function()
        local unit, message, details = cat:get("unit", "itaqera")
        assert.is_nil(unit)
        assert.equal('no unit "itaqera"; did you mean "itaquera"?', message)
        assert.equal("not_found", details.status)
        assert.equal("itaquera", cat:get("unit", "itaquera").id)
        assert.equal(cat.units, cat.units)
    end)

    it("takes any bytes for an id", function()
        for _, id in ipairs {"", "\0", "a\0b", "\255\254", ("x"):rep(1e6), "get"} do
            local unit, message = cat:get("unit", id)
            assert.is_nil(unit)
            assert.matches("^no unit ", message)
            assert.is_true(#message < 1000)
        end
        assert.is_nil(cat.units["\0"])
    end)

    it("takes every name for an id", function()
        local other = support.small()
        for _, id in ipairs {"get", "add", "kind", "handle", "n"} do
            assert.is_nil(other.units[id])
            assert(other:add("unit", {id = id, name = id, area_id = "sp"}))
            assert.equal(id, other.units[id].name)
        end
    end)

    it("refuses what is neither an id nor a place", function()
        assert.error_matches(function() return cat.units[true] end,
            "units: key must be an id or a place, not a boolean")
        assert.error_matches(function() return cat:get("unit", 1) end,
            "catalog:get: id must be a string, not a number")
        assert.error_matches(function() cat.units.x = 1 end, "cannot be changed")
        assert.error_matches(function() return cat.get("unit", "x") end, "with a colon")
        assert.error_matches(function() return cat:get("unti", "x") end, 'did you mean "unit"')
    end)
end)

describe("an entity", function()
    local service = cat.services["procon-sp"]

    it("has its fields as properties, nil where they are absent", function()
        assert.equal("Serviços da Fundação Procon-SP", service.name)
        assert.equal("procon-sp", service.organization_id)
        assert.equal("active", service.status)
        assert.same({}, service.required_documents)
        assert.is_nil(service.url)
        assert.is_nil(service.digital_since)
        assert.equal("2021-07", cat.sources[1].published)
        local metric = cat.metrics["procon-sp.2021-s1"]
        assert.equal("2021-S1", metric.period)
        assert.equal(12000, metric.value)
        assert.equal("over", metric.qualifier)
        assert.equal("service", poupa.type(service))
    end)

    it("has every field of the field table, and no other", function()
        for _, kind in ipairs(poupa.kinds()) do
            local each = cat[kind.plural][1]
            for _, field in ipairs(poupa.fields(kind.name)) do
                local value = each[field.name]
                assert.is_true(value ~= nil or not field.required, field.name)
                assert.is_true(#field.meaning > 0)
            end
            assert.error_matches(function() return each.no_such_field end, "no field")
        end
        assert.equal(12, #poupa.kinds())
    end)

    it("raises where a field is mistyped", function()
        assert.error_matches(function() return service.nmae end,
            'no field "nmae" in a service; did you mean "name"%?')
        assert.error_matches(function() return cat.areas[1].xyz end, 'no field "xyz" in an area$')
    end)

    it("cannot be changed", function()
        assert.error_matches(function() service.name = "x" end,
            "a service cannot be changed: name")
        assert.equal("Serviços da Fundação Procon-SP", service.name)
        local list = service.keywords
        list[1] = "x"
        assert.equal("consumidor", service.keywords[1])
    end)

    it("prints as its kind, id and name", function()
        assert.equal("service procon-sp: Serviços da Fundação Procon-SP", tostring(service))
        assert.equal("<channel app: Poupatempo Digital>", "<" .. cat.channels.app .. ">")
        assert.matches("^metric procon%-sp%.2021%-s1", tostring(cat.metrics["procon-sp.2021-s1"]))
        assert.matches("^offering ", tostring(cat.offerings[1]))
    end)

    it("is equal to another of its kind that says the same", function()
        local other = cat:copy()
        assert.is_true(service == other.services[1])
        assert.is_false(service == cat.organizations["procon-sp"])
        assert.is_false(service == nil)
        assert.is_false(cat.channels[1] == cat.channels[2])
    end)

    it("becomes a table, and JSON", function()
        assert.same({id = "itaquera", name = "Itaquera", area_id = "itaquera"},
            cat.units.itaquera:to_table())
        assert.equal('{"id":"itaquera","name":"Itaquera","area_id":"itaquera"}',
            cat.units.itaquera:json())
    end)

    it("has the intervals of figures", function()
        assert.equal("12,000 (12,000 to 13,000)",
            tostring(cat.metrics["procon-sp.2021-s1"].interval))
        assert.equal("≥ 240", (tostring(cat.targets[2].interval):gsub("^.*(≥)", "%1")):sub(1, 7))
        assert.is_true(cat.claims[1].interval.is_unknown or cat.claims[1].interval.value > 0)
    end)
end)

describe("navigation", function()
    it("leads from ids to entities", function()
        local service = cat.services[1]
        assert.equal("Fundação Procon-SP", service.organization.name)
        assert.equal("poupatempo", service.program.id)
        assert.equal("prodesp", service.program.operator.id)
        assert.equal("sp", cat.areas["grande-sao-paulo"].parent.id)
        assert.is_nil(cat.areas.br.parent)
        assert.equal("servicos-digitais", cat.targets[1].indicator.id)
        assert.equal("source", poupa.type(cat.metrics[1].source))
    end)

    it("leads from lists of ids to entities", function()
        local offering = cat.offerings[4]
        assert.equal("penapolis mogi-guacu", ids(offering:units()))
        assert.equal("portal totem", ids(cat.metrics["procon-sp.digital.2021-s1"]:channels()))
        local claim = cat.claims["digital-mais-que-o-dobro"]
        assert.equal("poupatempo.digital.2021-s1", ids(claim:left_metrics()))
        assert.equal("poupatempo.digital.2020", ids(claim:right_metrics()))
    end)

    it("leads from what is referred to", function()
        assert.equal("portal totem presencial", ids(cat.services[1]:channels()))
        assert.equal(4, #cat.services[1]:offerings())
        assert.equal(11, #cat.services[1]:units())
        assert.equal("procon-sp", ids(cat.units.itaquera:services()))
        assert.equal(1, #cat.units.itaquera:offerings())
        assert.equal("procon-sp", ids(cat.channels.portal:services()))
        assert.equal("", ids(cat.channels.app:services()))
        assert.equal("itaquera santo-amaro se", ids(cat.areas["sao-paulo"]:units()))
        assert.equal("itaquera santo-amaro se", ids(cat.areas["sao-paulo"]:children()))
        assert.equal("poupatempo", ids(cat.organizations.prodesp:programs()))
        assert.equal(10, #cat.sources[1]:metrics())
        assert.equal(2, #cat.indicators["servicos-digitais"]:targets())
    end)

    it("knows what is digital", function()
        assert.is_true(cat.services[1].is_digital)
        assert.is_true(cat.channels.totem.is_digital)
        assert.is_true(cat.channels.totem.has_units)
        assert.is_false(cat.channels.presencial.is_digital)
        assert.is_false(cat.channels.portal.has_units)
    end)

    it("raises or fails where an entity is out of date", function()
        local other = support.small()
        local unit = other.units.se
        assert(other:remove("unit", "se"))
        local list, message = unit:services()
        assert.is_nil(list)
        assert.is_string(message)
        assert.equal("Sé", unit.name)
        assert(other:remove("area", "sp"))
        assert.error_matches(function() return unit.area end, 'no area "sp"')
    end)

    it("is by methods that want a colon", function()
        assert.error_matches(function() return cat.services[1].offerings() end,
            "service:offerings: call it as a method of a service, with a colon")
        assert.error_matches(function() return cat.services[1].offerings(cat.units[1]) end,
            "service:offerings")
    end)
end)

describe("poupa.meaning", function()
    it("says what a word means", function()
        assert.equal("an appointment must be made",
            poupa.meaning("offering", "booking", "required"))
        assert.equal("fax", poupa.meaning("channel", "type", "fax"))
        assert.error_matches(function() poupa.meaning("offering", "id", "x") end,
            'poupa.meaning: an offering has no field of words called "id"')
        assert.error_matches(function() poupa.meaning("ofering", "id", "x") end,
            'no kind of entity is called "ofering"; did you mean "offering"%?')
    end)
end)

describe("a number that the Lua does not have", function()
    it("is told with the name of the member", function()
        local other = assert(poupa.parse('{"poupa":"1.0","x":{"y":9007199254740993},' ..
            '"units":[{"id":"a","name":"A","n":[1,{"deep":9007199254740993}]}]}'))
        for name, read in pairs {
            ["x.y"] = function() return other.extra.x.y end,
            ["n.deep"] = function() return other.units.a.extra.n[2].deep end,
            ["n.deep "] = function() return other.units.a:to_table().extra.n[2].deep end,
        } do
            local ok, value = pcall(read)
            if math.type then
                assert.equal("9007199254740993", tostring(value))
            else
                assert.is_false(ok)
                local line = debug.getinfo(read, "S").linedefined
                assert.matches(("entity_spec.lua:%d: %s: the number 9007199254740993 "):format(line,
                    (name:gsub(" ", ""))), value)
            end
        end
    end)
end)
