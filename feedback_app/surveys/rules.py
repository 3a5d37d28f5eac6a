"""The third question and the months it is counted in."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

TREATED_PROPERLY = "treated_properly"
EXTRA_PAYMENT = "extra_payment"
QUESTIONS = (TREATED_PROPERLY, EXTRA_PAYMENT)
YES, NO = "yes", "no"
OPTIONS = (YES, NO)

LEAST = 5  # answers below which a count says too much of single people
DAYS_OF_GRACE = 7  # an answer to a rating of the month's last day still counts in that month


@dataclass(frozen=True, slots=True)
class Cell:
    """What an answer is counted under: the month of the rating, the agency that answered, the field."""

    period: str
    agency: str
    field: str


def period_of(on: date) -> str:
    """Return the month of a local date as ``YYYY-MM``."""
    return f"{on:%Y-%m}"


def last_day(period: str) -> date:
    """Return the last day on which answers of ``period`` are taken.

    Raises:
        ValueError: ``period`` is not ``YYYY-MM``.
    """
    year, month = (int(part) for part in period.split("-"))
    return date(year, month, monthrange(year, month)[1]) + timedelta(days=DAYS_OF_GRACE)


def is_closed(period: str, today: date) -> bool:
    """Say whether no more answers of ``period`` are taken, so that its counts may be read."""
    return today > last_day(period)


def counted(given: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that count: known questions with a known option; leaving one out is allowed."""
    return {question: given[question] for question in QUESTIONS if given.get(question) in OPTIONS}
