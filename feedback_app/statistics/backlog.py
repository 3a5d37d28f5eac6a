"""What waits today, counted live from the tickets, and how much was overdue at the end of past weeks.

Sensitive reports are in none of it: whom they concern must not learn of them from a number.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.statistics.models import OpenDay
from feedback_app.tickets.beyond import ProjectTicket
from feedback_app.tickets.lifecycle import Clock, Status
from feedback_app.tickets.models import ConcernedAgency, Ticket
from feedback_app.tickets.queries import visible_to

IN_PROJECTS = select(ProjectTicket.ticket_id)  # they stand outside the lateness rate


class Leg(StrEnum):
    """Where a ticket that waits is on its way."""

    TRIAGE = "triage"
    ASSIGNMENT = "assignment"
    ANSWER = "answer"
    PROVINCE = "province"


LEG_OF: Mapping[Status, Leg] = {
    Status.RECEIVED: Leg.TRIAGE,
    Status.TRIAGE: Leg.TRIAGE,
    Status.ASSIGNED: Leg.ASSIGNMENT,
    Status.AT_PROVINCE: Leg.PROVINCE,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Tickets that an agency holds without an answer."""

    open: int
    overdue: int
    paused: int

    def __add__(self, other: "Waiting") -> "Waiting":
        return Waiting(self.open + other.open, self.overdue + other.overdue, self.paused + other.paused)


NOTHING = Waiting(0, 0, 0)


@dataclass(frozen=True, slots=True)
class OverdueTicket:
    """A ticket past its due date; ``visible``: the reader may open it."""

    code: str
    field: str
    agency: str | None
    due_on: date | None
    visible: bool


def waiting_now(session: Session, loaded: Loaded, today: date) -> dict[str, Waiting]:
    """Return what waits for an answer today, by the code of the agency that has it (``""``: none yet)."""
    return of_agencies(by_leg(session, loaded, today))


def by_leg(session: Session, loaded: Loaded, today: date) -> dict[tuple[str, Leg], Waiting]:
    """Return what waits for an answer today, by the code of who has it (``""``: nobody yet) and by leg."""
    late = and_(Ticket.clock == Clock.OPEN, Ticket.due_on < today, Ticket.id.not_in(IN_PROJECTS))
    query = (
        select(
            Ticket.holder_id, Ticket.status, func.count(), _times(late), _times(Ticket.clock == Clock.PAUSED)
        )
        .where(Ticket.clock.in_((Clock.OPEN, Clock.PAUSED)), Ticket.sensitive.is_(False))
        .group_by(Ticket.holder_id, Ticket.status)
    )
    found: dict[tuple[str, Leg], Waiting] = {}
    for holder, status, *numbers in session.execute(query):
        key = (loaded.agency_codes[holder] if holder else "", LEG_OF.get(Status(status), Leg.ANSWER))
        found[key] = found.get(key, NOTHING) + Waiting(*(int(number) for number in numbers))
    return found


def of_agencies(waiting: Mapping[tuple[str, Leg], Waiting]) -> dict[str, Waiting]:
    """Return what waits by agency, whatever the leg."""
    found: dict[str, Waiting] = {}
    for (agency, _leg), one in waiting.items():
        found[agency] = found.get(agency, NOTHING) + one
    return found


def most_overdue(
    session: Session, loaded: Loaded, actor: Actor, today: date, size: int = 5
) -> list[OverdueTicket]:
    """Return the tickets that have been overdue longest, without those that concern an agency of ``actor``."""
    concerned = select(ConcernedAgency.ticket_id).where(ConcernedAgency.agency_id.in_(actor.agency_ids()))
    query = (
        select(Ticket.code, Ticket.field, Ticket.holder_id, Ticket.due_on, visible_to(actor))
        .where(
            Ticket.clock == Clock.OPEN,
            Ticket.due_on < today,
            Ticket.id.not_in(IN_PROJECTS),
            Ticket.sensitive.is_(False),
            Ticket.id.not_in(concerned),
        )
        .order_by(Ticket.due_on, Ticket.id)
        .limit(size)
    )
    return [
        OverdueTicket(code, field, loaded.agency_codes[holder] if holder else None, due_on, visible)
        for code, field, holder, due_on, visible in session.execute(query)
    ]


def at_ends(session: Session, days: Sequence[date]) -> dict[str, list[tuple[int, int]]]:
    """Return, by agency (``""``: all together), open and overdue at the end of each of ``days``, as known then."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(lambda: [(0, 0)] * len(days))
    places = {day: place for place, day in enumerate(days)}
    query = select(OpenDay.agency, OpenDay.day, OpenDay.open, OpenDay.overdue).where(
        OpenDay.day.in_(days), OpenDay.field == "", OpenDay.sensitive.is_(False)
    )
    for agency, day, open_, overdue in session.execute(query):
        found[agency][places[day]] = (open_, overdue)
    return dict(found)


def worst_first(counts: Mapping[str, Sequence[int]], size: int) -> Iterable[tuple[str, Sequence[int]]]:
    """Return the ``size`` agencies with the most overdue on the last day, then over all days."""
    return sorted(counts.items(), key=lambda pair: (-pair[1][-1], -sum(pair[1]), pair[0]))[:size]


def _times(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
