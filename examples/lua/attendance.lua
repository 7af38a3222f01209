-- attendance.lua - adds up a stream of attendance records by month and channel.
local poupa = require "poupa"

local SAMPLE = [[
{"period":"2021-06-14","unit":"itaquera","service":"procon-sp","channel":"presencial","count":37,"wait_s":412}
{"period":"2021-06-15","unit":"itaquera","service":"procon-sp","channel":"presencial","count":3,"wait_s":12}
{"period":"2021-06","service":"procon-sp","channel":"portal","count":120}
{"period":"2021-06","service":"procon-sp"}
]]

-- Lines that are no records are put aside, with the reason.
local function put_aside(line)
    io.write("put aside: ", line)
end

-- Batch by batch, in memory that does not grow with the stream.
local options = {on_error = "quarantine", quarantine = put_aside}
local scan = assert(arg[1] and poupa.scan_attendance(arg[1], options)
    or poupa.scan_text(SAMPLE, options))
local result = assert(scan:rollup {by = "month,channel"})

for _, group in ipairs(result) do
    local line = ("%s  %-10s  %4d attendances"):format(group.month, group.channel, group.count)
    if group.wait_s then
        line = ("%s, %.0f s of waiting"):format(line, group.wait_s)
    end
    print(line)
end
print(("%d records, %d other lines"):format(scan.counts.good, scan.counts.bad))

-- The same as a table, as CSV, and as JSON for a web page.
print()
print(result)
io.write("\n", (assert(result:csv()):gsub("\r\n", "\n")))
print("\n" .. assert(result:json()))
