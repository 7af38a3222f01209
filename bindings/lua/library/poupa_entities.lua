---@meta poupa.entity
-- The kinds of entity, for editors; tests/lua/types_spec.lua compares this with the module.

--- What all kinds have. Members that are absent are nil; none can be assigned.
---@class poupa.Entity
---@field extra table<string, any> what the format does not name, by its names
local Entity = {}

--- The entity as it is in a document: a JSON object.
---@return string
function Entity:json() end

--- Its members as they are in a document; `extra` holds what the format does not name.
---@return table<string, any>
function Entity:to_table() end

--- Where something was published.
---@class poupa.Source: poupa.Entity
---@field id string Names it within its array.
---@field title string Its title.
---@field publisher? string Who published it.
---@field published? string When it was published.
---@field url? string Where it can be read.
---@field note? string Anything worth knowing about it.
local Source = {}

--- The claims about it.
---@return poupa.Claim[]? list, string? message, poupa.Details? details
function Source:claims() end

--- The figures about it.
---@return poupa.Metric[]? list, string? message, poupa.Details? details
function Source:metrics() end

--- The targets about it.
---@return poupa.Target[]? list, string? message, poupa.Details? details
function Source:targets() end

--- A part of the territory.
---@class poupa.Area: poupa.Entity
---@field id string Names it within its array.
---@field type string What kind of area it is.
---@field name string Its name.
---@field code? string Its official code: IBGE's 7 digits for a municipality.
---@field parent_id? string The area that it is part of.
---@field note? string Anything worth knowing about it.
---@field parent? poupa.Area what `parent_id` names
local Area = {}

--- Those of which it is the parent.
---@return poupa.Area[]? list, string? message, poupa.Details? details
function Area:children() end

--- The figures about it.
---@return poupa.Metric[]? list, string? message, poupa.Details? details
function Area:metrics() end

--- Its programmes.
---@return poupa.Program[]? list, string? message, poupa.Details? details
function Area:programs() end

--- The targets about it.
---@return poupa.Target[]? list, string? message, poupa.Details? details
function Area:targets() end

--- Its units.
---@return poupa.Unit[]? list, string? message, poupa.Details? details
function Area:units() end

--- A body that is responsible for services.
---@class poupa.Organization: poupa.Entity
---@field id string Names it within its array.
---@field name string Its full name.
---@field short_name? string The name it is known by.
---@field description? string What it does.
---@field url? string Its web site.
---@field parent_id? string The organization that it is part of.
---@field note? string Anything worth knowing about it.
---@field parent? poupa.Organization what `parent_id` names
local Organization = {}

--- Those of which it is the parent.
---@return poupa.Organization[]? list, string? message, poupa.Details? details
function Organization:children() end

--- The figures about it.
---@return poupa.Metric[]? list, string? message, poupa.Details? details
function Organization:metrics() end

--- Its programmes.
---@return poupa.Program[]? list, string? message, poupa.Details? details
function Organization:programs() end

--- Its services.
---@return poupa.Service[]? list, string? message, poupa.Details? details
function Organization:services() end

--- The targets about it.
---@return poupa.Target[]? list, string? message, poupa.Details? details
function Organization:targets() end

--- A programme under which services are offered.
---@class poupa.Program: poupa.Entity
---@field id string Names it within its array.
---@field name string Its name.
---@field operator_id? string Who runs it.
---@field area_id? string Where it works.
---@field url? string Its web site.
---@field started? string When it began.
---@field note? string Anything worth knowing about it.
---@field area? poupa.Area what `area_id` names
---@field operator? poupa.Organization what `operator_id` names
local Program = {}

--- The figures about it.
---@return poupa.Metric[]? list, string? message, poupa.Details? details
function Program:metrics() end

--- Its services.
---@return poupa.Service[]? list, string? message, poupa.Details? details
function Program:services() end

--- The targets about it.
---@return poupa.Target[]? list, string? message, poupa.Details? details
function Program:targets() end

--- A way to reach services.
---@class poupa.Channel: poupa.Entity
---@field id string Names it within its array.
---@field type string What kind of channel it is, from which follows whether it is digital.
---@field name string Its name.
---@field url? string Where it is found.
---@field note? string Anything worth knowing about it.
---@field has_units boolean whether it has places, so that offerings name units
---@field is_digital boolean whether it is a portal, app, kiosk, chat, email or SMS
local Channel = {}

