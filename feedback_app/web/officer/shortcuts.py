"""The keys of the officer's pages, listed for people; the script reads them from the pages themselves."""

from flask import render_template
from flask_babel import lazy_gettext as _l

from feedback_app.tickets.labels import ACTS
from feedback_app.web.officer import blueprint
from feedback_app.web.officer.menu import KEYS

ANYWHERE = (
    (("?",), _l("Mở trang này")),
    (("Esc",), _l("Rời ô đang gõ, để dùng lại phím tắt")),
)
IN_LISTS = (
    (("j", "k"), _l("Phiếu sau, phiếu trước")),
    (("Enter",), _l("Mở phiếu")),
    (("/",), _l("Đến ô tìm, lọc theo từ")),
    (("x",), _l("Chọn hoặc bỏ chọn phiếu để làm nhiều phiếu một lần")),
    (("s",), _l("Tìm trong mọi phiếu được xem")),
    (("b",), _l("Đến ô việc làm với các phiếu được chọn")),
)
ON_A_TICKET = (
    (("j", "k"), _l("Phiếu sau, phiếu trước của danh sách vừa mở")),
    (("Ctrl", "Enter"), _l("Gửi biểu mẫu đang gõ")),
    (("u",), _l("Về danh sách đã mở gần nhất")),
    (("o",), _l("Mở bản in của phiếu")),
    (("Tab", "Enter"), _l("Đến từng việc không có phím riêng; Enter mở nhóm việc đang gấp")),
)


@blueprint.get("/phim-tat")
def keys() -> str:
    acts = tuple(((key,), ACTS[act]) for act, key in KEYS.items())
    return render_template(
        "officer/keys.html", anywhere=ANYWHERE, in_lists=IN_LISTS, on_a_ticket=(*ON_A_TICKET, *acts)
    )
