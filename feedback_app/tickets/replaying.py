"""The tickets of a period for the simulator: read in portions, counted one by one, kept nowhere."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_app.catalogue.packs.calendar import CalendarPack
from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.catalogue.store import Loaded
from feedback_app.deadlines.calendar import calendar_of
from feedback_app.deadlines.profiles import territory_of
from feedback_app.deadlines.replay import Filing, Replay, with_tried
from feedback_app.deadlines.standing import Assignment as Held
from feedback_app.tickets.histories import Case, portions
from feedback_app.tickets.models import BESIDE, Answer, Assignment, Ticket

FIRST_ROUND = 1
PORTION = 2000


def received(session: Session, first: date, last: date) -> int:
    """Return how many tickets were received from ``first`` through ``last``."""
    query = select(func.count()).where(Ticket.received_on.between(first, last))
    return session.scalar(query) or 0


def replay(
    session: Session,
    loaded: Loaded,
    first: date,
    last: date,
    *,
    profile: RegulationProfile | None,
    calendar: CalendarPack | None,
    today: date,
) -> tuple[Replay, Replay]:
    """Return the first rounds of the tickets received from ``first`` through ``last``: as in force, and as tried.

    Args:
        profile, calendar: those tried; None: as in force.

    Raises:
        DeadlineError: a limit is missing, or the calendar does not know a year.
    """
    in_force, work = loaded.catalogue.regulations, loaded.catalogue.calendars[0]
    now = Replay(in_force, calendar_of(work), today)
    tried = Replay(with_tried(in_force, profile), calendar_of(calendar or work), today)
    for filing in filings(session, loaded, first, last):
        now.add(filing)
        tried.add(filing)
    return now, tried


def filings(session: Session, loaded: Loaded, first: date, last: date) -> Iterator[Filing]:
    """Yield the first round of each ticket received in the period."""
    period = Ticket.received_on.between(first, last)
    for cases in portions(session, period, round_=FIRST_ROUND, size=PORTION):
        ids = [case.id for case in cases]
        answered, closed, held = _answered(session, ids), _closed(session, ids), _held(session, loaded, ids)
        for case in cases:
            filing = _filing(case, answered.get(case.id), closed.get(case.id), held[case.id])
            yield replace(filing, territory=territory_of(loaded.catalogue, case.area))


def _filing(case: Case, answered_on: date | None, closed_on: date | None, held: list[Held]) -> Filing:
    leads = [leg.agency for leg in held if leg.role == "lead"]
    holders = [leg.agency for leg in held if not leg.beside]
    ended_on = answered_on or closed_on
    return Filing(
        kind=case.kind,
        began=case.began,
        events=case.events,
        answered_on=answered_on,
        ended_on=ended_on,
        agency=([*holders, *leads] or [""])[-1],
        legs=tuple(_ended(leg, ended_on) for leg in held),
    )


def _ended(leg: Held, ended_on: date | None) -> Held:
    """Return the leg, ended with the round at the latest."""
    until = min(filter(None, (leg.until, ended_on)), default=None)
    return Held(leg.agency, leg.role, leg.since, max(until, leg.since) if until else None, beside=leg.beside)


def _answered(session: Session, ids: Sequence[int]) -> dict[int, date]:
    query = select(Answer.ticket_id, Answer.on).where(Answer.ticket_id.in_(ids), Answer.round == FIRST_ROUND)
    return dict(session.execute(query).all())


def _closed(session: Session, ids: Sequence[int]) -> dict[int, date]:
    query = select(Ticket.id, Ticket.closed_on).where(Ticket.id.in_(ids), Ticket.closed_on.is_not(None))
    return {ticket_id: day for ticket_id, day in session.execute(query) if day is not None}


def _held(session: Session, loaded: Loaded, ids: Sequence[int]) -> defaultdict[int, list[Held]]:
    found: defaultdict[int, list[Held]] = defaultdict(list)
    query = select(
        Assignment.ticket_id,
        Assignment.agency_id,
        Assignment.part,
        Assignment.started_on,
        Assignment.ended_on,
    ).where(Assignment.ticket_id.in_(ids), Assignment.round == FIRST_ROUND)
    for ticket_id, agency_id, part, since, until in session.execute(query.order_by(Assignment.id)):
        agency = loaded.agency_codes[agency_id]
        found[ticket_id].append(Held(agency, part, since, until, beside=part in BESIDE))
    return found
