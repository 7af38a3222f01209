-- openresty.lua - what wrk asks of examples/openresty: all that it answers, in turn.
local targets = {
    "/services", "/services?unit=itaquera", "/services/procon-sp", "/units/itaquera", "/targets",
}
local turn = 0

function request()
    turn = turn % #targets + 1
    return wrk.format("GET", targets[turn])
end
