-- support.lua - what the specs share. They are run from the folder of the project.
local support = {}

support.EXAMPLE = "examples/data/poupatempo-2021.json"

function support.example()
    return assert(require("poupa").load(support.EXAMPLE))
end

function support.read(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read("*a")
    file:close()
    return text
end

-- A path for what a test writes; remove_paths removes the files.
local made = {}

function support.path(name)
    local path = os.tmpname()
    os.remove(path)
    path = path .. (name or "")
    made[#made + 1] = path
    return path
end

function support.remove_paths()
    for i = #made, 1, -1 do
        os.remove(made[i])
        made[i] = nil
    end
end

function support.write(path, text)
    local file = assert(io.open(path, "wb"))
    file:write(text)
    file:close()
    return path
end

-- The interpreter that runs this, as a command.
function support.interpreter()
    local i = 0
    while arg and arg[i - 1] do
        i = i - 1
    end
    return arg and arg[i] or "lua"
end

-- Runs a program text in an interpreter of its own, with redirections if any; gives what it
-- printed, and its status.
function support.run(text, redirections)
    local path = support.write(support.path(".lua"), text)
    local command = ("%s '%s' 2>&1 %s; echo \"status $?\""):format(support.interpreter(), path,
        redirections or "")
    local pipe = assert(io.popen(command))
    local output = pipe:read("*a")
    pipe:close()
    os.remove(path)
    local printed, status = output:match("^(.*)status (%d+)\n$")
    return printed, tonumber(status)
end

-- The names of the files of a folder that end in a suffix.
function support.files(folder, suffix)
    local list = {}
    local pipe = assert(io.popen(("ls '%s'"):format(folder)))
    for name in pipe:lines() do
        if name:sub(-#suffix) == suffix then
            list[#list + 1] = folder .. "/" .. name
        end
    end
    pipe:close()
    return list
end

-- A catalogue of its own for editing: an organization, a service, two channels, an area, a unit.
function support.small()
    local cat = assert(require("poupa").new())
    assert(cat:add("area", {id = "sp", type = "state", name = "São Paulo"}))
    assert(cat:add("organization", {id = "iirgd", name = "IIRGD"}))
    assert(cat:add("service", {id = "rg", name = "RG", organization_id = "iirgd"}))
    assert(cat:add("channel", {id = "portal", type = "portal", name = "Portal"}))
    assert(cat:add("channel", {id = "posto", type = "in_person", name = "Posto"}))
    assert(cat:add("unit", {id = "se", name = "Sé", area_id = "sp"}))
    return cat
end

return support
