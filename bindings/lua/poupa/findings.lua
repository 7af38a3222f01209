--- What is wrong with a document or a catalogue, where, and by which rule.
-- @module poupa.findings

local check = require "poupa.check"
local core = require "poupa.core"
local errors = require "poupa.errors"
local nearest = require "poupa.nearest"
local object = require "poupa.object"

local findings = {}

-- -- Rules --------------------------------------------------------------------------------

--- A rule that findings are made by. Codes are stable.
-- @table Rule
-- @field code "E2005" for an error, "W3001" for a warning
-- @field severity "error" or "warning"
-- @field stage what checks it: "json" "model" "plausible" "claim"
-- @field title a few words
-- @field text what the rule asks for, why, and what to do
local Rule = object.record("a rule", {"code", "severity", "stage", "title", "text"})

function Rule:__tostring()
    return self.code .. ": " .. self.title
end

Rule.__concat = object.concat

local STAGES = {"json", "model", "plausible", "claim"}

local function rule_of(row)
    row.stage = STAGES[row.stage]
    return setmetatable(row, Rule)
end

--- @section end

--- All rules, in the order of their codes.
-- @return an array of Rule
function findings.rules()
    local rules = {}
    for i = 1, core.rule_count() do
        rules[i] = rule_of(core.rule_at(i - 1))
    end
    return rules
end

--- The rule with a code.
-- @param code "E2005"
-- @return a Rule, or nil, message, details where there is none
function findings.rule(code)
    check.text(code, "poupa.rule", "code")
    local row = core.rule_find(code)
    if row then
        return rule_of(row)
    end
    local codes = {}
    for _, each in ipairs(findings.rules()) do
        codes[each.code] = true
    end
    return errors.fail("not_found", ("no rule \"%s\"%s"):format(code, nearest.hint(code, codes)))
end

-- -- Findings -----------------------------------------------------------------------------

--- One thing that is wrong.
-- @table Finding
-- @field code the rule that was broken
-- @field severity "error" or "warning"
-- @field message what was found and what was expected
-- @field path JSON pointer to the value; "" is the whole document
-- @field filename the file, where there is one
-- @field line counted from 1; nil where there is no text
-- @field column in characters, counted from 1; nil likewise
-- @field offset in bytes from the start of the text; nil likewise
local Finding = object.record("a finding", {
    "code", "severity", "message", "path", "filename", "line", "column", "offset",
})

function Finding:__tostring()
    local place = self.filename and self.filename .. ":" or ""
    if self.line then
        place = ("%s%d:%d:"):format(place, self.line, self.column)
    end
    local where = self.path == "" and self.code or self.code .. " " .. self.path
    return ("%s%s%s: %s [%s]"):format(place, place == "" and "" or " ", self.severity,
        self.message, where)
end

Finding.__concat = object.concat

local function finding_of(row, filename)
    return setmetatable({
        code = row.code, severity = row.severity, message = row.message, path = row.path,
        filename = filename, line = row.line, column = row.column, offset = row.offset,
    }, Finding)
end

-- -- Reports ------------------------------------------------------------------------------

--- The findings about a document or a catalogue: an array, in the order of the text. As text it
-- reads as compilers print, with the lines where they are known.
-- @type Report
-- @field errors how many errors were found; the array has the first 100,000 findings
-- @field warnings how many warnings were found
-- @field ok whether there are no errors; there may be warnings
-- @field not_run the rules that did not run: an array of {code=, why=}
-- @field filename the file that the findings are about, where there is one
local Report = object.record("a report", {})

--- What is behind a report: the library's, the document with the text, the name.
local behind = setmetatable({}, {__mode = "k"})

local function own(self, where)
    local held = behind[self]
    if not held then
        check.refuse(self, where, "self", "a report", 1)
    end
    return held
end

function Report.getters:errors()
    return core.report_errors(behind[self].report)
end

function Report.getters:warnings()
    return core.report_warnings(behind[self].report)
end

function Report.getters:ok()
    return core.report_errors(behind[self].report) == 0
end

function Report.getters:filename()
    return behind[self].filename
end

function Report.getters:not_run()
    local report, list = behind[self].report, {}
    for i = 1, core.report_not_run_count(report) do
        list[i] = core.report_not_run_at(report, i - 1)
    end
    return list
end

--- The report as compilers print it.
-- @param color whether with ANSI colours
-- @return the text
function Report.methods:text(color)
    local held = own(self, "report:text")
    color = check.boolean(color, "report:text", "color")
    local data = held.document and core.document_text(held.document)
    return core.report_write_text(held.report, held.filename, data, color)
end

--- The report as JSON: the object that `poupa validate` prints, too.
-- @return the text
function Report.methods:json()
    local held = own(self, "report:json")
    return core.report_json(held.report, held.filename)
end

function Report:__tostring()
    local text = #self > 0 and Report.methods.text(self) or "no findings"
    return (text:gsub("\n$", ""))
end

Report.__concat = object.concat

--- @section end

--- The report that the library has.
-- @local
function findings.report(report, document, filename)
    local list = {}
    for i = 1, core.report_count(report) do
        list[i] = finding_of(core.report_at(report, i - 1), filename)
    end
    behind[list] = {report = report, document = document, filename = filename}
    return setmetatable(list, Report)
end

--- The report of a document.
-- @local
function findings.of_document(document, filename)
    return findings.report(core.document_report(document), document, filename)
end

return findings
