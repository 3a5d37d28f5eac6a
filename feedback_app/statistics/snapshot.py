"""What waited at the end of a day, as it was known that day: open, overdue, paused, and with whom. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from feedback_app.statistics.facts import CaseFact
from feedback_app.statistics.figures import Figure, Group, groups_of
from feedback_app.statistics.legs import LegFact, holder_on

ONE_DAY = timedelta(days=1)


class State(StrEnum):
    """How a case waits."""

    IN_TIME = "in_time"
    OVERDUE = "overdue"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Span:
    """From the end of ``first`` until before the end of ``until`` (None: still) the case was with ``agency``."""

    first: date
    until: date | None
    agency: str | None
    state: State


def standing_on(case: CaseFact, legs: Sequence[LegFact], day: date) -> tuple[str | None, State] | None:
    """Return who had the case at the end of ``day`` and how it stood; None if it did not wait then."""
    if not case.open_on(day):
        return None
    state = State.IN_TIME
    if case.paused_on(day):
        state = State.PAUSED
    elif case.overdue_on(day):
        state = State.OVERDUE
    return holder_on(case, legs, day), state


def spans_of(case: CaseFact, legs: Sequence[LegFact]) -> Iterator[Span]:
    """Yield the days on which the case waited, cut where anything about it changed."""
    end = case.ended_on
    turns = {day for day in _turns(case, legs) if case.started_on <= day and (end is None or day < end)}
    for first, until in pairwise([*sorted(turns), end]):
        if first is None or first == until:
            continue
        standing = standing_on(case, legs, first)
        if standing is not None:
            yield Span(first, until, *standing)


def counted(case: CaseFact, agency: str | None, state: State) -> Iterator[tuple[Group, str]]:
    """Yield what a waiting case adds one to: groups by its holder, and the names of figures."""
    for group in groups_of(case, agency):
        yield group, Figure.OPEN
        if state is not State.IN_TIME:
            yield group, Figure(state)


def waiting_on(cases: Iterable[tuple[CaseFact, Sequence[LegFact]]], day: date) -> dict[Group, Counter[str]]:
    """Return what waited at the end of ``day``, by group."""
    found: dict[Group, Counter[str]] = {}
    for case, legs in cases:
        standing = standing_on(case, legs, day)
        if standing is not None:
            for group, name in counted(case, *standing):
                found.setdefault(group, Counter())[name] += 1
    return found


def _turns(case: CaseFact, legs: Sequence[LegFact]) -> Iterator[date]:
    yield case.started_on
    for due in (case.due_on, *(former.due_on for former in case.former_dues)):
        if due is not None:
            yield due + ONE_DAY
    yield from (former.until for former in case.former_dues)
    yield from (before.until for before in case.inherited)
    if case.joined_on is not None:
        yield case.joined_on
    for span in ((pause.paused_on, pause.resumed_on) for pause in case.pauses):
        yield from (day for day in span if day is not None)
    for leg in legs:
        yield leg.since
        if leg.until is not None:
            yield leg.until
