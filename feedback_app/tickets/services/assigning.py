"""Which agency has the ticket: the worker's routing, triage, re-routing, the return of what was wrongly routed."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, outbox
from feedback_app.core.errors import Invalid
from feedback_app.deadlines.events import EventKind
from feedback_app.routing.decide import route
from feedback_app.routing.matter import Candidate, Decision, Matter
from feedback_app.tickets import clocks
from feedback_app.tickets.events import TicketAssigned
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.models import BESIDE, Assignment, Message, Ticket, TimelineEntry
from feedback_app.tickets.services.moving import move, require
from feedback_app.tickets.timeline import Entry, tell


def decide(ticket: Ticket, loaded: Loaded, *, on: datetime) -> Decision:
    """Return what the routing rules say of a stored ticket on the day of ``on``."""
    named = frozenset(loaded.agency_codes[c.agency_id] for c in ticket.concerned)
    matter = Matter(
        kind=ticket.kind,
        field=ticket.field,
        procedure=ticket.procedure,
        area=ticket.area,
        text=f"{ticket.title}\n{ticket.body}",
        concerned=named,
    )
    return route(matter, loaded.catalogue, clock.local_date(on))


def route_ticket(session: Session, ticket: Ticket, loaded: Loaded, *, at: datetime) -> None:
    """Assign a newly filed ticket by the rules, or hand it to triage; one that has moved on is left alone."""
    if ticket.status != Status.RECEIVED:
        return
    decision = decide(ticket, loaded, on=at)
    if decision.needs_triage:
        _to_triage(session, ticket, decision, loaded, at=at)
        return
    _give_to(session, ticket, loaded.agency_ids[decision.lead.code], decision=decision, at=at)
    _coordinate(ticket, decision, loaded, at=at)


def leave_to_people(session: Session, ticket: Ticket, loaded: Loaded, *, at: datetime) -> None:
    """Hand a ticket that the rules gave to nobody to triage, where it is seen; one that has moved on is left alone.

    The focal point sorts; a sensitive report goes to the Inspectorate, and never to an agency that it is about.
    """
    if ticket.status != Status.RECEIVED:
        return
    directory, today = loaded.directory, clock.local_date(at)
    offices = [directory.inspectorate(today), directory.provincial_office(today)]
    offices.insert(2 if ticket.sensitive else 0, directory.focal_point(today))
    concerned = {c.agency_id for c in ticket.concerned}
    known = (loaded.agency_ids[agency.code] for agency in (*offices, *directory.active(today)))
    agency_id = next(id_ for id_ in known if id_ not in concerned)
    _triaged_by(session, ticket, agency_id, None, at=at)


def assign(
    session: Session,
    ticket: Ticket,
    agency_id: int,
    *,
    by: Actor,
    reason: str,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Give the ticket to the lead ``agency_id``: out of triage, or from another agency.

    After as many returns as the profile allows the assignment is provisional: it is objected to, not returned.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: the agency is one that the report is about.
    """
    require(by, Act.ASSIGN, ticket, seen_version)
    if any(c.agency_id == agency_id for c in ticket.concerned):
        raise Invalid(_("Cơ quan này là cơ quan được phản ánh nên không thể giải quyết phiếu này."), "agency")
    hand_to(
        session, ticket, agency_id, at=at, by=by, reason=reason, provisional=_returned_enough(session, ticket)
    )


def hand_to(
    session: Session,
    ticket: Ticket,
    agency_id: int,
    *,
    by: Actor,
    reason: str,
    at: datetime,
    rule: str = "",
    provisional: bool = False,
) -> None:
    """Give the ticket to the lead ``agency_id``, once it is known that ``by`` may; ``rule`` says by what right."""
    _give_to(session, ticket, agency_id, at=at, by=by, reason=reason)
    leg = ticket.assignments[-1]
    leg.rule, leg.provisional = rule, provisional


def start_leg(
    ticket: Ticket, agency_id: int, part: str, at: datetime, due_on: date | None = None
) -> Assignment:
    """End the legs that have the ball and start another; the lead stays as it is."""
    _end_legs(ticket, at)
    leg = _leg(ticket, agency_id, part, at, None)
    leg.due_on = due_on
    ticket.assignments.append(leg)
    return leg


def _returned_enough(session: Session, ticket: Ticket) -> bool:
    returned = select(func.count()).select_from(TimelineEntry)
    query = returned.where(TimelineEntry.ticket_id == ticket.id, TimelineEntry.kind == Entry.RETURNED)
    allowed = clocks.profile_of(session, ticket).allowances.returns_before_provisional
    return (session.scalar(query) or 0) >= allowed


