"""The deadline of a ticket: its clock events and the versions it was filed under go in, its due date comes out.

The explanation is not stored: events, regulation profile and calendar version never change once written, so it is
derived again whenever somebody asks, and is the same. A published notice that changes the calendar moves open tickets
to the new version (``recalendar``); the event row says so.
"""

from datetime import date, datetime
from typing import Any, cast

from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.catalogue.packs.calendar import CalendarPack
from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.deadlines import recorded, standing
from feedback_app.deadlines.calendar import WorkCalendar, calendar_of
from feedback_app.deadlines.clock import Deadline, compute
from feedback_app.deadlines.events import ClockEvent, EventKind, first_kind
from feedback_app.deadlines.profiles import binding, due_limit, governing
from feedback_app.tickets.models import ClockEventRow, Ticket


def promised(loaded: Loaded, kind: str, received_on: date, area: str | None = None) -> dict[str, Any]:
    """Return what a new ticket's columns hold of its clock: the profile of its area, the calendar in force."""
    profile = governing(loaded.catalogue, received_on, area)
    calendar = loaded.catalogue.calendars[0]
    limit = due_limit(profile, kind, received_on)
    result = compute(limit, received_on, (), calendar_of(calendar))
    return {
        "profile_id": loaded.version_ids[f"regulations/{profile.code}"],
        "calendar_id": loaded.version_ids[f"calendars/{calendar.code}"],
        "due_on": result.due_on,
        "due_estimated": result.estimated,
        "due_confirmed": profile.confirmed and limit.confirmed,
    }


def restart(session: Session, ticket: Ticket, *, at: datetime) -> None:
    """Start the clock of a new round, on the calendar in force now; the rounds before keep theirs."""
    loaded = store.current(session)
    ticket.calendar_id = loaded.version_ids[f"calendars/{loaded.catalogue.calendars[0].code}"]
    record(ticket, EventKind.START, at=at)
    recompute(session, ticket)


def record(ticket: Ticket, kind: EventKind, *, at: datetime, days: int | None = None, note: str = "") -> None:
    """Add an event to the running round.

    Args:
        note: what the enterprise or a ministry was asked (``recorded.asked``), who approved an extension, which
            document changed the calendar. It stands in the strip of days, for all who read the ticket.
    """
    ticket.clock_events.append(
        ClockEventRow(
            round=ticket.round, kind=kind, on=clock.local_date(at), days=days, note=note.strip(), at=at
        )
    )


def reclassify(session: Session, ticket: Ticket, kind: str, *, at: datetime) -> None:
    """Change the kind: the limit of the new one runs from receipt, the strip of days explains both.

    Raises:
        DeadlineError: the profile has no limit for that kind.
    """
    profile, calendar = _terms(session, ticket)
    limit, today = due_limit(profile, kind, day_zero(ticket)), clock.local_date(at)
    was = _kind_before(ticket, today)
    for row in [row for row in _reclassified(ticket) if row.on == today]:
        ticket.clock_events.remove(row)
        session.delete(row)
    if kind != was:
        note = recorded.reclassified(was, limit.unit)
        record(ticket, EventKind.RECLASSIFY, at=at, days=limit.value, note=note)
    ticket.kind = kind
    apply(ticket, profile, calendar)


def recompute(session: Session, ticket: Ticket) -> None:
    """Derive the due date anew, under the versions the ticket was filed under."""
    apply(ticket, *_terms(session, ticket))


def deadline(session: Session, ticket: Ticket) -> Deadline:
    """Return the deadline of the running round with its explanation, day by day."""
    return _deadline(ticket, *_terms(session, ticket))


def deadline_as(session: Session, ticket: Ticket, kind: str, *, on: date) -> Deadline:
    """Return the deadline as it would be if the ticket became one of that kind on ``on``; nothing is changed.

    Raises:
        DeadlineError: the profile has no limit for that kind, or what happened to the clock does not fit it.
    """
    profile, calendar = _terms(session, ticket)
    began, was = day_zero(ticket), _kind_before(ticket, on)
    limit = due_limit(profile, kind, began)
    events = [
        event
        for event in events_of(ticket, ticket.round)
        if not (event.kind is EventKind.RECLASSIFY and event.on == on)
    ]
    if kind != was:
        events.append(ClockEvent(EventKind.RECLASSIFY, on, limit.value, unit=limit.unit, was=was))
    return compute(due_limit(profile, first_kind(events, kind), began), began, events, calendar)


def sub_deadline(session: Session, ticket: Ticket, role: str, since: date) -> date | None:
    """Return the last day of a leg that begins on ``since``; see ``deadlines.standing.sub_deadline``."""
    profile, calendar = _terms(session, ticket)
    return standing.sub_deadline(profile, role, ticket.kind, since, calendar)


def profile_of(session: Session, ticket: Ticket) -> RegulationProfile:
    """Return the profile version that the ticket was filed under."""
    return _terms(session, ticket)[0]


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
    rows = (row for row in ticket.clock_events if row.round == round_)
    return [recorded.event_of(row.kind, row.on, row.days, row.note or "") for row in rows]


def _deadline(ticket: Ticket, profile: RegulationProfile, calendar: WorkCalendar) -> Deadline:
    began, events = day_zero(ticket), events_of(ticket, ticket.round)
    return compute(due_limit(profile, first_kind(events, ticket.kind), began), began, events, calendar)


def _reclassified(ticket: Ticket) -> list[ClockEventRow]:
    rows = (row for row in ticket.clock_events if row.round == ticket.round)
    return [row for row in rows if row.kind == EventKind.RECLASSIFY]


def _kind_before(ticket: Ticket, on: date) -> str:
    """Return the kind with which the day ``on`` began: of two changes on one day the last one holds."""
    changed = next((row for row in _reclassified(ticket) if row.on == on), None)
    return changed.note.split()[0] if changed is not None else ticket.kind


def _terms(session: Session, ticket: Ticket) -> tuple[RegulationProfile, WorkCalendar]:
    profile = cast("RegulationProfile", store.version(session, ticket.profile_id))
    calendar = cast("CalendarPack", store.version(session, ticket.calendar_id))
    return binding(profile, store.current(session).catalogue, ticket.area), calendar_of(calendar)
