"""Project dossiers: many agencies, milestones, conclusions; their tickets stand outside the lateness rate."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from feedback_app.accounts.actor import Actor
from feedback_app.core import audit, clock
from feedback_app.core.errors import Forbidden, Invalid, NotFound
from feedback_app.core.numbers import next_number
from feedback_app.tickets.beyond import Conclusion, Milestone, Project, ProjectAgency, ProjectTicket
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import ANSWERING, COORDINATING_OFFICES, HANDLING
from feedback_app.tickets.queries import visible_to
from feedback_app.tickets.services.moving import require
from feedback_app.tickets.services.ways_up import Paper, check_dated
from feedback_app.tickets.timeline import Entry, tell


@dataclass(frozen=True, slots=True)
class Dossier:
    """A project with what belongs to it."""

    project: Project
    agencies: frozenset[int]
    milestones: Sequence[Milestone]
    conclusions: Sequence[Conclusion]

    def done(self, first: date, last: date) -> int:
        """Return how many milestones were done in these days."""
        return sum(m.done_on is not None and first <= m.done_on <= last for m in self.milestones)

    def concluded(self, first: date, last: date) -> int:
        """Return how many conclusions bear a date of these days."""
        return sum(first <= c.dated <= last for c in self.conclusions)

    def late(self, today: date) -> int:
        """Return how many milestones are past their day and not done."""
        return sum(m.done_on is None and m.due_on < today for m in self.milestones)


def create(session: Session, *, title: str, summary: str, owner_id: int, by: Actor, at: datetime) -> Project:
    """Open a dossier. Raises Forbidden for all but the coordinating offices."""
    _require_office(by)
    year = clock.local_date(at).year
    code = f"DA-{year}-{next_number(session, f'project_{year}'):04d}"
    row = Project(
        code=code, title=title, summary=summary, owner_id=owner_id, state="open", by_id=by.user_id, at=at
    )
    session.add(row)
    session.flush()
    session.add(ProjectAgency(project_id=row.id, agency_id=owner_id))
    audit.record(session, "project.opened", at=at, actor_id=by.user_id, subject=code)
    return row


def set_agencies(
    session: Session, project: Project, agency_ids: Collection[int], *, by: Actor, at: datetime
) -> None:
    """Say which agencies take part; the owner always does. Raises Forbidden."""
    _require_office(by)
    session.execute(delete(ProjectAgency).where(ProjectAgency.project_id == project.id))
    wanted = sorted({*agency_ids, project.owner_id})
    session.add_all(ProjectAgency(project_id=project.id, agency_id=agency_id) for agency_id in wanted)
    audit.record(
        session, "project.agencies", at=at, actor_id=by.user_id, subject=project.code, agencies=wanted
    )


def add_milestone(
    session: Session, project: Project, *, title: str, agency_id: int, due_on: date, by: Actor, at: datetime
) -> Milestone:
    """Add a step: who, by when. Raises Forbidden for all but the coordinating offices."""
    _require_office(by)
    row = Milestone(project_id=project.id, title=title, agency_id=agency_id, due_on=due_on, note="")
    session.add(row)
    session.flush()
    audit.record(
        session, "project.milestone", at=at, actor_id=by.user_id, subject=project.code, milestone=row.id
    )
    return row


def finish(
    session: Session, project: Project, milestone_id: int, *, note: str, by: Actor, at: datetime
) -> None:
    """Mark a step as done today. Raises NotFound, Forbidden for others than its agency and the offices."""
    row = session.get(Milestone, milestone_id)
    if row is None or row.project_id != project.id or row.done_on is not None:
        raise NotFound(str(milestone_id))
    if not may_finish(by, row):
        raise Forbidden(Act.PROJECT)
    row.done_on, row.note = clock.local_date(at), note
    audit.record(
        session, "project.milestone_done", at=at, actor_id=by.user_id, subject=project.code, milestone=row.id
    )


def may_finish(by: Actor, row: Milestone) -> bool:
    """Say whether the person may mark the step as done."""
    return by.holds(*COORDINATING_OFFICES) or row.agency_id in by.agency_ids(ANSWERING)


def conclude(session: Session, project: Project, paper: Paper, *, by: Actor, at: datetime) -> Conclusion:
    """Record one more Thông báo kết luận. Raises Forbidden, Invalid (dated in the future)."""
    _require_office(by)
    check_dated(paper, clock.local_date(at))
    row = Conclusion(
        project_id=project.id,
        number=paper.number,
        dated=paper.dated,
        signer=paper.signer,
        text=paper.text,
        at=at,
    )
    session.add(row)
    session.flush()
    audit.record(
        session, "project.concluded", at=at, actor_id=by.user_id, subject=project.code, number=paper.number
    )
    return row


def join(
    session: Session,
    project: Project,
    ticket: Ticket,
    *,
    by: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Put the ticket into the dossier: from here it counts in no rate of lateness, and the figures say so.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``moving.require``.
        Invalid: it is in one already.
    """
    require(by, Act.PROJECT, ticket, seen_version)
    if session.get(ProjectTicket, ticket.id) is not None:
        raise Invalid(_("Phiếu này đã ở trong một hồ sơ dự án."), "project")
    session.add(ProjectTicket(ticket_id=ticket.id, project_id=project.id))
    flag_modified(ticket, "status")  # a new version of the ticket: its facts are taken anew
    session.flush()
    tell(session, ticket, Entry.JOINED_PROJECT, at=at, actor_id=by.user_id, project=project.code)


