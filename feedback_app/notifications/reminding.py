"""Telling what reached a rung of the ladder: many tickets at once, each person in their own manner."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only, selectinload

from feedback_app.accounts.models import User
from feedback_app.catalogue import store
from feedback_app.catalogue.packs.agencies import AgencyType
from feedback_app.catalogue.packs.ladder import Delivery, Group
from feedback_app.core import clock
from feedback_app.core.outbox import Payload
from feedback_app.notifications import people, queries, reaching
from feedback_app.notifications.people import Staff
from feedback_app.notifications.reaching import Occasion
from feedback_app.notifications.rules import (
    MOST_SINGLES,
    Address,
    Letter,
    channels_of_account,
    reminder_kind,
)
from feedback_app.notifications.services import Message, dispatch, notify_all
from feedback_app.tickets.lifecycle import Clock
from feedback_app.tickets.loading import ALWAYS, FOR_RULES
from feedback_app.tickets.models import Assignment, Ticket, TimelineEntry

RULES_NEED = (
    Ticket.code,
    Ticket.status,
    Ticket.clock,
    Ticket.round,
    Ticket.sensitive,
    Ticket.hide_identity,
    Ticket.lead_id,
    Ticket.holder_id,
    Ticket.handler_id,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One person who is told of one ticket; ``request``: asked rather than reminded."""

    user: User
    entry: TimelineEntry
    code: str
    is_part: bool
    is_request: bool


def tell(session: Session, payload: Payload) -> None:
    """Tell whom the rung addresses, unless what it is about was answered, paused, ended or disputed meanwhile."""
    entries = session.scalars(
        select(TimelineEntry).where(TimelineEntry.id.in_(payload["entry_ids"])).order_by(TimelineEntry.id)
    ).all()
    groups = [Group(group) for group in payload["groups"]]
    told = list(_whom(session, entries, groups))
    singles = _within_reason(session, told) if payload["delivery"] == Delivery.SINGLE else []
    _write(session, singles)
    by_itself = {(one.user.id, one.entry.id) for one in singles}
    notify_all(session, (_line(one, payload["distance"], by_itself) for one in told))


def _line(
    one: Told, distance: int, by_itself: Collection[tuple[int, int]]
) -> tuple[int, TimelineEntry, str, bool]:
    kind = reminder_kind(distance, is_part=one.is_part, is_request=one.is_request)
    return one.user.id, one.entry, kind, (one.user.id, one.entry.id) not in by_itself


def _whom(session: Session, entries: Sequence[TimelineEntry], groups: Sequence[Group]) -> Iterator[Told]:
    tickets = _tickets(session, {entry.ticket_id for entry in entries})
    named = {entry.agency_id for entry in entries} | {ticket.holder_id for ticket in tickets.values()}
    present = {agency_id for agency_id in named if agency_id is not None}
    staff, central = people.staff(session, present), _central(session, present)
    for entry in entries:
        ticket = tickets[entry.ticket_id]
        if _still_runs(ticket, entry):
            yield from _of_one(staff, ticket, entry, groups, central)


def _of_one(
    staff: Staff,
    ticket: Ticket,
    entry: TimelineEntry,
    groups: Sequence[Group],
    central: frozenset[int],
) -> Iterator[Told]:
    is_part = bool(entry.data["leg"])
    agency_id = entry.agency_id if is_part else ticket.holder_id
    for person in staff.of_reminder(ticket, groups, agency_id, is_part=is_part):
        asked = agency_id in central and agency_id in person.actor.agency_ids()
        yield Told(person.user, entry, ticket.code, is_part, asked)


def _still_runs(ticket: Ticket, entry: TimelineEntry) -> bool:
    if ticket.round != entry.data["round"]:
        return False
    if not entry.data["leg"]:
        return ticket.clock == Clock.OPEN
    leg = next((a for a in ticket.assignments if a.id == entry.data["leg"]), None)
    return leg is not None and _leg_runs(ticket, leg)


def _leg_runs(ticket: Ticket, leg: Assignment) -> bool:
    runs = ticket.clock == Clock.OPEN or (ticket.clock == Clock.PAUSED and leg.part == "opinion")
    return leg.ended_on is None and runs


def _tickets(session: Session, ticket_ids: Iterable[int]) -> dict[int, Ticket]:
    """Return the tickets with what the rules ask of them, texts left where they are."""
    relations = [selectinload(getattr(Ticket, name)) for name in (*ALWAYS, *FOR_RULES)]
    query = select(Ticket).where(Ticket.id.in_(ticket_ids)).options(load_only(*RULES_NEED), *relations)
    return {ticket.id: ticket for ticket in session.scalars(query)}


def _central(session: Session, agency_ids: Iterable[int]) -> frozenset[int]:
    """Return those of the agencies that the province asks and cannot direct."""
    loaded, today = store.current(session), clock.today()
    active = {agency.code: agency.type for agency in loaded.directory.active(today)}
    codes = {agency_id: loaded.agency_codes.get(agency_id, "") for agency_id in agency_ids}
    return frozenset(i for i, code in codes.items() if active.get(code) is AgencyType.CENTRAL_VERTICAL)


def _within_reason(session: Session, told: Sequence[Told]) -> list[Told]:
    """Return those who are told by messages of their own; a flood goes into the mail of the morning instead."""
    written = Counter(queries.singles_today(session, {one.user.id for one in told}))
    kept = []
    for one in told:
        written[one.user.id] += 1
        if written[one.user.id] <= MOST_SINGLES:
            kept.append(one)
    return kept


def _write(session: Session, told: Sequence[Told]) -> None:
    wished, possible = (
        reaching.wishes(session, {one.user.id for one in told}),
        reaching.possible_channels(),
    )
    messages: list[Message] = []
    for one in told:
        data = {"ticket": one.code, "asked": one.is_request}
        occasion = Occasion(str(one.entry.id), Letter.OVERDUE, data, quiet=True)
        address = Address(one.user.email, one.user.phone)
        channels = channels_of_account(wished[one.user.id], address, possible, legal=False)
        messages += [reaching.to_account(occasion, one.user, channel) for channel in channels]
    dispatch(session, messages)
