-- Every function of the library is used by the Lua module, or left out for a reason.
local core = require "poupa.core"
local support = dofile "tests/lua/support.lua"

local OBJECTS = "objects end with their last reference"
local BY_KIND = "catalog_… does the same for all kinds"
local COLUMNS = "Lua has no arrays that could be a view of columns"
local STREAMS = "Lua has files and strings of its own"
local WRITER = "the library's own writers are behind what gives JSON"
local SAVING = "Lua has files; what the library writes to one is saved atomically by itself"
local DATES = "a date is a period of kind year, month or day"
local TEXTS = "Lua's strings are bytes; what is no UTF-8 is refused where it is read"

local LEFT_OUT = {
    attendance_arrow_schema = COLUMNS, attendance_columns = COLUMNS,
    attendance_from_arrow = COLUMNS, attendance_segments = COLUMNS,
    attendance_to_arrow = COLUMNS, ndjson_to_arrow = COLUMNS,
    rollup_table_arrow_schema = COLUMNS, rollup_table_to_arrow = COLUMNS,
    attendance_release = OBJECTS, attendance_retain = OBJECTS, buffer_free = OBJECTS,
    builder_free = OBJECTS, catalog_release = OBJECTS, catalog_retain = OBJECTS,
    decoder_free = OBJECTS, derived_list_free = OBJECTS, document_free = OBJECTS,
    list_free = OBJECTS, ndjson_close = "close does, of any object", report_free = OBJECTS,
    rollup_free = OBJECTS, rollup_table_free = OBJECTS,
    catalog_add = "catalog_add_json takes what tables become",
    catalog_replace = "catalog_replace_json takes what tables become",
    catalog_inspect = "document_read does, and locates the findings",
    catalog_read_from = STREAMS, catalog_read_stream = STREAMS, catalog_write_to = STREAMS,
    document_read_from = STREAMS, document_catalog = "findings are asked of documents alone",
    entity_write = WRITER, report_write_json = WRITER, rollup_write_json = WRITER,
    schema_write = WRITER, file_write = STREAMS,
    date_first_day = DATES, date_last_day = DATES, date_print = DATES, date_valid = DATES,
    period_valid = "period_parse gives what is valid alone",
    period_print = "periods are texts already", severity_name = "severities are words already",
    status_name = "statuses are words already", verdict_name = "verdicts are words already",
    derivation_name = "derivations are words already",
    target_state_name = "states are words already", group_name = "groups are words already",
    dimensions_equal = "metrics_select and entity_equal compare dimensions",
    vocabulary_find = "words are texts; kind_fields lists them",
    kind_find = "kinds are in tables by their names",
    report_locate = "documents are read with their findings located",
    ndjson_path_available = "all paths decode alike; which one is for the library's tests",
    utf8_valid = TEXTS,
}

-- What the module calls by name, and what it takes out of the core when it is loaded.
local function used()
    local names = {}
    for _, path in ipairs(support.files("bindings/lua/poupa", ".lua")) do
        local source = support.read(path):gsub("%-%-[^\n]*", "")
        for name in source:gmatch("%f[%w]core%.([%l%d_]+)") do
            names[name] = true
        end
    end
    local loaded = {}
    for name in pairs(package.loaded) do
        if name:find("^poupa") then
            loaded[name], package.loaded[name] = package.loaded[name], nil
        end
    end
    package.loaded["poupa.core"] = setmetatable({}, {__index = function(_, name)
        names[name] = core[name] ~= nil or nil
        return core[name]
    end})
    require "poupa"
    for name in pairs(package.loaded) do
        package.loaded[name] = name:find("^poupa") and loaded[name] or package.loaded[name]
    end
    package.loaded["poupa.core"] = core
    return names
end

local function is_by_kind(name)
    local noun, verb = name:match("^(%l+)_(%l+)$")
    return core.kind_find(noun or "") and ({
        count = true, at = true, find = true, add = true, replace = true, remove = true,
    })[verb]
end

-- The names that functions have here; what writes to a callback in C gives a text.
local RENAMED = {
    entity_write = "entity_text", schema_write = "schema_text",
    report_write_json = "report_json", rollup_write_json = "rollup_json",
}

describe("the module", function()
    local names = used()

    it("uses every function of the library that is not left out for a reason", function()
        local missing = {}
        for symbol in support.read("lib/symbols.txt"):gmatch("poupa_([%w_]+)") do
            local left_out = LEFT_OUT[symbol] or is_by_kind(symbol) and BY_KIND
                or symbol:find("^writer_") and WRITER or symbol:find("^saving_") and SAVING
            if not names[symbol] and not left_out then
                missing[#missing + 1] = symbol
            elseif names[symbol] and LEFT_OUT[symbol] then
                missing[#missing + 1] = symbol .. ", which is used and listed as left out"
            elseif RENAMED[symbol] then
                assert.is_true(names[RENAMED[symbol]], RENAMED[symbol])
            end
        end
        assert.same({}, missing)
    end)

    it("leaves nothing out that the library does not have", function()
        local symbols = support.read("lib/symbols.txt") .. "\n"
        for name in pairs(LEFT_OUT) do
            assert.is_truthy(symbols:find("poupa_" .. name .. "\n", 1, true), name)
        end
    end)

    it("calls nothing that the core does not have", function()
        for name in pairs(names) do
            assert.is_truthy(core[name] ~= nil, name)
        end
    end)
end)
