"""Coordinating agencies: asked with a day of their own, answering on a leg of their own; the case clock runs on."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core import clock
from feedback_app.core.errors import Invalid
from feedback_app.core.files import TakenIn
from feedback_app.tickets import clocks
from feedback_app.tickets.coordination import Opinion
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Assignment, Ticket
from feedback_app.tickets.policy import ANSWERING
from feedback_app.tickets.services.attaching import attach
from feedback_app.tickets.services.handling import said
from feedback_app.tickets.services.moving import require
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry


def ask(
    session: Session,
    ticket: Ticket,
    agency_ids: Collection[int],
    *,
    by: Actor,
    question: str,
    at: datetime,
    seen_version: int | None = None,
) -> list[Opinion]:
    """Ask each agency for its opinion by the profile's sub-deadline.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: no agency, the holder itself, one whose opinion is awaited already, or one that the ticket concerns.
    """
    require(by, Act.ASK_OPINION, ticket, seen_version)
    _check(ticket, agency_ids)
    return [_ask_one(session, ticket, agency_id, by, question, at) for agency_id in sorted(agency_ids)]


def give(
    session: Session, ticket: Ticket, *, by: Actor, text: str, at: datetime, files: Sequence[TakenIn] = ()
) -> Opinion:
    """Give the opinion of the person's agency; a late one counts on its own leg.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.GIVE_OPINION, ticket)
    opinion = awaited(ticket, by)
    message = said(ticket, "opinion", text, at=at, by=by)
    message.agency_id = opinion.agency_id
    session.add(message)
    session.flush()
    for file in files:
        attach(session, ticket.id, file, origin="opinion", message_id=message.id, at=at)
    today = clock.local_date(at)
    opinion.message_id, opinion.given_by_id, opinion.given_on = message.id, by.user_id, today
    _leg(ticket, opinion).ended_on = today
    announce(
        session,
        ticket,
        Entry.OPINION_GIVEN,
        "holder",
        at=at,
        actor_id=by.user_id,
        agency_id=opinion.agency_id,
        late=today > opinion.due_on,
    )
    return opinion


def awaited(ticket: Ticket, actor: Actor) -> Opinion:
    """Return the opinion that is awaited from the person's agency; ``policy`` has said that there is one."""
    own = actor.agency_ids(ANSWERING)
    return next(o for o in ticket.opinions if o.given_on is None and o.agency_id in own)


def _ask_one(
    session: Session, ticket: Ticket, agency_id: int, by: Actor, question: str, at: datetime
) -> Opinion:
    today = clock.local_date(at)
    due_on = clocks.sub_deadline(session, ticket, "opinion", today) or today
    leg = _new_leg(ticket, agency_id, "opinion", at, by, due_on)
    if not any(a.part == "coordinating" and a.agency_id == agency_id for a in ticket.assignments):
        ticket.assignments.append(_new_leg(ticket, agency_id, "coordinating", at, by))
    ticket.assignments.append(leg)
    session.flush()
    opinion = Opinion(
        round=ticket.round,
        agency_id=agency_id,
        leg_id=leg.id,
        question=question,
        asked_by_id=by.user_id,
        asked_at=at,
        due_on=due_on,
    )
    ticket.opinions.append(opinion)
    announce(
        session,
        ticket,
        Entry.OPINION_ASKED,
        "agency",
        whom=agency_id,
        at=at,
        actor_id=by.user_id,
        agency_id=agency_id,
        due_on=due_on.isoformat(),
    )
    return opinion


def _new_leg(
    ticket: Ticket, agency_id: int, part: str, at: datetime, by: Actor, due_on: date | None = None
) -> Assignment:
    return Assignment(
        agency_id=agency_id,
        part=part,
        round=ticket.round,
        started_at=at,
        started_on=clock.local_date(at),
        due_on=due_on,
        by_id=by.user_id,
        candidates={},
    )


def _leg(ticket: Ticket, opinion: Opinion) -> Assignment:
    return next(leg for leg in ticket.assignments if leg.id == opinion.leg_id)


def _check(ticket: Ticket, agency_ids: Collection[int]) -> None:
    if not agency_ids:
        raise Invalid(_("Vui lòng chọn ít nhất một cơ quan."), "agencies")
    if ticket.holder_id in agency_ids:
        raise Invalid(_("Cơ quan đang giải quyết phiếu không cần lấy ý kiến của chính mình."), "agencies")
    if {o.agency_id for o in ticket.opinions if o.given_on is None} & set(agency_ids):
        raise Invalid(_("Cơ quan này đã được hỏi và chưa trả lời."), "agencies")
    if {c.agency_id for c in ticket.concerned} & set(agency_ids):
        raise Invalid(_("Cơ quan này là cơ quan được phản ánh nên không thể tham gia."), "agencies")
