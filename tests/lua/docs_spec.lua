-- The tutorial, of which each block prints what it says, and the comments that the reference is of.
local support = dofile "tests/lua/support.lua"

-- The blocks of a page, as one program for which each has lines of its own, and what it prints.
local function blocks_of(path)
    local blocks = {}
    for text in support.read(path):gmatch("```lua\n(.-)```") do
        local expected = {}
        for line in text:gmatch("[^\n]+") do
            expected[#expected + 1] = line:match("^%-%-> ?(.*)$")
        end
        blocks[#blocks + 1] = {text = text, expected = table.concat(expected, "\n")}
    end
    return blocks
end

-- Locals live on in the blocks that follow: they become globals of the page's own.
local function loaded(text, environment)
    text = ("\n" .. text):gsub("\nlocal ([%w_, ]+) =", "\n%1 ="):sub(2)
    if setfenv then
        return setfenv(assert(loadstring(text, "@docs/lua.md")), environment)
    end
    return assert(load(text, "@docs/lua.md", "t", environment))
end

describe("the tutorial", function()
    local printed
    local environment = setmetatable({print = function(...)
        local line = {}
        for i = 1, select("#", ...) do
            line[i] = tostring((select(i, ...)))
        end
        printed[#printed + 1] = table.concat(line, "\t")
    end}, {__index = _G})

    for number, block in ipairs(blocks_of("docs/lua.md")) do
        it("prints what it says in block " .. number, function()
            printed = {}
            loaded(block.text, environment)()
            assert.equal(block.expected, table.concat(printed, "\n"))
        end)
    end
end)

describe("the reference", function()
    -- What a comment lacks of a function with some parameters.
    local function lacking(comment, parameters)
        local missing = comment:find "@return" and {} or {"@return"}
        for name in parameters:gmatch "[%w_]+" do
            if name ~= "self" and not comment:find("@param " .. name .. " ", 1, true) then
                missing[#missing + 1] = name
            end
        end
        return table.concat(missing, " ")
    end

    local function is_public(comment, name)
        return comment:find "^%-%-%-" and not comment:find "@local"
            and not name:find "%.getters" and not name:find "[.:]__"
    end

    it("tells what each function takes and gives", function()
        local checked = 0
        for path in support.read("bindings/lua/config.ld"):gmatch '"(poupa/[%w_]+%.lua)"' do
            local comment = ""
            for line in io.lines("bindings/lua/" .. path) do
                local name, parameters = line:match "^ *function ([%w_.:]+)%(([^)]*)%)"
                if line:find "^ *%-%-" then
                    comment = comment .. line:gsub("^ *", "") .. "\n"
                elseif name and is_public(comment, name) then
                    assert.equal("", lacking(comment, parameters), path .. ": " .. name)
                    checked = checked + 1
                end
                comment = line:find "^ *%-%-" and comment or ""
            end
        end
        assert.is_true(checked > 60)
    end)
end)
