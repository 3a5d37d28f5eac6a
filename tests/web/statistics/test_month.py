"""What everybody may read of a month."""

import csv
import io
from datetime import datetime

import pytest

from feedback_app.core.clock import LOCAL
from feedback_app.statistics import refreshing
from feedback_app.web.statistics.downloads import as_text
from tests.factories import a_ticket

NOON = datetime(2026, 10, 5, 12, tzinfo=LOCAL)
NOW = datetime(2026, 11, 24, 12, tzinfo=LOCAL)


@pytest.fixture
def filed(session, loaded):
    def file(number, to="so-xd", **given):
        for _ in range(number):
            a_ticket(session, loaded, to=to, at=NOON, **given)
        refreshing.refresh(NOW)

    return file


def rows(client):
    text = client.get("/so-lieu/thang.csv?ky=2026-10").get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def received(client, code):
    return next(r for r in rows(client) if r["code"] == code and r["measure"] == "received")


def test_a_month_that_nobody_computed_says_so(client):
    page = client.get("/so-lieu/?ky=2021-01")
    assert page.status_code == 200
    assert "Kỳ này chưa có số liệu" in page.text
    assert client.get("/so-lieu/thang.csv?ky=2021-01").status_code == 404


def test_an_empty_month_has_a_page(client, session):
    refreshing.refresh(NOW)
    page = client.get("/so-lieu/?ky=2026-11").text
    assert "Trong kỳ không có phiếu nào" in page
    assert "không phải điểm PCI của VCCI" in page


@pytest.mark.parametrize("code", ["abc", "2026-13", "2026-10/15-14"])
def test_another_name_than_a_month_s_is_explained(client, code):
    page = client.get("/so-lieu/", query_string={"ky": code})
    assert page.status_code == 200
    assert "Kỳ báo cáo" in page.text
    assert client.get("/so-lieu/thang.json", query_string={"ky": code}).status_code == 404


def test_one_ticket_is_not_told_from_none_in_its_agency(client, filed):
    filed(1)
    assert "dưới 5" in client.get("/so-lieu/?ky=2026-10").text
    assert received(client, "so-xd")["value"] == ""
    assert received(client, "so-xd")["status"] == "hidden"


def test_a_small_number_does_not_follow_from_the_total(client, filed):
    filed(2, to="so-yt", field="health_food_safety")
    filed(6, to="so-xd")
    filed(9, to="thue", field="tax")
    assert received(client, "")["value"] == "17"
    assert received(client, "so-yt")["status"] == received(client, "so-xd")["status"] == "hidden"
    assert received(client, "thue")["value"] == "9"


def test_sensitive_reports_are_in_no_table(client, filed):
    filed(7, to="thanh-tra", kind="informal_cost", concerned=frozenset({"so-xd"}))
    filed(8, to="thue", field="tax")
    assert received(client, "")["value"] == "8"
    assert not [r for r in rows(client) if r["code"] in {"thanh-tra", "so-xd"}]


def test_official_figures_stand_apart_from_the_internal_ones(client, filed):
    filed(1)
    found = client.get("/so-lieu/thang.json?ky=2026-10").get_json()
    assert found["period"] == "2026-10"
    assert "VCCI" in found["notice"]
    assert {row["measure"] for row in found["figures"] if row["group"] == "indicator"} == {"score_0_100"}


def test_a_cell_that_looks_like_a_formula_is_text():
    assert [as_text(cell) for cell in ("=1+1", "-x", "Sở", 5, None)] == ["'=1+1", "'-x", "Sở", 5, ""]


def test_the_methodology_names_every_component_with_its_bounds(client, loaded):
    page = client.get("/so-lieu/cach-tinh").text
    for edition in loaded.catalogue.indicators:
        for indicator in edition.indicators:
            assert all(component.label.vi in page for component in indicator.components)
    assert "60 % là 0 điểm, 98 % là 100 điểm" in page
    assert "&gt; 7,5" in page


def test_by_the_structure_of_today_an_old_agency_s_tickets_are_its_heir_s(client, filed):
    filed(6, to="so-khdt")
    filed(7, to="so-tc")
    of_the_month = client.get("/so-lieu/?ky=2026-10&co_cau=hien-nay")
    assert "Theo cơ cấu hiện nay" in of_the_month.text
    answer = client.get("/so-lieu/thang.csv?ky=2026-10&co_cau=hien-nay")
    assert "so-lieu-2026-10-hien-nay.csv" in answer.headers["Content-Disposition"]
    found = csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    counted = {r["code"]: r["value"] for r in found if r["group"] == "agency" and r["measure"] == "received"}
    assert counted == {"so-tc": "13"}
    assert received(client, "so-khdt")["value"] == "6"
    assert client.get("/so-lieu/thang.json?ky=2026-10&co_cau=hien-nay").json["structure"] == "present"
