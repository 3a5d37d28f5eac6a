"""The sub-indices: which are measured here and which are not; for each measured one, what moves it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from feedback_app.catalogue.packs.indicators import Component, IndicatorEdition, SubIndex
from feedback_app.core.db import db
from feedback_app.core.i18n import so
from feedback_app.indicators import queries as indicators
from feedback_app.indicators.contributions import (
    Contribution,
    contributions,
    counts_by_agency,
    counts_by_field,
    leave_one_out,
)
from feedback_app.indicators.counterfactual import Candidate, WhatIf, candidates, what_if
from feedback_app.indicators.definitions import IndicatorResult, edition_of, evaluate
from feedback_app.indicators.ledger import Which
from feedback_app.statistics import queries
from feedback_app.statistics.figures import total_counts
from feedback_app.statistics.periods import Period
from feedback_app.web.catalogue import loaded
from feedback_app.web.leadership import blueprint
from feedback_app.web.leadership.asking import Asked, asked_for, editions
from feedback_app.web.presenting import agency_name, field_name, local, moving, periods
from feedback_app.web.presenting.history import History, history, months_to, quarters_to
from feedback_app.web.presenting.indicators import indicator_views, official


@blueprint.get("/chi-so")
def sub_indices() -> str:
    asked = asked_for()
    results = {result.sub_index.number: result for result in asked.results()}
    rows = [
        (sub, local(sub.name), official(sub, asked.edition), results.get(sub.number))
        for sub in asked.edition.sub_indices
    ]
    unnamed = (asked.edition.number_of_sub_indices or len(rows)) - len(rows)
    return _page("sub_indices", asked, rows=rows, unnamed=unnamed)


@blueprint.get("/chi-so/<code>")
def sub_index(code: str) -> str:
    asked = asked_for()
    sub = asked.sub_index(code)
    result = asked.result_of(sub)
    told = _measured(asked, result) if result else {}
    return _page(
        "sub_index", asked, sub=sub, name=local(sub.name), official=official(sub, asked.edition), **told
    )


def found_candidates(asked: Asked, result: IndicatorResult) -> tuple[list[Candidate], str]:
    """Return the rounds whose settling would raise the score of the period, and a word on those not looked at."""
    found = indicators.unsettled(db.session(), asked.period, asked.today)
    capped = found.is_capped and _(
        "Chỉ xét %(most)s phiếu được đánh giá gần nhất và %(most)s phiếu sắp đến hạn nhất; còn phiếu chưa xét.",
        most=so(indicators.MOST),
    )
    return candidates(result, found.facts, asked.period, asked.today), capped or ""


def agency_label(code: str) -> str:
    return moving.group_name(lambda own: agency_name(loaded(), own), moving.of_no_agency())(code)


def field_label(code: str) -> str:
    return moving.group_name(lambda own: field_name(loaded(), own), moving.of_no_field())(code)


def _page(template: str, asked: Asked, **told: Any) -> str:
    return render_template(
        f"leadership/{template}.html",
        asked=asked,
        period=asked.period,
        choices=periods.choices(queries.computed(db.session()), asked.period),
        editions=editions("leadership.sub_indices", asked),
        definitions_url=url_for("statistics.methodology", **asked.place),
        **told,
    )


def _measured(asked: Asked, result: IndicatorResult) -> dict[str, Any]:
    """Return what is shown of a sub-index that is measured."""
    (view,) = indicator_views([result], asked.edition)
    groups = asked.figures.by_group if asked.figures else {}
    by_agency, by_field = counts_by_agency(groups), counts_by_field(groups)
    found, capped = found_candidates(asked, result)
    settling = what_if(result, found)
    return {
        "result": result,
        "view": view,
        "components": moving.component_lines(result, _address(asked, result)),
        "agencies": _contributed(asked, result, contributions(result, by_agency), "co_quan"),
        "fields": _contributed(asked, result, contributions(result, by_field), "linh_vuc"),
        "absences": moving.absence_lines(
            leave_one_out(result, total_counts(groups), by_agency), agency_label
        ),
        "settling": settling,
        "capped": capped,
        "settling_words": moving.settling_words(settling),
        "settling_by_agency": _what_ifs(asked, result, found, "co_quan"),
        "settling_by_field": _what_ifs(asked, result, found, "linh_vuc"),
        "histories": _histories(asked, result),
    }


def _contributed(
    asked: Asked, result: IndicatorResult, found: Sequence[Contribution], key: str
) -> list[moving.ContributionLine]:
    name = agency_label if key == "co_quan" else field_label
    return moving.contribution_lines(result, found, name, _address(asked, result, key))


def _address(asked: Asked, result: IndicatorResult, key: str = "") -> moving.Address:
    def address(component: Component, which: Which, group: str) -> str:
        narrowed: dict[str, Any] = {key: group} if key and group else {}
        where: dict[str, Any] = {"code": result.sub_index.code, "component": component.id, "phan": which}
        return url_for("leadership.cases", **where, **narrowed, **asked.place)

    return address


def _what_ifs(
    asked: Asked, result: IndicatorResult, found: list[Candidate], key: str
) -> list[moving.WhatIfLine]:
    agency = key == "co_quan"
    groups = moving.by_group(found, lambda one: (one.fact.agency or "") if agency else one.fact.field)
    told: Mapping[str, WhatIf] = {
        code: one for code, own in groups.items() if code and (one := what_if(result, own))
    }

    def href(code: str) -> str:
        narrowed: dict[str, Any] = {key: code} | asked.place
        return url_for("leadership.settling", code=result.sub_index.code, **narrowed)

    return moving.what_if_lines(told, agency_label if agency else field_label, href)


def _histories(asked: Asked, result: IndicatorResult) -> list[History]:
    """Return the histories by month and by quarter, each period by the definitions that it is shown by."""
    months, quarters = months_to(asked.period), quarters_to(asked.period)
    counts = indicators.counts_over(db.session(), [*months, *quarters])
    frozen = indicators.snapshots(db.session(), list(counts))
    in_force = edition_of(loaded().catalogue.indicators, asked.edition.code)
    results = {
        period: _again(asked, period, own, None if period in frozen else in_force, result.sub_index)
        for period, own in counts.items()
    }
    known = {period: one for period, one in results.items() if one}
    href = _same_page(asked, result)
    return [
        history("thang", _("Theo tháng"), months, known, frozen, href),
        history("quy", _("Theo quý"), quarters, known, frozen, href),
    ]


def _again(
    asked: Asked, period: Period, counts: indicators.Counts, in_force: IndicatorEdition | None, sub: SubIndex
) -> IndicatorResult | None:
    """Return the indicator in another period; ``in_force`` None: by the definitions it was frozen with."""
    edition = in_force or indicators.edition_for(db.session(), period, asked.edition.code)
    return next((r for r in evaluate(edition, counts) if r.sub_index.number == sub.number), None)


def _same_page(asked: Asked, result: IndicatorResult) -> Callable[[Period], str]:
    return lambda period: url_for(
        "leadership.sub_index", code=result.sub_index.code, ky=period.code, **asked.kept
    )
