"""An officer proposes an answer: what the check found, what others will read, what still could tell whose it is."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Invalid
from feedback_app.library import policy
from feedback_app.library.rules import cited
from feedback_app.library.services import proposing
from feedback_app.library.services.proposing import Texts
from feedback_app.tickets import queries as tickets
from feedback_app.tickets.models import Answer, Ticket
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.intake.fields import Line, Prose
from feedback_app.web.presenting.library import KINDS, PARTS, pieces
from feedback_app.web.publishing import blueprint

LONGEST = 20_000


class ProposeForm(FlaskForm):
    title = Line(_l("Tiêu đề"), required=_l("Xin nhập tiêu đề."))
    question = Prose(_l("Câu hỏi"), required=_l("Xin nhập câu hỏi."), longest=LONGEST)
    text = Prose(_l("Câu trả lời"), required=_l("Xin nhập câu trả lời."), longest=LONGEST)
    documents = Prose(
        _l("Văn bản được viện dẫn"),
        longest=2000,
        description=_l(
            "Mỗi dòng một số, ký hiệu, ví dụ 30/2020/NĐ-CP. Khi văn bản bị thay thế, câu trả lời tự hết công bố."
        ),
    )
    let_stand = BooleanField(_l("Tôi đã xem từng chỗ dưới đây; các chỗ ấy không làm lộ doanh nghiệp."))

    def texts(self) -> Texts:
        return Texts(self.title.data or "", self.question.data or "", self.text.data or "")

    def numbers(self) -> list[str]:
        lines = (self.documents.data or "").splitlines()
        return [line.strip()[:100] for line in lines if line.strip()]


@blueprint.route("/de-nghi/<code>", methods=["GET", "POST"])
def propose(code: str) -> str | Response | tuple[str, int]:
    """Propose the answer of a ticket that this person handles."""
    ticket = tickets.handled_by(db.session(), actor(), code, whole=True)
    answer = proposing.answer_of(ticket)
    if answer is None or not policy.may_propose(actor(), answer.agency_id):
        raise Conflict(_("Phiếu này chưa có câu trả lời mà Ông/Bà có thể đề nghị công bố."))
    reason = proposing.reason_against(ticket, loaded())
    if reason is not None:
        return render_template("publishing/not_this.html", ticket=ticket, reason=reason), 409
    form = _form(ticket, answer)
    if form.validate_on_submit():
        try:
            return _propose(code, form)
        except Invalid as wrong:
            form.text.errors = [*form.text.errors, wrong.message]
    return _page(ticket, answer, form)


def _form(ticket: Ticket, answer: Answer) -> ProposeForm:
    terms = proposing.terms_of(db.session(), ticket, loaded())
    texts = proposing.proposed(ticket, answer, terms)
    numbers = cited(answer.legal_refs, answer.text)
    return ProposeForm(data={**dict(texts.parts()), "documents": "\n".join(numbers)})


def _propose(code: str, form: ProposeForm) -> Response:
    with unit_of_work() as session:
        ticket = tickets.handled_by(session, actor(), code, whole=True)
        row = proposing.propose(
            session,
            ticket,
            form.texts(),
            form.numbers(),
            loaded(),
            by=actor(),
            at=clock.now(),
            let_stand=bool(form.let_stand.data),
        )
        public_code = row.code
    flash(_("Đã gửi đề nghị. Doanh nghiệp được xem bản này và có thể phản đối."), "success")
    return redirect(url_for("publishing.answer", code=public_code))


def _page(ticket: Ticket, answer: Answer, form: ProposeForm) -> str:
    terms = proposing.terms_of(db.session(), ticket, loaded())
    whole = proposing.original(ticket, answer)
    left = proposing.check(form.texts(), terms)
    given: dict[str, Any] = {
        "original": [(PARTS[name], pieces(text, terms)) for name, text in whole.parts()],
        "found": len(proposing.check(whole, terms)),
        "left": [(PARTS[f.part], KINDS[f.kind], f.text) for f in left],  # type: ignore[index]
        "ticket": ticket,
        "days": loaded().catalogue.library.objection_days,
    }
    return render_template("publishing/propose.html", form=form, **given)
