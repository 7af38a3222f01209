-- targets.lua - how far the targets of a catalogue are, and whether its claims hold.
local poupa = require "poupa"

local cat = assert(poupa.load(arg[1] or "examples/data/poupatempo-2021.json"))

for target in cat:targets() do
    local progress = assert(target:progress())
    print(progress)
    print(("  %s; %s remaining"):format(progress.state, tostring(progress.remaining)))
end

-- The same question, asked at another date.
local first = cat.targets[1]
print(first and first:progress("2022-01") or "no targets")

print()
for claim in cat:claims() do
    local judgement = assert(claim:judge())
    print(("%s: %s"):format(judgement.verdict, claim.quote))
    for _, rule in ipairs(judgement.warnings) do
        print("  but mind: " .. rule.title)
    end
end

-- What follows from the published figures: shares and growth, with their bounds.
print()
for _, derived in ipairs(assert(cat:derive())) do
    print(derived)
end

-- Figures are intervals, and a comparison is true only where it is certain.
print()
local found = assert(cat:select {
    indicator = "atendimentos", channel = "app", program = "poupatempo",
})
for _, metric in ipairs(found) do
    print(metric.period, metric.interval)
end
if #found == 2 then
    print("certainly more:", found[1].interval > found[2].interval)
    print("growth, in percent:", poupa.growth(found[1], found[2]))
end
