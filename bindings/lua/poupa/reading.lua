--- Reading attendance records, JSON Lines: whole, in batches, or in pieces as they come.
-- @module poupa.reading

local attendance = require "poupa.attendance"
local check = require "poupa.check"
local core = require "poupa.core"
local errors = require "poupa.errors"
local object = require "poupa.object"
local rollup = require "poupa.rollup"

local reading = {}

-- -- Options ------------------------------------------------------------------------------

local KNOWN = {
    on_error = true, threads = true, quarantine = true, progress = true, max_line = true,
}
local KNOWN_OF_SCANS = {batch_rows = true, range = true}
for name in pairs(KNOWN) do
    KNOWN_OF_SCANS[name] = true
end

local POLICIES = {fail = true, skip = true, quarantine = true}
local LONGEST_LINE = 2 ^ 20
local MOST_THREADS = 256

--- Opens a file for bad lines, which go there a line each; it must not be one that is read.
local function quarantine_to(path, sources)
    for _, source in ipairs(sources) do
        local from = source.path == "-" and "/dev/stdin" or source.path
        if from and core.same_file(path, from) then
            return errors.fail("argument", ("the quarantine %s is what is read"):format(path))
        end
    end
    local file, message = io.open(path, "wb")
    if not file then
        return errors.fail("io", "cannot write " .. message)
    end
    return function(piece)
        local done, said = file:write(piece)
        if not done then
            return nil, said
        end
    end, file
end

