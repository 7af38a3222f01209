-- poupa_api.lua - what the API answers: services, units, and targets with their progress.
local http = require "poupa_http"
local poupa = require "poupa"
local array, object, scalar = http.array, http.object, http.scalar

local api = {}
local text, catalog

-- Reads the catalogue, in the master; whatever is wrong with it is an error. Its text is what the
-- workers of this generation load, also one that replaces another later.
function api.read(path)
    text = assert(poupa.load(path)):dumps {pretty = false}
    collectgarbage()
end

-- Loads the catalogue, in a worker. Where that fails, memory being short say, the log says so, and
-- the next request tries again.
function api.load()
    catalog = assert(poupa.parse(text))
    ngx.log(ngx.NOTICE, "poupa: loaded ", tostring(catalog))
end

-- An entity as a document has it.
local function json(entity)
    return entity and entity:json() or "null"
end

local function interval(figure)
    return object {
        "value", scalar(figure.value), "low", scalar(figure.low), "high", scalar(figure.high)}
end

local function services_json(parameters)
    local unit, message
    if parameters.unit then
        unit, message = catalog:get("unit", parameters.unit)
        if not unit then
            return nil, 400, 'parameter "unit": ' .. message
        end
    end
    return object {"services", array(unit and unit:services() or catalog.services, json)}
end

local function service_json(_, id)
    local service, message = catalog:get("service", id)
    if not service then
        return nil, 404, message
    end
    return object {
        "service", json(service),
        "organization", json(service.organization),
        "is_digital", scalar(service.is_digital),
        "offerings", array(service:offerings(), json),
        "channels", array(service:channels(), json),
        "units", array(service:units(), json)}
end

local function unit_json(_, id)
    local unit, message = catalog:get("unit", id)
    if not unit then
        return nil, 404, message
    end
    return object {
        "unit", json(unit),
        "area", json(unit.area),
        "services", array(unit:services(), json),
        "offerings", array(unit:offerings(), json)}
end

local function target_json(target, progress)
    return object {
        "target", json(target),
        "progress", object {
            "text", scalar(tostring(progress)),
            "state", scalar(progress.state),
            "as_of", scalar(progress.as_of),
            "metric", json(progress.metric),
            "baseline", json(progress.baseline),
            "actual", interval(progress.actual),
            "target", interval(progress.target),
            "share", interval(progress.share),
            "remaining", interval(progress.remaining),
            "months_left", scalar(progress.months_left),
            "pace_needed", scalar(progress.pace_needed),
            "pace", scalar(progress.pace),
            "forecast", scalar(progress.forecast)}}
end

local function targets_json(parameters)
    local told = {}
    for i = 1, #catalog.targets do
        local target = catalog.targets[i]
        local progress, message = target:progress(parameters.as_of)
        if not progress then
            return nil, 400, 'parameter "as_of": ' .. message
        end
        told[i] = target_json(target, progress)
    end
    return object {"targets", array(told, tostring)}
end

-- By the first part of the path: what answers for it, and with an id behind it.
local routes = {
    services = {
        all = {json = services_json, known = {unit = true}},
        one = {json = service_json, known = {}},
    },
    units = {one = {json = unit_json, known = {}}},
    targets = {all = {json = targets_json, known = {as_of = true}}},
}

-- Answers a request.
function api.answer()
    if not catalog then
        api.load()
    end
    http.answer(function(parts)
        local route, id = routes[parts[1]], parts[2]
        if not route or #parts > 2 or id == "" then
            return nil
        end
        return route[id and "one" or "all"], id
    end)
end

return api
