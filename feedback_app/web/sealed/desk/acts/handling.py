"""Everyday work on a report."""

from flask_babel import lazy_gettext as _l

from feedback_app.confidential.documents import Stage
from feedback_app.confidential.services import deciding, handing, working
from feedback_app.web.sealed.desk import forms
from feedback_app.web.sealed.desk.acts.shape import Act, handling, linked, open_, readers, related

WORK = (
    Act(
        "note",
        "ghi-chu",
        _l("Ghi chú nội bộ"),
        _l("Chỉ các thanh tra viên đọc được báo cáo này mới đọc được ghi chú."),
        _l("Đã ghi chú."),
        forms.TextForm,
        lambda s, u, r, f, on: working.note(s, u, r, f.text.data, on=on),
        lambda at: at.reads,
    ),
    Act(
        "assess",
        "danh-gia",
        _l("Phân loại, đánh giá"),
        _l("Nhận định của thanh tra viên; điểm do hệ thống tính từ câu trả lời chỉ để tham khảo."),
        _l("Đã ghi nhận định."),
        forms.AssessForm,
        lambda s, u, r, f, on: working.assess(s, u, r, f.points(), f.text.data, on=on),
        open_,
    ),
    Act(
        "assign",
        "giao",
        _l("Giao người xử lý"),
        _l(
            "Chỉ giao được cho người đọc được báo cáo: người bị loại trừ hoặc đã từ chối không có trong danh sách."
        ),
        _l("Đã giao."),
        forms.AssignForm,
        lambda s, u, r, f, on: handing.assign(s, u, r, f.to.data, on=on),
        lambda at: at.is_open and at.is_head,
        prepare=readers,
    ),
    Act(
        "take",
        "nhan",
        _l("Nhận xử lý"),
        _l("Dùng khi không có người đứng đầu nào đọc được báo cáo để giao."),
        _l("Ông/Bà là người xử lý báo cáo này."),
        forms.EmptyForm,
        lambda s, u, r, _f, on: handing.take(s, u, r, on=on),
        lambda at: at.is_open and not at.opened.working.handler and not at.head_at_hand,
    ),
    Act(
        "review",
        "xem-xet",
        _l("Bắt đầu xem xét"),
        _l("Ghi nhận Ông/Bà đã bắt đầu xem xét nội dung."),
        _l("Đã bắt đầu xem xét."),
        forms.EmptyForm,
        lambda s, u, r, _f, on: deciding.review(s, u, r, on=on),
        lambda at: at.handles and at.opened.working.stage is Stage.ASSIGNED,
    ),
    Act(
        "extend",
        "gia-han",
        _l("Gia hạn giải quyết báo cáo"),
        _l("Thời hạn tính theo tuần là mặc định của hệ thống, chưa đối chiếu văn bản."),
        _l("Đã gia hạn."),
        forms.ExtendForm,
        lambda s, u, r, f, on: working.extend(s, u, r, f.weeks.data, f.reason.data, on=on),
        handling,
    ),
    Act(
        "link",
        "lien-ket",
        _l("Liên kết báo cáo cùng đơn vị"),
        _l(
            "Chỉ các báo cáo về cùng đơn vị mà Ông/Bà đọc được. Người không đọc được báo cáo kia không thấy liên kết."
        ),
        _l("Đã liên kết."),
        forms.LinkForm,
        lambda s, u, r, f, on: working.link(s, u, r, f.other.data, on=on),
        open_,
        prepare=related,
    ),
    Act(
        "unlink",
        "bo-lien-ket",
        _l("Bỏ liên kết"),
        _l("Hai báo cáo không còn được xem cùng nhau."),
        _l("Đã bỏ liên kết."),
        forms.LinkForm,
        lambda s, u, r, f, on: working.unlink(s, u, r, f.other.data, on=on),
        lambda at: at.is_open and bool(at.links),
        prepare=linked,
    ),
)
