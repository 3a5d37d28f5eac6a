"""The figures of an agency on the board, from its legs. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median

from feedback_app.deadlines.standing import Category, Leg

ROLES = ("triage", "assignment", "answer", "opinion", "approval", "province")
STRIKING = 1.5  # times the rate of all: then the pause rate is marked


@dataclass(frozen=True, slots=True)
class LegDays:
    """Working days of the legs of one sort: how many legs, their median, their sum, those after the legs' last day."""

    legs: int
    median: float
    total: int
    late: int


@dataclass(slots=True)
class Rates:
    """Of the tickets that an agency led: how many it paused and extended; and how many it gave back."""

    led: int = 0
    paused: int = 0
    extended: int = 0
    returned: int = 0

    @property
    def pause_rate(self) -> float | None:
        return self.paused / self.led if self.led else None


@dataclass(slots=True)
class Standing:
    """One agency on the board."""

    agency_id: int
    open: dict[Category, int] = field(default_factory=dict)
    days: dict[str, LegDays] = field(default_factory=dict)
    rates: Rates = field(default_factory=Rates)

    def count(self, category: Category) -> int:
        return self.open.get(category, 0)

    @property
    def waits(self) -> int:
        """How many tickets are open, whoever has to act."""
        return sum(self.open.values())


@dataclass(frozen=True, slots=True)
class Board:
    """All agencies, the reddest first, and the rates of all together."""

    rows: list[Standing]
    overall: Rates

    def striking(self, row: Standing) -> bool:
        """Say whether an agency pauses far more often than all agencies together."""
        own, all_ = row.rates.pause_rate, self.overall.pause_rate
        return own is not None and all_ is not None and own > STRIKING * all_


def days_of(legs: Iterable[tuple[Leg, int]]) -> dict[int, dict[str, LegDays]]:
    """Return, by agency (its id) and role, the days of ``legs``; each comes with how often it occurs."""
    spans: dict[tuple[int, str], Counter[int]] = defaultdict(Counter)
    late: Counter[tuple[int, str]] = Counter()
    for leg, times in legs:
        key = (int(leg.assignment.agency), leg.assignment.role)
        spans[key][leg.working_days] += times
        late[key] += leg.late_days * times
    found: dict[int, dict[str, LegDays]] = defaultdict(dict)
    for (agency, role), counted in spans.items():
        number, total = counted.total(), sum(days * n for days, n in counted.items())
        found[agency][role] = LegDays(number, _median(counted), total, late[(agency, role)])
    return found


def board(
    opened: Mapping[int, dict[Category, int]],
    days: Mapping[int, dict[str, LegDays]],
    rates: Mapping[int, Rates],
) -> Board:
    """Return the board: most late first, then most due soon, then most open."""
    rows = [
        Standing(agency, opened.get(agency, {}), days.get(agency, {}), rates.get(agency, Rates()))
        for agency in opened.keys() | days.keys() | rates.keys()
    ]
    rows.sort(key=lambda r: (-r.count(Category.LATE), -r.count(Category.DUE_SOON), -r.waits, r.agency_id))
    return Board(rows, _together(rates.values()))


def _together(rates: Iterable[Rates]) -> Rates:
    total = Rates()
    for one in rates:
        total.led += one.led
        total.paused += one.paused
        total.extended += one.extended
        total.returned += one.returned
    return total


def _median(counted: Counter[int]) -> float:
    """Return the median of the values, each as often as it was counted."""
    ordered, middle = sorted(counted.items()), counted.total()
    places = ((middle - 1) // 2, middle // 2)
    return median(_at(ordered, place) for place in places)


def _at(ordered: list[tuple[int, int]], place: int) -> int:
    for value, times in ordered:
        if place < times:
            return value
        place -= times
    raise IndexError(place)
