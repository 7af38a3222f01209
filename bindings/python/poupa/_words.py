"""The words of the vocabularies, as enumerations of strings."""

from __future__ import annotations

import enum
from inspect import Parameter, Signature
from typing import Any, TypeVar

from . import _swig
from ._errors import hint

__all__ = [
    "AccessRule",
    "AreaType",
    "Booking",
    "ChannelType",
    "ClaimKind",
    "Derivation",
    "IndicatorUnit",
    "Measure",
    "ObservationStatus",
    "OnError",
    "Qualifier",
    "ServiceStatus",
    "Severity",
    "Stage",
    "TargetState",
    "UnitStatus",
    "UnitType",
    "Verdict",
]

SHOWN = 64
"""How much of a word that is none a message shows."""


class WordType(enum.EnumType):
    """Lists of a class of words these and what they tell, and not what every str has."""

    def __dir__(cls) -> list[str]:
        own = [base for base in cls.__mro__ if isinstance(base, WordType)]
        return sorted({name for base in own for name in vars(base) if name[:1] != "_"})


class Word(enum.StrEnum, metaclass=WordType):
    """A word of a list. It is a str, and is written and compared as one."""

    __signature__ = Signature([Parameter("value", Parameter.POSITIONAL_ONLY)])

    @classmethod
    def _missing_(cls, value: object) -> Any:
        name = cls.__name__
        if not isinstance(value, str):
            raise TypeError(f"{name}: expected a str, not {type(value).__name__}")
        known = [str(word) for word in cls]
        shown = value if len(value) <= SHOWN else value[:SHOWN] + "..."
        advice = hint(value, known) or f": write one of {', '.join(known)}"
        raise ValueError(f'{name}: "{shown}" is not one of its words{advice}')


class VocabularyWord(Word):
    """A word that a member of an entity may have."""

    @property
    def is_known(self) -> bool:
        """Whether the word is one of those listed here; only open lists allow others."""
        return self._value_ in type(self)._value2member_map_

    @property
    def meaning(self) -> str:
        """What the word means, in English; "" for a word that is not listed."""
        return _MEANINGS[tuple(type(self))].get(self._value_, "")


class OpenWord(VocabularyWord):
    """A word of a list that allows others, which are kept as they are written."""

    @classmethod
    def _missing_(cls, value: object) -> Any:
        if not isinstance(value, str) or not value:
            return super()._missing_(value)
        return _unlisted(cls, value)

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        # Before Python 3.11.4 members are looked up by name, and others have none.
        return type(self), (str(self),)

    def __repr__(self) -> str:
        return super().__repr__() if self.is_known else f"{type(self).__name__}({str(self)!r})"


W = TypeVar("W", bound=Word)


def _unlisted(cls: type[W], value: str) -> W:
    """A word that is not listed. None is kept, lest a hostile file fill the memory."""
    made = str.__new__(cls, value)
    made._name_ = value
    made._value_ = value
    return made


# -- Of the members of entities --------------------------------------------------


class AreaType(OpenWord):
    """What kind of area it is. Other words are kept.

    >>> poupa.AreaType("municipality").meaning
    'a municipality (município)'
    """

    COUNTRY = "country"
    STATE = "state"
    REGION = "region"
    MUNICIPALITY = "municipality"
    DISTRICT = "district"


class ChannelType(OpenWord):
    """What kind of channel it is. Other words are kept.

    >>> poupa.ChannelType("portal") is poupa.ChannelType.PORTAL
    True
    >>> poupa.ChannelType("fax"), poupa.ChannelType("fax").is_known
    (ChannelType('fax'), False)
    """

    PORTAL = "portal"
    APP = "app"
    KIOSK = "kiosk"
    IN_PERSON = "in_person"
    MOBILE_UNIT = "mobile_unit"
    PHONE = "phone"
    CHAT = "chat"
    EMAIL = "email"
    POSTAL = "postal"
    SMS = "sms"


class UnitType(VocabularyWord):
    """Whether a unit travels."""

    FIXED = "fixed"
    MOBILE = "mobile"


class UnitStatus(VocabularyWord):
    """Whether a unit is open."""

    PLANNED = "planned"
    OPEN = "open"
    LIMITED = "limited"
    TEMPORARILY_CLOSED = "temporarily_closed"
    CLOSED = "closed"


class ServiceStatus(VocabularyWord):
    """Whether a service can be used, after Open Referral HSDS 3."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily_closed"


class Booking(VocabularyWord):
    """Whether an appointment is made."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class AccessRule(OpenWord):
    """What is asked of people who come in. Other words are kept."""

    FACE_MASK = "face_mask"
    TEMPERATURE_CHECK = "temperature_check"
    HAND_SANITIZER = "hand_sanitizer"
    SHOE_SANITIZING_MAT = "shoe_sanitizing_mat"


