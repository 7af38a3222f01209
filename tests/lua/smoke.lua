-- A bit of everything that poupa.core does, for valgrind.
local core = require "poupa.core"

local DATA = "examples/data/poupatempo-2021.json"
local LINE = '{"period":"2021-06","unit":"u","service":"s","channel":"c","count":3,"wait_s":5}\n'

local catalog = assert(core.catalog_read_file(DATA, {max_depth = 20}))
for kind = core.POUPA_KIND_SOURCE, core.POUPA_KIND_CLAIM do
    for _, field in ipairs(core.kind_fields(kind)) do
        local get = core[core.kind_name(kind) .. "_" .. field.name .. "_get"]
        for index = 0, get and core.catalog_count(catalog, kind) - 1 or -1 do
            get(core.catalog_at(catalog, kind, index))
        end
    end
end
assert(not core.catalog_read("{", nil))
assert(not pcall(core.catalog_read, nil, nil))
assert(core.catalog_begin(catalog))
assert(core.catalog_add_json(catalog, core.POUPA_KIND_CHANNEL,
    '{"id":"sms","name":"SMS","type":"sms","x":[1]}'))
assert(core.catalog_rollback(catalog) == nil)
assert(#core.catalog_write(catalog, true) > #core.catalog_write(catalog, false))
for index = 0, core.catalog_count(catalog, core.POUPA_KIND_TARGET) - 1 do
    local target = core.catalog_at(catalog, core.POUPA_KIND_TARGET, index)
    assert(core.target_progress(catalog, target, "2021-12"))
end
for index = 0, core.catalog_count(catalog, core.POUPA_KIND_CLAIM) - 1 do
    assert(core.claim_judge(catalog, core.catalog_at(catalog, core.POUPA_KIND_CLAIM, index)))
end
assert(core.metrics_derive(catalog))
assert(core.metrics_select(catalog, {within = "2021"}))

local document = assert(core.document_read('{"services":[{}]}', nil))
assert(core.report_write_text(core.document_report(document), "name", "{}", true))
assert(core.report_json(core.document_report(document), nil))

local rows, counts = core.ndjson_read(LINE:rep(50) .. "{}\n", {
    on_error = "quarantine", quarantine = function() end, threads = 2,
})
assert(counts.good == 50 and counts.bad == 1)
local rollup = core.rollup_new {
    by = {"month", "unit"},
    filters = {{group = "channel", values = {"c", "d"}}},
}
assert(core.rollup_add(rollup, rows))
local groups = core.rollup_finish(rollup)
assert(core.rollup_write_csv(groups) and core.rollup_json(groups))
assert(core.rollup_table_at(groups, 0).count == 150)

local left = {LINE, LINE:sub(1, 20)}
local stream = core.ndjson_open_from {read = function() return table.remove(left, 1) end}
assert(core.attendance_rows(core.ndjson_next(stream)) == 1)
assert(not core.ndjson_next(stream))
assert(not pcall(core.ndjson_read_from, {read = function() error("raised") end}))
assert(not core.attendance_write_to(rows, function() return false end))
assert(core.close(stream))
print("smoke: fine")
