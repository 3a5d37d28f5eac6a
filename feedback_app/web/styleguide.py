"""The living styleguide: every component with sample data, for developers only.

Registered by the application only when ``settings.debug_pages`` is true.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import segno
from flask import Blueprint, abort, render_template
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    MultipleFileField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from feedback_app.catalogue import packs
from feedback_app.deadlines import clock
from feedback_app.deadlines.calendar import WorkCalendar, work_calendar
from feedback_app.deadlines.events import ClockEvent, EventKind
from feedback_app.web import charts, days
from feedback_app.web.forms import FlaskForm

styleguide = Blueprint("styleguide", __name__, url_prefix="/styleguide")

PAGES = ("components", "front", "filing", "receipt", "queue", "ticket")
TODAY = date(2026, 3, 5)
HAPPENED = (
    ClockEvent(EventKind.PAUSE, date(2026, 2, 25)),
    ClockEvent(EventKind.RESUME, date(2026, 3, 4)),
    ClockEvent(EventKind.TRANSFER, date(2026, 3, 6)),
    ClockEvent(EventKind.EXTEND, date(2026, 3, 6), days=3),
)


class SampleForm(FlaskForm):
    kind = RadioField(
        "Quý doanh nghiệp muốn gửi nội dung gì?",
        choices=[
            SelectChoice("obstacle", "Khó khăn, vướng mắc"),
            SelectChoice("overdue", "Hồ sơ trễ hẹn"),
            SelectChoice("information", "Đề nghị cung cấp thông tin"),
        ],
        default="obstacle",
    )
    tax_code = StringField(
        "Mã số thuế", description="Doanh nghiệp 10 chữ số, chi nhánh 10-3, hộ kinh doanh 12 chữ số"
    )
    text = TextAreaField(
        "Nội dung vướng mắc",
        description="Việc gì, ở cơ quan nào, từ khi nào, mong muốn được giải quyết ra sao",
    )
    field = SelectField(
        "Lĩnh vực",
        choices=[
            SelectChoice("tax", "Thuế"),
            SelectChoice("land", "Đất đai"),
            SelectChoice("fire_safety", "Phòng cháy, chữa cháy"),
        ],
    )
    promised_on = DateField("Ngày hẹn trả kết quả")
    files = MultipleFileField("Tệp đính kèm")
    anonymous = BooleanField(
        "Ẩn danh tính với cơ quan xử lý",
        description="Cơ quan xử lý thấy nội dung, chỉ cơ quan đầu mối thấy tên",
    )

    def validate_tax_code(self, _field: StringField) -> None:
        raise ValidationError(
            "Mã số thuế doanh nghiệp có 10 chữ số, chi nhánh 10-3; Quý doanh nghiệp đã nhập 9"
        )


@styleguide.get("/")
@styleguide.get("/<page>")
def index(page: str = "components") -> str:
    """Return one sheet of the guide; 404 for a sheet that does not exist."""
    if page not in PAGES:
        abort(404)
    return render_template(f"styleguide/{page}.html", pages=PAGES, **sample())


def sample() -> dict[str, Any]:
    """Return the sample data all sheets draw from."""
    form = SampleForm(
        meta={"csrf": False}, data={"tax_code": "420012345", "kind": "obstacle", "field": "tax"}
    )
    form.validate()
    return {
        "form": form,
        "statuses": STATUSES,
        "deadlines": deadlines(),
        "days": strip(*HAPPENED),
        "promised": strip(),
        "phases": phases(),
        "entries": entries(),
        "files": FILES,
        "groups": groups(),
        "rows": queue_rows(),
        "letter": LETTER,
        "qr": qr("https://example.vn/theo-doi"),
        "now": datetime(2026, 2, 12, 2, 30, tzinfo=UTC),
        "gauges": (charts.gauge(61.4, 55.2, 67.1, 75), charts.gauge(48.0, 38.5, 57.3, 70)),
        "bars": charts.bars(
            [
                ("Thuế tỉnh Khánh Hòa", 42),
                ("Sở Nông nghiệp và Môi trường", 31),
                ("Sở Xây dựng", 12),
                ("Công an tỉnh", 5),
            ]
        ),
        "heat": charts.heat(
            ["05/10", "12/10", "19/10", "26/10", "02/11", "09/11", "16/11"],
            [
                ("Sở Xây dựng", [0, 1, 2, 2, 4, 6, 8]),
                ("Thuế tỉnh", [3, 2, 2, 1, 1, 0, 0]),
                ("Công an tỉnh", [0, 0, None, 1, 0, 0, 1]),
            ],
        ),
        "line": charts.spark([62, 64, 61, 70, 74, 73, 81]),
        "due_on": date(2026, 3, 2),
    }


def qr(address: str) -> Markup:
    return Markup(segno.make(address, error="m").svg_inline(omitsize=True, border=2))  # noqa: S704 (drawn here)


STATUSES = [
    {"label": "Đã tiếp nhận", "tone": "neutral", "icon": "stamp"},
    {"label": "Đang giải quyết", "tone": "waiting", "icon": "clock"},
    {"label": "Chờ doanh nghiệp bổ sung", "tone": "soon", "icon": "pause"},
    {"label": "Đã trả lời", "tone": "intime", "icon": "check"},
    {"label": "Đề nghị xem xét lại", "tone": "late", "icon": "alert"},
    {"label": "Thanh tra tỉnh đang đọc", "tone": "sealed", "icon": "shield"},
]
FILES = [
    {"name": "Công văn 15-CV-2026.pdf", "size": "1,2 MB", "state": "ok", "href": "#", "note": None},
    {
        "name": "anh-hien-truong.jpg",
        "size": "3,4 MB",
        "state": "ok",
        "href": "#",
        "note": "đã bỏ thông tin vị trí chụp",
    },
    {"name": "ho-so.docx", "size": "820 KB", "state": "checking", "href": None, "note": None},
    {
        "name": "banve.zip",
        "size": "44 MB",
        "state": "refused",
        "href": None,
        "note": "lớn hơn 20 MB, không đúng loại tệp",
    },
]
LETTER = {
    "agency": "Thuế tỉnh Khánh Hòa",
    "number": "123/TKH-HKDCN",
    "dated_on": date(2026, 2, 25),
    "signer": "Phó Trưởng Thuế tỉnh (mẫu)",
    "text": (
        "Hồ sơ hoàn thuế của Quý doanh nghiệp đã đủ điều kiện giải quyết.\n"
        "Quyết định hoàn thuế được gửi kèm văn bản này."
    ),
    "law": ["Văn bản, điều, khoản làm căn cứ trả lời (mẫu)"],
}


def calendar() -> WorkCalendar:
    return work_calendar(packs.shipped())


def deadlines() -> list[days.Chip]:
    due, work = date(2026, 3, 10), calendar()
    todays = [date(2026, 3, 3), date(2026, 3, 9), due, date(2026, 3, 12)]
    open_ones = [days.chip(due, today, work) for today in todays]
    answers = [days.chip(due, TODAY, work, answered_on=on) for on in (due, date(2026, 3, 13))]
    paused = days.chip(None, TODAY, work, paused=True)
    return [*open_ones, paused, *answers, days.chip(due, TODAY, work, estimated=True)]


def strip(*events: ClockEvent) -> tuple[days.Day, ...]:
    deadline = clock.compute(clock.Days(7), date(2026, 2, 12), events, calendar())
    return days.strip(deadline.days, deadline.due_on, TODAY)


def phases() -> list[dict[str, Any]]:
    return [
        {"label": "Tiếp nhận", "state": "done", "at": date(2026, 2, 12)},
        {"label": "Phân loại, chuyển xử lý", "state": "done", "at": date(2026, 2, 12)},
        {"label": "Đang giải quyết", "state": "current", "at": None},
        {"label": "Đã trả lời bằng văn bản", "state": "todo", "at": None},
        {"label": "Doanh nghiệp xác nhận", "state": "todo", "at": None},
    ]


def entries() -> list[dict[str, Any]]:
    start = datetime(2026, 2, 12, 2, 30, tzinfo=UTC)
    rows = [
        ("Công ty TNHH Mẫu A", "Gửi phiếu qua cổng thông tin", None, None, "send", False),
        (
            "Hệ thống",
            "Chuyển Thuế tỉnh Khánh Hòa",
            "Lĩnh vực thuế; trong nội dung có “hoàn thuế GTGT”.",
            "khâu phân loại: 0 ngày",
            "next",
            False,
        ),
        ("Cán bộ thụ lý (mẫu)", "Ghi chú nội bộ", "Đã đề nghị phòng nghiệp vụ rà soát.", None, "lock", True),
        (
            "Thuế tỉnh Khánh Hòa",
            "Đề nghị bổ sung hồ sơ",
            "Bảng kê hóa đơn quý IV.",
            "tạm dừng 5 ngày làm việc",
            "pause",
            False,
        ),
    ]
    keys = ("who", "what", "body", "cost", "icon", "internal")
    return [dict(zip(keys, row, strict=True), at=start + timedelta(days=2 * i)) for i, row in enumerate(rows)]


def groups() -> list[dict[str, Any]]:
    counts = [
        ("Trễ hạn", 2, "late"),
        ("Sắp đến hạn", 5, "soon"),
        ("Trong hạn", 48, "intime"),
        ("Chờ bên khác", 1234, "waiting"),
    ]
    return [
        {"label": label, "count": count, "tone": tone, "href": "#", "active": tone == "late"}
        for label, count, tone in counts
    ]


def queue_rows() -> list[dict[str, Any]]:
    titles = [
        "Hồ sơ hoàn thuế GTGT quý III quá hạn 40 ngày chưa có kết quả, đã gửi hai văn bản hỏi",
        "Xin gia hạn giấy phép xây dựng nhà xưởng tại Cụm công nghiệp Diên Phú",
        "Chưa được nghiệm thu phòng cháy, chữa cháy khách sạn 12 tầng",
    ]
    chips = deadlines()
    return [
        {
            "code": f"KH-2026-{120 + i:06}",
            "title": title,
            "href": "#",
            "enterprise": "Công ty TNHH Mẫu A",
            "field": "Thuế",
            "deadline": chips[3 - i],
            "ball": "Phòng nghiệp vụ",
            "status": STATUSES[4] if i == 0 else None,
        }
        for i, title in enumerate(titles)
    ]
