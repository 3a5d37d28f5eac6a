"""Morning briefs and what leaders said to them, enterprise-days lost by obstacle, signals of groomed figures

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db

revision = "0013"
down_revision = "0012"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("signal_case", "signal_count", "signal_mark", "obstacle_standing", "leader_word", "brief")


def upgrade() -> None:
    op.create_table(
        "brief",
        sa.Column("day", sa.Date(), nullable=False),
        _moment("at"),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_brief")),
    )
    op.create_table(
        "leader_word",
        sa.Column("id", ID, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("subject", "deed")),
        sa.Column("on", sa.Date(), nullable=False),
        _moment("at"),
        sa.Column("by_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_leader_word_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_word")),
        sa.UniqueConstraint("subject", "deed", "on", name=op.f("uq_leader_word_subject_deed_on")),
    )
    op.create_table(
        "obstacle_standing",
        sa.Column("cluster_id", ID, autoincrement=False, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("field", "procedure")),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("enterprises", "days", "days_before")),
        sa.PrimaryKeyConstraint("cluster_id", "field", "procedure", name=op.f("pk_obstacle_standing")),
    )
    _signals()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _signals() -> None:
    op.create_table(
        "signal_mark",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("first", "last")),
        _moment("at"),
        sa.Column("pack_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["pack_version.id"], name=op.f("fk_signal_mark_pack_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_mark")),
    )
    op.create_table(
        "signal_count",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("signal", "agency")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("hits", "n")),
        sa.PrimaryKeyConstraint("signal", "agency", name=op.f("pk_signal_count")),
    )
    op.create_table(
        "signal_case",
        sa.Column("id", ID, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("signal", "agency")),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_signal_case_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_case")),
    )
    op.create_index(op.f("ix_signal_case_ticket_id"), "signal_case", ["ticket_id"])
    op.create_index("ix_signal_case_agency", "signal_case", ["signal", "agency", "id"])


def _moment(name: str) -> sa.Column:
    return sa.Column(name, feedback_app.core.db.UtcDateTime(timezone=True), nullable=False)
