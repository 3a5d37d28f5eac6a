"""From the tickets' tables to facts: columns of many tickets at once, never whole objects."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from feedback_app.catalogue import store
from feedback_app.catalogue.packs.calendar import CalendarPack
from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.catalogue.store import Loaded
from feedback_app.deadlines.calendar import WorkCalendar, calendar_of
from feedback_app.deadlines.clock import compute
from feedback_app.deadlines.events import ClockEvent, EventKind, first_kind
from feedback_app.deadlines.profiles import due_limit
from feedback_app.deadlines.recorded import event_of
from feedback_app.statistics.facts import (
    AnswerRow,
    CaseFact,
    History,
    Inherited,
    RatingRow,
    TicketRow,
    facts_of,
)
from feedback_app.statistics.models import CaseFactRow
from feedback_app.tickets.beyond import ProjectTicket
from feedback_app.tickets.lifecycle import Clock, Status
from feedback_app.tickets.models import (
    BESIDE,
    SUCCESSION,
    Answer,
    Assignment,
    ClockEventRow,
    ConcernedAgency,
    Rating,
    Ticket,
)


def changed(session: Session, after: int, limit: int) -> Sequence[int]:
    """Return the ids above ``after`` of tickets without facts or changed since theirs were taken, in order."""
    same_round = and_(CaseFactRow.ticket_id == Ticket.id, CaseFactRow.round == Ticket.round)
    outdated = or_(CaseFactRow.ticket_version.is_(None), CaseFactRow.ticket_version != Ticket.version)
    query = select(Ticket.id).outerjoin(CaseFactRow, same_round).where(Ticket.id > after, outdated)
    return session.scalars(query.order_by(Ticket.id).limit(limit)).all()


def facts_for(session: Session, loaded: Loaded, ids: Sequence[int]) -> list[CaseFact]:
    """Return the facts of those tickets as they stand now."""
    told = _histories(session, loaded, ids)
    concerned = _concerned(session, loaded, ids)
    in_projects = set(session.scalars(_in_projects(ids)))
    found: list[CaseFact] = []
    for row in session.execute(select(*_TICKET).where(Ticket.id.in_(ids)).order_by(Ticket.id)):
        ticket = TicketRow(
            id=row.id,
            version=row.version,
            kind=row.kind,
            field=row.field,
            sensitive=row.sensitive,
            round=row.round,
            received_on=row.received_on,
            due_on=row.due_on,
            closed_on=row.closed_on,
            withdrawn=row.status == Status.WITHDRAWN,
            agency=loaded.agency_codes.get(_whose(row) or 0),
            area=row.area,
            in_project=row.id in in_projects,
            concerned=frozenset(concerned[row.id]),
        )
        found += _of_one(session, loaded, ticket, told[row.id].history(), row.profile_id, row.calendar_id)
    return found


_TICKET = (
    Ticket.id,
    Ticket.version,
    Ticket.kind,
    Ticket.field,
    Ticket.area,
    Ticket.clock,
    Ticket.sensitive,
    Ticket.round,
    Ticket.received_on,
    Ticket.due_on,
    Ticket.closed_on,
    Ticket.status,
    Ticket.holder_id,
    Ticket.lead_id,
    Ticket.profile_id,
    Ticket.calendar_id,
)


@dataclass
class _Told:
    events: defaultdict[int, list[ClockEvent]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[int, AnswerRow] = field(default_factory=dict)
    ratings: dict[int, RatingRow] = field(default_factory=dict)
    handed: defaultdict[int, list[Inherited]] = field(default_factory=lambda: defaultdict(list))

    def history(self) -> History:
        return History(self.events, self.answers, self.ratings, self.handed)


def _whose(row: Any) -> int | None:
    """Return who has the ticket; of a closed one who led it, since its heirs only keep it."""
    first, then = (row.lead_id, row.holder_id) if row.clock == Clock.CLOSED else (row.holder_id, row.lead_id)
    return first or then


def _of_one(
    session: Session, loaded: Loaded, ticket: TicketRow, history: History, profile_id: int, calendar_id: int
) -> list[CaseFact]:
    calendar = calendar_of(cast("CalendarPack", store.version(session, calendar_id)))

    def due_of_past_round(events: Sequence[ClockEvent]) -> date | None:
        profile = cast("RegulationProfile", store.version(session, profile_id))
        return _due(profile, ticket.kind, events, calendar)

    inspectorate = loaded.directory.inspectorate(ticket.received_on).code
    return facts_of(ticket, history, calendar, due_of_past_round, inspectorate)


def _due(
    profile: RegulationProfile, kind: str, events: Sequence[ClockEvent], calendar: WorkCalendar
) -> date | None:
    """Return the due date that the clock events of one round lead to."""
    began = next(event.on for event in events if event.kind is EventKind.START)
    limit = due_limit(profile, first_kind(events, kind), began)
    return compute(limit, began, events, calendar).due_on


def _histories(session: Session, loaded: Loaded, ids: Sequence[int]) -> dict[int, _Told]:
    told: defaultdict[int, _Told] = defaultdict(_Told)
    clock = select(
        ClockEventRow.ticket_id, ClockEventRow.round,
        ClockEventRow.kind, ClockEventRow.on, ClockEventRow.days, ClockEventRow.note,
    )  # fmt: skip
    for id_, round_, kind, on, days, note in session.execute(
        clock.where(ClockEventRow.ticket_id.in_(ids)).order_by(ClockEventRow.id)
    ):
        told[id_].events[round_].append(event_of(kind, on, days, note))
    answers = select(Answer.ticket_id, Answer.round, Answer.agency_id, Answer.on)
    for id_, round_, agency_id, on in session.execute(answers.where(Answer.ticket_id.in_(ids))):
        told[id_].answers[round_] = AnswerRow(loaded.agency_codes[agency_id], on)
    ratings = select(Rating.ticket_id, Rating.round, Rating.answered, Rating.solved, Rating.on)
    for id_, round_, answered, solved, on in session.execute(ratings.where(Rating.ticket_id.in_(ids))):
        told[id_].ratings[round_] = RatingRow(answered, solved, on)
    for id_, round_, agency_id, ended_on in session.execute(_handed_over(ids)):
        told[id_].handed[round_].append(Inherited(loaded.agency_codes[agency_id], ended_on))
    return told


def _in_projects(ids: Sequence[int]) -> Select[int]:
    """Return the query for those that belong to a project dossier."""
    return select(ProjectTicket.ticket_id).where(ProjectTicket.ticket_id.in_(ids))


def _handed_over(ids: Sequence[int]) -> Select[int, int, int, Any]:
    """Return the query for the legs that had the ball until a reorganisation gave the ticket to an heir."""
    before, after = aliased(Assignment), aliased(Assignment)
    follows = exists().where(
        after.ticket_id == before.ticket_id,
        after.part == before.part,
        after.round == before.round,
        after.rule == SUCCESSION,
        after.started_on == before.ended_on,
        after.id > before.id,
    )
    columns = (before.ticket_id, before.round, before.agency_id, before.ended_on)
    query = select(*columns).where(before.ticket_id.in_(ids), before.part.not_in(BESIDE), follows)
    return query.order_by(before.id)


def _concerned(session: Session, loaded: Loaded, ids: Iterable[int]) -> defaultdict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    query = select(ConcernedAgency.ticket_id, ConcernedAgency.agency_id)
    for ticket_id, agency_id in session.execute(query.where(ConcernedAgency.ticket_id.in_(ids))):
        found[ticket_id].add(loaded.agency_codes[agency_id])
    return found