--- Calls a function with whole lines, of which the library gives pieces.
local function by_line(put)
    local pieces = {}
    return function(piece)
        pieces[#pieces + 1] = piece
        if piece:sub(-1) == "\n" then
            local line = table.concat(pieces)
            pieces = {}
            return put(line)
        end
    end
end

--- How to read sources, for the library; `about.done` is what earlier ones came to. Wrong types
-- raise, two calls up.
local function how(options, known, where, sources)
    options = check.options(options, known, where, 1)
    local about, plan = {done = nil, last = nil}, {}
    local on_error = options.on_error == nil and "fail"
        or check.text(options.on_error, where, "on_error", 1)
    if not POLICIES[on_error] then
        return errors.fail("argument",
            ('on_error must be "fail", "skip" or "quarantine", not "%s"'):format(on_error))
    elseif (on_error == "quarantine") ~= (options.quarantine ~= nil) then
        return errors.fail("argument",
            "on_error=\"quarantine\" and the option quarantine go together")
    end
    plan.on_error = on_error
    for name, most in pairs {
        threads = MOST_THREADS, max_line = LONGEST_LINE, batch_rows = 2 ^ 40,
    } do
        if options[name] ~= nil then
            plan[name] = check.integer(options[name], where, name, 1, most, 1)
        end
    end
    if options.progress ~= nil then
        local tell = check.callable(options.progress, where, "progress", 1)
        plan.progress = function(counts)
            return tell(attendance.counts(about.done, counts))
        end
    end
    if check.is_callable(options.quarantine) then
        plan.quarantine = by_line(options.quarantine)
    elseif options.quarantine ~= nil then
        check.text(options.quarantine, where, "quarantine", 1)
        local write, message, details = quarantine_to(options.quarantine, sources)
        if write == nil then
            return nil, message, details
        end
        plan.quarantine, about.file = write, message
    end
    return plan, about
end

--- Lets others see what was put aside so far.
local function flush(about)
    if about.file then
        about.file:flush()
    end
end

--- Closes what `how` opened; says so where what was written did not get to the disk.
local function close(about)
    local file = about.file
    about.file = nil
    if file then
        local done, message = file:close()
        if not done then
            return errors.fail("io", "cannot write the quarantine: " .. tostring(message))
        end
    end
    return true
end

-- -- Sources ------------------------------------------------------------------------------

--- What records are read from: paths, or a function; wrong types raise, two calls up.
local function sources_of(source, where)
    if type(source) == "string" then
        check.text(source, where, "source", 1)
        return {{path = source}}
    elseif check.is_callable(source) then
        return {{read = function(size) return source(size) end}}
    end
    local list = {}
    for i = 1, check.list(source, where, "source", "a path, an array of paths or a function", 1) do
        list[i] = {path = check.text(source[i], where, ("source[%d]"):format(i), 1)}
    end
    return list
end

--- Reads all of a source.
local function read(source, plan)
    if source.path then
        local pointer, counts, details = core.ndjson_read_file(source.path, plan)
        if pointer == nil then
            return errors.about(source.path, nil, counts, details)
        end
        return pointer, counts
    end
    plan.read = source.read
    local pointer, counts, details = core.ndjson_read_from(plan)
    if pointer == nil then
        return errors.pass(nil, counts, details)
    end
    return pointer, counts
end

local function read_all(sources, plan, about)
    local pointers = {}
    for i, source in ipairs(sources) do
        local pointer, counts, details = read(source, plan)
        if pointer == nil then
            return nil, counts, details
        end
        pointers[i] = pointer
        about.done = attendance.counts(about.done, counts)
    end
    if #pointers == 1 then
        return pointers[1]
    end
    return errors.pass(core.attendance_merge(pointers))
end

--- Ends a reading that gave a table, a failure, or raised.
local function end_reading(about, ok, pointer, message, details)
    local closed, said, more = close(about)
    if not ok then
        error(pointer, 0)
    elseif pointer == nil then
        return nil, message, details
    elseif not closed then
        return nil, said, more
    end
    return attendance.of(pointer, about.done)
end

-- -- Whole --------------------------------------------------------------------------------

--- Reads records, plain or compressed with gzip or zstd, into one table.
-- @param source a path ("-" is the standard input), an array of paths, or a function that returns
--   the next piece of text, and nil at the end
-- @param options a table: on_error, "fail" (the default), "skip" or "quarantine" for lines that
--   are no records; quarantine, the path that these go to, which is none that is read, or a
--   function that gets them one by one, each a JSON object with the reason and a newline; threads
--   that decode, 1 by default (what a function gives is decoded by the caller's own); progress, a
--   function that gets the counts about once a MiB, and ends the reading by returning false;
--   max_line, bytes, a MiB by default and at most. None of the functions may yield.
-- @return an Attendance, or nil, message, details
function reading.read_attendance(source, options)
    local sources = sources_of(source, "poupa.read_attendance")
    local plan, about, details = how(options, KNOWN, "poupa.read_attendance", sources)
    if plan == nil then
        return nil, about, details
    end
    return end_reading(about, pcall(read_all, sources, plan, about))
end

--- Reads records from text.
-- @param text the lines, plain or compressed
-- @param options as for `read_attendance`
-- @return an Attendance, or nil, message, details
function reading.parse_attendance(text, options)
    check.bytes(text, "poupa.parse_attendance", "text")
    local plan, about, details = how(options, KNOWN, "poupa.parse_attendance", {})
    if plan == nil then
        return nil, about, details
    end
    return end_reading(about, pcall(function()
        local pointer, counts, more = core.ndjson_read(text, plan)
        if pointer == nil then
            return errors.pass(nil, counts, more)
        end
        about.done = counts
        return pointer
    end))
end

--- Raises, two calls up, where one of the functions that a reader calls wants to use it.
local function check_resting(reader, class, where)
    if core.busy(reader) then
        error(("%s: %s cannot be used by the functions that it calls"):format(where,
            class.__name), 3)
    end
end

-- -- In batches ---------------------------------------------------------------------------

--- Records that are read a table at a time, once, in memory that does not grow: an iterator,
-- which raises where reading fails, as that of io.lines does.
-- @type Scan
-- @field counts what reading came to so far
local Scan = object.class("a scan")

function Scan.getters.counts(held)
    return attendance.counts(held.about.done,
        held.stream and core.ndjson_counted(held.stream) or nil)
end

--- The stream of a source.
local function opened(source, plan)
    if source.text then
        return errors.pass(core.ndjson_open_data(source.text, plan))
    elseif source.read then
        plan.read = source.read
        return errors.pass(core.ndjson_open_from(plan))
    elseif source.first then
        return errors.about(source.path,
            core.ndjson_open_range(source.path, source.first, source.last, plan))
    end
    return errors.about(source.path, core.ndjson_open(source.path, plan))
end

--- Opens the next source; false where there is none.
local function open_next(held)
    local source = held.sources[held.place + 1]
    if not source then
        return false
    end
    local stream, message, details = opened(source, held.plan)
    if stream == nil then
        return nil, message, details
    end
    held.place, held.stream = held.place + 1, stream
    return true
end

local function end_source(held)
    held.about.done = attendance.counts(held.about.done, core.ndjson_counted(held.stream))
    core.close(held.stream)
    held.stream = nil
end

--- The library's next table; nil at the end, or nil, message, details.
local function next_batch(held)
    while not held.ended do
        if not held.stream then
            local open, message, details = open_next(held)
            if open == nil then
                flush(held.about)
                return nil, message, details
            elseif not open then
                held.ended = true
                local closed, said, more = close(held.about)
                if closed then
                    return nil
                end
                return nil, said, more
            end
        end
        local source = held.sources[held.place]
        local pointer, message, details = core.ndjson_next(held.stream)
        if pointer ~= nil then
            return pointer
        elseif message then
            flush(held.about)
            return errors.about(source.path, nil, message, details)
        end
        end_source(held)
    end
    return nil
end

--- The next table; nil at the end.
-- @return an Attendance, nil, or nil, message, details
function Scan.methods:next()
    local held = object.own(self, Scan, "scan:next")
    check_resting(held.stream, Scan, "scan:next")
    local pointer, message, details = next_batch(held)
    if pointer == nil then
        return nil, message, details
    end
    return attendance.of(pointer)
end

function Scan:__call()
    local held = object.held(self)
    check_resting(held.stream, Scan, "scan")
    local pointer, message = next_batch(held)
    if pointer == nil and message then
        error(message, 0)
    end
    return pointer and attendance.of(pointer) or nil
end

--- Adds up what is left; see `attendance:rollup`.
-- @param options as for `attendance:rollup`
-- @return a Rollup, or nil, message, details
function Scan.methods:rollup(options)
    local held = object.own(self, Scan, "scan:rollup")
    check_resting(held.stream, Scan, "scan:rollup")
    local result, message, details = rollup.of(options, "scan:rollup", function()
        return next_batch(held)
    end)
    return result, message, details
end

--- Ends the reading and closes what is open; what was read stays.
-- @return true, or nil, message, details where bad lines could not be written
function Scan.methods:close()
    local held = object.own(self, Scan, "scan:close")
    check_resting(held.stream, Scan, "scan:close")
    if held.stream then
        end_source(held)
    end
    held.ended = true
    return close(held.about)
end

--- In Lua 5.4: `local scan <close> = assert(poupa.scan_attendance(path))`.
function Scan:__close()
    Scan.methods.close(self)
end

function Scan:__tostring()
    return ("scan: %d records so far"):format(self.counts.good)
end

Scan.__concat = object.concat

--- The scan of sources; what `how` gave comes as it is.
local function scan(sources, plan, about, details)
    if plan == nil then
        return nil, about, details
    end
    local held = {sources = sources, place = 0, plan = plan, about = about}
    local open, message, more = open_next(held)
    if open == nil then
        close(about)
        return nil, message, more
    end
    return object.new(Scan, held)
end

--- A part of a file: the lines whose first byte lies in it.
local function part_of(sources, range, where)
    if check.list(range, where, "range", "an array of two places in a file", 1) ~= 2 then
        check.refuse(range, where, "range", "an array of two places in a file", 1)
    end
    local source = sources[1]
    if #sources ~= 1 or not source.path then
        return errors.fail("argument", "a range is one of a single file")
    end
    source.first = check.integer(range[1], where, "range[1]", 0, 2 ^ 53, 1)
    source.last = check.integer(range[2], where, "range[2]", 0, 2 ^ 53, 1)
    return sources
end

--- @section end

--- Reads records in batches: `for batch in assert(poupa.scan_attendance(path)) do`.
-- @param source as for `read_attendance`
-- @param options as for `read_attendance`, and: batch_rows, records of a batch, about, 65,536 by
--   default; range, {first, last}, to read the lines of a file whose first byte, counted from 0,
--   is from first to before last
-- @return a Scan, or nil, message, details
function reading.scan_attendance(source, options)
    local where = "poupa.scan_attendance"
    local sources = sources_of(source, where)
    options = check.options(options, KNOWN_OF_SCANS, where)
    if options.range ~= nil then
        local part, message, details = part_of(sources, options.range, where)
        if part == nil then
            return nil, message, details
        end
    end
    return scan(sources, how(options, KNOWN_OF_SCANS, where, sources))
end

--- The same from text.
-- @param text the lines, plain or compressed
-- @param options as for `scan_attendance`, without a range
-- @return a Scan, or nil, message, details
function reading.scan_text(text, options)
    local where = "poupa.scan_text"
    check.bytes(text, where, "text")
    options = check.options(options, KNOWN_OF_SCANS, where)
    if options.range ~= nil then
        return errors.fail("argument", "a range is one of a single file")
    end
    return scan({{text = text}}, how(options, KNOWN_OF_SCANS, where, {}))
end

-- -- In pieces ----------------------------------------------------------------------------

--- Decodes text in pieces as they come, cut anywhere: the body of a request, say.
-- @type Decoder
-- @field counts what the text came to so far
local Decoder = object.class("a decoder")

function Decoder.getters.counts(held)
    return attendance.counts(core.decoder_counted(held.decoder))
end

--- Takes the next piece. After a failure every further call returns it again.
-- @param text the piece
-- @return true, or nil, message, details
function Decoder.methods:feed(text)
    local held = object.own(self, Decoder, "decoder:feed")
    check_resting(held.decoder, Decoder, "decoder:feed")
    check.bytes(text, "decoder:feed", "text")
    return errors.pass(core.decoder_feed(held.decoder, text))
end

--- Ends the text; the decoder can then take another one.
-- @return an Attendance, or nil, message, details
function Decoder.methods:finish()
    local held = object.own(self, Decoder, "decoder:finish")
    check_resting(held.decoder, Decoder, "decoder:finish")
    local pointer, message, details = errors.pass(core.decoder_finish(held.decoder))
    if pointer == nil then
        return nil, message, details
    end
    return attendance.of(pointer, core.decoder_counted(held.decoder))
end

--- @section end

--- A decoder of plain text. Its quarantine, if any, is a function.
-- @param options as for `read_attendance`
-- @return a Decoder, or nil, message, details
function reading.decoder(options)
    options = check.options(options, KNOWN, "poupa.decoder")
    if type(options.quarantine) == "string" then
        check.refuse(options.quarantine, "poupa.decoder", "quarantine", "a function")
    end
    local plan, about, details = how(options, KNOWN, "poupa.decoder", {})
    if plan == nil then
        return nil, about, details
    end
    local decoder, message, more = errors.pass(core.decoder_new(plan))
    if decoder == nil then
        return nil, message, more
    end
    return object.new(Decoder, {decoder = decoder})
end

return reading
