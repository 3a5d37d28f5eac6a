"""Words for signals and for what is known under the themes of DDCI."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.catalogue.packs.ddci import DdciMeasure
from feedback_app.catalogue.packs.monitor import MonitorPack
from feedback_app.core.i18n import so
from feedback_app.monitor.rules import Signal

NAMES: dict[Signal, Any] = {
    Signal.LAST_HOUR: _l("Trả lời vào giờ cuối của hạn"),
    Signal.THIN_ANSWER: _l("Trả lời sơ sài"),
    Signal.PASSED_ON: _l("Trả lại phiếu sát hạn"),
    Signal.LATE_PAUSE: _l("Tạm dừng sát hạn"),
    Signal.NOT_RATED: _l("Doanh nghiệp không đánh giá"),
    Signal.LONGER_KIND: _l("Đổi sang loại có hạn dài hơn"),
}
MEASURES: dict[DdciMeasure, Any] = {
    DdciMeasure.PROGRAMME_REPORTS: _l("Báo cáo Chương trình hành động nộp đúng hạn"),
    DdciMeasure.PROMISES_KEPT: _l("Cam kết đến ngày đã thực hiện"),
    DdciMeasure.ANSWERED_IN_TIME: _l("Trả lời đúng hạn"),
    DdciMeasure.SATISFIED: _l("Doanh nghiệp cho rằng được trả lời đúng câu hỏi"),
    DdciMeasure.TREATED_PROPERLY: _l("Được cán bộ ứng xử đúng mực"),
    DdciMeasure.SOLVED: _l("Doanh nghiệp xác nhận đã giải quyết"),
    DdciMeasure.REOPENED: _l("Câu trả lời bị đề nghị xem xét lại trong 30 ngày"),
    DdciMeasure.NO_EXTRA_PAYMENT: _l("Không bị gợi ý chi thêm"),
}


@dataclass(frozen=True, slots=True)
class Explained:
    """One signal in words: what is counted, of what, and what else may be behind it."""

    name: str
    rule: str
    of: str
    otherwise: str


def explained(signal: Signal, limits: MonitorPack) -> Explained:
    """Return the rule with the thresholds in force."""
    return Explained(str(NAMES[signal]), *_words(signal, limits))


def _words(signal: Signal, limits: MonitorPack) -> tuple[str, str, str]:
    of_answers = _("số câu trả lời trong kỳ")
    told = {
        Signal.LAST_HOUR: (
            _("Trả lời đúng ngày cuối của hạn, từ %(hour)s trở đi.", hour=f"{limits.last_hour_from:%H:%M}"),
            _("số câu trả lời đúng hạn trong kỳ"),
            _("Cơ quan duyệt nhiều bước có thể ký cuối ngày; cần xem câu trả lời có thực chất không."),
        ),
        Signal.THIN_ANSWER: (
            _(
                "Có ít nhất %(marks)s trong bốn dấu vết: ngắn dưới %(short)s ký tự; cùng một văn bản cho từ "
                "%(copies)s phiếu trở lên ngoài nhóm trả lời chung; không dẫn căn cứ và không có số văn bản; "
                "doanh nghiệp đề nghị xem xét lại trong 30 ngày.",
                marks=limits.least_marks,
                short=limits.shortest_answer,
                copies=limits.copies,
            ),
            of_answers,
            _("Câu hỏi đơn giản có thể chỉ cần câu trả lời ngắn."),
        ),
        Signal.PASSED_ON: (
            _(
                "Cơ quan trả lại phiếu khi còn không quá %(days)s ngày làm việc đến hạn.",
                days=limits.days_before_due,
            ),
            _("số phiếu cơ quan trả lời hoặc trả lại trong kỳ"),
            _("Có việc chỉ khi làm mới thấy thuộc cơ quan khác."),
        ),
        Signal.LATE_PAUSE: (
            _(
                "Đề nghị bổ sung, làm dừng thời hạn, khi đã dùng từ %(share)s %% thời hạn; "
                "chỉ tính khi thời hạn đã chạy tiếp.",
                share=so(100 * (1 - limits.pause_share)),
            ),
            _("số phiếu trả lời hoặc tạm dừng trong kỳ"),
            _("Hồ sơ phức tạp có thể chỉ lộ chỗ thiếu ở bước cuối."),
        ),
        Signal.NOT_RATED: (
            _(
                "Quá %(days)s ngày làm việc sau khi trả lời mà doanh nghiệp không đánh giá, "
                "cũng không đề nghị xem xét lại.",
                days=limits.rating_days,
            ),
            _("số câu trả lời đã hết thời gian đánh giá"),
            _("Doanh nghiệp có thể bận; cần xem phiếu có để lại cách liên hệ không."),
        ),
        Signal.LONGER_KIND: (
            _("Loại phiếu được đổi sang loại có hạn trả lời muộn hơn khi cơ quan đang chủ trì."),
            _("số phiếu trả lời hoặc đổi loại trong kỳ"),
            _("Doanh nghiệp có thể chọn sai loại; việc đổi do cơ quan đầu mối duyệt."),
        ),
    }
    return told[signal]
