"""Where a list of meetings goes on, and "đã hứa / đã làm": what the meeting before concluded and what became of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from feedback_app.dialogues import queries
from feedback_app.dialogues.models import Meeting
from feedback_app.dialogues.queries import Key
from feedback_app.web.catalogue import loaded
from feedback_app.web.numbers import LARGEST
from feedback_app.web.presenting.dialogues import ItemView, MeetingView, Tally, item_view, meeting_view, tally


@dataclass(frozen=True, slots=True)
class Promised:
    """The meeting before and its items, with those of the sectoral dialogues that preceded it."""

    meeting: MeetingView
    items: list[ItemView]
    tally: Tally


def promised(session: Any, meeting: Meeting) -> Promised | None:
    """Return what was promised last time; ``None`` where there was no last time."""
    before = queries.previous(session, meeting)
    if before is None:
        return None
    rows = [*queries.items_of(session, before)]
    for sectoral in queries.sectoral_of(session, before.id):
        rows += [item for item in queries.items_of(session, sectoral) if item.issued_at]
    items = [item_view(loaded(), item) for item in rows]
    return Promised(meeting_view(loaded(), before, whole=False), items, tally(items))


def token_of(meeting: Meeting) -> str:
    return f"{meeting.held_on:%Y%m%d}-{meeting.id}"


def after_day(values: MultiDict[str, Any]) -> Key | None:
    """Return the place that the address names; ``None`` where it names none."""
    day, _dash, id_ = values.get("truoc", "").partition("-")
    if not (id_.isascii() and id_.isdigit()):
        return None
    try:
        return date.fromisoformat(day), min(int(id_), LARGEST)
    except ValueError:
        return None
