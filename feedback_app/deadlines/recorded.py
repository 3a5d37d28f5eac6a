"""Clock events as the columns of a database hold them: kind, local date, days, note."""

from datetime import date
from textwrap import shorten

from feedback_app.deadlines.events import ClockEvent, EventKind
from feedback_app.deadlines.wording import Text

LONGEST_NOTE = 80
WAITING_FOR = {
    "enterprise": Text("chờ doanh nghiệp bổ sung", "waiting for the enterprise to send"),
    "ministry": Text("chờ bộ, ngành trung ương trả lời", "waiting for the ministry to answer"),
}


def asked(whom: str, text: str) -> str:
    """Return the note of a pause: whom it waits for (a key of ``WAITING_FOR``) and, in short, for what."""
    return f"{whom}: {shorten(' '.join(text.split()), LONGEST_NOTE, placeholder='…')}"


def reclassified(was: str, unit: str) -> str:
    """Return the note of a change of kind: the kind before, the unit of the new limit."""
    return f"{was} {unit}"


def event_of(kind: str, on: date, days: int | None, note: str) -> ClockEvent:
    """Return the event that was recorded in these columns."""
    if kind == EventKind.RECLASSIFY:
        was, unit = note.split()
        return ClockEvent(EventKind.RECLASSIFY, on, days or 0, unit=unit, was=was)
    return ClockEvent(EventKind(kind), on, days or 0, _text(note))


def _text(note: str) -> Text | None:
    whom, colon, text = note.partition(": ")
    if colon and whom in WAITING_FOR:
        known = WAITING_FOR[whom]
        return Text(f"{known.vi}: {text}", f"{known.en}: {text}")
    return Text(note, note) if note else None
