"""Open data: the page of a month as CSV and JSON, at addresses that stay."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Response, abort, jsonify, url_for

from feedback_app.indicators.definitions import ComponentResult, IndicatorResult
from feedback_app.indicators.printing import NOTICE
from feedback_app.statistics.structure import Structure
from feedback_app.surveys.rules import LEAST
from feedback_app.web.presenting import switching
from feedback_app.web.presenting.public_tables import Row
from feedback_app.web.statistics import blueprint
from feedback_app.web.statistics.month import Month, asked_for, published

HEAD = ("period", "group", "code", "name", "measure", "value", "low", "high", "n", "status")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
PUBLISHED, HIDDEN = "published", "hidden"

Line = tuple[object, ...]


@blueprint.get("/thang.csv")
def as_csv() -> Response:
    month = _month()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    writer.writerows([as_text(cell) for cell in line] for line in _lines(month))
    suffix = f"-{switching.PRESENT}" if month.structure is Structure.PRESENT else ""
    name = f"so-lieu-{month.figures.period.code}{suffix}.csv"
    return Response(
        "\ufeff" + text.getvalue(),  # the mark by which spreadsheets know UTF-8
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.get("/thang.json")
def as_json() -> Response:
    month = _month()
    found = [dict(zip(HEAD, line, strict=True)) for line in _lines(month)]
    return jsonify(
        period=month.figures.period.code,
        computed_at=month.figures.computed_at.isoformat(timespec="seconds"),
        definitions=f"{month.edition.code}@{month.edition.version}",
        methodology=url_for("statistics.methodology", _external=True),
        notice=NOTICE,
        structure=month.structure,
        figures=found,
    )


def as_text(cell: object) -> object:
    """Return a cell that a spreadsheet takes for text even where it looks like a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell


def _month() -> Month:
    """Return the month asked for; 404 for a wrong name and for one that was never computed."""
    period, wrong = asked_for()
    month = None if wrong else published(period, switching.asked_for())
    if month is None:
        abort(404)
    return month


def _lines(month: Month) -> Iterator[Line]:
    period = month.figures.period.code
    for result in month.results:
        yield period, *_indicator(result)
        for part in result.components:
            yield period, *_component(part)
    for row in (month.tables.by_agency.total, *month.tables.by_agency.rows):
        yield from _table_lines(period, "agency" if row.code else "province", row)
    total = month.tables.by_agency.total
    for name, n in month.tables.outcomes.items():
        yield (
            period,
            "province",
            total.code,
            total.name,
            name,
            n,
            None,
            None,
            n,
            HIDDEN if n is None else PUBLISHED,
        )
    for row in month.tables.by_field.rows:
        yield from _table_lines(period, "field", row)


def _indicator(result: IndicatorResult) -> Line:
    low, high = result.interval or (None, None)
    name = result.indicator.name.vi
    figures = (_rounded(result.score), _rounded(low), _rounded(high))
    return "indicator", result.indicator.code, name, "score_0_100", *figures, _n(result.n), result.status


def _component(result: ComponentResult) -> Line:
    low, high = result.interval or (None, None)
    figures = (_rounded(result.value), _rounded(low), _rounded(high))
    name = result.component.label.vi
    return "component", result.component.id, name, "percent", *figures, _n(result.denominator), result.status


def _table_lines(period: str, group: str, row: Row) -> Iterator[Line]:
    for measure, n in row.counts.items():
        status = HIDDEN if n is None else PUBLISHED
        yield period, group, row.code, row.name, str(measure), n, None, None, n, status
    for measure, days in (("days_median", row.days_median), ("days_p90", row.days_p90)):
        if days is not None:
            n = row.counts["answered"]
            yield period, group, row.code, row.name, measure, days, None, None, n, PUBLISHED


def _n(n: int) -> int | None:
    return n if n >= LEAST else None


def _rounded(value: Any) -> float | None:
    return None if value is None else round(value, 2)
