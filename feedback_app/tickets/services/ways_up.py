"""What the ways up have in common: the papers, whose way leads where, and how a matter comes back."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.packs.agencies import AgencyType
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.errors import Invalid
from feedback_app.core.files import TakenIn
from feedback_app.tickets import queries
from feedback_app.tickets.beyond import Referral
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import assigning
from feedback_app.tickets.services.attaching import attach

PROVINCE, MINISTRY = "province", "ministry"


class Document(StrEnum):
    """What answers a way up."""

    DIRECTIVE = "directive"
    CONCLUSION = "conclusion"
    REQUEST = "request"  # to a central vertical agency
    PETITION = "petition"  # the province went on to a ministry
    REPLY = "reply"  # of a ministry


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A signed document, as it stands on it."""

    number: str
    dated: date
    signer: str = ""
    text: str


def is_vertical(loaded: Loaded, agency_id: int | None, on: date) -> bool:
    """Say whether the agency belongs to a ministry's own line on that day: it is asked, not directed."""
    if agency_id is None:
        return False
    code = loaded.agency_codes[agency_id]
    living = (agency for agency in loaded.directory.active(on) if agency.code == code)
    return any(agency.type is AgencyType.CENTRAL_VERTICAL for agency in living)


def way_up(loaded: Loaded, ticket: Ticket, on: date) -> Act:
    """Return the act by which the holder takes the matter higher: its ministry, or UBND tỉnh."""
    if ticket.status == Status.AT_PROVINCE or is_vertical(loaded, ticket.holder_id, on):
        return Act.PETITION
    return Act.REPORT_UP


def waiting(ticket: Ticket, level: str) -> Referral | None:
    """Return the way up of that level that nothing has answered yet."""
    return next((r for r in ticket.referrals if r.level == level and r.answered_at is None), None)


def back_to_lead(session: Session, ticket: Ticket, at: datetime) -> None:
    """Give the ball back to the lead, and to the officer who took the matter up if that one still answers there."""
    lead_id = ticket.lead_id
    if lead_id is None:
        raise LookupError(f"{ticket.code} has no lead to go back to")
    ticket.holder_id, ticket.handler_id = lead_id, None
    assigning.start_leg(ticket, lead_id, "lead", at)
    able = {user.id for user in queries.who_answer(session, ticket, clock.local_date(at))}
    took_up = (r.by_id for r in reversed(ticket.referrals) if r.level == PROVINCE)
    ticket.handler_id = next((user_id for user_id in took_up if user_id in able), None)


def new_row(
    ticket: Ticket, level: str, from_id: int | None, by: Actor, reason: str, at: datetime
) -> Referral:
    """Return a new way up of the ticket."""
    row = Referral(
        level=level, from_agency_id=from_id or ticket.holder_id, reason=reason, by_id=by.user_id, at=at
    )
    row.addressee = row.letter_number = row.number = row.signer = row.text = ""
    ticket.referrals.append(row)
    return row


def answer(row: Referral, kind: Document, paper: Paper, at: datetime) -> None:
    """Write down the document that answers the way up."""
    row.document, row.number, row.dated = kind, paper.number, paper.dated
    row.signer, row.text, row.answered_at = paper.signer, paper.text, at


def keep_paper(session: Session, ticket: Ticket, file: TakenIn | None, at: datetime) -> None:
    """Attach the signed document, which agencies read."""
    if file is not None:
        attach(session, ticket.id, file, origin="document", at=at)


def check_dated(paper: Paper, today: date) -> None:
    """Refuse a document of a day to come. Raises Invalid."""
    if paper.dated > today:
        raise Invalid(_("Ngày văn bản không thể sau ngày hôm nay."), "dated")


def who(by: Actor, agency_id: int | None) -> dict[str, Any]:
    """Return who did it for which agency, as lines of the history take it."""
    return {"actor_id": by.user_id, "agency_id": agency_id}
