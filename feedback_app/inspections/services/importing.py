"""A table of visits comes in: looked at, kept for the person to see, then taken over in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import audit
from feedback_app.core.errors import Conflict, Forbidden, NotFound
from feedback_app.inspections import policy, queries
from feedback_app.inspections.entries import Entry
from feedback_app.inspections.importing.checking import Checked, check
from feedback_app.inspections.models import InspectionBatch, InspectionVisit
from feedback_app.inspections.rules import Finding, State, Visit, findings
from feedback_app.inspections.services import recording
from feedback_app.intake.sheets import Row

KEPT = timedelta(days=1)  # a table that was looked at and not taken over
Key = tuple[str, int, str]


class Standing(StrEnum):
    """How a line stands to the calendar as it is now."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table that waits: ``changes`` names the fields in which it differs from the calendar."""

    row: int
    entry: Entry
    standing: Standing
    changes: tuple[str, ...] = ()
    known_as: str = ""  # the name that the calendar has for this tax code, where it is another


@dataclass(frozen=True, slots=True)
class Collision:
    """What would have to be looked at of one enterprise in one year once the table is taken over."""

    tax_code: str
    enterprise: str
    year: int
    findings: tuple[Finding, ...]


def look(session: Session, rows: Sequence[Row], loaded: Loaded, *, today: date) -> Checked:
    """Return the lines of a table, or what is wrong with it; no number may pass to another enterprise."""
    checked = check(rows, loaded, today=today)
    known = _known(session, (entry for _row, entry in checked.lines), loaded)
    for row, entry in checked.lines:
        visit = known.get(entry.key)
        if visit is not None and visit.tax_code != entry.tax_code:
            there = _(
                "mã khác; mã này đang dùng cho doanh nghiệp có mã số thuế %(code)s", code=visit.tax_code
            )
            checked.table.fault(row, "code", there)
    return checked


def taken_over(session: Session, sha256: str) -> InspectionBatch | None:
    """Return the batch in which this very file was taken over before."""
    query = select(InspectionBatch).where(
        InspectionBatch.sha256 == sha256, InspectionBatch.done_at.is_not(None)
    )
    return session.scalars(query).first()


def keep(
    session: Session,
    lines: Sequence[tuple[int, Entry]],
    loaded: Loaded,
    *,
    sha256: str,
    name: str,
    by: Actor,
    at: datetime,
) -> InspectionBatch:
    """Keep a faultless table, with the versions it was compared with, until its person takes it over.

    Raises:
        Forbidden: ``by`` does not keep the calendar.
    """
    _require(by)
    known = _known(session, (entry for _row, entry in lines), loaded)
    rows = [
        {"row": row, "entry": entry.model_dump(mode="json"), "version": _version(known.get(entry.key))}
        for row, entry in lines
    ]
    batch = InspectionBatch(sha256=sha256, name=name, rows=rows, by_id=by.user_id, at=at)
    session.add(batch)
    session.flush()
    return batch


def waiting(session: Session, batch_id: int, by: Actor) -> InspectionBatch:
    """Return a batch of this person's, whether it waits or is done. Raises NotFound."""
    batch = session.get(InspectionBatch, batch_id)
    if batch is None or batch.by_id != by.user_id:
        raise NotFound(str(batch_id))
    return batch


def lines_of(session: Session, batch: InspectionBatch, loaded: Loaded) -> list[Line]:
    """Return the lines of a batch that waits, each beside what the calendar says now."""
    told = [(row["row"], Entry.model_validate(row["entry"])) for row in batch.rows]
    known = _known(session, (entry for _row, entry in told), loaded)
    names = _names(session, {entry.tax_code for _row, entry in told})
    return [_line(row, entry, known.get(entry.key), names, loaded) for row, entry in told]


def collisions(session: Session, lines: Sequence[Line], loaded: Loaded, *, by: Actor) -> list[Collision]:
    """Return what would have to be looked at once these lines are taken over, by enterprise and year."""
    told: dict[tuple[int, str], list[Line]] = {}
    for line in lines:
        told.setdefault((line.entry.year, line.entry.tax_code), []).append(line)
    found = []
    for year in sorted({year for year, _code in told}):
        codes = [code for of_year, code in told if of_year == year]
        standing = queries.crowded(session, by, year, only=codes)
        rule = loaded.catalogue.inspections.rule_of(year)
        for code in sorted(codes):
            mine = told[year, code]
            seen = findings(_together(standing.get(code, ()), mine, loaded), rule)
            if seen:
                found.append(Collision(code, mine[-1].entry.enterprise, year, seen))
    return found


