"""What everybody may read of a month."""

import csv
import io
from datetime import datetime

import pytest

from feedback_app.core.clock import LOCAL
from feedback_app.core.db import unit_of_work
from feedback_app.opendata import services
from feedback_app.opendata.jobs import publish_due
from feedback_app.statistics import refreshing
from feedback_app.statistics.periods import containing
from feedback_app.statistics.queries import Figures
from tests.factories import a_ticket

NOON = datetime(2026, 10, 5, 12, tzinfo=LOCAL)
NOW = datetime(2026, 11, 24, 12, tzinfo=LOCAL)
OCTOBER = containing(NOON.date())


@pytest.fixture
def filed(session, loaded):
    def file(number, to="so-xd", **given):
        for _ in range(number):
            a_ticket(session, loaded, to=to, at=NOON, **given)

    return file


@pytest.fixture
def published():
    def publish():
        refreshing.refresh(NOW)
        publish_due()

    return publish


def rows(client):
    text = client.get("/du-lieu-mo/2026-10.csv").get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def received(client, code):
    return next(r for r in rows(client) if r["code"] == code and r["measure"] == "received")


def test_a_month_that_nobody_published_says_so(client):
    page = client.get("/so-lieu/?ky=2021-01")
    assert page.status_code == 200
    assert "Kỳ này chưa có số liệu công bố" in page.text
    assert client.get("/so-lieu/thang.csv?ky=2021-01", follow_redirects=True).status_code == 404


def test_a_month_that_still_runs_is_not_public(client, filed, published):
    filed(9)
    published()
    assert "khi tháng đã kết thúc" in client.get("/so-lieu/?ky=2026-11").text
    assert client.get("/du-lieu-mo/2026-11.csv").status_code == 404


def test_a_month_of_which_nothing_was_counted_has_a_page(client, session, monkeypatch):
    monkeypatch.setattr(services.statistics, "figures", lambda *_: Figures(OCTOBER, NOW, {}))
    with unit_of_work() as writing:
        services.publish(writing, OCTOBER, NOW)
    page = client.get("/so-lieu/?ky=2026-10").text
    assert "Trong kỳ không có phiếu nào" in page
    assert "không phải điểm PCI của VCCI" in page


@pytest.mark.parametrize("code", ["abc", "2026-13", "2026-10/15-14", "2026"])
def test_another_name_than_a_period_s_is_explained(client, code):
    page = client.get("/so-lieu/", query_string={"ky": code})
    assert page.status_code == 200
    assert "Kỳ báo cáo" in page.text
    assert client.get("/so-lieu/thang.json", query_string={"ky": code}).status_code == 404


def test_one_ticket_is_not_told_from_none_in_its_agency(client, filed, published):
    filed(1)
    published()
    assert received(client, "so-xd")["value"] == "an"
    assert received(client, "so-xd")["status"] == "an"
    assert "không phải là 0" in received(client, "so-xd")["note"]


def test_a_small_number_does_not_follow_from_the_total(client, filed, published):
    filed(2, to="so-yt", field="health_food_safety")
    filed(6, to="so-xd")
    filed(9, to="thue", field="tax")
    published()
    assert received(client, "")["value"] == "17"
    assert received(client, "so-yt")["status"] == received(client, "so-xd")["status"] == "an"
    assert received(client, "thue")["value"] == "9"


def test_sensitive_reports_are_in_no_table(client, filed, published):
    filed(7, to="thanh-tra", kind="informal_cost", concerned=frozenset({"so-xd"}))
    filed(8, to="thue", field="tax")
    published()
    assert received(client, "")["value"] == "8"
    assert not [r for r in rows(client) if r["code"] in {"thanh-tra", "so-xd"}]
    assert "tiếp nhận 7, đã trả lời dưới 5" in client.get("/so-lieu/?ky=2026-10").text


def test_official_figures_stand_apart_from_the_internal_ones(client, filed, published):
    filed(1)
    published()
    found = client.get("/du-lieu-mo/2026-10.json").get_json()
    assert found["period"] == "2026-10"
    assert "VCCI" in found["notice"]
    assert {row["measure"] for row in found["figures"] if row["group"] == "indicator"} == {"score_0_100"}


def test_the_old_address_leads_to_the_new_one(client, filed, published):
    filed(1)
    published()
    assert client.get("/so-lieu/thang.csv?ky=2026-10").headers["Location"] == "/du-lieu-mo/2026-10.csv"


def test_the_methodology_names_every_component_with_its_bounds(client, loaded):
    page = client.get("/so-lieu/cach-tinh").text
    for edition in loaded.catalogue.indicators:
        for indicator in edition.indicators:
            assert all(component.label.vi in page for component in indicator.components)
    assert "60 % là 0 điểm, 98 % là 100 điểm" in page
    assert "&gt; 7,5" in page


def test_by_the_structure_of_today_an_old_agency_s_tickets_are_its_heir_s(client, filed, published):
    filed(6, to="so-khdt")
    filed(7, to="so-tc")
    published()
    page = client.get("/so-lieu/?ky=2026-10&co_cau=hien-nay").text
    assert "Theo cơ cấu hiện nay" in page
    assert '<td role="cell" class="num" data-label="tiếp nhận">13</td>' in page
    assert received(client, "so-khdt")["value"] == "6"


def test_an_agency_has_a_page_with_its_months(client, filed, published):
    filed(6)
    published()
    page = client.get("/so-lieu/co-quan/so-xd?ky=2026-10").text
    assert "Các tháng đã công bố" in page
    assert '<td role="cell" class="num" data-label="tiếp nhận">6</td>' in page
    assert "Không có số liệu trong kỳ này" in client.get("/so-lieu/co-quan/thue?ky=2026-10").text
    assert client.get("/so-lieu/linh-vuc/land?ky=2026-10").status_code == 200
    assert client.get("/so-lieu/co-quan/khong-co").status_code == 404
    assert client.get("/so-lieu/linh-vuc/khong-co").status_code == 404
