"""Invited pulses: register of finished procedures, rounds and their samples, answers that belong to nobody

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db

revision = "0015"
down_revision = "0014"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DONE = sa.text("done_at IS NOT NULL")
TABLES = (
    "pulse_cell", "pulse_token", "pulse_asked", "pulse_unit", "pulse_round", "pulse_completion", "pulse_batch",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "pulse_batch",
        sa.Column("id", ID, nullable=False),
        *_texts("sha256", "name"),
        sa.Column("rows", sa.JSON(), nullable=False),
        *_numbers("added", "known"),
        sa.Column("by_id", ID, nullable=False),
        _moment("at", nullable=False),
        _moment("done_at", nullable=True),
        _to("pulse_batch", "by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_batch")),
    )
    op.create_index(op.f("ix_pulse_batch_sha256"), "pulse_batch", ["sha256"])
    only_done = {"sqlite_where": DONE, "postgresql_where": DONE}
    op.create_index("uq_pulse_batch_done", "pulse_batch", ["sha256"], unique=True, **only_done)
    _register()
    _rounds()
    _answers()


def _register() -> None:
    key = ("tax_code", "field", "procedure", "finished_on")
    op.create_table(
        "pulse_completion",
        sa.Column("id", ID, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        *_texts("tax_code", "enterprise", "procedure", "field"),
        sa.Column("finished_on", sa.Date(), nullable=False),
        *_texts("email", "phone", "size", "locale"),
        _to("pulse_completion", "batch_id", "pulse_batch.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_completion")),
        sa.UniqueConstraint(*key, name=op.f(f"uq_pulse_completion_{'_'.join(key)}")),
    )
    for column in ("batch_id", "finished_on"):
        op.create_index(op.f(f"ix_pulse_completion_{column}"), "pulse_completion", [column])


def _rounds() -> None:
    op.create_table(
        "pulse_round",
        *_texts("quarter", "seed"),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("pack_id", ID, nullable=False),
        *_numbers("registered", "invited", "refused", "unreachable", "rested"),
        sa.Column("closed_on", sa.Date(), nullable=True),
        _to("pulse_round", "pack_id", "pack_version.id"),
        sa.PrimaryKeyConstraint("quarter", name=op.f("pk_pulse_round")),
    )
    op.create_table(
        "pulse_unit",
        *_texts("quarter", "tax_code", "field", "size", "cell_field", "cell_size"),
        sa.Column("invited", sa.Boolean(), nullable=False),
        _to("pulse_unit", "quarter", "pulse_round.quarter"),
        sa.PrimaryKeyConstraint("quarter", "tax_code", name=op.f("pk_pulse_unit")),
    )
    op.create_table(
        "pulse_asked",
        *_texts("who", "quarter"),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("who", "quarter", name=op.f("pk_pulse_asked")),
    )


def _answers() -> None:
    """Make the tables that know nobody; without row ids their rows lie in the order of random keys."""
    op.create_table(
        "pulse_token",
        *_texts("token_hash", "quarter", "field", "size"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_pulse_token")),
        sqlite_with_rowid=False,
    )
    key = ("quarter", "field", "size", "question", "option")
    op.create_table(
        "pulse_cell",
        *_texts(*key),
        *_numbers("n"),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_pulse_cell")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _moment(name: str, *, nullable: bool) -> sa.Column:
    return sa.Column(name, feedback_app.core.db.UtcDateTime(timezone=True), nullable=nullable)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
