"""Meetings in any state, with proposals and items, written row by row."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from feedback_app.accounts.models import User
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.dialogues.models import Meeting, MeetingConclusion, MeetingItem, MeetingProposal
from feedback_app.tickets.models import Ticket

_numbers = count(1)
HELD = ("held", "concluded")


def a_meeting(
    loaded: Loaded, by: User, *, kind: str = "provincial", state: str = "called", **given: Any
) -> Meeting:
    """Return a meeting in that state, committed: 16 days ahead, or the day before yesterday if it was held."""
    held_on = clock.today() + timedelta(days=-2 if state in HELD else 16)
    told = {
        "title": "Hội nghị đối thoại doanh nghiệp",
        "place": "Hội trường",
        "held_on": held_on,
        "closes_on": held_on - timedelta(days=10),
        "replies_on": held_on - timedelta(days=4),
        "fields": [],
        "areas": [],
    } | given
    chair = told.pop("chair", "vp-ubnd")
    row = Meeting(
        code=f"DT-2026-{next(_numbers):04d}",
        kind=kind,
        state=state,
        chair_id=loaded.agency_ids[chair],
        by_id=by.id,
        at=clock.now(),
        **told,
    )
    with unit_of_work() as writing:
        writing.add(row)
    return row


def a_proposal(meeting: Meeting, ticket: Ticket, **given: Any) -> MeetingProposal:
    """Return the ticket as a proposal of the meeting, not classified; committed."""
    row = MeetingProposal(
        meeting_id=meeting.id, ticket_id=ticket.id, **({"origin": "form", "at": clock.now()} | given)
    )
    with unit_of_work() as writing:
        writing.add(row)
    return row


def an_item(
    session: Session,
    loaded: Loaded,
    meeting: Meeting,
    by: User,
    *,
    owner: str = "so-xd",
    due_on: date,
    **given: Any,
) -> MeetingItem:
    """Return an item of the meeting; issued with a paper of its own where the meeting is concluded; committed."""
    concluded = meeting.state == "concluded"
    row = MeetingItem(
        meeting_id=meeting.id,
        owner_id=loaded.agency_ids[owner],
        due_on=due_on,
        issued_at=clock.now() if concluded else None,
        **({"text": "Rút ngắn thời gian cấp phép", "state": "open"} | given),
    )
    with unit_of_work() as writing:
        writing.add(row)
        if concluded and session.get(MeetingConclusion, meeting.id) is None:
            paper = {"number": "512/TB-UBND", "dated": meeting.held_on, "signer": "Chủ tịch (mẫu)"}
            writing.add(MeetingConclusion(meeting_id=meeting.id, by_id=by.id, at=clock.now(), **paper))
    return row
