"""The page of one published month or quarter; it reads a release and counts nothing."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from markupsafe import Markup

from feedback_app.catalogue.packs.indicators import IndicatorEdition, Measure
from feedback_app.core import clock, i18n
from feedback_app.core.db import db
from feedback_app.indicators.definitions import IndicatorResult, evaluate
from feedback_app.indicators.labels import FIGURES, MEASURES
from feedback_app.indicators.queries import edition_for
from feedback_app.opendata import queries
from feedback_app.opendata.models import PublicRelease
from feedback_app.statistics.periods import Period, cuts
from feedback_app.statistics.structure import Structure
from feedback_app.web import rendered
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting import periods, switching
from feedback_app.web.presenting.indicators import indicator_views
from feedback_app.web.presenting.public_tables import Tables, tables
from feedback_app.web.presenting.structures import in_present
from feedback_app.web.statistics import blueprint

CALENDAR = 1  # cuts that begin on the first of a month: two that overlap could be subtracted from one another
PUBLISHED_CUTS = (1, 3)


@dataclass(frozen=True, slots=True)
class Month:
    """What is public of one period."""

    release: PublicRelease
    edition: IndicatorEdition
    results: tuple[IndicatorResult, ...]
    tables: Tables
    structure: Structure = Structure.THEN


@blueprint.get("/")
def index() -> str:
    period, wrong = asked_for()
    structure = switching.asked_for()
    release = queries.release(db.session(), period.code)
    return render_template(
        "statistics/index.html",
        period=period,
        wrong=wrong,
        choices=periods.choices(published_periods(), period),
        running=period.last >= clock.today(),
        release=release,
        body=_body(release, structure) if release else "",
        kept=switching.kept(structure) if release else {},
    )


def _body(release: PublicRelease, structure: Structure) -> Markup:
    """Return the figures as they are shown; rendered once for each release, language, structure and catalogue."""
    day = clock.today() if structure is Structure.PRESENT else None
    versions = tuple(sorted(loaded().version_ids.values()))
    key = (release.period, release.sha256, release.snapshot, i18n.language(), structure, day, versions)
    return rendered.get(key, lambda: Markup(_rendered(release, structure)))  # noqa: S704 - our own template


def _rendered(release: PublicRelease, structure: Structure) -> str:
    month = _month(release, structure)
    return render_template(
        "statistics/_month.html",
        month=month,
        period=queries.period_of(release),
        indicators=indicator_views(month.results, month.edition),
        figures=FIGURES,
        measures=MEASURES,
        structures=switching.choices("statistics.index", ky=release.period),
        methodology_url=url_for("statistics.methodology"),
    )


def asked_for() -> tuple[Period, str]:
    """Return the period that the address names, else the newest published month, and what was wrong with the name."""
    known = [
        cut for cut in cuts(loaded().catalogue) if cut.first_day == CALENDAR and cut.months in PUBLISHED_CUTS
    ]
    if request.args.get("ky"):
        return periods.chosen(request.args["ky"], known, newest())
    return newest(), ""


def newest() -> Period:
    """Return the youngest published month, else the last full one."""
    row = queries.newest(db.session())
    return queries.period_of(row) if row else periods.last_full_month(clock.today())


def published_periods() -> list[Period]:
    """Return all that is public, newest first, a quarter before its months."""
    rows = [row for months in PUBLISHED_CUTS for row in queries.releases(db.session(), months)]
    found = [queries.period_of(row) for row in rows]
    return sorted(found, key=lambda period: (period.last, period.months), reverse=True)


def _month(release: PublicRelease, structure: Structure) -> Month:
    edition = edition_for(db.session(), queries.period_of(release))
    results = evaluate(edition, {Measure(name): n for name, n in release.content["totals"].items()})
    shown = tables(release, loaded())
    if structure is Structure.PRESENT:
        shown = in_present(shown, loaded(), clock.today())
    return Month(release, edition, results, shown, structure)
