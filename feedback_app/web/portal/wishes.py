"""In which channels a person with an account wants to hear: a form of its own on the page of the account."""

from dataclasses import asdict

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import BooleanField

from feedback_app.accounts.actor import Function
from feedback_app.core.db import db, unit_of_work
from feedback_app.notifications import reaching, services
from feedback_app.notifications.rules import Channel, Wishes
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import account, actor
from feedback_app.web.portal import blueprint


class WishesForm(FlaskForm):
    mail = BooleanField(_l("Thư điện tử"))
    sms = BooleanField(_l("Tin nhắn SMS tới số điện thoại đã ghi"))
    zalo = BooleanField(_l("Tin nhắn Zalo tới số điện thoại đã ghi"))
    digest = BooleanField(
        _l("Thư tổng hợp buổi sáng"),
        description=_l("Mỗi ngày làm việc một thư lúc 8 giờ, chỉ nêu số lượng và số phiếu"),
    )


def wishes_form() -> WishesForm:
    """Return the form with what the person can choose here: only channels that this installation has."""
    user_id = account().id
    form = WishesForm(data=asdict(reaching.wishes(db.session(), [user_id])[user_id]))
    for channel in (Channel.SMS, Channel.ZALO):
        if channel not in reaching.possible_channels():
            delattr(form, channel)
    if actor().functions() <= {Function.ENTERPRISE}:
        del form.digest  # enterprises hear at once
    return form


@blueprint.post("/tai-khoan/nhan-tin")
def wishes() -> Response:
    if not current_user.is_authenticated:
        return redirect(url_for("portal.sign_in"))
    form, user_id = wishes_form(), account().id
    if form.validate_on_submit():
        chosen = {name: form[name].data for name in asdict(Wishes()) if name in form}
        before = asdict(reaching.wishes(db.session(), [user_id])[user_id])
        with unit_of_work() as session:
            services.choose(session, user_id, Wishes(**(before | chosen)))
        flash(_("Đã lưu cách nhận tin."), "success")
    return redirect(url_for("portal.profile"))
