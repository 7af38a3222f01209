"""How far the targets of a catalogue are, and whether its claims hold."""

from __future__ import annotations

import sys

import poupa

path = sys.argv[1] if len(sys.argv) > 1 else "examples/data/poupatempo-2021.json"


def main() -> None:
    catalog = poupa.load(path)

    for target in catalog.targets:
        progress = target.progress()
        print(progress)
        print(f"  {progress.state}; {progress.remaining} remaining")

    # The same question, asked at another date.
    print(catalog.targets["servicos-digitais.2021"].progress(as_of="2022-01"))

    print()
    for claim in catalog.claims:
        print(f"{claim.verdict}: {claim.quote}")
        for warning in claim.judge().warnings:
            print(f"  but mind: {warning.title}")

    # Figures are intervals, and what is computed from them is, too.
    digital = catalog.metrics["poupatempo.digital.2021-s1"]
    everything = catalog.metrics["poupatempo.2021-s1"]
    print(f"\ndigital: {poupa.share(digital, everything)} %")
    before = poupa.share(
        catalog.metrics["poupatempo.digital.2020"], catalog.metrics["poupatempo.2020"]
    )
    print(f"a year before: {before} %")
    print("certainly more:", poupa.share(digital, everything) > before)


if __name__ == "__main__":
    main()
