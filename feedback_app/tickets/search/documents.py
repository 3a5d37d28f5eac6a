"""The documents of tickets, read for the index in a few statements for many tickets."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.core import text
from feedback_app.tickets.models import Answer, Assignment, Filer, Message, Ticket
from feedback_app.tickets.search import terms
from feedback_app.tickets.search.terms import Document

Texts = dict[int, list[str]]


def documents(session: Session, ticket_ids: Sequence[int]) -> list[Document]:
    """Return what the index holds of these tickets as they stand now."""
    columns = (
        Ticket.id, Ticket.code, Ticket.title, Ticket.folded, Ticket.clock, Ticket.field, Ticket.dossier_code,
        Ticket.channel_code, Ticket.lead_id, Ticket.holder_id, Ticket.hide_identity,
        Filer.folded.label("filer"), Filer.on_behalf_of,
    )  # fmt: skip
    query = select(*columns).outerjoin(Filer, Filer.ticket_id == Ticket.id)
    rows = session.execute(query.where(Ticket.id.in_(ticket_ids))).all()
    said, agencies = _said(session, ticket_ids), _agencies(session, ticket_ids)
    return [_document(row, said[row.id], agencies[row.id]) for row in rows]


def texts(session: Session, ticket_ids: Sequence[int]) -> Texts:
    """Return what stands written on each ticket, the text of the filing first: all that every reader of it sees."""
    bodies = session.execute(select(Ticket.id, Ticket.body).where(Ticket.id.in_(ticket_ids))).all()
    said = _said(session, ticket_ids)
    return {row.id: [row.body, *said[row.id]] for row in bodies}


def _document(row: Any, said: list[str], coordinating: list[int]) -> Document:
    filer = (*_split(row.filer or ""), *_words((row.on_behalf_of or "",)))
    agencies = {id_ for id_ in (row.lead_id, row.holder_id, *coordinating) if id_ is not None}
    return Document(
        ticket_id=row.id,
        heading=(*terms.code_words(row.code), *_words((row.title, row.dossier_code, row.channel_code))),
        body=_body(row.folded, row.code, row.title),
        said=_words(said),
        filer=() if row.hide_identity else filer,
        hidden=filer if row.hide_identity else (),
        marks=(
            *sorted(map(terms.agency_mark, agencies)),
            terms.clock_mark(row.clock),
            terms.field_mark(row.field),
            *terms.age_marks(row.id),
        ),
    )


def _body(folded: str, code: str, title: str) -> tuple[str, ...]:
    """Return the words of the text: the ticket keeps them folded, behind its number and title."""
    before = len(text.split(code)) + len(text.words(title))
    return _split(folded)[before : before + terms.LONGEST_TEXT]


def _split(folded: str) -> tuple[str, ...]:
    return tuple(word[: terms.LONGEST_WORD] for word in text.split(folded))


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(islice(chain.from_iterable(map(terms.words_of, texts)), terms.LONGEST_TEXT))


def _said(session: Session, ticket_ids: Sequence[int]) -> Texts:
    """Return the texts of answers, questions, replies and notes: all that the staff's page of a ticket shows."""
    texts: Texts = defaultdict(list)
    answers = select(Answer.ticket_id, Answer.text, Answer.legal_refs, Answer.letter_number)
    for row in session.execute(answers.where(Answer.ticket_id.in_(ticket_ids)).order_by(Answer.id)):
        texts[row.ticket_id] += [row.text, row.legal_refs, row.letter_number]
    messages = select(Message.ticket_id, Message.text).where(Message.ticket_id.in_(ticket_ids))
    for ticket_id, written in session.execute(messages.order_by(Message.id)):
        texts[ticket_id].append(written)
    return texts


def _agencies(session: Session, ticket_ids: Sequence[int]) -> dict[int, list[int]]:
    """Return the agencies that are asked to coordinate."""
    query = select(Assignment.ticket_id, Assignment.agency_id).where(
        Assignment.ticket_id.in_(ticket_ids),
        Assignment.part == "coordinating",
        Assignment.ended_on.is_(None),
    )
    found: dict[int, list[int]] = defaultdict(list)
    for ticket_id, agency_id in session.execute(query):
        found[ticket_id].append(agency_id)
    return found
