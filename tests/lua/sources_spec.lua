-- What is read, what is cut short, and where bad lines go.
local poupa = require "poupa"
local support = dofile "tests/lua/support.lua"

local LINE = '{"period":"2021","service":"rg","channel":"portal","count":1}\n'
local BAD = "{}\n"

describe("a quarantine", function()
    after_each(support.remove_paths)

    local function run(command, ...)
        local status = os.execute(command:format(...))
        assert.is_true(status == true or status == 0)
    end

    -- That neither way of reading a source may write to a path, and that a text stays.
    local function refused(source, path, text)
        for _, read in ipairs {poupa.read_attendance, poupa.scan_attendance} do
            local made, message, details = read(source,
                {on_error = "quarantine", quarantine = path})
            assert.is_nil(made)
            assert.equal(("the quarantine %s is what is read"):format(path), message)
            assert.equal("argument", details.status)
        end
        assert.equal(text, support.read(path))
    end

    it("is not the source, by whatever name", function()
        local text = LINE .. BAD
        local path, other = support.path(), support.path()
        support.write(path, text)
        support.write(other, text)
        refused(path, path, text)
        refused({other, path}, path, text)
        refused(path, path:gsub("/([^/]+)$", "/./%1"), text)
        for _, how in ipairs {"-s", ""} do
            local link = support.path()
            run("ln %s '%s' '%s'", how, path, link)
            refused(path, link, text)
            refused(link, path, text)
        end
    end)

    it("is not the standard input", function()
        local path = support.write(support.path(), LINE .. BAD)
        local printed, status = support.run(([[
            print(select(2, require "poupa".read_attendance("-",
                {on_error = "quarantine", quarantine = "%s"})))
        ]]):format(path), "<" .. path)
        assert.matches("the quarantine .* is what is read", printed)
        assert.equal(0, status)
        assert.equal(LINE .. BAD, support.read(path))
    end)

    it("may be a file that is there, and what is no file", function()
        local source = support.write(support.path(), LINE .. BAD)
        local path = support.write(support.path(), "old")
        local options = {on_error = "quarantine", quarantine = path}
        assert.equal(1, assert(poupa.read_attendance(source, options)).rows)
        assert.matches('^{"file":"[^"]*","line":2,', support.read(path))
        options.quarantine = "/dev/null"
        assert.equal(1, assert(poupa.read_attendance(source, options)).rows)
        assert.equal(0, assert(poupa.read_attendance("/dev/null", options)).rows)
    end)

    it("is whole when a scan has failed", function()
        local source = support.write(support.path(), (LINE .. BAD):rep(3))
        local path = support.path()
        local scan = assert(poupa.scan_attendance({source, source .. ".none"},
            {on_error = "quarantine", quarantine = path}))
        assert.equal(3, assert(scan:next()).rows)
        assert.is_nil(scan:next())
        local _, lines = support.read(path):gsub("\n", "")
        assert.equal(3, lines)
        assert.is_nil(scan:next())
        assert.is_true(scan:close())
    end)
end)

describe("what is cut short", function()
    local LINES = {}
    for i = 1, 5000 do
        LINES[i] = LINE:gsub('"count":1', '"count":' .. i * i % 1009)
    end

    for command, suffix in pairs {gzip = ".gz", ["zstd -q --rm"] = ".zst"} do
        it("is no " .. command:match("%w+") .. " stream", function()
            local path = support.write(support.path(), table.concat(LINES))
            os.execute(("%s '%s'"):format(command, path))
            local packed = support.read(path .. suffix)
            assert.equal(5000, assert(poupa.parse_attendance(packed)).rows)
            for _, size in ipairs {5, 20, math.floor(#packed / 2), #packed - 9, #packed - 1} do
                local cut = packed:sub(1, size)
                support.write(path .. suffix, cut)
                for _, read in ipairs {
                    function() return poupa.parse_attendance(cut) end,
                    function() return poupa.parse_attendance(cut, {threads = 3}) end,
                    function() return poupa.read_attendance(path .. suffix) end,
                    function() return poupa.parse_attendance(cut, {on_error = "skip"}) end,
                    function() return assert(poupa.scan_text(cut)):rollup() end,
                } do
                    local made, message, details = read()
                    assert.is_nil(made)
                    assert.is_string(message)
                    assert.is_string(details.status)
                end
            end
            os.remove(path .. suffix)
        end)
    end

    it("is no catalogue", function()
        local text = support.read(support.EXAMPLE):gsub("%s+$", "")
        local path = support.path()
        for size = 0, #text - 1, 97 do
            local cut = text:sub(1, size)
            local made, message, details = poupa.parse(cut)
            assert.is_nil(made)
            assert.matches("^%d+:%d+: ", message)
            assert.is_string(details.code)
            support.write(path, cut)
            assert.is_nil(poupa.load(path))
            assert.is_false(assert(poupa.check(path)).ok)
        end
        support.remove_paths()
    end)
end)
