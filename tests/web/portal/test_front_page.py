"""What the front page says of last month: true figures with their n, or nothing."""

import re
from datetime import date, datetime

import pytest
from sqlalchemy.exc import OperationalError

from feedback_app.core.clock import LOCAL
from feedback_app.core.db import unit_of_work
from feedback_app.opendata import queries, services
from feedback_app.statistics import queries as statistics
from feedback_app.statistics.figures import Group, Value
from feedback_app.statistics.periods import containing
from feedback_app.statistics.queries import Figures

HEADING = "Kết quả giải quyết"


@pytest.fixture
def last_month(monkeypatch, session):
    """Return a function that publishes a month with these figures of the province."""

    def given(answered: int, in_time: int, median: float) -> None:
        found = {
            "answered": Value(None, answered),
            "in_time": Value(None, in_time),
            "late": Value(None, answered - in_time),
            "days_median": Value(median, answered),
            "days_p90": Value(median, answered),
        }
        at = datetime(2026, 11, 1, 1, tzinfo=LOCAL)
        groups = {Group(): found, Group(agency="so-xd"): found, Group(field="land"): found}
        monkeypatch.setattr(statistics, "figures", lambda _session, period: Figures(period, at, groups))
        with unit_of_work() as writing:
            services.publish(writing, containing(date(2026, 10, 5)), at)

    return given


def words(client) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", client.get("/").text).split())


def test_three_figures_stand_with_their_number_and_lead_to_all_of_them(client, last_month):
    last_month(40, 30, 6.5)
    page = words(client)
    assert "Đã trả lời 40 phiếu" in page
    assert "Trả lời đúng hạn 75 % n = 40" in page.replace("75%", "75 %")
    assert "6,5 ngày làm việc n = 40" in page
    assert 'href="/so-lieu/"' in client.get("/").text


def test_few_answers_are_not_spoken_of(client, last_month):
    last_month(4, 4, 2)
    assert HEADING not in words(client)


def test_a_share_that_tells_a_small_number_is_left_out(client, last_month):
    last_month(40, 38, 6.5)
    page = words(client)
    assert "95" not in page.split(HEADING)[-1].split("Xem số liệu")[0]


def test_without_figures_or_a_database_there_is_just_the_page(client, monkeypatch):
    assert HEADING not in words(client)

    def away(*_args):
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(queries, "newest", away)
    assert client.get("/").status_code == 200
    assert HEADING not in words(client)
