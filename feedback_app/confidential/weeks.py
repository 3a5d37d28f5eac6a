"""Time by the week: the only time a sealed report has. Pure."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from enum import StrEnum

CHECK_INS = (30, 60, 180)  # days after filing
EXTENSION = 5  # weeks at most: 30 days


class Step(StrEnum):
    """What has to be done by a week."""

    RECEIVED = "received"
    TRIAGED = "triaged"
    SETTLED = "settled"


def week_of(on: date) -> date:
    """Return the Monday of the week."""
    return on - timedelta(days=on.weekday())


def due(week: date, step: Step, extensions: Sequence[int] = (), weeks: dict[Step, int] | None = None) -> date:
    """Return the Monday of the last week in which ``step`` is in time.

    Args:
        week: Monday of the week of filing, which counts as week zero.
        extensions: weeks granted, for settling only.
        weeks: limits by step; by default those of ``DEFAULT_WEEKS``.
    """
    added = sum(extensions) if step is Step.SETTLED else 0
    return week + timedelta(weeks=(weeks or DEFAULT_WEEKS)[step] + added)


DEFAULT_WEEKS = {Step.RECEIVED: 1, Step.TRIAGED: 2, Step.SETTLED: 5}  # mirrors data/sealed.yaml


def is_late(due_week: date, on: date) -> bool:
    """Whether the week in which it was due is over."""
    return week_of(on) > due_week


def check_ins_due(week: date, on: date, answered: Collection[int] = ()) -> tuple[int, ...]:
    """Return those of the 30, 60, 180 days that have passed and were not answered, counted from the week's end.

    Counting from Sunday, so that a check-in never comes early, wherever in the week the report was filed.
    """
    passed = (on - (week + timedelta(days=6))).days
    return tuple(days for days in CHECK_INS if passed >= days and days not in answered)


def quarter_of(week: date) -> str:
    """Return ``2026-Q4`` for a Monday in it."""
    return f"{week.year}-Q{(week.month + 2) // 3}"


def quarter_span(quarter: str) -> tuple[date, date]:
    """Return the first day of the quarter and the first day after it. Raises ValueError."""
    year, _, number = quarter.partition("-Q")
    if number not in {"1", "2", "3", "4"}:
        raise ValueError(quarter)
    month = 3 * int(number) - 2
    first = date(int(year), month, 1)
    return first, date(first.year + month // 10, (month + 3) % 12, 1)
