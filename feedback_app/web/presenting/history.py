"""The history of an indicator by month and by quarter: a picture, and the table beside it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from flask_babel import gettext as _

from feedback_app.core.i18n import so
from feedback_app.indicators.definitions import IndicatorResult, Interval, Status
from feedback_app.indicators.labels import STATUSES
from feedback_app.statistics.periods import QUARTER, Period, back_from, containing
from feedback_app.web.presenting.names import local
from feedback_app.web.trend import Moment, Trend, trend

MONTHS, QUARTERS = 12, 8


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One period; ``why`` says why there is no score, ``state`` where its figures come from."""

    label: str
    href: str | None
    score: float | None
    interval: Interval | None
    why: str
    state: str


@dataclass(frozen=True, slots=True)
class History:
    """The arguments of the macro ``trend_figure``."""

    name: str
    title: str
    chart: Trend
    rows: list[HistoryRow]
    text: str


def months_to(period: Period) -> list[Period]:
    """Return the months of the same cut up to the one in which ``period`` ends, oldest first."""
    return _last(containing(period.last, period.first.day), MONTHS)


def quarters_to(period: Period) -> list[Period]:
    """Return the quarters of the same cut up to the one in which ``period`` ends, oldest first."""
    return _last(containing(period.last, period.first.day, QUARTER), QUARTERS)


def history(
    name: str,
    title: str,
    periods: Sequence[Period],
    results: Mapping[Period, IndicatorResult],
    frozen: Mapping[Period, str],
    href: Callable[[Period], str],
) -> History:
    """Return the history of one indicator over ``periods``; one without figures is a gap.

    Args:
        frozen: the snapshots of the periods that are frozen.
    """
    target = next((r.indicator.target.score for r in results.values() if r.indicator.target), None)
    rows = [_row(period, results.get(period), frozen.get(period), href) for period in periods]
    moments = [_moment(period, results.get(period)) for period in periods]
    return History(name, title, trend(moments, target), rows, _text(rows, target))


def _last(period: Period, number: int) -> list[Period]:
    return list(islice(back_from(period), number))[::-1]


def _moment(period: Period, result: IndicatorResult | None) -> Moment:
    low, high = (result and result.interval) or (0.0, 0.0)
    return Moment(_short(period), result.score if result else None, low, high)


def _short(period: Period) -> str:
    """Return a label that fits under a point: ``10/26``, ``Q3/26``."""
    if period.months == QUARTER:
        return f"Q{(period.last.month - 1) // QUARTER + 1}/{period.last:%y}"
    return f"{period.last.month}/{period.last:%y}"


def _row(
    period: Period, result: IndicatorResult | None, snapshot: str | None, href: Callable[[Period], str]
) -> HistoryRow:
    known = result is not None
    return HistoryRow(
        label=local(period.label),
        href=href(period) if known else None,
        score=result.score if result else None,
        interval=result.interval if result else None,
        why=str(STATUSES[Status.INSUFFICIENT]) if known else _("chưa có số liệu"),
        state=_("đã chốt, bản %(snapshot)s", snapshot=snapshot)
        if snapshot
        else _("tạm tính")
        if known
        else "",
    )


def _text(rows: Sequence[HistoryRow], target: float | None) -> str:
    """Say the picture in words."""
    scored = [row for row in rows if row.score is not None]
    if not scored:
        return _("Chưa kỳ nào có đủ dữ liệu để tính điểm.")
    return " ".join(_sentences(scored, len(rows), target))


def _sentences(scored: Sequence[HistoryRow], number: int, target: float | None) -> Iterator[str]:
    yield _("Có điểm ở %(some)s trên %(all)s kỳ.", some=len(scored), all=number)
    yield _(
        "Từ %(first)s điểm (%(since)s) đến %(last)s điểm (%(until)s).",
        first=so(scored[0].score, 1),
        since=scored[0].label,
        last=so(scored[-1].score, 1),
        until=scored[-1].label,
    )
    if target is not None:
        yield _("Mốc phấn đấu nội bộ %(target)s.", target=so(target))
