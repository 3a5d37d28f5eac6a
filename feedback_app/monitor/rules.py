"""Signals that a figure was groomed, and when an agency's rate stands out. Pure; thresholds are the pack ``monitor``.

A signal is a reason to ask, never a finding: it is told of an agency only if its rate lies above that of all others
together by more than both intervals, and never of a few cases.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from feedback_app.catalogue.packs.monitor import MonitorPack
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.deadlines.standing import working_days_between
from feedback_app.indicators.definitions import Interval, wilson
from feedback_app.statistics.facts import CaseFact


class Signal(StrEnum):
    """What is looked for."""

    LAST_HOUR = "last_hour"
    THIN_ANSWER = "thin_answer"
    PASSED_ON = "passed_on"
    LATE_PAUSE = "late_pause"
    NOT_RATED = "not_rated"
    LONGER_KIND = "longer_kind"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the signals see it: ``at`` in local time; ``copies``: answers of the agency with the same text."""

    at: datetime
    length: int
    copies: int
    has_reference: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """One round of one ticket with what beside its fact the signals ask of."""

    fact: CaseFact
    answer: Given | None = None
    returned: tuple[tuple[str, date], ...] = ()  # who gave it back, and when
    moved: tuple[tuple[str, date], ...] = ()  # who had it when its kind got a longer limit, and when


@dataclass(frozen=True, slots=True)
class Looking:
    """Over which days, by which thresholds, in which working days."""

    first: date
    last: date
    limits: MonitorPack
    calendar: WorkCalendar

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def working_days(self, since: date, until: date) -> int:
        return self.calendar.count_working_days(since, until) if since <= until else 0


@dataclass(frozen=True, slots=True)
class Rate:
    """One agency beside all others; intervals in %, at the confidence of the pack."""

    agency: str
    hits: int
    n: int
    interval: Interval
    others: tuple[int, int]  # hits, n
    others_interval: Interval | None
    striking: bool

    @property
    def share(self) -> float:
        return 100 * self.hits / self.n

    @property
    def others_share(self) -> float | None:
        hits, n = self.others
        return 100 * hits / n if n else None


@dataclass(slots=True)
class Tally:
    """Of how many rounds, and which of them (ticket, round) show the signal."""

    n: int = 0
    cases: list[tuple[int, int]] = field(default_factory=list)

    def add(self, fact: CaseFact, *, shows: bool) -> None:
        self.n += 1
        if shows:
            self.cases.append((fact.ticket_id, fact.round))

    @property
    def pair(self) -> tuple[int, int]:
        """Hits and number."""
        return len(self.cases), self.n


Found = Iterable[tuple[str, bool]]  # each agency to which the signal can apply, and whether it shows


def tally(rounds: Iterable[Seen], looking: Looking) -> dict[Signal, dict[str, Tally]]:
    """Return how many rounds of each agency there are, and those that show it, by signal."""
    counts: dict[Signal, dict[str, Tally]] = {signal: {} for signal in Signal}
    for seen in rounds:
        for signal, rule in RULES.items():
            for agency, shows in rule(seen, looking):
                counts[signal].setdefault(agency, Tally()).add(seen.fact, shows=shows)
    return counts


def compare(counts: Mapping[str, Sequence[int]], limits: MonitorPack) -> list[Rate]:
    """Return each agency beside all others, those that stand out first, then by rate."""
    all_hits, all_n = (sum(pair[place] for pair in counts.values()) for place in (0, 1))
    rates = [
        _rate(agency, hits, n, (all_hits - hits, all_n - n), limits)
        for agency, (hits, n) in counts.items()
        if n
    ]
    return sorted(rates, key=lambda rate: (not rate.striking, -rate.share, rate.agency))


def copies_of(texts: Iterable[tuple[str, int]]) -> Counter[tuple[str, int]]:
    """Return how often each agency used each text (by its digest)."""
    return Counter(texts)


def plain(text: str) -> str:
    """Return a text as it is compared: case and spaces do not make another answer."""
    return " ".join(text.lower().split())


