"""Words for deeds: the button, what was done, and what a line asks its reader to decide."""

from typing import Any

from flask_babel import lazy_gettext as _l

from feedback_app.briefing.rules import Deed

BUTTONS: dict[Deed, Any] = {
    Deed.REMIND: _l("Đôn đốc"),
    Deed.DIRECT: _l("Yêu cầu trình văn bản chỉ đạo"),
    Deed.CONVENE: _l("Mời họp"),
    Deed.EXTEND: _l("Yêu cầu xem xét gia hạn"),
    Deed.COMMEND: _l("Biểu dương"),
}
# a central vertical agency is asked, not urged
ASKING: dict[Deed, Any] = BUTTONS | {Deed.REMIND: _l("Đề nghị quan tâm giải quyết")}
DONE: dict[Deed, Any] = {
    Deed.REMIND: _l("đã đôn đốc"),
    Deed.DIRECT: _l("đã yêu cầu trình văn bản chỉ đạo"),
    Deed.CONVENE: _l("đã mời họp"),
    Deed.EXTEND: _l("đã yêu cầu xem xét gia hạn"),
    Deed.COMMEND: _l("đã biểu dương"),
}
DECISIONS: dict[Deed, Any] = {
    Deed.REMIND: _l("đôn đốc cơ quan đang giữ phiếu trả lời ngay"),
    Deed.DIRECT: _l("cho ý kiến chỉ đạo: phiếu đang chờ UBND tỉnh"),
    Deed.CONVENE: _l("mời các bên họp: đôn đốc hoặc lấy ý kiến chưa đi đến đâu"),
    Deed.EXTEND: _l("gia hạn một lần trước khi quá hạn, vì còn chờ ý kiến phối hợp"),
}
