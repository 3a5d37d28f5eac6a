"""The strip of days: each day from receipt on, counted or not, with the reason in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from feedback_app.deadlines.calendar import WORKING, WorkCalendar
from feedback_app.deadlines.events import ClockEvent, EventKind, Timeline
from feedback_app.deadlines.wording import Text


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One day of a deadline.

    ``number`` counts from 1 on counted days, else None. ``code`` is one of received, waiting, start, working,
    swap_worked, calendar, extended, weekend, holiday, swap_off, paused, rolled, stopped. ``source`` is the
    document behind a day off or a swap. ``events`` are what happened to the clock on this day.
    """

    date: date
    counted: bool
    number: int | None
    code: str
    reason: Text
    source: str = ""
    events: tuple[ClockEvent, ...] = ()


COUNTED = ("working", "swap_worked", "calendar")
EVENT_TEXTS = {
    EventKind.START: Text("bắt đầu tính thời hạn từ ngày sau", "the clock starts on the next day"),
    EventKind.PAUSE: Text("tạm dừng từ ngày sau", "paused from the next day on"),
    EventKind.RESUME: Text("tính tiếp từ ngày sau", "counting goes on from the next day"),
    EventKind.TRANSFER: Text("chuyển cơ quan xử lý, thời hạn không đổi", "transferred, the deadline stands"),
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


def explain(
    line: Timeline, limit: int, total: int, unit: str, calendar: WorkCalendar, last: date
) -> tuple[DayEntry, ...]:
    """Return each day from receipt through ``last``; ``limit`` is without, ``total`` with extensions."""
    return tuple(_entries(line, limit, total, unit, calendar, last))


def _entries(
    line: Timeline, limit: int, total: int, unit: str, calendar: WorkCalendar, last: date
) -> Iterator[DayEntry]:
    number = 0
    for offset in range((last - line.received_on).days + 1):
        day = line.received_on + timedelta(days=offset)
        code = _not_running(line, day) or _code(day, number, total, unit, calendar)
        counted = code in COUNTED
        number += counted
        if counted and number > limit and code != "swap_worked":
            code = "extended"
        yield _entry(line, day, code, number if counted else None, unit, calendar)


def _not_running(line: Timeline, day: date) -> str | None:
    if day == line.starts_on:
        return "received" if day == line.received_on else "start"
    if day < line.starts_on:
        return "received" if day == line.received_on else "waiting"
    if line.stopped_on is not None and day > line.stopped_on:
        return "stopped"
    return "paused" if line.paused(day) else None


def _code(day: date, number: int, total: int, unit: str, calendar: WorkCalendar) -> str:
    if unit == WORKING:
        return calendar.reason(day).code
    return "calendar" if number < total else "rolled"


def _entry(
    line: Timeline, day: date, code: str, number: int | None, unit: str, calendar: WorkCalendar
) -> DayEntry:
    events = tuple(event for event in line.events if event.on == day)
    why = calendar.reason(day)
    parts = [PLAIN_TEXTS.get(code) or _numbered(number, unit) or why.text]
    if parts[0] is not why.text and why.code != "working":
        parts.append(why.text)
    parts += [_event_text(event, unit) for event in events]
    reason = Text("; ".join(part.vi for part in parts), "; ".join(part.en for part in parts))
    return DayEntry(day, number is not None, number, code, reason, why.source, events)


def _numbered(number: int | None, unit: str) -> Text | None:
    if number is None:
        return None
    if unit == WORKING:
        return Text(f"Ngày làm việc thứ {number}", f"Working day {number}")
    return Text(f"Ngày thứ {number}", f"Day {number}")


def _event_text(event: ClockEvent, unit: str) -> Text:
    text = _extension_text(event.days, unit) if event.kind is EventKind.EXTEND else EVENT_TEXTS[event.kind]
    if event.note is None:
        return text
    return Text(f"{text.vi} ({event.note.vi})", f"{text.en} ({event.note.en})")


def _extension_text(days: int, unit: str) -> Text:
    if unit == WORKING:
        return Text(f"gia hạn thêm {days} ngày làm việc", f"extended by {days} working days")
    return Text(f"gia hạn thêm {days} ngày", f"extended by {days} days")
