"""Public services, units, channels and attendance figures, as they were published.

    import poupa

    catalog = poupa.load("catalog.json")        # what is offered, and what was said about it
    print(catalog.targets["…"].progress())      # how far a target is
    print(catalog.validate())                   # what is well-formed and probably wrong
    print(poupa.check("catalog.json"))          # all that is wrong, with line and column

    table = poupa.read_attendance("*.ndjson")   # records, as columns
    print(table.rollup(by="month,channel"))     # added up

A catalogue has a collection for each kind of entity (`catalog.services`, `.units`,
`.channels`, …); entities are immutable and lead to each other (`service.offerings`). Figures
are intervals: "over 12 thousand" is not 12000. Tables and rollups go to any data frame library
through the Arrow interface.

Everything here may be used from several threads at once, but for changing a catalogue that
others read. Loading, checking, reading, adding up and writing let other threads run.
"""

from __future__ import annotations

from . import _swig
from ._attendance import Attendance
from ._catalog import Catalog, check, load, loads, schema
from ._collection import Collection
from ._column import Column
from ._entity import Entity
from ._errors import (
    CancelledError,
    FileError,
    NotFoundError,
    ParseError,
    PoupaError,
    ValidationError,
)
from ._figures import Claim, Indicator, Metric, Source, Target
from ._findings import Finding, Report, Rule, rule, rules
from ._interval import Interval, growth, mean, ratio, share, total
from ._metrics import Derived, Judgement, Progress
from ._period import PartialDate, Period, PeriodKind
from ._places import Area, Channel, Unit
from ._reading import AttendanceScan, read_attendance, scan_attendance
from ._record import AttendanceWarning, Counts, Record
from ._rollup import Rollup, RollupRow, Tally
from ._services import Offering, Organization, Program, Service
from ._words import (
    AccessRule,
    AreaType,
    Booking,
    ChannelType,
    ClaimKind,
    Derivation,
    IndicatorUnit,
    Measure,
    ObservationStatus,
    OnError,
    Qualifier,
    ServiceStatus,
    Severity,
    Stage,
    TargetState,
    UnitStatus,
    UnitType,
    Verdict,
)

__all__ = [
    "AccessRule",
    "Area",
    "AreaType",
    "Attendance",
    "AttendanceScan",
    "AttendanceWarning",
    "Booking",
    "CancelledError",
    "Catalog",
    "Channel",
    "ChannelType",
    "Claim",
    "ClaimKind",
    "Collection",
    "Column",
    "Counts",
    "Derivation",
    "Derived",
    "Entity",
    "FileError",
    "Finding",
    "Indicator",
    "IndicatorUnit",
    "Interval",
    "Judgement",
    "Measure",
    "Metric",
    "NotFoundError",
    "ObservationStatus",
    "Offering",
    "OnError",
    "Organization",
    "ParseError",
    "PartialDate",
    "Period",
    "PeriodKind",
    "PoupaError",
    "Program",
    "Progress",
    "Qualifier",
    "Record",
    "Report",
    "Rollup",
    "RollupRow",
    "Rule",
    "Service",
    "ServiceStatus",
    "Severity",
    "Source",
    "Stage",
    "Tally",
    "Target",
    "TargetState",
    "Unit",
    "UnitStatus",
    "UnitType",
    "ValidationError",
    "Verdict",
    "__version__",
    "check",
    "growth",
    "load",
    "loads",
    "mean",
    "ratio",
    "read_attendance",
    "rule",
    "rules",
    "scan_attendance",
    "schema",
    "share",
    "total",
]

__version__ = _swig.version()


def _adopt() -> None:
    """What is public is of this package, wherever it is written, and so are its bases."""
    for name in __all__:
        item = globals()[name]
        for each in getattr(item, "__mro__", (item,)):
            if getattr(each, "__module__", "").startswith("poupa."):
                each.__module__ = "poupa"


_adopt()
del _adopt