class Measure(VocabularyWord):
    """How an indicator is measured."""

    FLOW = "flow"
    STOCK = "stock"
    CUMULATIVE = "cumulative"
    MEAN = "mean"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    SHARE = "share"


class IndicatorUnit(OpenWord):
    """What the values of an indicator count. Other words are kept."""

    COUNT = "count"
    SECONDS = "seconds"
    MINUTES = "minutes"
    PERCENT = "percent"
    YEARS = "years"
    BRL = "BRL"


class Qualifier(VocabularyWord):
    """How a value was said: "mais de 12 mil" is over 12,000."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    ALMOST = "almost"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class ObservationStatus(VocabularyWord):
    """The letters of SDMX's code list CL_OBS_STATUS, version 2.3.

    >>> poupa.ObservationStatus("F").name
    'FORECAST'
    """

    NORMAL = "A"
    BREAK = "B"
    DEFINITION_DIFFERS = "D"
    ESTIMATED = "E"
    FORECAST = "F"
    EXPERIMENTAL = "G"
    HOLIDAY = "H"
    IMPUTED = "I"
    DEROGATION = "J"
    INCLUDED_ELSEWHERE = "K"
    NOT_COLLECTED = "L"
    CANNOT_EXIST = "M"
    NOT_SIGNIFICANT = "N"
    MISSING = "O"
    PROVISIONAL = "P"
    SUPPRESSED = "Q"
    SPECIAL_EVENT = "S"
    LOW_RELIABILITY = "U"
    UNVALIDATED = "V"
    INCLUDES_OTHER = "W"


class ClaimKind(VocabularyWord):
    """What a claim says of its two sides."""

    SUM = "sum"
    SHARE = "share"
    RATIO = "ratio"
    GROWTH = "growth"
    DIFFERENCE = "difference"
    MEAN = "mean"
    GREATER = "greater"


# -- Of results ------------------------------------------------------------------


class Verdict(Word):
    """What becomes of a claim that is recomputed."""

    UNKNOWN = "unknown"
    CONFIRMED = "confirmed"
    CONSISTENT = "consistent"
    CONTRADICTED = "contradicted"


class TargetState(Word):
    """How a target stands."""

    UNKNOWN = "unknown"
    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    MISSED = "missed"


class Derivation(Word):
    """How a figure follows from two published ones."""

    DIGITAL_SHARE = "digital_share"
    GROWTH = "growth"
    PART_OF_YEAR = "part_of_year"


class Severity(Word):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"


class Stage(Word):
    """What checks a rule: reading text, building the catalogue, validating, judging claims."""

    JSON = "json"
    MODEL = "model"
    PLAUSIBLE = "plausible"
    CLAIM = "claim"


class OnError(Word):
    """What becomes of a bad line: it ends the reading, is left out, or is put aside."""

    FAIL = "fail"
    SKIP = "skip"
    QUARANTINE = "quarantine"


# -- Looking words up ------------------------------------------------------------


class Lookup(dict[str, W]):
    """The words of a class by their text; other texts make words of it without checks."""

    def __init__(self, cls: type[W]) -> None:
        super().__init__({word.value: word for word in cls})
        self.cls = cls

    def __missing__(self, text: str) -> W:
        return _unlisted(self.cls, text)


def lookup(cls: type[W]) -> Lookup[W]:
    """The words of a class, `lookup(ChannelType)["portal"]`: for text from the library."""
    return Lookup(cls)


_ZERO_BASED: tuple[type[Word], ...] = (Verdict, TargetState, OnError)


def _first_code(cls: type[Word]) -> int:
    return 0 if cls in _ZERO_BASED else 1


def from_code(cls: type[W], code: int) -> W:
    """The word that has a code in C."""
    words = list(cls)
    return words[code - _first_code(cls)]


def to_code(word: Word) -> int:
    """The code that a word has in C; the word is one of those listed."""
    cls = type(word)
    return list(cls).index(word) + _first_code(cls)


# -- Meanings --------------------------------------------------------------------

_VOCABULARIES = [
    field[4] for kind in range(12) for field in _swig.kind_fields(kind) if field[4] is not None
]
_MEANINGS = {
    words: dict(zip(words, meanings, strict=True)) for _, words, meanings, _, _ in _VOCABULARIES
}
"""What the words of a vocabulary mean, by its words in their order."""
