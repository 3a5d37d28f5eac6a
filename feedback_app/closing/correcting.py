"""What was learnt after a period was frozen: its figures stay, the difference is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from feedback_app.statistics import queries
from feedback_app.statistics.figures import Group, Value
from feedback_app.statistics.periods import Period


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure of a frozen period that would be another one today."""

    period: str
    group: Group
    measure: str
    frozen: float | None
    now: float | None


def corrections(session: Session, period: Period, today: date) -> list[Correction]:
    """Return the figures of a frozen period that would be others today, because of what was learnt since."""
    then = queries.frozen_figures(session, period)
    if then is None:
        return []
    now = queries.live_figures(session, period, today, period.last)
    return [
        Correction(period.code, group, name, _value(then.by_group, group, name), _value(now, group, name))
        for group, name in sorted(_names(then.by_group) | _names(now), key=str)
        if _value(then.by_group, group, name) != _value(now, group, name)
    ]


def _names(figures: Mapping[Group, Mapping[str, Value]]) -> set[tuple[Group, str]]:
    return {(group, str(name)) for group, values in figures.items() for name in values}


def _value(figures: Mapping[Group, Mapping[str, Value]], group: Group, name: str) -> float | None:
    found = figures.get(group, {}).get(name)
    return found.value if found else None
