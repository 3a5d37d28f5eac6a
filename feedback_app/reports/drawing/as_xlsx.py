"""A report as an Excel file: a sheet for the whole, one for each table, one for the method, one for the list.

Texts are texts even where they look like formulas; figures are numbers.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from feedback_app.intake.sheets import xlsx
from feedback_app.reports import annex
from feedback_app.reports.content import AGENCIES, FIELDS, INDICATORS, RESULTS, SUMMARY, Content, Table
from feedback_app.reports.words import NOTHING, Cell

MEDIA_TYPE = xlsx.MEDIA_TYPE
SHEETS = {
    SUMMARY: "Kết quả chung",
    RESULTS: "Phải giải quyết",
    INDICATORS: "Chỉ báo nội bộ",
    AGENCIES: "Theo cơ quan",
    FIELDS: "Theo lĩnh vực",
}
WHOLE, METHOD, LIST = "Báo cáo", "Cách tính", "Danh sách phiếu"
CHARACTERS = 110  # of a page's width, shared out among the columns

Rows = Iterable[list[Cell]]


def write(path: Path, _layout: bytes, content: Content, listing: Iterable[annex.Row], _at: datetime) -> None:
    """Write the report to ``path``, the same bytes for the same content."""
    sheets: list[tuple[str, Rows]] = [(WHOLE, _whole(content))]
    sheets += [(SHEETS[table.name], _table(table, content)) for table in content.tables]
    sheets += [
        (METHOD, [[name, meaning] for name, meaning in content.method]),
        (LIST, _list(content, listing)),
    ]
    widths = {
        SHEETS[table.name]: [CHARACTERS * w // sum(table.widths) for w in table.widths]
        for table in content.tables
    }
    widths |= {WHOLE: [CHARACTERS], METHOD: [40, CHARACTERS], LIST: [6, 24, 34, 60, 30, 22, 34, 22]}
    xlsx.write(path, [(name, map(_plain, rows)) for name, rows in sheets], widths)


def _whole(content: Content) -> Rows:
    head = ("ban_nhap", "co_quan_cap_tren", "co_quan", "tieu_de", "ky_bao_cao", "tinh_trang_so_lieu")
    texts = [content.texts[name] for name in head if content.texts[name]]
    return [[text] for text in (*texts, "", *content.sentences)]


def _table(table: Table, content: Content) -> Rows:
    note: Rows = [[""], [table.note]] if table.note else []
    return [*_draft(content), [table.title], list(table.heads), *map(list, table.rows), *note]


def _draft(content: Content) -> list[list[Cell]]:
    return [[content.texts["ban_nhap"]]] if content.is_draft else []


def _list(content: Content, listing: Iterable[annex.Row]) -> Iterator[list[Cell]]:
    yield from _draft(content)
    if content.list_note:
        yield [content.list_note]
    yield list(annex.HEADS)
    for number, *words in listing:
        yield [int(number), *words]
    if not content.list_rows:
        yield [annex.NONE]


def _plain(row: list[Cell]) -> list[xlsx.Cell]:
    return [NOTHING if cell is None else cell for cell in row]
