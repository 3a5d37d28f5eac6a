"""A layout that somebody sends is opened with suspicion; each of its places is known, or named with where it stands."""

import pytest

from feedback_app.core.files import Refused
from feedback_app.reports.drawing.examining import examined
from feedback_app.reports.drawing.shipped import shipped
from tests.unit.reports.layouts import DOCUMENT, changed, into_body, layout

RELATIONS = "word/_rels/document.xml.rels"
OUTSIDE = (
    '<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="http://evil.example/x" TargetMode="External"/></Relationships>'
)


@pytest.fixture
def kept(tmp_path):
    def keep(content):
        path = tmp_path / "layout.docx"
        path.write_bytes(content)
        return path

    return keep


@pytest.mark.parametrize(
    "content,where,what",
    [
        (layout("Kính gửi", "{{ky_bao_cap}}"), "đoạn 2", "ky_bao_cap"),
        (layout(in_table="{{khong_co}}"), "bảng 1, hàng 2, cột 1", "khong_co"),
        (layout(in_head="{{khong_co}}"), "đầu trang, phần 1", "khong_co"),
        (layout("Bảng: {{bang_co_quan}}"), "đoạn 1", "đứng một mình"),
        (layout(in_table="{{bang_co_quan}}"), "bảng 1, hàng 2, cột 1", "ngoài bảng"),
        (layout("{{bieu_do}}", "{{bieu_do}}"), "đoạn 2", "một lần"),
        (layout("{{tieu_de"), "đoạn 1", "không khép"),
        (layout("{{tiêu đề}}"), "đoạn 1", "ký tự lạ"),
        (
            into_body("<w:p><w:r><w:t>x</w:t></w:r><w:txbxContent><w:p><w:r><w:t>{{tieu_de}}</w:t></w:r></w:p>"
                      "</w:txbxContent></w:p>"),
            "{{tieu_de}}",
            "khung chữ",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_where_it_stands(kept, content, where, what):
    fault = examined(kept(content))[0]
    assert fault.where == where
    assert what in fault.what


def test_the_shipped_layout_and_figures_within_sentences_are_right(kept):
    assert examined(kept(shipped())) == []
    assert (
        examined(
            kept(layout("Tiếp nhận {{ tiep_nhan }} phiếu, kỳ trước {{tiep_nhan_ky_truoc}}.", "{{loi_van}}"))
        )
        == []
    )


PIECES = (
    "<w:p>"
    + "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in (" INCL", "UDEPIC", "TURE x"))
    + "</w:p>"
)


@pytest.mark.parametrize(
    "content",
    [
        b"no zip at all",
        changed(layout(), RELATIONS, "</Relationships>", OUTSIDE.format("image")),
        changed(layout(), RELATIONS, "</Relationships>", OUTSIDE.format("attachedTemplate")),
        into_body('<w:p><w:fldSimple w:instr="DDEAUTO c:\\\\x"/></w:p>'),
        into_body('<w:p><w:fldSimple w:instr="&#68;DE x"/></w:p>'),
        into_body(PIECES),
        into_body('<w:altChunk r:id="rId1"/>'),
        changed(layout(), DOCUMENT, "<w:document", '<!DOCTYPE w [<!ENTITY a "aa">]><w:document'),
        changed(layout(), DOCUMENT, "</w:body>", ""),
        changed(layout(), "word/styles.xml", "<w:styles", "<w:styles" + " " * 10 + "<"),
    ],
)
def test_a_layout_that_would_act_or_is_broken_is_refused(kept, content):
    with pytest.raises(Refused):
        examined(kept(content))


def test_a_page_number_and_a_link_are_no_danger(kept):
    link = changed(layout("{{loi_van}}"), RELATIONS, "</Relationships>", OUTSIDE.format("hyperlink"))
    assert examined(kept(link)) == []
    assert examined(kept(into_body('<w:p><w:fldSimple w:instr="HYPERLINK x"/></w:p>'))) == []


def test_an_excel_file_is_no_layout(kept, tmp_path):
    from feedback_app.intake.sheets import xlsx

    xlsx.write(tmp_path / "x.xlsx", [("A", [["a"]])])
    with pytest.raises(Refused):
        examined(kept((tmp_path / "x.xlsx").read_bytes()))
