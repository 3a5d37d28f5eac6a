"""Pages on which a matter is decided in one step: answered, refused, shown the way elsewhere; and the apology."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.core import clock
from feedback_app.core.files import Refused, TakenIn
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.reasons import WHAT_TO_DO
from feedback_app.tickets.services import answering, apologising
from feedback_app.tickets.services.answering import Decision
from feedback_app.web import uploads
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint
from feedback_app.web.officer.doing import Answered, act_page, perform
from feedback_app.web.officer.drawing_on import drew, kept_at
from feedback_app.web.officer.forms import AnswerForm
from feedback_app.web.officer.forms_decisions import ApologyForm, RedirectForm, RejectForm

SAID: Mapping[Status, Any] = {
    Status.ANSWERED: _l("Đã gửi câu trả lời cho doanh nghiệp."),
    Status.REJECTED: _l("Đã gửi cho doanh nghiệp, kèm lý do không giải quyết."),
    Status.REDIRECTED: _l("Đã gửi hướng dẫn cho doanh nghiệp."),
}


@blueprint.route("/phieu/<code>/tra-loi", methods=["GET", "POST"])
def answer(code: str) -> Answered:
    form = AnswerForm()
    if drew(form, code):
        return _ask(code, form, Status.ANSWERED)
    return _decide(code, form, Status.ANSWERED)


@blueprint.route("/phieu/<code>/khong-giai-quyet", methods=["GET", "POST"])
def reject(code: str) -> Answered:
    return _decide(code, RejectForm(), Status.REJECTED)


@blueprint.route("/phieu/<code>/huong-dan", methods=["GET", "POST"])
def redirect_elsewhere(code: str) -> Answered:
    return _decide(code, RedirectForm(), Status.REDIRECTED)


@blueprint.route("/phieu/<code>/xin-loi", methods=["GET", "POST"])
def apologise(code: str) -> Answered:
    form = ApologyForm()
    if not form.text.data:
        form.text.data = polite()

    def deed(session: Any, ticket: Ticket) -> None:
        apologising.apologise(
            session,
            ticket,
            by=actor(),
            text=form.text.data or "",
            new_date=form.new_date.data,
            at=clock.now(),
            seen_version=form.version,
        )

    def again() -> Answered:
        return act_page(code, Act.APOLOGISE, form)

    said = _l("Đã gửi thư xin lỗi và ngày hẹn mới cho doanh nghiệp.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


def polite() -> str:
    """Return the words of apology that a form offers."""
    return _(
        "Cơ quan chúng tôi xin lỗi Quý doanh nghiệp vì đã trả lời chậm so với thời hạn. "
        "Chúng tôi nhận trách nhiệm về sự chậm trễ này."
    )


def _decide(code: str, form: AnswerForm, outcome: Status) -> Answered:
    def again() -> Answered:
        return _ask(code, form, outcome)

    if not form.validate_on_submit():
        return again()
    try:
        with uploads.taken_in(form.signed_file.data, only_pdf=True) as file:
            return perform(code, form, _deciding(form, outcome, file), SAID[outcome], again)
    except Refused as refusal:
        form.signed_file.errors = [refusal.reason]
        return again()


def _ask(code: str, form: AnswerForm, outcome: Status) -> Answered:
    if not form.apology.data:
        form.apology.data = polite()
    return act_page(code, answering.ACT_OF[outcome], form, kept_at=kept_at(), what_to_do=WHAT_TO_DO)


def _deciding(form: AnswerForm, outcome: Status, file: TakenIn | None) -> Any:
    reason = form.reason_code.data if "reason_code" in form else ""
    decision = Decision(
        outcome=outcome,
        text=form.text.data or "",
        legal_refs=form.legal_refs.data or "",
        reason_code=reason,
        apology=form.apology.data or "",
        letter=form.letter(),
    )

    def deed(session: Any, ticket: Ticket) -> None:
        row = answering.decide(
            session, ticket, decision, by=actor(), at=clock.now(), seen_version=form.version
        )
        uploads.attach_signed(session, row, file)

    return deed
