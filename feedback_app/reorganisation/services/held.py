"""What an agency that ended still owed or kept besides open tickets: promises, projects, wordings, closed tickets."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from feedback_app.reorganisation.services.staff import Follow, gone
from feedback_app.reorganisation.wordings import template_heir, templates_of
from feedback_app.tickets.beyond import Commitment, Milestone, PolicyProposal, Project, ProjectAgency
from feedback_app.tickets.lifecycle import Clock
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.saved import SavedView
from feedback_app.tickets.templating import AnswerTemplate

DECIDED_PROPOSALS = ("changed", "declined")


def follow(session: Session, common: Follow) -> None:
    """Hand all of it on to the heirs; what is done keeps the name of whoever did it."""
    for code in gone(common):
        agency_id = common.loaded.agency_ids[code]
        _commitments(session, common, code, agency_id)
        _proposals(session, common, code, agency_id)
        _projects_and_views(session, common, code, agency_id)
        for template in templates_of(session, agency_id):
            template.agency_id = _template_heir(common, code, template) or agency_id
        _closed_tickets(session, common, code, agency_id)


def _commitments(session: Session, common: Follow, code: str, agency_id: int) -> None:
    query = select(Commitment, Ticket.field, Ticket.area).join(Ticket, Ticket.id == Commitment.ticket_id)
    open_ones = query.where(Commitment.agency_id == agency_id, Commitment.state == "open")
    for commitment, field, area in session.execute(open_ones):
        commitment.agency_id = _heir_id(common, code, field, area) or agency_id


def _proposals(session: Session, common: Follow, code: str, agency_id: int) -> None:
    query = select(PolicyProposal).where(PolicyProposal.owner_id == agency_id)
    for proposal in session.scalars(query.where(PolicyProposal.status.not_in(DECIDED_PROPOSALS))):
        proposal.owner_id = _heir_id(common, code, proposal.field) or agency_id


def _projects_and_views(session: Session, common: Follow, code: str, agency_id: int) -> None:
    heir_id = _heir_id(common, code)
    if heir_id is None:
        return
    _put(session, SavedView, heir_id, SavedView.agency_id == agency_id)
    running = select(Project.id).where(Project.state == "open")
    for project in session.scalars(
        select(Project).where(Project.owner_id == agency_id, Project.state == "open")
    ):
        project.owner_id = heir_id
    waiting = Milestone.done_on.is_(None) & Milestone.project_id.in_(running)
    _put(session, Milestone, heir_id, (Milestone.agency_id == agency_id) & waiting)
    there = select(ProjectAgency.project_id).where(ProjectAgency.agency_id == heir_id)
    taking_part = ProjectAgency.project_id.in_(running) & ProjectAgency.project_id.not_in(there)
    _put(session, ProjectAgency, heir_id, (ProjectAgency.agency_id == agency_id) & taking_part)


def _template_heir(common: Follow, code: str, template: AnswerTemplate) -> int | None:
    heir = template_heir(common.heirs, code, template)
    return common.loaded.agency_ids[heir] if heir else None


def _closed_tickets(session: Session, common: Follow, code: str, agency_id: int) -> None:
    """Let the heir read them: the holder changes, the lead and the answers keep the old agency."""
    keeper = func.coalesce(Ticket.holder_id, Ticket.lead_id)
    mine = (Ticket.clock == Clock.CLOSED) & (keeper == agency_id)
    for field, area in _matters(session, mine):
        heir_id = _heir_id(common, code, field, area)
        if heir_id is not None:
            same_area = Ticket.area.is_(None) if area is None else Ticket.area == area
            change = update(Ticket).where(mine, Ticket.field == field, same_area).values(holder_id=heir_id)
            session.execute(change.execution_options(synchronize_session=False))


def _matters(session: Session, which: ColumnElement[bool]) -> Iterable[tuple[str, str | None]]:
    return session.execute(select(Ticket.field, Ticket.area).where(which).distinct()).all()


def _put(session: Session, model: Any, heir_id: int, which: ColumnElement[bool]) -> None:
    change = update(model).where(which).values(agency_id=heir_id)
    session.execute(change.execution_options(synchronize_session=False))


def _heir_id(common: Follow, code: str, field: str | None = None, area: str | None = None) -> int | None:
    heir = common.heirs.heir(code, field, area)
    return common.loaded.agency_ids[heir] if heir else None
