"""Dialogue conferences: meetings, proposals, agenda, conclusions with their items, reports, reminders

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db

revision = "0017"
down_revision = "0016"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RUNNING = sa.text("state = 'open' AND issued_at IS NOT NULL")
TABLES = (
    "dialogue_reminder",
    "dialogue_file",
    "dialogue_report",
    "dialogue_item",
    "dialogue_conclusion",
    "dialogue_pin",
    "dialogue_proposal",
    "dialogue_change",
    "dialogue_meeting",
)


def upgrade() -> None:
    _meetings()
    _proposals()
    _conclusions()
    _reports()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _meetings() -> None:
    op.create_table(
        "dialogue_meeting",
        _id("id"),
        *(_text(name) for name in ("code", "kind", "state", "title")),
        _long("about"),
        _id("chair_id"),
        _id("parent_id", nullable=True),
        _text("place"),
        _text("hour"),
        *(_day(name) for name in ("held_on", "closes_on", "replies_on")),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        _id("by_id"),
        _moment("at"),
        _moment("called_at", nullable=True),
        sa.Column("is_sample", sa.Boolean(), server_default=sa.false(), nullable=False),
        _number("version"),
        _to("dialogue_meeting", "chair_id", "agency.id"),
        _to("dialogue_meeting", "parent_id", "dialogue_meeting.id"),
        _to("dialogue_meeting", "by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_meeting")),
        sa.UniqueConstraint("code", name=op.f("uq_dialogue_meeting_code")),
    )
    _index("dialogue_meeting", "chair_id")
    _index("dialogue_meeting", "parent_id")
    op.create_index("ix_dialogue_meeting_day", "dialogue_meeting", ["held_on", "id"])
    op.create_table(
        "dialogue_change",
        _id("id"),
        _id("meeting_id"),
        _day("was"),
        _day("moved_to", nullable=True),
        _long("reason"),
        _id("by_id"),
        _moment("at"),
        _to("dialogue_change", "meeting_id", "dialogue_meeting.id"),
        _to("dialogue_change", "by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_change")),
    )
    _index("dialogue_change", "meeting_id")


def _proposals() -> None:
    op.create_table(
        "dialogue_proposal",
        _id("id"),
        _id("meeting_id"),
        _id("ticket_id"),
        *(_text(name) for name in ("origin", "heading", "competence", "handling")),
        _id("sectoral_id", nullable=True),
        _long("settled_note"),
        _moment("settled_at", nullable=True),
        _id("classified_by_id", nullable=True),
        _moment("at"),
        _number("version"),
        _to("dialogue_proposal", "meeting_id", "dialogue_meeting.id"),
        _to("dialogue_proposal", "ticket_id", "ticket.id"),
        _to("dialogue_proposal", "sectoral_id", "dialogue_meeting.id"),
        _to("dialogue_proposal", "classified_by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_proposal")),
        sa.UniqueConstraint(
            "meeting_id", "ticket_id", name=op.f("uq_dialogue_proposal_meeting_id_ticket_id")
        ),
    )
    _index("dialogue_proposal", "ticket_id")
    _index("dialogue_proposal", "sectoral_id")
    op.create_table(
        "dialogue_pin",
        _id("meeting_id"),
        _text("key"),
        _number("place"),
        _long("reason"),
        _id("by_id"),
        _moment("at"),
        _to("dialogue_pin", "meeting_id", "dialogue_meeting.id"),
        _to("dialogue_pin", "by_id", "user.id"),
        sa.PrimaryKeyConstraint("meeting_id", "key", name=op.f("pk_dialogue_pin")),
    )


def _conclusions() -> None:
    op.create_table(
        "dialogue_conclusion",
        _id("meeting_id"),
        _text("number"),
        _day("dated"),
        _text("signer"),
        sa.Column("public_id", sa.String(), nullable=True),
        *(_text(name) for name in ("name", "media_type", "storage_key")),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        _id("by_id"),
        _moment("at"),
        _to("dialogue_conclusion", "meeting_id", "dialogue_meeting.id"),
        _to("dialogue_conclusion", "by_id", "user.id"),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_dialogue_conclusion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dialogue_conclusion_public_id")),
    )
    op.create_table(
        "dialogue_item",
        _id("id"),
        _id("meeting_id"),
        _long("text"),
        _id("owner_id"),
        _day("due_on"),
        _id("ticket_id", nullable=True),
        _text("state"),
        _day("done_on", nullable=True),
        _moment("issued_at", nullable=True),
        _number("version"),
        _to("dialogue_item", "meeting_id", "dialogue_meeting.id"),
        _to("dialogue_item", "owner_id", "agency.id"),
        _to("dialogue_item", "ticket_id", "ticket.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_item")),
    )
    for column in ("meeting_id", "owner_id", "ticket_id"):
        _index("dialogue_item", column)
    op.create_index(
        "ix_dialogue_item_due",
        "dialogue_item",
        ["due_on", "id"],
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )


def _reports() -> None:
    op.create_table(
        "dialogue_report",
        _id("id"),
        _id("item_id"),
        _id("agency_id"),
        _long("text"),
        sa.Column("done", sa.Boolean(), nullable=False),
        _id("by_id"),
        _moment("at"),
        _text("verdict"),
        _long("remarks"),
        _id("decided_by_id", nullable=True),
        _moment("decided_at", nullable=True),
        _to("dialogue_report", "item_id", "dialogue_item.id"),
        _to("dialogue_report", "agency_id", "agency.id"),
        _to("dialogue_report", "by_id", "user.id"),
        _to("dialogue_report", "decided_by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_report")),
    )
    _index("dialogue_report", "item_id")
    op.create_table(
        "dialogue_file",
        _id("id"),
        _id("report_id"),
        *(_text(name) for name in ("public_id", "name", "media_type")),
        _number("size"),
        *(_text(name) for name in ("storage_key", "cleaned")),
        _to("dialogue_file", "report_id", "dialogue_report.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dialogue_file_public_id")),
    )
    _index("dialogue_file", "report_id")
    op.create_table(
        "dialogue_reminder",
        _text("subject"),
        sa.Column("subject_id", ID, autoincrement=False, nullable=False),
        _text("rung"),
        _moment("at"),
        sa.PrimaryKeyConstraint("subject", "subject_id", "rung", name=op.f("pk_dialogue_reminder")),
    )


def _id(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, ID, nullable=nullable)


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def _long(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _day(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, feedback_app.core.db.UtcDateTime(timezone=True), nullable=nullable)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
