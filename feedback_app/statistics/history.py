"""From the tickets' tables to facts: columns of many tickets at once, never whole objects."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from feedback_app.deadlines.events import ClockEvent
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
from feedback_app.statistics.legs import LegFact, legs_of
from feedback_app.statistics.terms import Rounds, Terms
from feedback_app.tickets.legs import TELLING
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
    TimelineEntry,
)
from feedback_app.tickets.timeline import Entry

Columns = Any  # a row with the columns asked for: its attributes bear their names
Case = tuple[CaseFact, list[LegFact]]
_ENTRIES = TELLING | {Entry.JOINED_PROJECT}
_TICKET = (
    Ticket.id, Ticket.version, Ticket.kind, Ticket.field, Ticket.area, Ticket.clock, Ticket.sensitive, Ticket.round,
    Ticket.received_on, Ticket.due_on, Ticket.closed_on, Ticket.status, Ticket.holder_id, Ticket.lead_id,
    Ticket.profile_id, Ticket.calendar_id,
)  # fmt: skip
_LEG = (
    Assignment.ticket_id, Assignment.agency_id, Assignment.part, Assignment.round, Assignment.started_at,
    Assignment.started_on, Assignment.ended_on, Assignment.due_on, Assignment.rule,
)  # fmt: skip


@dataclass(slots=True)
class Told:
    """What the tables say of one ticket."""

    events: defaultdict[int, list[ClockEvent]] = field(default_factory=lambda: defaultdict(list))
    started_at: dict[int, Any] = field(default_factory=dict)
    answers: dict[int, AnswerRow] = field(default_factory=dict)
    ratings: dict[int, RatingRow] = field(default_factory=dict)
    legs: list[Columns] = field(default_factory=list)
    entries: list[Columns] = field(default_factory=list)
    calendars: list[Columns] = field(default_factory=list)  # entries of changes of the calendar
    concerned: set[str] = field(default_factory=set)


def cases_of(session: Session, terms: Terms, ids: Sequence[int]) -> Iterator[Case]:
    """Yield the cases of those tickets as they stand now, with their legs, in order; ``ids`` ascend."""
    told = _told(session, terms, ids)
    for row in session.execute(select(*_TICKET).where(_among(Ticket.id, ids)).order_by(Ticket.id)):
        yield from _of_one(terms, row, told[row.id])


def _of_one(terms: Terms, row: Columns, told: Told) -> Iterator[Case]:
    ticket = _ticket(terms, row, told)
    rounds = Rounds(terms, row, told)
    history = History(
        told.events, told.answers, told.ratings, _handed(terms, told.legs), rounds.former_dues()
    )
    calendar = terms.calendar(row.calendar_id)
    inspectorate = terms.inspectorate(ticket.received_on)
    for fact in facts_of(ticket, history, calendar, rounds.due_of_past_round, inspectorate):
        held = rounds.held(fact.round, fact.started_on)
        yield fact, legs_of(fact, held, calendar, rounds.counted_for(ticket, inspectorate))


def _ticket(terms: Terms, row: Columns, told: Told) -> TicketRow:
    return TicketRow(
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
        agency=terms.codes.get(_whose(row) or 0),
        area=row.area,
        joined_on=next((terms.day(e.at) for e in told.entries if e.kind == Entry.JOINED_PROJECT), None),
        calendar_id=row.calendar_id,
        concerned=frozenset(told.concerned),
    )


def _whose(row: Columns) -> int | None:
    """Return who has the ticket; of a closed one who led it, since its heirs only keep it."""
    first, then = (row.lead_id, row.holder_id) if row.clock == Clock.CLOSED else (row.holder_id, row.lead_id)
    return first or then


def _told(session: Session, terms: Terms, ids: Sequence[int]) -> defaultdict[int, Told]:
    told: defaultdict[int, Told] = defaultdict(Told)
    clock = select(
        ClockEventRow.ticket_id, ClockEventRow.round, ClockEventRow.kind, ClockEventRow.on, ClockEventRow.days,
        ClockEventRow.note, ClockEventRow.at,
    ).where(_among(ClockEventRow.ticket_id, ids))  # fmt: skip
    for id_, round_, kind, on, days, note, at in session.execute(clock.order_by(ClockEventRow.id)):
        told[id_].events[round_].append(event_of(kind, on, days, note))
        told[id_].started_at.setdefault(round_, at)
    answers = select(Answer.ticket_id, Answer.round, Answer.agency_id, Answer.on, Answer.outcome)
    for id_, round_, agency_id, on, outcome in session.execute(answers.where(_among(Answer.ticket_id, ids))):
        told[id_].answers[round_] = AnswerRow(terms.codes[agency_id], on, outcome)
    ratings = select(Rating.ticket_id, Rating.round, Rating.answered, Rating.solved, Rating.on)
    for id_, round_, answered, solved, on in session.execute(ratings.where(_among(Rating.ticket_id, ids))):
        told[id_].ratings[round_] = RatingRow(answered, solved, on)
    for leg in session.execute(
        select(*_LEG).where(_among(Assignment.ticket_id, ids)).order_by(Assignment.id)
    ):
        told[leg.ticket_id].legs.append(leg)
    for entry in session.execute(_entries(ids)):
        told[entry.ticket_id].entries.append(entry)
    moved = select(TimelineEntry.ticket_id, TimelineEntry.at, TimelineEntry.data).where(
        _among(TimelineEntry.ticket_id, ids), TimelineEntry.kind == Entry.CALENDAR_CHANGED
    )
    for entry in session.execute(moved.order_by(TimelineEntry.id)):
        told[entry.ticket_id].calendars.append(entry)
    concerned = select(ConcernedAgency.ticket_id, ConcernedAgency.agency_id)
    for id_, agency_id in session.execute(concerned.where(_among(ConcernedAgency.ticket_id, ids))):
        told[id_].concerned.add(terms.codes[agency_id])
    return told


def _entries(ids: Sequence[int]) -> Any:
    columns = (TimelineEntry.ticket_id, TimelineEntry.kind, TimelineEntry.at, TimelineEntry.agency_id)
    query = select(*columns).where(_among(TimelineEntry.ticket_id, ids))
    return query.where(TimelineEntry.kind.in_(sorted(_ENTRIES))).order_by(TimelineEntry.id)


def _among(column: InstrumentedAttribute[int], ids: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition for these ids; of an unbroken row of them the two ends will do."""
    if ids and ids[-1] - ids[0] + 1 == len(ids):
        return column.between(ids[0], ids[-1])
    return column.in_(ids)


def _handed(terms: Terms, legs: Iterable[Columns]) -> dict[int, list[Inherited]]:
    """Return, by round, who had the ball until a reorganisation gave the ticket to an heir."""
    rows = [leg for leg in legs if leg.part not in BESIDE]
    found: defaultdict[int, list[Inherited]] = defaultdict(list)
    for place, after in enumerate(rows):
        if after.rule != SUCCESSION:
            continue
        for before in rows[:place]:
            same = (before.part, before.round, before.ended_on) == (after.part, after.round, after.started_on)
            if same:
                found[before.round].append(Inherited(terms.codes[before.agency_id], before.ended_on))
    return found
