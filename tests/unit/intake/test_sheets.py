"""Tables as offices send them, read to texts; hostile and broken ones are refused with the reason."""

import zipfile
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

from feedback_app.core.files import Refused
from feedback_app.intake import sheets
from feedback_app.intake.sheets import MOST_ROWS, delimited, letter, parts, xlsx

MAIN = xlsx._MAIN[1:-1]


@pytest.fixture(autouse=True)
def words():
    """Give the refusals a language."""
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


@pytest.fixture
def book(tmp_path):
    """Return what makes a workbook of raw sheet rows, with other parts replaced or added."""

    def make(rows, **parts):
        path = tmp_path / "book.xlsx"
        xlsx.write(tmp_path / "whole.xlsx", [("Một", [["x"]])])
        own = {
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        }
        with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(path, "w") as package:
            for name in whole.namelist():
                package.writestr(name, (own | parts).pop(name, whole.read(name)))
            for name in set(parts) - set(whole.namelist()):
                package.writestr(name, parts[name])
        return path

    return make


def cells(path):
    return [row.cells for row in sheets.read(path, xlsx.MEDIA_TYPE)]


def test_what_we_write_we_read(tmp_path):
    path = tmp_path / "mau.xlsx"
    xlsx.write(path, [("Phiếu", [["Mã nguồn", "Vụ việc"], ["007", "Đất & <nhà>"]]), ("Hai", [["bỏ qua"]])])
    assert cells(path) == [("Mã nguồn", "Vụ việc"), ("007", "Đất & <nhà>")]


def test_the_ways_in_which_spreadsheets_hold_text_and_numbers(book):
    strings = (
        f'<sst xmlns="{MAIN}"><si><t> Chung </t></si><si><r><t>Hai</t></r><r><t> mảnh</t></r></si></sst>'
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="5"><c r="A5"><v>4200000001</v></c><c r="B5"><v>4.200000001E9</v></c>'
        '<c r="D5" t="str"><f>A1</f><v>tính ra</v></c><c r="E5"><v>0.5</v></c><c r="F5" t="b"><v>1</v></c></row>'
    )
    found = sheets.read(book(rows, **{"xl/sharedStrings.xml": strings}), xlsx.MEDIA_TYPE)
    assert [(row.number, row.cells) for row in found] == [
        (1, ("Chung", "Hai mảnh")),
        (5, ("4200000001", "4200000001", "", "tính ra", "0.5", "1")),
    ]


@pytest.mark.parametrize(
    "value", ["NaN", "Infinity", "1E999999", "-1E-999999", "không phải số"], ids=lambda value: value[:8]
)
def test_a_number_that_is_none_stays_as_it_is(book, value):
    assert cells(book(f'<row r="1"><c r="A1"><v>{value}</v></c></row>')) == [(value,)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_whatever_encoding(book, encoding):
    bomb = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet xmlns="{MAIN}">&b;</worksheet>'
    with pytest.raises(Refused):
        cells(book("", **{"xl/worksheets/sheet1.xml": bomb.encode(encoding)}))


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/workbook.xml": "<workbook/>"},
        {"xl/_rels/workbook.xml.rels": "<Relationships/>"},
        {"xl/worksheets/sheet1.xml": "<worksheet"},
        {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><row r="x"/></worksheet>'},
    ],
)
def test_a_broken_workbook_is_refused(book, parts):
    with pytest.raises(Refused, match="hỏng"):
        cells(book("", **parts))


def test_a_string_that_is_not_there_is_refused(book):
    with pytest.raises(Refused, match="hỏng"):
        cells(book('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'))


def test_a_part_that_unpacks_too_large_is_refused(book, monkeypatch):
    monkeypatch.setattr(parts, "MOST_BYTES", 200)
    with pytest.raises(Refused, match="quá lớn"):
        cells(book("<row/>" * 200))


def test_more_rows_than_are_taken_in_one_go_are_refused(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("a,b\n" + "1,2\n" * (MOST_ROWS + 1), encoding="utf-8")
    with pytest.raises(Refused, match=str(MOST_ROWS)):
        sheets.read(path, "text/csv")


def test_too_many_columns_are_refused(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text(",".join("x" * 61) + "\n", encoding="utf-8")
    with pytest.raises(Refused, match="cột"):
        sheets.read(path, "text/csv")


def test_another_kind_of_file_is_refused(tmp_path):
    with pytest.raises(Refused, match="Excel"):
        sheets.read(tmp_path / "thu.pdf", "application/pdf")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_with_any_of_the_usual_signs_with_or_without_a_mark(tmp_path, mark, sign):
    path = tmp_path / "a.csv"
    path.write_text(f'{mark}Mã{sign}Vụ việc\r\n1{sign}"Hai{sign}\nba"\r\n', encoding="utf-8", newline="")
    assert [row.cells for row in delimited.read(path)] == [("Mã", "Vụ việc"), ("1", f"Hai{sign}\nba")]


def test_csv_with_a_quote_that_is_never_closed_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"1,2\n', encoding="utf-8")
    with pytest.raises(Refused, match="ngoặc"):
        delimited.read(path)


@pytest.mark.parametrize(
    "column, name", [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_columns_are_called_as_spreadsheets_call_them(column, name):
    assert letter(column) == name


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x.example")')


def test_what_looks_like_a_formula_goes_out_as_a_text_and_comes_back_as_it_was(tmp_path):
    path = tmp_path / "out.xlsx"
    xlsx.write(path, [("Bảng", [[text, 7, "001"] for text in FORMULAS])], {"Bảng": (20, 5)})
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count('t="inlineStr"') == 2 * len(FORMULAS)
    assert sheet.count("<c><v>7</v></c>") == len(FORMULAS)
    assert [row.cells for row in xlsx.read(path)] == [(text.strip(), "7", "001") for text in FORMULAS]


def test_the_same_rows_are_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        xlsx.write(tmp_path / name, [("Bảng", [["x", 1.5]])])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_every_excel_file_of_ours_is_written_by_this_one():
    code = Path(xlsx.__file__).parents[2].rglob("*.py")
    assert [p.name for p in code if "<sheetData>" in p.read_text(encoding="utf-8")] == ["xlsx.py"]
