"""Indicators as gauges and rows: a score 0-100 of our own, VCCI's figures in a column of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from feedback_app.catalogue.packs.indicators import IndicatorEdition, Measure, SubIndex
from feedback_app.core.i18n import so
from feedback_app.indicators.definitions import ComponentResult, IndicatorResult, Interval, Status
from feedback_app.indicators.labels import CONFIDENCES, DIRECTIONS, MEASURES
from feedback_app.statistics.figures import Figure
from feedback_app.statistics.queries import Figures
from feedback_app.surveys.rules import LEAST
from feedback_app.web import charts
from feedback_app.web.presenting.names import local


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """One component: share in % with interval, or why there is none."""

    id: str
    label: str
    value: float | None
    interval: Interval | None
    n: str
    minimum_n: int
    weight: int  # %
    definition: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """The arguments of the macro ``gauge`` and the rows under it."""

    code: str
    name: str
    gauge: charts.Gauge
    n: int | str
    official: dict[str, Any]
    partial: str
    components: list[ComponentRow]


def indicator_views(results: Iterable[IndicatorResult], edition: IndicatorEdition) -> list[IndicatorView]:
    """Return the gauges of an edition's indicators."""
    return [_view(result, edition) for result in results]


def count_text(n: int) -> str:
    """Return a number of cases; below 5 not which."""
    return so(n) if n >= LEAST else _("dưới %(least)s", least=LEAST)


def sensitive_counts(figures: Figures) -> dict[str, str]:
    """Return the Inspectorate's sensitive reports; whether there were none or a few is not told."""
    groups = [group for group in figures.by_group if group.sensitive]
    names = (Figure.RECEIVED, Measure.ANSWERED)
    return {name: count_text(sum(figures.count(group, name) for group in groups)) for name in names}


def official(sub_index: SubIndex, edition: IndicatorEdition) -> dict[str, Any]:
    """Return what VCCI measures, on its own scale of 1-10, and the target that the decision prints."""
    target = f"> {so(sub_index.target, 1)}" if sub_index.target else _("không có")
    return {"edition": local(edition.name), "score": sub_index.score, "target": target}


def definition(result: ComponentResult) -> list[tuple[str, str]]:
    """Return the definition of a component as pairs of a word and a sentence."""
    part = result.component
    numerator, denominator = MEASURES[part.numerator], MEASURES[part.denominator]
    mirrors = [(_("Điều PCI hỏi"), local(part.mirrors))] if part.mirrors else []
    return [
        *mirrors,
        (_("Tử số"), f"{numerator.name}. {numerator.meaning}"),
        (_("Mẫu số"), f"{denominator.name}. {denominator.meaning}"),
        (_("Chiều"), str(DIRECTIONS[part.direction])),
        (
            _("Quy đổi"),
            _("%(worst)s %% là 0 điểm, %(best)s %% là 100 điểm", worst=so(part.worst), best=so(part.best)),
        ),
        (_("Trọng số"), f"{so(part.weight * 100)} %"),
        (_("Cần ít nhất"), _("%(n)s trường hợp", n=part.minimum_n)),
        (_("Nguồn"), part.source),
        (_("Độ tin cậy của nguồn"), str(CONFIDENCES[part.confidence])),
    ]


def _view(result: IndicatorResult, edition: IndicatorEdition) -> IndicatorView:
    low, high = result.interval or (0.0, 0.0)
    target = result.indicator.target.score if result.indicator.target else None
    score = None if result.score is None else round(result.score, 1)
    return IndicatorView(
        code=result.indicator.code,
        name=local(result.indicator.name),
        gauge=charts.gauge(score, min(round(low, 1), score or 0), max(round(high, 1), score or 0), target),
        n=count_text(result.n) if score is None else result.n,
        official=official(result.sub_index, edition),
        partial=_partial(result),
        components=[_row(part) for part in result.components],
    )


def _partial(result: IndicatorResult) -> str:
    """Say what a score leaves out, and why there is none."""
    covered = so(round(result.coverage * 100))
    if result.status is Status.PARTIAL:
        return _("Tính từ các thành phần đủ dữ liệu, chiếm %(share)s %% trọng số.", share=covered)
    if result.status is Status.INSUFFICIENT:
        return _(
            "Các thành phần đủ dữ liệu mới chiếm %(share)s %% trọng số, cần ít nhất 60 %%.", share=covered
        )
    return ""


def _row(result: ComponentResult) -> ComponentRow:
    return ComponentRow(
        id=result.component.id,
        label=local(result.component.label),
        value=result.value,
        interval=result.interval,
        n=count_text(result.denominator),
        minimum_n=result.component.minimum_n,
        weight=round(result.component.weight * 100),
        definition=definition(result),
    )
