"""Reporting periods: a month of the calendar, or another cut of the year that a pack defines. Pure."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from feedback_app.catalogue.packs import Catalogue, LocalText
from feedback_app.catalogue.packs.indicators import ReportingPeriod

FIRST_YEAR, LAST_YEAR = 2020, 2050  # those of the working calendar
MONTHS = 12
ONE_DAY = timedelta(days=1)
_CODE = re.compile(r"(\d{4})-(\d{2})(?:/(\d{2})-(\d{2}))?", re.ASCII)


class UnknownPeriod(ValueError):
    """The code names no reporting period; the text, in Vietnamese, says what is expected."""


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends included; it bears the month of its last day."""

    first: date
    last: date

    @property
    def code(self) -> str:
        """``2026-10``; of a cut that begins on the 15th ``2026-10/15-14``."""
        month = f"{self.last:%Y-%m}"
        return month if self.first.day == 1 else f"{month}/{self.first:%d}-{self.last:%d}"

    @property
    def label(self) -> LocalText:
        if self.first.day == 1:
            return LocalText(vi=f"Tháng {self.last:%m/%Y}", en=f"{self.last:%B %Y}")
        span = f"{self.first:%d/%m/%Y} – {self.last:%d/%m/%Y}"
        return LocalText(
            vi=f"Kỳ tháng {self.last:%m/%Y} ({span})", en=f"Period of {self.last:%B %Y} ({span})"
        )

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def previous(self) -> "Period":
        return containing(self.first - ONE_DAY, self.first.day)


def cuts(catalogue: Catalogue) -> tuple[ReportingPeriod, ...]:
    """Return the ways to cut the year that the editions define, the first of equal ones only."""
    found: dict[int, ReportingPeriod] = {}
    for edition in catalogue.indicators:
        for cut in edition.periods:
            found.setdefault(cut.first_day, cut)
    return tuple(found.values())


def parse(code: str, known: Sequence[ReportingPeriod]) -> Period:
    """Return the period of that code.

    Raises:
        UnknownPeriod: not a code, no such month, or no pack cuts the year that way.
    """
    match = _CODE.fullmatch(code.strip())
    if match is None:
        raise UnknownPeriod(f"Kỳ báo cáo '{code}' không đúng dạng; ví dụ đúng: 2026-10 hoặc 2026-10/15-14.")
    year, month = int(match[1]), int(match[2])
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS):
        raise UnknownPeriod(f"Kỳ báo cáo '{code}': tháng từ 01 đến 12, năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
    first_day = int(match[3] or 1)
    period = _of_month(year, month, first_day) if first_day in {cut.first_day for cut in known} else None
    if period is None or period.code != code.strip():
        raise UnknownPeriod(f"Kỳ báo cáo '{code}' không có trong danh mục; các kỳ: {_samples(known)}.")
    return period


def containing(day: date, first_day: int = 1) -> Period:
    """Return the period in which ``day`` lies, of the cut that begins on ``first_day``."""
    if day.day < first_day or first_day == 1:
        return _of_month(day.year, day.month, first_day)
    later = day.replace(day=1) + timedelta(days=31)
    return _of_month(later.year, later.month, first_day)


def week_ends(today: date, number: int) -> list[date]:
    """Return the last Sundays before ``today``, oldest first, and ``today`` itself: ``number`` days in all."""
    sunday = today - timedelta(days=today.weekday() + 1)
    return [sunday - timedelta(weeks=back) for back in reversed(range(number - 1))] + [today]


def back_from(period: Period) -> Iterator[Period]:
    """Yield ``period`` and those before it, newest first, without end."""
    while True:
        yield period
        period = period.previous()


def _of_month(year: int, month: int, first_day: int) -> Period:
    if first_day == 1:
        return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    before = date(year, month, 1) - ONE_DAY
    return Period(before.replace(day=first_day), date(year, month, first_day - 1))


def _samples(known: Sequence[ReportingPeriod]) -> str:
    return ", ".join(_of_month(2026, 10, cut.first_day).code for cut in known)
