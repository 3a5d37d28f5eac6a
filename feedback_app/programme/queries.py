"""What is read of the programme: reports, who leads what, obstacles behind a task."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, load_only, selectinload

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core.errors import Forbidden, NotFound
from feedback_app.programme import policy
from feedback_app.programme.models import ProgrammeFile, ProgrammeObstacle, ProgrammeReport
from feedback_app.programme.rules import coordinating, leaders_of
from feedback_app.tickets.lifecycle import OPEN
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.queries import open_to_leaders, visible_to

MOST_OBSTACLES = 100  # tickets of one task on a page; the rest is counted


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An open ticket behind a task; ``by_hand``: linked by a person; ``visible``: this reader may open it."""

    code: str
    title: str
    field: str
    by_hand: bool
    visible: bool


def leading_ids(loaded: Loaded, on: date) -> Mapping[int, frozenset[int]]:
    """Return by number of the task the ids of the agencies that answer for it on that day."""
    catalogue = loaded.catalogue
    return {task.number: _ids(loaded, leaders_of(task, catalogue, on)) for task in catalogue.fields.tasks}


def coordinating_ids(loaded: Loaded, on: date) -> Mapping[int, frozenset[int]]:
    """Return by number of the task the ids of the agencies named to coordinate it, without those that lead it."""
    catalogue = loaded.catalogue
    return {task.number: _ids(loaded, coordinating(task, catalogue, on)) for task in catalogue.fields.tasks}


def _ids(loaded: Loaded, codes: Collection[str]) -> frozenset[int]:
    return frozenset(loaded.agency_ids[code] for code in codes)


def reports_of(session: Session, actor: Actor, *, task: int | None = None) -> Sequence[ProgrammeReport]:
    """Return the reports of the agencies for which ``actor`` reports, of all for overseers, latest periods first."""
    query = select(ProgrammeReport).options(selectinload(ProgrammeReport.files))
    if not policy.oversees(actor):
        query = query.where(ProgrammeReport.agency_id.in_(policy.reports_for(actor)))
    if task is not None:
        query = query.where(ProgrammeReport.task == task)
    return session.scalars(
        query.order_by(ProgrammeReport.ends_on.desc(), ProgrammeReport.task, ProgrammeReport.agency_id)
    ).all()


def all_reports(session: Session, actor: Actor) -> Sequence[ProgrammeReport]:
    """Return what the board counts, in order of periods: no texts. Raises Forbidden for whoever oversees nothing."""
    if not policy.oversees(actor):
        raise Forbidden
    counted = (
        ProgrammeReport.task,
        ProgrammeReport.agency_id,
        ProgrammeReport.due_on,
        ProgrammeReport.state,
        ProgrammeReport.reported_at,
    )
    query = select(ProgrammeReport).options(load_only(*counted, raiseload=True))
    return session.scalars(query.order_by(ProgrammeReport.ends_on, ProgrammeReport.id)).all()


def own_reports(session: Session, actor: Actor) -> Sequence[ProgrammeReport]:
    """Return the reports of the reader's own agencies, those owed first, the nearest day first."""
    query = select(ProgrammeReport).where(ProgrammeReport.agency_id.in_(policy.reports_for(actor)))
    given = ProgrammeReport.reported_at.is_not(None)
    return session.scalars(query.order_by(given, ProgrammeReport.due_on, ProgrammeReport.task)).all()


def owed_until(session: Session, actor: Actor, day: date) -> Sequence[ProgrammeReport]:
    """Return the reports that the reader's own agencies owe by that day, the earliest first."""
    owed = ProgrammeReport.reported_at.is_(None), ProgrammeReport.due_on <= day
    query = select(ProgrammeReport).where(ProgrammeReport.agency_id.in_(policy.reports_for(actor)), *owed)
    return session.scalars(query.order_by(ProgrammeReport.due_on, ProgrammeReport.task)).all()


