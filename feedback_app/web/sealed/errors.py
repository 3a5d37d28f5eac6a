"""The vault's error pages. What is logged is the route's name and the error's class, nothing of what was sent."""

from typing import Any

import structlog
from flask import Flask, Response, make_response, render_template, request
from flask_babel import lazy_gettext as _
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from feedback_app.confidential import errors
from feedback_app.core.errors import Conflict, FeedbackError

log = structlog.get_logger()
CLOSED = (errors.IntakeClosed, errors.Unavailable)


def init_app(app: Flask) -> None:
    app.register_error_handler(FeedbackError, _known)
    app.register_error_handler(HTTPException, lambda error: page(error.code or 500))
    app.register_error_handler(OperationalError, _away)
    app.register_error_handler(DataError, lambda _: page(400))
    app.register_error_handler(Exception, _unexpected)


def page(status: int, error: Exception | None = None) -> Response:
    """Return the page that says what happened and what to do."""
    heading, advice = _said(status, error)
    response = make_response(
        render_template(
            "sealed/error.html", heading=heading, advice=advice, ticket=getattr(error, "ticket", "")
        ),
        status,
    )
    if isinstance(error, errors.Wait):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def closed() -> Response:
    """Return the page that says that nothing is taken in just now, and where to go instead."""
    return make_response(render_template("sealed/closed.html"), 503)


def _known(error: FeedbackError) -> Response:
    if isinstance(error, CLOSED):
        log.warning("the vault is closed", error=type(error).__name__, endpoint=request.endpoint)
        return closed()
    return page(error.status, error)


def _away(error: Exception) -> Response:
    log.error("the vault's database is away", error=type(error).__name__, endpoint=request.endpoint)
    return closed()


def _unexpected(error: Exception) -> Response:
    log.error("unexpected error in the vault", error=type(error).__name__, endpoint=request.endpoint)
    return page(500)


def _said(status: int, error: Exception | None) -> tuple[str, str]:
    """Return heading and advice: by the error where it has its own, else by the status."""
    own = next((said for kinds, said in BY_ERROR if isinstance(error, kinds)), None)
    heading, advice = own or BY_STATUS.get(status) or (REFUSED if status < SERVERS_FAULT else FAILED)
    return str(heading), str(advice)


SERVERS_FAULT = 500
Said = tuple[Any, Any]  # heading and advice, translated when shown
BY_ERROR: tuple[tuple[tuple[type[Exception], ...], Said], ...] = (
    (
        (errors.Wait,),
        (_("Đang có quá nhiều lượt gửi"), _("Xin chờ một lát rồi bấm lại; lượt của bạn được ưu tiên.")),
    ),
    (
        (errors.StateExpired,),
        (
            _("Các bước đã quá hai giờ"),
            _(
                "Để không ai đọc lại được những gì bạn đã nhập trên thiết bị này, xin bắt đầu lại. Chưa có gì được lưu."
            ),
        ),
    ),
    (
        (errors.Tampered,),
        (_("Nội dung không còn nguyên vẹn"), _("Hệ thống từ chối mở nội dung này. Xin bắt đầu lại.")),
    ),
    (
        (errors.OutOfSpace,),
        (_("Máy chủ hết chỗ chứa"), _("Chưa có gì được lưu. Xin thử lại sau hoặc gửi không kèm tệp.")),
    ),
    (
        (errors.NotOpened,),
        (
            _("Báo cáo chưa được mở trong phiên này"),
            _("Xin mở báo cáo từ danh sách; việc mở được ghi nhật ký."),
        ),
    ),
    (
        (errors.WrongStage, Conflict),
        (
            _("Việc này không còn phù hợp"),
            _("Báo cáo đã được xử lý ở bước khác. Xin mở lại để xem tình trạng mới nhất."),
        ),
    ),
    (
        (errors.NotAllowed, errors.NotApproved, errors.NotGranted),
        (_("Bạn không được làm việc này với báo cáo"), _("Quyền theo vai trò và theo từng báo cáo.")),
    ),
)
MISSING: Said = (_("Không có trang này"), _("Xin bắt đầu từ trang đầu của báo cáo kín."))
LARGE: Said = (_("Nội dung gửi quá lớn"), _("Mỗi tệp tối đa 20 MB. Chưa có gì được lưu."))
BY_STATUS: dict[int, Said] = {404: MISSING, 405: MISSING, 413: LARGE}
REFUSED: Said = (
    _("Không thực hiện được yêu cầu"),
    _("Xin quay lại và kiểm tra nội dung đã nhập. Chưa có gì được lưu."),
)
FAILED: Said = (_("Có lỗi xảy ra"), _("Thao tác vừa rồi chưa được ghi nhận. Xin thử lại sau ít phút."))
