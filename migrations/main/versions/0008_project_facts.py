"""Facts know which tickets belong to a project dossier: those count in no rate of lateness

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("case_fact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("in_project", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("case_fact", schema=None) as batch_op:
        batch_op.drop_column("in_project")
