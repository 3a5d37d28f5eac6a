"""The files: the same figures as the page and the package, hidden ones marked, addresses and sums that stay."""

import csv
import hashlib
import io
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from feedback_app.closing import freezing
from feedback_app.core.clock import LOCAL
from feedback_app.core.db import db, unit_of_work
from feedback_app.opendata import files, queries, services
from feedback_app.opendata.jobs import publish_due
from feedback_app.statistics import refreshing
from feedback_app.statistics.figures import Group
from feedback_app.statistics.periods import containing, cuts, parse
from feedback_app.statistics.queries import frozen_figures
from feedback_app.surveys import outside
from feedback_app.tickets.services.answering import Decision, decide
from feedback_app.tickets.services.handling import accept
from tests.factories import a_person, a_ticket, actor_of, reread

NOW = datetime(2026, 11, 24, 12, tzinfo=LOCAL)
QUARTER = [datetime(2026, month, 6, 12, tzinfo=LOCAL) for month in (7, 8, 9)]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def filed(session, loaded):
    """Return a function that files tickets and has some of them answered on the next day."""

    def file(at, number, answered=0, to="so-xd", field="land"):
        officer = actor_of(session, a_person(session, "officer", to))
        for i in range(number):
            code = a_ticket(session, loaded, to=to, at=at, field=field).code
            if i < answered:
                with unit_of_work() as writing:
                    ticket = reread(writing, code)
                    accept(writing, ticket, by=officer, at=at)
                    decide(writing, ticket, Decision(text="Trả lời."), by=officer, at=at + timedelta(days=1))

    return file


def publish():
    refreshing.refresh(NOW)
    return publish_due()


def freeze(*codes):
    with unit_of_work() as session:
        for code in codes:
            period = containing(date.fromisoformat(f"{code}-01"))
            freezing.freeze(session, period, by_id=None, at=NOW, early=True)
    db.session.rollback()


def rows(client, code="2026-09"):
    return list(csv.DictReader(io.StringIO(client.get(f"/du-lieu-mo/{code}.csv").data.decode("utf-8-sig"))))


def test_the_file_holds_the_figures_of_the_frozen_package_and_hides_none_by_zero(client, session, filed):
    filed(QUARTER[2], 9, answered=7)
    filed(QUARTER[2], 3, answered=2, to="thue", field="tax")
    refreshing.refresh(NOW)
    freeze("2026-09")
    publish_due()
    frozen = frozen_figures(session, containing(QUARTER[2].date()))
    shown = hidden = 0
    for row in rows(client):
        if row["group"] in {"indicator", "component"} or row["measure"].startswith(("days_", "answered_to")):
            continue
        code = "" if row["group"] == "province" else row["code"]
        group = Group(field=code) if row["group"] == "field" else Group(agency=code)
        if row["status"] == "an":
            hidden += 1
            assert (row["value"], row["n"]) == ("an", "")
        elif row["code"] != files.UNASSIGNED:
            shown += 1
            assert int(row["value"]) == frozen.count(group, row["measure"])
    assert shown > 20
    assert hidden > 5


def test_a_file_keeps_its_sum_its_date_and_its_address(client, filed):
    filed(QUARTER[2], 6)
    publish()
    answer = client.get("/du-lieu-mo/2026-09.json")
    sums = dict(line.split("  ")[::-1] for line in client.get("/du-lieu-mo/SHA256SUMS").text.splitlines())
    assert sums["so-lieu-2026-09.json"] == hashlib.sha256(answer.data).hexdigest()
    again = client.get("/du-lieu-mo/2026-09.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    since = client.get(
        "/du-lieu-mo/2026-09.json", headers={"If-Modified-Since": answer.headers["Last-Modified"]}
    )
    assert since.status_code == 304
    assert answer.get_json()["final"] is False
    assert all(
        row["value"] is None and row["note"] for row in answer.get_json()["figures"] if row["status"] == "an"
    )


def test_an_unknown_month_is_explained(client):
    answer = client.get("/du-lieu-mo/2019-13.csv")
    assert answer.status_code == 404
    assert "Không có dữ liệu của kỳ này" in answer.text


