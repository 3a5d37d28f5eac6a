"""What a ticket is linked to, in one look: a cluster, a proposal, a project, other channels."""

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from feedback_app.tickets.beyond import (
    Cluster,
    ClusterTicket,
    PolicyProposal,
    Project,
    ProjectTicket,
    ProposalTicket,
)
from feedback_app.tickets.coordination import OtherChannel


def linked(session: Session, ticket_id: int) -> list[tuple[str, str, str]]:
    """Return kind (cluster, proposal, project, or the name of a channel), number and title of each link."""
    looks = [
        select(literal(kind), owner.code, owner.title)
        .join(link, column == owner.id)
        .where(link.ticket_id == ticket_id)
        for kind, owner, link, column in (
            ("cluster", Cluster, ClusterTicket, ClusterTicket.cluster_id),
            ("project", Project, ProjectTicket, ProjectTicket.project_id),
            ("proposal", PolicyProposal, ProposalTicket, ProposalTicket.proposal_id),
        )
    ]
    looks.append(
        select(OtherChannel.channel, OtherChannel.code, literal("")).where(
            OtherChannel.ticket_id == ticket_id
        )
    )
    return [(row[0], row[1], row[2]) for row in session.execute(union_all(*looks))]
