"""Which reporting period a page shows, and which others there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from feedback_app.catalogue.packs.indicators import ReportingPeriod
from feedback_app.statistics.periods import Period, UnknownPeriod, containing, parse
from feedback_app.web.presenting.names import local


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: str
    chosen: bool


def chosen(code: str | None, known: Sequence[ReportingPeriod], otherwise: Period) -> tuple[Period, str]:
    """Return the period asked for and, where the code is none, what is wrong with it beside ``otherwise``."""
    if not code:
        return otherwise, ""
    try:
        return parse(code, known), ""
    except UnknownPeriod as error:
        return otherwise, str(error)


def choices(computed: Sequence[Period], shown: Period, *, first_day: int | None = None) -> list[Choice]:
    """Return the computed periods (the months of one cut, if given), newest first, and the one that is shown."""
    periods = [p for p in computed if first_day is None or (p.months, p.first.day) == (1, first_day)]
    if shown not in periods:
        periods.insert(0, shown)
    return [Choice(period.code, local(period.label), period == shown) for period in periods]


def last_full_month(today: date) -> Period:
    return containing(today).previous()
