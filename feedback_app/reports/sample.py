"""A made-up report by which a layout is looked at before it is put in force. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.reports import narrative, tables
from feedback_app.reports.annex import Row
from feedback_app.reports.content import INDICATORS, Content, Table
from feedback_app.reports.figures import Known, named
from feedback_app.reports.listing import WORDS, Flow, Listed, Result
from feedback_app.reports.words import amount
from feedback_app.statistics.figures import Figure, Group, Value

SNAPSHOT = "2026-10-vidu00000000"
MOMENT = datetime(2026, 11, 10, 1, tzinfo=UTC)
_COUNTS: Mapping[str, int] = {
    Figure.RECEIVED: 120,
    Measure.ANSWERED: 90,
    Figure.IN_TIME: 72,
    Figure.LATE: 18,
    Figure.OPEN: 41,
    Figure.OVERDUE: 12,
    Figure.PAUSED: 5,
    Measure.RATED: 40,
    Measure.SATISFIED_ANSWERED: 30,
    Measure.SOLVED_SAYS_ENTERPRISE: 22,
}
_HEAD = {
    "co_quan_cap_tren": "Ủy ban nhân dân tỉnh Khánh Hòa",
    "co_quan": "Cơ quan mẫu",
    "ngay_thang": "Khánh Hòa, ngày …… tháng …… năm ……",
    "tieu_de": "Kết quả tiếp nhận, giải quyết phản ánh, kiến nghị của doanh nghiệp",
    "ky_bao_cao": "Tháng 10/2026 (bản xem thử, số liệu không có thật)",
    "tu_ngay": "01/10/2026",
    "den_ngay": "31/10/2026",
    "tinh_trang_so_lieu": f"Số liệu mẫu để xem bố cục, bản chốt {SNAPSHOT}.",
    "ban_chot": SNAPSHOT,
    "ban_nhap": "",
}
_METHOD = (("Tiếp nhận", "Đoạn mẫu của phụ lục cách tính."),)


def sample() -> tuple[Content, list[Row]]:
    """Return a report with a figure in every place, and its list."""
    own = {name: Value(float(n), n) for name, n in _COUNTS.items()}
    own |= {Figure.DAYS_MEDIAN: Value(7.5, 90), Figure.DAYS_P90: Value(14, 90)}
    groups = {Group(): own, Group(agency="A"): own, Group(field="C"): own}
    cases = [
        Listed(f"KH-2026-{n:06}", 1, "C", "A", n % 3 == 0, result) for n, result in enumerate(Result, start=1)
    ]
    flow = Flow()
    for case in cases:
        flow.add(case)
    known = Known(own, flow, before=own, year_before=None)
    found = named(known)
    shown = (
        tables.summary(known),
        tables.results(flow),
        Table(
            INDICATORS, "Chỉ báo nội bộ", ("Chỉ báo", "Giá trị"), (70, 30), (("Tính năng động (mẫu)", 61.5),)
        ),
        tables.by_agency(groups, "Cơ quan {}".format),
        tables.by_field(groups, "Lĩnh vực {}".format),
    )
    content = Content(
        period="2026-10",
        agency="",
        snapshot=SNAPSHOT,
        texts=_HEAD | {name: amount(value) for name, value in found.items()},
        figures=found,
        sentences=narrative.told(found),
        tables=shown,
        charts=tables.charts(shown),
        method=_METHOD,
        list_note="",
        list_rows=len(cases),
    )
    return content, [_row(n, case) for n, case in enumerate(cases, start=1)]


def _row(number: int, case: Listed) -> Row:
    return (
        str(number), case.code, "Công ty mẫu", "Nội dung mẫu", "Cơ quan A", "12/CQ, 05/10/2026", WORDS[case.result],
        "phát sinh trong kỳ",
    )  # fmt: skip