def _rate(agency: str, hits: int, n: int, others: tuple[int, int], limits: MonitorPack) -> Rate:
    interval = wilson(hits, n, limits.z)
    beside = wilson(*others, limits.z) if others[1] else None
    striking = (
        n >= limits.minimum_n
        and hits >= limits.minimum_hits
        and beside is not None
        and interval[0] > beside[1]
        and hits / n >= limits.ratio * others[0] / others[1]
    )
    return Rate(agency, hits, n, interval, others, beside, striking)


def _last_hour(seen: Seen, looking: Looking) -> Found:
    """Of what was answered by the due date: on the very day, in its last hour of office or later."""
    fact, answer = seen.fact, seen.answer
    if fact.agency and answer and fact.in_time and fact.due_on and looking.holds(fact.answered_on):
        late = fact.answered_on == fact.due_on and answer.at.time() >= looking.limits.last_hour_from
        yield fact.agency, late


def _thin_answer(seen: Seen, looking: Looking) -> Found:
    """Of what was answered: short, copied, without a reference, reopened — so many of the four."""
    fact, answer = seen.fact, seen.answer
    if fact.agency and answer and looking.holds(fact.answered_on):
        limits = looking.limits
        marks = (
            answer.length < limits.shortest_answer,
            answer.copies >= limits.copies,
            not answer.has_reference,
            fact.reopened,
        )
        yield fact.agency, sum(marks) >= limits.least_marks


def _passed_on(seen: Seen, looking: Looking) -> Found:
    """Of what left the agency, answered or given back: given back with a day or less to go."""
    fact = seen.fact
    for agency, day in seen.returned:
        if looking.holds(day):
            due = fact.due_known_on(day)
            left = looking.working_days(day, due) if due else looking.limits.days_before_due + 1
            yield agency, left <= looking.limits.days_before_due
    if fact.agency and looking.holds(fact.answered_on):
        yield fact.agency, False


def _late_pause(seen: Seen, looking: Looking) -> Found:
    """Of what was answered or paused: paused in the last part of the clock; known once the clock runs again."""
    fact = seen.fact
    over = (pause for pause in fact.pauses if pause.resumed_on is not None)
    days = [pause.paused_on for pause in over if looking.holds(pause.paused_on)]
    if fact.agency and fact.due_on and (days or looking.holds(fact.answered_on)):
        yield fact.agency, any(_is_late(fact, fact.due_on, day, looking) for day in days)


def _is_late(fact: CaseFact, due_on: date, paused_on: date, looking: Looking) -> bool:
    """Whether, when the clock stopped, no more than the last part of it was left."""
    if due_on < fact.started_on:
        return False
    before = [pause for pause in fact.pauses if pause.paused_on < paused_on]
    whole = working_days_between(fact.started_on, due_on, looking.calendar, fact.pauses)
    used = working_days_between(fact.started_on, paused_on, looking.calendar, before)
    return whole > 0 and used >= (1 - looking.limits.pause_share) * whole


def _not_rated(seen: Seen, looking: Looking) -> Found:
    """Of what was answered so long ago that the enterprise had its time: it said nothing at all."""
    fact = seen.fact
    if not (fact.agency and fact.answered_on and looking.holds(fact.answered_on)):
        return
    if looking.working_days(fact.answered_on, looking.last) >= looking.limits.rating_days:
        yield fact.agency, fact.rated_on is None and fact.disputed_on is None


def _longer_kind(seen: Seen, looking: Looking) -> Found:
    """Of what was answered or changed: its kind was changed to one with a longer limit."""
    moved = {agency for agency, day in seen.moved if looking.holds(day)}
    yield from ((agency, True) for agency in sorted(moved))
    fact = seen.fact
    if fact.agency and fact.agency not in moved and looking.holds(fact.answered_on):
        yield fact.agency, False


RULES: Mapping[Signal, Callable[[Seen, Looking], Found]] = {
    Signal.LAST_HOUR: _last_hour,
    Signal.THIN_ANSWER: _thin_answer,
    Signal.PASSED_ON: _passed_on,
    Signal.LATE_PAUSE: _late_pause,
    Signal.NOT_RATED: _not_rated,
    Signal.LONGER_KIND: _longer_kind,
}
