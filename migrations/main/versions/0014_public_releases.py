"""What is public of each month and quarter

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "public_release",
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("snapshot", sa.String(), nullable=False),
        sa.Column("definitions", sa.String(), nullable=False),
        _moment("computed_at"),
        _moment("published_at"),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_public_release")),
    )
    op.create_index(op.f("ix_public_release_last"), "public_release", ["last"])


def downgrade() -> None:
    op.drop_table("public_release")


def _moment(name: str) -> sa.Column:
    return sa.Column(name, feedback_app.core.db.UtcDateTime(timezone=True), nullable=False)
