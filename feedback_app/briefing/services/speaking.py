"""Speaking up on a line of the brief: the word is kept once a day, and reaches whoever has to act on it."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.briefing import policy
from feedback_app.briefing.events import WordGiven
from feedback_app.briefing.models import Brief, LeaderWord
from feedback_app.briefing.rules import Deed
from feedback_app.briefing.services.writing import subjects
from feedback_app.core import audit, clock, outbox
from feedback_app.core.errors import Conflict, Forbidden, NotFound
from feedback_app.core.inserting import insert_missing
from feedback_app.tickets.events import TicketNews
from feedback_app.tickets.lifecycle import OPEN
from feedback_app.tickets.loading import load
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.queries import open_to_leaders
from feedback_app.tickets.services.telling import To, announce
from feedback_app.tickets.timeline import Entry


def say(session: Session, brief: Brief, subject: str, deed: Deed, *, by: Actor, at: datetime) -> bool:
    """Say ``deed`` to a line of the brief; False where it was said today already.

    Raises:
        NotFound: the brief has no such line, or none that this reader may know of.
        Forbidden: it is not theirs to say.
        Conflict: the ticket was answered or withdrawn meanwhile.
    """
    if subject not in subjects(brief.content):
        raise NotFound(subject)
    if not policy.may(by, deed):
        raise Forbidden
    sort, _colon, key = subject.partition(":")
    ticket = _ticket(session, by, int(key)) if sort == "ticket" else None
    today = clock.local_date(at)
    row = {"subject": subject, "deed": deed, "on": today, "at": at, "by_id": by.user_id}
    new = insert_missing(session, LeaderWord, [row], LeaderWord.id)
    if not new:
        return False
    if ticket is not None:
        _tell(session, ticket, deed, by, at)
    else:
        outbox.publish(session, WordGiven(new[0]))
    audit.record(session, "brief.said", at=at, actor_id=by.user_id, subject=subject, deed=deed)
    return True


def _ticket(session: Session, by: Actor, ticket_id: int) -> Ticket:
    query = select(Ticket).where(Ticket.id == ticket_id, open_to_leaders(by))
    ticket = load(session, query, whole=False)
    if ticket is None:
        raise NotFound(str(ticket_id))
    if ticket.status not in OPEN:
        raise Conflict(_("Phiếu này vừa được trả lời hoặc đã rút."))
    return ticket


def _tell(session: Session, ticket: Ticket, deed: Deed, by: Actor, at: datetime) -> None:
    """Write it into the history, for the head of the agency; what the province prepares for its office too."""
    to: To = "province" if deed is Deed.DIRECT else "head"
    announce(session, ticket, Entry.INSTRUCTED, to, at=at, actor_id=by.user_id, deed=deed)
    if deed is Deed.CONVENE:
        outbox.publish(session, TicketNews(ticket_id=ticket.id, entry=Entry.INSTRUCTED, to="province"))
