"""Reads of the board: a handful of statements over all tickets that the reader may see, none per agency."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from feedback_app.accounts.actor import Actor
from feedback_app.core import clock
from feedback_app.deadlines import recorded, standing
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.deadlines.events import EventKind, Pause, pauses_of
from feedback_app.deadlines.standing import Assignment as Held
from feedback_app.deadlines.standing import Category, Leg
from feedback_app.oversight.rules import Board, Rates, board, days_of
from feedback_app.tickets import desk
from feedback_app.tickets.models import BESIDE, Answer, Assignment, ClockEventRow, Ticket, TimelineEntry
from feedback_app.tickets.queries import visible_to
from feedback_app.tickets.timeline import Entry

OPEN = (Category.LATE, Category.DUE_SOON, Category.IN_TIME, Category.WAITING)
_PARTS = ("triage", "lead", "opinion", "approval", "province")
_BATCH = 500

_leg = aliased(Assignment)  # who sees a ticket depends on other legs than the one that is counted


class _Row(NamedTuple):
    """One leg as it is stored; ``over_on``: its round was answered or the ticket closed."""

    ticket_id: int
    round: int
    agency_id: int
    part: str
    started_on: date
    ended_on: date | None
    due_on: date | None
    over_on: date | None
    accepted_at: datetime | None
    paused: bool


def overview(session: Session, actor: Actor, calendar: WorkCalendar, today: date, days: int) -> Board:
    """Return how every agency stands today, with its legs, pauses and returns of the last ``days`` days."""
    since = today - timedelta(days=days)
    legs = _legs(session, actor, calendar, today, since)
    return board(_open(session, actor, calendar, today), days_of(legs), _rates(session, actor, since))


def _open(
    session: Session, actor: Actor, calendar: WorkCalendar, today: date
) -> dict[int, dict[Category, int]]:
    within = desk.bounds(today, calendar)
    counts = [func.count().filter(desk.in_category(category, within)) for category in OPEN]
    query = (
        select(Ticket.holder_id, *counts)
        .where(desk.OPEN, Ticket.holder_id.is_not(None), visible_to(actor))
        .group_by(Ticket.holder_id)
    )
    return {int(row[0] or 0): dict(zip(OPEN, row[1:], strict=True)) for row in session.execute(query)}


def _legs(
    session: Session, actor: Actor, calendar: WorkCalendar, today: date, since: date
) -> Iterator[tuple[Leg, int]]:
    """Yield the legs that ran in the period with their number; equal ones are computed once."""
    alike: Counter[Held] = Counter()
    paused: list[_Row] = []
    for row in map(_Row._make, session.execute(_leg_rows(actor, since))):
        if row.paused:
            paused.append(row)
        else:
            alike.update(_parts(row))
    yield from zip(standing.legs(alike, calendar, today), alike.values(), strict=True)
    pauses = _pauses(session, paused)
    for row in paused:
        for leg in standing.legs(_parts(row), calendar, today, pauses[(row.ticket_id, row.round)]):
            yield leg, 1


def _leg_rows(actor: Actor, since: date) -> Select[*tuple[Any, ...]]:
    over_on = func.coalesce(Answer.on, Ticket.closed_on)
    end = func.coalesce(_leg.ended_on, over_on)
    query: Select[*tuple[Any, ...]] = (
        select(
            _leg.ticket_id,
            _leg.round,
            _leg.agency_id,
            _leg.part,
            _leg.started_on,
            _leg.ended_on,
            _leg.due_on,
            over_on,
            _accepted_at(),
            _has_pause(),
        )
        .join(Ticket, Ticket.id == _leg.ticket_id)
        .outerjoin(Answer, and_(Answer.ticket_id == _leg.ticket_id, Answer.round == _leg.round))
        .where(_leg.part.in_(_PARTS), or_(end.is_(None), end >= since), visible_to(actor))
    )
    return query


def _accepted_at() -> Any:
    accepted = select(func.min(TimelineEntry.at)).where(
        TimelineEntry.ticket_id == _leg.ticket_id,
        TimelineEntry.kind == Entry.ACCEPTED,
        TimelineEntry.agency_id == _leg.agency_id,
        TimelineEntry.at >= _leg.started_at,
    )
    return accepted.correlate(_leg).scalar_subquery()


def _has_pause() -> ColumnElement[bool]:
    event = ClockEventRow
    paused = exists().where(
        event.ticket_id == _leg.ticket_id, event.round == _leg.round, event.kind == EventKind.PAUSE
    )
    return paused.correlate(_leg)


def _parts(row: _Row) -> list[Held]:
    """Return the leg; that of a lead is two: until the agency accepted, and from then on (``tickets.legs``)."""
    agency, until = str(row.agency_id), _until(row)
    if row.part != "lead":
        return [Held(agency, row.part, row.started_on, until, row.due_on, row.part in BESIDE)]
    accepted = clock.local_date(row.accepted_at) if row.accepted_at is not None else None
    if accepted is None or (until is not None and accepted > until):
        return [Held(agency, "assignment", row.started_on, until)]
    return [
        Held(agency, "assignment", row.started_on, accepted),
        Held(agency, "answer", accepted, until, row.due_on),
    ]


def _until(row: _Row) -> date | None:
    """Return when the leg ended, with its round at the latest."""
    ends = [day for day in (row.ended_on, row.over_on) if day is not None]
    return max(min(ends), row.started_on) if ends else None


def _pauses(session: Session, rows: Sequence[_Row]) -> dict[tuple[int, int], tuple[Pause, ...]]:
    event = ClockEventRow
    moves = defaultdict(list)
    for ids in _chunks(sorted({row.ticket_id for row in rows})):
        query = select(event.ticket_id, event.round, event.kind, event.on).where(
            event.ticket_id.in_(ids), event.kind.in_((EventKind.PAUSE, EventKind.RESUME))
        )
        for ticket_id, round_, kind, on in session.execute(query):
            moves[(ticket_id, round_)].append(recorded.event_of(kind, on, None, ""))
    return {key: pauses_of(events) for key, events in moves.items()}


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


def _rates(session: Session, actor: Actor, since: date) -> dict[int, Rates]:
    """Return pauses and extensions of what was received in the period, by lead, and returns in it, by agency."""
    led = (
        select(Ticket.lead_id, func.count(), _with_event(EventKind.PAUSE), _with_event(EventKind.EXTEND))
        .where(Ticket.lead_id.is_not(None), Ticket.received_on >= since, visible_to(actor))
        .group_by(Ticket.lead_id)
    )
    rates = {row[0]: Rates(*row[1:]) for row in session.execute(led)}
    for agency_id, number in session.execute(_returned(actor, since)):
        rates.setdefault(agency_id, Rates()).returned = number
    return rates


def _with_event(kind: EventKind) -> Any:
    """Return the number of tickets on whose clock there is such an event."""
    event = ClockEventRow
    there = exists().where(event.ticket_id == Ticket.id, event.kind == kind).correlate(Ticket)
    return func.count().filter(there)


def _returned(actor: Actor, since: date) -> Select[int | None, int]:
    midnight = datetime.combine(since, time(), clock.LOCAL)
    return (
        select(TimelineEntry.agency_id, func.count())
        .join(Ticket, Ticket.id == TimelineEntry.ticket_id)
        .where(
            TimelineEntry.kind == Entry.RETURNED,
            TimelineEntry.agency_id.is_not(None),
            TimelineEntry.at >= midnight,
            visible_to(actor),
        )
        .group_by(TimelineEntry.agency_id)
    )
