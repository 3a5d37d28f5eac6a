"""Signatures of files

Revision ID: 0006b
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006b"
down_revision = "0006"


def upgrade() -> None:
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("signatures", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_column("signatures")
