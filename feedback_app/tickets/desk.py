"""The queue: which open tickets wait for whom, by due date. Only the columns that a list shows are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, text, true, tuple_
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.accounts.models import User
from feedback_app.core.text import fold
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.deadlines.standing import DUE_SOON, Category
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Filer, Ticket
from feedback_app.tickets.policy import COORDINATING_OFFICES, HANDLING
from feedback_app.tickets.queries import coordinated_by, filer_known_to, visible_to

PAGE = 50
# written out, not bound: only so do both databases see that the partial indexes fit
OPEN = text("ticket.clock IN ('open', 'paused')")
OVER = text("ticket.clock IN ('answered', 'closed')")
RUNNING = text("ticket.clock = 'open'")
PAUSED = text("ticket.clock = 'paused'")
UNCLAIMED = (Status.TRIAGE, Status.ASSIGNED, Status.REVIEW)


class View(StrEnum):
    """The parts of a queue; the last two are for the coordinating offices."""

    AGENCY = "agency"
    MINE = "mine"
    UNCLAIMED = "unclaimed"
    COORDINATING = "coordinating"
    DONE = "done"
    TRIAGE = "triage"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Key:
    """Where a page ended: clock category, date and id of its last row."""

    clock: str
    on: date
    id: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """The categories of a queue as dates: late before ``today``, due soon through ``soon_until``."""

    today: date
    soon_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for; ``after`` is where the page before ended."""

    view: View = View.AGENCY
    category: Category | None = None
    words: str = ""
    field: str = ""
    holder_id: int | None = None  # the agency that has the ball
    after: Key | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue; ``firm`` is ``None`` where this reader must not know who filed."""

    id: int
    code: str
    title: str
    kind: str
    field: str
    status: str
    clock: str
    received_on: date
    due_on: date | None
    due_estimated: bool
    answered_on: date | None
    holder_id: int | None
    hide_identity: bool
    handler: str | None
    firm: str | None

    @property
    def key(self) -> Key:
        return Key(self.clock, self.due_on or self.received_on, self.id)


@dataclass(frozen=True, slots=True)
class Page:
    rows: Sequence[Row]
    next: Key | None


def bounds(today: date, calendar: WorkCalendar) -> Bounds:
    """Return the dates between the categories, once for a whole page."""
    return Bounds(today, calendar.add_working_days(today, DUE_SOON + 1) - timedelta(days=1))


def views_of(actor: Actor) -> tuple[View, ...]:
    """Return the parts of the queue that this reader has."""
    if actor.holds(*COORDINATING_OFFICES):
        return tuple(View)
    return tuple(view for view in View if view not in {View.TRIAGE, View.PROVINCE})


def page(session: Session, actor: Actor, wanted: Wanted, within: Bounds, size: int = PAGE) -> Page:
    """Return a page of the queue, the most urgent first, paused tickets last (done ones newest first)."""
    query = _rows(actor, wanted).limit(size + 1)
    query = _newest_first(query, wanted) if wanted.view is View.DONE else _by_due_date(query, wanted, within)
    rows = [Row(*row) for row in session.execute(query)]
    more = len(rows) > size
    return Page(rows[:size], _key(rows[size - 1], wanted) if more else None)


def tally(session: Session, actor: Actor, wanted: Wanted, within: Bounds) -> dict[Category, int]:
    """Return how many tickets of the view stand in each category, in the order of urgency."""
    kinds = (Category.LATE, Category.DUE_SOON, Category.IN_TIME, Category.WAITING)
    counts = [func.count().filter(in_category(kind, within)) for kind in kinds]
    query = select(*counts).select_from(Ticket).where(_scope(actor, wanted), _matching(actor, wanted))
    return dict(zip(kinds, session.execute(query).one(), strict=True))


def sizes(session: Session, actor: Actor) -> dict[View, int]:
    """Return how many open tickets the parts of the agency's own queue hold, in one statement."""
    conditions = {
        View.AGENCY: true(),
        View.MINE: Ticket.handler_id == actor.user_id,
        View.UNCLAIMED: _unclaimed(),
        View.TRIAGE: Ticket.status == Status.TRIAGE,
    }
    counts = [func.count().filter(condition) for condition in conditions.values()]
    query = select(*counts).select_from(Ticket).where(_scope(actor, Wanted()))
    return dict(zip(conditions, session.execute(query).one(), strict=True))


