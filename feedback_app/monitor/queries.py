"""Reads of the monitor: the rounds to be looked at, what was found, the tickets behind a rate."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.deadlines.events import EventKind
from feedback_app.monitor.models import SignalCase, SignalCount, SignalMark
from feedback_app.monitor.rules import Given, Looking, Seen, Signal, copies_of, plain
from feedback_app.statistics.models import CaseFactRow
from feedback_app.statistics.rows import CASE_COLUMNS, case_of
from feedback_app.tickets.beyond import ClusterTicket
from feedback_app.tickets.models import Answer, ClockEventRow, Ticket, TimelineEntry
from feedback_app.tickets.queries import open_to_leaders, visible_to
from feedback_app.tickets.timeline import Entry

BATCH = 5_000
ONE = 1
Moves = dict[int, list[tuple[str, date]]]  # ticket id → agency and day


@dataclass(frozen=True, slots=True)
class Behind:
    """A ticket behind a rate; ``visible``: the reader may open it."""

    id: int
    code: str
    field: str
    round: int
    visible: bool


def mark(session: Session) -> SignalMark | None:
    """Return over which days it was looked last; None: never yet."""
    return session.get(SignalMark, ONE)


def counts(session: Session) -> dict[Signal, dict[str, tuple[int, int]]]:
    """Return hits and number of rounds of each agency, by signal, as found last."""
    found: dict[Signal, dict[str, tuple[int, int]]] = {signal: {} for signal in Signal}
    query = select(SignalCount.signal, SignalCount.agency, SignalCount.hits, SignalCount.n)
    for signal, agency, hits, n in session.execute(query):
        found[Signal(signal)][agency] = (hits, n)
    return found


def cases(
    session: Session, actor: Actor, signal: Signal, agency: str, *, after: int = 0, size: int = 50
) -> list[Behind]:
    """Return the tickets behind a rate that the reader may know of, those found first first."""
    query = (
        select(SignalCase.id, Ticket.code, Ticket.field, SignalCase.round, visible_to(actor))
        .join(Ticket, Ticket.id == SignalCase.ticket_id)
        .where(SignalCase.signal == signal, SignalCase.agency == agency, SignalCase.id > after)
        .where(or_(open_to_leaders(actor), visible_to(actor)))
    )
    rows = session.execute(query.order_by(SignalCase.id).limit(size))
    return [Behind(*row) for row in rows]


def rounds(session: Session, loaded: Loaded, looking: Looking) -> Iterator[Seen]:
    """Yield the rounds to which a signal can apply, with what is asked of them; no sensitive report, no project's."""
    returned, moved = _returned(session, loaded, looking), _moved(session, loaded, looking)
    digests = _digests(session, looking)
    copied = copies_of(digests.values())
    for row in session.execute(_asked(looking, {*returned, *moved})).mappings():
        fact = case_of({column.name: row[column.name] for column in CASE_COLUMNS})
        copies = copied[digests[row["answer_id"]]] if row["answer_id"] in digests else 1
        yield Seen(
            fact,
            _given(row, copies),
            tuple(pair for pair in returned.get(fact.ticket_id, ()) if _within(fact, pair[1])),
            tuple(pair for pair in moved.get(fact.ticket_id, ()) if _within(fact, pair[1])),
        )


def _within(fact: Any, day: date) -> bool:
    return bool(fact.started_on <= day and (fact.ended_on is None or day <= fact.ended_on))


def _asked(looking: Looking, others: Iterable[int]) -> Any:
    """Return the query for rounds that were answered or paused in the window, and those of the tickets ``others``."""
    paused = select(ClockEventRow.ticket_id).where(
        ClockEventRow.kind == EventKind.PAUSE, ClockEventRow.on.between(looking.first, looking.last)
    )
    answered = CaseFactRow.answered_on.between(looking.first, looking.last)
    open_now = and_(CaseFactRow.ended_on.is_(None), CaseFactRow.ticket_id.in_(paused))
    wanted = or_(answered, open_now, CaseFactRow.ticket_id.in_(sorted(others)))
    join = and_(Answer.ticket_id == CaseFactRow.ticket_id, Answer.round == CaseFactRow.round)
    columns = (
        Answer.id.label("answer_id"),
        Answer.at.label("answer_at"),
        Answer.text.label("answer_text"),
        Answer.legal_refs,
        Answer.letter_number,
    )
    query = select(*CASE_COLUMNS, *columns).outerjoin(Answer, join)
    quiet = CaseFactRow.sensitive.is_(False), CaseFactRow.joined_on.is_(None)
    return query.where(wanted, *quiet).execution_options(yield_per=BATCH)


def _given(row: Mapping[Any, Any], copies: int) -> Given | None:
    if row["answer_id"] is None:
        return None
    references = bool(row["legal_refs"].strip() or row["letter_number"].strip())
    return Given(
        row["answer_at"].astimezone(clock.LOCAL), len(row["answer_text"].strip()), copies, references
    )


def _digests(session: Session, looking: Looking) -> dict[int, tuple[str, int]]:
    """Return agency and digest of the text of each answer of the window that is no common answer of a cluster."""
    query = (
        select(Answer.id, Answer.agency_id, Answer.text)
        .where(Answer.on.between(looking.first, looking.last))
        .where(Answer.ticket_id.not_in(select(ClusterTicket.ticket_id)))
        .execution_options(yield_per=BATCH)
    )
    return {
        answer_id: (str(agency_id), hash(plain(text)))
        for answer_id, agency_id, text in session.execute(query)
    }


def _returned(session: Session, loaded: Loaded, looking: Looking) -> Moves:
    found: Moves = defaultdict(list)
    for entry in _entries(session, looking, Entry.RETURNED):
        if entry.agency_id is not None:
            code = loaded.agency_codes[entry.agency_id]
            found[entry.ticket_id].append((code, clock.local_date(entry.at)))
    return found


def _moved(session: Session, loaded: Loaded, looking: Looking) -> Moves:
    """Return which agency led a ticket when its kind got a longer limit."""
    found: Moves = defaultdict(list)
    for entry in _entries(session, looking, Entry.RECLASSIFIED):
        before, after = entry.data.get("before"), entry.data.get("after")
        if entry.lead_id is not None and before and after and before < after:
            found[entry.ticket_id].append((loaded.agency_codes[entry.lead_id], clock.local_date(entry.at)))
    return found


def _entries(session: Session, looking: Looking, kind: Entry) -> Iterable[Any]:
    since = datetime.combine(looking.first, time(), clock.LOCAL)
    until = datetime.combine(looking.last + timedelta(days=1), time(), clock.LOCAL)
    line = TimelineEntry
    query = select(line.ticket_id, line.agency_id, line.at, line.data, Ticket.lead_id)
    query = query.join(Ticket, Ticket.id == line.ticket_id).where(Ticket.sensitive.is_(False))
    return session.execute(query.where(line.kind == kind, line.at >= since, line.at < until))
