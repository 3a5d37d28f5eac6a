"""Proposed routing rules, imported files, templates of answers

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = feedback_app.core.db.UtcDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "routing_proposal",
        sa.Column("id", ID, nullable=False),
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("was_id", ID, nullable=False),
        sa.Column("lead_id", ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_routing_proposal_assignment_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_routing_proposal_by_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_routing_proposal_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["agency.id"], name=op.f("fk_routing_proposal_lead_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_routing_proposal_ticket_id")),
        sa.ForeignKeyConstraint(["was_id"], ["agency.id"], name=op.f("fk_routing_proposal_was_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_proposal")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_routing_proposal_assignment_id")),
    )
    op.create_index("ix_routing_proposal_ticket_id", "routing_proposal", ["ticket_id"])
    op.create_index("ix_routing_proposal_like", "routing_proposal", ["state", "field", "was_id", "lead_id"])

    op.create_table(
        "import_batch",
        sa.Column("id", ID, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("filed", sa.Integer(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("done_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_import_batch_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index("ix_import_batch_sha256", "import_batch", ["sha256"])
    done = sa.text("done_at IS NOT NULL")
    op.create_index(
        "uq_import_batch_done",
        "import_batch",
        ["sha256"],
        unique=True,
        sqlite_where=done,
        postgresql_where=done,
    )

    op.create_table(
        "answer_template",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("legal_refs", sa.Text(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("retired_at", UTC, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_answer_template_agency_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_answer_template_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_template")),
    )
    op.create_index("ix_answer_template_agency_id", "answer_template", ["agency_id"])
    op.create_index("ix_answer_template_shared", "answer_template", ["shared"])


def downgrade() -> None:
    op.drop_table("answer_template")
    op.drop_table("import_batch")
    op.drop_table("routing_proposal")
