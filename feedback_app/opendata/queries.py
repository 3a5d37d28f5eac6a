"""Reads of what is public, and of what a release is made of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from feedback_app.opendata.models import PublicFile, PublicRelease
from feedback_app.opendata.rules import BANDS, NAMES, TO_THE_POINT, bands_of
from feedback_app.statistics.figures import Figure, Group, Value, median, percentile
from feedback_app.statistics.models import DeedDay
from feedback_app.statistics.periods import QUARTER, Period, months_of
from feedback_app.statistics.queries import Figures, distribution

Days = dict[Group, dict[int, int]]
ONE = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One release in a list."""

    period: str
    first: date
    last: date
    snapshot: str
    published_at: datetime


def release(session: Session, code: str) -> PublicRelease | None:
    """Return what is public of a period, without the counts behind it; ``None`` if nothing is."""
    return session.get(PublicRelease, code, options=[defer(PublicRelease.counts, raiseload=True)])


def releases(session: Session, months: int = ONE) -> list[Entry]:
    """Return the published months (or quarters), newest first, without their tables."""
    row = PublicRelease
    query = select(row.period, row.first, row.last, row.snapshot, row.published_at)
    found = [Entry(*each) for each in session.execute(query.order_by(row.last.desc()))]
    return [entry for entry in found if period_of(entry).months == months]


def newest(session: Session, months: int = ONE) -> Entry | None:
    """Return the youngest published month (or quarter), without its tables."""
    return next(iter(releases(session, months)), None)


def lately(session: Session, before: PublicRelease, number: int) -> Sequence[PublicRelease]:
    """Return the published months up to that one with their tables, newest first."""
    query = select(PublicRelease).options(defer(PublicRelease.counts, raiseload=True))
    query = query.where(PublicRelease.last <= before.last).order_by(PublicRelease.last.desc())
    rows = session.scalars(query.limit(2 * number))  # a quarter for every three months at most
    return [row for row in rows if period_of(row).months == ONE][:number]


def months_whole(session: Session, period: Period) -> list[PublicRelease] | None:
    """Return the final releases of the months of a quarter with their counts; ``None`` unless all are there."""
    codes = [month.code for month in months_of(period)]
    query = select(PublicRelease).where(PublicRelease.period.in_(codes), PublicRelease.snapshot != "")
    found = list(session.scalars(query.order_by(PublicRelease.first)))
    return found if len(found) == len(codes) else None


def period_of(row: PublicRelease | Entry) -> Period:
    return Period(row.first, row.last)


def days_of(session: Session, period: Period) -> Days:
    """Return how many answers of each group took how many working days."""
    query = select(DeedDay.agency, DeedDay.field, DeedDay.days).where(
        DeedDay.day.between(period.first, period.last), DeedDay.answered > 0, DeedDay.sensitive.is_(False)
    )
    found: Days = defaultdict(lambda: defaultdict(int))
    for agency, field, days in session.execute(query):
        for day, n in distribution(days).items():
            found[Group(agency, field)][day] += n
    return found


def counts_of(figures: Figures, days: Days) -> dict[Group, dict[str, int]]:
    """Return the true counts of every group that are published or hidden.

    The distribution is left out where it is of other answers than the figures: of a period that was frozen and
    corrected since.
    """
    names = set(NAMES) - {*BANDS, TO_THE_POINT}
    fits = all(sum(own.values()) == figures.count(group, Figure.DAYS_MEDIAN) for group, own in days.items())
    return {
        group: {name: figures.count(group, name) for name in names}
        | (bands_of(days.get(group, {})) if fits else {})
        for group in figures.by_group
        if not group.sensitive
    }


def middle_of(figures: Figures) -> dict[Group, tuple[Value, Value]]:
    """Return median and 90th percentile of every group that answered."""
    return {
        group: (own[Figure.DAYS_MEDIAN], own[Figure.DAYS_P90])
        for group, own in figures.by_group.items()
        if not group.sensitive and Figure.DAYS_MEDIAN in own
    }


def middle_of_days(days: Days) -> dict[Group, tuple[Value, Value]]:
    """Return the same of a quarter, from the days themselves."""
    sums = ((group, own, sum(own.values())) for group, own in days.items())
    return {
        group: (Value(median(own), n), Value(float(percentile(own, 90)), n)) for group, own, n in sums if n
    }


def periods_to_look_at(computed: Iterable[Period]) -> list[Period]:
    """Return the months and quarters of the calendar, newest first, months before the quarters they end."""
    wanted = [p for p in computed if p.first.day == 1 and p.months in {ONE, QUARTER}]
    return sorted(wanted, key=lambda period: (-period.last.toordinal(), period.months))


def file(session: Session, name: str) -> PublicFile | None:
    """Return a file of a release by its name, ``None`` if there is none."""
    return session.get(PublicFile, name)


def files(session: Session) -> dict[str, list[PublicFile]]:
    """Return the files by period, without their content."""
    found: dict[str, list[PublicFile]] = defaultdict(list)
    query = select(PublicFile).options(defer(PublicFile.content, raiseload=True)).order_by(PublicFile.name)
    for row in session.scalars(query):
        found[row.period].append(row)
    return found
