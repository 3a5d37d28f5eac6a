"""The calendar and the profile that are shipped, against domain.md §2 and §4."""

from datetime import date, datetime

import pytest

from feedback_app.catalogue import packs
from feedback_app.core.clock import LOCAL
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.deadlines.promise import promise

CATALOGUE = packs.shipped()
WORK = work_calendar(CATALOGUE)
OFF = {
    2024: "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03",
    2025: "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24",
}
WORKED = {2024: ["2024-05-04"], 2025: ["2025-04-26"], 2026: ["2026-01-10", "2026-08-22"]}


@pytest.mark.parametrize("year", OFF)
def test_the_three_known_years_are_right_to_the_day_and_name_their_sources(year):
    off = list(WORK.days_off(year))
    assert " ".join(day.isoformat()[5:] for day, _ in off) == OFF[year]
    assert [day.isoformat() for day, _ in WORK.working_weekend_days(year)] == WORKED[year]
    assert all(why.source and why.text.vi and why.text.en for _, why in off)
    assert not WORK.estimated(year)


def test_next_year_is_an_estimate():
    assert WORK.estimated(2027)


@pytest.mark.parametrize(
    "kind, due",
    [
        ("obstacle", "2026-03-11"),
        ("overdue_dossier", "2026-03-05"),
        ("information_request", "2026-03-05"),
        ("rule_proposal", "2026-03-11"),
        ("overlapping_inspection", "2026-03-05"),
        ("informal_cost", "2026-04-01"),
    ],
)
def test_each_kind_filed_on_a_monday_has_its_day_and_is_only_expected(kind, due):
    made = promise(CATALOGUE, kind, datetime(2026, 3, 2, 9, tzinfo=LOCAL))
    assert (made.due_on, made.confirmed) == (date.fromisoformat(due), False)
    assert all(step.due_on and step.source for step in made.steps)


@pytest.mark.parametrize(
    "received, due",
    [("2026-02-12", "2026-03-02"), ("2026-02-14", "2026-03-03"), ("2026-08-20", "2026-08-28")],
)
def test_the_examples_hold_with_what_is_shipped(received, due):
    at = datetime.fromisoformat(f"{received}T23:59").replace(tzinfo=LOCAL)
    assert promise(CATALOGUE, "obstacle", at).due_on == date.fromisoformat(due)
