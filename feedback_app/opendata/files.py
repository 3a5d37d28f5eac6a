"""A release as files for machines: one line a figure, hidden ones marked and never zero. Pure.

The same release gives the same bytes, whatever language its reader speaks.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from feedback_app.disclosure import MINIMUM
from feedback_app.indicators.definitions import ComponentResult, IndicatorResult
from feedback_app.opendata.rules import AGENCY, FIELD, NOBODY, PROVINCE, Shown
from feedback_app.opendata.stored import Days
from feedback_app.statistics.figures import Figure

HEAD = (
    "period", "group", "code", "name_vi", "name_en", "measure", "value", "low", "high", "n", "status", "note",
)  # fmt: skip
HIDDEN, PUBLISHED = "an", "cong_bo"
NOTE = (
    "Ẩn: số dưới 5, hoặc số mà từ đó suy ra được một số dưới 5; không phải là 0 / "
    "Hidden: below 5, or a number that would give one below 5 away; it is not 0"
)
UNASSIGNED = "chua_phan_cong"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"  # by which spreadsheets know UTF-8

Line = tuple[object, ...]
Names = Callable[[str, str], tuple[str, str]]  # (agency | field | province, code) → Vietnamese, English


def lines(
    period: str, found: Shown, days: Days, results: Iterable[IndicatorResult], names: Names
) -> list[Line]:
    """Return every figure of a release, province first."""
    told = [(period, *_indicator(result)) for result in results]
    told += [(period, *_component(part)) for result in results for part in result.components]
    order = {PROVINCE: 0, AGENCY: 1, FIELD: 2}
    for kind, code in sorted(found, key=lambda row: (order[row[0]], row[1])):
        own = found[kind, code]
        if not all(n == 0 for n in own.values()):
            head = (period, kind, UNASSIGNED if code == NOBODY else code, *names(kind, code))
            told += [(*head, *rest) for rest in _figures(own, days.get(_group(kind, code)))]
    return told


def as_csv(told: Iterable[Line]) -> bytes:
    """Return the lines as a CSV file; a cell that looks like a formula is text."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    writer.writerows([as_text(cell) for cell in line] for line in told)
    return (MARK + text.getvalue()).encode()


def as_json(about: Mapping[str, Any], told: Iterable[Line]) -> bytes:
    """Return the lines with what is to be known about them; a hidden value is null and says why."""
    figures = [dict(zip(HEAD, line, strict=True)) for line in told]
    for each in figures:
        if each["status"] == HIDDEN:
            each["value"] = None
    return json.dumps({**about, "figures": figures}, ensure_ascii=False, indent=1).encode()


def as_text(cell: object) -> object:
    """Return a cell that a spreadsheet takes for text even where it looks like a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell


def _figures(own: Mapping[str, int | None], days: tuple[float, float, int] | None) -> Iterator[Line]:
    for name, n in own.items():
        hidden = n is None
        yield (
            str(name), HIDDEN if hidden else n, None, None, None if hidden else n,
            HIDDEN if hidden else PUBLISHED, NOTE if hidden else None,
        )  # fmt: skip
    answered = own.get("answered")
    if days is not None and answered is not None and answered >= MINIMUM:
        for name, value in zip((Figure.DAYS_MEDIAN, Figure.DAYS_P90), days[:2], strict=True):
            yield str(name), value, None, None, answered, PUBLISHED, None


def _indicator(result: IndicatorResult) -> Line:
    named = result.indicator.name
    low, high = result.interval or (None, None)
    values = (_rounded(result.score), _rounded(low), _rounded(high), _n(result.n))
    return (
        "indicator",
        result.indicator.code,
        named.vi,
        named.en,
        "score_0_100",
        *values,
        str(result.status),
        None,
    )


def _component(result: ComponentResult) -> Line:
    named = result.component.label
    low, high = result.interval or (None, None)
    values = (_rounded(result.value), _rounded(low), _rounded(high), _n(result.denominator))
    return (
        "component",
        result.component.id,
        named.vi,
        named.en,
        "percent",
        *values,
        str(result.status),
        None,
    )


def _group(kind: str, code: str) -> tuple[str, str]:
    return (code, "") if kind == AGENCY else ("", code)


def _n(n: int) -> int | None:
    return n if n >= MINIMUM else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
