"""A department ends while its officers are at work; the enterprise notices a new name, and nothing else."""

import re

import pytest
from sqlalchemy import delete, func, select

from feedback_app.catalogue.models import Agency, PackVersion
from feedback_app.core.db import db, unit_of_work
from feedback_app.reorganisation.jobs import carry_out_due
from tests.conftest import _empty

PAGE = "/quan-tri/sap-xep"
FILE = """code: sap-xep-mau
title: Sắp xếp mẫu (dữ liệu thử)
on: 2026-10-08
confirmed: true
source: Nghị quyết mẫu (dữ liệu thử)
new_agencies:
  - {code: so-mau, type: provincial, vi: Sở Mẫu, en: Sample Department}
successions:
  - {from: so-ct, to: so-mau}
"""


@pytest.fixture(autouse=True)
def directory_put_back(app):
    last, agency = (db.session.scalar(select(func.max(column))) for column in (PackVersion.id, Agency.id))
    db.session.close()
    yield
    db.session.rollback()
    _empty()
    with unit_of_work() as session:
        session.execute(delete(PackVersion).where(PackVersion.id > last))
        session.execute(delete(Agency).where(Agency.id > agency))


def decree(province):
    """The administrator previews the file and applies it, a day before it takes effect."""
    browser = province.person("administrator", None).browser()
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', browser.get(PAGE).text)[1]
    form = {"text": FILE, "seen": seen}
    assert "1 phiếu đang mở sẽ chuyển" in browser.post(PAGE, data=form).text
    assert browser.post(PAGE, data={**form, "sure": "1"}).status_code == 302


def test_the_officer_works_on_under_the_new_name_and_the_promised_day_stands(province):
    officer = province.person("officer", "so-ct")
    receipt = province.file("Chậm cấp phép", "Hồ sơ xăng dầu nộp đã lâu.", field="industry_trade")
    officer.does(receipt.number, "nhan")
    promised = province.ticket(receipt).due_on

    province.now("2026-10-07")
    decree(province)
    assert province.held_by(receipt) == "so-ct", "the heir answers from tomorrow on"

    province.now("2026-10-08")
    carry_out_due()
    province.work()
    assert province.held_by(receipt) == "so-mau"
    assert province.ticket(receipt).due_on == promised
    assert officer.does(receipt.number, "tra-loi", text="Đã cấp giấy phép.").status_code == 302

    page = province.follow(receipt).get(f"/theo-doi/{receipt.number}").get_data(as_text=True)
    assert "Sở Mẫu kế thừa và giải quyết tiếp, thời hạn không đổi" in page
    assert "Chuyển đến Sở Công Thương" in page
    assert province.ticket(receipt).answered_on <= promised
