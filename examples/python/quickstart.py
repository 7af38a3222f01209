"""What a catalogue knows: services, where they are offered, and what was published."""

from __future__ import annotations

import sys

import poupa

path = sys.argv[1] if len(sys.argv) > 1 else "examples/data/poupatempo-2021.json"


def main() -> None:
    catalog = poupa.load(path)

    for service in catalog.services:
        print(f"{service.name}, by {service.organization.name}")
        for offering in service.offerings:
            places = ", ".join(unit.name for unit in offering.units)
            print(f"  {offering.channel.name}{f': {places}' if places else ''}")

    print()
    for metric in catalog.select(indicator="atendimentos", organization="procon-sp"):
        channels = ", ".join(channel.name for channel in metric.channels) or "all channels"
        print(f"{metric.period}  {metric.interval}  {channels}")

    print()
    for derived in catalog.derive():
        print(derived)

    report = catalog.validate()
    print(f"\n{report.errors} errors, {report.warnings} warnings")

    with catalog.edit():
        catalog.add(poupa.Unit(id="poupatempo-osasco", name="Osasco", area_id="grande-sao-paulo"))
    try:
        catalog.add(poupa.Unit(id="poupatempo-cotia", name="Cotia", area_id="grande-sao-paolo"))
    except poupa.ValidationError as error:
        print(f"{error.path}: {error.message}")


if __name__ == "__main__":
    main()
