"""Links that go to the address of an account; since when an address is confirmed

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db

revision = "0006"
down_revision = "0005"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = feedback_app.core.db.UtcDateTime(timezone=True)
INVITED = 'UPDATE "user" SET confirmed_at = created_at WHERE id IN (SELECT user_id FROM function_held)'


def upgrade() -> None:
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmed_at", UTC, nullable=True))
    op.execute(INVITED)  # whoever invited them knew the address; of enterprises nobody asked
    op.create_table(
        "account_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("expires_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_account_link_user_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_account_link")),
    )
    op.create_index("ix_account_link_user_id", "account_link", ["user_id"], unique=False)
    op.create_index("ix_account_link_expires_at", "account_link", ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_table("account_link")
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.drop_column("confirmed_at")
