"""An official letter says the same as docx and as PDF, laid out as the decree on official papers has it."""

import io
import subprocess
import sys
from datetime import date

import pikepdf
import pytest
from docx import Document

from feedback_app.papers.as_docx import docx
from feedback_app.papers.as_pdf import pdf
from feedback_app.papers.letter import MOTTO, NATION, Letter


def a_letter(**more):
    given = {
        "agency": "Sở Y tế",
        "superior": "Ủy ban nhân dân tỉnh Khánh Hòa",
        "number": "0456/SYT-NV",
        "subject": "trả lời phiếu KH-2026-000123",
        "place": "Khánh Hòa",
        "dated": date(2026, 2, 5),
        "addressee": "Công ty TNHH Mẫu A",
        "paragraphs": ("Nội dung thứ nhất, có đủ dấu: ẵ ẩ ỡ ự ỹ.", "Trân trọng."),
        "basis": ("Nghị định 15/2018/NĐ-CP, Điều 12",),
        "recipients": ("Như trên", "Lưu: VT"),
        "signer_title": "Giám đốc",
        "signer": "Người ký mẫu",
    }
    return Letter(**(given | more))


def words_of(data):
    document = Document(io.BytesIO(data))
    cells = [p.text for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    return "\n".join([*cells, *(p.text for p in document.paragraphs)])


@pytest.mark.parametrize(
    "words",
    [NATION, MOTTO, "SỞ Y TẾ", "Số: 0456/SYT-NV", "Khánh Hòa, ngày 05 tháng 02 năm 2026", "V/v trả lời phiếu",
     "Kính gửi: Công ty TNHH Mẫu A", "Căn cứ: Nghị định 15/2018/NĐ-CP, Điều 12.", "ẵ ẩ ỡ ự ỹ", "- Lưu: VT",
     "GIÁM ĐỐC", "Người ký mẫu"],
)  # fmt: skip
def test_the_docx_says_all_of_it(words):
    assert words in words_of(docx(a_letter()))


def test_the_docx_has_the_page_of_the_decree():
    section = Document(io.BytesIO(docx(a_letter()))).sections[0]
    sides = (section.page_width, section.page_height)
    assert [round(side.mm) for side in sides] == [210, 297]
    margins = (section.left_margin, section.right_margin, section.top_margin)
    assert [round(side.mm) for side in margins] == [30, 20, 20]


def test_the_pdf_opens_on_a4_and_carries_its_font():
    with pikepdf.open(io.BytesIO(pdf(a_letter()))) as document:
        page = document.pages[0]
        assert [round(float(side)) for side in page.mediabox] == [0, 0, 595, 842]
        fonts = [str(font["/BaseFont"]) for font in page.Resources.Font.values()]
        assert fonts
        assert all("SourceSerif" in name for name in fonts)
        assert str(document.Root.Lang) == "vi"


def test_a_number_that_was_not_given_stays_a_blank():
    assert "Số: ……/……" in words_of(docx(a_letter(number="")))
    assert a_letter(number="").number_line == "Số: ……/……"


@pytest.mark.parametrize(
    "day, line",
    [(date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"), (date(2026, 11, 24), "ngày 24 tháng 11 năm 2026"),
     (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"), (None, "ngày …… tháng …… năm ……")],
)  # fmt: skip
def test_dates_are_written_as_official_papers_write_them(day, line):
    assert a_letter(dated=day).date_line == f"Khánh Hòa, {line}"


def test_a_long_letter_runs_over_pages_and_keeps_its_signature_together():
    long = tuple(f"Đoạn {n}. " + "Nội dung dài của văn bản trả lời. " * 20 for n in range(12))
    with pikepdf.open(io.BytesIO(pdf(a_letter(paragraphs=long)))) as document:
        assert len(document.pages) > 1


def test_the_layout_is_pure_data_and_needs_no_web():
    code = "import sys, feedback_app.papers.letter; sys.exit('flask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
