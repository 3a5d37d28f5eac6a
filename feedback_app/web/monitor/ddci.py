"""The five themes of DDCI: what is known of each agency, what is not; side by side by name, without a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from feedback_app.catalogue.packs.ddci import OF_PROVINCE, DdciMeasure, Theme
from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.monitor import ddci as known
from feedback_app.monitor import policy
from feedback_app.monitor.ddci import Known
from feedback_app.monitor.labels import MEASURES
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.monitor import blueprint
from feedback_app.web.presenting import agency_name, local

NOTHING = Known()


@dataclass(frozen=True, slots=True)
class ThemeView:
    """One theme: measures of agencies as columns, one row an agency; those of the province beside."""

    name: str
    columns: list[str]
    rows: list[tuple[str, list[Known]]]
    province: list[tuple[str, Known]]
    missing: str


@blueprint.get("/ddci")
def ddci() -> str:
    session, today = db.session(), clock.today()
    first, last = known.months(today)
    figures = known.figures(session, loaded(), first, last)
    compares = policy.compares(actor())
    own = {loaded().agency_codes[agency_id] for agency_id in policy.own(actor())}
    agencies = [code for code in figures if compares or code in own]
    named = sorted((agency_name(loaded(), code, last.last), code) for code in agencies)
    province = known.of_province(session, first, last, today)
    pack = loaded().catalogue.ddci
    return render_template(
        "monitor/ddci.html",
        themes=[_theme(theme, figures, named, province) for theme in pack.themes],
        pack=pack,
        first=first,
        last=last,
        compares=compares,
        agencies=named,
    )


def _theme(
    theme: Theme,
    figures: known.Figures,
    named: Sequence[tuple[str, str]],
    province: dict[DdciMeasure, Known],
) -> ThemeView:
    columns = [measure for measure in theme.measures if measure not in OF_PROVINCE]
    found = [(name, [figures[code].get(measure, NOTHING) for measure in columns]) for name, code in named]
    return ThemeView(
        name=local(theme.name),
        columns=[str(MEASURES[measure]) for measure in columns],
        rows=[(name, cells) for name, cells in found if any(cell.n for cell in cells)],
        province=[(str(MEASURES[m]), province[m]) for m in theme.measures if m in OF_PROVINCE],
        missing=local(theme.missing),
    )
