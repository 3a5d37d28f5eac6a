"""What is counted, in the reader's language: a short name and one sentence that says exactly what."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from feedback_app.catalogue.packs.indicators import Direction, Measure
from feedback_app.catalogue.packs.shape import Confidence
from feedback_app.indicators.definitions import Status
from feedback_app.statistics.figures import Figure


@dataclass(frozen=True, slots=True)
class Counted:
    name: Any
    meaning: Any


_PULSE = _l(
    "Câu trả lời của doanh nghiệp được chọn ngẫu nhiên, đã cân theo lĩnh vực và quy mô, quy ra số câu trả lời "
    "hữu hiệu của trọn quý; không kể “không trả lời” và trường hợp không liên quan."
)

MEASURES: dict[Measure, Counted] = {
    Measure.DUE_IN_PERIOD: Counted(
        _l("Phiếu đến hạn trong kỳ"),
        _l(
            "Phiếu có hạn trả lời trong kỳ và hạn đã qua; không tính phiếu đang tạm dừng hoặc đã rút "
            "trước hạn."
        ),
    ),
    Measure.ANSWERED_IN_TIME: Counted(
        _l("Phiếu đến hạn đã trả lời đúng hạn"),
        _l(
            "Trong số phiếu đến hạn, phiếu được trả lời muộn nhất vào ngày đến hạn và không bị đề "
            "nghị xem xét lại trong 30 ngày."
        ),
    ),
    Measure.ANSWERED: Counted(
        _l("Phiếu đã trả lời"), _l("Phiếu có văn bản hoặc nội dung trả lời gửi doanh nghiệp trong kỳ.")
    ),
    Measure.RATED: Counted(
        _l("Câu trả lời được doanh nghiệp đánh giá"), _l("Câu trả lời mà doanh nghiệp đánh giá trong kỳ.")
    ),
    Measure.SATISFIED_ANSWERED: Counted(
        _l("Đánh giá “đã trả lời đúng câu hỏi”"),
        _l(
            "Trong số được đánh giá, doanh nghiệp cho rằng đã được trả lời đúng nội dung hỏi và không"
            " đề nghị xem xét lại trong 30 ngày."
        ),
    ),
    Measure.SOLVED_SAYS_ENTERPRISE: Counted(
        _l("Doanh nghiệp xác nhận đã giải quyết"),
        _l(
            "Trong số được đánh giá, doanh nghiệp xác nhận đã được giải quyết trên thực tế và không "
            "đề nghị xem xét lại trong 30 ngày; “giải quyết một phần” không tính."
        ),
    ),
    Measure.REOPENED_WITHIN_30_DAYS: Counted(
        _l("Phải mở lại trong 30 ngày"),
        _l(
            "Trong số đã trả lời trong kỳ, phiếu bị doanh nghiệp đề nghị xem xét lại trong vòng 30 "
            "ngày kể từ ngày trả lời."
        ),
    ),
    Measure.THIRD_QUESTION_TREATMENT_ANSWERS: Counted(
        _l("Trả lời câu hỏi về cách ứng xử"),
        _l(
            "Câu hỏi ẩn danh sau khi đánh giá, không thể gắn lại với phiếu; chỉ mở số liệu khi tháng "
            "đã chốt và có từ 5 ý kiến."
        ),
    ),
    Measure.THIRD_QUESTION_TREATED_PROPERLY: Counted(
        _l("Được ứng xử đúng mực"), _l("Trong số đó, doanh nghiệp trả lời được ứng xử đúng mực.")
    ),
    Measure.THIRD_QUESTION_PAYMENT_ANSWERS: Counted(
        _l("Trả lời câu hỏi về khoản chi ngoài quy định"),
        _l(
            "Câu hỏi ẩn danh sau khi đánh giá, không thể gắn lại với phiếu; chỉ mở số liệu khi tháng "
            "đã chốt và có từ 5 ý kiến."
        ),
    ),
    Measure.THIRD_QUESTION_NO_EXTRA_PAYMENT: Counted(
        _l("Không bị gợi ý chi thêm"), _l("Trong số đó, doanh nghiệp trả lời không bị gợi ý chi thêm.")
    ),
    Measure.INFORMAL_COST_DUE: Counted(
        _l("Phản ánh chi phí không chính thức đến hạn"),
        _l("Phản ánh chi phí không chính thức do Thanh tra tỉnh giải quyết có hạn trong kỳ và hạn đã qua."),
    ),
    Measure.INFORMAL_COST_SETTLED_IN_TIME: Counted(
        _l("Phản ánh chi phí không chính thức giải quyết đúng hạn"),
        _l("Trong số đó, phản ánh được trả lời đúng hạn và không bị đề nghị xem xét lại trong 30 ngày."),
    ),
    Measure.INSPECTION_REPORTS_DUE: Counted(
        _l("Phản ánh thanh tra, kiểm tra chồng chéo đến hạn"),
        _l(
            "Phản ánh thanh tra, kiểm tra chồng chéo do Thanh tra tỉnh giải quyết có hạn trong kỳ và "
            "hạn đã qua."
        ),
    ),
    Measure.INSPECTION_REPORTS_SETTLED: Counted(
        _l("Phản ánh thanh tra, kiểm tra chồng chéo giải quyết đúng hạn"),
        _l("Trong số đó, phản ánh được trả lời đúng hạn và không bị đề nghị xem xét lại trong 30 ngày."),
    ),
    Measure.PULSE_NO_EXTRA_PAYMENT_ANSWERS: Counted(_l("Câu trả lời về khoản chi ngoài quy định"), _PULSE),
    Measure.PULSE_NO_EXTRA_PAYMENT: Counted(
        _l("Không bị gợi ý chi thêm (khảo sát)"), _l("Trong số đó, trả lời “không lần nào”.")
    ),
    Measure.PULSE_AS_EXPECTED_ANSWERS: Counted(_l("Câu trả lời về kết quả thủ tục"), _PULSE),
    Measure.PULSE_AS_EXPECTED: Counted(
        _l("Kết quả đúng như được hướng dẫn (khảo sát)"),
        _l("Trong số đó, trả lời “đúng như được hướng dẫn”."),
    ),
    Measure.PULSE_SETTLED_THROUGH_DIALOGUE_ANSWERS: Counted(
        _l("Câu trả lời của doanh nghiệp đã nêu khó khăn"), _PULSE
    ),
    Measure.PULSE_SETTLED_THROUGH_DIALOGUE: Counted(
        _l("Khó khăn được tháo gỡ qua đối thoại (khảo sát)"),
        _l("Trong số đó, trả lời “phần lớn được tháo gỡ”."),
    ),
    Measure.PULSE_ANSWER_RECEIVED_ANSWERS: Counted(
        _l("Câu trả lời của doanh nghiệp đã gửi câu hỏi, kiến nghị"), _PULSE
    ),
    Measure.PULSE_ANSWER_RECEIVED: Counted(
        _l("Nhận được trả lời (khảo sát)"),
        _l("Trong số đó, đã được trả lời, dù đúng hay chưa đúng điều cần hỏi."),
    ),
    Measure.PULSE_SATISFIED_ANSWERS: Counted(_l("Câu trả lời của doanh nghiệp đã nhận được trả lời"), _PULSE),
    Measure.PULSE_SATISFIED: Counted(
        _l("Được trả lời đúng điều cần hỏi (khảo sát)"), _l("Trong số đó, được trả lời đúng điều cần hỏi.")
    ),
    Measure.PULSE_LEADERS_ACT_ANSWERS: Counted(_l("Câu trả lời về lãnh đạo các cơ quan"), _PULSE),
    Measure.PULSE_LEADERS_ACT: Counted(
        _l("Lãnh đạo thường đứng ra giải quyết (khảo sát)"), _l("Trong số đó, trả lời “thường có”.")
    ),
    Measure.SEALED_AMOUNT_TOLD: Counted(
        _l("Báo cáo kín có nói về số tiền"),
        _l(
            "Số liệu quý do hai thanh tra viên ký; chỉ báo cáo cho biết có nêu số tiền hay không. "
            "Chỉ tính khi không số nào bị ẩn."
        ),
    ),
    Measure.SEALED_NO_LARGE_SUM: Counted(
        _l("Báo cáo kín không nêu khoản từ 5 triệu đồng trở lên"),
        _l("Trong số đó, không nêu số tiền hoặc dưới 5 triệu đồng. Số báo cáo nhiều hay ít không ảnh hưởng."),
    ),
}

FIGURES: dict[Figure, Counted] = {
    Figure.RECEIVED: Counted(_l("Tiếp nhận"), _l("Phiếu gửi đến trong kỳ; lần xem xét lại không tính thêm.")),
    Figure.IN_TIME: Counted(
        _l("Đúng hạn"), _l("Trong số đã trả lời, phiếu trả lời muộn nhất vào ngày đến hạn.")
    ),
    Figure.LATE: Counted(_l("Trễ hạn"), _l("Trong số đã trả lời, phiếu trả lời sau ngày đến hạn.")),
    Figure.REJECTED: Counted(
        _l("Không giải quyết, có lý do"),
        _l(
            "Trong số đã trả lời, phiếu được trả lời là không giải quyết, có nêu lý do; không tính là đã giải quyết."
        ),
    ),
    Figure.REDIRECTED: Counted(
        _l("Hướng dẫn sang kênh khác"),
        _l(
            "Trong số đã trả lời, phiếu được hướng dẫn đến kênh hoặc thủ tục khác; không tính là đã giải quyết."
        ),
    ),
    Figure.POLICY_BACKLOG: Counted(
        _l("Chờ sửa quy định"),
        _l(
            "Trong số đã trả lời, phiếu chỉ giải quyết được khi quy định được sửa; không tính là đã giải quyết."
        ),
    ),
    Figure.OPEN: Counted(
        _l("Đang giải quyết"),
        _l("Phiếu chưa trả lời vào cuối ngày cuối kỳ (kỳ chưa hết: đến hôm tính số liệu)."),
    ),
    Figure.OVERDUE: Counted(_l("Quá hạn"), _l("Trong số đang giải quyết, phiếu đã qua ngày đến hạn.")),
    Figure.PAUSED: Counted(
        _l("Tạm dừng"), _l("Trong số đang giải quyết, phiếu đang chờ doanh nghiệp bổ sung.")
    ),
    Figure.DISPUTED: Counted(_l("Đề nghị xem xét lại"), _l("Lần doanh nghiệp đề nghị xem xét lại trong kỳ.")),
    Figure.WITHDRAWN: Counted(_l("Đã rút"), _l("Phiếu doanh nghiệp rút trong kỳ khi chưa được trả lời.")),
    Figure.DAYS_MEDIAN: Counted(
        _l("Số ngày trung vị"),
        _l(
            "Một nửa số phiếu đã trả lời trong kỳ dùng không quá số ngày làm việc này; thời gian chờ "
            "doanh nghiệp không tính."
        ),
    ),
    Figure.DAYS_P90: Counted(
        _l("Số ngày, 9 trong 10 phiếu"),
        _l("Chín phần mười số phiếu đã trả lời trong kỳ dùng không quá số ngày làm việc này."),
    ),
}

STATUSES: dict[Status, Any] = {
    Status.COMPLETE: _l("đủ dữ liệu"),
    Status.PARTIAL: _l("chưa đủ mọi thành phần"),
    Status.INSUFFICIENT: _l("chưa đủ dữ liệu"),
}

DIRECTIONS: dict[Direction, Any] = {
    Direction.HIGHER_IS_BETTER: _l("càng cao càng tốt"),
    Direction.LOWER_IS_BETTER: _l("càng thấp càng tốt"),
}

CONFIDENCES: dict[Confidence, Any] = {
    Confidence.OFFICIAL: _l("cao, theo văn bản chính thức"),
    Confidence.PRESS: _l("trung bình, theo báo chí"),
    Confidence.ASSUMED: _l("mặc định của hệ thống, chưa được phê duyệt"),
    Confidence.LOW: _l("thấp, chưa đối chiếu nguồn"),
}
