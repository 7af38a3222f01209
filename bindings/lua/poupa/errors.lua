--- Failures: nil, a message that says where, and the details.
-- @module poupa.errors

local object = require "poupa.object"

local errors = {}

--- What is known about a failure.
-- @table Details
-- @field status one word: "syntax", "invalid", "limit", "not_found", "exists", "in_use", "io",
--   "cancelled", "argument" or "memory"
-- @field message what was expected and what was found
-- @field code the rule that was broken, "E2005" say
-- @field path JSON pointer to the value; "" is the whole document
-- @field filename the file that was read or written
-- @field line counted from 1
-- @field column in characters, counted from 1
-- @field offset in bytes from the start of the text
-- @field findings of a document that could not be read: the report of all that is wrong with it,
--   which is made when it is asked for, from the file as it is then
local Details = object.record("the details of a failure", {
    "status", "message", "code", "path", "filename", "line", "column", "offset",
})

--- The functions that make the findings, by the details.
local finders = setmetatable({}, {__mode = "k"})

function Details.getters:findings()
    local find = finders[self]
    local report = find and find() or nil
    rawset(self, "findings", report)
    return report
end

function Details:__tostring()
    local place = ""
    if self.line then
        place = ("%s%d:%d: "):format(self.filename and self.filename .. ":" or "", self.line,
            self.column or 1)
    elseif self.filename and self.status ~= "io" then -- which names the file itself
        place = self.filename .. ": "
    end
    local rule = ""
    if self.code then
        rule = self.path and self.path ~= "" and (" [%s %s]"):format(self.code, self.path)
            or (" [%s]"):format(self.code)
    end
    return place .. self.message .. rule
end

Details.__concat = object.concat

--- @section end

--- What a function returns that failed.
-- @local
function errors.fail(status, message, more)
    local details = more or {}
    details.status, details.message = status, message
    setmetatable(details, Details)
    return nil, tostring(details), details
end

--- Passes on what a call of the library gave, or its failure.
-- @local
function errors.pass(made, message, details)
    if made == nil and message ~= nil then
        return errors.fail(details.status, details.message, details)
    end
    return made
end

--- The same, of a call that was about a file.
-- @local
function errors.about(filename, made, message, details)
    if made == nil and message ~= nil then
        details.filename = filename
        return errors.fail(details.status, details.message, details)
    end
    return made
end

--- Passes on the failure to read a document, whose findings a function makes.
-- @local
function errors.found(find, made, message, details)
    if made == nil and details and details.code then
        finders[details] = find
    end
    return made, message, details
end

return errors
