"""The vault's codes in words that inspectors use."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.catalogue import packs
from feedback_app.confidential.documents import CheckInAnswer, OutcomeKind, Stage, State
from feedback_app.confidential.questions import shipped
from feedback_app.confidential.roster import Role, Roster
from feedback_app.confidential.services.opening import Row
from feedback_app.confidential.weeks import Step, week_of
from feedback_app.core.i18n import language, ngay

STAGES = {
    Stage.RECEIVED: _l("Mới nhận"),
    Stage.TRIAGED: _l("Đã phân loại"),
    Stage.ASSIGNED: _l("Đã giao"),
    Stage.IN_REVIEW: _l("Đang xem xét"),
    Stage.REFERRED: _l("Đã chuyển"),
    Stage.HANDED_OUT: _l("Đã đưa ra khỏi hệ thống"),
    Stage.CLOSED: _l("Đã kết luận"),
}
TONES = {
    Stage.RECEIVED: ("waiting", "send"),
    Stage.TRIAGED: ("waiting", "check"),
    Stage.ASSIGNED: ("waiting", "user"),
    Stage.IN_REVIEW: ("sealed", "eye"),
    Stage.REFERRED: ("soon", "next"),
    Stage.HANDED_OUT: ("neutral", "lock"),
    Stage.CLOSED: ("intime", "check"),
}
STATES = {
    State.NEW: _l("Mới"),
    State.IN_WORK: _l("Đang xử lý"),
    State.CLOSED: _l("Đã đóng"),
    State.WITHDRAWN: _l("Người báo cáo đã rút"),
}
OUTCOMES = {
    OutcomeKind.SUBSTANTIATED: _l("Phản ánh đúng"),
    OutcomeKind.UNSUBSTANTIATED: _l("Phản ánh không đúng"),
    OutcomeKind.INSUFFICIENT: _l("Chưa đủ thông tin để kết luận"),
    OutcomeKind.OUT_OF_SCOPE: _l("Không thuộc phạm vi của kênh này"),
    OutcomeKind.HANDED_OUT: _l("Chuyển sang thủ tục chính thức, ngoài hệ thống này"),
}
STEPS = {Step.RECEIVED: _l("Tiếp nhận"), Step.TRIAGED: _l("Phân loại"), Step.SETTLED: _l("Giải quyết")}
ROLES = {
    Role.HEAD: _l("người đứng đầu"),
    Role.HANDLER: _l("thanh tra viên"),
    Role.CUSTODIAN: _l("người giữ danh tính"),
}
QUESTIONS = {
    "step": _l("Bước"),
    "asked": _l("Bị gợi ý, đòi hỏi"),
    "amount": _l("Trị giá"),
    "paid": _l("Đưa hay từ chối"),
    "when": _l("Khi nào"),
    "often": _l("Lặp lại"),
    "who_post": _l("Vị trí người gợi ý"),
}
CHECK_INS = {
    CheckInAnswer.NOTHING: _l("Không có gì xảy ra"),
    CheckInAnswer.BETTER: _l("Tốt hơn trước"),
    CheckInAnswer.PRESSURE: _l("Bị gây sức ép"),
    CheckInAnswer.RETALIATION: _l("Bị trả đũa"),
}


def choice(question: str, code: str) -> str:
    """Return the words of a closed answer; of an unknown code the code."""
    try:
        return shipped().question(question).choice(code).name.in_language(language())
    except LookupError:
        return code


def body(code: str) -> str:
    return shipped().body(code).name.in_language(language())


def unit(code: str) -> str:
    try:
        return shipped().unit(code).name.in_language(language())
    except LookupError:
        return code


def agency(code: str, on: date) -> str:
    """Return the agency's name on that day, or nothing where none was named."""
    if not code:
        return ""
    try:
        return _directory().resolve(code, on).name.in_language(language())
    except LookupError:
        return code


@cache
def _directory() -> packs.Directory:
    return packs.Directory(packs.shipped().agencies)


def field(code: str) -> str:
    """Return the field's name, of an unknown code the code; nothing where none was named."""
    return _named(packs.shipped().fields.field, code)


def procedure(code: str) -> str:
    return _named(packs.shipped().fields.procedure, code)


def _named(find: Callable[[str], Any], code: str) -> str:
    try:
        return str(find(code).name.in_language(language())) if code else ""
    except LookupError:
        return code


def seat(roster: Roster, seat_id: str) -> str:
    """Return the name of a seat, also of one that has left."""
    found = roster.seat(seat_id)
    return found.name if found else str(_("người đã rời danh sách"))


def week(day: date) -> str:
    """Return the week of the day by its Monday."""
    return str(_("tuần %(day)s", day=ngay(week_of(day))))


def quarter(name: str) -> str:
    """Return ``quý 4/2026`` for ``2026-Q4``."""
    year, _q, number = name.partition("-Q")
    return str(_("quý %(number)s/%(year)s", number=number, year=year))


def short(report_id: str) -> str:
    """Return what people call a report by: nothing about it follows from that."""
    return report_id[:8].upper()


def reported(row: Row) -> str:
    """Return one line by which an inspector tells a report from others."""
    what = choice("amount", row.answers.amount) if row.answers.amount else unit(row.answers.unit)
    return f"{short(row.id)}: {week(row.week)}, {STAGES[row.stage]}, {what}"
