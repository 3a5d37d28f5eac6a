"""Answers of the library as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.catalogue.store import Loaded
from feedback_app.core.db import db
from feedback_app.library import policy, queries
from feedback_app.library.lifecycle import Status
from feedback_app.library.models import LibraryAnswer
from feedback_app.library.redaction import Kind, Term, find
from feedback_app.library.services import proposing
from feedback_app.tickets.labels import Meta
from feedback_app.tickets.models import Ticket
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.presenting.names import agency_name, field_name

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KINDS = {
    Kind.PERSON: _l("tên người"),
    Kind.ENTERPRISE: _l("tên doanh nghiệp"),
    Kind.EMAIL: _l("thư điện tử"),
    Kind.PHONE: _l("số điện thoại"),
    Kind.TAX_CODE: _l("mã số thuế, số căn cước"),
    Kind.PLACE: _l("địa điểm"),
    Kind.AMOUNT: _l("số tiền"),
    Kind.CODE: _l("mã hồ sơ, số văn bản"),
    Kind.NUMBER: _l("dãy số"),
}
PARTS = {"title": _l("Tiêu đề"), "question": _l("Câu hỏi"), "text": _l("Câu trả lời")}
STATUSES = {
    Status.WAITING: Meta(_l("Đang chờ"), "waiting", "clock"),
    Status.OBJECTED: Meta(_l("Doanh nghiệp không đồng ý"), "late", "lock"),
    Status.REFUSED: Meta(_l("Trả lại để sửa"), "soon", "back"),
    Status.PUBLISHED: Meta(_l("Đã công bố"), "intime", "check"),
    Status.WITHDRAWN: Meta(_l("Đã gỡ"), "neutral", "close"),
    Status.EXPIRED: Meta(_l("Hết hiệu lực, cần trả lời mới"), "soon", "alert"),
}
BEGINNING = 220  # characters of an answer in a list


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; ``kind``: what the check found there, empty where it found nothing."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    code: str
    title: str
    question: str
    text: str
    beginning: str
    field: str
    agency: str
    answered_on: date
    published_at: datetime | None
    status: Meta
    is_published: bool
    end_note: str


def publication_link(session: "Session", ticket: Ticket) -> tuple[str, str] | None:
    """Return words and address by which a handler comes to the publishing of the ticket's answer, if there is any."""
    row = queries.of_ticket(session, ticket.id)
    if row is not None and policy.reads(actor(), row.agency_id):
        return str(STATUSES[Status(row.status)].label), url_for("publishing.answer", code=row.code)
    answer = proposing.answer_of(ticket)
    if answer is None or not policy.may_propose(actor(), answer.agency_id):
        return None
    if proposing.reason_against(ticket, loaded()) is not None:
        return None
    return _("Đề nghị công bố câu trả lời"), url_for("publishing.propose", code=ticket.code)


def answer_view(row: LibraryAnswer, known: Loaded) -> AnswerView:
    """Return an answer with the names that agency and field had and have."""
    text = " ".join(row.text.split())
    return AnswerView(
        code=row.code,
        title=row.title,
        question=row.question,
        text=row.text,
        beginning=text if len(text) <= BEGINNING else text[:BEGINNING].rsplit(" ", 1)[0] + " …",
        field=field_name(known, row.field),
        agency=agency_name(known, row.agency_id, row.answered_on),
        answered_on=row.answered_on,
        published_at=row.published_at,
        status=STATUSES[Status(row.status)],
        is_published=row.status == Status.PUBLISHED,
        end_note=row.end_note,
    )


def answer_views(rows: Iterable[LibraryAnswer], known: Loaded) -> list[AnswerView]:
    return [answer_view(row, known) for row in rows]


def answered_before(text: str) -> list[AnswerView]:
    """Return published answers that are like what somebody is about to file."""
    return answer_views(queries.similar(db.session(), text), loaded()) if text.strip() else []


def pieces(text: str, terms: Iterable[Term]) -> list[Piece]:
    """Return the text cut where the check finds something."""
    found, last = list[Piece](), 0
    for each in find(text, terms):
        found += [Piece(text[last : each.start], ""), Piece(each.text, str(KINDS[each.kind]))]
        last = each.end
    return [piece for piece in [*found, Piece(text[last:], "")] if piece.text]
