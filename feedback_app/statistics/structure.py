"""By which structure figures are read: the agencies as they were then, or as they are now. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum

from feedback_app.catalogue.packs import AgencyEnded, Directory
from feedback_app.statistics.facts import CaseFact


class Structure(StrEnum):
    """Whose a case is counted for."""

    THEN = "then"  # the agency that had it then, though it may have ended since
    PRESENT = "present"  # the agency that answers for such a matter today


def as_present(facts: Iterable[CaseFact], directory: Directory, today: date) -> Iterator[CaseFact]:
    """Yield the facts with the agencies that answer for them on ``today``, by field and area of each."""
    for fact in facts:
        yield fact if fact.agency is None else replace(fact, agency=_now(fact.agency, fact, directory, today))


def _now(code: str, fact: CaseFact, directory: Directory, today: date) -> str:
    try:
        return directory.resolve(code, today, fact.field, fact.area).code
    except AgencyEnded:
        return code
