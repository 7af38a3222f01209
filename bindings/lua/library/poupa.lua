---@meta poupa
-- The module's types, for editors that speak to the Lua language server (LuaCATS): put this
-- folder into Lua.workspace.library. tests/lua/types_spec.lua compares it with the module.

--- What is known about a failure.
---@class poupa.Details
---@field status "syntax"|"invalid"|"limit"|"not_found"|"exists"|"in_use"|"io"|"cancelled"|"argument"|"memory"
---@field message string what was expected and what was found
---@field code? string the rule that was broken, "E2005" say
---@field path? string JSON pointer to the value; "" is the whole document
---@field filename? string the file that was read or written
---@field line? integer counted from 1
---@field column? integer in characters, counted from 1
---@field offset? integer in bytes from the start of the text
---@field findings? poupa.Report all that is wrong with a document that could not be read

--- Figures that the arithmetic takes.
---@alias poupa.Figure poupa.Interval|poupa.Metric|poupa.Target|poupa.Claim|number

---@alias poupa.Kind "source"|"area"|"organization"|"program"|"channel"|"unit"|"service"|"offering"|"indicator"|"metric"|"target"|"claim"

-- -- Catalogues ---------------------------------------------------------------------------

--- The entities of one kind: by id, by place, one after the other.
---@class poupa.Collection<T>: { [string|integer]: T? }
---@operator len: integer
---@operator call: fun(): any

--- Who offers what, where and through which channel, and what was published about it.
---@class poupa.Catalog
---@field sources poupa.Collection<poupa.Source>
---@field areas poupa.Collection<poupa.Area>
---@field organizations poupa.Collection<poupa.Organization>
---@field programs poupa.Collection<poupa.Program>
---@field channels poupa.Collection<poupa.Channel>
---@field units poupa.Collection<poupa.Unit>
---@field services poupa.Collection<poupa.Service>
---@field offerings poupa.Collection<poupa.Offering>
---@field indicators poupa.Collection<poupa.Indicator>
---@field metrics poupa.Collection<poupa.Metric>
---@field targets poupa.Collection<poupa.Target>
---@field claims poupa.Collection<poupa.Claim>
---@field language string the language of its texts, a BCP 47 tag
---@field format_version string the version of the format that it was read from
---@field extra table<string, any> the members of the document that the format does not name
local Catalog = {}

---@param language string
---@return true? done, string? message, poupa.Details? details
function Catalog:set_language(language) end

---@param options? {pretty?: boolean}
---@return string? text, string? message, poupa.Details? details
function Catalog:dumps(options) end

---@param path string
---@param options? {pretty?: boolean}
---@return true? done, string? message, poupa.Details? details
function Catalog:save(path, options) end

---@param kind poupa.Kind
---@param given table<string, any>|poupa.Entity
---@return poupa.Entity? entity, string? message, poupa.Details? details
function Catalog:add(kind, given) end

---@param kind poupa.Kind
---@param given table<string, any>|poupa.Entity
---@return poupa.Entity? entity, string? message, poupa.Details? details
function Catalog:replace(kind, given) end

---@param kind poupa.Kind
---@param id string
---@return true? done, string? message, poupa.Details? details
function Catalog:remove(kind, id) end

---@param kind poupa.Kind
---@param id string
---@return poupa.Entity? entity, string? message, poupa.Details? details
function Catalog:get(kind, id) end

---@param change fun(catalog: poupa.Catalog): ...
---@return any ...
function Catalog:edit(change) end

---@return poupa.Report? report, string? message, poupa.Details? details
function Catalog:validate() end

---@class poupa.Query
---@field indicator? string|poupa.Indicator
---@field program? string|poupa.Program
---@field organization? string|poupa.Organization
---@field service? string|poupa.Service
---@field area? string|poupa.Area
---@field channel? string|poupa.Channel
---@field unit? string|poupa.Unit
---@field period? string|poupa.Period the same days
---@field within? string|poupa.Period a period that contains the metric's

---@param query? poupa.Query
---@return poupa.Metric[]? metrics, string? message, poupa.Details? details
function Catalog:select(query) end

---@return poupa.Derived[]? list, string? message, poupa.Details? details
function Catalog:derive() end

---@return poupa.Catalog? catalog, string? message, poupa.Details? details
function Catalog:copy() end

-- -- Findings -----------------------------------------------------------------------------

---@class poupa.Rule
---@field code string
---@field severity "error"|"warning"
---@field stage "json"|"model"|"plausible"|"claim"
---@field title string
---@field text string

---@class poupa.Finding
---@field code string
---@field severity "error"|"warning"
---@field message string
---@field path string
---@field filename? string
---@field line? integer
---@field column? integer
---@field offset? integer

---@class poupa.Report: { [integer]: poupa.Finding }
---@field errors integer
---@field warnings integer
---@field ok boolean
---@field not_run {code: string, why: string}[]
---@field filename? string
local Report = {}

---@param color? boolean
---@return string
function Report:text(color) end

---@return string
function Report:json() end

-- -- Figures ------------------------------------------------------------------------------

---@class poupa.Interval
---@field value number
---@field low number
---@field high number
---@field is_unknown boolean
---@field is_exact boolean
---@field is_bounded boolean
---@operator add(poupa.Figure): poupa.Interval
---@operator sub(poupa.Figure): poupa.Interval
---@operator mul(poupa.Figure): poupa.Interval
---@operator div(poupa.Figure): poupa.Interval
---@operator unm: poupa.Interval
local Interval = {}

---@param other poupa.Figure
---@return boolean
function Interval:overlaps(other) end

---@param other poupa.Figure
---@return boolean
function Interval:contains(other) end

