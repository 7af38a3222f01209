-- kiosk.lua - what can be done at a unit, and what it takes to be let in.
local poupa = require "poupa"

local function print_offering(offering)
    print(("  %s: %s"):format(offering.channel.name,
        poupa.meaning("offering", "booking", offering.booking)))
    for _, rule in ipairs(offering.access_rules) do
        print("    " .. poupa.meaning("offering", "access_rules", rule))
    end
end

-- Prints a service: what to bring, its offerings at the unit, and how to stay at home.
local function print_service(service, unit)
    print(service.name)
    for _, offering in ipairs(assert(unit:offerings())) do
        if offering.service_id == service.id then
            print_offering(offering)
        end
    end
    for _, document in ipairs(service.required_documents) do
        print("  to bring: " .. document)
    end
    if #service.required_documents == 0 then
        print("  to bring: no documents are listed")
    end
    for _, channel in ipairs(assert(service:channels())) do
        if channel.is_digital then
            print(("  or instead: %s%s"):format(channel.name,
                channel.url and ", " .. channel.url or ""))
        end
    end
end

local cat = assert(poupa.load(arg[2] or "examples/data/poupatempo-2021.json"))
local unit = assert(cat:get("unit", arg[1] or "itaquera"))
for _, service in ipairs(assert(unit:services())) do
    print_service(service, unit)
end
