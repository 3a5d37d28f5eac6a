"""A visit is written down, or what is written of it is changed."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import audit, clock
from feedback_app.core.errors import Conflict, Forbidden, Invalid
from feedback_app.core.text import fold
from feedback_app.inspections import policy
from feedback_app.inspections.entries import FIELD, Entry, normal_tax_code
from feedback_app.inspections.labels import PROBLEMS
from feedback_app.inspections.models import InspectionVisit, JoinedAgency

_PLAIN = tuple(set(Entry.model_fields) - {"agency", "joined", "contents", "tax_code"})


def record(
    session: Session, entry: Entry, loaded: Loaded, *, by: Actor, at: datetime, is_sample: bool = False
) -> InspectionVisit:
    """Add a visit to the calendar.

    Raises:
        Forbidden: ``by`` does not keep the calendar.
        Invalid: the entry does not fit together, or its number is taken in that agency and year.
    """
    _require(by, entry, at)
    if find(session, entry, loaded) is not None:
        raise Invalid(taken(), "code")
    visit = InspectionVisit(is_sample=is_sample)
    write(visit, entry, loaded, by, at)
    session.add(visit)
    session.flush()
    tell(session, "inspection.recorded", visit, by, at)
    return visit


def change(
    session: Session,
    visit: InspectionVisit,
    entry: Entry,
    loaded: Loaded,
    *,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> None:
    """Put the entry in the place of what stood there.

    Raises:
        Forbidden: ``by`` does not keep the calendar.
        Invalid: the entry does not fit together, or its number is another visit's.
        Conflict: somebody changed the visit since ``seen_version``.
    """
    _require(by, entry, at)
    if visit.version != seen_version:
        raise Conflict
    other = find(session, entry, loaded)
    if other is not None and other.id != visit.id:
        raise Invalid(taken(), "code")
    write(visit, entry, loaded, by, at)
    session.flush()
    tell(session, "inspection.changed", visit, by, at)


def find(session: Session, entry: Entry, loaded: Loaded) -> InspectionVisit | None:
    """Return the visit that bears the entry's number in its agency and year."""
    query = select(InspectionVisit).where(
        InspectionVisit.agency_id == loaded.agency_ids[entry.agency],
        InspectionVisit.year == entry.year,
        InspectionVisit.code == entry.code,
    )
    return session.scalars(query).first()


def taken() -> str:
    """Return the sentence for a number that another visit bears."""
    return _("Số này đã dùng cho một cuộc khác của cơ quan trong năm.")


def _require(by: Actor, entry: Entry, at: datetime) -> None:
    if not policy.keeps(by):
        raise Forbidden
    for problem in entry.problems(clock.local_date(at)):
        raise Invalid(str(PROBLEMS[problem]), FIELD[problem])


def write(visit: InspectionVisit, entry: Entry, loaded: Loaded, by: Actor, at: datetime) -> None:
    """Let the row say what the entry says; the entry has been looked at."""
    for name in _PLAIN:
        setattr(visit, name, getattr(entry, name))
    visit.tax_code = normal_tax_code(entry.tax_code) or entry.tax_code
    visit.agency_id = loaded.agency_ids[entry.agency]
    visit.contents = list(entry.contents)
    visit.folded = fold(f"{entry.enterprise} {visit.tax_code}")
    visit.changed_at, visit.changed_by_id = at, by.user_id
    _join(visit, {loaded.agency_ids[code] for code in entry.joined})


def _join(visit: InspectionVisit, wanted: set[int]) -> None:
    staying = [member for member in visit.joined if member.agency_id in wanted]
    fresh = wanted - {member.agency_id for member in staying}
    visit.joined = staying + [JoinedAgency(agency_id=agency_id) for agency_id in sorted(fresh)]


def tell(session: Session, event: str, visit: InspectionVisit, by: Actor, at: datetime) -> None:
    """Write the deed into the audit: what it is about and its state, not its words."""
    facts = {"year": visit.year, "form": visit.form, "state": visit.state, "version": visit.version}
    subject = f"inspection/{visit.id}"
    audit.record(session, event, at=at, actor_id=by.user_id, subject=subject, **facts)