---@class poupa.Period
---@field first? string its first day; nil where the start is open
---@field last string its last day
---@field kind "year"|"half"|"quarter"|"month"|"day"|"range"|"until"
---@field days? integer
---@field months? integer
local Period = {}

---@param inner string|poupa.Period
---@return boolean
function Period:contains(inner) end

---@param as string|poupa.Period
---@return boolean
function Period:same_days(as) end

---@param as string|poupa.Period
---@return boolean
function Period:same_length(as) end

---@param kind "year"|"half"|"quarter"|"month"|"day"
---@return poupa.Period? period, string? message, poupa.Details? details
function Period:around(kind) end

---@class poupa.Progress
---@field of poupa.Target
---@field indicator poupa.Indicator
---@field state "unknown"|"reached"|"on_track"|"behind"|"missed"
---@field as_of? string
---@field metric? poupa.Metric
---@field baseline? poupa.Metric
---@field actual poupa.Interval
---@field target poupa.Interval
---@field share poupa.Interval
---@field remaining poupa.Interval
---@field months_left? number
---@field pace_needed? number
---@field pace? number
---@field forecast? string

---@class poupa.Judgement
---@field of poupa.Claim
---@field verdict "unknown"|"confirmed"|"consistent"|"contradicted"
---@field left poupa.Interval
---@field right poupa.Interval
---@field computed poupa.Interval
---@field stated poupa.Interval
---@field warnings poupa.Rule[]

---@class poupa.Derived
---@field derivation "digital_share"|"growth"|"part_of_year"
---@field metric poupa.Metric
---@field base poupa.Metric
---@field percent poupa.Interval

-- -- The module ---------------------------------------------------------------------------

---@class poupa
---@field version string
---@field null table what null is in tables of members that the format does not name
local poupa = {}

---@class poupa.Limits
---@field max_size? integer bytes of text
---@field max_depth? integer nesting
---@field max_entities? integer

---@param path string
---@param limits? poupa.Limits
---@return poupa.Catalog? catalog, string? message, poupa.Details? details
function poupa.load(path, limits) end

---@param text string
---@param limits? poupa.Limits
---@return poupa.Catalog? catalog, string? message, poupa.Details? details
function poupa.parse(text, limits) end

---@return poupa.Catalog? catalog, string? message, poupa.Details? details
function poupa.new() end

---@param path string
---@return poupa.Report? report, string? message, poupa.Details? details
function poupa.check(path) end

---@return string
function poupa.schema() end

---@param code string
---@return poupa.Rule? rule, string? message, poupa.Details? details
function poupa.rule(code) end

---@return poupa.Rule[]
function poupa.rules() end

---@return {name: poupa.Kind, plural: string, meaning: string}[]
function poupa.kinds() end

---@param kind poupa.Kind
---@return {name: string, type: string, required: boolean, meaning: string, target?: poupa.Kind, words?: {word: string, meaning: string}[], open?: boolean, default?: string}[]
function poupa.fields(kind) end

---@param kind poupa.Kind
---@param name string
---@param word string
---@return string
function poupa.meaning(kind, name, word) end

---@param value any
---@return poupa.Kind|"catalog"|"interval"|"period"|"attendance"|nil
function poupa.type(value) end

---@param value number
---@return string
function poupa.number(value) end

---@param items? any[]
---@return any[]
function poupa.array(items) end

---@param value number
---@param low? number
---@param high? number
---@return poupa.Interval? interval, string? message, poupa.Details? details
function poupa.interval(value, low, high) end

---@param value number
---@param qualifier? "exact"|"about"|"over"|"almost"|"at_least"|"at_most"
---@param resolution? number
---@return poupa.Interval? interval, string? message, poupa.Details? details
function poupa.published(value, qualifier, resolution) end

---@param figures poupa.Figure[]
---@return poupa.Interval
function poupa.total(figures) end

---@param figures poupa.Figure[]
---@return poupa.Interval
function poupa.mean(figures) end

---@param a poupa.Figure
---@param b poupa.Figure
---@return poupa.Interval
function poupa.ratio(a, b) end

---@param part poupa.Figure
---@param whole poupa.Figure
---@return poupa.Interval
function poupa.share(part, whole) end

---@param new poupa.Figure
---@param old poupa.Figure
---@return poupa.Interval
function poupa.growth(new, old) end

---@param text string|poupa.Period
---@return poupa.Period? period, string? message, poupa.Details? details
function poupa.period(text) end

---@param source string|string[]|fun(size: integer): string?
---@param options? poupa.ReadOptions
---@return poupa.Attendance? records, string? message, poupa.Details? details
function poupa.read_attendance(source, options) end

---@param text string
---@param options? poupa.ReadOptions
---@return poupa.Attendance? records, string? message, poupa.Details? details
function poupa.parse_attendance(text, options) end

---@param source string|string[]|fun(size: integer): string?
---@param options? poupa.ScanOptions
---@return poupa.Scan? scan, string? message, poupa.Details? details
function poupa.scan_attendance(source, options) end

---@param text string
---@param options? poupa.ScanOptions
---@return poupa.Scan? scan, string? message, poupa.Details? details
function poupa.scan_text(text, options) end

---@param options? poupa.ReadOptions
---@return poupa.Decoder? decoder, string? message, poupa.Details? details
function poupa.decoder(options) end

---@return poupa.Builder
function poupa.builder() end

---@param tables poupa.Attendance[]
---@return poupa.Attendance? records, string? message, poupa.Details? details
function poupa.merge(tables) end

---@param options? poupa.RollupOptions
---@return poupa.Adder? adder, string? message, poupa.Details? details
function poupa.adder(options) end

---@return string[]
function poupa.groups() end

return poupa
