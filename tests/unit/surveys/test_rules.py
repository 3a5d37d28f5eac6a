"""Months in which answers are taken, and answers that count."""

from datetime import date

import pytest

from feedback_app.surveys.rules import counted, is_closed, period_of


def test_the_month_of_a_rating_is_the_period() -> None:
    assert period_of(date(2026, 11, 30)) == "2026-11"


@pytest.mark.parametrize(
    "today, closed", [(date(2026, 11, 30), False), (date(2026, 12, 7), False), (date(2026, 12, 8), True)]
)
def test_a_month_stays_open_a_week_longer_for_its_last_ratings(today: date, closed: bool) -> None:
    assert is_closed("2026-11", today) is closed


def test_one_of_the_questions_may_be_left_out() -> None:
    assert counted({"treated_properly": "yes"}) == {"treated_properly": "yes"}


def test_what_was_never_asked_does_not_count() -> None:
    assert counted({"treated_properly": "maybe", "extra_payment": "", "other": "yes"}) == {}
