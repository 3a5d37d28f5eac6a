"""The package of a frozen period: facts, calendar, definitions and figures as files whose sums are in a manifest. Pure.

The same content gives the same bytes. No name, no text and no place of a ticket is in it; sensitive reports stand under
a pseudonym that holds for this package only.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.indicators.definitions import IndicatorResult
from feedback_app.statistics.facts import CaseFact
from feedback_app.statistics.figures import Group, Value
from feedback_app.statistics.legs import LegFact, holder_on
from feedback_app.statistics.periods import Period

HERE = Path(__file__).parent
SCRIPTS = ("recompute.py", "indicators.py", "outside.py")
MANIFEST = "manifest.json"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the oldest date that a zip file knows: not the moment at which it was made
DAY = timedelta(days=1)
CASE = (
    "case", "round", "kind", "field", "agency", "sensitive", "started_on", "due_on", "answered_on", "outcome",
    "ended_on", "rated_on", "rated_answered", "rated_solved", "disputed_on", "in_project", "calendar", "pauses",
    "agencies", "open_agency", "open_due_on", "open_in_project",
)  # fmt: skip
LEG = (
    "case",
    "round",
    "agency",
    "role",
    "since",
    "until",
    "due_on",
    "working_days",
    "late_days",
    "case_late_days",
)
FIGURE = ("grain", "agency", "field", "apart", "measure", "value", "n")
INDICATOR = ("indicator", "component", "numerator", "denominator", "value", "low", "high", "score")
CORRECTION = ("period", "agency", "field", "apart", "measure", "frozen", "now")
Files = dict[str, bytes]


def case_line(fact: CaseFact, legs: Sequence[LegFact], code: str, last: date) -> tuple[Any, ...]:
    """Return a case as a line: what happened to it, and how it was known at the end of ``last``."""
    waits = fact.open_on(last)
    joined_by_then = fact.joined_on is not None and fact.joined_on <= last
    return (
        code, fact.round, fact.kind, fact.field, fact.agency, fact.sensitive, fact.started_on, fact.due_on,
        fact.answered_on, fact.outcome, fact.ended_on, fact.rated_on, fact.rated_answered, fact.rated_solved,
        fact.disputed_on, fact.in_project, fact.calendar_id, _spans((p.paused_on, p.resumed_on) for p in fact.pauses),
        _spans((before.agency, before.until) for before in fact.inherited),
        holder_on(fact, legs, last) if waits else None, fact.due_known_on(last) if waits else None,
        waits and joined_by_then,
    )  # fmt: skip


def leg_line(leg: LegFact, code: str) -> tuple[Any, ...]:
    return (
        code, leg.round, leg.agency, leg.role, leg.since, leg.until, leg.due_on, leg.working_days, leg.late_days,
        leg.case_late_days,
    )  # fmt: skip


def figure_lines(
    figures: Mapping[Group, Mapping[str, Value]], legs: Iterable[LegFact]
) -> list[tuple[Any, ...]]:
    """Return the published figures: of cases by group, of legs by agency and role."""
    found = [
        ("case", group.agency, group.field, group.sensitive, str(name), value.value, value.n)
        for group, values in figures.items()
        for name, value in values.items()
    ]
    sums: dict[tuple[str, str], list[int]] = {}
    for leg in legs:
        sum_ = sums.setdefault((leg.agency or "", leg.role), [0, 0, 0, 0])
        own = (1, leg.working_days or 0, leg.late_days or 0, leg.case_late_days or 0)
        sum_[:] = [a + b for a, b in zip(sum_, own, strict=True)]
    for (agency, role), (n, *days) in sums.items():
        names = ("legs", "working_days", "late_days", "case_late_days")
        found += [
            ("leg", agency, role, False, name, float(value), n)
            for name, value in zip(names, (n, *days), strict=True)
        ]
    return sorted(found, key=lambda line: [str(cell) for cell in line])


def indicator_lines(results: Iterable[IndicatorResult]) -> list[tuple[Any, ...]]:
    """Return the shares and scores there are; what has too little data is left out."""
    found: list[tuple[Any, ...]] = []
    for result in results:
        for part in result.components:
            if part.value is not None and part.interval:
                counts = (part.numerator, part.denominator)
                found.append(
                    (
                        result.indicator.code,
                        part.component.id,
                        *counts,
                        part.value,
                        *part.interval,
                        part.score,
                    )
                )
        if result.score is not None and result.interval:
            found.append((result.indicator.code, "", 0, 0, result.score, *result.interval, result.score))
    return found


def calendar_lines(calendars: Mapping[int, WorkCalendar], first: date, last: date) -> list[tuple[Any, ...]]:
    """Return the working days of the calendars from ``first`` to ``last``."""
    found: list[tuple[Any, ...]] = []
    for id_, calendar in sorted(calendars.items()):
        day = first
        while day <= last:
            if calendar.is_working(day):
                found.append((id_, day))
            day += DAY
    return found


def table(heads: Sequence[str], lines: Iterable[Sequence[Any]]) -> bytes:
    """Return a CSV file: dates in ISO form, true as 1, false and nothing as an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_cell(cell) for cell in line] for line in lines)
    return text.getvalue().encode()


def as_json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1, default=str).encode()


def scripts() -> Files:
    return {name: (HERE / name).read_bytes() for name in SCRIPTS}


def signed(files: Files, manifest: Mapping[str, Any], prefix: str) -> tuple[Files, str, str]:
    """Return the files with their manifest, the snapshot's name and the sum of the manifest.

    The name is made of everything but itself: of the sums of all files and of what the manifest says.
    """
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    told = {**manifest, "files": sums}
    snapshot = f"{prefix}-{hashlib.sha256(as_json(told)).hexdigest()[:12]}"
    whole = as_json({**told, "snapshot": snapshot})
    return {**files, MANIFEST: whole}, snapshot, hashlib.sha256(whole).hexdigest()


def zipped(files: Files, folder: str) -> bytes:
    """Return the zip file, the same bytes for the same files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(f"{folder}/{name}", LONG_AGO)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, files[name])
    return target.getvalue()


def folder_of(period: Period) -> str:
    """Return the name of the package's folder."""
    return f"thong-ke-{period.code.replace('/', '_')}"


def _spans(pairs: Iterable[tuple[object, object]]) -> str:
    return ";".join(f"{first}..{'' if then is None else then}" for first, then in pairs)


def _cell(cell: Any) -> Any:
    if cell is None or cell is False:
        return ""
    return 1 if cell is True else cell
