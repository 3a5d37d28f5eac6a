"""Working days: the public holidays of Viet Nam, with what was officially published on top.

The base is the package ``holidays`` (Labour Code art. 112, Tết by the lunar calendar, compensation for
holidays on weekends). A published year replaces it: it has what the base misses (02/01 ↔ 10/01/2026) and is
no estimate.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import accumulate

import holidays

from feedback_app.catalogue.packs import Catalogue
from feedback_app.catalogue.packs.calendar import CalendarPack, DayOff, WorkedWeekend, YearlySwitch
from feedback_app.deadlines.errors import CalendarRangeError
from feedback_app.deadlines.wording import WEEKDAYS, Text

FIRST_YEAR, LAST_YEAR = 2020, 2050
WORKING, CALENDAR = "working", "calendar"
CULTURE_DAY = "Ngày Văn hóa Việt Nam"
BASE_SOURCE = "Bộ luật Lao động 2019, Điều 112; hệ thống tính, chưa đối chiếu thông báo chính thức"
SWAPPED = Text("Làm bù cho ngày nghỉ hoán đổi", "Worked in exchange for a day off")
SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayReason:
    """Why a day is off or worked: code (working, weekend, holiday, swap_off, swap_worked), words, source."""

    code: str
    text: Text
    source: str = ""


@dataclass(frozen=True, slots=True)
class YearTable:
    """One year made ready for arithmetic.

    ``counts[i]`` is the number of working days from 1 January up to and including day ``i`` (0 = 1 January).
    """

    special: Mapping[date, DayReason]
    working: tuple[date, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """A yearly day off that an administrator may switch on; compensated when it falls on a weekend."""

    month: int
    day: int
    from_year: int
    why: DayReason


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """The working days of 2020-2050 for one published state of affairs; immutable, every year computed once.

    Args:
        version: what is shown beside each explanation, e.g. ``vn 2026.1``.
        published: for each officially published year its complete list; it replaces the computed one.
        certain_until: the last year that is no estimate.
        switches: yearly days off that are switched on, in published and computed years alike.
        changes: single days that win over everything, for the preview of a change.
    """

    version: str = "base"
    published: Mapping[int, Mapping[date, DayReason]] = field(default_factory=dict)
    certain_until: int = 0
    switches: tuple[Switch, ...] = ()
    changes: Mapping[date, DayReason] = field(default_factory=dict)
    _tables: dict[int, YearTable] = field(default_factory=dict, init=False, repr=False)

    def is_working(self, day: date) -> bool:
        """Return whether offices work on ``day``. Raises CalendarRangeError outside 2020-2050."""
        special = self.year(day.year).special.get(day)
        return day.weekday() < SATURDAY if special is None else special.code == "swap_worked"

    def reason(self, day: date) -> DayReason:
        """Return why ``day`` is worked or off, with the document where there is one."""
        return self.year(day.year).special.get(day) or _ordinary(day)

    def estimated(self, year: int) -> bool:
        """Return whether the days off of ``year`` were computed, not published."""
        self.year(year)
        return year > self.certain_until

    def add_working_days(self, day: date, number: int) -> date:
        """Return the ``number``-th working day after ``day`` (``number`` at least 1)."""
        target = self._count(day) + number
        year = day.year
        while target > len(working := self.year(year).working):
            target -= len(working)
            year += 1
        return working[target - 1]

    def count_working_days(self, after: date, until: date) -> int:
        """Return how many working days lie after ``after`` through ``until``; 0 if it is not later."""
        if until <= after:
            return 0
        whole_years = sum(len(self.year(year).working) for year in range(after.year, until.year))
        return whole_years + self._count(until) - self._count(after)

    def next_working_day(self, day: date) -> date:
        """Return ``day`` itself if it is worked, else the first working day after it."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def days_off(self, year: int) -> Iterator[tuple[date, DayReason]]:
        """Yield the days off of ``year`` that fall on Monday to Friday, in order, with their reasons."""
        for day, why in sorted(self.year(year).special.items()):
            if why.code != "swap_worked" and day.weekday() < SATURDAY:
                yield day, why

    def working_weekend_days(self, year: int) -> Iterator[tuple[date, DayReason]]:
        """Yield the Saturdays and Sundays of ``year`` that are worked, in order, with their reasons."""
        for day, why in sorted(self.year(year).special.items()):
            if why.code == "swap_worked":
                yield day, why

    def with_day_off(self, day: date, text: Text, source: str = "") -> "WorkCalendar":
        """Return this calendar with one more day off, for the preview of a change."""
        return replace(self, changes={**self.changes, day: DayReason("holiday", text, source)})

    def year(self, year: int) -> YearTable:
        """Return the table of ``year``. Raises CalendarRangeError outside 2020-2050."""
        table = self._tables.get(year)
        if table is None:
            table = self._tables[year] = self._build(year)
        return table

    def _count(self, day: date) -> int:
        return self.year(day.year).counts[day.timetuple().tm_yday - 1]

    def _build(self, year: int) -> YearTable:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CalendarRangeError(
                f"Lịch làm việc chỉ có từ năm {FIRST_YEAR} đến năm {LAST_YEAR}, không có năm {year}.",
                f"The working calendar covers {FIRST_YEAR} to {LAST_YEAR}, not {year}.",
            )
        special = self._special(year)
        days = [date(year, 1, 1) + timedelta(days=i) for i in range(366 if _leap(year) else 365)]
        flags = [_works(day, special.get(day)) for day in days]
        working = tuple(day for day, flag in zip(days, flags, strict=True) if flag)
        return YearTable(special, working, tuple(accumulate(flags)))

    def _special(self, year: int) -> dict[date, DayReason]:
        base = base_year(year)
        published = self.published.get(year)
        if published is None:
            special = dict(base)
        else:
            special = {day: why for day, why in base.items() if _holiday_on_weekend(day, why)}
            special.update(published)
        for switch in self.switches:
            if year >= switch.from_year:
                _switch_on(special, switch, year, compensated=published is None)
        special.update((day, why) for day, why in self.changes.items() if day.year == year)
        return special


