"""The calendar of a year, of one enterprise, and where plans collide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from feedback_app.catalogue.packs.inspections import Form
from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.core.errors import NotFound
from feedback_app.inspections import queries
from feedback_app.inspections.entries import normal_tax_code
from feedback_app.inspections.labels import FORMS, STATES
from feedback_app.inspections.models import InspectionVisit
from feedback_app.inspections.queries import SIZE, Filters
from feedback_app.inspections.rules import State, findings
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.inspectorate.calendar import blueprint
from feedback_app.web.inspectorate.calendar.shown import (
    FindingView,
    VisitView,
    finding_view,
    inviting,
    visit_view,
)
from feedback_app.web.presenting import agency_name, status_meta

SHOWN = 100  # enterprises on the page of collisions


@dataclass(frozen=True, slots=True)
class Clash:
    """What is to be looked at of one enterprise in the year."""

    enterprise: str
    tax_code: str
    findings: list[FindingView]

    @property
    def visits(self) -> list[VisitView]:
        """The visits that the findings are about, each once."""
        told = {visit.code + visit.agency: visit for finding in self.findings for visit in finding.visits}
        return list(told.values())

    @property
    def inviting(self) -> list[str]:
        """Whom to bring together while there is something to be changed."""
        return inviting(self.findings)

    @property
    def weight(self) -> tuple[bool, int]:
        """For the order of the page: what can still be changed, and the broken rule, come first."""
        return not any(f.open for f in self.findings), -sum(f.tone == "late" for f in self.findings)


@blueprint.get("/")
def index() -> str:
    session, filters = db.session(), _filters()
    found = queries.listed(session, actor(), filters, after=_after())
    clashing = {clash.tax_code for clash in _clashes(filters.year, {v.tax_code for v in found})}
    return render_template(
        "inspectorate/calendar/index.html",
        rows=[(visit_view(visit), visit.tax_code in clashing) for visit in found[:SIZE]],
        counted=_counted(queries.counts(session, actor(), filters)),
        next_href=_href(after=found[SIZE - 1].id) if len(found) > SIZE else None,
        first_href=_href() if "after" in request.args else None,
        **_bar(filters),
    )


@blueprint.get("/can-phoi-hop")
def collisions() -> str:
    filters = _filters()
    wanted = loaded().agency_codes.get(filters.agency_id) if filters.agency_id else None
    found = _clashes(filters.year, None, agency=wanted)
    return render_template(
        "inspectorate/calendar/collisions.html", clashes=found[:SHOWN], number=len(found), **_bar(filters)
    )


@blueprint.get("/doanh-nghiep/<tax_code>")
def enterprise(tax_code: str) -> str:
    session, code = db.session(), normal_tax_code(tax_code)
    if code is None:
        raise NotFound(tax_code)
    visits = queries.of_enterprise(session, actor(), code)
    by_year: dict[int, list[InspectionVisit]] = {}
    for visit in visits:
        by_year.setdefault(visit.year, []).append(visit)
    return render_template(
        "inspectorate/calendar/enterprise.html",
        tax_code=code,
        name=visits[0].enterprise if visits else "",
        years=[
            (year, [visit_view(v) for v in told], found, inviting(found), _rule(year))
            for year, told in by_year.items()
            for found in [_findings(told, year)]
        ],
        tickets=[(t, status_meta(t.status)) for t in queries.open_tickets(session, actor(), code)],
        kin=queries.kin(session, actor(), code),
    )


def _clashes(year: int, only: set[str] | None, *, agency: str | None = None) -> list[Clash]:
    """Return the enterprises of the year with something to be looked at, what can still be changed first."""
    told = queries.crowded(db.session(), actor(), year, only=only)
    found = [
        Clash(visits[-1].enterprise, code, _findings(visits, year, agency)) for code, visits in told.items()
    ]
    return sorted(
        (clash for clash in found if clash.findings), key=lambda clash: (clash.weight, clash.tax_code)
    )


def _findings(visits: Sequence[InspectionVisit], year: int, agency: str | None = None) -> list[FindingView]:
    rule = _rule(year)
    seen = findings((queries.entry_of(visit, loaded()).as_visit(visit.id) for visit in visits), rule)
    wanted = [finding for finding in seen if agency is None or agency in finding.agencies]
    if not wanted:
        return []
    views = {visit.id: visit_view(visit) for visit in visits}
    return [finding_view(finding, views, year, rule) for finding in wanted]


def _rule(year: int) -> Any:
    return loaded().catalogue.inspections.rule_of(year)


def _counted(numbers: dict[tuple[str, str], int]) -> list[dict[str, Any]]:
    """Return, for each form, how many visits are planned and done: the two are never added up."""
    return [
        {
            "form": FORMS[form],
            "planned": numbers.get((form, State.PLANNED), 0),
            "done": numbers.get((form, State.DONE), 0),
        }
        for form in Form
    ]


def _filters() -> Filters:
    given = request.args
    year = given.get("nam", "")
    agency = loaded().agency_ids.get(given.get("co_quan", ""))
    form, state = given.get("hinh_thuc", ""), given.get("trang_thai", "")
    return Filters(
        year=int(year)
        if year.isascii() and year.isdigit() and len(year) == len("2026")
        else clock.today().year,
        agency_id=agency,
        form=form if form in set(Form) else "",
        state=state if state in set(State) else "",
        words=given.get("q", "")[:100],
    )


def _bar(filters: Filters) -> dict[str, Any]:
    """Return what the filters of the page offer and what the rule of the year says."""
    session, year = db.session(), filters.year
    years = sorted({*queries.years(session, actor()), clock.today().year, year}, reverse=True)
    agencies = queries.agency_ids(session, actor(), year) | ({filters.agency_id} - {None})
    named = sorted((agency_name(loaded(), a), loaded().agency_codes[a]) for a in agencies if a is not None)
    return {
        "filters": filters,
        "agency": loaded().agency_codes.get(filters.agency_id or 0, ""),
        "years": [(y, y) for y in years],
        "agencies": [("", _("Tất cả")), *((code, name) for name, code in named)],
        "forms": [("", _("Cả hai")), *((form.value, str(label)) for form, label in FORMS.items())],
        "states": [("", _("Tất cả")), *((state.value, str(label)) for state, label in STATES.items())],
        "rule": _rule(year),
        "year": year,
    }


def _after() -> InspectionVisit | None:
    given = request.args.get("after", "")
    if not (given.isascii() and given.isdigit() and len(given) < len("1" + "0" * 15)):
        return None
    try:
        return queries.one(db.session(), actor(), int(given))
    except NotFound:
        return None


def _href(**more: Any) -> str:
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if name != "after"}
    return url_for("inspections.index", **kept, **more)
