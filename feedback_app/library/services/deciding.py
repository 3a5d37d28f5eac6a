"""What the enterprise says to it, who answers for publishing it, and how it is taken out again."""

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core import audit
from feedback_app.core.clock import local_date
from feedback_app.core.errors import Conflict, Forbidden
from feedback_app.library import policy, searching
from feedback_app.library.lifecycle import Said, Status, Wait, wait_of
from feedback_app.library.models import Citation, CitedDocument, LibraryAnswer
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry


def wait(row: LibraryAnswer, today: date) -> Wait:
    """Return what the answer waits for."""
    return wait_of(Said(row.consented, row.agreed, row.object_until), today)


def reply(
    session: Session,
    ticket: Ticket,
    row: LibraryAnswer,
    *,
    by: Owner,
    agreed: bool,
    reason: str,
    at: datetime,
) -> None:
    """Write down what the enterprise says; an objection is for good, and nobody has to give a reason.

    What is published already is taken out at its word.

    Raises:
        Conflict: it is decided already.
    """
    if row.status == Status.PUBLISHED and not agreed:
        _end(session, row, Status.OBJECTED, "", by_id=by.user_id, at=at)
    elif row.status != Status.WAITING:
        raise Conflict(_("Việc công bố câu trả lời này đã được quyết định."))
    row.agreed, row.objection, row.replied_at = agreed, reason, at
    if not agreed:
        row.status = Status.OBJECTED
    entry = Entry.PUBLICATION_AGREED if agreed else Entry.PUBLICATION_REFUSED
    announce(session, ticket, entry, "agency", at=at, whom=row.agency_id, actor_id=by.user_id)
    audit.record(session, "library.replied", at=at, actor_id=by.user_id, subject=row.code, agreed=agreed)


def approve(session: Session, row: LibraryAnswer, seen: int, *, by: Actor, at: datetime) -> None:
    """Publish; ``by`` answers for it. ``seen``: the version that was read.

    Raises:
        Forbidden: ``by`` proposed it, or may not decide for that agency.
        Conflict: it was changed since, or the enterprise may still object, or has to agree first.
    """
    _require_deciding(row, by)
    if row.version != seen:
        raise Conflict(_("Bản công bố đã thay đổi từ khi Ông/Bà mở trang. Xin xem lại."))
    if wait(row, local_date(at)) is not Wait.READY:
        raise Conflict(_("Chưa công bố được: doanh nghiệp còn thời gian phản đối, hoặc chưa đồng ý."))
    row.status, row.decided_by_id = Status.PUBLISHED, by.user_id
    row.decided_at = row.published_at = at
    session.flush()
    searching.write(session, row)
    audit.record(session, "library.published", at=at, actor_id=by.user_id, subject=row.code)


def refuse(session: Session, row: LibraryAnswer, note: str, *, by: Actor, at: datetime) -> None:
    """Send it back to whoever proposed it. Raises Forbidden, Conflict: as ``approve``."""
    _require_deciding(row, by)
    row.status, row.decided_by_id, row.decided_at, row.decision_note = Status.REFUSED, by.user_id, at, note
    audit.record(session, "library.refused", at=at, actor_id=by.user_id, subject=row.code)


def withdraw(session: Session, row: LibraryAnswer, note: str, *, by: Actor, at: datetime) -> None:
    """Take a published answer out; its address says that it was taken out.

    Raises:
        Forbidden: ``by`` may not. Conflict: it is not published.
    """
    if not policy.may_end(by, row.agency_id):
        raise Forbidden(row.code)
    if row.status != Status.PUBLISHED:
        raise Conflict(_("Câu trả lời này không còn được công bố."))
    _end(session, row, Status.WITHDRAWN, note, by_id=by.user_id, at=at)


def replace_document(
    session: Session, document: CitedDocument, by_number: str, on: date, *, by: Actor, at: datetime
) -> list[LibraryAnswer]:
    """Say that a document was replaced; return the published answers that are taken out because of it.

    Raises:
        Forbidden: ``by`` may not. Conflict: it was marked already.
    """
    if not policy.may_mark_documents(by):
        raise Forbidden(document.number)
    if document.replaced_on is not None:
        raise Conflict(_("Văn bản này đã được đánh dấu là hết hiệu lực."))
    document.replaced_by, document.replaced_on, document.marked_by_id = by_number, on, by.user_id
    query = select(LibraryAnswer).join(Citation, Citation.library_answer_id == LibraryAnswer.id)
    rows = session.scalars(
        query.where(Citation.document_id == document.id, LibraryAnswer.status == Status.PUBLISHED)
    ).all()
    note = f"{document.number} → {by_number}" if by_number else document.number
    for row in rows:
        _end(session, row, Status.EXPIRED, note, by_id=by.user_id, at=at)
    audit.record(
        session,
        "library.document_replaced",
        at=at,
        actor_id=by.user_id,
        subject=document.number,
        answers=len(rows),
    )
    return list(rows)


def _end(
    session: Session, row: LibraryAnswer, status: Status, note: str, *, by_id: int | None, at: datetime
) -> None:
    row.status, row.ended_at, row.ended_by_id, row.end_note = status, at, by_id, note
    searching.forget(session, row)
    audit.record(session, f"library.{status}", at=at, actor_id=by_id, subject=row.code)


def _require_deciding(row: LibraryAnswer, by: Actor) -> None:
    if not policy.may_decide(by, row.agency_id, row.proposed_by_id):
        raise Forbidden(row.code)
    if row.status != Status.WAITING:
        raise Conflict(_("Câu trả lời này đã được quyết định."))
