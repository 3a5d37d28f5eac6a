"""Reads of the brief: what it is chosen from, the briefs that were written, what was said to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from feedback_app.accounts.actor import Actor
from feedback_app.accounts.models import User
from feedback_app.briefing.models import Brief, LeaderWord, ObstacleStanding
from feedback_app.briefing.rising import Lost, Obstacle, Wait
from feedback_app.briefing.rules import Case, Course, Share
from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.catalogue.store import Loaded
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.deadlines.events import EventKind
from feedback_app.statistics.models import CaseFactRow, DeedDay
from feedback_app.tickets.beyond import Cluster, ClusterTicket, ProjectTicket
from feedback_app.tickets.coordination import Opinion
from feedback_app.tickets.lifecycle import Clock, Status
from feedback_app.tickets.models import ClockEventRow, Filer, Ticket, TimelineEntry
from feedback_app.tickets.queries import open_to_leaders, visible_to
from feedback_app.tickets.timeline import Entry

MOST = 300  # cases that five are chosen from: those past their day longest
NOW, BEFORE = 28, 84  # days of an agency's last weeks, and of its past
RESTS = 2  # working days after a word in which a case is not named again
BATCH = 5_000


@dataclass(frozen=True, slots=True)
class State:
    """How a ticket of a brief stands now, as far as the reader may know; ``visible``: they may open it."""

    code: str
    status: str
    clock: str
    due_on: date | None
    visible: bool


@dataclass(slots=True)
class Weighed:
    """What each obstacle cost until ``day``; ``clusters``: number and title by id."""

    day: date | None
    lost: list[Lost]
    clusters: dict[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said to a line."""

    deed: str
    at: datetime
    name: str


def waits(session: Session, first: date, last: date) -> Iterator[Wait]:
    """Yield the rounds that waited at the end of some day of the span; no sensitive report."""
    enterprise = func.coalesce(func.nullif(Filer.identifier, ""), literal("#") + cast(Ticket.id, String))
    of_cluster = func.coalesce(ClusterTicket.cluster_id, 0)
    query = (
        select(
            of_cluster,
            CaseFactRow.field,
            func.coalesce(Ticket.procedure, ""),
            enterprise,
            CaseFactRow.started_on,
            CaseFactRow.ended_on,
        )
        .join(Ticket, Ticket.id == CaseFactRow.ticket_id)
        .outerjoin(Filer, Filer.ticket_id == CaseFactRow.ticket_id)
        .outerjoin(ClusterTicket, ClusterTicket.ticket_id == CaseFactRow.ticket_id)
        .where(CaseFactRow.sensitive.is_(False), CaseFactRow.started_on <= last)
        .where(or_(CaseFactRow.ended_on.is_(None), CaseFactRow.ended_on > first))
    )
    rows = session.execute(query.execution_options(yield_per=BATCH))
    for cluster, field, procedure, filer, since, until in rows:
        obstacle = Obstacle(cluster, "") if cluster else Obstacle(0, field, procedure)
        yield Wait(obstacle, filer, since, until)


def weighed(session: Session) -> Weighed:
    """Return what each obstacle cost, as weighed last."""
    query = select(ObstacleStanding, Cluster.code, Cluster.title)
    query = query.outerjoin(Cluster, Cluster.id == ObstacleStanding.cluster_id)
    found = Weighed(None, [], {})
    for row, code, title in session.execute(query):
        found.day = row.day
        obstacle = Obstacle(row.cluster_id, row.field, row.procedure)
        found.lost.append(Lost(obstacle, row.enterprises, row.days, row.days_before))
        if code is not None:
            found.clusters[row.cluster_id] = (code, title)
    return found


def courses(session: Session, today: date, numerator: Measure, denominator: Measure) -> list[Course]:
    """Return each agency's share of its last weeks and of those before, in days that have passed."""
    since, first = today - timedelta(days=NOW), today - timedelta(days=NOW + BEFORE)
    k, n = getattr(DeedDay, numerator), getattr(DeedDay, denominator)
    new, old = DeedDay.day >= since, DeedDay.day < since
    query = (
        select(DeedDay.agency, *(_sum(column, when) for when in (new, old) for column in (k, n)))
        .where(DeedDay.day >= first, DeedDay.day < today, DeedDay.agency != "", DeedDay.sensitive.is_(False))
        .group_by(DeedDay.agency)
    )
    return [
        Course(agency, Share(int(a), int(b)), Share(int(c), int(d)))
        for agency, a, b, c, d in session.execute(query)
    ]


def candidates(session: Session, loaded: Loaded, calendar: WorkCalendar, today: date) -> list[Case]:
    """Return the open tickets that five are chosen from, those past their day longest first."""
    rows = session.execute(_candidates(calendar.add_working_days(today, 1), today)).mappings()
    return [_case(row, loaded, calendar, today) for row in rows]


