"""What the holder of a ticket does with it: accept, ask, note."""

from typing import Any

from flask import redirect, url_for
from flask_babel import lazy_gettext as _l

from feedback_app.core import clock
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import handling, requesting
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint
from feedback_app.web.officer.doing import Answered, act_page, perform
from feedback_app.web.officer.forms import AcceptForm, AskForm, NoteForm


@blueprint.post("/phieu/<code>/nhan")
def accept(code: str) -> Answered:
    form = AcceptForm()

    def deed(session: Any, ticket: Ticket) -> None:
        handling.accept(session, ticket, by=actor(), at=clock.now(), seen_version=form.version)

    def again() -> Answered:
        return redirect(url_for("officer.ticket", code=code))

    return perform(code, form, deed, _l("Ông/Bà đã nhận giải quyết phiếu này."), again)


@blueprint.route("/phieu/<code>/bo-sung", methods=["GET", "POST"])
def ask(code: str) -> Answered:
    form = AskForm()

    def deed(session: Any, ticket: Ticket) -> None:
        text, at = form.text.data, clock.now()
        requesting.ask_enterprise(session, ticket, by=actor(), text=text, at=at, seen_version=form.version)

    def again() -> Answered:
        return act_page(code, Act.ASK, form)

    said = _l("Đã ghi nhận. Thời hạn tạm dừng khi đề nghị bổ sung được gửi đến doanh nghiệp.")
    return perform(code, form, deed, said, again) if form.validate_on_submit() else again()


@blueprint.route("/phieu/<code>/ghi-chu", methods=["GET", "POST"])
def note(code: str) -> Answered:
    form = NoteForm()

    def deed(session: Any, ticket: Ticket) -> None:
        handling.note(session, ticket, by=actor(), text=form.text.data, at=clock.now())

    def again() -> Answered:
        return act_page(code, Act.NOTE, form)

    return perform(code, form, deed, _l("Đã ghi chú."), again) if form.validate_on_submit() else again()
