"""Whose day is which: the legs of the running round as clocks of their own."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.core.clock import local_date
from feedback_app.deadlines import standing
from feedback_app.deadlines.clock import Deadline
from feedback_app.deadlines.standing import Assignment as Held
from feedback_app.deadlines.standing import Leg
from feedback_app.tickets.models import BESIDE, Ticket
from feedback_app.tickets.timeline import Entry

CAME_BACK = frozenset({Entry.DIRECTED, Entry.MINISTRY_REPLIED})
TELLING = CAME_BACK | {Entry.ACCEPTED, Entry.ASSIGNED}  # the entries from which legs are read


class LegRow(Protocol):
    """A row of ``assignment``, or its columns."""

    @property
    def agency_id(self) -> int: ...
    @property
    def part(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def started_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def due_on(self) -> date | None: ...


class EntryRow(Protocol):
    """A line of the history, or its columns."""

    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def agency_id(self) -> int | None: ...


def leg_clocks(
    ticket: Ticket, deadline: Deadline, profile: RegulationProfile, today: date
) -> tuple[Leg, ...]:
    """Return the legs of the running round in the order in which they began; ``agency`` is an id as text.

    The lead's leg is two: until it accepts (role assignment) and from then on (role answer). Agencies that only
    coordinate without having been asked have no clock. Assignments and entries must be loaded.
    """
    ended_on = ticket.answered_on or ticket.closed_on
    rows = (leg for leg in ticket.assignments if leg.round == ticket.round)
    held = [part for leg in rows for part in parts_of(leg, ticket.entries)]
    known = [_with_limit(_ended(leg, ended_on), ticket, deadline, profile) for leg in held]
    known.sort(key=lambda leg: leg.since)
    return standing.legs(known, deadline.calendar, today, deadline.timeline.pauses, deadline.due_on)


def parts_of(leg: LegRow, entries: Iterable[EntryRow]) -> Iterator[Held]:
    """Yield the legs that a row of the table stands for; ``agency`` is an id as text, no date is made up.

    Args:
        entries: lines of the ticket's history, at least those of ``TELLING``, in order.
    """
    if leg.part == "coordinating":
        return
    agency = str(leg.agency_id)
    if leg.part != "lead":
        yield Held(agency, leg.part, leg.started_on, leg.ended_on, leg.due_on, leg.part in BESIDE)
        return
    accepted_on = _accepted_on(leg, entries)
    yield Held(agency, "assignment", leg.started_on, accepted_on or leg.ended_on)
    if accepted_on is not None:
        yield Held(agency, "answer", accepted_on, leg.ended_on, leg.due_on)


def _accepted_on(leg: LegRow, entries: Iterable[EntryRow]) -> date | None:
    """Return the local date on which the agency took this leg's ticket into work; at once what came back to it."""
    begun = {entry.kind for entry in entries if entry.at == leg.started_at}
    if begun & CAME_BACK and Entry.ASSIGNED not in begun:
        return leg.started_on
    return next(
        (
            local_date(entry.at)
            for entry in entries
            if entry.kind == Entry.ACCEPTED
            and entry.at >= leg.started_at
            and entry.agency_id == leg.agency_id
            and not _later(entry, leg)
        ),
        None,
    )


def _ended(leg: Held, ended_on: date | None) -> Held:
    """Return the leg, ended with the round at the latest."""
    if ended_on is None or (leg.until is not None and leg.until <= ended_on):
        return leg
    return replace(leg, until=max(ended_on, leg.since))


def _with_limit(leg: Held, ticket: Ticket, deadline: Deadline, profile: RegulationProfile) -> Held:
    if leg.due_on is not None:
        return leg
    if leg.role == "answer":
        return replace(leg, due_on=deadline.due_on)
    due_on = standing.sub_deadline(profile, leg.role, ticket.kind, leg.since, deadline.calendar)
    return replace(leg, due_on=due_on)


def _later(entry: EntryRow, leg: LegRow) -> bool:
    """Whether the line is of a later leg of the same agency."""
    return leg.ended_on is not None and local_date(entry.at) > leg.ended_on