def brief(session: Session, day: date | None = None) -> Brief | None:
    """Return the brief of that day, the newest where none is named; ``None`` if there is none."""
    if day is not None:
        return session.get(Brief, day)
    return session.scalars(select(Brief).order_by(Brief.day.desc()).limit(1)).first()


def days(session: Session, size: int = 30) -> Sequence[date]:
    """Return the days that have a brief, newest first."""
    return session.scalars(select(Brief.day).order_by(Brief.day.desc()).limit(size)).all()


def states(session: Session, actor: Actor, ticket_ids: Sequence[int]) -> Mapping[int, State]:
    """Return how those of the tickets stand now that leaders like this reader may know of."""
    columns = (Ticket.code, Ticket.status, Ticket.clock, Ticket.due_on, visible_to(actor))
    query = select(Ticket.id, *columns).where(Ticket.id.in_(ticket_ids), open_to_leaders(actor))
    return {row[0]: State(*row[1:]) for row in session.execute(query)}


def said(session: Session, subjects: Sequence[str], since: date) -> dict[str, list[Said]]:
    """Return what was said to each subject from that day on, in order."""
    query = select(LeaderWord.subject, LeaderWord.deed, LeaderWord.at, User.name)
    query = query.join(User, User.id == LeaderWord.by_id)
    query = query.where(LeaderWord.subject.in_(subjects), LeaderWord.on >= since).order_by(LeaderWord.id)
    found: dict[str, list[Said]] = {}
    for subject, deed, at, name in session.execute(query):
        found.setdefault(subject, []).append(Said(deed, at, name))
    return found


def _sum(column: Any, when: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((when, column), else_=0)), 0)


def _candidates(soon: date, today: date) -> Any:
    at_province = Ticket.status == Status.AT_PROVINCE
    awaited = exists().where(Opinion.ticket_id == Ticket.id, Opinion.given_on.is_(None))
    named = or_(at_province, Ticket.due_on < today, and_(Ticket.due_on <= soon, awaited))
    query = select(
        Ticket.id,
        Ticket.code,
        Ticket.holder_id,
        Ticket.field,
        Ticket.due_on,
        Ticket.status,
        _number(Opinion, Opinion.given_on.is_(None)).label("opinions"),
        _number(TimelineEntry, TimelineEntry.kind == Entry.RETURNED).label("returns"),
        _of_cluster().label("enterprises"),
        exists()
        .where(
            ClockEventRow.ticket_id == Ticket.id,
            ClockEventRow.round == Ticket.round,
            ClockEventRow.kind == EventKind.EXTEND,
        )
        .label("extended"),
        select(func.max(LeaderWord.on))
        .where(LeaderWord.subject == literal("ticket:") + cast(Ticket.id, String))
        .scalar_subquery()
        .label("said_on"),
    ).where(
        Ticket.clock == Clock.OPEN,
        Ticket.sensitive.is_(False),
        Ticket.holder_id.is_not(None),
        Ticket.id.not_in(select(ProjectTicket.ticket_id)),
        named,
    )
    return query.order_by(~at_province, Ticket.due_on, Ticket.id).limit(MOST)


def _number(model: Any, condition: ColumnElement[bool]) -> Any:
    query = select(func.count()).select_from(model).where(model.ticket_id == Ticket.id, condition)
    return query.correlate(Ticket).scalar_subquery()


def _of_cluster() -> Any:
    """Return how many open tickets are in the same cluster."""
    own, other, another = ClusterTicket, aliased(ClusterTicket), aliased(Ticket)
    query = (
        select(func.count())
        .select_from(own)
        .join(other, other.cluster_id == own.cluster_id)
        .join(another, another.id == other.ticket_id)
        .where(own.ticket_id == Ticket.id, another.clock.in_((Clock.OPEN, Clock.PAUSED)))
    )
    return query.correlate(Ticket).scalar_subquery()


def _case(row: Mapping[Any, Any], loaded: Loaded, calendar: WorkCalendar, today: date) -> Case:
    due_on, said_on = row["due_on"], row["said_on"]
    is_late = due_on is not None and due_on < today
    return Case(
        ticket_id=row["id"],
        code=row["code"],
        agency=loaded.agency_codes[row["holder_id"]],
        field=row["field"],
        due_on=due_on,
        late=max(1, calendar.count_working_days(due_on, today)) if is_late else 0,
        status=row["status"],
        opinions=row["opinions"],
        returns=row["returns"],
        enterprises=max(1, row["enterprises"]),
        extended=bool(row["extended"]),
        said=said_on is not None,
        rests=said_on is not None and calendar.count_working_days(said_on, today) < RESTS,
    )
