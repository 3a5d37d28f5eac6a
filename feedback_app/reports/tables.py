"""The tables and charts of a report, from the figures of its snapshot. Pure."""

from collections.abc import Callable, Mapping, Sequence

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.indicators.definitions import IndicatorResult
from feedback_app.reports import content
from feedback_app.reports.content import Chart, Table
from feedback_app.reports.figures import COUNTS, DAYS, SHARES, Known, Own, of_group
from feedback_app.reports.listing import WORDS, Flow, Result
from feedback_app.reports.words import Cell
from feedback_app.statistics.figures import Figure, Group, Value

ByGroup = Mapping[Group, Mapping[str, Value]]
Naming = Callable[[str], str]
COLUMNS: tuple[tuple[str, str], ...] = (
    (Figure.RECEIVED, "Tiếp nhận"),
    (Measure.ANSWERED, "Đã trả lời"),
    (Figure.IN_TIME, "Đúng hạn"),
    (Figure.LATE, "Trễ hạn"),
    (Figure.OPEN, "Đang giải quyết"),
    (Figure.OVERDUE, "Quá hạn"),
    (Figure.PAUSED, "Tạm dừng"),
    (Figure.DAYS_MEDIAN, "Ngày trung vị"),
)
SUMMARY_LABELS: Mapping[str, str] = {
    "tiep_nhan": "Tiếp nhận",
    "da_tra_loi": "Đã trả lời",
    "dung_han": "– đúng hạn",
    "tre_han": "– trễ hạn",
    "khong_giai_quyet": "– không giải quyết, có nêu lý do",
    "huong_dan_kenh_khac": "– hướng dẫn sang kênh khác",
    "vuot_tham_quyen": "– vượt thẩm quyền, chờ sửa quy định",
    "ty_le_dung_han": "Tỷ lệ đúng hạn (%)",
    "da_rut": "Doanh nghiệp đã rút",
    "dang_giai_quyet": "Đang giải quyết cuối kỳ",
    "qua_han": "– quá hạn",
    "cho_doanh_nghiep": "– tạm dừng, chờ doanh nghiệp",
    "ngay_trung_vi": "Số ngày làm việc trung vị",
    "ngay_p90": "Số ngày làm việc, 9 trong 10 phiếu",
    "xem_xet_lai": "Đề nghị xem xét lại",
    "mo_lai_30_ngay": "Phải mở lại trong 30 ngày",
    "danh_gia": "Câu trả lời được đánh giá",
    "dung_cau_hoi": "– trả lời đúng câu hỏi",
    "xong_thuc_te": "– đã giải quyết trên thực tế",
    "ty_le_xong_thuc_te": "Tỷ lệ đã giải quyết trên thực tế (%)",
}
assert SUMMARY_LABELS.keys() <= {*COUNTS, *DAYS, *SHARES}  # noqa: S101 - a name misspelt is seen at once
MOST_BARS = 15
NOBODY = "Chưa có cơ quan giữ"


def summary(known: Known) -> Table:
    """Return the table of the whole: this period, the one before, the same a year before."""
    own = of_group(known.own)
    columns = [of_group(other) if other is not None else {} for other in (known.before, known.year_before)]
    rows: list[tuple[Cell, ...]] = [
        (label, own[name], *(then.get(name) for then in columns)) for name, label in SUMMARY_LABELS.items()
    ]
    heads = ("Chỉ tiêu", "Kỳ này", "Kỳ trước", "Cùng kỳ năm trước")
    note = "Dấu – là chưa có số liệu đã chốt của kỳ so sánh, hoặc không có phiếu nào để tính."
    return Table(content.SUMMARY, "Kết quả chung", heads, (46, 18, 18, 18), tuple(rows), note)


def results(flow: Flow) -> Table:
    """Return how the cases of the list add up: carried over and arisen against all results."""
    rows: list[tuple[Cell, ...]] = [
        (WORDS[result], flow.of(result, carried=True), flow.of(result, carried=False), flow.of(result))
        for result in Result
    ]
    rows.append(("Cộng", flow.carried, flow.arisen, flow.total))
    heads = ("Kết quả đến cuối kỳ", "Kỳ trước chuyển sang", "Phát sinh trong kỳ", "Cộng")
    return Table(content.RESULTS, "Phiếu phải giải quyết trong kỳ", heads, (46, 18, 18, 18), tuple(rows))


def by_agency(by_group: ByGroup, name_of: Naming) -> Table:
    codes = sorted({g.agency for g in by_group if g.agency and not g.sensitive}, key=name_of)
    rows = [_row(name_of(code), by_group[Group(agency=code)]) for code in codes]
    rest = _rest(by_group, [Group(agency=code) for code in codes])
    if any(isinstance(cell, int) and cell for cell in rest):
        rows.append((NOBODY, *rest))
    return _grouped(content.AGENCIES, "Kết quả theo cơ quan", "Cơ quan", by_group, rows)


