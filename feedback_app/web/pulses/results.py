"""Results of invited pulses for everybody: of quarters that are closed, as they were written for good."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import render_template, request, url_for
from flask_babel import gettext as _

from feedback_app.catalogue.packs.pulses import PulsesPack, Share, ShareCode
from feedback_app.core.db import db
from feedback_app.indicators.definitions import Interval, wilson
from feedback_app.pulses import queries
from feedback_app.pulses.labels import SHARES
from feedback_app.pulses.results import REST, classes
from feedback_app.pulses.rules import span
from feedback_app.pulses.weighting import Weighted
from feedback_app.statistics.periods import containing
from feedback_app.web import charts
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting import field_name, local
from feedback_app.web.pulses import blueprint

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One weighted share in % with its interval; ``value`` None: too few answers."""

    label: str
    question: str
    value: float | None
    interval: Interval | None
    n: int | None
    effective: int


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field: its response rate, and its shares in % as far as they may be shown."""

    name: str
    invited: int
    answered: int
    shares: list[float | None]

    @property
    def rate(self) -> float | None:
        return rate(self.answered, self.invited)


@blueprint.get("/")
def index() -> str:
    found = queries.results(db.session())
    quarter = request.args.get("quy", "")
    quarter = quarter if quarter in found else next(iter(found), "")
    content = found.get(quarter)
    return render_template(
        "pulses/results.html",
        quarters=[(code, _label(code), url_for("pulses.index", quy=code)) for code in found],
        quarter=quarter,
        label=_label(quarter) if quarter else "",
        pack=_pack(),
        content=content,
        **(_told(content) if content else {}),
    )


def _told(content: Content) -> dict[str, Any]:
    pack, lines = _pack(), list(_lines(content))
    bars = [(line.label, round(line.value, 1)) for line in lines if line.value is not None]
    return {
        "lines": lines,
        "bars": charts.bars(bars, longest=100),
        "fields": list(_fields(content, pack)),
        "heads": [str(SHARES[ShareCode(one["code"])]) for one in content["shares"]],
        "details": list(_details(content, pack)),
        "rate": rate(content["answered"], content["invited"]),
    }


def rate(answered: int | None, invited: int) -> float | None:
    """Return the response rate in %; None where too few answered to say how many."""
    return None if answered is None or not invited else round(100 * answered / invited, 1)


def _lines(content: Content) -> Iterator[ShareLine]:
    for one in content["shares"]:
        share = Weighted(one["n"] or 0, one["share"], one["effective"] or 0.0)
        good, n = share.whole
        value = None if one["share"] is None else 100 * good / n  # as the indicators count it
        interval = wilson(good, n) if value is not None else None
        text = local(_pack().question(one["question"]).text)
        yield ShareLine(str(SHARES[ShareCode(one["code"])]), text, value, interval, one["n"], n)


def _fields(content: Content, pack: PulsesPack) -> Iterator[FieldLine]:
    shares = {share.code: (q.code, share) for q in pack.questions for share in q.shares}
    for line in content["fields"]:
        found = [
            _share_of(content, line["field"], *shares[ShareCode(one["code"])], pack)
            for one in content["shares"]
        ]
        name = _("Các lĩnh vực khác") if line["field"] == REST else field_name(loaded(), line["field"])
        yield FieldLine(name, line["invited"], line["answered"], found)


def _share_of(content: Content, field: str, question: str, share: Share, pack: PulsesPack) -> float | None:
    """Return the share within one field in %, without weights; None where a count that it takes is hidden."""
    counts = {option: n for name, option, n in content["tables"].get(question) or () if name == field}
    kinds = classes(pack.question(question))
    good, of = ({kinds[code] for code in codes} for codes in (share.numerator, share.denominator))
    if any(counts.get(kind) is None for kind in of):
        return None
    total = sum(cast("int", counts[kind]) for kind in of)
    return round(100 * sum(cast("int", counts[kind]) for kind in good) / total, 1)


def _details(content: Content, pack: PulsesPack) -> Iterator[tuple[str, list[tuple[str, int | None]]]]:
    for question in pack.questions:
        if counts := content["details"].get(question.code):
            options = [(local(o.name), counts[o.code]) for o in question.options if o.code in counts]
            yield local(question.text), options


def _label(quarter: str) -> str:
    return local(containing(span(quarter)[0], months=3).label)


def _pack() -> PulsesPack:
    return loaded().catalogue.pulses