@cache
def base_year(year: int) -> Mapping[date, DayReason]:
    """Return the extraordinary days of ``year`` by the package ``holidays``, without 24/11 (a switch)."""
    vi = holidays.country_holidays("VN", years=year, language="vi", expand=False)
    en = holidays.country_holidays("VN", years=year, language="en_US", expand=False)
    special = {day: _from_base(name, en[day]) for day, name in vi.items() if not name.startswith(CULTURE_DAY)}
    for day in vi.weekend_workdays:
        if day.year == year:
            special[day] = DayReason("swap_worked", SWAPPED, BASE_SOURCE)
    return special


def _switch_on(special: dict[date, DayReason], switch: Switch, year: int, *, compensated: bool) -> None:
    day = date(year, switch.month, switch.day)
    special.setdefault(day, switch.why)
    if day.weekday() < SATURDAY or not compensated:
        return
    while not _works(day, special.get(day)):
        day += ONE_DAY
    text = Text(f"{switch.why.text.vi} (nghỉ bù)", f"{switch.why.text.en} (observed)")
    special[day] = replace(switch.why, text=text)


def _holiday_on_weekend(day: date, why: DayReason) -> bool:
    """Published lists name Monday to Friday only; that a Sunday belongs to Tết is still worth saying."""
    return day.weekday() >= SATURDAY and why.code == "holiday"


def _from_base(vi: str, en: str) -> DayReason:
    code = "swap_off" if vi.startswith("Ngày nghỉ (thay cho") else "holiday"
    return DayReason(code, Text(vi, en), BASE_SOURCE)


def _ordinary(day: date) -> DayReason:
    code = "working" if day.weekday() < SATURDAY else "weekend"
    return DayReason(code, WEEKDAYS[day.weekday()])


def _works(day: date, why: DayReason | None) -> bool:
    return day.weekday() < SATURDAY if why is None else why.code == "swap_worked"


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def work_calendar(catalogue: Catalogue) -> WorkCalendar:
    """Return the calendar of the first calendar pack: one object for one pack, so that its years are kept."""
    return calendar_of(catalogue.calendars[0])


@lru_cache(maxsize=8)
def calendar_of(pack: CalendarPack) -> WorkCalendar:
    """Return the calendar of one pack, e.g. of the version a ticket was filed under; kept by content."""
    return WorkCalendar(
        version=f"{pack.code}@{pack.version}",
        published={year.year: _published(year.days_off, year.worked_weekends) for year in pack.years},
        certain_until=pack.estimated_after,
        switches=tuple(_switch(switch) for switch in pack.switches if switch.enabled),
    )


def _published(off: tuple[DayOff, ...], worked: tuple[WorkedWeekend, ...]) -> dict[date, DayReason]:
    swapped = {entry.instead_of for entry in worked}
    days = {entry.date: _why("swap_off" if entry.date in swapped else "holiday", entry) for entry in off}
    return days | {entry.date: _why("swap_worked", entry) for entry in worked}


def _switch(switch: YearlySwitch) -> Switch:
    return Switch(switch.month, switch.day, switch.from_year, _why("holiday", switch))


def _why(code: str, entry: DayOff | WorkedWeekend | YearlySwitch) -> DayReason:
    return DayReason(code, Text(entry.reason.vi, entry.reason.en), entry.source)
