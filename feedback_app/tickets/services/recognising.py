"""The same matter from another channel: its code there is noted on the ticket, and no second clock runs."""

from collections.abc import Collection
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.errors import Invalid, NotFound
from feedback_app.tickets import queries
from feedback_app.tickets.coordination import OtherChannel
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.models import Filer, Ticket
from feedback_app.tickets.services.answering import Decision
from feedback_app.tickets.services.concluding import conclude_or_draft
from feedback_app.tickets.services.moving import require
from feedback_app.tickets.timeline import Entry, tell

SAME = "same_matter"


def recognise(
    session: Session,
    ticket: Ticket,
    *,
    channel: str,
    code: str,
    received_on: date,
    by: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> OtherChannel:
    """Note that the matter came in by another channel too; an import of that channel then files no second ticket.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: received in the future, or that code was noted or filed already.
    """
    require(by, Act.RECOGNISE, ticket, seen_version)
    if received_on > clock.local_date(at):
        raise Invalid(_("Ngày nhận không thể sau ngày hôm nay."), "received_on")
    filed = select(Ticket.id).where(Ticket.channel == channel, Ticket.channel_code == code)
    if known(session, channel, (code,)) or session.scalars(filed.limit(1)).first() is not None:
        raise Invalid(_("Mã này của kênh đã được ghi nhận ở một phiếu."), "code")
    return note(session, ticket, channel, code, received_on, by, at)


def same_matter(
    session: Session, first: Ticket, number: str, loaded: Loaded, *, by: Actor, text: str, at: datetime
) -> bool:
    """End the second ticket of the same filer by pointing to ``first``; return whether it was sent at once.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``, for both tickets.
        Invalid: no such ticket, the same one, or not known to be of the same filer.
    """
    require(by, Act.RECOGNISE, first)
    try:
        second = queries.handled_by(session, by, number, whole=True)
    except NotFound:
        raise Invalid(_("Không có phiếu này."), "duplicate") from None
    if second.id == first.id or not _same_filer(session, first, second, by):
        raise Invalid(_("Hai phiếu phải khác nhau và của cùng một bên gửi mà Ông/Bà được biết."), "duplicate")
    decision = Decision(
        outcome=Status.REDIRECTED,
        reason_code=SAME,
        text=text or _("Việc này đang được giải quyết ở phiếu %(code)s.", code=first.code),
    )
    sent = conclude_or_draft(session, second, decision, loaded, by=by, at=at) is not None
    if not known(session, second.channel, (second.code,)):
        note(session, first, second.channel, second.code, second.received_on, by, at)
    return sent


def known(session: Session, channel: str, codes: Collection[str]) -> dict[str, int]:
    """Return the ids of the tickets on which these codes of the channel are noted, by code."""
    query = select(OtherChannel.code, OtherChannel.ticket_id)
    rows = session.execute(query.where(OtherChannel.channel == channel, OtherChannel.code.in_(list(codes))))
    return {row.code: row.ticket_id for row in rows}


def of_ticket(session: Session, ticket_id: int) -> list[OtherChannel]:
    """Return by which other channels the matter came in, oldest first."""
    query = select(OtherChannel).where(OtherChannel.ticket_id == ticket_id).order_by(OtherChannel.id)
    return list(session.scalars(query))


def note(
    session: Session, ticket: Ticket, channel: str, code: str, received_on: date, by: Actor, at: datetime
) -> OtherChannel:
    """Write down that the matter came in by that channel too; for whoever was found to be allowed to say so."""
    row = OtherChannel(
        ticket_id=ticket.id,
        channel=channel,
        code=code,
        received_on=received_on,
        noted_by_id=by.user_id,
        noted_at=at,
    )
    session.add(row)
    session.flush()
    tell(session, ticket, Entry.RECOGNISED, at=at, actor_id=by.user_id, channel=channel)
    return row


def _same_filer(session: Session, first: Ticket, second: Ticket, by: Actor) -> bool:
    """Say whether both are of one filer; ``False`` too where this reader must not know who filed."""
    filers: list[Filer | None] = [queries.filer_for(session, by, ticket) for ticket in (first, second)]
    one, other = filers
    if one is None or other is None:
        return False
    if first.enterprise_id is not None and first.enterprise_id == second.enterprise_id:
        return True
    if one.identifier or other.identifier:
        return one.identifier == other.identifier
    return one.folded == other.folded
