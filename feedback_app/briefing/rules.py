"""What the brief of a morning names: which cases and what to decide, which agencies slip, what goes well. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt

from feedback_app.indicators.definitions import wilson
from feedback_app.tickets.lifecycle import Status

RED, SLIPPING = 5, 3
PER_AGENCY = 2  # red cases of one agency: five of the same tell one thing
CONVENE_AFTER = 5  # working days late, while agencies do not come together
Z = 2.575829303548901  # 99 %: some forty agencies are looked at every morning
LEAST_N = 10  # cases on either side before an agency is compared with its own past


class Deed(StrEnum):
    """What a reader of the brief does about a line."""

    REMIND = "remind"
    DIRECT = "direct"
    CONVENE = "convene"
    EXTEND = "extend"
    COMMEND = "commend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An open ticket that is late, waits for UBND tỉnh, or falls due while opinions are awaited.

    ``late``: working days after the due date, 0 if it is not late. ``enterprises``: that wait with it (its cluster).
    ``said``: somebody spoke up on it before; ``rests``: so lately that it need not be named again.
    """

    ticket_id: int
    code: str
    agency: str
    field: str
    due_on: date | None
    late: int
    status: str
    opinions: int = 0
    returns: int = 0
    enterprises: int = 1
    extended: bool = False
    said: bool = False
    rests: bool = False

    @property
    def decision(self) -> Deed:
        """What is to be decided: what waits for UBND tỉnh itself, who comes together, more time, or a reminder."""
        if self.status == Status.AT_PROVINCE:
            return Deed.DIRECT
        if not self.late:
            return Deed.REMIND if self.extended else Deed.EXTEND
        apart = self.opinions > 0 or self.returns > 1
        if self.said or (apart and self.late >= CONVENE_AFTER):
            return Deed.CONVENE
        return Deed.REMIND

    @property
    def weight(self) -> int:
        """Enterprise-days by which it is late."""
        return self.late * self.enterprises


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    k: int
    n: int

    @property
    def value(self) -> float | None:
        return 100 * self.k / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Course:
    """One agency's share in the last weeks beside its own weeks before."""

    agency: str
    now: Share
    before: Share

    @property
    def change(self) -> float:
        """In points of per cent."""
        return (self.now.value or 0.0) - (self.before.value or 0.0)

    @property
    def sure(self) -> float:
        """The change that even chance leaves over: 0 where it may be chance, or where there are few cases."""
        if min(self.now.n, self.before.n) < LEAST_N:
            return 0.0
        low, high = change_interval(self.now, self.before)
        return low if low > 0 else min(high, 0.0)

    @property
    def cases(self) -> float:
        """How many cases of now the change is worth."""
        return self.change / 100 * self.now.n


def deeds_of(case: Case) -> tuple[Deed, ...]:
    """Return what may be said to a case: its decision first, then a reminder and a meeting."""
    return tuple(dict.fromkeys((case.decision, Deed.REMIND, Deed.CONVENE)))


def change_interval(now: Share, before: Share) -> tuple[float, float]:
    """Return the interval of the difference of two shares, in points (Newcombe, from both Wilson intervals)."""
    (low, high), (low_before, high_before) = (wilson(s.k, s.n, Z) for s in (now, before))
    a, b = 100 * now.k / now.n, 100 * before.k / before.n
    return (
        a - b - sqrt((a - low) ** 2 + (high_before - b) ** 2),
        a - b + sqrt((high - a) ** 2 + (b - low_before) ** 2),
    )


def red(cases: Iterable[Case], size: int = RED) -> list[Case]:
    """Return the cases to decide on: what waits for UBND tỉnh first, then by enterprise-days late."""
    waiting = [case for case in cases if not case.rests]
    ordered = sorted(waiting, key=lambda c: (c.decision is not Deed.DIRECT, -c.weight, c.ticket_id))
    return _spread(ordered, lambda case: case.agency)[:size]


def slipping(courses: Iterable[Course], size: int = SLIPPING) -> list[Course]:
    """Return the agencies that answer less in time than they did themselves, those with the most cases lost first."""
    falling = [course for course in courses if course.sure < 0]
    return sorted(falling, key=lambda course: (course.cases, course.agency))[:size]


def good_practice(courses: Iterable[Course], *, suspected: frozenset[str]) -> Course | None:
    """Return the agency whose enterprises find more solved than before; none of those with a signal beside them."""
    better = [course for course in courses if course.sure > 0 and course.agency not in suspected]
    return min(better, key=lambda course: (-course.cases, course.agency), default=None)


def _spread(cases: Sequence[Case], whose: Callable[[Case], str]) -> list[Case]:
    """Return the cases with at most two of an agency among the first, the rest behind in order."""
    seen: Counter[str] = Counter()
    first: list[Case] = []
    rest: list[Case] = []
    for case in cases:
        seen[whose(case)] += 1
        (first if seen[whose(case)] <= PER_AGENCY else rest).append(case)
    return first + rest
