"""An administrator replaces the layout of reports: sends one, looks at it, puts it in force, goes back."""

import io
import zipfile

import pytest

from tests.factories import a_person, sign_in
from tests.unit.reports.layouts import DOCUMENT, layout

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")


def send(who, content, name="mau.docx"):
    return who.post("/quan-tri/mau-bao-cao", data={"file": (io.BytesIO(content), name)})


def test_an_administrator_replaces_the_layout_looks_first_and_goes_back(client, session):
    who = sign_in(client, a_person(session, "administrator"))
    wrong = send(who, layout("{{khong_co}}"))
    assert "không có chỗ điền tên" in wrong.text
    assert "đoạn 1" in wrong.text
    assert send(who, b"MZ").status_code == 200
    assert "Phiên bản" not in who.get("/quan-tri/mau-bao-cao").text

    own = layout("Báo cáo riêng {{ky_bao_cao}}", "{{loi_van}}")
    assert send(who, own).status_code == 302
    assert "Phiên bản 1" in who.get("/quan-tri/mau-bao-cao").text
    assert who.get("/quan-tri/mau-bao-cao/1.docx").data == own
    assert who.get("/quan-tri/mau-bao-cao/1/xem-thu.pdf").data.startswith(b"%PDF")
    looked_at = who.get("/quan-tri/mau-bao-cao/1/xem-thu.docx").data
    assert "Báo cáo riêng" in zipfile.ZipFile(io.BytesIO(looked_at)).read(DOCUMENT).decode()
    assert who.post("/quan-tri/mau-bao-cao/1/dung").status_code == 302
    assert who.post("/quan-tri/mau-bao-cao/1/dung").status_code == 409
    assert who.post("/quan-tri/mau-bao-cao/mau-goc").status_code == 302
    assert who.post("/quan-tri/mau-bao-cao/1/dung").status_code == 302, "an older version may come back"
