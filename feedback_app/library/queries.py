"""Reads of the library: what everybody finds, what officers have on their desk, documents that are cited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, selectinload

from feedback_app.accounts.actor import Actor
from feedback_app.core.errors import NotFound
from feedback_app.library import policy, searching
from feedback_app.library.lifecycle import Status
from feedback_app.library.models import Citation, CitedDocument, LibraryAnswer
from feedback_app.tickets.policy import COORDINATING_OFFICES, HANDLING

PUBLIC = (Status.PUBLISHED, Status.WITHDRAWN, Status.EXPIRED)  # whose address says something


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list begins: after the answer published then, of that id."""

    at: datetime
    id: int


def published(
    session: Session, *, field: str = "", after: Place | None = None, size: int = 20
) -> list[LibraryAnswer]:
    """Return published answers, the newest first."""
    query = select(LibraryAnswer).where(LibraryAnswer.status == Status.PUBLISHED)
    if field:
        query = query.where(LibraryAnswer.field == field)
    if after is not None:
        earlier = LibraryAnswer.published_at < after.at
        same = and_(LibraryAnswer.published_at == after.at, LibraryAnswer.id < after.id)
        query = query.where(or_(earlier, same))
    ordered = query.order_by(LibraryAnswer.published_at.desc(), LibraryAnswer.id.desc())
    return list(session.scalars(ordered.limit(size)))


def search(session: Session, asked: str, field: str = "") -> list[LibraryAnswer]:
    """Return the published answers that have all the words asked for, the best first."""
    return _in_order(session, searching.found(session, asked, field))


def similar(session: Session, text: str, limit: int = 3) -> list[LibraryAnswer]:
    """Return published answers that are like a new ticket."""
    return _in_order(session, searching.similar(session, text, limit))


def by_code(session: Session, code: str) -> LibraryAnswer:
    """Return what stands at an address for everybody, taken out or not. Raises NotFound."""
    query = select(LibraryAnswer).where(LibraryAnswer.code == code, LibraryAnswer.status.in_(PUBLIC))
    return _one(session, query.options(_with_documents()), code)


def on_desk(session: Session, actor: Actor, code: str) -> LibraryAnswer:
    """Return an answer on its way that this person may read. Raises NotFound."""
    query = select(LibraryAnswer).where(LibraryAnswer.code == code).options(_with_documents())
    row = _one(session, query, code)
    if not policy.reads(actor, row.agency_id):
        raise NotFound(code)
    return row


def of_ticket(session: Session, ticket_id: int) -> LibraryAnswer | None:
    """Return the newest proposal of a ticket."""
    query = select(LibraryAnswer).where(LibraryAnswer.ticket_id == ticket_id)
    return session.scalars(query.order_by(LibraryAnswer.id.desc())).first()


def desk(
    session: Session, actor: Actor, statuses: Sequence[Status], *, before: int | None = None, size: int = 30
) -> list[LibraryAnswer]:
    """Return the answers of the person's agencies (of all, at a coordinating office) in these states, newest first."""
    query = select(LibraryAnswer).where(LibraryAnswer.status.in_(statuses), _readable(actor))
    if before is not None:
        query = query.where(LibraryAnswer.id < before)
    return list(session.scalars(query.order_by(LibraryAnswer.id.desc()).limit(size)))


def documents(session: Session, *, after: str = "", size: int = 50) -> list[tuple[CitedDocument, int]]:
    """Return cited documents by number with how many published answers rest on each."""
    published_ = select(Citation.document_id, func.count().label("n")).join(LibraryAnswer)
    counted = (
        published_.where(LibraryAnswer.status == Status.PUBLISHED).group_by(Citation.document_id).subquery()
    )
    query = select(CitedDocument, func.coalesce(counted.c.n, 0)).outerjoin(
        counted, counted.c.document_id == CitedDocument.id
    )
    rows = session.execute(
        query.where(CitedDocument.number > after).order_by(CitedDocument.number).limit(size)
    )
    return [(document, n) for document, n in rows]


def document(session: Session, document_id: int) -> CitedDocument:
    """Return a cited document. Raises NotFound."""
    found = session.get(CitedDocument, document_id)
    if found is None:
        raise NotFound(str(document_id))
    return found


def citing(session: Session, document_id: int) -> list[LibraryAnswer]:
    """Return the answers that rested on a document and are out because of it: whom to ask for a new one."""
    query = select(LibraryAnswer).join(Citation).where(Citation.document_id == document_id)
    return list(
        session.scalars(query.where(LibraryAnswer.status == Status.EXPIRED).order_by(LibraryAnswer.agency_id))
    )


def _readable(actor: Actor) -> ColumnElement[bool]:
    own = LibraryAnswer.agency_id.in_(actor.agency_ids(HANDLING))
    return true() if actor.holds(*COORDINATING_OFFICES) else own


def _with_documents() -> Any:
    return selectinload(LibraryAnswer.citations).selectinload(Citation.document)


def _one(session: Session, query: Select[LibraryAnswer], code: str) -> LibraryAnswer:
    found = session.scalars(query).first()
    if found is None:
        raise NotFound(code)
    return found


def _in_order(session: Session, ids: Sequence[int]) -> list[LibraryAnswer]:
    query = select(LibraryAnswer).where(LibraryAnswer.id.in_(ids), LibraryAnswer.status == Status.PUBLISHED)
    rows = {row.id: row for row in session.scalars(query)}
    return [rows[id_] for id_ in ids if id_ in rows]
