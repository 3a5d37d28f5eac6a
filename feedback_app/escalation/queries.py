"""Which clocks have reached a rung that the ledger does not hold; streams of ids, never whole tickets."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Select, exists, literal, select, text, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from feedback_app.catalogue import packs
from feedback_app.catalogue.models import PackVersion
from feedback_app.catalogue.packs.ladder import Ladder, RunningClock
from feedback_app.catalogue.store import Loaded
from feedback_app.deadlines.profiles import profile_for
from feedback_app.escalation.models import CASE, Reminder
from feedback_app.escalation.rules import Window
from feedback_app.tickets.lifecycle import OPEN, Clock, Status
from feedback_app.tickets.models import Assignment, ConcernedAgency, Ticket

Key = tuple[date, int]
# written out, not bound, so that both databases see that the partial index by due date fits
RUNNING = text("ticket.clock IN ('open', 'paused') AND ticket.clock = 'open'")

Parts = tuple[Select[*tuple[Any, ...]], InstrumentedAttribute[date | None], InstrumentedAttribute[int]]


@dataclass(frozen=True, slots=True)
class Course:
    """A ladder in force, and the profile versions whose tickets climb it."""

    ladder: Ladder
    profile_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A clock that has reached a rung: of a case (``leg_id`` is CASE) or of one agency's part."""

    ticket_id: int
    code: str
    round: int
    leg_id: int
    agency_id: int | None
    due_on: date

    def key(self) -> Key:
        """Return the place in the order in which clocks are gone through."""
        return self.due_on, self.leg_id or self.ticket_id


@dataclass(frozen=True, slots=True)
class Listed:
    """A late case of the weekly list; ``listed_on`` is the earlier list that told it first, None: it is new."""

    reminder_id: int
    listed_on: date | None
    ticket_id: int
    code: str
    sensitive: bool
    due_on: date | None
    holder_id: int | None


def courses(session: Session, loaded: Loaded) -> list[Course]:
    """Return the ladder in force of each profile.

    A ticket keeps the limits it was promised under, but who is reminded is the house's own affair: the newest version
    of the profile says it. A stored version without a ladder falls back to the shipped one.
    """
    found = []
    for profile in loaded.catalogue.regulations:
        stored = select(PackVersion.id).where(PackVersion.pack == f"regulations/{profile.code}")
        ladder = profile.ladder or _shipped(profile.code)
        found.append(Course(ladder, tuple(session.scalars(stored.order_by(PackVersion.id)))))
    return found


def ladder_on(session: Session, loaded: Loaded, today: date) -> Ladder:
    """Return the ladder of the profile in force."""
    wanted = profile_for(loaded.catalogue, today).code
    pairs = zip(loaded.catalogue.regulations, courses(session, loaded), strict=True)
    return next(course.ladder for profile, course in pairs if profile.code == wanted)


def unreminded(
    session: Session,
    course: Course,
    window: Window,
    clock: RunningClock,
    *,
    after: Key | None,
    size: int,
) -> list[Due]:
    """Return at most ``size`` running clocks within ``window`` that lack its rung, in order of day and id.

    A paused or answered case is not running. A coordinating agency may give its opinion while the case is paused.
    """
    query, day, key = _cases(window) if clock is RunningClock.CASE else _legs(window)
    query = query.where(Ticket.profile_id.in_(course.profile_ids), day <= window.until)
    if window.after is not None:
        query = query.where(day > window.after)
    if after is not None:
        query = query.where(tuple_(day, key) > after)
    return [Due(*row) for row in session.execute(query.order_by(day, key).limit(size))]


def unrouted(session: Session, before: datetime, *, after: int, size: int) -> Sequence[int]:
    """Return the ids of at most ``size`` tickets that nobody has though they came in ``before``, in order of id."""
    query = select(Ticket.id).where(
        RUNNING,
        Ticket.holder_id.is_(None),
        Ticket.status == Status.RECEIVED,
        Ticket.received_at < before,
        Ticket.id > after,
    )
    return session.scalars(query.order_by(Ticket.id).limit(size)).all()


def on_weekly_lists(session: Session) -> list[Listed]:
    """Return what has reached the rung of the weekly list and is still late and open, oldest due date first."""
    query = (
        select(
            Reminder.id,
            Reminder.listed_on,
            Ticket.id,
            Ticket.code,
            Ticket.sensitive,
            Ticket.due_on,
            Ticket.holder_id,
        )
        .join(Ticket, Ticket.id == Reminder.ticket_id)
        .where(text("reminder.weekly"), Reminder.round == Ticket.round, RUNNING)
        .order_by(Ticket.due_on, Ticket.id)
    )
    return [Listed(*row) for row in session.execute(query)]


def concerned_in(session: Session, ticket_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return for each ticket the agencies that it is about, which must not hear of it."""
    found: dict[int, set[int]] = {}
    for part in batched(ticket_ids, 5000):
        query = select(ConcernedAgency.ticket_id, ConcernedAgency.agency_id)
        for ticket_id, agency_id in session.execute(query.where(ConcernedAgency.ticket_id.in_(part))):
            found.setdefault(ticket_id, set()).add(agency_id)
    return {ticket_id: frozenset(agencies) for ticket_id, agencies in found.items()}


def _cases(window: Window) -> Parts:
    recorded = exists().where(
        Reminder.ticket_id == Ticket.id,
        Reminder.round == Ticket.round,
        Reminder.leg_id == CASE,
        Reminder.rung == window.rung.code,
    )
    columns = (Ticket.id, Ticket.code, Ticket.round, literal(CASE), Ticket.holder_id, Ticket.due_on)
    return select(*columns).where(RUNNING, ~recorded), Ticket.due_on, Ticket.id


def _legs(window: Window) -> Parts:
    recorded = exists().where(
        Reminder.ticket_id == Assignment.ticket_id,
        Reminder.round == Assignment.round,
        Reminder.leg_id == Assignment.id,
        Reminder.rung == window.rung.code,
    )
    columns = (
        Ticket.id,
        Ticket.code,
        Assignment.round,
        Assignment.id,
        Assignment.agency_id,
        Assignment.due_on,
    )
    running = (Ticket.clock == Clock.OPEN) | (Assignment.part == "opinion")
    query = select(*columns).join(Ticket, Ticket.id == Assignment.ticket_id)
    query = query.where(
        Assignment.ended_on.is_(None),
        Assignment.due_on.is_not(None),
        Assignment.round == Ticket.round,
        Ticket.status.in_(OPEN),
        running,
        ~recorded,
    )
    return query, Assignment.due_on, Assignment.id


def _shipped(code: str) -> Ladder:
    """Return the ladder of the shipped profile of that code, or of the first one there is."""
    profiles = packs.shipped().regulations
    found = next((p.ladder for p in profiles if p.code == code), None) or profiles[0].ladder
    if found is None:
        raise LookupError("the shipped profiles have ladders: the reader refuses files without one")
    return found


def batched(values: Iterable[int], size: int) -> Iterator[tuple[int, ...]]:
    """Yield the values in parts of ``size`` (the databases take only so many parameters in one statement)."""
    rest = iter(values)
    while part := tuple(islice(rest, size)):
        yield part
