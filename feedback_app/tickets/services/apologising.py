"""The letter of apology for a late answer, with the new date; the lateness stays what it is."""

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core import clock
from feedback_app.core.errors import Invalid
from feedback_app.tickets.drafting import Apology
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services.moving import require
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry


def apologise(
    session: Session,
    ticket: Ticket,
    *,
    by: Actor,
    text: str,
    new_date: date | None,
    at: datetime,
    seen_version: int | None = None,
) -> Apology:
    """Tell the enterprise that the answer is late, why, and by when it comes.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: the ticket is not late, or the new date is not to come.
    """
    require(by, Act.APOLOGISE, ticket, seen_version)
    today = clock.local_date(at)
    if ticket.due_on is None or today <= ticket.due_on:
        raise Invalid(_("Phiếu chưa quá hạn nên chưa cần thư xin lỗi."), "text")
    if new_date is None or new_date <= today:
        raise Invalid(_("Ngày hẹn mới phải sau ngày hôm nay."), "new_date")
    row = Apology(
        round=ticket.round,
        agency_id=ticket.holder_id,
        text=text,
        new_date=new_date,
        by_id=by.user_id,
        at=at,
    )
    ticket.apologies.append(row)
    announce(
        session,
        ticket,
        Entry.APOLOGISED,
        "enterprise",
        legal=True,
        at=at,
        actor_id=by.user_id,
        agency_id=ticket.holder_id,
        new_date=new_date.isoformat(),
    )
    return row
