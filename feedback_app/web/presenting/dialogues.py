"""Meetings, items of their conclusions and proposals as pages show them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.dialogues.labels import CLOSED_CALL, KINDS, READINESS, STANDINGS, STATES
from feedback_app.dialogues.models import Meeting, MeetingConclusion, MeetingItem
from feedback_app.dialogues.rules import (
    ItemState,
    Kind,
    Readiness,
    Standing,
    State,
    standing,
    takes_proposals,
)
from feedback_app.tickets.services.ways_up import is_vertical
from feedback_app.web.days import Chip, chip
from feedback_app.web.presenting.names import agency_name, field_name

Meta = dict[str, str]
SIGNS: dict[State, tuple[str, str]] = {
    State.PLANNED: ("neutral", "pause"),
    State.CALLED: ("waiting", "chat"),
    State.HELD: ("soon", "clock"),
    State.CONCLUDED: ("intime", "check"),
    State.CANCELLED: ("neutral", "alert"),
}


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting; ``takes``: what is proposed today belongs to it; ``changes``: (was, moved to, reason)."""

    code: str
    kind: str
    title: str
    about: str
    chair: str
    place: str
    hour: str
    held_on: date
    closes_on: date
    replies_on: date
    state: Meta
    takes: bool
    is_called: bool
    is_coming: bool
    is_day: bool  # it can have taken place
    is_sectoral: bool
    version: int
    fields: str
    areas: str
    changes: tuple[tuple[date, date | None, str], ...]
    conclusion: MeetingConclusion | None


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item: what, who, by when, how it stands; ``asked``: its owner is asked, not directed."""

    id: int
    text: str
    owner: str
    owner_id: int
    asked: bool
    due_on: date
    due: Chip
    standing: Standing
    tag: Meta
    done_on: date | None
    state: ItemState


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the items are done, and how many are late."""

    all: int
    done: int
    late: int


def meeting_view(loaded: Loaded, meeting: Meeting, *, whole: bool = True) -> MeetingView:
    """Return the meeting; ``whole`` False leaves out what was not loaded with a list."""
    today, state = clock.today(), State(meeting.state)
    takes = takes_proposals(state, meeting.closes_on, today)
    return MeetingView(
        code=meeting.code,
        kind=str(KINDS[Kind(meeting.kind)]),
        title=meeting.title,
        about=meeting.about,
        chair=agency_name(loaded, meeting.chair_id),
        place=meeting.place,
        hour=meeting.hour,
        held_on=meeting.held_on,
        closes_on=meeting.closes_on,
        replies_on=meeting.replies_on,
        state=_state(state, takes=takes),
        takes=takes,
        is_called=state is State.CALLED,
        is_coming=state in {State.PLANNED, State.CALLED},
        is_day=today >= meeting.held_on,
        is_sectoral=meeting.kind == Kind.SECTORAL,
        version=meeting.version,
        fields=", ".join(field_name(loaded, code) for code in meeting.fields),
        areas=", ".join(meeting.areas),
        changes=tuple((c.was, c.moved_to, c.reason) for c in meeting.changes) if whole else (),
        conclusion=meeting.conclusion if whole else None,
    )


def item_view(loaded: Loaded, item: MeetingItem) -> ItemView:
    today, state = clock.today(), ItemState(item.state)
    how = standing(state, item.due_on, item.done_on, today)
    label, tone, icon = STANDINGS[how]
    return ItemView(
        id=item.id,
        text=item.text,
        owner=agency_name(loaded, item.owner_id),
        owner_id=item.owner_id,
        asked=is_vertical(loaded, item.owner_id, today),
        due_on=item.due_on,
        due=chip(item.due_on, today, work_calendar(loaded.catalogue)),
        standing=how,
        tag={"label": str(label), "tone": tone, "icon": icon},
        done_on=item.done_on,
        state=state,
    )


def readiness_tag(readiness: Readiness) -> Meta:
    label, tone, icon = READINESS[readiness]
    return {"label": str(label), "tone": tone, "icon": icon}


def tally(items: list[ItemView]) -> Tally:
    done = sum(item.standing in {Standing.DONE, Standing.DONE_LATE} for item in items)
    return Tally(len(items), done, sum(item.standing is Standing.LATE for item in items))


def _state(state: State, *, takes: bool) -> Meta:
    tone, icon = SIGNS[state]
    label: Any = STATES[state]
    if state is State.CALLED and not takes:
        label, tone, icon = CLOSED_CALL, "soon", "clock"
    return {"label": str(label), "tone": tone, "icon": icon}