def by_field(by_group: ByGroup, name_of: Naming) -> Table:
    codes = sorted({g.field for g in by_group if g.field}, key=name_of)
    rows = [_row(name_of(code), by_group[Group(field=code)]) for code in codes]
    return _grouped(content.FIELDS, "Kết quả theo lĩnh vực", "Lĩnh vực", by_group, rows)


def fields_of_list(flow: Flow, name_of: Naming) -> Table:
    """Return an agency's cases by field: the figures hold no pairs of agency and field, its list does."""
    codes = sorted({code for code, _carried, _result in flow.by_field}, key=name_of)
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        own = {key[1:]: n for key, n in flow.by_field.items() if key[0] == code}
        waiting = sum(n for (_c, result), n in own.items() if result in {Result.OPEN, Result.OVERDUE})
        overdue = sum(n for (_c, result), n in own.items() if result is Result.OVERDUE)
        carried = sum(n for (was, _r), n in own.items() if was)
        rows.append(
            (
                name_of(code),
                carried,
                sum(own.values()) - carried,
                sum(own.values()) - waiting,
                waiting,
                overdue,
            )
        )
    heads = ("Lĩnh vực", "Chuyển sang", "Phát sinh", "Đã kết thúc", "Còn lại", "Trong đó quá hạn")
    return Table(
        content.FIELDS, "Phiếu của cơ quan theo lĩnh vực", heads, (40, 12, 12, 12, 12, 12), tuple(rows)
    )


def indicators(found: Sequence[IndicatorResult], notice: str) -> Table:
    """Return the internal scores and their components with interval and number of cases."""
    rows: list[tuple[Cell, ...]] = []
    for result in found:
        low, high = (round(end, 1) for end in result.interval) if result.interval else (None, None)
        score = None if result.score is None else round(result.score, 1)
        n = None if score is None else result.n
        rows.append((f"{result.indicator.name.vi} (điểm nội bộ 0–100)", score, low, high, n))
        for part in result.components:
            ends = tuple(round(end, 1) for end in part.interval) if part.interval else (None, None)
            value = None if part.value is None else round(part.value, 1)
            known = None if value is None else part.denominator  # below the minimum nothing tells of itself
            rows.append((f"– {part.component.label.vi} (%)", value, *ends, known))
    heads = ("Chỉ báo", "Giá trị", "Từ", "Đến", "Số trường hợp")
    note = f"{notice} “Từ”, “Đến”: khoảng tin cậy 95%. Dấu –: chưa đủ dữ liệu."
    return Table(content.INDICATORS, "Chỉ báo nội bộ", heads, (52, 12, 12, 12, 12), tuple(rows), note)


def charts(tables: Sequence[Table]) -> tuple[Chart, ...]:
    """Return the bars of the tables by agency and field: what waits, and how much of it is overdue."""
    found = []
    for table in tables:
        if table.name in {content.AGENCIES, content.FIELDS} and table.heads[5:7] == (
            "Đang giải quyết",
            "Quá hạn",
        ):
            chart = _waiting(table)
            if chart.rows:
                found.append(chart)
    return tuple(found)


def _waiting(table: Table) -> Chart:
    rows = [(str(row[0]), (_number(row[5]), _number(row[6]))) for row in table.rows[1:]]
    shown = sorted((row for row in rows if row[1][0]), key=lambda row: (-row[1][0], row[0]))
    total, overdue = table.rows[0][5], table.rows[0][6]
    described = f"{table.heads[0]} có nhiều phiếu đang giải quyết nhất đứng trước; toàn bộ {total}, quá hạn {overdue}."
    if len(shown) > MOST_BARS:
        described += f" Chỉ vẽ {MOST_BARS} dòng đầu, đủ các dòng ở bảng."
    title = f"Đang giải quyết và quá hạn cuối kỳ, theo {table.heads[0].lower()}"
    return Chart(title, described, ("Đang giải quyết", "Quá hạn"), tuple(shown[:MOST_BARS]))


def _grouped(name: str, title: str, head: str, by_group: ByGroup, rows: list[tuple[Cell, ...]]) -> Table:
    total = _row("Toàn tỉnh", by_group.get(Group(), {}))
    heads = (head, *(label for _measure, label in COLUMNS))
    return Table(name, title, heads, (30, 9, 9, 9, 9, 9, 9, 9, 9), (total, *rows))


def _row(label: str, own: Own) -> tuple[Cell, ...]:
    counts = (own[measure].n if measure in own else 0 for measure, _label in COLUMNS[:-1])
    days = own[Figure.DAYS_MEDIAN].value if Figure.DAYS_MEDIAN in own else None
    return (label, *counts, days)


def _rest(by_group: ByGroup, groups: Sequence[Group]) -> tuple[Cell, ...]:
    """Return what the whole has beyond the groups: cases that nobody holds yet."""
    whole = _row("", by_group.get(Group(), {}))[1:-1]
    own = [_row("", by_group[group])[1:-1] for group in groups]
    return (*(_number(n) - sum(_number(row[i]) for row in own) for i, n in enumerate(whole)), None)


def _number(cell: Cell) -> int:
    return int(cell) if isinstance(cell, int | float) else 0
