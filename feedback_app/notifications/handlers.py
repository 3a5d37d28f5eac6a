"""What the outbox sets in motion: who hears of an event, in which channel.

Messages say that there is news, nothing of the ticket; staff hear in the mail of the morning, by single mails only of
what is overdue.
"""

from sqlalchemy.orm import Session

from feedback_app.accounts import links
from feedback_app.accounts.links import Purpose
from feedback_app.accounts.models import User
from feedback_app.core import clock
from feedback_app.core.outbox import Payload
from feedback_app.core.security import grouped, keyed_hash
from feedback_app.intake.services import recovery
from feedback_app.notifications import (
    briefing,
    dialogues,
    figures,
    people,
    programme,
    queries,
    reaching,
    reminding,
)
from feedback_app.notifications.reaching import Occasion
from feedback_app.notifications.rules import MOST_CODES, Channel, Kind, Letter
from feedback_app.notifications.services import Message, dispatch, notify
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
    _tell_enterprise(session, payload, Entry.ANSWERED, Kind.ANSWERED, legal=True)


def closed(session: Session, payload: Payload) -> None:
    """Tell the enterprise that the system closed its ticket; what it did itself it knows."""
    if payload["reason"] == "unrated":
        _tell_enterprise(session, payload, Entry.CLOSED, Kind.CLOSED)


def enterprise_replied(session: Session, payload: Payload) -> None:
    _tell_staff(session, by_id(session, payload["ticket_id"]), Entry.REPLIED, Kind.REPLIED)


def disputed(session: Session, payload: Payload) -> None:
    _tell_staff(session, by_id(session, payload["ticket_id"]), Entry.DISPUTED, Kind.DISPUTED)


def tickets_reminded(session: Session, payload: Payload) -> None:
    reminding.tell(session, payload)


def reports_reminded(session: Session, payload: Payload) -> None:
    programme.tell(session, payload)


def brief_written(session: Session, payload: Payload) -> None:
    briefing.written(session, payload)


def figures_unconfirmed(session: Session, payload: Payload) -> None:
    figures.unconfirmed(session, payload)


def meeting_news(session: Session, payload: Payload) -> None:
    dialogues.news(session, payload)


def dues_reminded(session: Session, payload: Payload) -> None:
    dialogues.reminded(session, payload)


def word_given(session: Session, payload: Payload) -> None:
    briefing.word_given(session, payload)


def news(session: Session, payload: Payload) -> None:
    """Tell whoever the news is for (``TicketNews``), as far as they may see the ticket."""
    entry = Entry(payload["entry"])
    if payload["to"] == "enterprise":
        _tell_enterprise(session, payload, entry, entry, legal=payload["legal"])
        return
    ticket = by_id(session, payload["ticket_id"])
    users = [person.user for person in people.addressed(session, ticket, payload["to"], payload["whom"])]
    notify(session, queries.latest_entry(session, ticket.id, entry), entry, users)


def code_requested(session: Session, payload: Payload) -> None:
    """Send a one-time code to the address, or to the number, that the filer left."""
    ticket = by_id(session, payload["ticket_id"])
    filer = session.get_one(Filer, ticket.id)
    channel = Channel.MAIL if payload["channel"] == "email" else _to_phones()
    today = f"{Letter.CODE}:{ticket.id}:{clock.today()}"
    if channel is None or (channel is not Channel.MAIL and queries.written(session, today) >= MOST_CODES):
        return
    code = recovery.new_token(session, ticket.id, at=clock.now())
    message = Message(
        key=f"{today}:{keyed_hash(code, 'mail')[:20]}",
        letter=Letter.CODE,
        channel=channel,
        to=filer.email if channel is Channel.MAIL else filer.phone,
        locale=filer.locale,
        data={"ticket": ticket.code, "code": grouped(code), "guest": True},
    )
    dispatch(session, [message])


def sign_up_repeated(session: Session, payload: Payload) -> None:
    """Tell the owner of an account that somebody signed up with its address, once a day at most."""
    user = session.get_one(User, payload["user_id"])
    occasion = Occasion(str(clock.today()), Letter.SIGN_UP, {}, legal=True)
    dispatch(session, [reaching.to_account(occasion, user, Channel.MAIL)])


def confirmation_requested(session: Session, payload: Payload) -> None:
    _send_link(session, payload, Letter.CONFIRM, Purpose.CONFIRM)


def reset_requested(session: Session, payload: Payload) -> None:
    _send_link(session, payload, Letter.RESET, Purpose.RESET)


def _send_link(session: Session, payload: Payload, letter: Letter, purpose: Purpose) -> None:
    """Send a fresh link to the person's address; nothing while enough of them are on their way."""
    seed = links.draw(session, payload["user_id"], purpose, at=clock.now())
    if seed is None:
        return
    user = session.get_one(User, payload["user_id"])
    occasion = Occasion(keyed_hash(seed, "mail")[:20], letter, {"seed": seed}, legal=True)
    dispatch(session, [reaching.to_account(occasion, user, Channel.MAIL)])


def _to_phones() -> Channel | None:
    possible = reaching.possible_channels()
    return next((channel for channel in (Channel.SMS, Channel.ZALO) if channel in possible), None)


def _tell_staff(session: Session, ticket: Ticket, entry: Entry, kind: str) -> None:
    users = [person.user for person in people.answering(session, ticket)]
    notify(session, queries.latest_entry(session, ticket.id, entry), kind, users)


def _tell_enterprise(
    session: Session, payload: Payload, entry: Entry, kind: str, *, legal: bool = False
) -> None:
    """Tell the accounts of the enterprise in their inboxes, and by message at the contact left, or at theirs."""
    ticket = by_id(session, payload["ticket_id"])
    users = people.of_enterprise(session, ticket)
    row = queries.latest_entry(session, ticket.id, entry)
    notify(session, row, kind, users, digest=False)
    filer = session.get_one(Filer, ticket.id)
    occasion = Occasion(str(row.id), Letter.NEWS, {"ticket": ticket.code}, legal=legal)
    if filer.email or not users:
        reaching.reach_filer(session, occasion, ticket, filer)
    else:
        reaching.reach_accounts(session, occasion, users)
