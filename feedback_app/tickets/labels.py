"""Statuses, phases, acts and lines of history in the reader's language, with the sign beside them."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.tickets.lifecycle import Act, Phase, Status
from feedback_app.tickets.timeline import Entry


@dataclass(frozen=True, slots=True)
class Meta:
    """A word with its tone (neutral, waiting, intime, soon, late) and the name of its icon."""

    label: str
    tone: str
    icon: str


STATUSES: dict[Status, Meta] = {
    Status.RECEIVED: Meta(_l("Đã tiếp nhận"), "neutral", "stamp"),
    Status.TRIAGE: Meta(_l("Chờ phân loại"), "waiting", "search"),
    Status.ASSIGNED: Meta(_l("Đã chuyển, chờ nhận"), "waiting", "next"),
    Status.IN_WORK: Meta(_l("Đang giải quyết"), "waiting", "clock"),
    Status.NEED_INFO: Meta(_l("Chờ doanh nghiệp bổ sung"), "soon", "pause"),
    Status.ANSWERED: Meta(_l("Đã trả lời"), "intime", "check"),
    Status.REVIEW: Meta(_l("Đề nghị xem xét lại"), "late", "alert"),
    Status.WITHDRAWN: Meta(_l("Doanh nghiệp đã rút"), "neutral", "close"),
    Status.CLOSED: Meta(_l("Đã đóng"), "neutral", "lock"),
}

PHASES: dict[Phase, str] = {
    Phase.RECEIVED: _l("Tiếp nhận"),
    Phase.SORTING: _l("Phân loại, chuyển xử lý"),
    Phase.WORKING: _l("Đang giải quyết"),
    Phase.ANSWERED: _l("Đã trả lời"),
    Phase.CONFIRMED: _l("Doanh nghiệp xác nhận"),
}

ACTS: dict[Act, str] = {
    Act.ACCEPT: _l("Nhận giải quyết"),
    Act.ANSWER: _l("Trả lời doanh nghiệp"),
    Act.ASK: _l("Đề nghị bổ sung hồ sơ"),
    Act.ASSIGN: _l("Giao cơ quan giải quyết"),
    Act.DISPUTE: _l("Đề nghị xem xét lại"),
    Act.NOTE: _l("Ghi chú nội bộ"),
    Act.RATE: _l("Đánh giá kết quả"),
    Act.RELEASE_FILES: _l("Cho cơ quan xử lý xem tệp"),
    Act.REPLY: _l("Gửi phần bổ sung"),
    Act.RETURN: _l("Trả lại vì không đúng cơ quan"),
    Act.SEE: _l("Xem phiếu"),
    Act.SEE_FILER: _l("Xem bên gửi"),
    Act.WITHDRAW: _l("Rút phiếu"),
}

SOLVED: dict[str, str] = {
    "yes": _l("đã giải quyết xong"),
    "partly": _l("mới giải quyết một phần"),
    "no": _l("chưa giải quyết"),
}

ENTRY_ICONS: dict[Entry, str] = {
    Entry.ACCEPTED: "user",
    Entry.ANSWERED: "check",
    Entry.ASKED: "pause",
    Entry.ASSIGNED: "next",
    Entry.CLOSED: "lock",
    Entry.DISPUTED: "alert",
    Entry.FILED: "send",
    Entry.FILES_RELEASED: "eye",
    Entry.NOTED: "lock",
    Entry.PASSED_UP: "next",
    Entry.RATED: "flag",
    Entry.REMINDED: "clock",
    Entry.REPLIED: "chat",
    Entry.RETURNED: "back",
    Entry.TRIAGE: "search",
    Entry.WITHDRAWN: "close",
}


def sentence(entry: Entry, data: dict[str, Any], agency: str) -> str:
    """Return what a line of history says; ``agency`` is the name of the agency it is about, if any."""
    match entry:
        case Entry.ASSIGNED:
            text = _("Chuyển đến %(agency)s", agency=agency)
        case Entry.TRIAGE:
            text = _("Chuyển %(agency)s phân loại", agency=agency)
        case Entry.PASSED_UP:
            text = _("Chuyển %(agency)s xem xét lại", agency=agency)
        case Entry.RATED:
            text = _("Doanh nghiệp đánh giá: %(solved)s", solved=SOLVED[data["solved"]])
        case Entry.CLOSED if data.get("reason") == "unrated":
            text = _("Hệ thống đóng phiếu vì hết thời gian đánh giá")
        case Entry.REMINDED if data.get("step") == "overdue":
            text = _("Hệ thống báo phiếu đã quá hạn")
        case other:
            text = PLAIN[other]
    return str(text)


PLAIN: dict[Entry, str] = {
    Entry.ACCEPTED: _l("Đã nhận giải quyết"),
    Entry.ANSWERED: _l("Đã trả lời doanh nghiệp"),
    Entry.ASKED: _l("Đã đề nghị doanh nghiệp bổ sung hồ sơ"),
    Entry.CLOSED: _l("Đã đóng phiếu"),
    Entry.DISPUTED: _l("Chưa đồng ý, đã đề nghị xem xét lại"),
    Entry.FILED: _l("Đã gửi phiếu"),
    Entry.FILES_RELEASED: _l("Cho cơ quan xử lý xem tệp đính kèm"),
    Entry.NOTED: _l("Ghi chú nội bộ"),
    Entry.REMINDED: _l("Hệ thống nhắc hạn trả lời"),
    Entry.REPLIED: _l("Đã gửi phần bổ sung"),
    Entry.RETURNED: _l("Đã trả lại vì không đúng cơ quan giải quyết"),
    Entry.WITHDRAWN: _l("Đã rút phiếu"),
}
