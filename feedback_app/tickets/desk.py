"""The queue: which open tickets wait for whom, by due date. Only the columns that a list shows are read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, text, true, tuple_
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.accounts.models import User
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.deadlines.standing import DUE_SOON, Category
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Filer, Ticket
from feedback_app.tickets.narrowing import Filters, narrowed, waiting_for
from feedback_app.tickets.policy import COORDINATING_OFFICES, HANDLING
from feedback_app.tickets.queries import concerns, coordinated_by, filer_known_to, visible_to

PAGE = 50
# written out, not bound: only so do both databases see that the partial indexes fit
OPEN = text("ticket.clock IN ('open', 'paused')")
OVER = text("ticket.clock IN ('answered', 'closed')")
RUNNING = text("ticket.clock = 'open'")
PAUSED = text("ticket.clock = 'paused'")
UNCLAIMED = (Status.TRIAGE, Status.ASSIGNED, Status.REVIEW)
URGENCY = (Category.LATE, Category.DUE_SOON, Category.IN_TIME, Category.WAITING)


class View(StrEnum):
    """The parts of a queue; the last two are for the coordinating offices."""

    AGENCY = "agency"
    MINE = "mine"
    WAITING = "waiting"
    UNCLAIMED = "unclaimed"
    COORDINATING = "coordinating"
    DONE = "done"
    TRIAGE = "triage"
    PROVINCE = "province"


HELD = frozenset({View.AGENCY, View.MINE, View.UNCLAIMED, View.TRIAGE})  # what the reader's own agency has


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
class Wanted(Filters):
    """What is looked for; ``after`` is where the page before ended."""

    view: View = View.AGENCY
    category: Category | None = None
    after: Key | None = None

    @property
    def clocks(self) -> tuple[str, ...]:
        """Return the clock categories of which the part consists."""
        return ("answered", "closed") if self.view is View.DONE else ("open", "paused")


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
    version: int
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


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the queue; of all that it lists how many stand in each category; what the own queue's parts hold."""

    page: Page
    tally: dict[Category, int]  # in the order of urgency
    sizes: dict[View, int]


def listed(session: Session, actor: Actor, wanted: Wanted, within: Bounds) -> Listed:
    """Return a page of the queue with its counts; tickets that are done stand in no category."""
    among = _among(session, actor, wanted)
    held, own = _own_queue(session, actor, within)
    unfiltered = wanted == Wanted(category=wanted.category, after=wanted.after)
    tally = own if unfiltered else _tally(session, wanted, within, among)
    return Listed(_page(session, actor, wanted, within, among, PAGE), tally, held)


def page(session: Session, actor: Actor, wanted: Wanted, within: Bounds, size: int = PAGE) -> Page:
    """Return a page of the queue, the most urgent first, paused tickets last (done ones newest first)."""
    return _page(session, actor, wanted, within, _among(session, actor, wanted), size)


def tally(session: Session, actor: Actor, wanted: Wanted, within: Bounds) -> dict[Category, int]:
    """Return how many tickets of the part, as narrowed, stand in each category, in the order of urgency."""
    return _tally(session, wanted, within, _among(session, actor, wanted))


def _own_queue(session: Session, actor: Actor, within: Bounds) -> tuple[dict[View, int], dict[Category, int]]:
    """Count all that the agency holds once: by part of the queue, and by category."""
    parts = {
        View.AGENCY: true(),
        View.MINE: Ticket.handler_id == actor.user_id,
        View.UNCLAIMED: _unclaimed(),
        View.TRIAGE: Ticket.status == Status.TRIAGE,
    }
    categories = {kind: in_category(kind, within) for kind in URGENCY}
    counts = [func.count().filter(condition) for condition in (*parts.values(), *categories.values())]
    query = select(*counts).select_from(Ticket).where(_scope(session, actor, View.AGENCY))
    found = session.execute(query).one()
    waiting = select(func.count()).select_from(Ticket).where(_scope(session, actor, View.WAITING))
    held = dict(zip(parts, found, strict=False)) | {View.WAITING: session.scalar(waiting) or 0}
    return held, dict(zip(categories, found[len(parts) :], strict=True))


def _page(
    session: Session, actor: Actor, wanted: Wanted, within: Bounds, among: ColumnElement[bool], size: int
) -> Page:
    query = _rows(actor).where(among).limit(size + 1)
    query = _newest_first(query, wanted) if wanted.view is View.DONE else _by_due_date(query, wanted, within)
    rows = [Row(*row) for row in session.execute(query)]
    more = len(rows) > size
    return Page(rows[:size], _key(rows[size - 1], wanted) if more else None)


def _tally(
    session: Session, wanted: Wanted, within: Bounds, among: ColumnElement[bool]
) -> dict[Category, int]:
    if wanted.view is View.DONE:
        return dict.fromkeys(URGENCY, 0)
    counts = [func.count().filter(in_category(kind, within)) for kind in URGENCY]
    query = select(*counts).select_from(Ticket).where(among)
    return dict(zip(URGENCY, session.execute(query).one(), strict=True))


def _among(session: Session, actor: Actor, wanted: Wanted) -> ColumnElement[bool]:
    """Return the condition of the part and of all that narrows it, built once for rows and counts."""
    return and_(_scope(session, actor, wanted.view), narrowed(session, actor, wanted, wanted.clocks))


def _rows(actor: Actor) -> Select[*tuple[Any, ...]]:
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
            Ticket.version,
            User.name,
            Filer.name.label("firm"),
        )
        .select_from(Ticket)
        .outerjoin(User, User.id == Ticket.handler_id)
        .outerjoin(Filer, and_(Filer.ticket_id == Ticket.id, filer_known_to(actor)))
    )
    return query


def _scope(session: Session, actor: Actor, view: View) -> ColumnElement[bool]:
    """Return which tickets belong to the part, always within what the reader may see."""
    own = actor.agency_ids(HANDLING)
    if not own or view not in views_of(actor):
        return false()
    state = OVER if view is View.DONE else OPEN
    # who holds a ticket sees it, unless it is about the reader's agency: the rest of the condition would cost, not tell
    seen = ~concerns(actor.agency_ids()) if view in HELD else visible_to(actor)
    return and_(state, _part(session, actor, view, own), seen)


def _part(session: Session, actor: Actor, view: View, own: frozenset[int]) -> ColumnElement[bool]:
    held = Ticket.holder_id.in_(own)
    parts: dict[View, Callable[[], ColumnElement[bool]]] = {  # a condition costs more to build than to run
        View.AGENCY: lambda: held,
        View.MINE: lambda: and_(held, Ticket.handler_id == actor.user_id),
        View.UNCLAIMED: lambda: and_(held, _unclaimed()),
        View.WAITING: lambda: waiting_for(session, actor),
        View.COORDINATING: lambda: coordinated_by(own),
        View.DONE: lambda: Ticket.lead_id.in_(own),
        View.TRIAGE: lambda: and_(held, Ticket.status == Status.TRIAGE),
        View.PROVINCE: true,
    }
    return parts[view]()


def _unclaimed() -> ColumnElement[bool]:
    return and_(Ticket.handler_id.is_(None), Ticket.status.in_(UNCLAIMED))


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


def rows_of(session: Session, actor: Actor, ids: Sequence[int]) -> list[Row]:
    """Return the rows of those tickets that the reader may see, in the order of ``ids``."""
    query = _rows(actor).where(Ticket.id.in_(ids), visible_to(actor))
    rows = {row.id: row for row in (Row(*found) for found in session.execute(query))}
    return [rows[id_] for id_ in ids if id_ in rows]
