"""Reads on the calendar, always through the reader: a visit that nobody announced is the inspectorate's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true, tuple_
from sqlalchemy.orm import Session, selectinload

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core.errors import NotFound
from feedback_app.core.text import fold
from feedback_app.inspections import policy
from feedback_app.inspections.entries import BRANCH_OF, Entry, written_tax_codes
from feedback_app.inspections.models import InspectionVisit, JoinedAgency
from feedback_app.inspections.rules import State
from feedback_app.tickets.lifecycle import Clock
from feedback_app.tickets.models import Filer, Ticket
from feedback_app.tickets.queries import filer_known_to, visible_to

SIZE = 50
RUNNING = (Clock.OPEN, Clock.PAUSED)


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the calendar is looked at; empty means all of it."""

    year: int
    agency_id: int | None = None
    form: str = ""
    state: str = ""
    words: str = ""


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which ``actor`` may know of a visit: unannounced ones only when they are done."""
    if policy.keeps(actor):
        return true()
    if not policy.reads(actor):
        return false()
    return or_(InspectionVisit.planned.is_(True), InspectionVisit.state == State.DONE)


def listed(
    session: Session, actor: Actor, filters: Filters, *, after: InspectionVisit | None = None
) -> Sequence[InspectionVisit]:
    """Return the visits of a year by enterprise, those after ``after``; one more than a page holds, if there are."""
    query = _visits(actor).where(InspectionVisit.year == filters.year, *_conditions(filters))
    if after is not None:
        place = tuple_(InspectionVisit.tax_code, InspectionVisit.id)
        query = query.where(place > tuple_(after.tax_code, after.id))
    query = query.order_by(InspectionVisit.tax_code, InspectionVisit.id)
    return session.scalars(query.limit(SIZE + 1)).all()


def counts(session: Session, actor: Actor, filters: Filters) -> dict[tuple[str, str], int]:
    """Return the number of visits by form and state, under the same filters."""
    query = select(InspectionVisit.form, InspectionVisit.state, func.count())
    query = query.where(seen_by(actor), InspectionVisit.year == filters.year, *_conditions(filters))
    query = query.group_by(InspectionVisit.form, InspectionVisit.state)
    return {(form, state): number for form, state, number in session.execute(query)}


def one(session: Session, actor: Actor, visit_id: int) -> InspectionVisit:
    """Return the visit. Raises NotFound: there is none for this reader."""
    visit = session.scalars(_visits(actor).where(InspectionVisit.id == visit_id)).first()
    if visit is None:
        raise NotFound(str(visit_id))
    return visit


def of_enterprise(session: Session, actor: Actor, tax_code: str) -> Sequence[InspectionVisit]:
    """Return all visits to one enterprise, the newest year first."""
    query = _visits(actor).where(InspectionVisit.tax_code == tax_code)
    query = query.order_by(InspectionVisit.year.desc(), InspectionVisit.starts_on, InspectionVisit.id)
    return session.scalars(query).all()


def crowded(
    session: Session, actor: Actor, year: int, *, only: Iterable[str] | None = None
) -> dict[str, list[InspectionVisit]]:
    """Return the visits of the year by tax code, of enterprises that have two or more: only there can plans collide.

    Args:
        only: these tax codes, whatever number they have.
    """
    counting = [seen_by(actor), InspectionVisit.year == year, InspectionVisit.state != State.DROPPED]
    several = select(InspectionVisit.tax_code).where(*counting).group_by(InspectionVisit.tax_code)
    wanted = several.having(func.count() > 1) if only is None else list(only)
    query = _visits(actor).where(*counting, InspectionVisit.tax_code.in_(wanted))
    found: dict[str, list[InspectionVisit]] = {}
    for visit in session.scalars(query.order_by(InspectionVisit.tax_code, InspectionVisit.id)):
        found.setdefault(visit.tax_code, []).append(visit)
    return found


def years(session: Session, actor: Actor) -> list[int]:
    """Return the years that hold anything, the newest first."""
    query = select(InspectionVisit.year).where(seen_by(actor)).distinct()
    return list(session.scalars(query.order_by(InspectionVisit.year.desc())))


def agency_ids(session: Session, actor: Actor, year: int) -> set[int]:
    """Return the agencies that lead or join a visit of the year."""
    of_year = (seen_by(actor), InspectionVisit.year == year)
    joined = select(JoinedAgency.agency_id).join(InspectionVisit, InspectionVisit.id == JoinedAgency.visit_id)
    return set(session.scalars(select(InspectionVisit.agency_id).where(*of_year).distinct())) | set(
        session.scalars(joined.where(*of_year).distinct())
    )


def kin(session: Session, actor: Actor, tax_code: str) -> list[tuple[str, str]]:
    """Return tax code and name of the parent and the branches of an enterprise that have visits of their own."""
    query = select(InspectionVisit.tax_code, func.max(InspectionVisit.enterprise))
    query = query.where(
        seen_by(actor),
        InspectionVisit.tax_code.startswith(tax_code[:BRANCH_OF], autoescape=True),
        InspectionVisit.tax_code != tax_code,
        func.length(InspectionVisit.tax_code) != 12,  # noqa: PLR2004 - a household's number begins by chance alike
    )
    rows = session.execute(query.group_by(InspectionVisit.tax_code).order_by(InspectionVisit.tax_code))
    return [] if len(tax_code) == 12 else [(code, name) for code, name in rows]  # noqa: PLR2004


def open_tickets(session: Session, actor: Actor, tax_code: str) -> Sequence[Ticket]:
    """Return the running overlapping-inspection tickets of the enterprise that this reader may open.

    Whoever may not know who filed a ticket does not learn it from here either.
    """
    query = select(Ticket).join(Filer, Filer.ticket_id == Ticket.id)
    query = query.where(
        Ticket.kind == "overlapping_inspection",
        Ticket.clock.in_(RUNNING),
        Filer.identifier.in_(written_tax_codes(tax_code)),
        visible_to(actor),
        filer_known_to(actor),
    )
    return session.scalars(query.order_by(Ticket.due_on, Ticket.id)).all()


def entry_of(visit: InspectionVisit, loaded: Loaded) -> Entry:
    """Return what the row says, as it would be written down."""
    codes = loaded.agency_codes
    names = set(Entry.model_fields) - {"agency", "joined", "contents"}
    return Entry.model_validate(
        {name: getattr(visit, name) for name in names}
        | {
            "agency": codes[visit.agency_id],
            "joined": tuple(codes[member.agency_id] for member in visit.joined),
            "contents": tuple(visit.contents),
        }
    )


def _visits(actor: Actor) -> Select[InspectionVisit]:
    return select(InspectionVisit).options(selectinload(InspectionVisit.joined)).where(seen_by(actor))


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.agency_id is not None:
        joins = exists().where(
            and_(JoinedAgency.visit_id == InspectionVisit.id, JoinedAgency.agency_id == filters.agency_id)
        )
        found.append(or_(InspectionVisit.agency_id == filters.agency_id, joins))
    if filters.form:
        found.append(InspectionVisit.form == filters.form)
    if filters.state:
        found.append(InspectionVisit.state == filters.state)
    found += [
        InspectionVisit.folded.contains(word, autoescape=True) for word in fold(filters.words).split()[:8]
    ]
    return found
