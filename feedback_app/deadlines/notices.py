"""A published notice changes a year of the calendar: days off and swaps are added or taken back. Pure.

The result is the content of a new calendar pack; nothing is changed in place.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from feedback_app.catalogue.packs.calendar import SATURDAY, CalendarPack, CalendarYear, Notice
from feedback_app.catalogue.packs.shape import Confidence
from feedback_app.deadlines.calendar import FIRST_YEAR, LAST_YEAR, base_year
from feedback_app.deadlines.errors import DeadlineError, vn

Row = dict[str, Any]


class CalendarRefused(DeadlineError):
    """The change contradicts itself or the calendar; ``text`` says how."""


@dataclass(frozen=True, slots=True)
class Swap:
    """The weekend day ``worked`` is worked in exchange for ``off``."""

    worked: date
    off: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChange:
    """What one notice changes in ``year``; ``reason`` is what the strip of days says of the new days off."""

    year: int
    notice: Notice
    reason: str
    off: tuple[date, ...] = ()
    swaps: tuple[Swap, ...] = ()
    removed: frozenset[date] = field(default_factory=frozenset)
    switches: frozenset[str] | None = None  # codes of the yearly days off that are on; None: as they are

    def days(self) -> tuple[date, ...]:
        """Return every day that is named, for the question from which day on deadlines can move."""
        return (*self.off, *(day for swap in self.swaps for day in (swap.worked, swap.off)), *self.removed)


def year_of(pack: CalendarPack, year: int) -> CalendarYear:
    """Return the published list of ``year``, or as a proposal what is computed for a year without a notice.

    Raises:
        CalendarRefused: the calendar cannot know such a year, or a year before it was not published yet.
    """
    published = next((entry for entry in pack.years if entry.year == year), None)
    if published is not None:
        return published
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CalendarRefused(
            f"Lịch không có năm {year}; chỉ từ {FIRST_YEAR} đến {LAST_YEAR}.",
            f"The calendar has no year {year}, only {FIRST_YEAR} to {LAST_YEAR}.",
        )
    if year != pack.estimated_after + 1:
        raise CalendarRefused(
            f"Năm {year} chưa công bố được: năm kế tiếp cần công bố là {pack.estimated_after + 1}.",
            f"{year} cannot be published yet: the next year is {pack.estimated_after + 1}.",
        )
    return CalendarYear.model_validate({"year": year, "days_off": _computed(year)})


def changed(pack: CalendarPack, change: CalendarChange) -> Row:
    """Return the content of the pack after the change.

    Raises:
        CalendarRefused: a day twice, of another year, on the wrong side of the weekend; swaps that overlap; a day
            taken back that is not off; nothing changed at all.
    """
    before = year_of(pack, change.year)
    _refuse_strangers(change)
    off = {day.date: day.model_dump(mode="json") for day in before.days_off}
    worked = {day.date: day.model_dump(mode="json") for day in before.worked_weekends}
    for day in change.removed:
        _take_back(day, off, worked)
    _add(change, off, worked)
    content = pack.model_dump(mode="json")
    year = {"year": change.year, "days_off": _sorted(off), "worked_weekends": _sorted(worked)}
    _switch(content, change)
    kept = [entry for entry in content["years"] if entry["year"] != change.year]
    if any(entry == year for entry in content["years"]) and content["switches"] == _switches(pack):
        raise CalendarRefused("Không có ngày nào thay đổi.", "No day changes.")
    content["years"] = sorted([*kept, year], key=lambda entry: int(entry["year"]))
    content["notices"] = _notices(content["notices"], change.notice)
    content["estimated_after"] = max(pack.estimated_after, change.year)
    return content


def source_of(notice: Notice) -> str:
    """Return how the strip of days names the document."""
    day = f" ngày {vn(notice.issued_on)}" if notice.issued_on else ""
    issuer = f" của {notice.issuer}" if notice.issuer else ""
    return f"Văn bản số {notice.number}{day}{issuer}"


def _computed(year: int) -> list[Row]:
    return [
        {"date": day, "reason": why.text._asdict(), "source": why.source, "confidence": Confidence.ASSUMED}
        for day, why in sorted(base_year(year).items())
        if day.weekday() < SATURDAY
    ]


def _refuse_strangers(change: CalendarChange) -> None:
    """Refuse days that stand twice in the change, lie in another year or on the wrong side of the weekend."""
    worked = [swap.worked for swap in change.swaps]
    named = [*change.off, *worked, *(swap.off for swap in change.swaps)]
    for day in (*named, *change.removed):
        if day.year != change.year:
            raise _refused(day, f"không thuộc năm {change.year}", f"is not in {change.year}")
        if named.count(day) + (day in change.removed) > 1:
            raise _refused(day, "được nêu hai lần", "is named twice")
    for day in named:
        if (day in worked) != (day.weekday() >= SATURDAY):
            raise _wrong_side(day)


def _wrong_side(day: date) -> CalendarRefused:
    if day.weekday() >= SATURDAY:
        return _refused(day, "là cuối tuần, vốn đã nghỉ", "is a weekend day, off anyway")
    return _refused(day, "không phải thứ Bảy hay Chủ nhật nên không làm bù", "is no weekend day")


def _take_back(day: date, off: dict[date, Row], worked: dict[date, Row]) -> None:
    """Take a day off or a worked weekend out; a swap goes as a whole."""
    if day in worked:
        off.pop(date.fromisoformat(worked.pop(day)["instead_of"]), None)
        return
    if off.pop(day, None) is None:
        raise _refused(day, "không có trong danh sách ngày nghỉ nên không bỏ được", "is no day off")
    for saturday in [d for d, row in worked.items() if row["instead_of"] == day.isoformat()]:
        del worked[saturday]


def _add(change: CalendarChange, off: dict[date, Row], worked: dict[date, Row]) -> None:
    facts = {
        "source": source_of(change.notice),
        "confidence": Confidence.OFFICIAL,
        "notice": change.notice.number,
    }
    for day in change.off:
        _refuse_known(day, off)
        off[day] = {"date": day.isoformat(), "reason": _same(change.reason), **facts}
    for swap in change.swaps:
        _refuse_known(swap.off, off)
        _refuse_known(swap.worked, worked)
        off[swap.off] = {"date": swap.off.isoformat(), "reason": _same(change.reason), **facts}
        text = {
            "vi": f"Làm bù cho ngày nghỉ {vn(swap.off)}",
            "en": f"Worked in exchange for {swap.off}",
        }
        dates = {"date": swap.worked.isoformat(), "instead_of": swap.off.isoformat()}
        worked[swap.worked] = {**dates, "reason": text, **facts}


def _refuse_known(day: date, days: dict[date, Row]) -> None:
    if day in days:
        raise _refused(day, "đã có trong lịch", "stands in the calendar already")


def _switch(content: Row, change: CalendarChange) -> None:
    if change.switches is not None:
        for switch in content["switches"]:
            switch["enabled"] = switch["code"] in change.switches


def _switches(pack: CalendarPack) -> list[Row]:
    return [switch.model_dump(mode="json") for switch in pack.switches]


def _notices(notices: Iterable[Row], notice: Notice) -> list[Row]:
    """Return the documents with this one; one of the same number is completed, not doubled."""
    return [*(row for row in notices if row["number"] != notice.number), notice.model_dump(mode="json")]


def _sorted(days: dict[date, Row]) -> list[Row]:
    return [days[day] for day in sorted(days)]


def _same(text: str) -> Row:
    return {"vi": text, "en": text}


def _refused(day: date, vi: str, en: str) -> CalendarRefused:
    return CalendarRefused(f"Ngày {vn(day)} {vi}.", f"{day} {en}.")