def _rows(actor: Actor, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """Select the columns of a row; a name that this reader must not know is never read."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Ticket.id,
            Ticket.code,
            Ticket.title,
            Ticket.kind,
            Ticket.field,
            Ticket.status,
            Ticket.clock,
            Ticket.received_on,
            Ticket.due_on,
            Ticket.due_estimated,
            Ticket.answered_on,
            Ticket.holder_id,
            Ticket.hide_identity,
            User.name,
            Filer.name.label("firm"),
        )
        .select_from(Ticket)
        .outerjoin(User, User.id == Ticket.handler_id)
        .outerjoin(Filer, and_(Filer.ticket_id == Ticket.id, filer_known_to(actor)))
        .where(_scope(actor, wanted), _matching(actor, wanted))
    )
    return query


def _scope(actor: Actor, wanted: Wanted) -> ColumnElement[bool]:
    """Return which tickets belong to the view, always within what the reader may see."""
    own = actor.agency_ids(HANDLING)
    if not own or wanted.view not in views_of(actor):
        return false()
    held = Ticket.holder_id.in_(own)
    conditions: dict[View, ColumnElement[bool]] = {
        View.AGENCY: held,
        View.MINE: and_(held, Ticket.handler_id == actor.user_id),
        View.UNCLAIMED: and_(held, _unclaimed()),
        View.COORDINATING: coordinated_by(own),
        View.DONE: Ticket.lead_id.in_(own),
        View.TRIAGE: and_(held, Ticket.status == Status.TRIAGE),
        View.PROVINCE: true(),
    }
    state = OVER if wanted.view is View.DONE else OPEN
    return and_(state, conditions[wanted.view], visible_to(actor))


def _unclaimed() -> ColumnElement[bool]:
    return and_(Ticket.handler_id.is_(None), Ticket.status.in_(UNCLAIMED))


def _matching(actor: Actor, wanted: Wanted) -> ColumnElement[bool]:
    conditions = [_mentions(actor, word) for word in fold(wanted.words).split()]
    if wanted.field:
        conditions.append(Ticket.field == wanted.field)
    if wanted.holder_id is not None:
        conditions.append(Ticket.holder_id == wanted.holder_id)
    return and_(true(), *conditions)


def _mentions(actor: Actor, word: str) -> ColumnElement[bool]:
    """Return the condition that the ticket has the word, or its filer, where this reader may know who filed."""
    named = Filer.folded.contains(word, autoescape=True)
    filed_by = exists().where(Filer.ticket_id == Ticket.id, named).correlate(Ticket)
    return or_(Ticket.folded.contains(word, autoescape=True), and_(filer_known_to(actor), filed_by))


def in_category(category: Category, within: Bounds) -> ColumnElement[bool]:
    """Return the condition that an open ticket stands in the category; none stands in ``done``."""
    match category:
        case Category.LATE:
            return and_(RUNNING, Ticket.due_on < within.today)
        case Category.DUE_SOON:
            return and_(RUNNING, Ticket.due_on.between(within.today, within.soon_until))
        case Category.IN_TIME:
            return and_(RUNNING, Ticket.due_on > within.soon_until)
        case Category.WAITING:
            return or_(PAUSED, and_(RUNNING, Ticket.due_on.is_(None)))
        case Category.DONE:
            return false()


def _by_due_date(query: Select[*tuple[Any, ...]], wanted: Wanted, within: Bounds) -> Select[*tuple[Any, ...]]:
    place = tuple_(Ticket.clock, Ticket.due_on, Ticket.id)
    if wanted.category is not None:
        query = query.where(in_category(wanted.category, within))
    if wanted.after is not None:
        query = query.where(place > (wanted.after.clock, wanted.after.on, wanted.after.id))
    return query.order_by(Ticket.clock, Ticket.due_on, Ticket.id)


def _newest_first(query: Select[*tuple[Any, ...]], wanted: Wanted) -> Select[*tuple[Any, ...]]:
    place = tuple_(Ticket.received_on, Ticket.id)
    if wanted.after is not None:
        query = query.where(place < (wanted.after.on, wanted.after.id))
    return query.order_by(Ticket.received_on.desc(), Ticket.id.desc())


def _key(last: Row, wanted: Wanted) -> Key:
    return Key(last.clock, last.received_on, last.id) if wanted.view is View.DONE else last.key
