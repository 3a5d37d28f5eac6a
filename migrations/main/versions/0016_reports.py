"""Reports in official form, their files and layouts; the words of a frozen period's list

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db

revision = "0016"
down_revision = "0015"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("state IN ('asked', 'making')")


def upgrade() -> None:
    op.create_table(
        "period_texts",
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _to("period_texts", "period", "frozen_period.period"),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_period_texts")),
    )
    op.create_table(
        "report",
        _id("id"),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("public_id", "period", "agency", "snapshot")
        ),
        sa.Column("layout", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        _id("by_id", nullable=True),
        _moment("asked_at"),
        _moment("started_at", nullable=True),
        _moment("made_at", nullable=True),
        _to("report", "by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_public_id")),
    )
    op.create_index("ix_report_period", "report", ["period", "agency"])
    op.create_index("ix_report_waiting", "report", ["id"], sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_table(
        "report_file",
        _id("id"),
        _id("report_id"),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_file_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_file")),
    )
    op.create_index(op.f("ix_report_file_report_id"), "report_file", ["report_id"])
    op.create_table(
        "report_layout",
        _id("version"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        _id("by_id", nullable=True),
        _moment("at"),
        _moment("in_force_at", nullable=True),
        _id("in_force_by_id", nullable=True),
        _to("report_layout", "by_id", "user.id"),
        _to("report_layout", "in_force_by_id", "user.id"),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_report_layout")),
    )


def downgrade() -> None:
    for table in ("report_layout", "report_file", "report", "period_texts"):
        op.drop_table(table)


def _id(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, ID, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, feedback_app.core.db.UtcDateTime(timezone=True), nullable=nullable)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
