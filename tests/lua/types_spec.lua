-- What the annotations for editors tell is what the module has.
local poupa = require "poupa"
local support = dofile "tests/lua/support.lua"

local text = {}
for _, path in ipairs(support.files("bindings/lua/library", ".lua")) do
    text[#text + 1] = support.read(path)
end
text = "\n" .. table.concat(text, "\n")

-- The fields and the methods that are declared of a class.
local function declared(class)
    local names = {}
    local body = text:match("\n%-%-%-@class poupa%." .. class .. "%f[^%w].-\n\n")
    assert.is_string(body, class)
    for name in body:gmatch("\n%-%-%-@field ([%w_]+)") do
        names[name] = true
    end
    for name in text:gmatch("\nfunction " .. class .. ":([%w_]+)%(") do
        names[name] = true
    end
    return names
end

local function actual(object)
    local class, names = debug.getmetatable(object), {}
    for _, list in ipairs {class.getters, class.fields, class.methods} do
        for name in pairs(list) do
            names[name] = true
        end
    end
    return names
end

describe("the annotations", function()
    local cat = support.example()
    local records = assert(poupa.parse_attendance(
        '{"period":"2021","service":"rg","channel":"portal","count":1}'))
    local result = assert(records:rollup {by = "year"})

    it("declare all of the module", function()
        local names = {null = true, version = true}
        for name in text:gmatch("\nfunction poupa%.([%w_]+)%(") do
            names[name] = true
        end
        local has = {}
        for name in pairs(poupa) do
            has[name] = true
        end
        assert.same(has, names)
    end)

    it("declare all of each kind of entity", function()
        local common = declared "Entity"
        for _, kind in ipairs(poupa.kinds()) do
            local names = declared((kind.name:gsub("^%l", string.upper)))
            for name in pairs(common) do
                names[name] = true
            end
            assert.same(actual(cat[kind.plural][1]), names)
        end
    end)

    it("declare all of each other class", function()
        local _, _, details = poupa.load "there/is/none"
        for class, object in pairs {
            Catalog = cat, Details = details, Report = cat:validate(), Rule = poupa.rules()[1],
            Interval = poupa.interval(1), Period = poupa.period "2021",
            Progress = cat.targets[1]:progress(), Judgement = cat.claims[1]:judge(),
            Derived = cat:derive()[1], Attendance = records, Counts = records.counts,
            Rollup = result, Tally = result.tally, Scan = poupa.scan_text "",
            Decoder = poupa.decoder(), Builder = poupa.builder(), Adder = poupa.adder(),
            Finding = assert(records:check(cat))[1],
        } do
            assert.same(actual(object), declared(class))
        end
    end)
end)

describe("the sources", function()
    it("are files of up to 500 lines of up to 100 characters", function()
        for _, folder in ipairs {
            "bindings/lua/poupa", "bindings/lua/library", "tests/lua", "examples/lua",
        } do
            for _, path in ipairs(support.files(folder, ".lua")) do
                local count = 0
                for line in io.lines(path) do
                    count = count + 1
                    local _, tails = line:gsub("[\128-\191]", "")
                    assert.is_true(#line - tails <= 100 or line:find("^%-%-%-@") ~= nil
                        or line:find('^{"period"') ~= nil, path .. ":" .. count)
                end
                assert.is_true(count <= 500, path)
            end
        end
    end)
end)
