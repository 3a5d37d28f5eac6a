"""A lost tracking code: proved by the contact that was left, replaced by a new one."""

import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from feedback_app.core import audit, outbox
from feedback_app.core.security import keyed_hash, new_code, normalised
from feedback_app.intake.codes import CODE_LENGTH, tracking_hash
from feedback_app.intake.events import CodeRequested
from feedback_app.intake.models import RecoveryToken
from feedback_app.tickets.models import Ticket

VALID = timedelta(minutes=30)
TOKEN_LENGTH = 16  # symbols of 5 bits: 80 bits
PHONE_TAIL = 9  # digits by which two spellings of one number agree: 0905…, +84905…


def request_code(session: Session, ticket_code: str, contact: str) -> None:
    """Ask for a one-time code if ``contact`` is one that was left on a guest's ticket; tell nobody whether it was."""
    query = select(Ticket).where(
        Ticket.code == ticket_code.strip().upper(), Ticket.tracking_hash.is_not(None)
    )
    ticket = session.scalars(query.options(joinedload(Ticket.filer))).first()
    channel = _channel(ticket, contact) if ticket is not None else None
    if ticket is not None and channel is not None:
        outbox.publish(session, CodeRequested(ticket_id=ticket.id, channel=channel))


def new_token(session: Session, ticket_id: int, *, at: datetime) -> str:
    """Return a fresh one-time code for the ticket, in symbols; earlier ones no longer work."""
    session.execute(delete(RecoveryToken).where(RecoveryToken.ticket_id == ticket_id))
    token = new_code(TOKEN_LENGTH)
    hashed = keyed_hash(token, "recovery")
    session.add(RecoveryToken(token_hash=hashed, ticket_id=ticket_id, expires_at=at + VALID))
    return token


def exchange(session: Session, ticket_code: str, typed: str, *, at: datetime) -> str | None:
    """Give a new tracking code for a valid one-time code, which is used up; ``None`` when it is not valid."""
    row = session.get(RecoveryToken, keyed_hash(normalised(typed), "recovery"))
    if row is None or row.expires_at <= at:
        return None
    ticket = session.get_one(Ticket, row.ticket_id)
    if ticket.code != ticket_code.strip().upper():
        return None
    code = new_code(CODE_LENGTH)
    ticket.tracking_hash = tracking_hash(code)
    session.delete(row)
    audit.record(session, "ticket.code_replaced", at=at, actor_id=None, subject=ticket.code)
    return code


def _channel(ticket: Ticket, contact: str) -> str | None:
    email, phone = ticket.filer.email.strip().lower(), _digits(ticket.filer.phone)
    if email and hmac.compare_digest(email.encode(), contact.strip().lower().encode()):
        return "email"
    typed = _digits(contact)
    same = len(typed) >= PHONE_TAIL and hmac.compare_digest(phone[-PHONE_TAIL:], typed[-PHONE_TAIL:])
    return "phone" if same else None


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit() and c.isascii())