def of_year(session: Session, year: int) -> Sequence[ProgrammeReport]:
    """Return the reports on periods that end in that year, by task, agency and period."""
    within = ProgrammeReport.ends_on.between(date(year, 1, 1), date(year, 12, 31))
    query = select(ProgrammeReport).where(within).options(selectinload(ProgrammeReport.files))
    order = (ProgrammeReport.task, ProgrammeReport.agency_id, ProgrammeReport.ends_on)
    return session.scalars(query.order_by(*order)).all()


def report(session: Session, actor: Actor, report_id: int) -> ProgrammeReport:
    """Return one report that this reader may read. Raises NotFound."""
    query = select(ProgrammeReport).where(ProgrammeReport.id == report_id)
    found = session.scalars(query.options(selectinload(ProgrammeReport.files))).first()
    if found is None or not policy.reads(actor, found.agency_id):
        raise NotFound(str(report_id))
    return found


def evidence(session: Session, actor: Actor, public_id: str) -> ProgrammeFile:
    """Return a file of a report that this reader may read. Raises NotFound."""
    found = session.scalars(select(ProgrammeFile).where(ProgrammeFile.public_id == public_id)).first()
    if found is None:
        raise NotFound(public_id)
    report(session, actor, found.report_id)
    return found


def fields_of(loaded: Loaded) -> dict[int, frozenset[str]]:
    """Return by number of the task the fields that it is behind."""
    found: dict[int, set[str]] = {}
    for field in loaded.catalogue.fields.fields:
        if field.task is not None:
            found.setdefault(field.task, set()).add(field.code)
    return {task: frozenset(codes) for task, codes in found.items()}


def obstacles(session: Session, actor: Actor, loaded: Loaded, task: int) -> list[Obstacle]:
    """Return the open tickets in which the task shows up and that the reader may open, the oldest first."""
    by_hand = _linked(task)
    query = select(Ticket.code, Ticket.title, Ticket.field, by_hand, visible_to(actor))
    query = query.where(_behind(loaded, task), open_to_leaders(actor), visible_to(actor))
    return [Obstacle(*row) for row in session.execute(query.order_by(Ticket.id).limit(MOST_OBSTACLES))]


def number_of_obstacles(
    session: Session, actor: Actor, loaded: Loaded, tasks: Collection[int]
) -> dict[int, int]:
    """Return how many open tickets stand behind each task, whether or not the reader may open them; none sensitive."""
    by_field = dict(
        session.execute(
            select(Ticket.field, func.count())
            .where(Ticket.status.in_(OPEN), open_to_leaders(actor))
            .group_by(Ticket.field)
        ).all()
    )
    fields, hand = fields_of(loaded), _by_hand(session, actor)
    counted = {}
    for task in tasks:
        own = fields.get(task, frozenset())
        extra = sum(number for field, number in hand.get(task, ()) if field not in own)
        counted[task] = sum(by_field.get(field, 0) for field in own) + extra
    return counted


def _by_hand(session: Session, actor: Actor) -> dict[int, list[tuple[str, int]]]:
    query = select(ProgrammeObstacle.task, Ticket.field, func.count()).join(
        Ticket, Ticket.id == ProgrammeObstacle.ticket_id
    )
    query = query.where(Ticket.status.in_(OPEN), open_to_leaders(actor))
    found: dict[int, list[tuple[str, int]]] = {}
    for task, field, number in session.execute(query.group_by(ProgrammeObstacle.task, Ticket.field)):
        found.setdefault(task, []).append((field, number))
    return found


def _behind(loaded: Loaded, task: int) -> ColumnElement[bool]:
    fields = fields_of(loaded).get(task, frozenset())
    return Ticket.status.in_(OPEN) & or_(Ticket.field.in_(fields), _linked(task))


def _linked(task: int) -> ColumnElement[bool]:
    return Ticket.id.in_(select(ProgrammeObstacle.ticket_id).where(ProgrammeObstacle.task == task))
