"""What the outbox sets in motion: who hears of an event, in which channel.

Mails say that there is news, nothing of the ticket; staff get single mails only of what is overdue.
"""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from feedback_app.accounts.models import User
from feedback_app.core import clock
from feedback_app.core.outbox import Payload
from feedback_app.core.security import grouped, keyed_hash
from feedback_app.escalation.rules import rung_of
from feedback_app.intake.services import recovery
from feedback_app.notifications import people, queries
from feedback_app.notifications.rules import Kind, Letter
from feedback_app.notifications.services import notify, write_mail
from feedback_app.tickets.lifecycle import Clock
from feedback_app.tickets.models import Filer, Ticket
from feedback_app.tickets.queries import by_id
from feedback_app.tickets.timeline import Entry


def assigned(session: Session, payload: Payload) -> None:
    """Tell the agency that has the ticket now, unless it has moved on since."""
    ticket = by_id(session, payload["ticket_id"])
    if ticket.holder_id != payload["agency_id"]:
        return
    triage = payload["triage"]
    entry = Entry.TRIAGE if triage else Entry.ASSIGNED
    _tell_staff(session, ticket, entry, Kind.TRIAGE if triage else Kind.ASSIGNED)


def enterprise_asked(session: Session, payload: Payload) -> None:
    _tell_enterprise(session, payload, Entry.ASKED, Kind.ASKED)


def answered(session: Session, payload: Payload) -> None:
    _tell_enterprise(session, payload, Entry.ANSWERED, Kind.ANSWERED)


def closed(session: Session, payload: Payload) -> None:
    """Tell the enterprise that the system closed its ticket; what it did itself it knows."""
    if payload["reason"] == "unrated":
        _tell_enterprise(session, payload, Entry.CLOSED, Kind.CLOSED)


def enterprise_replied(session: Session, payload: Payload) -> None:
    _tell_staff(session, by_id(session, payload["ticket_id"]), Entry.REPLIED, Kind.REPLIED)


def disputed(session: Session, payload: Payload) -> None:
    _tell_staff(session, by_id(session, payload["ticket_id"]), Entry.DISPUTED, Kind.DISPUTED)


def reminded(session: Session, payload: Payload) -> None:
    """Tell whom the rung addresses, unless the ticket was answered, paused or disputed meanwhile."""
    ticket = by_id(session, payload["ticket_id"])
    if ticket.clock != Clock.OPEN or ticket.round != payload["round"]:
        return
    rung = rung_of(payload["rung"])
    entry = queries.reminder_entry(session, ticket.id, ticket.round, rung.code)
    users = [person.user for person in people.in_groups(session, ticket, rung.groups)]
    notify(session, entry, Kind(rung.code), users)
    if rung.by_mail:
        _mail(session, Letter.OVERDUE, entry.id, ticket, users)


def news(session: Session, payload: Payload) -> None:
    """Tell whoever the news is for (``TicketNews``), as far as they may see the ticket."""
    entry = Entry(payload["entry"])
    if payload["to"] == "enterprise":
        _tell_enterprise(session, payload, entry, entry)
        return
    ticket = by_id(session, payload["ticket_id"])
    users = [person.user for person in people.addressed(session, ticket, payload["to"], payload["whom"])]
    notify(session, queries.latest_entry(session, ticket.id, entry), entry, users)


def code_requested(session: Session, payload: Payload) -> None:
    """Mail a one-time code to the address that the filer left."""
    if payload["channel"] != "email":
        return
    ticket = by_id(session, payload["ticket_id"])
    filer = session.get_one(Filer, ticket.id)
    code = recovery.new_token(session, ticket.id, at=clock.now())
    key = f"{Letter.CODE}:{keyed_hash(code, 'mail')}"
    write_mail(session, key, Letter.CODE, filer.email, filer.locale, ticket=ticket.code, code=grouped(code))


def sign_up_repeated(session: Session, payload: Payload) -> None:
    """Tell the owner of an account that somebody signed up with its address, once a day at most."""
    user = session.get_one(User, payload["user_id"])
    key = f"{Letter.SIGN_UP}:{user.id}:{clock.today()}"
    write_mail(session, key, Letter.SIGN_UP, user.email, user.locale, guest=False)


def _tell_staff(session: Session, ticket: Ticket, entry: Entry, kind: str) -> None:
    users = [person.user for person in people.answering(session, ticket)]
    notify(session, queries.latest_entry(session, ticket.id, entry), kind, users)


def _tell_enterprise(session: Session, payload: Payload, entry: Entry, kind: str) -> None:
    """Tell the accounts of the enterprise in their inboxes, and by mail at the address left, or at theirs."""
    ticket = by_id(session, payload["ticket_id"])
    users = people.of_enterprise(session, ticket)
    row = queries.latest_entry(session, ticket.id, entry)
    notify(session, row, kind, users)
    filer = session.get_one(Filer, ticket.id)
    if filer.email:
        key = f"{Letter.NEWS}:{row.id}:filer"
        guest = ticket.enterprise_id is None
        write_mail(session, key, Letter.NEWS, filer.email, filer.locale, ticket=ticket.code, guest=guest)
    else:
        _mail(session, Letter.NEWS, row.id, ticket, users)


def _mail(session: Session, letter: Letter, entry_id: int, ticket: Ticket, users: Iterable[User]) -> None:
    for user in users:
        key = f"{letter}:{entry_id}:{user.id}"
        write_mail(session, key, letter, user.email, user.locale, ticket=ticket.code, guest=False)
