"""A new version of the calendar: what it does to open tickets, and the move itself, a batch at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy.orm import Session

from feedback_app.catalogue import editing, packs, store
from feedback_app.catalogue.models import PackVersion
from feedback_app.catalogue.packs.calendar import CalendarPack
from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.core import audit, outbox
from feedback_app.core.errors import Invalid
from feedback_app.deadlines.calendar import WorkCalendar, calendar_of
from feedback_app.deadlines.errors import DeadlineError
from feedback_app.deadlines.events import EventKind
from feedback_app.deadlines.notices import CalendarChange, CalendarRefused, changed
from feedback_app.tickets import clocks, queries
from feedback_app.tickets.events import CalendarChanged, TicketNews
from feedback_app.tickets.histories import Case, portions
from feedback_app.tickets.lifecycle import Clock
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry

OPEN = (Clock.OPEN, Clock.PAUSED)
BATCH = 200
EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Move:
    """One ticket whose due date another calendar moves."""

    code: str
    before: date
    after: date


@dataclass(slots=True)
class Preview:
    """What a change does: how many tickets it moves, which are late at once, which must keep the old calendar."""

    moved: int = 0
    earlier: int = 0
    become_late: int = 0
    kept: int = 0
    examples: list[Move] = field(default_factory=list)

    def add(self, move: Move, today: date) -> None:
        self.moved += 1
        self.earlier += move.after < move.before
        self.become_late += move.after < today <= move.before
        if len(self.examples) < EXAMPLES:
            self.examples.append(move)


def tried(pack: CalendarPack, change: CalendarChange) -> CalendarPack:
    """Return the calendar as it would be, without storing it.

    Raises:
        Invalid: the change contradicts itself or the calendar.
    """
    name = editing.calendar_pack(pack.code)
    return cast("CalendarPack", packs.parse(name, _content(pack, change) | {"version": f"{pack.version}?"}))


def preview(session: Session, pack: CalendarPack, change: CalendarChange, today: date) -> Preview:
    """Return what the calendar ``pack`` would do to the tickets that are open now."""
    found, calendar = Preview(), calendar_of(pack)
    for portion in portions(session, *_open_on_or_after(change)):
        for case in portion:
            try:
                move = _move(session, case, calendar)
            except DeadlineError:
                found.kept += 1
                continue
            if move is not None:
                found.add(move, today)
    return found


def publish(
    session: Session, pack: CalendarPack, change: CalendarChange, *, seen_version: int, by_id: int
) -> PackVersion:
    """Store the calendar as a new version; what it does to open tickets is worked off by the outbox.

    Raises:
        Conflict: somebody changed the calendar meanwhile.
        Invalid: the change contradicts itself or the calendar.
    """
    row = editing.change_calendar(
        session, pack.code, lambda _old: _content(pack, change), seen_version=seen_version, by_id=by_id
    )
    event = CalendarChanged(calendar_id=row.id, document=change.notice.number, by_id=by_id)
    outbox.publish(session, event)
    return row


def move_batch(session: Session, event: CalendarChanged, *, at: datetime) -> None:
    """Move the next tickets to the new calendar, and publish the event anew for those after them.

    A version that is in force no longer moves nothing: the event of the newer one reaches all.
    """
    code = store.current(session).catalogue.calendars[0].code
    if store.current(session).version_ids[editing.calendar_pack(code)] != event.calendar_id:
        return
    calendar = calendar_of(cast("CalendarPack", store.version(session, event.calendar_id)))
    others = (Ticket.clock.in_(OPEN), Ticket.calendar_id != event.calendar_id)
    portion = next(portions(session, *others, after=event.after, size=BATCH), [])
    unmoved = [case.id for case in portion if not _moved(session, case, calendar, event, at)]
    session.execute(update(Ticket).where(Ticket.id.in_(unmoved)).values(calendar_id=event.calendar_id))
    if portion:
        outbox.publish(
            session, CalendarChanged(event.calendar_id, event.document, event.by_id, portion[-1].id)
        )


def _moved(
    session: Session, case: Case, calendar: WorkCalendar, event: CalendarChanged, at: datetime
) -> bool:
    """Say whether the ticket needs no more than the new version's id written beside it: False."""
    try:
        move = _move(session, case, calendar)
    except DeadlineError:  # an extension that would have come too late: the old promise stands
        audit.record(session, "ticket.calendar_kept", at=at, actor_id=event.by_id, subject=case.code)
        return True
    if move is None:
        return False
    ticket = queries.by_id(session, case.id)
    ticket.calendar_id = event.calendar_id
    clocks.record(ticket, EventKind.CALENDAR, at=at, note=event.document)
    clocks.recompute(session, ticket)
    announce(
        session,
        ticket,
        Entry.CALENDAR_CHANGED,
        "enterprise",
        at=at,
        legal=True,
        document=event.document,
        calendar=event.calendar_id,
        before=move.before.isoformat(),
        after=move.after.isoformat(),
    )
    outbox.publish(session, TicketNews(ticket_id=ticket.id, entry=Entry.CALENDAR_CHANGED, to="holder"))
    return True


def _move(session: Session, case: Case, calendar: WorkCalendar) -> Move | None:
    """Return how the due date moves; None if it stays or, under a pause, is not known yet."""
    profile = cast("RegulationProfile", store.version(session, case.profile_id))
    after = case.deadline(profile, calendar).due_on
    if after is None or case.due_on is None or after == case.due_on:
        return None
    return Move(case.code, case.due_on, after)


def _open_on_or_after(change: CalendarChange) -> Iterator[ColumnElement[bool]]:
    """Yield what the tickets have in common that a change can move: a due date before its first day stays."""
    yield Ticket.clock.in_(OPEN)
    if change.switches is None and change.days():
        yield or_(Ticket.due_on >= min(change.days()), Ticket.clock == Clock.PAUSED)


def _content(pack: CalendarPack, change: CalendarChange) -> dict[str, object]:
    try:
        return changed(pack, change)
    except CalendarRefused as error:
        raise Invalid(str(error)) from None
