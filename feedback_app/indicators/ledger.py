"""The indicator ledger: the cases behind the count of a component, a page at a time, as far as a reader may know."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Text, cast, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.packs.indicators import Component, Measure
from feedback_app.statistics.facts import CaseFact
from feedback_app.statistics.figures import DUE_NAMES, deeds_of
from feedback_app.statistics.models import CaseFactRow
from feedback_app.statistics.periods import Period
from feedback_app.statistics.rows import CASE_COLUMNS, case_of
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.queries import open_to_leaders, visible_to

BATCH = 200
START = (0, 0)
SENSITIVE = frozenset(
    {
        Measure.INFORMAL_COST_DUE,
        Measure.INFORMAL_COST_SETTLED_IN_TIME,
        Measure.INSPECTION_REPORTS_DUE,
        Measure.INSPECTION_REPORTS_SETTLED,
    }
)
_ON: dict[Measure, InstrumentedAttribute[date | None]] = {
    Measure.DUE_IN_PERIOD: CaseFactRow.due_on,
    Measure.INFORMAL_COST_DUE: CaseFactRow.due_on,
    Measure.INSPECTION_REPORTS_DUE: CaseFactRow.due_on,
    Measure.ANSWERED: CaseFactRow.answered_on,
    Measure.RATED: CaseFactRow.rated_on,
}

Mark = tuple[int, int]  # ticket id and round after which a page begins


class Which(StrEnum):
    """Which of a component's cases: all, those in the numerator, or the others."""

    ALL = "all"
    NUMERATOR = "numerator"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Asked:
    """Cases of one component; ``agency`` and ``field`` None: of all."""

    component: Component
    which: Which = Which.ALL
    agency: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A case with its ticket's number; ``visible``: the reader may open it."""

    fact: CaseFact
    code: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what the reader may know of, whether anything is kept from them, where the next one begins."""

    rows: list[Named]
    kept_back: bool
    following: Mark | None


def has_cases(component: Component) -> bool:
    """Say whether cases stand behind the component; behind unlinkable answers none do."""
    return component.denominator in _ON


def page(
    session: Session, asked: Asked, actor: Actor, period: Period, today: date, after: Mark, size: int
) -> Page:
    """Return the cases counted in ``period`` as they are known today, ``size`` of them after ``after``."""
    facts: list[CaseFact] = []
    for fact in cases(session, asked, period, today, after):
        facts.append(fact)
        if len(facts) > size:
            break
    rows = named(session, facts[:size], actor)
    following = (facts[size - 1].ticket_id, facts[size - 1].round) if len(facts) > size else None
    return Page(rows, len(rows) < len(facts[:size]), following)


def cases(
    session: Session, asked: Asked, period: Period, today: date, after: Mark = START
) -> Iterator[CaseFact]:
    """Yield the counted cases in order; nothing for unlinkable answers."""
    if not has_cases(asked.component):
        return
    while True:
        batch = _batch(session, asked, period, today, after)
        yield from (fact for fact in batch if _is_asked(fact, asked, period, today))
        if len(batch) < BATCH:
            return
        after = (batch[-1].ticket_id, batch[-1].round)


def named(session: Session, facts: list[CaseFact], actor: Actor) -> list[Named]:
    """Return those of the cases that ``actor`` may know of, in the same order."""
    ids = {fact.ticket_id for fact in facts}
    known = or_(open_to_leaders(actor), visible_to(actor))
    query = select(Ticket.id, Ticket.code, visible_to(actor)).where(Ticket.id.in_(ids), known)
    found = {id_: (code, visible) for id_, code, visible in session.execute(query)}
    return [Named(fact, *found[fact.ticket_id]) for fact in facts if fact.ticket_id in found]


def _batch(session: Session, asked: Asked, period: Period, today: date, after: Mark) -> list[CaseFact]:
    key = tuple_(CaseFactRow.ticket_id, CaseFactRow.round)
    query = select(*CASE_COLUMNS).where(*_conditions(asked, period, today), key > after)
    ordered = query.order_by(CaseFactRow.ticket_id, CaseFactRow.round).limit(BATCH)
    return [case_of(row) for row in session.execute(ordered).mappings()]


def _conditions(asked: Asked, period: Period, today: date) -> Iterator[ColumnElement[bool]]:
    whole = asked.component.denominator
    yield _ON[whole].between(period.first, period.last)
    yield CaseFactRow.sensitive.is_(whole in SENSITIVE)
    if whole in DUE_NAMES:
        yield _ON[whole] < today
    if asked.field:
        yield CaseFactRow.field == asked.field
    if asked.agency:
        handed_over = cast(CaseFactRow.inherited, Text) != "[]"  # whose it was then only the fact can say
        yield or_(CaseFactRow.agency == asked.agency, handed_over)


def is_in_numerator(fact: CaseFact, component: Component, period: Period, today: date) -> bool:
    """Say whether a case of the denominator is in the numerator too."""
    return component.numerator in _counted(fact, period, today)


def _is_asked(fact: CaseFact, asked: Asked, period: Period, today: date) -> bool:
    counted, component = _counted(fact, period, today), asked.component
    if component.denominator not in counted:
        return False
    agency = counted[component.denominator]
    if (fact.sensitive and agency is None) or (asked.agency and agency != asked.agency):
        return False
    inside = component.numerator in counted
    return {Which.ALL: True, Which.NUMERATOR: inside, Which.OTHERS: not inside}[asked.which]


def _counted(fact: CaseFact, period: Period, today: date) -> dict[str, str | None]:
    """Return under which names the case counts in the period, and for which agency."""
    return {
        name: fact.agency_on(day)
        for day, name in deeds_of(fact)
        if period.holds(day) and (day < today or name not in DUE_NAMES)
    }
