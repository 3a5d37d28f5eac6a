"""The one page: both indicators, who says that it is solved, what is late and where."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.core.errors import Forbidden
from feedback_app.indicators.definitions import evaluate
from feedback_app.indicators.queries import edition_for
from feedback_app.statistics import backlog, queries, refreshing
from feedback_app.statistics.figures import total_counts
from feedback_app.statistics.periods import Period, cuts, week_ends
from feedback_app.statistics.present import present_figures
from feedback_app.statistics.queries import Figures
from feedback_app.statistics.structure import Structure
from feedback_app.tickets.policy import COORDINATING_OFFICES
from feedback_app.tickets.services import projects, promising
from feedback_app.web import charts
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.leadership import blueprint, following, rows
from feedback_app.web.presenting import periods, switching
from feedback_app.web.presenting.indicators import indicator_views, sensitive_counts

WEEKS = 8
HEAT_ROWS = 10


@blueprint.get("/")
def index() -> str:
    session, today = db.session(), clock.today()
    period, wrong = _asked_for()
    structure = switching.asked_for()
    figures = _figures(period, structure, today)
    waiting = backlog.waiting_now(session, loaded(), today)
    edition = edition_for(session, period)
    results = evaluate(edition, total_counts(figures.by_group)) if figures else ()
    return render_template(
        "leadership/index.html",
        period=period,
        wrong=wrong,
        choices=periods.choices(queries.computed(session), period),
        figures=figures,
        edition=edition,
        indicators=indicator_views(results, edition),
        claims=rows.claims(figures, _labels()) if figures else None,
        sensitive=sensitive_counts(figures) if figures else {},
        waiting=rows.total(waiting),
        agencies=rows.agency_rows(waiting, figures, loaded(), actor()),
        overdue=rows.overdue_rows(backlog.most_overdue(session, loaded(), actor(), today), loaded(), today),
        heat=_heat(today, structure),
        structure=structure,
        kept=switching.kept(),
        structures=switching.choices("leadership.index", ky=period.code),
        promised=following.promised(promising.counts(session, today)),
        dossiers=following.dossier_lines(projects.listed(session, None), period, today),
        province_queue=rows.province_queue(actor()),
        coordinates=actor().holds(*COORDINATING_OFFICES),
        today=today,
        methodology_url=url_for("statistics.methodology"),
    )


@blueprint.post("/tinh-lai")
def refresh() -> Response:
    """Compute anew what the nightly job computes. Raises Forbidden for all but the coordinating offices."""
    if not actor().holds(*COORDINATING_OFFICES):
        raise Forbidden
    refreshing.refresh(clock.now())
    flash(_("Đã tính lại số liệu từ các phiếu đến thời điểm này."), "success")
    return redirect(url_for("leadership.index", ky=request.args.get("ky"), **switching.kept()))


def _asked_for() -> tuple[Period, str]:
    """Return the period that the address names, else the last full month, and what was wrong with the name."""
    known = cuts(loaded().catalogue)
    return periods.chosen(request.args.get("ky"), known, periods.last_full_month(clock.today()))


def _figures(period: Period, structure: Structure, today: date) -> Figures | None:
    if structure is Structure.PRESENT:
        return present_figures(db.session(), loaded(), period, today)
    return queries.figures(db.session(), period)


def _heat(today: date, structure: Structure) -> charts.Heat:
    days = week_ends(today, WEEKS)
    counts = backlog.overdue_at(db.session(), days)
    if structure is Structure.PRESENT:
        counts = rows.of_heirs(counts, loaded(), today)
    worst = backlog.worst_first(counts, HEAT_ROWS)
    return rows.heat(worst, days, loaded())


def _labels() -> tuple[str, str]:
    return _("Cơ quan báo đã giải quyết, trả lời"), _("Doanh nghiệp xác nhận đã giải quyết")
