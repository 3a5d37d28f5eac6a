"""Statuses, phases, acts and lines of history in the reader's language, with the sign beside them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.core.i18n import ngay
from feedback_app.tickets.lifecycle import Act, Phase, Status
from feedback_app.tickets.said import of_papers
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
    Status.AT_PROVINCE: Meta(_l("Chờ UBND tỉnh chỉ đạo"), "waiting", "flag"),
    Status.AT_MINISTRY: Meta(_l("Đã kiến nghị bộ, ngành"), "waiting", "pause"),
    Status.ANSWERED: Meta(_l("Đã trả lời"), "intime", "check"),
    Status.REJECTED: Meta(_l("Không giải quyết, có lý do"), "neutral", "close"),
    Status.REDIRECTED: Meta(_l("Đã hướng dẫn kênh khác"), "neutral", "next"),
    Status.POLICY_BACKLOG: Meta(_l("Chờ sửa quy định"), "waiting", "clock"),
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
    Act.APOLOGISE: _l("Gửi thư xin lỗi, hẹn lại ngày"),
    Act.APPROVE: _l("Duyệt dự thảo"),
    Act.ASK: _l("Đề nghị bổ sung hồ sơ"),
    Act.ASK_CONSENT: _l("Xin phép biết tên doanh nghiệp"),
    Act.ASK_OPINION: _l("Lấy ý kiến cơ quan phối hợp"),
    Act.ASSIGN: _l("Giao cơ quan giải quyết"),
    Act.CLUSTER: _l("Gộp vào nhóm cùng vướng mắc"),
    Act.CONSENT: _l("Trả lời đề nghị cho biết tên"),
    Act.DECIDE_REQUEST: _l("Thủ trưởng quyết định"),
    Act.DELEGATE: _l("Giao người xử lý"),
    Act.DIRECT: _l("Ghi ý kiến chỉ đạo của UBND tỉnh"),
    Act.DISPUTE: _l("Đề nghị xem xét lại"),
    Act.DRAFT: _l("Soạn dự thảo, trình duyệt"),
    Act.EXTEND: _l("Đề nghị gia hạn"),
    Act.GIVE_OPINION: _l("Cho ý kiến phối hợp"),
    Act.ISSUE: _l("Ghi số, ngày, người ký và phát hành"),
    Act.MINISTRY_REPLIED: _l("Ghi văn bản trả lời của bộ, ngành"),
    Act.NOTE: _l("Ghi chú nội bộ"),
    Act.OBJECT: _l("Không đồng ý với việc tạm giao"),
    Act.OBJECT_EXTENSION: _l("Không đồng ý với việc gia hạn"),
    Act.PETITION: _l("Kiến nghị bộ, ngành"),
    Act.PROJECT: _l("Đưa vào hồ sơ dự án"),
    Act.PROMISE: _l("Cam kết có thời hạn"),
    Act.PROPOSE_CHANGE: _l("Đưa vào danh mục chờ sửa quy định"),
    Act.RATE: _l("Đánh giá kết quả"),
    Act.RECLASSIFY: _l("Đổi loại phản ánh, tính lại thời hạn"),
    Act.RECOGNISE: _l("Ghi nhận cùng vụ việc từ kênh khác"),
    Act.RECUSE: _l("Xin không tham gia xử lý"),
    Act.REDIRECT: _l("Hướng dẫn sang kênh khác"),
    Act.REJECT: _l("Không giải quyết, nêu lý do"),
    Act.RELEASE_FILES: _l("Cho cơ quan xử lý xem tệp"),
    Act.REOPEN: _l("Mở lại phiếu"),
    Act.REPLY: _l("Gửi phần bổ sung"),
    Act.REPORT_UP: _l("Báo cáo UBND tỉnh vì vượt thẩm quyền"),
    Act.RETURN: _l("Trả lại vì không đúng cơ quan"),
    Act.SEE: _l("Xem phiếu"),
    Act.SEE_FILER: _l("Xem bên gửi"),
    Act.SETTLE: _l("Quyết định về ý kiến không đồng ý"),
    Act.WATCH: _l("Ghi theo dõi hằng tháng"),
    Act.WITHDRAW: _l("Rút phiếu"),
}

PROMISE_STATES: dict[str, Meta] = {
    "open": Meta(_l("đang thực hiện"), "waiting", "clock"),
    "overdue": Meta(_l("quá ngày cam kết, chưa báo kết quả"), "late", "alert"),
    "kept": Meta(_l("đã thực hiện"), "intime", "check"),
    "broken": Meta(_l("không thực hiện đúng cam kết"), "late", "close"),
}

PROPOSAL_STATES: dict[str, Meta] = {
    "noted": Meta(_l("Đã ghi nhận"), "waiting", "stamp"),
    "studied": Meta(_l("Đang nghiên cứu"), "waiting", "search"),
    "submitted": Meta(_l("Đã trình cấp có thẩm quyền"), "waiting", "next"),
    "changed": Meta(_l("Quy định đã được sửa"), "intime", "check"),
    "declined": Meta(_l("Không sửa, có nêu lý do"), "neutral", "close"),
}

SOLVED: dict[str, str] = {
    "yes": _l("đã giải quyết xong"),
    "partly": _l("mới giải quyết một phần"),
    "no": _l("chưa giải quyết"),
}

ENTRY_ICONS: dict[Entry, str] = {
    Entry.ACCEPTED: "user",
    Entry.ANSWERED: "check",
    Entry.ANSWERED_TOGETHER: "copy",
    Entry.APOLOGISED: "chat",
    Entry.APPROVED: "check",
    Entry.ASKED: "pause",
    Entry.ASSIGNED: "next",
    Entry.CALENDAR_CHANGED: "clock",
    Entry.CLOSED: "lock",
    Entry.CLUSTERED: "copy",
    Entry.CONSENT_ASKED: "eye",
    Entry.CONSENT_GIVEN: "eye",
    Entry.CONSENT_REFUSED: "lock",
    Entry.DELEGATED: "user",
    Entry.DIRECTED: "flag",
    Entry.DISPUTED: "alert",
    Entry.DRAFTED: "send",
    Entry.DRAFT_RETURNED: "back",
    Entry.EXTENDED: "clock",
    Entry.EXTENSION_ASKED: "clock",
    Entry.EXTENSION_REFUSED: "close",
    Entry.FILED: "send",
    Entry.FILES_RELEASED: "eye",
    Entry.INSTRUCTED: "flag",
    Entry.JOINED_PROJECT: "copy",
    Entry.MINISTRY_REPLIED: "chat",
    Entry.MOVED: "next",
    Entry.NOTED: "lock",
    Entry.OBJECTED: "alert",
    Entry.OBJECTION_SETTLED: "flag",
    Entry.OPINION_ASKED: "chat",
    Entry.OPINION_GIVEN: "chat",
    Entry.PASSED_UP: "next",
    Entry.PAUSE_ASKED: "pause",
    Entry.PAUSE_REFUSED: "close",
    Entry.PETITIONED: "next",
    Entry.PROMISED: "flag",
    Entry.PROMISE_BROKEN: "alert",
    Entry.PROMISE_DUE: "clock",
    Entry.PROMISE_KEPT: "check",
    Entry.PUBLICATION_AGREED: "check",
    Entry.PUBLICATION_ASKED: "eye",
    Entry.PUBLICATION_REFUSED: "lock",
    Entry.PUT_ON_BACKLOG: "clock",
    Entry.RATED: "flag",
    Entry.RECLASSIFIED: "clock",
    Entry.RECOGNISED: "copy",
    Entry.RECUSED: "user",
    Entry.REDIRECTED: "next",
    Entry.REJECTED: "close",
    Entry.REMINDED: "clock",
    Entry.REOPENED: "alert",
    Entry.REPLIED: "chat",
    Entry.REPORTED_UP: "next",
    Entry.RESUMED: "clock",
    Entry.RETURNED: "back",
    Entry.RULE_CHANGED: "flag",
    Entry.TRIAGE: "search",
    Entry.WATCHED: "eye",
    Entry.WATCH_DUE: "clock",
    Entry.WITHDRAWN: "close",
}


def sentence(entry: Entry, data: dict[str, Any], agency: str) -> str:
    """Return what a line of history says; ``agency`` is the name of the agency it is about, if any."""
    named = ABOUT_AGENCY.get(entry)
    if named is not None:
        return str(named) % {"agency": agency}
    return _by_data(entry, data) or str(PLAIN[entry])


def _by_data(entry: Entry, data: dict[str, Any]) -> str:
    """Return the sentence that depends on more than the kind of line; empty where none does."""
    match entry:
        case Entry.RATED:
            return _("Doanh nghiệp đánh giá: %(solved)s", solved=SOLVED[data["solved"]])
        case Entry.OPINION_GIVEN if data.get("late"):
            return _("Cơ quan phối hợp đã cho ý kiến, chậm so với hạn")
        case Entry.CLOSED if data.get("reason") == "unrated":
            return _("Hệ thống đóng phiếu vì hết thời gian đánh giá")
        case Entry.CALENDAR_CHANGED | Entry.RECLASSIFIED if data.get("before") and data.get("after"):
            return _of_dates(entry, data)
        case Entry.REMINDED if data.get("step") == "overdue" or data.get("days", 0) > 0:
            on_list = _("Hệ thống đưa phiếu quá hạn vào danh sách tuần gửi lãnh đạo UBND tỉnh")
            return on_list if data.get("weekly") else _("Hệ thống báo phiếu đã quá hạn")
        case _:
            return of_papers(entry, data)


def _of_dates(entry: Entry, data: dict[str, Any]) -> str:
    """Return the sentence about a due date that moved."""
    dates = {name: ngay(date.fromisoformat(data[name])) for name in ("before", "after")}
    if entry is Entry.RECLASSIFIED:
        return _("Đổi loại phản ánh: hạn trả lời từ %(before)s chuyển sang %(after)s", **dates)
    return _(
        "Lịch nghỉ thay đổi theo văn bản %(document)s: hạn trả lời từ %(before)s chuyển sang %(after)s",
        document=data["document"],
        **dates,
    )


ABOUT_AGENCY: dict[Entry, str] = {
    Entry.ASSIGNED: _l("Chuyển đến %(agency)s"),
    Entry.MOVED: _l("%(agency)s kế thừa và giải quyết tiếp, thời hạn không đổi"),
    Entry.OPINION_ASKED: _l("Lấy ý kiến %(agency)s"),
    Entry.PASSED_UP: _l("Chuyển %(agency)s xem xét lại"),
    Entry.TRIAGE: _l("Chuyển %(agency)s phân loại"),
}

PLAIN: dict[Entry, str] = {
    Entry.ACCEPTED: _l("Đã nhận giải quyết"),
    Entry.ANSWERED: _l("Đã trả lời doanh nghiệp"),
    Entry.ANSWERED_TOGETHER: _l("Trả lời chung cho các phiếu cùng vướng mắc"),
    Entry.APOLOGISED: _l("Đã gửi thư xin lỗi vì trả lời chậm"),
    Entry.APPROVED: _l("Đã duyệt dự thảo"),
    Entry.ASKED: _l("Đã đề nghị doanh nghiệp bổ sung hồ sơ"),
    Entry.CALENDAR_CHANGED: _l("Tính lại hạn trả lời vì lịch nghỉ thay đổi"),
    Entry.CLOSED: _l("Đã đóng phiếu"),
    Entry.CLUSTERED: _l("Đã gộp vào nhóm phiếu cùng vướng mắc"),
    Entry.CONSENT_ASKED: _l("Cơ quan giải quyết đề nghị được biết tên doanh nghiệp"),
    Entry.CONSENT_GIVEN: _l("Doanh nghiệp đồng ý cho biết tên"),
    Entry.CONSENT_REFUSED: _l("Doanh nghiệp không đồng ý cho biết tên"),
    Entry.DELEGATED: _l("Đã giao người xử lý"),
    Entry.DIRECTED: _l("Đã có ý kiến chỉ đạo của UBND tỉnh"),
    Entry.DISPUTED: _l("Chưa đồng ý, đã đề nghị xem xét lại"),
    Entry.DRAFTED: _l("Đã trình duyệt dự thảo"),
    Entry.DRAFT_RETURNED: _l("Dự thảo được trả lại kèm ý kiến"),
    Entry.EXTENDED: _l("Đã gia hạn thời hạn trả lời"),
    Entry.EXTENSION_ASKED: _l("Đã trình thủ trưởng đề nghị gia hạn"),
    Entry.EXTENSION_REFUSED: _l("Thủ trưởng không đồng ý gia hạn"),
    Entry.FILED: _l("Đã gửi phiếu"),
    Entry.FILES_RELEASED: _l("Cho cơ quan xử lý xem tệp đính kèm"),
    Entry.INSTRUCTED: _l("Cấp tỉnh có ý kiến về phiếu"),
    Entry.JOINED_PROJECT: _l("Đã đưa vào hồ sơ dự án"),
    Entry.MINISTRY_REPLIED: _l("Đã có văn bản của bộ, ngành"),
    Entry.MOVED: _l("Chuyển cơ quan kế thừa do sắp xếp tổ chức"),
    Entry.NOTED: _l("Ghi chú nội bộ"),
    Entry.OBJECTED: _l("Có ý kiến không đồng ý"),
    Entry.OBJECTION_SETTLED: _l("Văn phòng UBND tỉnh đã quyết định về ý kiến không đồng ý"),
    Entry.OPINION_ASKED: _l("Đã lấy ý kiến cơ quan phối hợp"),
    Entry.OPINION_GIVEN: _l("Cơ quan phối hợp đã cho ý kiến"),
    Entry.PAUSE_ASKED: _l("Đã trình thủ trưởng đề nghị doanh nghiệp bổ sung"),
    Entry.PAUSE_REFUSED: _l("Thủ trưởng không đồng ý đề nghị bổ sung"),
    Entry.PETITIONED: _l("Đã kiến nghị bộ, ngành trung ương"),
    Entry.PROMISED: _l("Đã cam kết có thời hạn"),
    Entry.PROMISE_BROKEN: _l("Cam kết chưa được thực hiện đúng hạn"),
    Entry.PROMISE_DUE: _l("Cam kết với doanh nghiệp đến kỳ phải báo kết quả"),
    Entry.PROMISE_KEPT: _l("Đã thực hiện cam kết"),
    Entry.PUBLICATION_AGREED: _l("Doanh nghiệp đồng ý công bố câu trả lời"),
    Entry.PUBLICATION_ASKED: _l("Cơ quan đề nghị công bố câu trả lời, đã che thông tin nhận diện"),
    Entry.PUBLICATION_REFUSED: _l("Doanh nghiệp không đồng ý công bố câu trả lời"),
    Entry.PUT_ON_BACKLOG: _l("Đã đưa vào danh mục chờ sửa quy định"),
    Entry.RECLASSIFIED: _l("Đổi loại phản ánh, hạn trả lời được tính lại từ ngày nhận"),
    Entry.RECOGNISED: _l("Ghi nhận cùng vụ việc đến từ kênh khác"),
    Entry.RECUSED: _l("Người xử lý xin không tham gia"),
    Entry.REDIRECTED: _l("Đã hướng dẫn sang kênh giải quyết khác"),
    Entry.REJECTED: _l("Không giải quyết, có nêu lý do"),
    Entry.REMINDED: _l("Hệ thống nhắc hạn trả lời"),
    Entry.REOPENED: _l("Doanh nghiệp mở lại phiếu"),
    Entry.REPLIED: _l("Đã gửi phần bổ sung"),
    Entry.REPORTED_UP: _l("Đã báo cáo UBND tỉnh vì vượt thẩm quyền"),
    Entry.RESUMED: _l("Hết thời gian chờ bổ sung, thời hạn tính tiếp"),
    Entry.RETURNED: _l("Đã trả lại vì không đúng cơ quan giải quyết"),
    Entry.RULE_CHANGED: _l("Kiến nghị sửa quy định đã có kết quả"),
    Entry.WATCH_DUE: _l("Đã đến kỳ kiểm tra tình hình tại bộ, ngành"),
    Entry.WATCHED: _l("Đã kiểm tra tình hình tại bộ, ngành"),
    Entry.WITHDRAWN: _l("Đã rút phiếu"),
}
