"""Parts of the one page, each from one read: backlog in weeks, what is late by leg, obstacles, signals, sub-indices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.accounts.actor import Actor
from feedback_app.briefing import queries as briefing
from feedback_app.briefing.queries import Weighed
from feedback_app.briefing.rising import Lost, rising
from feedback_app.catalogue.packs.indicators import IndicatorEdition
from feedback_app.catalogue.store import Loaded
from feedback_app.core.i18n import ngay, so
from feedback_app.indicators.definitions import IndicatorResult
from feedback_app.indicators.ledger import Which
from feedback_app.monitor import queries as monitor
from feedback_app.monitor.labels import NAMES
from feedback_app.monitor.rules import compare
from feedback_app.statistics.backlog import NOTHING, Leg, Waiting
from feedback_app.web import charts
from feedback_app.web.leadership.brief_lines import cluster_href, obstacle_name
from feedback_app.web.presenting import agency_name, local
from feedback_app.web.presenting.indicators import official

LEGS: dict[Leg, Any] = {
    Leg.TRIAGE: _l("Phân loại"),
    Leg.ASSIGNMENT: _l("Nhận việc"),
    Leg.ANSWER: _l("Giải quyết"),
    Leg.PROVINCE: _l("UBND tỉnh"),
}
MOST_RISING = 5
Waits = Mapping[tuple[str, Leg], Waiting]


@dataclass(frozen=True, slots=True)
class Course:
    """How a count went from week to week."""

    label: str
    spark: charts.Spark
    text: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LateLine:
    """What is late with one agency, by leg; each number with the address of its tickets."""

    name: str
    cells: list[tuple[int, str]]
    total: tuple[int, str]


@dataclass(frozen=True, slots=True)
class RisingLine:
    name: str
    href: str | None
    lost: Lost


@dataclass(frozen=True, slots=True)
class SubIndexLine:
    number: int
    name: str
    href: str
    result: IndicatorResult | None
    target: str


def courses(days: Sequence[date], province: Sequence[tuple[int, int]]) -> list[Course]:
    """Return the whole province's backlog at the ends of the weeks, open and overdue."""
    named = ((_("Đang giải quyết"), 0), (_("Quá hạn"), 1))
    return [_course(label, days, [pair[place] for pair in province]) for label, place in named]


def late_lines(waits: Waits, loaded: Loaded) -> list[LateLine]:
    """Return the agencies with something late, the most first."""
    agencies = {agency for (agency, _leg), one in waits.items() if one.overdue}
    found = [_late(agency, waits, loaded) for agency in agencies]
    return sorted(found, key=lambda line: (-line.total[0], line.name))


def rising_lines(session: Any, loaded: Loaded, actor: Actor) -> tuple[date | None, list[RisingLine]]:
    """Return the last day weighed and the obstacles that cost enterprises more days than before."""
    found = briefing.weighed(session)
    return found.day, [_rising(one, found, loaded, actor) for one in rising(found.lost)[:MOST_RISING]]


def signals(session: Any, loaded: Loaded) -> list[tuple[str, list[str]]]:
    """Return the signals under which an agency stands out, with those agencies."""
    found = []
    for signal, counts in monitor.counts(session).items():
        striking = [rate.agency for rate in compare(counts, loaded.catalogue.monitor) if rate.striking]
        if striking:
            found.append((str(NAMES[signal]), [agency_name(loaded, code) for code in striking]))
    return found


def sub_indices(
    edition: IndicatorEdition, results: Sequence[IndicatorResult], period: str
) -> list[SubIndexLine]:
    """Return every sub-index of the edition, measured or not."""
    by_number = {result.sub_index.number: result for result in results}
    return [
        SubIndexLine(
            sub.number,
            local(sub.name),
            url_for("leadership.sub_index", code=sub.code, ky=period),
            by_number.get(sub.number),
            official(sub, edition)["target"],
        )
        for sub in edition.sub_indices
    ]


def behind_href(results: Sequence[IndicatorResult], period: str) -> Callable[[str, str], str | None]:
    """Return how the cases of an agency behind a count of the period are found: by a component made of it."""
    places: dict[str, tuple[str, str, str]] = {}
    for result in results:
        for part in result.components:
            own = part.component
            places.setdefault(own.denominator, (result.sub_index.code, own.id, Which.ALL))
            places[own.numerator] = (result.sub_index.code, own.id, Which.NUMERATOR)

    def href(measure: str, agency: str) -> str | None:
        if measure not in places:
            return None
        code, component, which = places[measure]
        where: dict[str, Any] = {"code": code, "component": component, "phan": which, "co_quan": agency}
        return url_for("leadership.cases", ky=period, **where)

    return href


def waiting_href(agency: str | None = None, leg: Leg | None = None, *, late: bool = False) -> str:
    """Return the address of the tickets behind a count of what waits."""
    asked = {"co_quan": agency, "khau": leg.value if leg else None, "tre": "1" if late else None}
    narrowed: dict[str, Any] = {name: value for name, value in asked.items() if value}
    return url_for("leadership.waiting", **narrowed)


def _course(label: str, days: Sequence[date], values: Sequence[int]) -> Course:
    text = _(
        "từ %(first)s (%(since)s) đến %(last)s (%(until)s)",
        first=so(values[0]),
        since=ngay(days[0]),
        last=so(values[-1]),
        until=ngay(days[-1]),
    )
    return Course(str(label), charts.spark(values), str(text), tuple(values))


def _late(agency: str, waits: Waits, loaded: Loaded) -> LateLine:
    own = [(leg, waits.get((agency, leg), NOTHING).overdue) for leg in LEGS]
    name = agency_name(loaded, agency) if agency else str(_("Chưa giao cơ quan nào"))
    return LateLine(
        name,
        [(n, waiting_href(agency, leg, late=True)) for leg, n in own],
        (sum(n for _leg, n in own), waiting_href(agency, late=True)),
    )


def _rising(lost: Lost, found: Weighed, loaded: Loaded, actor: Actor) -> RisingLine:
    obstacle = lost.obstacle
    cluster = found.clusters.get(obstacle.cluster_id)
    if cluster is not None:
        return RisingLine(f"{cluster[0]}: {cluster[1]}", cluster_href(actor, cluster[0]), lost)
    return RisingLine(obstacle_name(loaded, "", obstacle.field, obstacle.procedure), None, lost)
