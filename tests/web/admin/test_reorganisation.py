"""The administrator's page of reorganisations, and the list of what has to be confirmed."""

import html
import re

import pytest
from sqlalchemy import delete, func, select

from feedback_app.catalogue import store
from feedback_app.catalogue.load import newest_of
from feedback_app.catalogue.models import Agency
from feedback_app.core.audit import AuditEntry
from feedback_app.core.db import db, unit_of_work
from feedback_app.reorganisation import queries
from tests.factories import a_person
from tests.factories.tickets import a_ticket, reread

pytestmark = pytest.mark.usefixtures("packs_put_back")
PAGE = "/quan-tri/sap-xep"
FILE = """code: sap-xep-mau
title: Sắp xếp mẫu (dữ liệu thử)
on: 2026-01-05
confirmed: true
source: Nghị quyết mẫu (dữ liệu thử)
successions:
  - {from: so-ct, to: so-tc}
  - {from: so-ct, to: so-xd, fields: [utilities]}
"""


@pytest.fixture(autouse=True)
def agencies_put_back(app):
    last = db.session.scalar(select(func.max(Agency.id)))
    db.session.close()
    yield
    with unit_of_work() as session:
        session.execute(delete(Agency).where(Agency.id > last))


def seen(page):
    return re.search(r'name="seen"[^>]*value="(\d+)"', page.text)[1]


def sent(browser, **form):
    version = seen(browser.get(PAGE))
    return browser.post(PAGE, data={"text": FILE, "seen": version, **form})


def test_the_preview_says_what_would_move_and_changes_nothing(administrator, session, loaded):
    a_person(session, "officer", "so-ct", name="Trần Thị Mẫu")
    ticket = a_ticket(session, loaded, to="so-ct", field="utilities")
    page = html.unescape(sent(administrator).text)
    assert "1 phiếu đang mở sẽ chuyển; không thời hạn nào thay đổi." in page
    assert "Trần Thị Mẫu, Cán bộ xử lý: Sở Công Thương → Sở Tài chính" in page
    assert "Quy chế theo địa giới" in page
    assert reread(session, ticket.code).lead_id == loaded.agency_ids["so-ct"]


def test_applied_from_the_page_the_ticket_has_its_heir(administrator, session, loaded):
    ticket = a_ticket(session, loaded, to="so-ct", field="utilities")
    page = sent(administrator, sure="1")
    assert page.status_code == 302
    assert reread(session, ticket.code).lead_id == loaded.agency_ids["so-xd"]
    assert "1 phiếu đã chuyển" in html.unescape(administrator.get(PAGE).text)
    assert queries.applied(session, "sap-xep-mau").by_id is not None


def test_a_page_made_before_another_change_is_not_applied(administrator, session, loaded):
    ticket = a_ticket(session, loaded, to="so-ct")
    administrator.post(PAGE, data={"text": FILE, "seen": 999, "sure": "1"})
    assert "vừa được người khác thay đổi" in administrator.get(PAGE).text
    assert reread(session, ticket.code).lead_id == loaded.agency_ids["so-ct"]


@pytest.mark.parametrize(
    "text, says",
    [
        (FILE.replace("so-tc", "so-khdt"), "Cơ quan kế thừa 'so-khdt' không hoạt động"),
        (FILE.replace("to: so-tc", "den: so-tc"), "dòng 7: 'den' không phải là thuộc tính được phép"),
        ("", "tệp trống"),
    ],
)
def test_what_cannot_be_applied_says_why(administrator, text, says):
    page = html.unescape(sent(administrator, text=text).text)
    assert says in page
    assert "Áp dụng</button>" not in page


def test_one_doubtful_row_is_confirmed_under_its_document_and_the_others_wait(administrator, session):
    before = newest_of(session, "agencies").version
    listed = html.unescape(administrator.get("/quan-tri/cho-xac-nhan").text)
    assert "Từ 01/03/2025, cơ quan kế thừa: Sở Nội vụ" in listed
    page = administrator.get("/quan-tri/co-quan/so-ldtbxh")
    form = {
        "parts": ["successor-2"],
        "source": "Nghị quyết mẫu số 02",
        "dated": "2025-02-20",
        "seen": seen(page),
    }
    assert administrator.post("/quan-tri/co-quan/so-ldtbxh", data=form).status_code == 302

    session.rollback()
    heirs = next(
        a for a in store.current(session).catalogue.agencies.agencies if a.code == "so-ldtbxh"
    ).successors
    assert [h.confirmed for h in heirs] == [False, False, True]
    assert heirs[2].source == "Nghị quyết mẫu số 02, ngày 20/02/2025"
    assert newest_of(session, "agencies").version == before + 1
    (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.event == "agency.confirmed"))
    assert (entry.subject, entry.data["parts"]) == ("so-ldtbxh", ["successor-2"])


def test_a_confirmation_names_its_document_its_date_and_what_it_confirms(administrator):
    page = administrator.get("/quan-tri/co-quan/so-ldtbxh")
    refused = html.unescape(administrator.post("/quan-tri/co-quan/so-ldtbxh", data={"seen": seen(page)}).text)
    for wanted in ("ghi văn bản", "ghi ngày của văn bản", "chọn ít nhất một điều"):
        assert wanted in refused
