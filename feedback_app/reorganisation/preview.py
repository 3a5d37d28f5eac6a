"""What a reorganisation would move, counted before anything is changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from feedback_app.accounts.models import User
from feedback_app.catalogue.packs.reorganisation import Reorganisation
from feedback_app.catalogue.packs.restructuring import day, refusals, restructured
from feedback_app.catalogue.store import Loaded
from feedback_app.reorganisation import queries
from feedback_app.reorganisation.heirs import Heirs, goes_to, heirs_on
from feedback_app.reorganisation.naming import (
    ApprovalNamed,
    ProfileHolding,
    RuleNamed,
    approvals_named,
    profiles_holding,
    rules_named,
)
from feedback_app.reorganisation.staffing import absences_from, held_from, places
from feedback_app.reorganisation.wordings import template_heir, templates_of
from feedback_app.tickets.lifecycle import Clock
from feedback_app.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Part:
    """Tickets of one field and area; those of sensitive reports stand without either."""

    field: str
    area: str | None
    number: int


@dataclass(frozen=True, slots=True)
class TicketsMoving:
    """Open tickets that go from one agency to another (``None``: wherever the rules send them), and answered ones."""

    agency: str
    heir: str | None
    open: int
    answered: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PersonMoving:
    user_id: int
    name: str
    email: str
    function: str
    agency: str
    heir: str | None


@dataclass(frozen=True, slots=True)
class AbsenceMoving:
    """An absence of somebody who moves; ``apart``: the substitute goes elsewhere, so it ends."""

    person: str
    substitute: str
    valid_from: date
    valid_to: date
    apart: bool


@dataclass(frozen=True, slots=True)
class TemplateMoving:
    """A wording of answers that goes to the heir of its fields."""

    name: str
    agency: str
    heir: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """All of it; with ``refused`` there is nothing else."""

    plan: Reorganisation
    first_day: date
    refused: tuple[str, ...] = ()
    applied: bool = False
    tickets: tuple[TicketsMoving, ...] = ()
    people: tuple[PersonMoving, ...] = ()
    absences: tuple[AbsenceMoving, ...] = ()
    rules: tuple[RuleNamed, ...] = ()
    approvals: tuple[ApprovalNamed, ...] = ()
    templates: tuple[TemplateMoving, ...] = ()
    profiles: tuple[ProfileHolding, ...] = ()


def preview(session: Session, loaded: Loaded, plan: Reorganisation, today: date) -> Preview:
    """Return what would move on the day of the plan (today, if that has passed), as things stand now."""
    days = [day(step) for step in plan.steps]
    row = queries.applied(session, plan.code)
    if reasons := refusals(loaded.catalogue, plan):
        return Preview(plan=plan, first_day=min(days), refused=reasons)
    catalogue = restructured(loaded.catalogue, plan)
    after = heirs_on(catalogue, max([*days, today]))
    people = tuple(_people(session, loaded, plan, after))
    return Preview(
        plan=plan,
        first_day=min(days),
        applied=row is not None,
        tickets=tuple(_tickets(session, loaded, plan, after)),
        people=people,
        absences=tuple(_absences(session, loaded, people, min(days))),
        rules=tuple(rules_named(catalogue, plan, after)),
        approvals=tuple(approvals_named(catalogue, plan, after)),
        templates=tuple(_templates(session, loaded, plan, after)),
        profiles=tuple(profiles_holding(catalogue, after)),
    )


def _tickets(session: Session, loaded: Loaded, plan: Reorganisation, after: Heirs) -> Iterator[TicketsMoving]:
    found: dict[tuple[str, str | None], list[tuple[Part, str]]] = {}
    for code in plan.predecessors:
        for field, area, sensitive, clock, number in _counted(session, loaded.agency_ids[code]):
            heir = after.heir(code, field, area)
            if heir != code:
                part = Part("", None, number) if sensitive else Part(field, area, number)
                found.setdefault((code, heir), []).append((part, clock))
    for (code, heir), parts in found.items():
        waiting = tuple(part for part, clock in parts if clock != Clock.ANSWERED)
        answered = sum(part.number for part, clock in parts if clock == Clock.ANSWERED)
        yield TicketsMoving(code, heir, sum(part.number for part in waiting), answered, waiting)


def _counted(session: Session, agency_id: int) -> list[tuple[str, str | None, bool, str, int]]:
    """Return the numbers of tickets that the agency holds or leads, by what decides where they go."""
    state = func.max(Ticket.clock)
    answered = Ticket.clock == Clock.ANSWERED
    query = select(Ticket.field, Ticket.area, Ticket.sensitive, state, func.count())
    query = query.where(
        Ticket.clock.in_(queries.FOLLOWING), or_(Ticket.holder_id == agency_id, Ticket.lead_id == agency_id)
    )
    grouped = query.group_by(Ticket.field, Ticket.area, Ticket.sensitive, answered)
    return [*session.execute(grouped.order_by(Ticket.field, Ticket.area))]


def _people(session: Session, loaded: Loaded, plan: Reorganisation, after: Heirs) -> Iterator[PersonMoving]:
    for code, since in after.gone(plan.ending).items():
        for row in held_from(session, loaded.agency_ids[code], since):
            heir = goes_to(plan, row.user.email, after.heir(code))
            yield PersonMoving(row.user_id, row.user.name, row.user.email, row.function, code, heir)


def _templates(
    session: Session, loaded: Loaded, plan: Reorganisation, after: Heirs
) -> Iterator[TemplateMoving]:
    for code in plan.ending:
        for template in templates_of(session, loaded.agency_ids[code]):
            yield TemplateMoving(template.name, code, template_heir(after, code, template))


def _absences(
    session: Session, loaded: Loaded, people: tuple[PersonMoving, ...], since: date
) -> Iterator[AbsenceMoving]:
    heirs: dict[int, set[str | None]] = {}
    for person in people:
        heirs.setdefault(person.user_id, set()).add(person.heir)
    for absence in absences_from(session, since, heirs):
        both = (absence.user_id, absence.substitute_id)
        names = {user.id: user.name for user in session.scalars(select(User).where(User.id.in_(both)))}
        one, other = (heirs.get(id_) or _places(session, loaded, id_, since) for id_ in both)
        span = (absence.valid_from, absence.valid_to)
        yield AbsenceMoving(names[both[0]], names[both[1]], *span, apart=not one & other)


def _places(session: Session, loaded: Loaded, user_id: int, since: date) -> set[str | None]:
    return {loaded.agency_codes[agency_id] for agency_id in places(session, user_id, since)}
