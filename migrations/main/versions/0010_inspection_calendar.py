"""The inspection calendar: visits, who joins them, tables that wait to be taken over

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "inspection_batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", feedback_app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", feedback_app.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_inspection_batch_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_batch")),
    )
    with op.batch_alter_table("inspection_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_batch_sha256"), ["sha256"], unique=False)
        batch_op.create_index(
            "uq_inspection_batch_done",
            ["sha256"],
            unique=True,
            sqlite_where=sa.text("done_at IS NOT NULL"),
            postgresql_where=sa.text("done_at IS NOT NULL"),
        )

    op.create_table(
        "inspection_visit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("tax_code", sa.String(), nullable=False),
        sa.Column("enterprise", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decision_number", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("exception", sa.String(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("changed_at", feedback_app.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_inspection_visit_agency_id")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["user.id"], name=op.f("fk_inspection_visit_changed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_visit")),
        sa.UniqueConstraint(
            "agency_id", "year", "code", name=op.f("uq_inspection_visit_agency_id_year_code")
        ),
    )
    with op.batch_alter_table("inspection_visit", schema=None) as batch_op:
        batch_op.create_index("ix_inspection_visit_enterprise", ["tax_code", "year"], unique=False)
        batch_op.create_index("ix_inspection_visit_year", ["year", "tax_code", "id"], unique=False)

    op.create_table(
        "inspection_joined_agency",
        sa.Column("visit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_inspection_joined_agency_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["inspection_visit.id"], name=op.f("fk_inspection_joined_agency_visit_id")
        ),
        sa.PrimaryKeyConstraint("visit_id", "agency_id", name=op.f("pk_inspection_joined_agency")),
    )
    with op.batch_alter_table("inspection_joined_agency", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inspection_joined_agency_agency_id"), ["agency_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("inspection_joined_agency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspection_joined_agency_agency_id"))

    op.drop_table("inspection_joined_agency")
    with op.batch_alter_table("inspection_visit", schema=None) as batch_op:
        batch_op.drop_index("ix_inspection_visit_year")
        batch_op.drop_index("ix_inspection_visit_enterprise")

    op.drop_table("inspection_visit")
    with op.batch_alter_table("inspection_batch", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_inspection_batch_done",
            sqlite_where=sa.text("done_at IS NOT NULL"),
            postgresql_where=sa.text("done_at IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_inspection_batch_sha256"))

    op.drop_table("inspection_batch")