def test_a_quarter_is_public_once_its_three_months_are_frozen_and_is_their_sum(client, session, filed):
    for at in QUARTER:
        filed(at, 6, answered=6)
    assert publish() == 4  # July to October
    assert queries.release(session, "2026-Q3") is None
    freeze("2026-07", "2026-08", "2026-09")
    publish_due()
    received = next(r for r in rows(client, "2026-Q3") if (r["code"], r["measure"]) == ("so-xd", "received"))
    assert received["value"] == "18"
    assert "Quý III/2026" in client.get("/so-lieu/?ky=2026-Q3").text
    assert publish_due() == 0


def test_a_quarter_holds_what_invited_enterprises_answered_and_no_month_does(client, filed):
    share = {"code": "leaders_act", "share": 0.6, "effective": 90.7}
    with unit_of_work() as session:
        given = {"source": "pulse", "name": "pulse", "content": {"shares": [share]}, "at": NOW}
        outside.put(session, period="2026-Q3", **given)
    for at in QUARTER:
        filed(at, 1)
    refreshing.refresh(NOW)
    freeze("2026-07", "2026-08", "2026-09")
    publish_due()
    month, quarter = (
        next(row for row in rows(client, code) if row["code"] == "pulse_leaders_act")
        for code in ("2026-09", "2026-Q3")
    )
    assert (quarter["value"], quarter["n"]) == ("60.0", "90")
    assert month["value"] != quarter["value"]


def test_freezing_publishes_anew_once_and_what_was_hidden_stays_hidden(client, session, filed):
    filed(QUARTER[2], 3)
    filed(QUARTER[2], 30, to="thue", field="tax")
    publish()
    filed(QUARTER[2], 4)
    refreshing.refresh(NOW)
    assert publish_due() == 0
    freeze("2026-09")
    assert publish_due() == 1
    received = next(r for r in rows(client) if (r["code"], r["measure"]) == ("so-xd", "received"))
    assert received["status"] == "an"
    assert queries.release(session, "2026-09").snapshot


def test_a_cell_that_looks_like_a_formula_is_text():
    cells = ("=1+1", "-x", "@a", "Sở", 5, None)
    assert [files.as_text(cell) for cell in cells] == ["'=1+1", "'-x", "'@a", "Sở", 5, ""]


def test_the_dictionary_explains_every_column_and_measure_of_a_file_in_both_languages(client, filed):
    filed(QUARTER[2], 6, answered=6)
    publish()
    words = client.get("/du-lieu-mo/tu-dien.json").get_json()
    assert [each["name"] for each in words["columns"]] == list(files.HEAD)
    assert {r["measure"] for r in rows(client)} <= {each["name"] for each in words["measures"]}
    assert all(each["vi"] and each["en"] for part in words.values() for each in part)
    page = client.get("/du-lieu-mo/").text
    assert "chờ xác nhận" in page
    assert "2026-09.csv" in page


def test_the_feed_is_atom_and_names_the_new_months(client, filed):
    filed(QUARTER[2], 6)
    publish()
    answer = client.get("/du-lieu-mo/ban-tin.atom")
    assert answer.content_type.startswith("application/atom+xml")
    feed = ET.fromstring(answer.data)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert len(feed.findall(f"{ATOM}{name}")) == 1
    entries = feed.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) == 2
    assert all(datetime.fromisoformat(entry.findtext(f"{ATOM}updated")).tzinfo for entry in entries)
    again = client.get("/du-lieu-mo/ban-tin.atom", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_an_empty_feed_is_a_feed(client):
    assert not ET.fromstring(client.get("/du-lieu-mo/ban-tin.atom").data).findall(f"{ATOM}entry")


def test_only_the_calendar_s_months_and_quarters_are_looked_at(loaded):
    known = cuts(loaded.catalogue)
    periods = [parse(code, known) for code in ("2026-10", "2026-Q3", "2026-H1", "2026", "2026-10/15-14")]
    assert [p.code for p in queries.periods_to_look_at(periods)] == ["2026-10", "2026-Q3"]
    assert services.due(db.session(), NOW.date()) == []
