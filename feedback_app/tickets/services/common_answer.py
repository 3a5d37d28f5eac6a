"""The common answer of a cluster: written, approved and issued once, and given to each member as its own answer.

Each member is a transaction of its own, which the caller opens; what cannot be done with one stops no other.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session, selectinload

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core.errors import Conflict, NotFound
from feedback_app.tickets import queries
from feedback_app.tickets.beyond import Cluster, ClusterTicket
from feedback_app.tickets.drafting import AnswerDraft
from feedback_app.tickets.facts import facts_of
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.loading import ALWAYS, FOR_RULES
from feedback_app.tickets.models import Answer, Ticket
from feedback_app.tickets.policy import acts_open_to
from feedback_app.tickets.services import approving, handling
from feedback_app.tickets.services.answering import Decision, Letter
from feedback_app.tickets.services.approving import told_together
from feedback_app.tickets.services.clustering import answered_together, member_query
from feedback_app.tickets.services.concluding import conclude_or_draft


class Standing(StrEnum):
    """How a member stands to the common answer; after the first three, what it waits for."""

    SENT = "sent"
    DRAFTED = "drafted"
    READY = "ready"  # this reader may give it now
    OWN_DRAFT = "own_draft"
    UNSORTED = "unsorted"
    NEED_INFO = "need_info"
    AT_PROVINCE = "at_province"
    AT_MINISTRY = "at_ministry"
    ELSEWHERE = "elsewhere"  # the agency that has it, or a colleague, gives it


WAITS_FOR = {
    Status.RECEIVED: Standing.UNSORTED,
    Status.TRIAGE: Standing.UNSORTED,
    Status.NEED_INFO: Standing.NEED_INFO,
    Status.AT_PROVINCE: Standing.AT_PROVINCE,
    Status.AT_MINISTRY: Standing.AT_MINISTRY,
}


@dataclass(frozen=True, slots=True)
class Member:
    """A ticket of a cluster; ``draft``: the common answer on its way, which the reader may approve or issue."""

    ticket: Ticket
    standing: Standing
    draft: AnswerDraft | None = None
    approvable: bool = False
    issuable: bool = False


def members(session: Session, actor: Actor, cluster: Cluster) -> list[Member]:
    """Return the members that the reader may see, oldest first."""
    needed = [selectinload(getattr(Ticket, name)) for name in (*ALWAYS, *FOR_RULES)]
    tickets = session.scalars(member_query(actor, cluster).options(*needed)).all()
    together = answered_together(session, tickets)
    return [_member(session, ticket, actor, sent=ticket.id in together) for ticket in tickets]


def answer(
    session: Session,
    cluster: Cluster,
    code: str,
    decision: Decision,
    loaded: Loaded,
    *,
    by: Actor,
    at: datetime,
) -> Answer | None:
    """Give the common answer to one member, as its own; ``None``: a draft of it goes through the approvals.

    Raises:
        NotFound: no such member for this reader.
        Forbidden, IllegalTransition: see ``moving.require``.
        Invalid: see ``answering.conclude``.
    """
    ticket = _of(session, cluster, code, by)
    if ticket.status == Status.ASSIGNED:
        handling.accept(session, ticket, by=by, at=at)
    sent = conclude_or_draft(session, ticket, decision, loaded, by=by, at=at, cluster=cluster.code)
    if sent is not None:
        told_together(session, ticket, cluster.code, by=by, at=at)
    return sent


def approve(
    session: Session,
    cluster: Cluster,
    code: str,
    seen_draft: int,
    *,
    verdict: bool,
    remarks: str,
    by: Actor,
    at: datetime,
) -> None:
    """Approve or return the draft of one member, as ``approving.approve`` does.

    Raises:
        NotFound: no such member for this reader.
        Conflict: the draft is no longer the one with the version ``seen_draft``.
        Forbidden, IllegalTransition, Invalid: see ``approving.approve``.
    """
    ticket = _of(session, cluster, code, by)
    _same_draft(ticket, cluster, seen_draft)
    approving.approve(session, ticket, by=by, verdict=verdict, remarks=remarks, at=at)


def issue(
    session: Session,
    cluster: Cluster,
    code: str,
    seen_draft: int,
    letter: Letter,
    *,
    by: Actor,
    at: datetime,
) -> Answer:
    """Send the approved draft of one member under the number, date and signer of the common letter.

    Raises:
        NotFound, Conflict: see ``approve``.
        Forbidden, IllegalTransition, Invalid: see ``approving.issue``.
    """
    ticket = _of(session, cluster, code, by)
    _same_draft(ticket, cluster, seen_draft)
    return approving.issue(session, ticket, by=by, letter=letter, at=at)


def _member(session: Session, ticket: Ticket, actor: Actor, *, sent: bool) -> Member:
    if sent:
        return Member(ticket, Standing.SENT)
    open_acts = acts_open_to(actor, facts_of(ticket))
    draft = next((d for d in ticket.drafts if d.state == "approving"), None)
    if draft is not None and not draft.details.get("cluster"):
        return Member(ticket, Standing.OWN_DRAFT)
    if draft is not None:
        approvable = Act.APPROVE in open_acts and approving.may_approve(session, ticket, actor)
        issuable = Act.ISSUE in open_acts and approving.may_issue(ticket, actor)
        return Member(ticket, Standing.DRAFTED, draft, approvable, issuable)
    if open_acts & {Act.ANSWER, Act.ACCEPT}:
        return Member(ticket, Standing.READY)
    return Member(ticket, WAITS_FOR.get(Status(ticket.status), Standing.ELSEWHERE))


def _of(session: Session, cluster: Cluster, code: str, by: Actor) -> Ticket:
    ticket = queries.handled_by(session, by, code, whole=True)
    row = session.get(ClusterTicket, ticket.id)
    if row is None or row.cluster_id != cluster.id:
        raise NotFound(code)
    return ticket


def _same_draft(ticket: Ticket, cluster: Cluster, seen: int) -> None:
    draft = next((d for d in ticket.drafts if d.state == "approving"), None)
    if draft is None or draft.version != seen or draft.details.get("cluster") != cluster.code:
        raise Conflict(cluster.code)