def take_over(
    session: Session, batch: InspectionBatch, loaded: Loaded, *, by: Actor, at: datetime
) -> InspectionBatch:
    """Write every line that says something new, all in the running transaction.

    Raises:
        Forbidden: ``by`` does not keep the calendar.
        Conflict: the file was taken over before, or somebody changed one of its visits since it was looked at.
    """
    _require(by)
    if batch.done_at is not None or taken_over(session, batch.sha256) is not None:
        raise Conflict(_("Tệp này đã được nhập."))
    told = [Entry.model_validate(row["entry"]) for row in batch.rows]
    known = _known(session, told, loaded)
    if any(
        row["version"] != _version(known.get(entry.key)) for row, entry in zip(batch.rows, told, strict=True)
    ):
        raise Conflict(_("Lịch đã thay đổi từ khi xem trước. Xin kiểm tra lại tệp."))
    added, changed = _written(session, told, known, loaded, by, at)
    batch.rows, batch.added, batch.changed, batch.done_at = [], added, changed, at
    facts = {"added": added, "changed": changed, "sha256": batch.sha256}
    subject = f"inspection-import/{batch.id}"
    audit.record(session, "inspection.imported", at=at, actor_id=by.user_id, subject=subject, **facts)
    return batch


def latest(session: Session, size: int = 20) -> Sequence[InspectionBatch]:
    """Return the batches that were taken over, the newest first."""
    query = select(InspectionBatch).where(InspectionBatch.done_at.is_not(None))
    return session.scalars(query.order_by(InspectionBatch.id.desc()).limit(size)).all()


def purge(session: Session, at: datetime) -> None:
    """Delete the tables that nobody took over within a day."""
    session.execute(
        delete(InspectionBatch).where(InspectionBatch.done_at.is_(None), InspectionBatch.at <= at - KEPT)
    )


def _written(
    session: Session,
    told: Sequence[Entry],
    known: Mapping[Key, InspectionVisit],
    loaded: Loaded,
    by: Actor,
    at: datetime,
) -> tuple[int, int]:
    """Write new and changed visits; return how many of each. Raises Conflict."""
    fresh, changed = [], []
    for entry in told:
        visit = known.get(entry.key)
        if visit is None:
            fresh.append(InspectionVisit())
            recording.write(fresh[-1], entry, loaded, by, at)
        elif queries.entry_of(visit, loaded) != entry:
            changed.append(visit)
            recording.write(visit, entry, loaded, by, at)
    session.add_all(fresh)
    try:
        session.flush()
    except IntegrityError:
        raise Conflict(_("Người khác vừa nhập tệp này hoặc một cuộc trong tệp.")) from None
    for visit in fresh:
        recording.tell(session, "inspection.recorded", visit, by, at)
    for visit in changed:
        recording.tell(session, "inspection.changed", visit, by, at)
    return len(fresh), len(changed)


def _known(session: Session, entries: Iterable[Entry], loaded: Loaded) -> dict[Key, InspectionVisit]:
    """Return the visits of the agencies and years of the entries, by agency, year and number."""
    keys = {entry.key for entry in entries}
    query = select(InspectionVisit).options(selectinload(InspectionVisit.joined))
    query = query.where(
        InspectionVisit.agency_id.in_({loaded.agency_ids[agency] for agency, _year, _code in keys}),
        InspectionVisit.year.in_({year for _agency, year, _code in keys}),
    )
    rows = session.scalars(query) if keys else ()
    found = {(loaded.agency_codes[visit.agency_id], visit.year, visit.code): visit for visit in rows}
    return {key: visit for key, visit in found.items() if key in keys}


def _names(session: Session, tax_codes: set[str]) -> dict[str, str]:
    query = select(InspectionVisit.tax_code, InspectionVisit.enterprise)
    query = query.where(InspectionVisit.tax_code.in_(tax_codes)).order_by(InspectionVisit.id)
    return dict(session.execute(query).all())


def _line(
    row: int, entry: Entry, visit: InspectionVisit | None, names: Mapping[str, str], loaded: Loaded
) -> Line:
    name = names.get(entry.tax_code, entry.enterprise)
    known_as = name if name.casefold() != entry.enterprise.casefold() else ""
    if visit is None:
        return Line(row, entry, Standing.NEW, known_as=known_as)
    before = queries.entry_of(visit, loaded)
    changes = tuple(name for name in Entry.model_fields if getattr(before, name) != getattr(entry, name))
    return Line(row, entry, Standing.CHANGED if changes else Standing.SAME, changes, known_as)


def _together(visits: Iterable[InspectionVisit], lines: Iterable[Line], loaded: Loaded) -> list[Visit]:
    """Return the visits of the calendar with the lines in the place of what they change; lines are numbered below 0."""
    told = {line.entry.key: line.entry.as_visit(-line.row) for line in lines}
    staying = [
        entry.as_visit(visit.id)
        for visit in visits
        if (entry := queries.entry_of(visit, loaded)).key not in told
    ]
    return [*staying, *(visit for visit in told.values() if visit.state is not State.DROPPED)]


def _version(visit: InspectionVisit | None) -> int | None:
    return visit.version if visit is not None else None


def _require(by: Actor) -> None:
    if not policy.keeps(by):
        raise Forbidden
