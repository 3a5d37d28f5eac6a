"""The board as a page and as a table to download."""

import csv
import io
from datetime import timedelta

import pytest

from feedback_app.accounts.actor import Function
from feedback_app.core import clock
from tests.factories import a_person, a_ticket, sign_in


@pytest.fixture
def office(client, session):
    return sign_in(client, a_person(session, Function.PROVINCIAL_OFFICE, "vp-ubnd"))


def test_each_number_leads_to_the_tickets_that_it_counts(office, session, loaded):
    late = a_ticket(session, loaded, at=clock.now() - timedelta(days=60))
    html = office.get("/dau-moi/").text
    link = "/can-bo/?view=province&amp;agency=so-xd&amp;category=late"
    alternatives = {link, "/can-bo/?view=province&amp;category=late&amp;agency=so-xd"}
    found = next(address for address in alternatives if address in html)
    assert late.code in office.get(found.replace("&amp;", "&")).text


def test_the_table_to_download_has_a_line_for_each_agency(office, session, loaded):
    a_ticket(session, loaded)
    response = office.get("/dau-moi/bang.csv?days=30")
    rows = list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert response.text.startswith("\ufeff")
    assert rows[1][:2] == ["so-xd", "Sở Xây dựng"]
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("days", ["", "x", "-1", "7", "99999999999999999999"])
def test_an_odd_period_shows_the_usual_one(office, session, loaded, days):
    a_ticket(session, loaded)
    html = office.get(f"/dau-moi/?days={days}").text
    assert '<option value="90" selected>' in html


def test_an_empty_province_says_so(office):
    assert "Chưa có phiếu nào" in office.get("/dau-moi/").text
