"""Reads on tickets, always through the reader: what somebody may not see does not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select
from sqlalchemy.orm import Session, joinedload

from feedback_app.accounts.actor import Actor, Function
from feedback_app.accounts.models import FunctionHeld, User
from feedback_app.core.errors import NotFound
from feedback_app.tickets.drafting import AnswerDraft, Approval
from feedback_app.tickets.facts import facts_of
from feedback_app.tickets.loading import load
from feedback_app.tickets.models import Assignment, ConcernedAgency, Filer, Ticket
from feedback_app.tickets.policy import ANSWERING, COORDINATING_OFFICES, HANDLING, sees_filer
from feedback_app.tickets.timeline import BY_OWNER


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which ``actor`` may know of a ticket: ``policy.sees``, as SQL."""
    own = actor.agency_ids(HANDLING)
    if not own:
        return false()
    held = or_(Ticket.holder_id.in_(own), Ticket.lead_id.in_(own))
    scope = held if not actor.holds(*COORDINATING_OFFICES) else or_(held, Ticket.sensitive.is_(False))
    scope = or_(scope, and_(Ticket.sensitive.is_(False), coordinated_by(own)))
    return and_(scope, ~concerns(actor.agency_ids()))


def filer_known_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which ``actor`` may know who filed a ticket that is visible: ``sees_filer``."""
    headed = Ticket.holder_id.in_(actor.agency_ids({Function.AGENCY_HEAD}))
    coordinates = not_(Ticket.sensitive) if actor.holds(*COORDINATING_OFFICES) else false()
    return or_(not_(Ticket.hide_identity), and_(Ticket.sensitive, headed), coordinates)


def coordinated_by(agency_ids: frozenset[int]) -> ColumnElement[bool]:
    """Return the condition that one of the agencies is asked to coordinate."""
    return exists().where(
        Assignment.ticket_id == Ticket.id,
        Assignment.part == "coordinating",
        Assignment.ended_on.is_(None),
        Assignment.agency_id.in_(agency_ids),
    )


def concerns(agency_ids: frozenset[int]) -> ColumnElement[bool]:
    """Return the condition that a ticket is about one of the agencies."""
    return exists().where(ConcernedAgency.ticket_id == Ticket.id, ConcernedAgency.agency_id.in_(agency_ids))


def open_to_leaders(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which the province's leaders may know that something follows from a ticket.

    Never from a sensitive report, nor from what is about an agency of the reader's own.
    """
    return and_(Ticket.sensitive.is_(False), not_(concerns(actor.agency_ids())))


def handled_by(session: Session, actor: Actor, code: str, *, whole: bool = False) -> Ticket:
    """Return the ticket for an act (or, ``whole``, for its page), if ``actor`` may see it.

    Raises:
        NotFound: it does not exist for this reader.
    """
    query = select(Ticket).where(Ticket.code == code, visible_to(actor))
    ticket = load(session, query, whole=whole)
    if ticket is None:
        raise NotFound(code)
    return ticket


def owned_by(session: Session, enterprise_id: int, code: str, *, whole: bool = False) -> Ticket:
    """Return the enterprise's own ticket.

    Raises:
        NotFound: it is not this enterprise's.
    """
    query = select(Ticket).where(Ticket.code == code, Ticket.enterprise_id == enterprise_id)
    ticket = load(session, query, whole=whole)
    if ticket is None:
        raise NotFound(code)
    return ticket


def tracked(session: Session, tracking_hash: str, *, whole: bool = False) -> Ticket | None:
    """Return the ticket whose tracking code has this keyed hash."""
    query = select(Ticket).where(Ticket.tracking_hash == tracking_hash)
    return load(session, query, whole=whole)


def by_id(session: Session, ticket_id: int) -> Ticket:
    """Return the ticket for a handler of an event, which acts for nobody.

    Raises:
        NotFound: there is no such ticket.
    """
    ticket = load(session, select(Ticket).where(Ticket.id == ticket_id), whole=False)
    if ticket is None:
        raise NotFound(str(ticket_id))
    return ticket