def return_wrong(
    session: Session,
    ticket: Ticket,
    loaded: Loaded,
    *,
    by: Actor,
    reason: str,
    proposed_id: int | None,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Send a wrongly routed ticket back to triage, with the reason and whom the agency thinks it belongs to.

    The case clock runs on; the leg of the agency ends.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.RETURN, ticket, seen_version)
    agency_id = ticket.lead_id
    session.add(_note(ticket, by, agency_id, reason, at))
    tell(
        session, ticket, Entry.RETURNED, at=at, actor_id=by.user_id, agency_id=agency_id, proposed=proposed_id
    )
    decision = decide(ticket, loaded, on=at)
    ticket.lead_id = None
    _to_triage(session, ticket, decision, loaded, at=at)


def _to_triage(session: Session, ticket: Ticket, decision: Decision, loaded: Loaded, *, at: datetime) -> None:
    _triaged_by(session, ticket, loaded.agency_ids[decision.triage_by], decision, at=at)


def _triaged_by(
    session: Session, ticket: Ticket, agency_id: int, decision: Decision | None, *, at: datetime
) -> None:
    move(ticket, Status.TRIAGE)
    _end_legs(ticket, at)
    ticket.holder_id, ticket.handler_id = agency_id, None
    leg = _leg(ticket, agency_id, "triage", at, decision)
    leg.due_on = clocks.sub_deadline(session, ticket, "triage", leg.started_on)
    ticket.assignments.append(leg)
    tell(session, ticket, Entry.TRIAGE, at=at, agency_id=agency_id)
    outbox.publish(session, TicketAssigned(ticket_id=ticket.id, agency_id=agency_id, triage=True))


def _give_to(
    session: Session,
    ticket: Ticket,
    agency_id: int,
    *,
    at: datetime,
    decision: Decision | None = None,
    by: Actor | None = None,
    reason: str = "",
) -> None:
    if _led_before(ticket) not in {None, agency_id}:
        clocks.record(ticket, EventKind.TRANSFER, at=at)
    move(ticket, Status.ASSIGNED)
    _end_legs(ticket, at)
    ticket.lead_id = ticket.holder_id = agency_id
    ticket.handler_id = None
    leg = _leg(ticket, agency_id, "lead", at, decision)
    if by is not None:
        leg.by_id, leg.reason_vi, leg.reason_en = by.user_id, reason, reason
    ticket.assignments.append(leg)
    tell(
        session,
        ticket,
        Entry.ASSIGNED,
        at=at,
        actor_id=by.user_id if by else None,
        agency_id=agency_id,
        rule=decision.rule if decision else None,
    )
    outbox.publish(session, TicketAssigned(ticket_id=ticket.id, agency_id=agency_id, triage=False))


def _led_before(ticket: Ticket) -> int | None:
    """Return the agency that led last, though it may have returned the ticket since."""
    return next((leg.agency_id for leg in reversed(ticket.assignments) if leg.part == "lead"), None)


def _coordinate(ticket: Ticket, decision: Decision, loaded: Loaded, *, at: datetime) -> None:
    for agency in decision.coordinating:
        ticket.assignments.append(_leg(ticket, loaded.agency_ids[agency.code], "coordinating", at, decision))


def _leg(ticket: Ticket, agency_id: int, part: str, at: datetime, decision: Decision | None) -> Assignment:
    leg = Assignment(
        agency_id=agency_id, part=part, round=ticket.round, started_at=at, started_on=clock.local_date(at)
    )
    if decision is not None:
        leg.rule, leg.confidence = decision.rule, decision.confidence
        leg.reason_vi, leg.reason_en = decision.reason.vi, decision.reason.en
        leg.candidates = {"best_first": [_thought_of(candidate) for candidate in decision.candidates]}
    return leg


def _thought_of(candidate: Candidate) -> dict[str, Any]:
    why = {"why_vi": candidate.why.vi, "why_en": candidate.why.en}
    return {"code": candidate.agency.code, "score": round(candidate.score, 3), **why}


def _end_legs(ticket: Ticket, at: datetime) -> None:
    """End the legs that have the ball on the local day of ``at``; coordination and opinions run on."""
    for leg in ticket.assignments:
        if leg.part not in BESIDE and leg.ended_on is None:
            leg.ended_on = clock.local_date(at)


def _note(ticket: Ticket, by: Actor, agency_id: int | None, text: str, at: datetime) -> Message:
    return Message(
        ticket_id=ticket.id,
        kind="note",
        round=ticket.round,
        at=at,
        author_id=by.user_id,
        agency_id=agency_id,
        text=text,
    )
