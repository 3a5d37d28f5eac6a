"""What moves an indicator, as rows: components with what stands behind them, contributions, absences, what if."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from feedback_app.catalogue.packs.indicators import Component
from feedback_app.indicators.contributions import OF_NONE, Contribution, LeftOut, Part
from feedback_app.indicators.counterfactual import Candidate, WhatIf
from feedback_app.indicators.definitions import ComponentResult, IndicatorResult, Interval
from feedback_app.indicators.ledger import SENSITIVE, Which, has_cases
from feedback_app.web import charts
from feedback_app.web.presenting.indicators import count_text, definition
from feedback_app.web.presenting.names import local

# where the cases of a component, of all or of one group, are listed: (component, which, group)
Address = Callable[[Component, Which, str], str | None]


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """One component of an indicator; addresses are None where no list may stand behind the number."""

    id: str
    label: str
    mirrors: str
    value: float | None
    interval: Interval | None
    score: float | None
    numerator: int | None
    n: str
    minimum_n: int
    weight: int  # %
    points: float | None  # that it takes from 100
    numerator_href: str | None
    all_href: str | None
    others_href: str | None
    unlinkable: bool
    definition: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PartLine:
    label: str
    numerator: int
    denominator: int
    points: float
    href: str | None


@dataclass(frozen=True, slots=True)
class ContributionLine:
    name: str
    points: float
    bar: charts.Bar
    parts: list[PartLine]


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    name: str
    score: float | None
    change: float | None


@dataclass(frozen=True, slots=True)
class WhatIfLine:
    name: str
    told: WhatIf
    href: str


def component_lines(result: IndicatorResult, address: Address) -> list[ComponentLine]:
    return [_component(part, result, address) for part in result.components]


def contribution_lines(
    result: IndicatorResult, found: Sequence[Contribution], name: Callable[[str], str], address: Address
) -> list[ContributionLine]:
    """Return the contributions, most first; ``name``: of a group, also of what is of none (``""``)."""
    longest = max((abs(one.points) for one in found), default=0)
    labels = {part.component.id: part.component for part in result.components}
    return [
        ContributionLine(
            name=name(one.group),
            points=rounded(one.points),
            bar=charts.bars([(one.group, max(one.points, 0))], longest)[0],
            parts=[
                _part(part, labels[part.component], one.group, address)
                for part in sorted(one.parts, key=lambda own: -abs(own.points))
                if rounded(part.points)
            ],
        )
        for one in found
    ]


def absence_lines(found: Iterable[LeftOut], name: Callable[[str], str]) -> list[AbsenceLine]:
    return [
        AbsenceLine(name(left.agency), left.score, None if left.change is None else rounded(left.change))
        for left in found
    ]


def rounded(points: float) -> float:
    """Return points as they are shown: one decimal, no minus before a zero."""
    return round(points, 1) + 0.0


def by_group(
    candidates: Iterable[Candidate], group: Callable[[Candidate], str]
) -> dict[str, list[Candidate]]:
    """Return the candidates by agency or by field, those with the most first."""
    found: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        found.setdefault(group(candidate), []).append(candidate)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def what_if_lines(
    told: Mapping[str, WhatIf], name: Callable[[str], str], href: Callable[[str], str]
) -> list[WhatIfLine]:
    """Return one line a group, those that would gain the most first."""
    lines = [WhatIfLine(name(code), one, href(code)) for code, one in told.items()]
    return sorted(lines, key=lambda line: (line.told.before - line.told.after, line.name))


def settling_words(told: WhatIf | None) -> str:
    """Return the sentence before the two scores; nothing where nothing can be settled."""
    if told is None:
        return ""
    return ngettext(
        "Giải quyết được %(num)s phiếu này, theo xác nhận của doanh nghiệp:",
        "Giải quyết được %(num)s phiếu này, theo xác nhận của doanh nghiệp:",
        told.tickets,
    )


def group_name(name: Callable[[str], str], none: str) -> Callable[[str], str]:
    """Return the way to name a group, ``none`` for what is of no group."""
    return lambda code: none if code == OF_NONE else name(code)


def of_no_agency() -> str:
    return _("Không gắn với một cơ quan: câu hỏi ẩn danh, phiếu chưa giao")


def of_no_field() -> str:
    return _("Không gắn với một lĩnh vực: câu hỏi ẩn danh, phản ánh bảo mật riêng")


def _component(part: ComponentResult, result: IndicatorResult, address: Address) -> ComponentLine:
    component, counted = part.component, part.value is not None
    listed = has_cases(component) and (counted or component.denominator not in SENSITIVE)
    shown = listed or counted
    points = None
    if part.score is not None and result.score is not None:
        points = component.weight / result.coverage * (100 - part.score)
    return ComponentLine(
        id=component.id,
        label=local(component.label),
        mirrors=local(component.mirrors) if component.mirrors else "",
        value=part.value,
        interval=part.interval,
        score=part.score,
        numerator=part.numerator if shown else None,
        n=count_text(part.denominator),
        minimum_n=component.minimum_n,
        weight=round(component.weight * 100),
        points=points,
        numerator_href=address(component, Which.NUMERATOR, "") if shown else None,
        all_href=address(component, Which.ALL, "") if shown else None,
        others_href=address(component, Which.OTHERS, "") if listed else None,
        unlinkable=not has_cases(component),
        definition=definition(part),
    )


def _part(part: Part, component: Component, group: str, address: Address) -> PartLine:
    return PartLine(
        label=local(component.label),
        numerator=part.numerator,
        denominator=part.denominator,
        points=rounded(part.points),
        href=address(component, Which.OTHERS, group) if group and has_cases(component) else None,
    )
