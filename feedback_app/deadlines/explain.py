"""The strip of days: each day from receipt on, counted or not, with the reason in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from feedback_app.deadlines.calendar import WORKING, WorkCalendar
from feedback_app.deadlines.errors import vn
from feedback_app.deadlines.events import ClockEvent, EventKind, Timeline
from feedback_app.deadlines.wording import Text


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One day of a deadline.

    ``number`` counts from 1 on counted days, else None. ``code`` is one of received, waiting, start, working,
    swap_worked, calendar, extended, weekend, holiday, swap_off, paused, rolled, stopped. ``source`` is the
    document behind a day off or a swap. ``events`` are what happened to the clock on this day. ``estimated``: the year
    of the day has no published calendar.
    """

    date: date
    counted: bool
    number: int | None
    code: str
    reason: Text
    source: str = ""
    events: tuple[ClockEvent, ...] = ()
    estimated: bool = False


COUNTED = ("working", "swap_worked", "calendar")
EVENT_TEXTS = {
    EventKind.START: Text("bắt đầu tính thời hạn từ ngày sau", "the clock starts on the next day"),
    EventKind.PAUSE: Text("tạm dừng từ ngày sau", "paused from the next day on"),
    EventKind.RESUME: Text("tính tiếp từ ngày sau", "counting goes on from the next day"),
    EventKind.CURTAIL: Text("phần gia hạn còn lại bị hủy", "the rest of the extension is taken back"),
    EventKind.TRANSFER: Text("chuyển cơ quan xử lý, thời hạn không đổi", "transferred, the deadline stands"),
    EventKind.CALENDAR: Text(
        "lịch làm việc được sửa, hạn tính lại", "the calendar was changed, counted anew"
    ),
    EventKind.STOP: Text("dừng tính thời hạn", "the clock stops"),
}
PLAIN_TEXTS = {
    "received": Text("Ngày tiếp nhận, không tính", "Day of receipt, not counted"),
    "waiting": Text("Chưa bắt đầu tính thời hạn", "The clock has not started"),
    "start": Text("Ngày bắt đầu, không tính", "Day of the start, not counted"),
    "paused": Text("Tạm dừng", "Paused"),
    "rolled": Text(
        "Ngày cuối rơi vào ngày nghỉ, hạn chuyển sang ngày làm việc tiếp theo",
        "The last day is a day off, the deadline moves to the next working day",
    ),
    "stopped": Text("Thời hạn đã dừng", "The clock has stopped"),
}


@dataclass(frozen=True, slots=True)
class Replaced:
    """The limit that held until the kind was changed on ``on``, and the due date it had (None: paused)."""

    on: date
    limit: int
    unit: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What is counted: the limit without and with extensions, in ``unit``, and the limits before it."""

    limit: int
    total: int
    unit: str
    replaced: tuple[Replaced, ...] = ()


def explain(line: Timeline, terms: Terms, calendar: WorkCalendar, last: date) -> tuple[DayEntry, ...]:
    """Return each day from receipt through ``last``."""
    return tuple(_entries(line, terms, calendar, last))


def _entries(line: Timeline, terms: Terms, calendar: WorkCalendar, last: date) -> Iterator[DayEntry]:
    number = 0
    for offset in range((last - line.received_on).days + 1):
        day = line.received_on + timedelta(days=offset)
        code = _not_running(line, day) or _code(day, number, terms, calendar)
        counted = code in COUNTED
        number += counted
        if counted and number > terms.limit and code != "swap_worked":
            code = "extended"
        yield _entry(line, day, code, number if counted else None, terms, calendar)


def _not_running(line: Timeline, day: date) -> str | None:
    if day == line.starts_on:
        return "received" if day == line.received_on else "start"
    if day < line.starts_on:
        return "received" if day == line.received_on else "waiting"
    if line.stopped_on is not None and day > line.stopped_on:
        return "stopped"
    return "paused" if line.paused(day) else None


def _code(day: date, number: int, terms: Terms, calendar: WorkCalendar) -> str:
    if terms.unit == WORKING:
        return calendar.reason(day).code
    return "calendar" if number < terms.total else "rolled"


def _entry(
    line: Timeline, day: date, code: str, number: int | None, terms: Terms, calendar: WorkCalendar
) -> DayEntry:
    events = tuple(event for event in line.events if event.on == day)
    why = calendar.reason(day)
    parts = [PLAIN_TEXTS.get(code) or _numbered(number, terms.unit) or why.text]
    if parts[0] is not why.text and why.code != "working":
        parts.append(why.text)
    parts += [_event_text(event, terms) for event in events]
    if (note := _standing_note(line, terms, day, number)) is not None:
        parts.insert(1, note)
    reason = Text("; ".join(part.vi for part in parts), "; ".join(part.en for part in parts))
    estimated = calendar.estimated(day.year)
    return DayEntry(day, number is not None, number, code, reason, why.source, events, estimated)


def _standing_note(line: Timeline, terms: Terms, day: date, number: int | None) -> Text | None:
    """Return what a paused day waits for, or whose approval gave an extended day; each day says it anew."""
    if line.paused(day):
        begun = [e for e in line.events if e.kind is EventKind.PAUSE and e.on < day]
        return begun[-1].note if begun else None
    if number is None or number <= terms.limit:
        return None
    for event in (e for e in line.events if e.kind is EventKind.EXTEND):
        number -= event.days
        if number <= terms.limit:
            return _joined(Text("ngày gia hạn", "day of the extension"), event.note)
    return None


def _joined(text: Text, note: Text | None) -> Text:
    return text if note is None else Text(f"{text.vi} ({note.vi})", f"{text.en} ({note.en})")


def _numbered(number: int | None, unit: str) -> Text | None:
    if number is None:
        return None
    if unit == WORKING:
        return Text(f"Ngày làm việc thứ {number}", f"Working day {number}")
    return Text(f"Ngày thứ {number}", f"Day {number}")


def _event_text(event: ClockEvent, terms: Terms) -> Text:
    if event.kind is EventKind.EXTEND:
        days = in_days(event.days, terms.unit)
        text = Text(f"gia hạn thêm {days.vi}", f"extended by {days.en}")
    elif event.kind is EventKind.RECLASSIFY:
        text = _reclassified(event, next(old for old in terms.replaced if old.on == event.on))
    else:
        text = EVENT_TEXTS[event.kind]
    return _joined(text, event.note)


def _reclassified(event: ClockEvent, old: Replaced) -> Text:
    new, before = in_days(event.days, event.unit or old.unit), in_days(old.limit, old.unit)
    text = Text(
        f"đổi loại phiếu: thời hạn {new.vi} tính lại từ ngày tiếp nhận, thay cho {before.vi}",
        f"kind changed: {new.en} counted anew from receipt in place of {before.en}",
    )
    if old.due_on is None:
        return text
    return Text(f"{text.vi} (hạn cũ {vn(old.due_on)})", f"{text.en} (it was due on {old.due_on})")


def in_days(days: int, unit: str) -> Text:
    """Return "7 ngày làm việc" or "30 ngày"; units as the clock and the packs name them."""
    if unit.startswith(WORKING):
        return Text(f"{days} ngày làm việc", f"{days} working days")
    return Text(f"{days} ngày", f"{days} days")
