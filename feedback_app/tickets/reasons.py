"""Outcomes and reasons in the reader's language: of extensions, refusals, ways elsewhere."""

from flask_babel import lazy_gettext as _l

from feedback_app.tickets.lifecycle import Status

EXTENSION_REASONS: dict[str, str] = {
    "complex": _l("Việc phức tạp, cần xác minh hoặc kiểm tra thực tế"),
    "several": _l("Cần ý kiến của nhiều cơ quan"),
    "superior": _l("Đang chờ ý kiến của cấp trên"),
    "force": _l("Thiên tai, sự cố hoặc trở ngại khách quan khác"),
}

OUTCOMES: dict[Status, str] = {
    Status.ANSWERED: _l("Trả lời"),
    Status.REJECTED: _l("Không giải quyết, nêu lý do"),
    Status.REDIRECTED: _l("Hướng dẫn sang kênh khác"),
    Status.POLICY_BACKLOG: _l("Ghi nhận kiến nghị sửa quy định"),
}

REJECT_REASONS: dict[str, str] = {
    "outside_scope": _l("Không thuộc phạm vi tiếp nhận phản ánh, kiến nghị của doanh nghiệp"),
    "settled": _l("Việc đã được cơ quan có thẩm quyền giải quyết xong"),
    "in_court": _l("Việc đang được tòa án hoặc cơ quan thi hành án giải quyết"),
    "not_supplemented": _l("Doanh nghiệp không bổ sung hồ sơ trong thời gian chờ"),
    "no_content": _l("Nội dung không đủ rõ để giải quyết"),
    "same_matter": _l("Trùng với phiếu khác của cùng doanh nghiệp"),
}

REDIRECT_TARGETS: dict[str, str] = {
    "complaint": _l("Khiếu nại"),
    "denunciation": _l("Tố cáo"),
    "pakn": _l("Hệ thống tiếp nhận phản ánh, kiến nghị (PAKN)"),
    "court": _l("Tòa án, trọng tài"),
    "investigation": _l("Cơ quan điều tra"),
    "other_body": _l("Cơ quan khác ngoài hệ thống này"),
    "same_matter": _l("Phiếu khác của cùng doanh nghiệp"),
}

WHAT_TO_DO: dict[str, str] = {
    "complaint": _l(
        "Gửi đơn khiếu nại đến người đã ra quyết định hoặc có hành vi hành chính."
        " Phiếu này không thay cho đơn khiếu nại."
    ),
    "denunciation": _l(
        "Gửi đơn tố cáo, ghi rõ họ tên và địa chỉ, đến người đứng đầu cơ quan quản lý người bị tố cáo."
        " Phiếu này không thay cho đơn tố cáo."
    ),
    "pakn": _l("Gửi phản ánh trên hệ thống PAKN của tỉnh hoặc gọi tổng đài của tỉnh."),
    "court": _l("Việc tranh chấp giữa các bên do tòa án hoặc trọng tài giải quyết theo đơn khởi kiện."),
    "investigation": _l("Tin báo về tội phạm được gửi đến cơ quan công an nơi gần nhất."),
    "other_body": _l("Gửi đến cơ quan được nêu trong văn bản trả lời."),
    "same_matter": _l("Theo dõi ở phiếu đã gửi trước; thời hạn của phiếu đó không thay đổi."),
}
