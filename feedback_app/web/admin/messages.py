"""Messages that have not gone out: which wait, which failed and why, and sending them again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.notifications import queries, reaching, services
from feedback_app.notifications.models import Dispatch
from feedback_app.notifications.rules import Channel, Letter
from feedback_app.web.admin import blueprint
from feedback_app.web.identity import actor
from feedback_app.web.numbers import number

SIZE = 50
CHANNELS: dict[Channel, Any] = {
    Channel.MAIL: _l("Thư điện tử"),
    Channel.SMS: _l("SMS"),
    Channel.ZALO: _l("Zalo"),
}
LETTERS: dict[Letter, Any] = {
    Letter.CODE: _l("Mã xác nhận"),
    Letter.CONFIRM: _l("Xác nhận địa chỉ thư điện tử"),
    Letter.DIALOGUE: _l("Hội nghị đối thoại"),
    Letter.DIGEST: _l("Thư tổng hợp buổi sáng"),
    Letter.FIGURES: _l("Đối chiếu số liệu"),
    Letter.NEWS: _l("Có tin mới"),
    Letter.OVERDUE: _l("Phiếu quá hạn"),
    Letter.PROGRAMME: _l("Báo cáo Chương trình hành động"),
    Letter.RESET: _l("Đặt lại mật khẩu"),
    Letter.SIGN_UP: _l("Đăng ký lại tài khoản"),
    Letter.WEEKLY: _l("Danh sách tuần"),
    Letter.BRIEF: _l("Bản tin buổi sáng"),
    Letter.WORD: _l("Ý kiến của lãnh đạo tỉnh"),
}
REASONS: dict[str, Any] = {
    "ConnectionRefusedError": _l("máy chủ từ chối kết nối"),
    "TimeoutError": _l("máy chủ không trả lời kịp"),
    "gaierror": _l("không tìm thấy máy chủ"),
    "HTTP 401": _l("cổng không nhận khóa"),
    "HTTP 403": _l("cổng không nhận khóa"),
    "HTTP 422": _l("cổng không nhận số điện thoại hoặc mẫu tin"),
    "HTTP 429": _l("cổng yêu cầu gửi chậm lại"),
    "HTTP 503": _l("cổng tạm ngừng"),
    "SMTP 550": _l("máy chủ không có người nhận này"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One message as the page shows it; the contact is masked: an administrator need not know whom."""

    id: int
    channel: str
    letter: str
    contact: str
    at: datetime
    attempts: int
    reason: str
    given_up: bool
    resendable: bool


@blueprint.get("/gui-tin")
def messages() -> str:
    """Show what has not gone out, newest first."""
    wanted = request.args.get("kenh", "")
    channel = Channel(wanted) if wanted in set(Channel) else None
    before = number(request.args, "before")
    session = db.session()
    found = queries.unsent(session, channel, before=before, size=SIZE + 1)
    return render_template(
        "admin/messages.html",
        lines=[_line(row) for row in found[:SIZE]],
        counts={CHANNELS[c]: queries.counts(session, c) for c in Channel},
        missing=[CHANNELS[c] for c in Channel if c not in reaching.possible_channels()],
        channel=channel,
        channels=CHANNELS,
        older=found[SIZE - 1].id if len(found) > SIZE else None,
        first=before is None,
    )


@blueprint.post("/gui-tin/<int:message_id>/gui-lai")
def resend(message_id: int) -> Response:
    with unit_of_work() as session:
        services.resend(session, message_id, by_id=actor().user_id, at=clock.now())
    flash(_("Tin sẽ được gửi lại trong ít phút."), "success")
    return redirect(url_for("admin.messages"))


def _line(row: Dispatch) -> Line:
    return Line(
        id=row.id,
        channel=str(CHANNELS[Channel(row.channel)]),
        letter=str(LETTERS[Letter(row.letter)]),
        contact=masked(row.recipient),
        at=row.created_at,
        attempts=row.attempts,
        reason=str(REASONS.get(row.last_error or "", row.last_error or "")),
        given_up=row.given_up_at is not None,
        resendable=row.given_up_at is not None and bool(row.recipient),
    )


def masked(contact: str) -> str:
    """Return ``k…@example.vn`` of an address, ``…456`` of a number."""
    name, at, host = contact.partition("@")
    if at:
        return f"{name[:1]}…@{host}"
    return f"…{contact[-3:]}" if contact else "–"
