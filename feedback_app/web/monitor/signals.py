"""The anti-gaming signals: each agency beside all others, the rule, and the tickets behind a rate."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for

from feedback_app.core.db import db
from feedback_app.monitor import policy, queries
from feedback_app.monitor.labels import Explained, explained
from feedback_app.monitor.queries import Behind
from feedback_app.monitor.rules import Rate, Signal, compare
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.monitor import blueprint
from feedback_app.web.numbers import number
from feedback_app.web.presenting import agency_name, field_name

PATH = "/dau-hieu"
SIZE = 50


@dataclass(frozen=True, slots=True)
class RateLine:
    """One agency beside all others; ``href``: the tickets behind it, None where there are none."""

    name: str
    rate: Rate
    href: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """One signal: those that stand out, and all others."""

    code: str
    told: Explained
    striking: list[RateLine]
    others: list[RateLine]


@dataclass(frozen=True, slots=True)
class TicketLine:
    code: str
    href: str | None
    field: str
    round: int


@blueprint.get(PATH)
def signals() -> str:
    sees_all = policy.oversees(actor())
    own = {loaded().agency_codes[agency_id] for agency_id in policy.own(actor())}
    return render_template(
        "monitor/signals.html",
        mark=queries.mark(db.session()),
        sections=sections(None if sees_all else own),
        limits=loaded().catalogue.monitor,
        sees_all=sees_all,
    )


@blueprint.get(f"{PATH}/<signal>/<agency>")
def behind(signal: str, agency: str) -> str:
    """Show the tickets behind a rate; ends in 404 for an agency that is not the reader's to see."""
    agency_id = loaded().agency_ids.get(agency)
    own = agency_id in policy.own(actor())
    if signal not in set(Signal) or agency_id is None or not (own or policy.oversees(actor())):
        abort(404)
    after = number(request.args, "sau") or 0
    found = queries.cases(db.session(), actor(), Signal(signal), agency, after=after, size=SIZE + 1)
    where: dict[str, Any] = {"signal": signal, "agency": agency}
    following = url_for("monitor.behind", sau=found[SIZE - 1].id, **where) if len(found) > SIZE else None
    return render_template(
        "monitor/behind.html",
        mark=queries.mark(db.session()),
        told=explained(Signal(signal), loaded().catalogue.monitor),
        agency=agency_name(loaded(), agency),
        line=_line(Signal(signal), agency),
        rows=[_ticket(one) for one in found[:SIZE]],
        next_href=following,
    )


def sections(agencies: Collection[str] | None) -> list[Section]:
    """Return the signals with the rates of those agencies, of every one where None are named."""
    limits, found = loaded().catalogue.monitor, []
    for signal, counts in queries.counts(db.session()).items():
        rates = [r for r in compare(counts, limits) if agencies is None or r.agency in agencies]
        lines = [_rate(signal, rate) for rate in rates]
        striking = [line for line in lines if line.rate.striking]
        others = [line for line in lines if not line.rate.striking]
        found.append(Section(signal.value, explained(signal, limits), striking, others))
    return found


def _line(signal: Signal, agency: str) -> RateLine | None:
    counts = queries.counts(db.session())[signal]
    rates = (rate for rate in compare(counts, loaded().catalogue.monitor) if rate.agency == agency)
    return next((_rate(signal, rate) for rate in rates), None)


def _rate(signal: Signal, rate: Rate) -> RateLine:
    where: dict[str, Any] = {"signal": signal.value, "agency": rate.agency}
    href = url_for("monitor.behind", **where) if rate.hits else None
    return RateLine(agency_name(loaded(), rate.agency), rate, href)


def _ticket(one: Behind) -> TicketLine:
    href = url_for("officer.ticket", code=one.code) if one.visible else None
    return TicketLine(one.code, href, field_name(loaded(), one.field), one.round)
