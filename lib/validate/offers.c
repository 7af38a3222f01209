/* offers.c - checks of what is offered where: services, offerings, units. */
#include "check.h"

/* The offerings of a service, one after the other: the first one at or behind an edge. */
static const poupa__edge *next_offering(const poupa__edge *edge)
{
    while (edge && edge->from->kind != POUPA_KIND_OFFERING)
        edge = edge->next;
    return edge;
}

void poupa__check_in_person(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_offering *offering = (const poupa_offering *)subject->entity;
    const poupa_channel *channel = (const poupa_channel *)poupa__follow(offering->channel_id);
    if (channel && channel->type.code == POUPA_CHANNEL_IN_PERSON && offering->unit_ids.count == 0)
        poupa__report_add(
            run->report, POUPA__W3015_IN_PERSON_WITHOUT_UNITS, poupa__at(subject, "channel_id"),
            "\"%s\" is offered in person, but unit_ids does not say where", offering->service_id);
}

void poupa__check_digital(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_service *service = (const poupa_service *)subject->entity;
    if (service->digital_since.year == 0)
        return;
    const poupa__edge *edge = next_offering(poupa__id_of(service->id)->first);
    for (; edge; edge = next_offering(edge->next)) {
        const poupa_offering *offering = (const poupa_offering *)poupa__entity_struct(edge->from);
        const poupa_channel *channel = (const poupa_channel *)poupa__follow(offering->channel_id);
        if (channel && poupa_channel_is_digital(channel))
            return;
    }
    poupa__report_add(run->report, POUPA__W3016_NOT_DIGITAL, poupa__at(subject, "digital_since"),
                      "digital since %s, but \"%s\" has no offering through a digital channel",
                      poupa__date(service->digital_since).text, service->id);
}

void poupa__check_offered(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_service *service = (const poupa_service *)subject->entity;
    if (service->status.code == POUPA_SERVICE_ACTIVE &&
        !next_offering(poupa__id_of(service->id)->first))
        poupa__report_add(run->report, POUPA__W3017_NOT_OFFERED, poupa__at(subject, "id"),
                          "\"%s\" is active, but no offering says how to reach it", service->id);
}

void poupa__check_validity(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_offering *offering = (const poupa_offering *)subject->entity;
    poupa_date from = offering->valid_from;
    poupa_date to = offering->valid_to;
    if (from.year && to.year && poupa_date_last_day(to) < poupa_date_first_day(from))
        poupa__report_add(run->report, POUPA__W3018_ENDS_BEFORE_START,
                          poupa__at(subject, "valid_to"), "valid_to %s is before valid_from %s",
                          poupa__date(to).text, poupa__date(from).text);
}

void poupa__check_closed_units(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_offering *offering = (const poupa_offering *)subject->entity;
    if (offering->valid_to.year)
        return;
    for (size_t i = 0; i < offering->unit_ids.count; i++) {
        const poupa_unit *unit = (const poupa_unit *)poupa__follow(offering->unit_ids.items[i]);
        if (unit && unit->status.code == POUPA_UNIT_CLOSED)
            poupa__report_add(run->report, POUPA__W3019_CLOSED_UNIT,
                              poupa__at_item(subject, "unit_ids", i),
                              "\"%s\" is closed, but the offering has no valid_to", unit->id);
    }
}

void poupa__check_unit_used(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_unit *unit = (const poupa_unit *)subject->entity;
    if (unit->status.code == POUPA_UNIT_PLANNED || unit->status.code == POUPA_UNIT_CLOSED)
        return;
    if (!poupa__id_of(unit->id)->first)
        poupa__report_add(run->report, POUPA__W3020_UNIT_UNUSED, poupa__at(subject, "id"),
                          "no offering, metric or target refers to the unit \"%s\"", unit->id);
}
