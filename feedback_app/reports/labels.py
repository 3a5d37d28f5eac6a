"""Words for the state of a report and for what is being done for it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from feedback_app.reports.states import State

STATES: dict[State, Any] = {
    State.ASKED: _l("đang chờ lập"),
    State.MAKING: _l("đang lập"),
    State.DONE: _l("đã lập xong"),
    State.FAILED: _l("không lập được"),
}
STEPS: tuple[Any, ...] = (
    _l("Đọc số liệu và danh sách phiếu"),
    _l("Lập tệp Word"),
    _l("Lập tệp PDF"),
    _l("Lập tệp Excel"),
)
FORMATS: dict[str, Any] = {"docx": _l("Word (.docx)"), "pdf": _l("PDF"), "xlsx": _l("Excel (.xlsx)")}
