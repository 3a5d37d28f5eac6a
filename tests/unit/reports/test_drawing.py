"""The same content and layout give the same bytes; each form is filled; what looks like a formula is a text."""

import io
import re
import zipfile
from dataclasses import replace

import pikepdf
import pytest
from docx import Document

from feedback_app.papers.word import line, packed, sheet
from feedback_app.reports.drawing import as_docx, as_pdf, as_xlsx, limits
from feedback_app.reports.drawing.places import SINGLE
from feedback_app.reports.drawing.shipped import shipped
from feedback_app.reports.sample import MOMENT, sample

WRITERS = {"docx": as_docx.write, "pdf": as_pdf.write, "xlsx": as_xlsx.write}
FORMULA = '=HYPERLINK("http://x.example";"bấm")'


def written(folder, form, layout=None, content=None, rows=None):
    path = folder / f"report.{form}"
    given, lines = sample()
    WRITERS[form](path, layout or shipped(), content or given, lines if rows is None else rows, MOMENT)
    return path.read_bytes()


def words_of(data):
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    heads = [p.text for section in document.sections for p in section.header.paragraphs]
    return "\n".join([*(p.text for p in document.paragraphs), *cells, *heads])


def pages_of(data):
    """Return the text of each page, read back through the fonts' own maps of characters."""
    return [_text(page) for page in pikepdf.open(io.BytesIO(data)).pages]


def _text(page):
    maps = {name: _map(font) for name, font in page.Resources.Font.items()}
    found, running = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            running = maps[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            strings = operands[0] if str(operator) == "TJ" else [operands[0]]
            coded = b"".join(bytes(one) for one in strings if isinstance(one, pikepdf.String))
            found.append("".join(running.get(coded[i : i + 2], "") for i in range(0, len(coded), 2)))
    return " ".join(found)


def _map(font):
    text = bytes(font.ToUnicode.read_bytes()).decode()
    pairs = re.findall(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", text.partition("beginbfchar")[2])
    return {bytes.fromhex(code): bytes.fromhex(char).decode("utf-16-be") for code, char in pairs}


@pytest.mark.parametrize("form", WRITERS)
def test_the_same_report_is_the_same_bytes(tmp_path, form):
    assert written(tmp_path, form) == written(tmp_path, form)


def test_each_form_says_the_figures_the_sentences_and_the_list(tmp_path):
    content, rows = sample()
    paper = words_of(written(tmp_path, "docx"))
    pages = " ".join(" ".join(pages_of(written(tmp_path, "pdf"))).split())
    for text in (*rows[2][1:4], "1.234" if "1.234" in paper else "120", "Tiếp nhận", "PHỤ LỤC II"):
        assert text in paper
        assert text in pages
    assert content.sentences[0] in paper
    assert "{{" not in paper
    assert "{{" not in pages
    book = zipfile.ZipFile(io.BytesIO(written(tmp_path, "xlsx")))
    everything = "".join(book.read(name).decode() for name in book.namelist() if "sheet" in name)
    assert content.sentences[0] in everything
    assert "<v>120</v>" in everything
    assert rows[2][1] in everything


def test_every_single_place_is_filled_in_the_sample():
    assert sample()[0].texts.keys() >= SINGLE


def test_a_chart_is_a_picture_with_words_for_who_cannot_see_it(tmp_path):
    package = zipfile.ZipFile(io.BytesIO(written(tmp_path, "docx")))
    assert [name for name in package.namelist() if name.endswith(".png")]
    body = package.read("word/document.xml").decode()
    assert 'descr="Đang giải quyết và quá hạn cuối kỳ, theo cơ quan.' in body


def test_pages_are_numbered_from_the_second_and_heads_of_tables_stand_on_each(tmp_path):
    content, rows = sample()
    many = [rows[0]] * 200
    pages = pages_of(written(tmp_path, "pdf", content=replace(content, list_rows=200), rows=many))
    assert not pages[0].startswith("1 ")
    assert pages[1].startswith("2 ")
    assert all("Doanh nghiệp" in page for page in pages[-3:])
    assert sum(page.count("KH-2026-000001") for page in pages) == 200
    document = words_of(written(tmp_path, "docx", content=replace(content, list_rows=200), rows=many))
    assert document.count("KH-2026-000001") == 200


def test_a_draft_says_so_on_every_page(tmp_path):
    content, _rows = sample()
    draft = replace(content, snapshot="", texts=dict(content.texts) | {"ban_nhap": "BẢN NHÁP"})
    bare = packed(_layout("{{loi_van}}", "{{danh_sach_phieu}}"))
    for layout in (shipped(), bare):
        pages = pages_of(written(tmp_path, "pdf", layout, draft))
        assert all("BẢN NHÁP" in page for page in pages)
        sections = Document(io.BytesIO(written(tmp_path, "docx", layout, draft))).sections
        assert "BẢN NHÁP" in "".join(p.text for p in sections[0].header.paragraphs)
    assert "BẢN NHÁP" not in " ".join(pages_of(written(tmp_path, "pdf")))
    book = zipfile.ZipFile(io.BytesIO(written(tmp_path, "xlsx", content=draft)))
    sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/" in name]
    assert sum("BẢN NHÁP" in sheet for sheet in sheets) == len(sheets) - 1, "all but how it is computed"


def test_what_looks_like_a_formula_or_breaks_xml_is_a_text(tmp_path):
    content, rows = sample()
    nasty = [(*rows[0][:2], FORMULA, "@SUM(1)\x00\x0b & <b> \ufffe", "-1", "+1", *rows[0][6:])]
    one = replace(content, list_rows=1)
    book = zipfile.ZipFile(io.BytesIO(written(tmp_path, "xlsx", content=one, rows=nasty)))
    sheet = next(s for s in map(book.read, book.namelist()) if b"HYPERLINK" in s).decode()
    assert "<f>" not in sheet
    assert f't="inlineStr"><is><t xml:space="preserve">{FORMULA}' in sheet
    assert "@SUM(1) &amp; &lt;b&gt;" in words_of_xml(written(tmp_path, "docx", content=one, rows=nasty))
    assert "-1" in " ".join(pages_of(written(tmp_path, "pdf", content=one, rows=nasty)))


def words_of_xml(data):
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


@pytest.mark.parametrize("number", [0, limits.MOST_ON_PAPER + 1])
def test_a_list_of_nothing_or_of_too_much_is_told_instead(tmp_path, number):
    content = replace(sample()[0], list_rows=number)
    told = "không có phiếu nào" if number == 0 else "chỉ có trong tệp Excel"
    assert told in words_of(written(tmp_path, "docx", content=content, rows=[]))
    assert told in " ".join(" ".join(pages_of(written(tmp_path, "pdf", content=content, rows=[]))).split())


def test_a_report_without_a_table_says_where_it_stands(tmp_path):
    content = replace(sample()[0], tables=(), charts=())
    assert limits.NOT_HERE in words_of(written(tmp_path, "docx", content=content))
    assert limits.NOT_HERE in " ".join(pages_of(written(tmp_path, "pdf", content=content)))


def test_a_place_cut_into_pieces_by_word_is_filled(tmp_path):
    document = sheet()
    paragraph = document.add_paragraph()
    for piece in ("Kỳ ", "{{ky_", "bao_cao", "}}", " xong"):
        paragraph.add_run(piece)
    assert "Kỳ Tháng 10/2026" in words_of(written(tmp_path, "docx", packed(document)))


def _layout(*texts):
    document = sheet()
    for text in texts:
        line(document, text, 0, size=14)
    return document
