"""The figures of a period as plain data for other programs, and as lines for the command line."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.catalogue.packs.indicators import IndicatorEdition, Measure
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.indicators.definitions import (
    ComponentResult,
    IndicatorResult,
    Interval,
    Status,
    evaluate,
)
from feedback_app.indicators.queries import edition_for
from feedback_app.statistics import queries
from feedback_app.statistics.figures import Figure, Group, Value, total_counts
from feedback_app.statistics.periods import Period
from feedback_app.statistics.present import present_figures
from feedback_app.statistics.queries import Figures
from feedback_app.statistics.structure import Structure

NOTICE = "Chỉ số nội bộ mang tính dẫn báo, không phải điểm PCI của VCCI."
COUNTS: tuple[str, ...] = (
    Figure.RECEIVED,
    Measure.ANSWERED,
    Figure.IN_TIME,
    Figure.LATE,
    Figure.REJECTED,
    Figure.REDIRECTED,
    Figure.POLICY_BACKLOG,
    Figure.OPEN,
    Figure.OVERDUE,
    Figure.PAUSED,
    Figure.WITHDRAWN,
    Figure.DISPUTED,
    Measure.RATED,
    Measure.SATISFIED_ANSWERED,
    Measure.SOLVED_SAYS_ENTERPRISE,
)
WORDS = {
    Status.COMPLETE: "",
    Status.PARTIAL: " (chưa đủ mọi thành phần)",
    Status.INSUFFICIENT: "chưa đủ dữ liệu",
}


def told(
    session: Session,
    period: Period,
    edition_code: str | None,
    by: str | None,
    structure: Structure = Structure.THEN,
) -> dict[str, Any]:
    """Return the computed figures of ``period``, agencies as they were then or as they are now.

    Raises:
        UnknownEdition: there is no such edition.
    """
    loaded = store.current(session)
    edition = edition_for(session, period, edition_code)
    figures = queries.figures(session, period) or Figures(period, clock.now(), {})
    results = evaluate(edition, total_counts(figures.by_group))
    found = {
        "period": period.code,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "snapshot": figures.snapshot,
        "computed_at": figures.computed_at.isoformat(timespec="seconds"),
        "edition": edition.code,
        "definition_version": edition.version,
        "notice": NOTICE,
        "indicators": [indicator(result, edition) for result in results],
        "totals": counts_of(figures.by_group.get(Group(), {})),
    }
    if by:
        now = structure is Structure.PRESENT
        counted = present_figures(session, loaded, period, clock.today()) if now else figures
        found["structure"] = structure
        found["statistics"] = [*statistics(counted or figures, by, loaded, now=now)]
    return found


def indicator(result: IndicatorResult, edition: IndicatorEdition) -> dict[str, Any]:
    """Return an indicator with its components; what VCCI measures stands under ``official`` alone."""
    return {
        "code": result.indicator.code,
        "sub_index": result.sub_index.number,
        "name": result.indicator.name.vi,
        "components": [component(part, edition) for part in result.components],
        "composite": _rounded(result.score),
        "interval": _interval(result.interval),
        "status": result.status,
        "weight_covered": round(result.coverage, 4),
        "official": {
            "target": result.sub_index.target,
            "target_is": "exceed",
            "score": result.sub_index.score,
            "scale": [1, 10],
        },
    }


def component(result: ComponentResult, edition: IndicatorEdition) -> dict[str, Any]:
    """Return a component: counts, share in % with its interval, and which definition made it."""
    definition = result.component
    return {
        "id": definition.id,
        "label": definition.label.vi,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "n": result.denominator,
        "minimum_n": definition.minimum_n,
        "value": _rounded(result.value),
        "interval": _interval(result.interval),
        "score": _rounded(result.score),
        "weight": definition.weight,
        "status": result.status,
        "measures": {"numerator": definition.numerator, "denominator": definition.denominator},
        "definition_version": f"{edition.code}@{edition.version}",
    }


def statistics(figures: Figures, by: str, loaded: Loaded, *, now: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the figures of each agency or field that has any, in the order of the packs; ``now``: names of today."""
    day = clock.today() if now else min(figures.period.last, clock.today())
    for group, name in _groups(by, loaded, day):
        if group in figures.by_group:
            code = group.agency or group.field
            yield {
                "code": code,
                "name": name,
                "sensitive": group.sensitive,
                **counts_of(figures.by_group[group]),
            }


def counts_of(values: dict[str, Value]) -> dict[str, float | None]:
    """Return the counts of one group, zeros included, and the working days."""
    counts: dict[str, float | None] = {name: values[name].n if name in values else 0 for name in COUNTS}
    for name in (Figure.DAYS_MEDIAN, Figure.DAYS_P90):
        counts[name] = values[name].value if name in values else None
    return counts


def lines(found: dict[str, Any]) -> Iterator[str]:
    """Yield what ``told`` found as lines for people."""
    yield f"Kỳ {found['period']} ({found['from']} – {found['to']}), {found['edition']}@{found['definition_version']}"
    yield NOTICE
    for result in found["indicators"]:
        target = result["official"]["target"]
        official = f"> {target}/10" if target else "chưa có trong nguồn"
        yield f"\n{result['name']}: {_of_100(result)}; mục tiêu PCI chính thức {official}"
        for part in result["components"]:
            yield f"  {part['label']}: {_in_percent(part)}"
    yield f"\nToàn tỉnh: {_counted(found['totals'])}"
    for row in found.get("statistics", ()):
        yield f"  {row['name']}: {_counted(row)}"


def _groups(by: str, loaded: Loaded, day: date) -> Iterator[tuple[Group, str]]:
    if by == "field":
        for field in loaded.catalogue.fields.fields:
            yield Group(field=field.code), field.name.vi
        return
    for agency in loaded.catalogue.agencies.agencies:
        name = agency.named(day).vi
        yield Group(agency=agency.code), name
        yield (
            Group(agency=agency.code, sensitive=True),
            f"{name}: phản ánh chi phí không chính thức, thanh tra chồng chéo",
        )


def _of_100(result: dict[str, Any]) -> str:
    if result["composite"] is None:
        return WORDS[Status.INSUFFICIENT]
    low, high = result["interval"]
    return f"{result['composite']}/100 (khoảng {low}–{high}){WORDS[result['status']]}"


def _in_percent(part: dict[str, Any]) -> str:
    share = f"{part['numerator']}/{part['denominator']}"
    if part["value"] is None:
        return f"{WORDS[Status.INSUFFICIENT]} ({share}, cần ít nhất {part['minimum_n']})"
    low, high = part["interval"]
    return f"{part['value']} % (khoảng {low}–{high}; {share})"


def _counted(row: dict[str, Any]) -> str:
    return (
        f"tiếp nhận {row[Figure.RECEIVED]}, đã trả lời {row[Measure.ANSWERED]} (đúng hạn {row[Figure.IN_TIME]}, "
        f"trễ {row[Figure.LATE]}; trong đó không giải quyết {row[Figure.REJECTED]}, hướng dẫn kênh khác "
        f"{row[Figure.REDIRECTED]}, chờ sửa quy định {row[Figure.POLICY_BACKLOG]}), "
        f"đang mở {row[Figure.OPEN]} (quá hạn {row[Figure.OVERDUE]}, tạm dừng {row[Figure.PAUSED]})"
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _interval(ends: Interval | None) -> list[float] | None:
    return None if ends is None else [round(ends[0], 2), round(ends[1], 2)]
