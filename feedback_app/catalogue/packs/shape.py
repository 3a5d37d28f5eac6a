"""What every pack is made of: frozen shapes that refuse unknown keys, codes, and text in two languages."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Shape(BaseModel):
    """Base of all pack shapes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LocalText(Shape):
    """One text in Vietnamese and in English, both complete."""

    vi: Text
    en: Text

    def in_language(self, language: str) -> str:
        """Return the English text for any ``en…`` locale, else the Vietnamese one."""
        return self.en if language.lower().startswith("en") else self.vi


class Confidence(StrEnum):
    """How far a fact is borne by a source; only ``OFFICIAL`` may be shown as fact without a reservation."""

    OFFICIAL = "H"
    PRESS = "M"
    ASSUMED = "A"
    LOW = "L"


class Kind(StrEnum):
    """What an enterprise may file."""

    OBSTACLE = "obstacle"
    OVERDUE_DOSSIER = "overdue_dossier"
    INFORMATION_REQUEST = "information_request"
    RULE_PROPOSAL = "rule_proposal"
    INFORMAL_COST = "informal_cost"
    OVERLAPPING_INSPECTION = "overlapping_inspection"


def covers(day: date, first: date, last: date | None) -> bool:
    """Whether ``day`` lies in the closed span; an open span has no last day."""
    return first <= day and (last is None or day <= last)


class Coded(Protocol):
    """Anything that bears a code."""

    @property
    def code(self) -> str: ...


Entry = TypeVar("Entry", bound=Coded)


def one(entries: Iterable[Entry], code: str, sort: str) -> Entry:
    """Return the entry of that code; ``sort`` names what is looked for.

    Raises:
        LookupError: there is none.
    """
    found = next((entry for entry in entries if entry.code == code), None)
    if found is None:
        raise LookupError(f"Không có {sort} nào mang mã '{code}'.")
    return found
