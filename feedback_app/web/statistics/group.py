"""One agency or one field: its distribution in a month and the months before, as they were published."""

from dataclasses import dataclass

from flask import abort, render_template

from feedback_app.core.db import db
from feedback_app.indicators.labels import FIGURES, MEASURES
from feedback_app.opendata import queries
from feedback_app.statistics.periods import Period
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting import agency_name, field_name, periods
from feedback_app.web.presenting.public_tables import Row, Tables, tables
from feedback_app.web.statistics import blueprint
from feedback_app.web.statistics.month import asked_for, published_periods

BACK = 12  # months


@dataclass(frozen=True, slots=True)
class MonthOfGroup:
    period: Period
    row: Row | None  # None: nothing was counted


@blueprint.get("/co-quan/<code>")
def agency(code: str) -> str:
    if code not in loaded().agency_ids:
        abort(404)
    return _page("agency", code)


@blueprint.get("/linh-vuc/<code>")
def field(code: str) -> str:
    if code not in {each.code for each in loaded().catalogue.fields.fields}:
        abort(404)
    return _page("field", code)


def _page(kind: str, code: str) -> str:
    period, wrong = asked_for()
    release = queries.release(db.session(), period.code)
    months = queries.lately(db.session(), release, BACK) if release else []
    shown = [*months, release] if release else []
    rows = {each.period: _row(kind, code, tables(each, loaded())) for each in shown}
    name = agency_name(loaded(), code, period.last) if kind == "agency" else field_name(loaded(), code)
    return render_template(
        "statistics/group.html",
        name=name,
        kind=kind,
        code=code,
        period=period,
        wrong=wrong,
        release=release,
        row=rows.get(period.code),
        choices=periods.choices(published_periods(), period),
        months=[MonthOfGroup(queries.period_of(each), rows[each.period]) for each in months],
        figures=FIGURES,
        measures=MEASURES,
    )


def _row(kind: str, code: str, found: Tables) -> Row | None:
    table = found.by_agency if kind == "agency" else found.by_field
    return next((row for row in table.rows if row.code == code), None)
