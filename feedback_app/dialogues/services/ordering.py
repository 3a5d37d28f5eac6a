"""The agenda: open clusters and proposals, measured by who waits for how long; the chair may place a point."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core.errors import Invalid, NotFound
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.dialogues.agenda import Point, ordered
from feedback_app.dialogues.models import AgendaPin, Meeting, MeetingProposal
from feedback_app.dialogues.proposals import belonging
from feedback_app.dialogues.rules import Act, Handling, Kind
from feedback_app.dialogues.services.requiring import record, require
from feedback_app.tickets.beyond import Cluster, ClusterTicket
from feedback_app.tickets.lifecycle import OPEN
from feedback_app.tickets.models import Filer, Ticket


@dataclass(frozen=True, slots=True)
class Placed:
    """A point of the agenda in its place; ``reason``: why somebody put it there."""

    point: Point
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An open ticket as the measure sees it: who waits since when."""

    ticket_id: int
    field: str
    lead_id: int | None
    received_on: date
    who: str


def agenda(session: Session, meeting: Meeting, calendar: WorkCalendar, today: date) -> list[Placed]:
    """Return the points in their order: what many wait for longest first, unless it was placed by hand."""
    pins = {pin.key: pin for pin in session.scalars(_pins(meeting))}
    points = points_of(session, meeting, calendar, today)
    order = ordered(points, {key: pin.place for key, pin in pins.items()})
    return [Placed(point, pins[point.key].reason if point.key in pins else "") for point in order]


def points_of(session: Session, meeting: Meeting, calendar: WorkCalendar, today: date) -> list[Point]:
    """Return clusters with an open ticket, of the meeting's fields or proposed, and what else is to be discussed.

    What was answered in writing, settled, or sent to a sectoral dialogue is no point; nothing sensitive ever is.
    """
    proposed = session.execute(_proposed(meeting)).all()
    clusters, clustered = _clusters(session, meeting, {row.ticket_id for row in proposed})
    points = [
        _point(f"nhom-{cluster.id}", cluster.title, waiting, calendar, today) for cluster, waiting in clusters
    ]
    alone = [row for row in proposed if row.ticket_id not in clustered]
    for row in alone:
        waiting = [_Waiting(row.ticket_id, row.field, row.lead_id, row.received_on, "")]
        key = f"kien-nghi-{row.proposal_id}"
        points.append(_point(key, row.heading, waiting, calendar, today, row.competence))
    return points


def place(
    session: Session,
    meeting: Meeting,
    key: str,
    where: int,
    reason: str,
    *,
    known: Iterable[str],
    by: Actor,
    at: datetime,
) -> None:
    """Put a point in a place (from 1) and say why; another word on the same point replaces the first.

    Raises:
        Forbidden, IllegalTransition: see ``require``.
        NotFound: the agenda (``known``) has no such point.
        Invalid: no reason, or no place.
    """
    require(by, Act.ORDER, meeting)
    if key not in known:
        raise NotFound(key)
    if where < 1:
        raise Invalid(_("Thứ tự bắt đầu từ 1."), "place")
    if not reason.strip():
        raise Invalid(_("Xin nêu lý do đổi thứ tự."), "reason")
    pin = session.get(AgendaPin, (meeting.id, key)) or AgendaPin(meeting_id=meeting.id, key=key)
    pin.place, pin.reason, pin.by_id, pin.at = where, reason.strip(), by.user_id, at
    session.add(pin)
    session.flush()
    record(session, "ordered", meeting, by, at, point=key, place=where)


def _pins(meeting: Meeting) -> Select[AgendaPin]:
    return select(AgendaPin).where(AgendaPin.meeting_id == meeting.id)


def _proposed(meeting: Meeting) -> Select[*tuple[Any, ...]]:
    """Return the query for the proposals to be discussed here; a sectoral dialogue also has those sent to it."""
    here = {Handling.ON_DAY} | ({Handling.SECTORAL} if meeting.kind == Kind.SECTORAL else set())
    columns = (
        Ticket.field,
        Ticket.lead_id,
        Ticket.received_on,
        MeetingProposal.heading,
        MeetingProposal.competence,
    )
    query = select(MeetingProposal.id.label("proposal_id"), MeetingProposal.ticket_id, *columns)
    query = query.join(Ticket, Ticket.id == MeetingProposal.ticket_id).where(
        belonging(meeting),
        MeetingProposal.handling.in_(here),
        MeetingProposal.settled_at.is_(None),
        Ticket.status.in_(OPEN),
        Ticket.sensitive.is_(False),
    )
    return query.order_by(MeetingProposal.id)


def _clusters(
    session: Session, meeting: Meeting, proposed: set[int]
) -> tuple[list[tuple[Cluster, list[_Waiting]]], set[int]]:
    """Return the clusters that belong on the agenda with those who wait, and the ids of all tickets in them."""
    columns = (Ticket.id, Ticket.field, Ticket.lead_id, Ticket.received_on, Filer.identifier, Filer.folded)
    query = select(Cluster, *columns).join(ClusterTicket, ClusterTicket.cluster_id == Cluster.id)
    query = query.join(Ticket, Ticket.id == ClusterTicket.ticket_id).join(Filer, Filer.ticket_id == Ticket.id)
    query = query.where(Ticket.status.in_(OPEN), Ticket.sensitive.is_(False)).order_by(Ticket.id)
    found: dict[int, tuple[Cluster, list[_Waiting]]] = {}
    for cluster, ticket_id, field, lead_id, received_on, identifier, folded in session.execute(query):
        waiting = _Waiting(ticket_id, field, lead_id, received_on, identifier or folded)
        found.setdefault(cluster.id, (cluster, []))[1].append(waiting)
    wanted = [pair for pair in found.values() if _belongs(meeting, pair[1], proposed)]
    return wanted, {waiting.ticket_id for _cluster, members in wanted for waiting in members}


def _belongs(meeting: Meeting, members: list[_Waiting], proposed: set[int]) -> bool:
    if any(waiting.ticket_id in proposed for waiting in members):
        return True
    if meeting.kind == Kind.SECTORAL:
        return any(waiting.lead_id == meeting.chair_id for waiting in members)
    return not meeting.fields or any(waiting.field in meeting.fields for waiting in members)


def _point(
    key: str,
    title: str,
    members: list[_Waiting],
    calendar: WorkCalendar,
    today: date,
    competence: str = "",
) -> Point:
    leads: dict[int | None, int] = defaultdict(int)
    for waiting in members:
        leads[waiting.lead_id] += 1
    lost = sum(calendar.count_working_days(waiting.received_on, today) for waiting in members)
    most = max(leads, key=lambda lead: leads[lead])
    people = len({waiting.who or waiting.ticket_id for waiting in members})
    return Point(key, title, members[0].field, people, lost, competence, most)
