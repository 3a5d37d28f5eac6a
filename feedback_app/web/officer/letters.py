"""The official letters of a ticket as docx and PDF: answer or draft, apology, notice of an extension."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import send_file
from flask_babel import force_locale
from werkzeug.wrappers import Response

from feedback_app.catalogue.packs.agencies import AgencyType
from feedback_app.catalogue.packs.shape import one
from feedback_app.core import clock
from feedback_app.core.clock import local_date
from feedback_app.core.db import db
from feedback_app.core.errors import NotFound
from feedback_app.core.i18n import ngay
from feedback_app.papers.as_docx import docx
from feedback_app.papers.as_pdf import pdf
from feedback_app.papers.letter import Letter
from feedback_app.tickets import queries
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.reasons import EXTENSION_REASONS
from feedback_app.tickets.services.approving import live_draft
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint
from feedback_app.web.officer.papers import ANSWER, APOLOGY, EXTENSION
from feedback_app.web.presenting import agency_name

FORMS = {
    "docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf, "application/pdf"),
}
PROVINCE = "Ủy ban nhân dân tỉnh Khánh Hòa"
UNKNOWN = "Quý doanh nghiệp"
OBJECTION = (
    "Nếu không đồng ý, Quý doanh nghiệp gửi ý kiến trên trang theo dõi phiếu; "
    "Văn phòng Ủy ban nhân dân tỉnh xem xét và trả lời."
)
MADE_HERE = (
    "Bản tạo từ nội dung trên hệ thống. Văn bản có giá trị là bản có số, chữ ký và con dấu của cơ quan."
)


@blueprint.get("/phieu/<code>/van-ban/<paper>.<form>")
def letter(code: str, paper: str, form: str) -> Response:
    """Return the letter, always in Vietnamese: it is an official paper.

    Raises:
        NotFound: no such ticket for this reader, no such paper of it, or no such form.
    """
    ticket = queries.handled_by(db.session(), actor(), code, whole=True)
    if form not in FORMS or paper not in PAPERS:
        raise NotFound(paper)
    with force_locale("vi"):
        drawn = PAPERS[paper](ticket)
    if drawn is None:
        raise NotFound(paper)
    draw, media_type = FORMS[form]
    name = f"{paper}-{code}.{form}"
    return send_file(io.BytesIO(draw(drawn)), media_type, as_attachment=True, download_name=name)


def _answer(ticket: Ticket) -> Letter | None:
    """Return the draft on its way, or else the last answer as it was sent."""
    draft = live_draft(ticket)
    if draft is not None:
        return _letter(
            ticket,
            draft.agency_id,
            None,
            subject=f"trả lời phiếu phản ánh, kiến nghị số {ticket.code}",
            paragraphs=tuple(filter(None, (_opening(ticket, draft.agency_id), draft.text, draft.apology))),
            basis=_lines(draft.legal_refs),
        )
    if not ticket.answers:
        return None
    answer = ticket.answers[-1]
    return _letter(
        ticket,
        answer.agency_id,
        answer.letter_date or answer.on,
        number=answer.letter_number,
        signer=answer.letter_signer,
        subject=f"trả lời phiếu phản ánh, kiến nghị số {ticket.code}",
        paragraphs=(_opening(ticket, answer.agency_id), answer.text),
        basis=_lines(answer.legal_refs),
    )


def _apology(ticket: Ticket) -> Letter | None:
    if not ticket.apologies:
        return None
    row = ticket.apologies[-1]
    promise = f"Ngày hẹn trả lời mới: {ngay(row.new_date)}." if row.new_date else ""
    return _letter(
        ticket,
        row.agency_id,
        local_date(row.at),
        title="Thư xin lỗi",
        paragraphs=tuple(filter(None, (f"Về phiếu số {ticket.code}: {ticket.title}.", row.text, promise))),
    )


def _extension(ticket: Ticket) -> Letter | None:
    approved = [r for r in ticket.head_requests if r.kind == "extension" and r.verdict == "approved"]
    if not approved or approved[-1].decided_at is None:
        return None
    row = approved[-1]
    reason = str(EXTENSION_REASONS.get(row.reason_code, ""))
    until = f" Hạn trả lời mới là ngày {ngay(ticket.due_on)}." if row.round == ticket.round else ""
    return _letter(
        ticket,
        row.agency_id,
        local_date(approved[-1].decided_at),
        title="Thông báo gia hạn thời hạn trả lời",
        paragraphs=(
            f"Về phiếu số {ticket.code}: {ticket.title}.",
            f"Lý do gia hạn: {reason}. {row.text}",
            f"Thời hạn được gia hạn thêm {row.days} ngày.{until}",
            OBJECTION,
        ),
        basis=_lines(row.legal_basis),
    )


PAPERS: dict[str, Callable[[Ticket], Letter | None]] = {
    ANSWER: _answer,
    APOLOGY: _apology,
    EXTENSION: _extension,
}


def _letter(ticket: Ticket, agency_id: int, dated: date | None, **what: Any) -> Letter:
    pack, on = loaded(), dated or clock.today()
    agency = one(pack.catalogue.agencies.agencies, pack.agency_codes[agency_id], "cơ quan")
    filer = queries.filer_for(db.session(), actor(), ticket)
    return Letter(
        agency=agency.named(on).name.vi,
        superior=PROVINCE if agency.type == AgencyType.PROVINCIAL else "",
        dated=dated,
        addressee=filer.name if filer is not None and not ticket.hide_identity else UNKNOWN,
        recipients=("Như trên", "Lưu: VT"),
        signer_title="Thủ trưởng cơ quan",
        notes=(MADE_HERE,),
        **what,
    )


def _opening(ticket: Ticket, agency_id: int) -> str:
    name = agency_name(loaded(), agency_id)
    return (
        f"{name} nhận được phiếu phản ánh, kiến nghị số {ticket.code} ngày {ngay(ticket.received_on)} của Quý doanh "
        f"nghiệp về việc: {ticket.title}. {name} trả lời như sau:"
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip().rstrip(";.") for line in text.splitlines() if line.strip())
