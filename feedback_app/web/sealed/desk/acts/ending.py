"""How a report goes on elsewhere, or ends."""

from flask_babel import lazy_gettext as _l

from feedback_app.confidential.documents import OutcomeKind
from feedback_app.confidential.services import deciding
from feedback_app.web.sealed.desk import forms
from feedback_app.web.sealed.desk.acts.shape import Act, handling

END = (
    Act(
        "refer",
        "chuyen",
        _l("Chuyển cơ quan có thẩm quyền"),
        _l(
            "Có dấu hiệu tội phạm thì chuyển ngay, không chờ hạn. "
            "Người đứng đầu cơ quan bị phản ánh chỉ nhận trích lục do Ông/Bà viết."
        ),
        _l("Đã ghi việc chuyển. Xin in phiếu đề xuất để trình ký; hệ thống không tự gửi đi."),
        forms.ReferForm,
        lambda s, u, r, f, on: deciding.refer(s, u, r, f.to.data, f.extract.data, crime=f.crime.data, on=on),
        handling,
        "end",
    ),
    Act(
        "close",
        "ket-luan",
        _l("Kết luận, đóng báo cáo"),
        _l("Người báo cáo đọc được kết quả bằng mã nhận và vẫn được hỏi thăm sau 30, 60, 180 ngày."),
        _l("Đã kết luận và đóng báo cáo."),
        forms.CloseForm,
        lambda s, u, r, f, on: deciding.close(s, u, r, OutcomeKind(f.outcome.data), f.text.data, on=on),
        handling,
        "end",
    ),
)

HAND_OUT = Act(
    "hand_out",
    "dua-ra",
    _l("Đưa hồ sơ ra khỏi hệ thống"),
    _l(
        "Dùng khi đã mở thủ tục chính thức. Nội dung, tệp, ghi chú bị xóa khỏi đây; "
        "người báo cáo chỉ còn thấy trạng thái trung tính. Không hoàn lại được."
    ),
    _l("Hồ sơ đã rời hệ thống."),
    forms.HandOutForm,
    lambda s, u, r, f, on: deciding.hand_out(s, u, r, f.formal.data, f.number.data, on=on),
    lambda at: handling(at) and at.whole_bundle_taken,
    "end",
    danger=True,
)
