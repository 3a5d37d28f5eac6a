"""The indicator ledger: from a figure to its tickets or survey cells, and to the definition that made it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for

from feedback_app.catalogue.packs.indicators import FROM_OUTSIDE, Component, Measure
from feedback_app.core.db import db
from feedback_app.indicators import ledger
from feedback_app.indicators.counterfactual import Candidate, what_if
from feedback_app.indicators.definitions import ComponentResult
from feedback_app.indicators.labels import MEASURES
from feedback_app.indicators.ledger import Named, Which
from feedback_app.statistics import queries
from feedback_app.statistics.facts import CaseFact
from feedback_app.statistics.periods import Period, months_of, quarters_of
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.leadership import blueprint, sub_indices
from feedback_app.web.leadership.asking import EDITION, Asked, asked_for
from feedback_app.web.presenting import agency_name, field_name, local, moving
from feedback_app.web.presenting.indicators import count_text, definition

SIZE = 50
KEPT = ("ky", EDITION, "phan", "co_quan", "linh_vuc")
_MARK = re.compile(r"(\d{1,17})-(\d{1,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One round of a ticket; ``href`` where the reader may open it."""

    code: str
    href: str | None
    field: str
    agency: str
    fact: CaseFact
    inside: bool | None = None


@dataclass(frozen=True, slots=True)
class CellLine:
    """The answers of one month, or of one quarter, that nobody can trace."""

    period: Period
    numerator: int
    denominator: int


@blueprint.get("/chi-so/<code>/<component>")
def cases(code: str, component: str) -> str:
    """Show what stands behind one component: its tickets, a page at a time, or its survey cells."""
    asked = asked_for()
    sub = asked.sub_index(code)
    result = asked.result_of(sub)
    part = next((own for own in result.components if own.component.id == component), None) if result else None
    if part is None:
        abort(404)
    which = _which()
    told = _listed(asked, part, which) if ledger.has_cases(part.component) else _cells(asked, part)
    return render_template(
        "leadership/ledger.html",
        asked=asked,
        sub=sub,
        name=local(sub.name),
        part=part,
        label=local(part.component.label),
        which=which,
        ways=_ways(asked, code, component),
        definition=definition(part),
        counted=[MEASURES[part.component.numerator], MEASURES[part.component.denominator]],
        n=count_text(part.denominator),
        definitions_url=url_for("statistics.methodology", **asked.place, _anchor=component),
        **told,
    )


@blueprint.get("/chi-so/<code>/neu-giai-quyet")
def settling(code: str) -> str:
    """Show the tickets whose settling is meant, with what it would make of the score."""
    asked = asked_for()
    sub = asked.sub_index(code)
    result = asked.result_of(sub) or abort(404)
    agency, field = _narrowed()
    found, capped = sub_indices.found_candidates(asked, result)
    chosen = [one for one in found if agency in (None, one.fact.agency) and field in (None, one.fact.field)]
    told = what_if(result, chosen)
    rows = ledger.named(db.session(), [one.fact for one in chosen[:SIZE]], actor())
    return render_template(
        "leadership/settling.html",
        asked=asked,
        sub=sub,
        name=local(sub.name),
        told=told,
        capped=capped,
        words=moving.settling_words(told),
        rows=_lines(rows),
        kinds=_kinds(chosen),
        more=max(len(chosen) - SIZE, 0),
        kept_back=len(rows) < min(len(chosen), SIZE),
        narrowed=_names(),
    )


def _listed(asked: Asked, part: ComponentResult, which: Which) -> dict[str, Any]:
    agency, field = _narrowed()
    wanted = ledger.Asked(part.component, which, agency, field)
    page = ledger.page(db.session(), wanted, actor(), asked.period, asked.today, _after(), SIZE)
    following = page.following and url_for(
        "leadership.cases", **(_arguments() | {"sau": f"{page.following[0]}-{page.following[1]}"})
    )
    return {
        "rows": _lines(page.rows, asked, part.component),
        "kept_back": page.kept_back,
        "next_href": following,
        "narrowed": _names(),
    }


def _cells(asked: Asked, part: ComponentResult) -> dict[str, Any]:
    """Return the sums by month, of tables from outside by quarter; what is open or too few is not among them."""
    outside = part.component.denominator in FROM_OUTSIDE
    found = []
    for period in quarters_of(asked.period) if outside else months_of(asked.period):
        cells = queries.beside_cases(db.session(), period, asked.today)
        if part.component.denominator in cells:
            numerator = cells.get(part.component.numerator)
            n = cells[part.component.denominator].n
            found.append(CellLine(period, numerator.n if numerator else 0, n))
    return {"cells": found, "narrowed": "", "outside": outside}


def _lines(
    rows: Iterable[Named], asked: Asked | None = None, component: Component | None = None
) -> list[TicketLine]:
    return [
        TicketLine(
            code=row.code,
            href=url_for("officer.ticket", code=row.code) if row.visible else None,
            field=field_name(loaded(), row.fact.field),
            agency=agency_name(loaded(), row.fact.agency),
            fact=row.fact,
            inside=ledger.is_in_numerator(row.fact, component, asked.period, asked.today)
            if asked and component
            else None,
        )
        for row in rows
    ]


def _kinds(chosen: Iterable[Candidate]) -> dict[str, int]:
    """Return how many are answered but not settled, and how many wait."""
    found = {"rated": 0, "open": 0}
    for one in chosen:
        found["rated" if Measure.ANSWERED not in one.change else "open"] += 1
    return found


def _which() -> Which:
    asked = request.args.get("phan", Which.ALL)
    return Which(asked) if asked in set(Which) else Which.ALL


def _narrowed() -> tuple[str | None, str | None]:
    """Return agency and field that the address names; ends in 404 for a code that is none."""
    agency, field = request.args.get("co_quan") or None, request.args.get("linh_vuc") or None
    fields = {known.code for known in loaded().catalogue.fields.fields}
    if (agency and agency not in loaded().agency_ids) or (field and field not in fields):
        abort(404)
    return agency, field


def _names() -> str:
    agency, field = _narrowed()
    names = [agency_name(loaded(), agency)] if agency else []
    return " · ".join(names + ([field_name(loaded(), field)] if field else []))


def _after() -> ledger.Mark:
    """Return where the page begins; a mark that is none is the beginning."""
    match = _MARK.fullmatch(request.args.get("sau", ""))
    return (int(match[1]), int(match[2])) if match else ledger.START


def _arguments() -> dict[str, Any]:
    """Return what the address says, so that the next page keeps it."""
    return {name: request.args[name] for name in KEPT if request.args.get(name)} | (request.view_args or {})


def _ways(asked: Asked, code: str, component: str) -> list[tuple[Which, str]]:
    narrowed: dict[str, Any] = {
        key: request.args[key] for key in ("co_quan", "linh_vuc") if request.args.get(key)
    }
    return [
        (
            which,
            url_for(
                "leadership.cases", code=code, component=component, phan=which, **narrowed, **asked.place
            ),
        )
        for which in Which
    ]
