--- The entities of one kind in a catalogue: by id, by place, one after the other.
-- @module poupa.collection

local check = require "poupa.check"
local core = require "poupa.core"
local entity = require "poupa.entity"
local object = require "poupa.object"

local collection = {}

--- The entities of one kind. It shows the catalogue as it is, also after an edit.
--
-- `cat.services["rg"]` is the service with that id, or nil; `cat.services[1]` the first one, in
-- the order of the file; `#cat.services` says how many there are; and
-- `for service in cat:services() do` goes through all. Every name is an id: it has no methods.
-- @type Collection
local Collection = object.class("a collection", true)

function Collection.__index(self, key)
    local held = object.held(self)
    if type(key) == "string" then
        return entity.find(held.handle, held.kind, key)
    elseif type(key) ~= "number" then
        check.refuse(key, held.kind.plural, "key", "an id or a place", 0)
    end
    local count = core.catalog_count(held.handle, held.kind.code)
    if key ~= math.floor(key) or key < 1 or key > count then
        return nil
    end
    local this = core.catalog_at(held.handle, held.kind.code, key - 1)
    return this and entity.view(held.kind, this, held.handle)
end

function Collection:__len()
    local held = object.held(self)
    return core.catalog_count(held.handle, held.kind.code)
end

--- Called as a method of its catalogue it gives an iterator; entities that are added meanwhile
-- come, too.
function Collection:__call()
    local held = object.held(self)
    local place = 0
    return function()
        local this = core.catalog_at(held.handle, held.kind.code, place)
        place = place + 1
        return this and entity.view(held.kind, this, held.handle)
    end
end

function Collection:__tostring()
    local held = object.held(self)
    local count = core.catalog_count(held.handle, held.kind.code)
    return ("%d %s"):format(count, count == 1 and held.kind.noun or held.kind.plural)
end

Collection.__concat = object.concat

--- @section end

--- The collection of a kind in the library's catalogue.
-- @local
function collection.new(handle, kind)
    return object.new(Collection, {handle = handle, kind = kind})
end

return collection
