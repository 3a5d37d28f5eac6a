"""Deliveries have a turn: what an enterprise waits for goes before what only follows from it

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

PENDING = sa.text("done_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("outbox_delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("turn", sa.SmallInteger(), server_default="1", nullable=False))
        batch_op.drop_index("ix_outbox_delivery_pending")
    _index(["turn", "not_before", "id"])


def downgrade() -> None:
    with op.batch_alter_table("outbox_delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_delivery_pending")
        batch_op.drop_column("turn")
    _index(["not_before", "id"])


def _index(columns: list[str]) -> None:
    op.create_index(
        "ix_outbox_delivery_pending",
        "outbox_delivery",
        columns,
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
