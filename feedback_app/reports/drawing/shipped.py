"""The layout that the system comes with: a Word document like any other, to be taken as a start for one's own."""

from functools import cache
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from feedback_app.papers import letter as page
from feedback_app.papers.letter import MOTTO, NATION, RECIPIENTS
from feedback_app.papers.word import line, packed, sheet

LEFT = 66  # millimetres of the left column of the head, as in letters
PARTS = (
    ("I. KẾT QUẢ TRONG KỲ", ("loi_van", "bang_phai_giai_quyet", "bang_ket_qua_chung")),
    ("II. CHỈ BÁO NỘI BỘ", ("bang_chi_bao",)),
    ("III. KẾT QUẢ THEO CƠ QUAN VÀ LĨNH VỰC", ("bang_co_quan", "bang_linh_vuc", "bieu_do")),
)


@cache
def shipped() -> bytes:
    """Return the bytes of the layout, the same every time."""
    document = sheet(after=4)
    _numbered(document.sections[0])
    _head(document)
    for text, size in (("BÁO CÁO", page.SIZE), ("{{tieu_de}}", page.SIZE), ("{{ky_bao_cao}}", page.SMALL)):
        line(document, text, ALIGN.CENTER, size=size, bold=True)
    line(document, "{{ban_nhap}}", ALIGN.CENTER, size=page.SMALL, bold=True)
    line(document, "{{tinh_trang_so_lieu}}", ALIGN.CENTER, size=page.TINY, italic=True)
    for title, blocks in PARTS:
        _heading(document, title)
        for block in blocks:
            line(document, f"{{{{{block}}}}}", ALIGN.JUSTIFY, size=page.SIZE)
    _foot(document)
    _annexes(document)
    return packed(document)


def _head(document: Any) -> None:
    left, right = _columns(document)
    line(left, "{{co_quan_cap_tren}}", ALIGN.CENTER, size=page.SMALL)
    line(left, "{{co_quan}}", ALIGN.CENTER, size=page.SMALL, bold=True)
    line(left, "―――――――", ALIGN.CENTER, size=page.TINY)
    line(left, "Số: ……/BC-……", ALIGN.CENTER, size=page.SMALL)
    for paragraph in left.paragraphs[:2]:
        paragraph.runs[0].font.all_caps = True
    line(right, NATION, ALIGN.CENTER, size=page.SMALL - 1, bold=True)
    line(right, MOTTO, ALIGN.CENTER, size=page.SMALL, bold=True)
    line(right, "――――――――――――", ALIGN.CENTER, size=page.TINY)
    line(right, "{{ngay_thang}}", ALIGN.CENTER, size=page.SMALL, italic=True)
    line(document, "", ALIGN.LEFT, size=page.TINY)


def _foot(document: Any) -> None:
    left, right = _columns(document)
    line(left, RECIPIENTS, ALIGN.LEFT, size=page.TINY + 1, bold=True)
    for recipient in ("{{co_quan_cap_tren}}", "Các cơ quan liên quan", "Lưu: VT"):
        line(
            left,
            f"- {recipient};" if recipient != "Lưu: VT" else f"- {recipient}.",
            ALIGN.LEFT,
            size=page.TINY,
        )
    line(right, "THỦ TRƯỞNG CƠ QUAN", ALIGN.CENTER, size=page.SIZE, bold=True)
    for _ in range(4):
        line(right, "", ALIGN.CENTER, size=page.SIZE)


def _annexes(document: Any) -> None:
    document.add_section(WD_SECTION.NEW_PAGE)
    _annex(document, "PHỤ LỤC I", "CÁCH TÍNH CÁC SỐ LIỆU", "cach_tinh")
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(page.HEIGHT), Mm(page.WIDTH)
    section.left_margin = section.right_margin = Mm(page.RIGHT)
    _annex(document, "PHỤ LỤC II", "DANH SÁCH PHIẾU PHẢI GIẢI QUYẾT TRONG KỲ", "danh_sach_phieu")


def _annex(document: Any, number: str, title: str, block: str) -> None:
    line(document, number, ALIGN.CENTER, size=page.SMALL, bold=True)
    line(document, title, ALIGN.CENTER, size=page.SMALL, bold=True)
    line(document, "{{ky_bao_cao}}", ALIGN.CENTER, size=page.TINY, italic=True)
    line(document, f"{{{{{block}}}}}", ALIGN.LEFT, size=page.TINY)


def _heading(document: Any, title: str) -> None:
    line(document, title, ALIGN.LEFT, size=page.SIZE, bold=True)
    document.paragraphs[-1].paragraph_format.space_before = Pt(8)
    document.paragraphs[-1].paragraph_format.keep_with_next = True


def _columns(document: Any) -> tuple[Any, Any]:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    widths = (Mm(LEFT), Mm(page.WIDTH - page.LEFT - page.RIGHT - LEFT))
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = width
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _numbered(section: Any) -> None:
    """Put the page's number in the middle of its head, from the second page on (Nghị định 30/2020)."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(page.SMALL)
    for kind in ("begin", None, "end"):
        run._r.append(_field("PAGE") if kind is None else _mark(kind))  # noqa: SLF001 - the library has no fields


def _mark(kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _field(name: str) -> Any:
    field = OxmlElement("w:instrText")
    field.text = name
    return field
