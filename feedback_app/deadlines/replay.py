"""The simulator: filings of the past under other limits or another calendar. Pure.

What it assumes, and must be said wherever its figures are shown: people would have answered on the same days, and the
pauses and extensions would have been the same; only limits and calendar differ. An extension that would have come after
the deadline is left out, because it could not have been granted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from feedback_app.catalogue.packs.regulation import RegulationProfile, TimeLimit
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.deadlines.clock import compute
from feedback_app.deadlines.errors import LateExtension
from feedback_app.deadlines.events import ClockEvent, EventKind, pauses_of
from feedback_app.deadlines.profiles import due_limit
from feedback_app.deadlines.standing import Assignment, legs, working_days_between

QUIET = frozenset({EventKind.START, EventKind.TRANSFER, EventKind.CALENDAR, EventKind.STOP})
ADDED = frozenset({EventKind.EXTEND, EventKind.CURTAIL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One round of one ticket; agencies are codes, ``agency`` leads. ``ended_on``: answered, or taken back.

    ``territory`` is whose regulation binds it, None: the first one.
    """

    kind: str
    began: date
    events: tuple[ClockEvent, ...]
    answered_on: date | None
    ended_on: date | None
    agency: str
    legs: tuple[Assignment, ...]
    territory: str | None = None


@dataclass(slots=True)
class Share:
    """What befell some of the tickets.

    ``days_used`` are the working days on the legs, ``late_days`` those of them after the due date of the case,
    ``days`` how many cases were answered after so many working days.
    """

    tickets: int = 0
    answered: int = 0
    late: int = 0
    days_used: int = 0
    late_days: int = 0
    days: Counter[int] = field(default_factory=Counter)

    @property
    def share_late(self) -> float | None:
        """The late ones among all, 0 to 1; None of none."""
        return self.late / self.tickets if self.tickets else None

    @property
    def median_days(self) -> float | None:
        """The median of the working days to the answer; None if nothing was answered."""
        return median_of(self.days)


@dataclass
class Replay:
    """The tickets so far under one profile and calendar; ``add`` takes one more and keeps only figures of it."""

    profiles: tuple[RegulationProfile, ...]
    calendar: WorkCalendar
    today: date
    whole: Share = field(default_factory=Share)
    by_agency: dict[str, Share] = field(default_factory=dict)
    extensions_left_out: int = 0
    _known: dict[tuple[int, str, date], date | None] = field(default_factory=dict)
    _limits: dict[tuple[str, date, str | None], TimeLimit] = field(default_factory=dict)

    def add(self, filing: Filing) -> None:
        """Count one filing.

        Raises:
            DeadlineError: the profile has no limit for it, or the calendar ends before it.
        """
        due_on = self._due(filing)
        until = filing.ended_on or self.today
        late = due_on is not None and until > due_on
        pauses = pauses_of(filing.events)
        took = None
        if filing.answered_on is not None:
            took = working_days_between(filing.began, filing.answered_on, self.calendar, pauses)
        for share in (self.whole, self._share(filing.agency)):
            share.tickets += 1
            share.late += late
            if took is not None:
                share.answered += 1
                share.days[took] += 1
        for leg in legs(filing.legs, self.calendar, until, pauses, due_on):
            for share in (self.whole, self._share(leg.assignment.agency)):
                share.days_used += leg.working_days
                share.late_days += leg.case_late_days

    def agencies(self) -> Iterator[tuple[str, Share]]:
        """Yield the agencies, those with the most tickets first."""
        yield from sorted(self.by_agency.items(), key=lambda row: (-row[1].tickets, row[0]))

    def _share(self, agency: str) -> Share:
        return self.by_agency.setdefault(agency, Share())

    def _due(self, filing: Filing) -> date | None:
        limit = self._limit(filing)
        if all(event.kind in QUIET for event in filing.events):
            return self._plain(limit, filing.began)
        events = [event for event in filing.events if event.kind is not EventKind.RECLASSIFY]
        try:
            return compute(limit, filing.began, events, self.calendar).due_on
        except LateExtension:
            self.extensions_left_out += 1
            without = [event for event in events if event.kind not in ADDED]
            return compute(limit, filing.began, without, self.calendar).due_on

    def _limit(self, filing: Filing) -> TimeLimit:
        key = (filing.kind, filing.began, filing.territory)
        if key not in self._limits:
            self._limits[key] = limit_for(self.profiles, *key)
        return self._limits[key]

    def _plain(self, limit: TimeLimit, began: date) -> date | None:
        """Return the due date of a filing to which nothing happened: there are few different ones."""
        key = (limit.value, limit.unit, began)
        if key not in self._known:
            self._known[key] = compute(limit, began, (), self.calendar).due_on
        return self._known[key]


def limit_for(
    profiles: Iterable[RegulationProfile], kind: str, on: date, territory: str | None = None
) -> TimeLimit:
    """Return the limit for filings of ``kind`` on ``on``; the nearest day of the profiles stands in for one outside.

    A profile of next year is tried on last year's filings: its first day counts then. Where the territory has no
    profile, the others stand in.

    Raises:
        ProfileGap: the profile has no such limit.
    """
    known = tuple(profiles)
    own = [profile for profile in known if profile.territory == territory] or known
    profile = min(own, key=lambda p: abs(_nearest(p, on) - on))
    return due_limit(profile, kind, _nearest(profile, on))


def with_tried(
    in_force: Iterable[RegulationProfile], tried: RegulationProfile | None
) -> tuple[RegulationProfile, ...]:
    """Return the profiles with ``tried`` in place of those of its territory."""
    others = tuple(p for p in in_force if tried is None or p.territory != tried.territory)
    return others if tried is None else (tried, *others)


def _nearest(profile: RegulationProfile, on: date) -> date:
    day = max(on, profile.valid_from)
    return min(day, profile.valid_to) if profile.valid_to else day


def median_of(days: Counter[int]) -> float | None:
    """Return the median of counted values; None of none."""
    total, seen = days.total(), 0
    if not total:
        return None
    wanted = ((total - 1) // 2, total // 2)
    found: list[int] = []
    for value in sorted(days):
        seen += days[value]
        while len(found) < len(wanted) and wanted[len(found)] < seen:
            found.append(value)
    return sum(found) / len(found)
