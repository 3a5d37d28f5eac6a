"""The one page: both indicators, who says that it is solved, what is late and where."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.briefing import queries as briefing
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
from feedback_app.tickets.labels import PROPOSAL_STATES
from feedback_app.tickets.policy import COORDINATING_OFFICES
from feedback_app.tickets.services import backlog as proposing
from feedback_app.tickets.services import projects, promising
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.leadership import blueprint, following, rows
from feedback_app.web.leadership import dashboard_parts as parts
from feedback_app.web.leadership.brief_lines import Reading
from feedback_app.web.presenting import periods, switching
from feedback_app.web.presenting.indicators import indicator_views, sensitive_counts

WEEKS = 8
HEAT_ROWS = 8


@blueprint.get("/")
def index() -> str:
    session, today = db.session(), clock.today()
    period, wrong = _asked_for()
    structure = switching.asked_for()
    figures = _figures(period, structure, today)
    edition = edition_for(session, period)
    results = evaluate(edition, total_counts(figures.by_group)) if figures else ()
    return render_template(
        "leadership/index.html",
        period=period,
        wrong=wrong,
        choices=periods.choices(queries.computed(session), period),
        figures=figures,
        indicators=indicator_views(results, edition),
        sub_indices=parts.sub_indices(edition, results, period.code),
        edition=edition,
        behind=parts.behind_href(results, period.code),
        claims=rows.claims(figures, _labels()) if figures else None,
        sensitive=sensitive_counts(figures) if figures else {},
        structure=structure,
        kept=switching.kept(),
        structures=switching.choices("leadership.index", ky=period.code),
        coordinates=actor().holds(*COORDINATING_OFFICES),
        today=today,
        methodology_url=url_for("statistics.methodology"),
        **_today(today, figures),
        **_weeks(today, structure),
        **_followed(period, today),
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
    return queries.figures(db.session(), period, fields=False)


def _today(today: date, figures: Figures | None) -> dict[str, Any]:
    """Return what is to be decided and what waits: the brief of this morning, else what is late longest."""
    session = db.session()
    newest = briefing.brief(session)
    brief = newest if newest is not None and newest.day == today else None
    late = [] if brief else backlog.most_overdue(session, loaded(), actor(), today)
    waits = backlog.by_leg(session, loaded(), today)
    waiting = backlog.of_agencies(waits)
    return {
        "brief": brief,
        "lines": Reading(brief, actor(), loaded(), today).lines() if brief else None,
        "overdue": rows.overdue_rows(late, loaded(), today),
        "province_queue": rows.province_queue(actor()),
        "waiting": rows.total(waiting),
        "waiting_href": parts.waiting_href,
        "legs": list(parts.LEGS.values()),
        "late": parts.late_lines(waits, loaded()),
        "agencies": rows.agency_rows(waiting, figures, loaded(), actor()),
    }


def _weeks(today: date, structure: Structure) -> dict[str, Any]:
    """Return the backlog at the ends of the last weeks, of the province and of the worst agencies."""
    days = week_ends(today, WEEKS)
    ends = backlog.at_ends(db.session(), days)
    province = ends.pop("", [])
    counts: dict[str, list[int]] = {
        agency: [overdue for _open, overdue in pairs]
        for agency, pairs in ends.items()
        if any(overdue for _open, overdue in pairs)
    }
    if structure is Structure.PRESENT:
        counts = rows.of_heirs(counts, loaded(), today)
    return {
        "weeks": [f"{day:%d/%m}" for day in days],
        "courses": parts.courses(days, province) if province else [],
        "heat": rows.heat(backlog.worst_first(counts, HEAT_ROWS), days, loaded()),
    }


def _followed(period: Period, today: date) -> dict[str, Any]:
    """Return what is followed beside the tickets: obstacles, signals, commitments, dossiers, rules to be changed."""
    session = db.session()
    weighed_on, rising = parts.rising_lines(session, loaded(), actor())
    return {
        "weighed_on": weighed_on,
        "rising": rising,
        "signals": parts.signals(session, loaded()),
        "promised": following.promised(promising.counts(session, today)),
        "dossiers": following.dossier_lines(projects.listed(session, None), period, today),
        "proposals": [
            (PROPOSAL_STATES[state], n) for state, n in sorted(proposing.by_status(session).items())
        ],
    }


def _labels() -> tuple[str, str]:
    return _("Cơ quan báo đã giải quyết, trả lời"), _("Doanh nghiệp xác nhận đã giải quyết")
