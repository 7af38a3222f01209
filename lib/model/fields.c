/*
 * fields.c - the field table: every member of every entity, declared once, in the order in
 * which it is written. Reading, writing, copying, comparing and checking walk it, and the
 * JSON Schema is made from it. To add a member, add it to the struct in model.h and a row
 * here.
 */
#include "fields.h"

#include <string.h>

#include "words.h"

#define REQUIRED true
#define OPTIONAL false

/* One row each: a member that is a plain value, a reference, or a word. */
#define VALUE(noun, member, kind_of, need, says)                                                 \
    {                                                                                            \
        .name = #member, .type = (kind_of), .required = (need),                                  \
        .offset = offsetof(poupa_##noun, member), .meaning = (says)                              \
    }
#define REFERENCE(noun, member, path, kind_of, need, to, says)                                   \
    {                                                                                            \
        .name = #member, .type = (kind_of), .required = (need),                                  \
        .offset = offsetof(poupa_##noun, path), .target = (to), .meaning = (says)                \
    }
#define WORD(noun, member, kind_of, need, words, says)                                           \
    {                                                                                            \
        .name = #member, .type = (kind_of), .required = (need),                                  \
        .offset = offsetof(poupa_##noun, member), .vocabulary = &poupa__##words,                 \
        .meaning = (says)                                                                        \
    }

#define ID(noun) VALUE(noun, id, POUPA_FIELD_ID, REQUIRED, "Names it within its array.")
#define TEXT(noun, member, need, says) VALUE(noun, member, POUPA_FIELD_TEXT, need, says)
#define TEXTS(noun, member, says) VALUE(noun, member, POUPA_FIELD_TEXTS, OPTIONAL, says)
#define DATE(noun, member, need, says) VALUE(noun, member, POUPA_FIELD_DATE, need, says)
#define REF(noun, member, need, to, says)                                                        \
    REFERENCE(noun, member, member, POUPA_FIELD_REF, need, to, says)
#define NOTE(noun) TEXT(noun, note, OPTIONAL, "Anything worth knowing about it.")
#define SOURCE(noun)                                                                             \
    REF(noun, source_id, OPTIONAL, POUPA_KIND_SOURCE, "Where it was published."),                \
        TEXT(noun, quote, OPTIONAL, "The words of the source.")
#define HOW_SAID(noun)                                                                           \
    WORD(noun, qualifier, POUPA_FIELD_WORD, OPTIONAL, qualifiers, "How the value was said."),    \
        VALUE(noun, resolution, POUPA_FIELD_NUMBER, OPTIONAL,                                    \
              "The unit of the last stated digit: 1000 for \"12 mil\".")
#define DIMENSION(noun, member, kind_of, to, says)                                               \
    REFERENCE(noun, member, dimensions.member, kind_of, OPTIONAL, to, says)
#define DIMENSIONS(noun)                                                                         \
    DIMENSION(noun, program_id, POUPA_FIELD_REF, POUPA_KIND_PROGRAM, "Only this programme."),    \
        DIMENSION(noun, organization_id, POUPA_FIELD_REF, POUPA_KIND_ORGANIZATION,               \
                  "Only this organization."),                                                    \
        DIMENSION(noun, service_id, POUPA_FIELD_REF, POUPA_KIND_SERVICE, "Only this service."),  \
        DIMENSION(noun, area_id, POUPA_FIELD_REF, POUPA_KIND_AREA, "Only this area."),           \
        DIMENSION(noun, channel_ids, POUPA_FIELD_REFS, POUPA_KIND_CHANNEL,                       \
                  "Only these channels."),                                                       \
        DIMENSION(noun, unit_ids, POUPA_FIELD_REFS, POUPA_KIND_UNIT, "Only these units.")

static const poupa_field source_fields[] = {
    ID(source),
    TEXT(source, title, REQUIRED, "Its title."),
    TEXT(source, publisher, OPTIONAL, "Who published it."),
    DATE(source, published, OPTIONAL, "When it was published."),
    TEXT(source, url, OPTIONAL, "Where it can be read."),
    NOTE(source),
};

static const poupa_field area_fields[] = {
    ID(area),
    WORD(area, type, POUPA_FIELD_WORD, REQUIRED, area_types, "What kind of area it is."),
    TEXT(area, name, REQUIRED, "Its name."),
    TEXT(area, code, OPTIONAL, "Its official code: IBGE's 7 digits for a municipality."),
    REF(area, parent_id, OPTIONAL, POUPA_KIND_AREA, "The area that it is part of."),
    NOTE(area),
};

static const poupa_field organization_fields[] = {
    ID(organization),
    TEXT(organization, name, REQUIRED, "Its full name."),
    TEXT(organization, short_name, OPTIONAL, "The name it is known by."),
    TEXT(organization, description, OPTIONAL, "What it does."),
    TEXT(organization, url, OPTIONAL, "Its web site."),
    REF(organization, parent_id, OPTIONAL, POUPA_KIND_ORGANIZATION,
        "The organization that it is part of."),
    NOTE(organization),
};

static const poupa_field program_fields[] = {
    ID(program),
    TEXT(program, name, REQUIRED, "Its name."),
    REF(program, operator_id, OPTIONAL, POUPA_KIND_ORGANIZATION, "Who runs it."),
    REF(program, area_id, OPTIONAL, POUPA_KIND_AREA, "Where it works."),
    TEXT(program, url, OPTIONAL, "Its web site."),
    DATE(program, started, OPTIONAL, "When it began."),
    NOTE(program),
};

static const poupa_field channel_fields[] = {
    ID(channel),
    WORD(channel, type, POUPA_FIELD_WORD, REQUIRED, channel_types,
         "What kind of channel it is, from which follows whether it is digital."),
    TEXT(channel, name, REQUIRED, "Its name."),
    TEXT(channel, url, OPTIONAL, "Where it is found."),
    NOTE(channel),
};

static const poupa_field unit_fields[] = {
    ID(unit),
    TEXT(unit, name, REQUIRED, "Its name."),
    WORD(unit, type, POUPA_FIELD_WORD, OPTIONAL, unit_types, "Whether it travels."),
    REF(unit, area_id, OPTIONAL, POUPA_KIND_AREA, "Where it is."),
    TEXT(unit, address, OPTIONAL, "Its street address."),
    TEXT(unit, postal_code, OPTIONAL, "Its postal code (CEP)."),
    VALUE(unit, latitude, POUPA_FIELD_OPTIONAL, OPTIONAL, "Degrees north, WGS 84, -90 to 90."),
    VALUE(unit, longitude, POUPA_FIELD_OPTIONAL, OPTIONAL, "Degrees east, WGS 84, -180 to 180."),
    WORD(unit, status, POUPA_FIELD_WORD, OPTIONAL, unit_statuses, "Whether it is open."),
    DATE(unit, opened, OPTIONAL, "When it opened."),
    NOTE(unit),
};

static const poupa_field service_fields[] = {
    ID(service),
    TEXT(service, name, REQUIRED, "Its name."),
    REF(service, organization_id, REQUIRED, POUPA_KIND_ORGANIZATION,
        "Who is responsible for it."),
    REF(service, program_id, OPTIONAL, POUPA_KIND_PROGRAM, "The programme that offers it."),
    WORD(service, status, POUPA_FIELD_WORD, OPTIONAL, service_statuses,
         "Whether it can be used."),
    TEXT(service, description, OPTIONAL, "What it is for."),
    TEXTS(service, alternate_names, "Other names that people use for it."),
    TEXTS(service, keywords, "Words to find it by."),
    TEXTS(service, required_documents, "What people need to bring."),
    TEXT(service, url, OPTIONAL, "Where it is described."),
    DATE(service, digital_since, OPTIONAL, "Since when it can be used through digital channels."),
    NOTE(service),
};

static const poupa_field offering_fields[] = {
    ID(offering),
    REF(offering, service_id, REQUIRED, POUPA_KIND_SERVICE, "What is offered."),
    REF(offering, channel_id, REQUIRED, POUPA_KIND_CHANNEL, "Through which channel."),
    REFERENCE(offering, unit_ids, unit_ids, POUPA_FIELD_REFS, OPTIONAL, POUPA_KIND_UNIT,
              "Where; only for channels that have places."),
    WORD(offering, booking, POUPA_FIELD_WORD, OPTIONAL, bookings,
         "Whether an appointment is made."),
    WORD(offering, access_rules, POUPA_FIELD_WORDS, OPTIONAL, access_rules,
         "What is asked of people who come in."),
    DATE(offering, valid_from, OPTIONAL, "Since when."),
    DATE(offering, valid_to, OPTIONAL, "Until when, included."),
    NOTE(offering),
};

static const poupa_field indicator_fields[] = {
    ID(indicator),
    TEXT(indicator, name, REQUIRED, "Its name."),
    WORD(indicator, measure, POUPA_FIELD_WORD, REQUIRED, measures, "How it is measured."),
    WORD(indicator, unit, POUPA_FIELD_WORD, OPTIONAL, measure_units, "What its values count."),
    TEXT(indicator, description, OPTIONAL, "What it says, and what it leaves out."),
    NOTE(indicator),
};

static const poupa_field metric_fields[] = {
    ID(metric),
    REF(metric, indicator_id, REQUIRED, POUPA_KIND_INDICATOR, "What it measures."),
    VALUE(metric, value, POUPA_FIELD_NUMBER, REQUIRED, "The figure as it was published."),
    VALUE(metric, period, POUPA_FIELD_PERIOD, REQUIRED, "The days that it is about."),
    HOW_SAID(metric),
    WORD(metric, status, POUPA_FIELD_WORD, OPTIONAL, observations,
         "The letter of SDMX's code list CL_OBS_STATUS."),
    DIMENSIONS(metric),
    SOURCE(metric),
    NOTE(metric),
};

static const poupa_field target_fields[] = {
    ID(target),
    REF(target, indicator_id, REQUIRED, POUPA_KIND_INDICATOR, "What is to be reached."),
    VALUE(target, value, POUPA_FIELD_NUMBER, REQUIRED, "The figure that is promised."),
    DATE(target, due, REQUIRED, "When it is to be reached, at the latest."),
    HOW_SAID(target),
    REF(target, baseline_id, OPTIONAL, POUPA_KIND_METRIC, "Where it starts from."),
    DIMENSIONS(target),
    SOURCE(target),
    NOTE(target),
};

static const poupa_field claim_fields[] = {
    ID(claim),
    WORD(claim, kind, POUPA_FIELD_WORD, REQUIRED, claim_kinds, "What is claimed of both sides."),
    REFERENCE(claim, left, left, POUPA_FIELD_REFS, REQUIRED, POUPA_KIND_METRIC,
              "The left side, added up."),
    REFERENCE(claim, right, right, POUPA_FIELD_REFS, REQUIRED, POUPA_KIND_METRIC,
              "The right side, added up."),
    VALUE(claim, stated, POUPA_FIELD_OPTIONAL, OPTIONAL,
          "The figure that is claimed; not for sum and greater."),
    HOW_SAID(claim),
    SOURCE(claim),
    NOTE(claim),
};

#define KIND(noun, article, plural_name, says)                                                   \
    {                                                                                            \
        .name = #noun, .one = article " " #noun, .plural = (plural_name), .meaning = (says),     \
        .fields = noun##_fields, .field_count = sizeof noun##_fields / sizeof noun##_fields[0],  \
        .size = sizeof(poupa_##noun), .extra_offset = offsetof(poupa_##noun, extra)              \
    }

const poupa__kind_info poupa__kinds[POUPA_KIND_COUNT] = {
    [POUPA_KIND_SOURCE] = KIND(source, "a", "sources", "Where something was published."),
    [POUPA_KIND_AREA] = KIND(area, "an", "areas", "A part of the territory."),
    [POUPA_KIND_ORGANIZATION] =
        KIND(organization, "an", "organizations", "A body that is responsible for services."),
    [POUPA_KIND_PROGRAM] =
        KIND(program, "a", "programs", "A programme under which services are offered."),
    [POUPA_KIND_CHANNEL] = KIND(channel, "a", "channels", "A way to reach services."),
    [POUPA_KIND_UNIT] = KIND(unit, "a", "units", "A place where people are served."),
    [POUPA_KIND_SERVICE] =
        KIND(service, "a", "services", "What an organization does for people."),
    [POUPA_KIND_OFFERING] = KIND(offering, "an", "offerings",
                                 "A service offered through a channel, at units or not."),
    [POUPA_KIND_INDICATOR] = KIND(indicator, "an", "indicators", "What a metric measures."),
    [POUPA_KIND_METRIC] = KIND(metric, "a", "metrics", "A figure as it was published."),
    [POUPA_KIND_TARGET] = KIND(target, "a", "targets", "A figure that is promised for a date."),
    [POUPA_KIND_CLAIM] =
        KIND(claim, "a", "claims", "What a source says of figures, to be recomputed and judged."),
};

/* -- Questions ----------------------------------------------------------- */

bool poupa__kind_valid(poupa_kind kind)
{
    return (unsigned)kind < POUPA_KIND_COUNT;
}

const poupa_field *poupa_kind_fields(poupa_kind kind, size_t *count)
{
    bool valid = poupa__kind_valid(kind);
    if (count)
        *count = valid ? poupa__kinds[kind].field_count : 0;
    return valid ? poupa__kinds[kind].fields : NULL;
}

const poupa_members *poupa__extra(poupa_kind kind, const void *structure)
{
    return (const poupa_members *)(const void *)((const char *)structure +
                                                 poupa__kinds[kind].extra_offset);
}

const char *poupa_kind_name(poupa_kind kind)
{
    return poupa__kind_valid(kind) ? poupa__kinds[kind].name : "";
}

const char *poupa_kind_plural(poupa_kind kind)
{
    return poupa__kind_valid(kind) ? poupa__kinds[kind].plural : "";
}

const char *poupa_kind_meaning(poupa_kind kind)
{
    return poupa__kind_valid(kind) ? poupa__kinds[kind].meaning : "";
}

bool poupa_kind_find(const char *name, poupa_kind *out)
{
    for (int kind = 0; name && out && kind < POUPA_KIND_COUNT; kind++) {
        if (strcmp(name, poupa__kinds[kind].name) == 0 ||
            strcmp(name, poupa__kinds[kind].plural) == 0) {
            *out = (poupa_kind)kind;
            return true;
        }
    }
    return false;
}
