"""The deadline of a ticket: its clock events and the versions it was filed under go in, its due date comes out.

The explanation is not stored: events, regulation profile and calendar version never change once written, so it is
derived again whenever somebody asks, and is the same.
"""

from datetime import date, datetime
from typing import cast

from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.catalogue.packs.calendar import CalendarPack
from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.deadlines.calendar import WorkCalendar, calendar_of
from feedback_app.deadlines.clock import Deadline, compute
from feedback_app.deadlines.events import ClockEvent, EventKind
from feedback_app.deadlines.profiles import due_limit, profile_for
from feedback_app.tickets.models import ClockEventRow, Ticket


def start(ticket: Ticket, loaded: Loaded, *, at: datetime) -> None:
    """Start the first round's clock of a new ticket under the profile and calendar in force on that day."""
    profile = profile_for(loaded.catalogue, ticket.received_on)
    calendar = loaded.catalogue.calendars[0]
    ticket.profile_id = loaded.version_ids[f"regulations/{profile.code}"]
    ticket.calendar_id = loaded.version_ids[f"calendars/{calendar.code}"]
    record(ticket, EventKind.START, at=at)
    apply(ticket, profile, calendar_of(calendar))


def restart(session: Session, ticket: Ticket, *, at: datetime) -> None:
    """Start the clock of a new round; the rounds before keep theirs."""
    record(ticket, EventKind.START, at=at)
    recompute(session, ticket)


def record(ticket: Ticket, kind: EventKind, *, at: datetime, days: int | None = None) -> None:
    """Add an event to the running round."""
    ticket.clock_events.append(
        ClockEventRow(round=ticket.round, kind=kind, on=clock.local_date(at), days=days, at=at)
    )


def recompute(session: Session, ticket: Ticket) -> None:
    """Derive the due date anew, under the versions the ticket was filed under."""
    apply(ticket, *_terms(session, ticket))


def deadline(session: Session, ticket: Ticket) -> Deadline:
    """Return the deadline of the running round with its explanation, day by day."""
    return _deadline(ticket, *_terms(session, ticket))


def apply(ticket: Ticket, profile: RegulationProfile, calendar: WorkCalendar) -> None:
    """Write what follows from the events onto the ticket; while it is paused the old date stays."""
    result = _deadline(ticket, profile, calendar)
    ticket.due_on = result.due_on or ticket.due_on
    ticket.due_estimated = result.estimated
    limit = due_limit(profile, ticket.kind, day_zero(ticket))
    ticket.due_confirmed = profile.confirmed and limit.confirmed


def day_zero(ticket: Ticket) -> date:
    """Return the local date on which the running round began."""
    return next(e.on for e in ticket.clock_events if e.round == ticket.round and e.kind == EventKind.START)


def events_of(ticket: Ticket, round_: int) -> list[ClockEvent]:
    """Return the events of one round as plain data."""
    return [
        ClockEvent(EventKind(row.kind), row.on, row.days or 0)
        for row in ticket.clock_events
        if row.round == round_
    ]


def _deadline(ticket: Ticket, profile: RegulationProfile, calendar: WorkCalendar) -> Deadline:
    began = day_zero(ticket)
    return compute(due_limit(profile, ticket.kind, began), began, events_of(ticket, ticket.round), calendar)


def _terms(session: Session, ticket: Ticket) -> tuple[RegulationProfile, WorkCalendar]:
    profile = cast("RegulationProfile", store.version(session, ticket.profile_id))
    calendar = cast("CalendarPack", store.version(session, ticket.calendar_id))
    return profile, calendar_of(calendar)
