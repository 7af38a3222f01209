-- poupa_http.lua - HTTP for a JSON API that is only read: requests, answers and refusals.
local poupa = require "poupa"

local http = {}

local NOTHING = "nothing is at this address"
local READ_ONLY = "this can only be read: GET or HEAD"
local NO_VERSIONS = "answers have no version and no date: no If-Match or If-Unmodified-Since"

local function escape(letter)
    return ("\\u%04x"):format(letter:byte())
end

-- A text, number or boolean as JSON; null for nil, and for numbers that JSON does not have.
local function scalar(value)
    if type(value) == "string" then
        return '"' .. value:gsub('[%z\1-\31\127"\\]', escape) .. '"'
    elseif type(value) == "number" then
        return value - value == 0 and poupa.number(value) or "null"
    end
    return value == nil and "null" or tostring(value)
end
http.scalar = scalar

-- An object of names and JSON texts, in turn: object {"id", scalar(id), "units", list}.
function http.object(members)
    local written = {}
    for i = 1, #members, 2 do
        written[#written + 1] = scalar(members[i]) .. ":" .. members[i + 1]
    end
    return "{" .. table.concat(written, ",") .. "}"
end

-- An array of what a function makes of items.
function http.array(items, json)
    local written = {}
    for i = 1, #items do
        written[i] = json(items[i])
    end
    return "[" .. table.concat(written, ",") .. "]"
end

local function send(status, body)
    ngx.status = status
    ngx.header["Content-Type"] = "application/json; charset=utf-8"
    ngx.header["Content-Length"] = #body + 1
    ngx.header["X-Content-Type-Options"] = "nosniff"
    ngx.print(body, "\n") -- which nginx leaves out of the answer to HEAD
end

local function refuse(status, message)
    if status == 405 then
        ngx.header["Allow"] = "GET, HEAD"
    end
    send(status, http.object {"error", http.object {
        "status", scalar(status), "message", scalar(message)}})
end

-- The parameters of the query, each known and given once.
local function read_parameters(known)
    local given, problem = ngx.req.get_uri_args(16)
    if problem then
        return nil, "more parameters than there can be"
    end
    if ("&" .. (ngx.var.args or "")):find("&=", 1, true) then
        return nil, "a parameter has no name"
    end
    for name, value in pairs(given) do
        if not known[name] then
            return nil, ('unknown parameter "%s"'):format(name)
        elseif type(value) ~= "string" or value == "" then
            return nil, ('parameter "%s": expected one value'):format(name)
        end
    end
    return given
end

-- The parts of the path, decoded one by one, so that %2F is no separator.
local function read_path()
    local parts = {}
    for part in ngx.var.request_uri:match("^[^?#]*"):gmatch "/([^/]*)" do
        parts[#parts + 1] = ngx.unescape_uri((part:gsub("%+", "%%2B")))
    end
    return parts
end

-- Whether the address is text, so that messages may repeat it.
local function is_address_text()
    return ngx.re.find(ngx.unescape_uri(ngx.var.request_uri), "^", "u") ~= nil
end

-- Whether only an answer of some version, or as old as some date, is asked for. nginx would refuse
-- it when the answer is on its way.
local function asks_for_version()
    return (ngx.var.http_if_match or "*") ~= "*" or ngx.var.http_if_unmodified_since ~= nil
end

-- Answers a request. `find(parts)` gives the route of a path, nil for none, and the id in it. A
-- route has the parameters that are `known`, and `json(parameters, id)`, which gives the body, or
-- nil, a status and a message.
function http.answer(find)
    if not pcall(ngx.req.discard_body) then
        return ngx.exit(400) -- the body has no end: so neither has the connection a next request
    elseif not is_address_text() then
        return refuse(400, "the address is not in UTF-8")
    end
    local route, id = find(read_path())
    if not route then
        return refuse(404, NOTHING)
    elseif ngx.req.get_method() ~= "GET" and ngx.req.get_method() ~= "HEAD" then
        return refuse(405, READ_ONLY)
    end
    local parameters, problem = read_parameters(route.known)
    if not parameters then
        return refuse(400, problem)
    end
    local body, status, message = route.json(parameters, id)
    if not body then
        return refuse(status, message)
    elseif asks_for_version() then
        return refuse(412, NO_VERSIONS)
    end
    send(200, body)
end

-- What nginx means with its refusals.
local MEANINGS = {
    [400] = "this is no proper HTTP request",
    [404] = NOTHING,
    [405] = READ_ONLY,
    [408] = "the request took too long",
    [413] = "the body is too long: requests need none",
    [414] = "the address is too long",
    [431] = "the header fields are too long",
    [500] = "something went wrong here; the log says what",
    [501] = "the body is encoded in an unknown way",
    [505] = "the version of HTTP is unknown",
}

-- Answers what nginx refused before it came to us, or what failed.
function http.refused_by_nginx()
    refuse(ngx.status, MEANINGS[ngx.status] or "refused")
end

return http
