"""Reads on corrections, and the dry run of a rule; always within what the reader may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, not_, or_, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.packs.routing import Rule
from feedback_app.catalogue.store import Loaded
from feedback_app.routing.matter import Matter
from feedback_app.routing.trial import Trial
from feedback_app.sorting.models import RoutingProposal, State
from feedback_app.sorting.rules import Condition
from feedback_app.tickets.models import Assignment, Ticket
from feedback_app.tickets.queries import visible_to

WINDOW = timedelta(days=90)
MOST_TRIED = 2000  # tickets of one field in the window: newest first; that more were left out is said
EXAMPLES = 5
_SAMPLE = 300
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Likeness:
    """What makes corrections alike: the field, from whom, to whom."""

    field: str
    was_id: int
    lead_id: int


@dataclass(frozen=True, slots=True)
class Group:
    """Corrections that are alike; ``support`` counts the tickets behind them."""

    key: Likeness
    support: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction with the ticket it comes from."""

    proposal: RoutingProposal
    code: str
    title: str
    body: str

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.body}"


@dataclass(frozen=True, slots=True)
class Example:
    """A ticket that the rule would have given to another agency; ``agrees``: there it is (or its heir is) the lead."""

    code: str
    title: str
    was: str
    now: str
    went: str | None
    agrees: bool


@dataclass(slots=True)
class Outcome:
    """What the rule would have changed in the window; ``whole`` is False where only the newest were tried."""

    since: date
    tried: int = 0
    whole: bool = True
    changed: int = 0
    agreeing: int = 0
    examples: list[Example] = kept(default_factory=list)


def groups(session: Session, actor: Actor) -> list[Group]:
    """Return the proposals that wait, by likeness, the best supported first."""
    row = RoutingProposal
    support = func.count(row.ticket_id.distinct())
    query = (
        select(row.field, row.was_id, row.lead_id, support, func.max(row.at))
        .join(Ticket, Ticket.id == row.ticket_id)
        .where(row.state == State.PROPOSED, _within_reach(actor))
        .group_by(row.field, row.was_id, row.lead_id)
        .order_by(support.desc(), func.max(row.at).desc())
    )
    return [Group(Likeness(f, w, to), n, at) for f, w, to, n, at in session.execute(query)]


def corrections(session: Session, actor: Actor, key: Likeness, size: int = 50) -> list[Correction]:
    """Return the waiting corrections of one group, newest first."""
    row = RoutingProposal
    query = (
        select(row, Ticket.code, Ticket.title, Ticket.body)
        .join(Ticket, Ticket.id == row.ticket_id)
        .where(alike(key), _within_reach(actor))
        .order_by(row.id.desc())
        .limit(size)
    )
    return [Correction(*found) for found in session.execute(query)]


def alike(key: Likeness) -> ColumnElement[bool]:
    """Return the condition that a proposal waits and belongs to the group."""
    row = RoutingProposal
    return and_(
        row.state == State.PROPOSED,
        row.field == key.field,
        row.was_id == key.was_id,
        row.lead_id == key.lead_id,
    )


def other_texts(session: Session, actor: Actor, key: Likeness, today: date) -> Sequence[str]:
    """Return texts of the field that did not go to the group's agency: what its words must not fit."""
    elsewhere = or_(Ticket.lead_id.is_(None), Ticket.lead_id != key.lead_id)
    query = (
        select(Ticket.title + "\n" + Ticket.body)
        .where(
            _within_reach(actor), Ticket.field == key.field, elsewhere, Ticket.received_on > today - WINDOW
        )
        .order_by(Ticket.id.desc())
        .limit(_SAMPLE)
    )
    return session.scalars(query).all()


def dry_run(
    session: Session, actor: Actor, condition: Condition, rule: Rule, loaded: Loaded, today: date
) -> Outcome:
    """Try the rule on the tickets of the last 90 days: whom it would give them, against whom routing chose then."""
    trial, outcome = Trial(rule, loaded.catalogue), Outcome(today - WINDOW)
    for row, was in _tickets(session, actor, condition, today):
        outcome.tried += 1
        lead = trial.lead(_matter(row), row.received_on)
        if lead is None or was is None or lead.code == was:
            continue
        went = loaded.agency_codes.get(row.lead_id or 0)
        heir = loaded.directory.resolve(lead.code, today, row.field, row.area).code
        agrees = went in {lead.code, heir}
        _count(outcome, Example(row.code, row.title, was, lead.code, went, agrees))
    outcome.whole = outcome.tried < MOST_TRIED
    return outcome


def _count(outcome: Outcome, example: Example) -> None:
    outcome.changed += 1
    outcome.agreeing += example.agrees
    shown = sum(e.agrees == example.agrees for e in outcome.examples)
    if shown < EXAMPLES:
        outcome.examples.append(example)


def _tickets(
    session: Session, actor: Actor, condition: Condition, today: date
) -> Iterator[tuple[Ticket, str | None]]:
    """Yield the tickets that the facts of the condition fit, newest first, with whom routing chose at first."""
    query = (
        select(Ticket, _first_thought())
        .where(_within_reach(actor), _fitting(condition), Ticket.received_on > today - WINDOW)
        .order_by(Ticket.received_on.desc(), Ticket.id.desc())
        .limit(MOST_TRIED)
        .execution_options(yield_per=_BATCH)
    )
    for ticket, thought in session.execute(query):
        best = (thought or {}).get("best_first") or []
        yield ticket, best[0]["code"] if best else None
        session.expunge(ticket)


def _first_thought() -> ScalarSelect[dict[str, Any]]:
    first = (
        select(func.min(Assignment.id))
        .where(Assignment.ticket_id == Ticket.id, Assignment.part.in_(("lead", "triage")))
        .correlate(Ticket)
        .scalar_subquery()
    )
    leg = select(Assignment.candidates).where(Assignment.id == first)
    return leg.correlate(Ticket).scalar_subquery()


def _fitting(condition: Condition) -> ColumnElement[bool]:
    """Return the facts of the condition as SQL; an area may also stand in the text, words are looked for there."""
    facts = [Ticket.field == condition.field, Ticket.kind.in_(condition.kinds)]
    if condition.procedure:
        facts.append(Ticket.procedure == condition.procedure)
    if condition.area:
        facts.append(or_(Ticket.area == condition.area, Ticket.area.is_(None)))
    return and_(*facts)


def _within_reach(actor: Actor) -> ColumnElement[bool]:
    """Rules are learned from and tried on ordinary tickets alone: a sensitive report never leaves its holder."""
    return and_(visible_to(actor), not_(Ticket.sensitive))


def _matter(ticket: Ticket) -> Matter:
    return Matter(
        kind=ticket.kind,
        field=ticket.field,
        procedure=ticket.procedure,
        area=ticket.area,
        text=f"{ticket.title}\n{ticket.body}",
    )
