"""The action programme: reports owed and given, evidence, rungs told, obstacles linked by hand

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db

revision = "0012"
down_revision = "0011"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OWED = sa.text("reported_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "programme_report",
        _id("id"),
        sa.Column("task", sa.Integer(), nullable=False),
        _id("agency_id"),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hindrance", sa.Text(), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        _moment("reported_at", nullable=True),
        _moment("changed_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("programme_report", "agency_id", "agency.id"),
        _to("programme_report", "by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_report")),
        sa.UniqueConstraint(
            "task", "agency_id", "period", name=op.f("uq_programme_report_task_agency_id_period")
        ),
    )
    op.create_index(op.f("ix_programme_report_agency_id"), "programme_report", ["agency_id"])
    op.create_index(
        "ix_programme_report_owed",
        "programme_report",
        ["due_on", "id"],
        sqlite_where=OWED,
        postgresql_where=OWED,
    )
    op.create_table(
        "programme_file",
        _id("id"),
        _id("report_id"),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("cleaned", sa.String(), nullable=False),
        _id("by_id"),
        _moment("at"),
        _to("programme_file", "report_id", "programme_report.id"),
        _to("programme_file", "by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programme_file_public_id")),
    )
    op.create_index(op.f("ix_programme_file_report_id"), "programme_file", ["report_id"])
    op.create_table(
        "programme_reminder",
        _id("report_id"),
        sa.Column("rung", sa.String(), nullable=False),
        _moment("at"),
        _to("programme_reminder", "report_id", "programme_report.id"),
        sa.PrimaryKeyConstraint("report_id", "rung", name=op.f("pk_programme_reminder")),
    )
    op.create_table(
        "programme_obstacle",
        sa.Column("task", sa.Integer(), autoincrement=False, nullable=False),
        _id("ticket_id"),
        _id("by_id"),
        _moment("at"),
        _to("programme_obstacle", "ticket_id", "ticket.id"),
        _to("programme_obstacle", "by_id", "user.id"),
        sa.PrimaryKeyConstraint("task", "ticket_id", name=op.f("pk_programme_obstacle")),
    )
    op.create_index(op.f("ix_programme_obstacle_ticket_id"), "programme_obstacle", ["ticket_id"])


def downgrade() -> None:
    for table in ("programme_obstacle", "programme_reminder", "programme_file", "programme_report"):
        op.drop_table(table)


def _id(name: str) -> sa.Column:
    return sa.Column(name, ID, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, feedback_app.core.db.UtcDateTime(timezone=True), nullable=nullable)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
