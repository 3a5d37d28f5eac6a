"""Why nobody is drawn, and what the shares are called, in the reader's language."""

from typing import Any

from flask_babel import lazy_gettext as _l

from feedback_app.catalogue.packs.pulses import ShareCode
from feedback_app.pulses.rules import NotNow

REASONS: dict[NotNow, Any] = {
    NotNow.TOO_EARLY: _l("Chưa đến ngày chọn mẫu của quý."),
    NotNow.TOO_LATE: _l(
        "Quý sắp hết, người được mời không còn đủ ngày để trả lời; quý sau hệ thống sẽ chọn mẫu."
    ),
    NotNow.FIELD_WORK: _l(
        "Đang hoặc sắp đến tuần VCCI khảo sát doanh nghiệp, hoặc lịch của năm nay chưa có; không mời ai."
    ),
    NotNow.TOO_FEW: _l("Danh sách có quá ít doanh nghiệp liên hệ được."),
}
SHARES: dict[ShareCode, Any] = {
    ShareCode.NO_EXTRA_PAYMENT: _l("Không bị gợi ý chi thêm ngoài quy định"),
    ShareCode.AS_EXPECTED: _l("Kết quả thủ tục đúng như được hướng dẫn"),
    ShareCode.SETTLED_THROUGH_DIALOGUE: _l("Khó khăn đã nêu phần lớn được tháo gỡ"),
    ShareCode.ANSWER_RECEIVED: _l("Câu hỏi, kiến nghị được trả lời"),
    ShareCode.SATISFIED: _l("Được trả lời đúng điều cần hỏi"),
    ShareCode.LEADERS_ACT: _l("Lãnh đạo thường đứng ra giải quyết khó khăn"),
}