--- The figures about it.
---@return poupa.Metric[]? list, string? message, poupa.Details? details
function Channel:metrics() end

--- Its offerings.
---@return poupa.Offering[]? list, string? message, poupa.Details? details
function Channel:offerings() end

--- Its services.
---@return poupa.Service[]? list, string? message, poupa.Details? details
function Channel:services() end

--- The targets about it.
---@return poupa.Target[]? list, string? message, poupa.Details? details
function Channel:targets() end

--- A place where people are served.
---@class poupa.Unit: poupa.Entity
---@field id string Names it within its array.
---@field name string Its name.
---@field type string Whether it travels.
---@field area_id? string Where it is.
---@field address? string Its street address.
---@field postal_code? string Its postal code (CEP).
---@field latitude? number Degrees north, WGS 84, -90 to 90.
---@field longitude? number Degrees east, WGS 84, -180 to 180.
---@field status string Whether it is open.
---@field opened? string When it opened.
---@field note? string Anything worth knowing about it.
---@field area? poupa.Area what `area_id` names
local Unit = {}

--- The figures about it.
---@return poupa.Metric[]? list, string? message, poupa.Details? details
function Unit:metrics() end

--- Its offerings.
---@return poupa.Offering[]? list, string? message, poupa.Details? details
function Unit:offerings() end

--- Its services.
---@return poupa.Service[]? list, string? message, poupa.Details? details
function Unit:services() end

--- The targets about it.
---@return poupa.Target[]? list, string? message, poupa.Details? details
function Unit:targets() end

--- What an organization does for people.
---@class poupa.Service: poupa.Entity
---@field id string Names it within its array.
---@field name string Its name.
---@field organization_id string Who is responsible for it.
---@field program_id? string The programme that offers it.
---@field status string Whether it can be used.
---@field description? string What it is for.
---@field alternate_names string[] Other names that people use for it.
---@field keywords string[] Words to find it by.
---@field required_documents string[] What people need to bring.
---@field url? string Where it is described.
---@field digital_since? string Since when it can be used through digital channels.
---@field note? string Anything worth knowing about it.
---@field is_digital boolean whether it is offered through a digital channel
---@field organization poupa.Organization what `organization_id` names
---@field program? poupa.Program what `program_id` names
local Service = {}

--- Its channels.
---@return poupa.Channel[]? list, string? message, poupa.Details? details
function Service:channels() end

--- The figures about it.
---@return poupa.Metric[]? list, string? message, poupa.Details? details
function Service:metrics() end

--- Its offerings.
---@return poupa.Offering[]? list, string? message, poupa.Details? details
function Service:offerings() end

--- The targets about it.
---@return poupa.Target[]? list, string? message, poupa.Details? details
function Service:targets() end

--- Its units.
---@return poupa.Unit[]? list, string? message, poupa.Details? details
function Service:units() end

--- A service offered through a channel, at units or not.
---@class poupa.Offering: poupa.Entity
---@field id string Names it within its array.
---@field service_id string What is offered.
---@field channel_id string Through which channel.
---@field unit_ids string[] Where; only for channels that have places.
---@field booking string Whether an appointment is made.
---@field access_rules string[] What is asked of people who come in.
---@field valid_from? string Since when.
---@field valid_to? string Until when, included.
---@field note? string Anything worth knowing about it.
---@field channel poupa.Channel what `channel_id` names
---@field service poupa.Service what `service_id` names
local Offering = {}

--- Its units.
---@return poupa.Unit[]? list, string? message, poupa.Details? details
function Offering:units() end

--- What a metric measures.
---@class poupa.Indicator: poupa.Entity
---@field id string Names it within its array.
---@field name string Its name.
---@field measure string How it is measured.
---@field unit string What its values count.
---@field description? string What it says, and what it leaves out.
---@field note? string Anything worth knowing about it.
local Indicator = {}

--- The figures about it.
---@return poupa.Metric[]? list, string? message, poupa.Details? details
function Indicator:metrics() end

--- The targets about it.
---@return poupa.Target[]? list, string? message, poupa.Details? details
function Indicator:targets() end

