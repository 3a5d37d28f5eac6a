"""Open tickets follow their agency: lead, holder, legs and what waits beside them; no clock is touched."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from feedback_app.accounts.models import FunctionHeld
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, outbox
from feedback_app.deadlines.events import EventKind
from feedback_app.reorganisation.heirs import Heirs
from feedback_app.tickets import clocks
from feedback_app.tickets.events import TicketNews
from feedback_app.tickets.lifecycle import Clock
from feedback_app.tickets.models import SUCCESSION, Assignment, ClockEventRow, Ticket
from feedback_app.tickets.services.assigning import decide
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry


@dataclass(frozen=True, slots=True)
class Move:
    """What all moves of one reorganisation have in common."""

    loaded: Loaded
    heirs: Heirs
    code: str
    by_id: int | None
    at: datetime


def move(session: Session, ticket: Ticket, common: Move) -> bool:
    """Bring the ticket to whoever answers for it now; say whether anything had to change.

    An agency that a report concerns never gets it, not even as heir: then it goes where the rules send it.
    """
    heir = _Heir(ticket, common)
    legs = _legs(ticket, heir, common)
    beside = _beside(session, ticket, heir, legs)
    before = (ticket.lead_id, ticket.holder_id)
    ticket.lead_id, ticket.holder_id = heir.of(before[0]), heir.of(before[1])
    if before == (ticket.lead_id, ticket.holder_id):
        return beside or bool(legs)
    was = before[1] if before[1] != ticket.holder_id else before[0]
    _keep_handler(session, ticket, common)
    _transferred(ticket, heir.since(was), common)
    _tell(session, ticket, was, heir.of(was), common)
    return True


class _Heir:
    """Who goes on with this ticket, by the id of the agency that had it."""

    def __init__(self, ticket: Ticket, common: Move) -> None:
        self._ticket, self._common = ticket, common
        self._barred = {row.agency_id for row in ticket.concerned}
        self._known: dict[int, int] = {}

    def of(self, agency_id: int | None) -> int | None:
        if agency_id is None:
            return None
        if agency_id not in self._known:
            self._known[agency_id] = self._find(agency_id)
        return self._known[agency_id]

    def since(self, agency_id: int | None) -> date:
        """Return the first day of the heir, never before the running round began."""
        heir, codes, heirs = self.of(agency_id), self._common.loaded.agency_codes, self._common.heirs
        if agency_id is None or heir is None:
            return heirs.on
        return max(heirs.since(codes[agency_id], codes[heir]), clocks.day_zero(self._ticket))

    def _find(self, agency_id: int) -> int:
        loaded, ticket = self._common.loaded, self._ticket
        code = self._common.heirs.heir(loaded.agency_codes[agency_id], ticket.field, ticket.area)
        if code is not None and loaded.agency_ids[code] not in self._barred:
            return loaded.agency_ids[code]
        return loaded.agency_ids[decide(ticket, loaded, on=self._common.at).lead.code]


def _legs(ticket: Ticket, heir: _Heir, common: Move) -> dict[int, Assignment]:
    """End the running legs of agencies that gave the ticket away, begin those of their heirs on the same day.

    Return the leg that goes on, by the id of the one that ended.
    """
    found: dict[int, Assignment] = {}
    for leg in [leg for leg in ticket.assignments if leg.ended_on is None]:
        heir_id = heir.of(leg.agency_id)
        if heir_id == leg.agency_id:
            continue
        leg.ended_on = max(heir.since(leg.agency_id), leg.started_on)
        found[leg.id] = _next_leg(leg, heir_id, common)
        if not _needless(ticket, found[leg.id], heir):
            ticket.assignments.append(found[leg.id])
    return found


def _needless(ticket: Ticket, leg: Assignment, heir: _Heir) -> bool:
    """Whether a coordinating heir is in it already: as lead, or as coordinating agency."""
    if leg.part != "coordinating":
        return False
    same = (a.agency_id for a in ticket.assignments if a.part == leg.part and a.ended_on is None)
    return leg.agency_id in {heir.of(ticket.lead_id), *same}


def _next_leg(leg: Assignment, heir_id: int | None, common: Move) -> Assignment:
    return Assignment(
        agency_id=heir_id,
        part=leg.part,
        round=leg.round,
        started_at=common.at,
        started_on=leg.ended_on,
        due_on=leg.due_on,
        provisional=leg.provisional,
        rule=leg.rule if leg.rule == "province" else SUCCESSION,
        reason_vi=leg.reason_vi,
        reason_en=leg.reason_en,
        confidence=leg.confidence,
        candidates=leg.candidates,
        by_id=common.by_id,
    )


def _beside(session: Session, ticket: Ticket, heir: _Heir, legs: Mapping[int, Assignment]) -> bool:
    """Hand on what waits for, or comes from, an agency that gave it away: opinions, requests, drafts and the like."""
    changed = False
    for row in _waiting(ticket):
        heir_id = heir.of(row.agency_id)
        changed, row.agency_id = changed or heir_id != row.agency_id, heir_id
    session.flush()  # the new legs have ids now
    for opinion in ticket.opinions:
        if opinion.given_on is None and opinion.leg_id in legs:
            opinion.leg_id = legs[opinion.leg_id].id
    return changed


def _waiting(ticket: Ticket) -> Iterator[Any]:
    yield from (row for row in ticket.opinions if row.given_on is None)
    yield from (row for row in ticket.head_requests if row.verdict is None)
    yield from (row for row in ticket.objections if row.verdict is None)
    yield from (row for row in ticket.consents if row.granted is None)
    yield from (row for row in ticket.drafts if row.state in {"writing", "approving", "returned"})


def _keep_handler(session: Session, ticket: Ticket, common: Move) -> None:
    """Leave the ticket with its handler where that person works in the agency that holds it now."""
    today = clock.local_date(common.at)
    held = select(FunctionHeld.user_id).where(
        FunctionHeld.agency_id == ticket.holder_id,
        FunctionHeld.user_id == ticket.handler_id,
        FunctionHeld.valid_from <= today,
        or_(FunctionHeld.valid_to.is_(None), FunctionHeld.valid_to >= today),
    )
    if session.scalar(held) is None:
        ticket.handler_id = None


def _transferred(ticket: Ticket, day: date, common: Move) -> None:
    """Note the transfer on the clock that runs; it alters no date."""
    if ticket.clock in {Clock.OPEN, Clock.PAUSED}:
        row = ClockEventRow(
            round=ticket.round, kind=EventKind.TRANSFER, on=day, days=None, note="", at=common.at
        )
        ticket.clock_events.append(row)


def _tell(session: Session, ticket: Ticket, was: int | None, heir_id: int | None, common: Move) -> None:
    outbox.publish(session, TicketNews(ticket_id=ticket.id, entry=Entry.MOVED, to="holder"))
    announce(
        session,
        ticket,
        Entry.MOVED,
        "enterprise",
        at=common.at,
        actor_id=common.by_id,
        agency_id=heir_id,
        was=was,
        reorganisation=common.code,
    )
