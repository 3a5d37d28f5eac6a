"""Words for kinds, states, competence, standing; what is wrong with the days of a meeting."""

from typing import Any

from flask_babel import lazy_gettext as _l

from feedback_app.dialogues.rules import (
    Competence,
    Handling,
    Kind,
    Readiness,
    Standing,
    State,
    Wrong,
)

KINDS: dict[Kind, Any] = {
    Kind.PROVINCIAL: _l("Hội nghị đối thoại cấp tỉnh"),
    Kind.SECTORAL: _l("Đối thoại chuyên đề của sở, ngành, địa phương"),
    Kind.CAFE: _l("Cà phê doanh nhân"),
}
STATES: dict[State, Any] = {
    State.PLANNED: _l("đang chuẩn bị"),
    State.CALLED: _l("đang nhận kiến nghị"),
    State.HELD: _l("đã tổ chức, chờ kết luận"),
    State.CONCLUDED: _l("đã có Thông báo kết luận"),
    State.CANCELLED: _l("đã hủy"),
}
CLOSED_CALL = _l("đã hết hạn nhận kiến nghị")
COMPETENCES: dict[Competence, Any] = {
    Competence.AGENCY: _l("Sở, ngành, địa phương"),
    Competence.PROVINCE: _l("UBND tỉnh"),
    Competence.CENTRAL: _l("Bộ, ngành trung ương"),
}
HANDLINGS: dict[Handling, Any] = {
    Handling.WRITTEN: _l("Trả lời bằng văn bản trước hội nghị"),
    Handling.ON_DAY: _l("Trao đổi tại hội nghị"),
    Handling.SECTORAL: _l("Chuyển đối thoại chuyên đề"),
}
STANDINGS: dict[Standing, tuple[Any, str, str]] = {  # label, tone, icon
    Standing.RUNNING: (_l("đang thực hiện"), "waiting", "clock"),
    Standing.LATE: (_l("quá hạn"), "late", "alert"),
    Standing.REPORTED: (_l("đã báo cáo, chờ xác nhận"), "soon", "clock"),
    Standing.DONE: (_l("đã làm, đúng hạn"), "intime", "check"),
    Standing.DONE_LATE: (_l("đã làm, sau hạn"), "soon", "check"),
}
READINESS: dict[Readiness, tuple[Any, str, str]] = {
    Readiness.NOTHING: (_l("chưa có dự thảo"), "neutral", "pause"),
    Readiness.DRAFTED: (_l("đang dự thảo"), "waiting", "clock"),
    Readiness.IN_APPROVAL: (_l("đang trình duyệt"), "waiting", "next"),
    Readiness.ANSWERED: (_l("đã trả lời"), "intime", "check"),
}
WRONG_DAYS: dict[Wrong, Any] = {
    Wrong.HELD_PAST: _l("Ngày tổ chức phải sau hôm nay."),
    Wrong.CLOSES_PAST: _l("Ngày hết hạn nhận kiến nghị đã qua."),
    Wrong.CLOSES_AFTER_DAY: _l("Hạn nhận kiến nghị phải trước ngày tổ chức."),
    Wrong.REPLIES_BEFORE_CLOSING: _l("Hạn chuẩn bị trả lời không thể trước hạn nhận kiến nghị."),
    Wrong.REPLIES_AFTER_DAY: _l("Hạn chuẩn bị trả lời không thể sau ngày tổ chức."),
    Wrong.AFTER_PROVINCIAL: _l("Đối thoại chuyên đề phải trước hội nghị cấp tỉnh."),
}
