"""Publishing a period: once after its end, and for good when its figures are frozen."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from feedback_app import disclosure
from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.core import audit
from feedback_app.indicators.queries import edition_for
from feedback_app.opendata import packing, queries, stored
from feedback_app.opendata.models import PublicRelease
from feedback_app.opendata.rules import ADDED_UP, PUZZLES, Counts, Published, Puzzle, added, protected
from feedback_app.statistics import queries as statistics
from feedback_app.statistics.archive import FrozenPeriod
from feedback_app.statistics.figures import Figure, total_counts
from feedback_app.statistics.periods import Period
from feedback_app.statistics.queries import Figures

SENSITIVE = (Figure.RECEIVED, Measure.ANSWERED)  # what is told of the reports that stand apart


def due(session: Session, today: date) -> list[Period]:
    """Return the ended periods that are not published yet, or not as they were frozen, newest first."""
    mark = statistics.mark(session)
    if mark is None or mark.building_since is not None:
        return []
    day = min(mark.day, today)  # figures of a period are whole once a later day was counted
    known = {row.period: row for months in (1, 3) for row in queries.releases(session, months)}
    return [
        period
        for period in queries.periods_to_look_at(statistics.computed(session))
        if period.last < day and _is_due(session, period, known)
    ]


def publish(session: Session, period: Period, at: datetime) -> PublicRelease | None:
    """Write down what everybody may read of ``period``; ``None`` if there is nothing to publish.

    A month that was published before its figures were frozen is written anew, once; what was hidden stays hidden.
    """
    return (
        _publish_month(session, period, at) if period.months == 1 else _publish_quarter(session, period, at)
    )


def _is_due(session: Session, period: Period, known: dict[str, queries.Entry]) -> bool:
    row = known.get(period.code)
    if period.months > 1:
        return row is None and queries.months_whole(session, period) is not None
    return row is None or (not row.snapshot and session.get(FrozenPeriod, period.code) is not None)


def _publish_month(session: Session, period: Period, at: datetime) -> PublicRelease | None:
    figures = statistics.figures(session, period)
    row = session.get(PublicRelease, period.code)
    if figures is None or (row is not None and row.snapshot):
        return row
    counts = queries.counts_of(figures, queries.days_of(session, period))
    earlier = row.content["tables"] if row is not None else {}
    content = {
        "tables": {
            puzzle.whole: stored.tables_out(
                protected(
                    puzzle,
                    counts,
                    (period.code,),
                    earlier=stored.tables_in(earlier.get(puzzle.whole, [])),
                )
            )
            for puzzle in PUZZLES
        },
        "days": stored.days_out(queries.middle_of(figures)),
        "sensitive": _sensitive(figures),
        "totals": {str(name): n for name, n in total_counts(figures.by_group).items()},
    }
    return _write(session, period, content, counts, at, figures.computed_at, figures.snapshot)


def _publish_quarter(session: Session, period: Period, at: datetime) -> PublicRelease | None:
    """Add up the months as they were frozen; what waits at the end of a quarter stands in its last month."""
    months = queries.months_whole(session, period)
    row = session.get(PublicRelease, period.code)
    if months is None or row is not None:
        return row
    own = [stored.counts_in(month.counts) for month in months]
    counts = added(own)
    # invited pulses and sealed quarters stand in no month
    totals = {name: value.n for name, value in statistics.from_outside(session, period).items()}
    for month in months:
        for name, n in month.content["totals"].items():
            totals[name] = totals.get(name, 0) + n
    content = {
        "tables": {
            puzzle.whole: stored.tables_out(_of_quarter(puzzle, months, own, counts)) for puzzle in ADDED_UP
        },
        "days": stored.days_out(queries.middle_of_days(queries.days_of(session, period))),
        "sensitive": _sensitive_of(months),
        "totals": totals,
    }
    return _write(session, period, content, counts, at, max(month.computed_at for month in months), "+")


def _of_quarter(
    puzzle: Puzzle, months: Sequence[PublicRelease], own: Sequence[Counts], counts: Counts
) -> Sequence[Any]:
    before = [
        Published((month.period,), true, stored.tables_in(month.content["tables"][puzzle.whole]))
        for month, true in zip(months, own, strict=True)
    ]
    return protected(puzzle, counts, tuple(month.period for month in months), before)


def _sensitive(figures: Figures) -> dict[str, int | None]:
    groups = [group for group in figures.by_group if group.sensitive]
    counts = {str(name): sum(figures.count(group, name) for group in groups) for name in SENSITIVE}
    return {name: n if n >= disclosure.MINIMUM else None for name, n in counts.items()}


def _sensitive_of(months: Sequence[PublicRelease]) -> dict[str, int | None]:
    """Return the sums of what the months show; a sum with a hidden month would tell it."""
    told = {name: [month.content["sensitive"][name] for month in months] for name in map(str, SENSITIVE)}
    return {name: None if None in own else sum(own) for name, own in told.items()}


def _write(
    session: Session,
    period: Period,
    content: dict[str, Any],
    counts: Counts,
    at: datetime,
    computed_at: datetime,
    snapshot: str,
) -> PublicRelease:
    edition = edition_for(session, period)
    sum_ = stored.sha256(content)
    row = PublicRelease(
        period=period.code, first=period.first, last=period.last, computed_at=computed_at, published_at=at,
        snapshot=f"{period.code}-{sum_[:12]}" if snapshot == "+" else snapshot,
        definitions=f"{edition.code}@{edition.version}", content=content, counts=stored.counts_out(counts),
        sha256=sum_,
    )  # fmt: skip
    row = session.merge(row)
    session.flush()
    packing.write_files(session, row, edition)
    audit.record(
        session, "opendata.published", at=at, actor_id=None, subject=period.code, snapshot=row.snapshot
    )
    return row
