"""Reporting periods: a month of the calendar, or another cut of the year that a pack defines. Pure."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from feedback_app.catalogue.packs import Catalogue, LocalText
from feedback_app.catalogue.packs.indicators import ReportingPeriod

FIRST_YEAR, LAST_YEAR = 2020, 2050  # those of the working calendar
MONTHS, HALF, QUARTER = 12, 6, 3
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
ONE_DAY = timedelta(days=1)
_CODE = re.compile(r"(\d{4})(?:-(\d{2})|-Q([1-4])|-H([12]))?(?:/(\d{2})-\d{2})?", re.ASCII)


class UnknownPeriod(ValueError):
    """The code names no reporting period; the text, in Vietnamese, says what is expected."""


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends included: one or more whole months; it bears the name of its last day's month."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """How many months it has."""
        return _month_number(self.last) - _month_number(self.first) + (self.first.day == 1)

    @property
    def code(self) -> str:
        """``2026-10``, ``2026-Q3``, ``2026-H1``, ``2026``; of a cut that begins on the 15th ``2026-10/15-14``."""
        named = {MONTHS: "", HALF: f"-H{self._turn}", QUARTER: f"-Q{self._turn}"}
        name = f"{self.last:%Y}" + named.get(self.months, f"-{self.last:%m}")
        return name if self.first.day == 1 else f"{name}/{self.first:%d}-{self.last:%d}"

    @property
    def label(self) -> LocalText:
        name = self._name()
        if self.first.day == 1:
            return name
        span = f"{self.first:%d/%m/%Y} – {self.last:%d/%m/%Y}"
        return LocalText(
            vi=f"Kỳ {name.vi[0].lower()}{name.vi[1:]} ({span})", en=f"Period of {name.en} ({span})"
        )

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def previous(self) -> "Period":
        return containing(self.first - ONE_DAY, self.first.day, self.months)

    def year_before(self) -> "Period":
        """Return the same period of the year before."""
        return _ending(self.last.year - 1, self.last.month, self.first.day, self.months)

    @property
    def _turn(self) -> int:
        return (self.last.month - 1) // self.months + 1

    def _name(self) -> LocalText:
        year = self.last.year
        if self.months == MONTHS:
            return LocalText(vi=f"Năm {year}", en=f"Year {year}")
        if self.months == HALF:
            half = {1: ("đầu", "First"), 2: ("cuối", "Second")}[self._turn]
            return LocalText(vi=f"6 tháng {half[0]} năm {year}", en=f"{half[1]} half of {year}")
        if self.months == QUARTER:
            return LocalText(vi=f"Quý {ROMAN[self._turn]}/{year}", en=f"Quarter {self._turn} of {year}")
        return LocalText(vi=f"Tháng {self.last:%m/%Y}", en=f"{self.last:%B %Y}")


def cuts(catalogue: Catalogue) -> tuple[ReportingPeriod, ...]:
    """Return the ways to cut the year that the editions define, the first of equal ones only."""
    found: dict[tuple[int, int], ReportingPeriod] = {}
    for edition in catalogue.indicators:
        for cut in edition.periods:
            found.setdefault((cut.months, cut.first_day), cut)
    return tuple(found.values())


def cut_of(period: Period, known: Sequence[ReportingPeriod]) -> ReportingPeriod | None:
    """Return the cut that the period is one of; None if no pack has it any more."""
    own = (period.months, period.first.day)
    return next((cut for cut in known if (cut.months, cut.first_day) == own), None)


def parse(code: str, known: Sequence[ReportingPeriod]) -> Period:
    """Return the period of that code.

    Raises:
        UnknownPeriod: not a code, no such month, or no pack cuts the year that way.
    """
    match = _CODE.fullmatch(code.strip())
    if match is None:
        raise UnknownPeriod(f"Kỳ báo cáo '{code}' không đúng dạng; ví dụ đúng: 2026-10 hoặc 2026-10/15-14.")
    year, (month, months) = int(match[1]), _last_month(match)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS):
        raise UnknownPeriod(f"Kỳ báo cáo '{code}': tháng từ 01 đến 12, năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
    first_day = int(match[5] or 1)
    allowed = (months, first_day) in {(cut.months, cut.first_day) for cut in known}
    period = _ending(year, month, first_day, months) if allowed else None
    if period is None or period.code != code.strip():
        raise UnknownPeriod(f"Kỳ báo cáo '{code}' không có trong danh mục; các kỳ: {_samples(known)}.")
    return period


def containing(day: date, first_day: int = 1, months: int = 1) -> Period:
    """Return the period in which ``day`` lies, of the cut of so many months that begins on ``first_day``."""
    number = _month_number(day) + (first_day > 1 and day.day >= first_day)
    number += -(number + 1) % months
    return _ending(*_year_and_month(number), first_day, months)


def months_of(period: Period) -> list[Period]:
    """Return the months of a period, in order."""
    found = [containing(period.last, period.first.day)]
    while found[0].first > period.first:
        found.insert(0, found[0].previous())
    return found


def quarters_of(period: Period) -> list[Period]:
    """Return the quarters that a period of the calendar is made of, in order; none of a month or another cut."""
    if period.first.day != 1 or period.months % QUARTER:
        return []
    found = [containing(period.last, months=QUARTER)]
    while found[0].first > period.first:
        found.insert(0, found[0].previous())
    return found


def week_ends(today: date, number: int) -> list[date]:
    """Return the last Sundays before ``today``, oldest first, and ``today`` itself: ``number`` days in all."""
    sunday = today - timedelta(days=today.weekday() + 1)
    return [sunday - timedelta(weeks=back) for back in reversed(range(number - 1))] + [today]


def back_from(period: Period) -> Iterator[Period]:
    """Yield ``period`` and those before it, newest first, without end."""
    while True:
        yield period
        period = period.previous()


def _ending(year: int, month: int, first_day: int, months: int) -> Period:
    """Return the period whose last day lies in that month."""
    since = _year_and_month(_month_number(date(year, month, 1)) - months + (first_day == 1))
    if first_day == 1:
        return Period(date(*since, 1), date(year, month, monthrange(year, month)[1]))
    return Period(date(*since, first_day), date(year, month, first_day - 1))


def _month_number(day: date) -> int:
    return day.year * MONTHS + day.month - 1


def _year_and_month(number: int) -> tuple[int, int]:
    return number // MONTHS, number % MONTHS + 1


def _last_month(match: re.Match[str]) -> tuple[int, int]:
    """Return the month in which the period of that code ends, and how many it has."""
    for text, months in ((match[2], 1), (match[3], QUARTER), (match[4], HALF)):
        if text:
            return int(text) * months, months
    return MONTHS, MONTHS


def _samples(known: Sequence[ReportingPeriod]) -> str:
    return ", ".join(containing(date(2026, 10, 1), cut.first_day, cut.months).code for cut in known)