--- A figure as it was published.
---@class poupa.Metric: poupa.Entity
---@field id string Names it within its array.
---@field indicator_id string What it measures.
---@field value number The figure as it was published.
---@field period string The days that it is about.
---@field qualifier string How the value was said.
---@field resolution number The unit of the last stated digit: 1000 for "12 mil".
---@field status string The letter of SDMX's code list CL_OBS_STATUS.
---@field program_id? string Only this programme.
---@field organization_id? string Only this organization.
---@field service_id? string Only this service.
---@field area_id? string Only this area.
---@field channel_ids string[] Only these channels.
---@field unit_ids string[] Only these units.
---@field source_id? string Where it was published.
---@field quote? string The words of the source.
---@field note? string Anything worth knowing about it.
---@field area? poupa.Area what `area_id` names
---@field indicator poupa.Indicator what `indicator_id` names
---@field interval poupa.Interval the figure with its bounds
---@field organization? poupa.Organization what `organization_id` names
---@field program? poupa.Program what `program_id` names
---@field service? poupa.Service what `service_id` names
---@field source? poupa.Source what `source_id` names
local Metric = {}

--- Its channels.
---@return poupa.Channel[]? list, string? message, poupa.Details? details
function Metric:channels() end

--- The claims about it.
---@return poupa.Claim[]? list, string? message, poupa.Details? details
function Metric:claims() end

--- The targets about it.
---@return poupa.Target[]? list, string? message, poupa.Details? details
function Metric:targets() end

--- Its units.
---@return poupa.Unit[]? list, string? message, poupa.Details? details
function Metric:units() end

--- A figure that is promised for a date.
---@class poupa.Target: poupa.Entity
---@field id string Names it within its array.
---@field indicator_id string What is to be reached.
---@field value number The figure that is promised.
---@field due string When it is to be reached, at the latest.
---@field qualifier string How the value was said.
---@field resolution number The unit of the last stated digit: 1000 for "12 mil".
---@field baseline_id? string Where it starts from.
---@field program_id? string Only this programme.
---@field organization_id? string Only this organization.
---@field service_id? string Only this service.
---@field area_id? string Only this area.
---@field channel_ids string[] Only these channels.
---@field unit_ids string[] Only these units.
---@field source_id? string Where it was published.
---@field quote? string The words of the source.
---@field note? string Anything worth knowing about it.
---@field area? poupa.Area what `area_id` names
---@field baseline? poupa.Metric what `baseline_id` names
---@field indicator poupa.Indicator what `indicator_id` names
---@field interval poupa.Interval the figure with its bounds
---@field organization? poupa.Organization what `organization_id` names
---@field program? poupa.Program what `program_id` names
---@field service? poupa.Service what `service_id` names
---@field source? poupa.Source what `source_id` names
local Target = {}

--- Its channels.
---@return poupa.Channel[]? list, string? message, poupa.Details? details
function Target:channels() end

--- Progress at a date, or at the latest date that any figure bears.
---@param as_of? string|poupa.Period "2021-08-31", "2021-08" or "2021"
---@return poupa.Progress? progress, string? message, poupa.Details? details
function Target:progress(as_of) end

--- Its units.
---@return poupa.Unit[]? list, string? message, poupa.Details? details
function Target:units() end

--- What a source says of figures, to be recomputed and judged.
---@class poupa.Claim: poupa.Entity
---@field id string Names it within its array.
---@field kind string What is claimed of both sides.
---@field left string[] The left side, added up.
---@field right string[] The right side, added up.
---@field stated? number The figure that is claimed; not for sum and greater.
---@field qualifier string How the value was said.
---@field resolution number The unit of the last stated digit: 1000 for "12 mil".
---@field source_id? string Where it was published.
---@field quote? string The words of the source.
---@field note? string Anything worth knowing about it.
---@field interval poupa.Interval the figure with its bounds
---@field source? poupa.Source what `source_id` names
---@field verdict string what becomes of it: unknown, confirmed, consistent, contradicted
local Claim = {}

--- Recomputes it from its figures.
---@return poupa.Judgement? judgement, string? message, poupa.Details? details
function Claim:judge() end

--- The metrics of the left side.
---@return poupa.Metric[]? list, string? message, poupa.Details? details
function Claim:left_metrics() end

--- The metrics of the right side.
---@return poupa.Metric[]? list, string? message, poupa.Details? details
function Claim:right_metrics() end

