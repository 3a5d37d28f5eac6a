"""A quarter's figures: seen as they would leave, proposed by one, approved by another, then written for good."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.confidential import store
from feedback_app.confidential.errors import Conflict, NotFound
from feedback_app.confidential.release_file import Proposed
from feedback_app.confidential.services import releasing
from feedback_app.disclosure import TOTAL, Protected, Table, protect
from feedback_app.web.sealed.desk import labels
from feedback_app.web.sealed.desk.report import download
from feedback_app.web.sealed.desk.room import desk, here, today
from feedback_app.web.sealed.desk.sheets import quarters

Ranges = Mapping[tuple[str, ...], tuple[int, int]]


@dataclass(frozen=True)
class Grid:
    """A table of two dimensions as it is shown; a cell is a count, or ``None`` with what can still be deduced."""

    heading: str
    columns: list[str]
    rows: list[tuple[str, list[tuple[int | None, str]]]]


@desk.get("/so-lieu")
def releases() -> str:
    """List the quarters that are over, and how far each is."""
    known = [(name, labels.quarter(name), _standing(name)) for name in quarters(today(), ended=True)]
    return render_template("sealed/desk/releases.html", quarters=known)


@desk.get("/so-lieu/<quarter>")
def release(quarter: str) -> str:
    """Show what was proposed, or what would be; counting happens in memory and leaves nothing behind."""
    _known(quarter)
    session, how = store.session(), _standing(quarter)
    proposed = releasing.waiting(session, here(), quarter) if how == "proposed" else None
    if proposed is not None:
        grids = [_grid(table.protected(), {}) for table in proposed.tables]
    elif how == "none":
        seen = releasing.preview(session, here(), quarter, on=today())
        grids = [_grid(table, ranges) for table, ranges in zip(seen.tables, seen.ranges, strict=True)]
    else:
        grids = []
    return render_template(
        "sealed/desk/release.html",
        quarter=quarter,
        name=labels.quarter(quarter),
        how=how,
        grids=grids,
        proposer=labels.seat(here().roster, proposed.proposer) if proposed else "",
        own=proposed is not None and proposed.proposer == here().seat.id,
        seen=_mark(proposed) if proposed else "",
    )


@desk.post("/so-lieu/<quarter>/de-xuat")
def propose_release(quarter: str) -> Response:
    """Count and protect before the transaction: that takes seconds, in which reporters must be able to file."""
    _known(quarter)
    remembered = _Remembered()
    releasing.preview(store.session(), here(), quarter, on=today(), protect=remembered)
    with store.unit_of_work() as session:
        releasing.propose(session, here(), quarter, on=today(), protect=remembered)
    return redirect(url_for("desk.release", quarter=quarter))


@desk.post("/so-lieu/<quarter>/duyet")
def approve_release(quarter: str) -> Response:
    """Sign exactly what the page showed: a proposal that has taken its place meanwhile is not signed."""
    _known(quarter)
    with store.unit_of_work() as session:
        if _mark(releasing.waiting(session, here(), quarter)) != request.form.get("seen"):
            raise Conflict
        releasing.approve(session, here(), quarter, on=today())
    return redirect(url_for("desk.release", quarter=quarter))


@desk.get("/so-lieu/<quarter>/tep")
def release_file(quarter: str) -> Response:
    """Give out the frozen quarter's file; the indicators import it."""
    _known(quarter)
    content = releasing.release_file_of(store.session(), here().body, quarter)
    return download(content, f"{here().body}-{quarter}.json")


class _Remembered:
    """Protects a table once; lives as long as one request."""

    def __init__(self) -> None:
        self._done: list[tuple[Table, Protected]] = []

    def __call__(self, table: Table) -> Protected:
        found = next((protected for known, protected in self._done if known == table), None)
        if found is None:
            found = protect(table)
            self._done.append((table, found))
        return found


def _known(quarter: str) -> None:
    if quarter not in quarters(today(), ended=True):
        raise NotFound


def _standing(quarter: str) -> str:
    """Return ``none``, ``proposed`` or ``frozen``."""
    session = store.session()
    try:
        releasing.release_file_of(session, here().body, quarter)
    except NotFound:
        pass
    else:
        return "frozen"
    try:
        releasing.waiting(session, here(), quarter)
    except NotFound:
        return "none"
    return "proposed"


def _mark(proposed: Proposed) -> str:
    """Return what tells one proposal from another."""
    return hashlib.blake2b(proposed.signed_part() + proposed.proposer.encode(), digest_size=16).hexdigest()


def _grid(table: Protected, ranges: Ranges) -> Grid:
    """Return the table with its longer dimension downwards, which phones can scroll."""
    across = int(len(table.dimensions[1][1]) <= len(table.dimensions[0][1]))
    columns, column_codes = table.dimensions[across]
    rows, row_codes = table.dimensions[1 - across]

    def key(row: str, column: str) -> tuple[str, str]:
        return (row, column) if across else (column, row)

    heading = _("%(rows)s theo %(columns)s", rows=_dimension(rows), columns=_dimension(columns).lower())
    return Grid(
        heading=str(heading),
        columns=[_category(columns, code) for code in (*column_codes, TOTAL)],
        rows=[
            (
                _category(rows, row),
                [_cell(table, ranges, key(row, column)) for column in (*column_codes, TOTAL)],
            )
            for row in (*row_codes, TOTAL)
        ],
    )


def _cell(table: Protected, ranges: Ranges, key: tuple[str, str]) -> tuple[int | None, str]:
    low_high = ranges.get(key)
    return table.values[key], f"{low_high[0]}-{low_high[1]}" if low_high else ""


def _dimension(name: str) -> str:
    return {
        "unit": str(_("Đơn vị bị phản ánh")),
        "field": str(_("Lĩnh vực")),
        "step": str(labels.QUESTIONS["step"]),
        "amount": str(labels.QUESTIONS["amount"]),
    }[name]


def _category(dimension: str, code: str) -> str:
    if code == TOTAL:
        return str(_("Tổng"))
    if code == releasing.UNSAID:
        return str(_("Không trả lời"))
    match dimension:
        case "unit":
            return labels.unit(code)
        case "field":
            return labels.field(code)
        case _:
            return labels.choice(dimension, code)
