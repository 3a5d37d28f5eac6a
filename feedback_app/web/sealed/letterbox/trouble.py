"""What the reporter is told when a page cannot be answered; the rest is said by the vault's own error pages."""

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from feedback_app.confidential.errors import StateExpired, Tampered


def init_blueprint(blueprint: Blueprint) -> None:
    blueprint.register_error_handler(Tampered, _broken)
    blueprint.register_error_handler(StateExpired, _expired)
    blueprint.register_error_handler(RequestEntityTooLarge, _too_large)


def page(status: int, title: str, what_helps: str) -> ResponseReturnValue:
    content = render_template("sealed/letterbox/trouble.html", title=title, what_helps=what_helps)
    return make_response(content, status)


def _broken(_error: Exception) -> ResponseReturnValue:
    return page(
        Tampered.status,
        _("Trang này không đọc được nữa"),
        _(
            "Trang gửi lên bị hỏng hoặc không phải của hệ thống này. Xin quay lại trang trước, hoặc bắt đầu lại."
        ),
    )


def _expired(_error: Exception) -> ResponseReturnValue:
    return make_response(render_template("sealed/letterbox/expired.html", typed=""), StateExpired.status)


def _too_large(_error: Exception) -> ResponseReturnValue:
    return page(
        413,
        _("Gửi lên quá lớn"),
        _(
            "Máy chủ không nhận vì các tệp gửi một lần quá lớn. Xin bấm Quay lại của trình duyệt rồi gửi từng tệp một, "
            "mỗi tệp tối đa 20 MB. Các câu trả lời trước còn trong trang đó."
        ),
    )
