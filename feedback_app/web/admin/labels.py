"""Steps and units of time limits, kinds of audit entries, in the reader's language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.catalogue.models import Origin
from feedback_app.catalogue.packs.regulation import Anchor, Step, Unit

STEPS: dict[Step, Any] = {
    Step.ACKNOWLEDGE: _l("Xác nhận đã nhận"),
    Step.FIRST_LOOK: _l("Xem lần đầu"),
    Step.CLASSIFY: _l("Phân loại, chuyển cơ quan giải quyết"),
    Step.RETURN_WRONG: _l("Trả lại vì không đúng cơ quan"),
    Step.OPINION: _l("Cơ quan phối hợp cho ý kiến"),
    Step.ANSWER: _l("Trả lời doanh nghiệp"),
    Step.EXTENDED_ANSWER: _l("Trả lời khi được gia hạn"),
    Step.WAIT_ENTERPRISE: _l("Chờ doanh nghiệp bổ sung"),
    Step.REPORT_UP: _l("Báo cáo lên cấp trên"),
    Step.PROVINCE_DIRECTS: _l("UBND tỉnh chỉ đạo"),
    Step.RATE: _l("Doanh nghiệp đánh giá"),
    Step.REOPEN: _l("Đề nghị mở lại"),
    Step.TRIAGE_REPORT: _l("Xem xét phản ánh nhạy cảm"),
    Step.SETTLE: _l("Giải quyết phản ánh nhạy cảm"),
    Step.SETTLE_EXTENSION: _l("Gia hạn giải quyết"),
}
ANCHORS: dict[Anchor, Any] = {
    Anchor.RECEIPT: _l("từ ngày nhận"),
    Anchor.ASSIGNMENT: _l("từ ngày được giao"),
    Anchor.REQUEST: _l("từ ngày được hỏi"),
    Anchor.ANSWER_DUE: _l("từ hạn trả lời"),
    Anchor.SETTLE_DUE: _l("từ hạn giải quyết"),
    Anchor.REPORTED_UP: _l("từ ngày báo cáo"),
    Anchor.ANSWER: _l("từ ngày trả lời"),
    Anchor.CLOSING: _l("từ ngày đóng phiếu"),
}
ORIGINS: dict[Origin, Any] = {
    Origin.SHIPPED: _l("tệp đi kèm"),
    Origin.EDITED: _l("sửa trong trang quản trị"),
}


def step_name(step: Step) -> str:
    return str(STEPS[step])


def anchor_name(anchor: Anchor) -> str:
    return str(ANCHORS[anchor])


def unit_name(unit: Unit, value: int) -> str:
    """Return ``7 ngày làm việc``, ``30 ngày`` or, of nothing, ``ngay``."""
    if value == 0:
        return str(_("ngay trong ngày"))
    if unit is Unit.WORKING_DAYS:
        return str(_("%(days)s ngày làm việc", days=value))
    return str(_("%(days)s ngày", days=value))