def listed(session: Session, actor: Actor | None) -> list[Dossier]:
    """Return the dossiers of the reader's agencies, newest first; all for the offices, and for leaders (``None``)."""
    query = select(Project).order_by(Project.id.desc()).limit(200)
    if actor is not None and not actor.holds(*COORDINATING_OFFICES):
        own = actor.agency_ids(HANDLING)
        mine = select(ProjectAgency.project_id).where(ProjectAgency.agency_id.in_(own))
        query = query.where(or_(Project.owner_id.in_(own), Project.id.in_(mine)))
    return _dossiers(session, session.scalars(query).all())


def one(session: Session, actor: Actor, code: str) -> Dossier:
    """Return the dossier. Raises NotFound where there is none for this reader."""
    project = session.scalars(select(Project).where(Project.code == code)).first()
    if project is None:
        raise NotFound(code)
    (found,) = _dossiers(session, [project])
    if not actor.holds(*COORDINATING_OFFICES) and not actor.agency_ids(HANDLING) & found.agencies:
        raise NotFound(code)
    return found


def tickets_of(session: Session, actor: Actor, project: Project) -> Sequence[Ticket]:
    """Return the tickets of the dossier that the reader may see, oldest first."""
    query = select(Ticket).join(ProjectTicket, ProjectTicket.ticket_id == Ticket.id)
    query = query.where(ProjectTicket.project_id == project.id, visible_to(actor))
    return session.scalars(query.order_by(Ticket.id).limit(200)).all()


def _dossiers(session: Session, projects: Sequence[Project]) -> list[Dossier]:
    """Return the projects with what belongs to them, three statements however many there are."""
    ids = [project.id for project in projects]
    agencies: dict[int, set[int]] = {project.id: {project.owner_id} for project in projects}
    pairs = select(ProjectAgency.project_id, ProjectAgency.agency_id).where(ProjectAgency.project_id.in_(ids))
    for project_id, agency_id in session.execute(pairs):
        agencies[project_id].add(agency_id)
    steps = select(Milestone).where(Milestone.project_id.in_(ids)).order_by(Milestone.due_on, Milestone.id)
    papers = select(Conclusion).where(Conclusion.project_id.in_(ids))
    steps_of: defaultdict[int, list[Milestone]] = defaultdict(list)
    papers_of: defaultdict[int, list[Conclusion]] = defaultdict(list)
    for step in session.scalars(steps):
        steps_of[step.project_id].append(step)
    for paper in session.scalars(papers.order_by(Conclusion.dated, Conclusion.id)):
        papers_of[paper.project_id].append(paper)
    return [Dossier(p, frozenset(agencies[p.id]), steps_of[p.id], papers_of[p.id]) for p in projects]


def _require_office(by: Actor) -> None:
    if not by.holds(*COORDINATING_OFFICES):
        raise Forbidden(Act.PROJECT)