def filer_for(session: Session, actor: Actor, ticket: Ticket) -> Filer | None:
    """Return who filed, or ``None`` where this reader must not know."""
    return session.get(Filer, ticket.id) if sees_filer(actor, facts_of(ticket)) else None


def others_who_answer(session: Session, ticket: Ticket, on: date) -> bool:
    """Say whether anybody of the holding agency may answer the next round on that day."""
    return bool(who_answer(session, ticket, on))


def who_answer(session: Session, ticket: Ticket, on: date) -> Sequence[User]:
    """Return who of the holding agency may answer on that day: not who answered before, not who stood aside."""
    facts = facts_of(ticket)
    held = select(FunctionHeld.user_id).where(
        FunctionHeld.agency_id == ticket.holder_id,
        FunctionHeld.function.in_(ANSWERING),
        FunctionHeld.valid_from <= on,
        or_(FunctionHeld.valid_to.is_(None), FunctionHeld.valid_to >= on),
    )
    query = select(User).where(
        User.id.in_(held),
        User.id.not_in(facts.past_author_ids | facts.recused_ids),
        User.disabled_at.is_(None),
    )
    return session.scalars(query.order_by(User.name, User.id)).all()


def others_hold(
    session: Session, agency_id: int, functions: Sequence[Function], user_id: int, on: date
) -> bool:
    """Say whether somebody else holds one of the functions in the agency on that day."""
    query = (
        select(FunctionHeld.id)
        .join(User, User.id == FunctionHeld.user_id)
        .where(
            FunctionHeld.agency_id == agency_id,
            FunctionHeld.function.in_(functions),
            FunctionHeld.user_id != user_id,
            FunctionHeld.valid_from <= on,
            or_(FunctionHeld.valid_to.is_(None), FunctionHeld.valid_to >= on),
            User.disabled_at.is_(None),
        )
    )
    return session.scalar(select(query.exists())) or False


def last_approver(draft_id: int) -> Select[int]:
    """Return the query for who approved the draft last since it was last returned."""
    query = select(Approval.by_id).where(Approval.draft_id == draft_id, Approval.verdict == "approved")
    return query.order_by(Approval.id.desc()).limit(1)


def drafts_in_approval(session: Session, agency_ids: Sequence[int]) -> int:
    """Return how many drafts of these agencies are on their way through the approvals."""
    query = select(func.count()).where(
        AnswerDraft.state == "approving", AnswerDraft.agency_id.in_(agency_ids)
    )
    return session.scalar(query) or 0


def approvals_of(
    session: Session, draft_ids: Sequence[int]
) -> dict[int, list[tuple[str, str, str, datetime]]]:
    """Return who decided what on each draft, in order: name, verdict, remarks, instant."""
    query = select(Approval.draft_id, User.name, Approval.verdict, Approval.remarks, Approval.at)
    query = query.join(User, User.id == Approval.by_id).where(Approval.draft_id.in_(draft_ids))
    found: dict[int, list[tuple[str, str, str, datetime]]] = {}
    for draft_id, name, verdict, remarks, at in session.execute(query.order_by(Approval.id)):
        found.setdefault(draft_id, []).append((name, verdict, remarks, at))
    return found


def of_enterprise(
    session: Session, enterprise_id: int, *, before: int | None = None, size: int = 20
) -> Sequence[Ticket]:
    """Return the enterprise's tickets, newest first, those with an id below ``before``."""
    query = select(Ticket).options(joinedload(Ticket.lead)).where(Ticket.enterprise_id == enterprise_id)
    if before is not None:
        query = query.where(Ticket.id < before)
    return session.scalars(query.order_by(Ticket.id.desc()).limit(size)).all()


@dataclass(frozen=True, slots=True)
class Names:
    """Names of people and agencies that a page mentions, by id."""

    people: dict[int, str]


def names_on(session: Session, ticket: Ticket) -> Names:
    """Return the names of the staff whom the ticket's page mentions; those of the filer's people are not read."""
    ids = {entry.actor_id for entry in ticket.entries if entry.kind not in BY_OWNER}
    ids |= {message.author_id for message in ticket.messages}
    ids |= {answer.author_id for answer in ticket.answers} | {ticket.handler_id}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids - {None})))
    return Names(people={row.id: row.name for row in rows})
