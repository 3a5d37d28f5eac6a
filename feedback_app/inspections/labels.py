"""Words for the calendar: forms, states, reasons, and what is wrong with an entry."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.catalogue.packs.inspections import Form
from feedback_app.inspections.entries import Problem
from feedback_app.inspections.rules import Reason, State

FORMS: dict[Form, Any] = {Form.INSPECTION: _l("thanh tra"), Form.CHECK: _l("kiểm tra")}
STATES: dict[State, Any] = {
    State.PLANNED: _l("kế hoạch"),
    State.DONE: _l("đã tiến hành"),
    State.DROPPED: _l("không tiến hành"),
}
PLANNED: dict[bool, Any] = {True: _l("theo kế hoạch"), False: _l("đột xuất")}
REASONS: dict[Reason, Any] = {
    Reason.TOO_MANY: _l("Quá số cuộc trong năm"),
    Reason.BOTH_FORMS: _l("Vừa thanh tra vừa kiểm tra cùng nội dung"),
    Reason.SAME_CONTENT: _l("Nhiều cơ quan cùng nội dung"),
}
PROBLEMS: dict[Problem, Any] = {
    Problem.TAX_CODE: _l("mã số thuế 10 chữ số, chi nhánh 10-3, hoặc mã số 12 chữ số của hộ kinh doanh"),
    Problem.CONTENT_IN_WORDS: _l("nội dung cụ thể, vì nội dung ngoài danh mục"),
    Problem.DECISION_DATE: _l("ngày quyết định đi cùng số quyết định"),
    Problem.DECISION_NUMBER: _l("số quyết định đi cùng ngày quyết định"),
    Problem.STARTS_WHEN_DONE: _l("ngày bắt đầu, vì cuộc này đã tiến hành"),
    Problem.STARTS_IN_YEAR: _l("ngày trong năm đã ghi"),
    Problem.STARTS_LATER: _l("ngày không sau hôm nay, vì cuộc này đã tiến hành"),
    Problem.ENDS_BEFORE_IT_STARTS: _l("ngày không trước ngày bắt đầu"),
    Problem.ENDS_WITHOUT_START: _l("bỏ trống, hoặc ghi cả ngày bắt đầu"),
    Problem.GROUNDS: _l("căn cứ của ngoại lệ đã chọn"),
    Problem.GROUNDS_WITHOUT_EXCEPTION: _l("bỏ trống, hoặc chọn ngoại lệ"),
    Problem.JOINED_LEAD: _l("các cơ quan khác cơ quan chủ trì"),
}


def short_form(form: str) -> str:
    """Return what one visit of that form is called, with a capital letter."""
    return str({Form.INSPECTION: _("Thanh tra"), Form.CHECK: _("Kiểm tra")}[Form(form)])
