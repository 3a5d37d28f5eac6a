"""A table in a Word file, as associations send it."""

import io
import zipfile

import pytest
from docx import Document

from feedback_app.core.files import Refused
from feedback_app.intake.sheets import docx
from feedback_app.intake.sheets.rows import Row


def word(rows, *, merge=False, before="Kính gửi UBND tỉnh"):
    document = Document()
    document.add_paragraph(before)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    if merge:
        table.cell(1, 0).merge(table.cell(1, 1))
    written = io.BytesIO()
    document.save(written)
    written.seek(0)
    return written


def test_rows_are_numbered_as_in_the_table_and_empty_ones_are_passed_over():
    rows = [("Mã nguồn", "Nội dung"), ("", ""), ("01", "Hai dòng\ntrong một ô")]
    assert docx.read(word(rows)) == [Row(1, rows[0]), Row(3, ("01", "Hai dòng\ntrong một ô"))]


def test_merged_cells_are_refused_with_their_row():
    with pytest.raises(Refused) as refused:
        docx.read(word([("a", "b"), ("c", "d")], merge=True))
    assert "dòng 2" in refused.value.reason


def test_a_letter_without_a_table_says_so():
    document = io.BytesIO()
    Document().save(document)
    with pytest.raises(Refused) as refused:
        docx.read(document)
    assert "không có bảng" in refused.value.reason


def test_what_is_no_word_file_is_refused():
    with pytest.raises(Refused):
        docx.read(io.BytesIO(b"khong phai zip"))


def test_a_document_type_is_refused_before_it_can_do_harm():
    evil = io.BytesIO()
    with zipfile.ZipFile(evil, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(Refused) as refused:
        docx.read(evil)
    assert "không an toàn" in refused.value.reason
