"""Reorganisations that were applied; facts of statistics know their area and whose they were before

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = feedback_app.core.db.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "reorganisation",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("pack_version", sa.Integer(), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("at", UTC, nullable=False),
        sa.Column("after_ticket", ID, nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("finished_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_reorganisation_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reorganisation")),
        sa.UniqueConstraint("code", name=op.f("uq_reorganisation_code")),
    )
    op.execute("DELETE FROM case_fact")  # derived: the next refresh takes them anew
    with op.batch_alter_table("case_fact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("area", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("inherited", sa.JSON(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("case_fact", schema=None) as batch_op:
        batch_op.drop_column("inherited")
        batch_op.drop_column("area")
    op.drop_table("reorganisation")
