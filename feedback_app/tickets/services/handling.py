"""What an agency does before it answers: accept, ask the enterprise, write a note, release files."""

from datetime import datetime

from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core import outbox
from feedback_app.core.files import TakenIn
from feedback_app.deadlines.events import EventKind
from feedback_app.deadlines.recorded import asked
from feedback_app.tickets import clocks
from feedback_app.tickets.events import EnterpriseAsked
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.models import Attachment, Message, Ticket
from feedback_app.tickets.services.attaching import attach
from feedback_app.tickets.services.moving import move, require
from feedback_app.tickets.timeline import Entry, tell


def accept(
    session: Session, ticket: Ticket, *, by: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Take the ticket into work; whoever accepts it handles it.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.ACCEPT, ticket, seen_version)
    move(ticket, Status.IN_WORK)
    ticket.handler_id = by.user_id
    tell(session, ticket, Entry.ACCEPTED, at=at, actor_id=by.user_id, agency_id=ticket.holder_id)


def ask_enterprise(
    session: Session, ticket: Ticket, *, by: Actor, text: str, at: datetime, seen_version: int | None = None
) -> None:
    """Ask for documents, everything in one list; the clock pauses until the reply.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.ASK, ticket, seen_version)
    put_question(session, ticket, by=by, text=text, at=at)


def put_question(session: Session, ticket: Ticket, *, by: Actor, text: str, at: datetime) -> None:
    """Put the question to the enterprise and pause the clock, once it is known that this may be done."""
    move(ticket, Status.NEED_INFO)
    clocks.record(ticket, EventKind.PAUSE, at=at, note=asked("enterprise", text))
    clocks.recompute(session, ticket)
    session.add(said(ticket, "question", text, at=at, by=by))
    tell(session, ticket, Entry.ASKED, at=at, actor_id=by.user_id, agency_id=ticket.holder_id)
    outbox.publish(session, EnterpriseAsked(ticket_id=ticket.id))


def note(session: Session, ticket: Ticket, *, by: Actor, text: str, at: datetime) -> None:
    """Write an internal note: the enterprise never sees it, the clock does not notice.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.NOTE, ticket)
    session.add(said(ticket, "note", text, at=at, by=by))
    tell(
        session, ticket, Entry.NOTED, at=at, actor_id=by.user_id, agency_id=next(iter(by.agency_ids()), None)
    )


def release(session: Session, ticket: Ticket, attachment: Attachment, *, by: Actor, at: datetime) -> None:
    """Let the handling agency open a file of a filer whose name is hidden, after it was looked through.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.RELEASE_FILES, ticket)
    attachment.released = True
    tell(session, ticket, Entry.FILES_RELEASED, at=at, actor_id=by.user_id, file=attachment.public_id)


def release_copy(session: Session, ticket: Ticket, copy: TakenIn, *, by: Actor, at: datetime) -> Attachment:
    """Give the handling agency a stored copy from which what tells the filer was removed; the original stays.

    Raises:
        Forbidden, IllegalTransition: see ``moving.require``.
    """
    require(by, Act.RELEASE_FILES, ticket)
    row = attach(session, ticket.id, copy, origin="released", at=at)
    tell(session, ticket, Entry.FILES_RELEASED, at=at, actor_id=by.user_id, file=row.public_id)
    return row


def said(ticket: Ticket, kind: str, text: str, *, at: datetime, by: Actor | None = None) -> Message:
    """Return the row for something said on the ticket; without ``by`` the enterprise said it."""
    return Message(
        ticket_id=ticket.id,
        kind=kind,
        round=ticket.round,
        at=at,
        author_id=by.user_id if by else None,
        agency_id=ticket.holder_id if by else None,
        text=text,
    )
