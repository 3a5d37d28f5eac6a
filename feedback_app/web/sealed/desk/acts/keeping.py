"""Who may know and who may read: identity, bundles, handing over, standing aside."""

from flask_babel import lazy_gettext as _l

from feedback_app.confidential.services import exporting, handing, identifying
from feedback_app.web.sealed.desk import forms
from feedback_app.web.sealed.desk.acts.shape import LAST, NO_KEY, Act, handling, people, successors

KEEP = (
    Act(
        "ask_identity",
        "xin-danh-tinh",
        _l("Đề nghị mở danh tính"),
        _l(
            "Người giữ danh tính xem xét lý do. Nếu mở, chỉ riêng Ông/Bà đọc được, "
            "và người báo cáo biết danh tính đã được mở vào tuần nào."
        ),
        _l("Đề nghị đã tới người giữ danh tính."),
        forms.ReasonForm,
        lambda s, u, r, f, on: identifying.ask_identity(s, u, r, f.reason.data, on=on),
        lambda at: handling(at) and at.opened.answers.confidential,
        "keep",
    ),
    Act(
        "ask_export",
        "xin-xuat",
        _l("Đề nghị xuất hồ sơ"),
        _l(
            "Một người khác phải đồng ý. Hồ sơ được mã hóa (age) cho đúng khóa của nơi nhận, không ai khác mở được."
        ),
        _l("Đề nghị xuất đã được ghi, chờ người thứ hai."),
        forms.ExportForm,
        lambda s, u, r, f, on: exporting.ask_export(
            s, u, r, f.recipient.data, redacted=f.redacted.data, on=on
        ),
        handling,
        "keep",
        complaints=NO_KEY,
    ),
    Act(
        "approve_export",
        "duyet-xuat",
        _l("Đồng ý xuất hồ sơ"),
        _l("Ông/Bà là người thứ hai. Xin so khóa của nơi nhận với nơi nhận qua điện thoại trước khi đồng ý."),
        _l("Đã đồng ý xuất."),
        forms.EmptyForm,
        lambda s, u, r, _f, on: exporting.approve_export(s, u, r, on=on),
        lambda at: at.is_open and at.may_approve_export,
        "keep",
    ),
    Act(
        "hand_over",
        "ban-giao",
        _l("Bàn giao báo cáo"),
        _l("Người nhận có khóa đọc báo cáo. Nếu không giữ lại, khóa của Ông/Bà với báo cáo này bị hủy."),
        _l("Đã bàn giao."),
        forms.HandOverForm,
        lambda s, u, r, f, on: handing.hand_over(s, u, r, f.to.data, f.reason.data, keep=f.keep.data, on=on),
        lambda at: at.is_open and (at.handles or at.is_head) and bool(at.colleagues),
        "keep",
        people,
        leads_away=True,
    ),
    Act(
        "recuse",
        "tu-choi",
        _l("Từ chối xử lý vì xung đột lợi ích"),
        _l(
            "Khóa của Ông/Bà với báo cáo này bị hủy ngay, không ai trả lại được. "
            "Nếu không còn ai khác đọc được, phải chọn người nhận thay."
        ),
        _l("Ông/Bà đã từ chối. Báo cáo không còn trong danh sách của Ông/Bà."),
        forms.RecuseForm,
        lambda s, u, r, f, on: handing.recuse(s, u, r, f.reason.data, to=f.to.data or "", on=on),
        lambda at: at.is_open,
        "keep",
        successors,
        leads_away=True,
        danger=True,
        complaints=LAST,
    ),
)
