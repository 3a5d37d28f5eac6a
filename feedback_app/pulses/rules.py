"""The quarter of a round: when enterprises are drawn, until when they may answer. Pure."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from feedback_app.catalogue.packs.pulses import PulsesPack

MONTHS = 3
MARGIN = timedelta(days=3)  # a message may be under way for so long


class NotNow(StrEnum):
    """Why nobody is drawn on a day."""

    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    FIELD_WORK = "field_work"
    TOO_FEW = "too_few"


def quarter_of(day: date) -> str:
    """Return the quarter as ``2026-Q4``."""
    return f"{day.year}-Q{(day.month - 1) // MONTHS + 1}"


def span(quarter: str) -> tuple[date, date]:
    """Return the first and the last day of a quarter.

    Raises:
        ValueError: it is not written like ``2026-Q4``.
    """
    year, _dash, number = quarter.partition("-Q")
    last = int(number) * MONTHS
    if not 1 <= int(number) <= 12 // MONTHS:
        raise ValueError(quarter)
    return date(int(year), last - MONTHS + 1, 1), date(int(year), last, monthrange(int(year), last)[1])


def is_over(quarter: str, today: date) -> bool:
    """Say whether no more answers are taken, so that results may be read."""
    return today > span(quarter)[1]


def hindrance(today: date, pack: PulsesPack) -> NotNow | None:
    """Return why nobody may be drawn today, ``None`` if it is the time for it.

    Field work that begins while messages may still be under way counts as well.
    """
    first, last = span(quarter_of(today))
    if any(pack.in_fieldwork(today + timedelta(days=n)) for n in range(MARGIN.days + 1)):
        return NotNow.FIELD_WORK
    if today < first + timedelta(days=pack.round.draw_after):
        return NotNow.TOO_EARLY
    if (last - today).days < pack.round.least_days:
        return NotNow.TOO_LATE
    return None
