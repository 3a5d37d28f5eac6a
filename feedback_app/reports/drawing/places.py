"""The named places of a layout: what may stand in it, and what is wrong with one that an administrator sent."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from feedback_app.reports.content import AGENCIES, FIELDS, INDICATORS, RESULTS, SUMMARY
from feedback_app.reports.figures import names

PLACE = re.compile(r"\{\{\s*([\w.]*)\s*\}\}")
TABLES: Mapping[str, str] = {
    "bang_ket_qua_chung": SUMMARY,
    "bang_phai_giai_quyet": RESULTS,
    "bang_chi_bao": INDICATORS,
    "bang_co_quan": AGENCIES,
    "bang_linh_vuc": FIELDS,
}
SENTENCES, CHARTS, METHOD, LIST = "loi_van", "bieu_do", "cach_tinh", "danh_sach_phieu"
BLOCKS = frozenset({*TABLES, SENTENCES, CHARTS, METHOD, LIST})
HEAD = frozenset(
    {
        "co_quan_cap_tren", "co_quan", "ngay_thang", "tieu_de", "ky_bao_cao", "tu_ngay", "den_ngay",
        "tinh_trang_so_lieu", "ban_chot", "ban_nhap",
    }
)  # fmt: skip
SINGLE = HEAD | names()
MARK = "{{"


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph of a layout and where it stands; blocks fit in the body only."""

    paragraph: Paragraph
    where: str
    in_body: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    where: str
    what: str


def block_of(paragraph: Paragraph) -> str:
    """Return the name of the block that a paragraph holds, and nothing else; empty if it is an ordinary one."""
    found = PLACE.fullmatch(paragraph.text.strip())
    return found[1] if found and found[1] in BLOCKS else ""


def filled(text: str, texts: Mapping[str, str]) -> str:
    """Return the text with its single places filled in."""
    return PLACE.sub(lambda found: texts.get(found[1], ""), text)


def spots(document: Document) -> Iterator[Spot]:
    """Yield the paragraphs of a layout, in order: those of the body, of its tables, of heads and feet of pages."""
    numbers = {"p": 0, "t": 0}
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            numbers["t"] += 1
            yield from _of_table(item, f"bảng {numbers['t']}")
        else:
            numbers["p"] += 1
            yield Spot(item, f"đoạn {numbers['p']}", in_body=True)
    for n, section in enumerate(document.sections, start=1):
        parts = (("đầu trang", section.header), ("đầu trang đầu", section.first_page_header),
                 ("chân trang", section.footer), ("chân trang đầu", section.first_page_footer))  # fmt: skip
        for word, part in parts:
            if not part.is_linked_to_previous:
                yield from (Spot(paragraph, f"{word}, phần {n}") for paragraph in part.paragraphs)


def faults(document: Document) -> list[Fault]:
    """Return what is wrong with the places of a layout: unknown, unfinished, where they cannot stand, twice."""
    found = list(spots(document))
    wrong = [fault for spot in found for fault in _of(spot)]
    return [*wrong, *_twice(found), *_out_of_reach(document, found)]


def _of(spot: Spot) -> Iterator[Fault]:
    text = spot.paragraph.text
    for match in PLACE.finditer(text):
        name = match[1]
        if name not in SINGLE and name not in BLOCKS:
            yield Fault(spot.where, f"không có chỗ điền tên “{name}”")
        elif name in BLOCKS and not spot.in_body:
            yield Fault(spot.where, f"“{name}” chỉ đặt được ở thân văn bản, ngoài bảng")
        elif name in BLOCKS and not block_of(spot.paragraph):
            yield Fault(spot.where, f"“{name}” phải đứng một mình trong một đoạn")
    rest = PLACE.sub("", text)
    if MARK in rest or "}}" in rest:
        yield Fault(spot.where, "dấu {{ }} không khép hoặc tên có ký tự lạ")


def _twice(found: list[Spot]) -> Iterator[Fault]:
    seen: set[str] = set()
    for spot in found:
        name = block_of(spot.paragraph)
        if name and name in seen:
            yield Fault(spot.where, f"“{name}” đã có ở trên, chỉ đặt một lần")
        seen.add(name)


def _out_of_reach(document: Document, found: list[Spot]) -> Iterator[Fault]:
    reached = {id(spot.paragraph._p) for spot in found}  # noqa: SLF001 - the library gives no other identity
    for element in document.element.body.iter(qn("w:p")):
        if id(element) not in reached and MARK in _text(element):
            yield Fault(
                _text(element)[:60],
                "chỗ điền nằm trong khung chữ, ghi chú hoặc bảng lồng nhau: không điền được",
            )


def _text(element: Any) -> str:
    return "".join(part.text or "" for part in element.iter(qn("w:t")))


def _of_table(table: Table, where: str) -> Iterator[Spot]:
    seen: set[int] = set()
    for r, row in enumerate(table.rows, start=1):
        for c, cell in enumerate(row.cells, start=1):
            if id(cell._tc) in seen:  # noqa: SLF001 - a merged cell stands in each of its columns
                continue
            seen.add(id(cell._tc))  # noqa: SLF001
            for paragraph in cell.paragraphs:
                yield Spot(paragraph, f"{where}, hàng {r}, cột {c}")
