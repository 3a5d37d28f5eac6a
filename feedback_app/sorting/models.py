"""What the coordinating offices corrected of routing, kept as rules that somebody may switch on."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId


class State(StrEnum):
    """What became of a proposal."""

    PROPOSED = "proposed"
    SWITCHED_ON = "switched_on"
    DISMISSED = "dismissed"


class RoutingProposal(Base):
    """One correction: routing said ``was``, a person gave the ticket to ``lead``."""

    __tablename__ = "routing_proposal"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), unique=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    kind: Mapped[str]
    field: Mapped[str]
    procedure: Mapped[str | None]
    area: Mapped[str | None]
    words: Mapped[list[str]] = mapped_column(
        JSON
    )  # the author's phrases that routing went by, strongest first
    was_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    lead_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=State.PROPOSED)
    rule: Mapped[str] = mapped_column(default="")  # the code of the rule that it became
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]


Index(
    "ix_routing_proposal_like",
    RoutingProposal.state,
    RoutingProposal.field,
    RoutingProposal.was_id,
    RoutingProposal.lead_id,
)
