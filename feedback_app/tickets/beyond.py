"""The rows of what outgrows one ticket: ways up, rules to be changed, commitments, clusters, projects."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId


class Referral(Base):
    """One way up: to UBND tỉnh, or to a ministry; with the document that answers it."""

    __tablename__ = "referral"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    level: Mapped[str]  # province | ministry
    from_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    addressee: Mapped[str] = mapped_column(default="")  # the ministry
    reason: Mapped[str] = mapped_column(Text)
    letter_number: Mapped[str] = mapped_column(default="")
    letter_date: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    due_on: Mapped[date | None]
    watched_on: Mapped[date | None]  # the last look of the monthly watch
    document: Mapped[str | None]  # directive | conclusion | request | reply
    number: Mapped[str] = mapped_column(default="")
    dated: Mapped[date | None]
    signer: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text, default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    owner_due_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]


_PENDING = Referral.answered_at.is_(None)
Index("ix_referral_pending", Referral.level, Referral.id, sqlite_where=_PENDING, postgresql_where=_PENDING)


class PolicyProposal(Base):
    """A rule that ought to change: numbered, owned, followed in public until it does."""

    __tablename__ = "policy_proposal"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    rule: Mapped[str] = mapped_column(Text)  # the provision concerned
    field: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    status: Mapped[str]  # noted | studied | submitted | changed | declined
    public_note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - how SQLAlchemy reads it


class ProposalTicket(Base):
    """A ticket that asks for the change."""

    __tablename__ = "proposal_ticket"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("policy_proposal.id"), index=True)


class Commitment(Base):
    """A dated promise to the enterprise; it outlives the closing of the ticket."""

    __tablename__ = "commitment"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    state: Mapped[str]  # open | kept | broken
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


_STANDING = Commitment.state == "open"
Index(
    "ix_commitment_open", Commitment.due_on, Commitment.id, sqlite_where=_STANDING, postgresql_where=_STANDING
)


class Cluster(Base):
    """One obstacle of many enterprises: a common answer; each keeps its number, clock and survey."""

    __tablename__ = "cluster"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class ClusterTicket(Base):
    """A ticket of a cluster: of one at most."""

    __tablename__ = "cluster_ticket"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), index=True)


class Project(Base):
    """A project dossier: many agencies, years, milestones; its tickets stand outside the lateness rate."""

    __tablename__ = "project"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    summary: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str]  # open | closed
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - how SQLAlchemy reads it


class ProjectAgency(Base):
    """An agency that takes part."""

    __tablename__ = "project_agency"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True, index=True)


class ProjectTicket(Base):
    """A ticket that belongs to the dossier."""

    __tablename__ = "project_ticket"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)


class Milestone(Base):
    """A step of a project: who, by when, done when."""

    __tablename__ = "milestone"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    title: Mapped[str]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")


class Conclusion(Base):
    """One of the successive Thông báo kết luận of a project."""

    __tablename__ = "conclusion"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    number: Mapped[str]
    dated: Mapped[date]
    signer: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
