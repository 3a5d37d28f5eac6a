"""A lost tracking code: a one-time code goes to the contact that was left, and buys a new one."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.limits import limiter
from feedback_app.core.security import grouped
from feedback_app.intake.services import recovery
from feedback_app.notifications.reaching import reaches_phones
from feedback_app.web.forms import FlaskForm
from feedback_app.web.intake import blueprint
from feedback_app.web.intake.fields import Line


class RecoverForm(FlaskForm):
    number = Line(_l("Số phiếu"), required=_l("Xin nhập số phiếu, ví dụ KH-2026-000123."), longest=40)
    contact = Line(
        _l("Thư điện tử đã ghi trên phiếu"),
        required=_l("Xin nhập liên hệ đã ghi trên phiếu."),
    )


def recover_form() -> RecoverForm:
    """Return the form; a telephone number is asked for where a gateway takes messages to it."""
    form = RecoverForm()
    if reaches_phones():
        form.contact.label.text = _("Thư điện tử hoặc số điện thoại đã ghi trên phiếu")
        form.contact.description = _("Số điện thoại nhận mã qua tin nhắn, tối đa ba lần một ngày.")
    return form


class ExchangeForm(FlaskForm):
    number = Line(_l("Số phiếu"), required=_l("Xin nhập số phiếu, ví dụ KH-2026-000123."), longest=40)
    code = Line(_l("Mã xác nhận"), required=_l("Xin nhập mã xác nhận đã nhận được."), longest=60)


@blueprint.route("/lay-lai-ma", methods=["GET", "POST"])
@limiter.limit("10 per hour", methods=["POST"])
def recover() -> str | Response | tuple[str, int]:
    """Ask for a one-time code; the answer is the same whether number and contact match or not."""
    form = recover_form()
    if not form.validate_on_submit():
        return _answer("intake/recover.html", form)
    with unit_of_work() as session:
        recovery.request_code(session, form.number.data, form.contact.data)
    return redirect(url_for("intake.exchange", da_gui=1))


@blueprint.route("/lay-lai-ma/xac-nhan", methods=["GET", "POST"])
@limiter.limit("10 per hour", methods=["POST"])
def exchange() -> str | Response | tuple[str, int]:
    """Give a new tracking code for a one-time code."""
    form = ExchangeForm()
    if not form.validate_on_submit():
        return _answer("intake/exchange.html", form, asked="da_gui" in request.args)
    with unit_of_work() as session:
        code = recovery.exchange(session, form.number.data, form.code.data, at=clock.now())
    if code is None:
        form.code.errors = [
            _l("Mã xác nhận không đúng, đã dùng hoặc đã hết hạn 30 phút. Xin yêu cầu mã khác.")
        ]
        return _answer("intake/exchange.html", form)
    return render_template("intake/recovered.html", number=form.number.data, code=grouped(code))


def _answer(template: str, form: FlaskForm, **context: Any) -> str | tuple[str, int]:
    page = render_template(template, form=form, **context)
    return page if request.method == "GET" else (page, 422)
