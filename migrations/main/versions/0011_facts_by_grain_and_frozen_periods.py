"""Facts of cases, legs and days, their sums, the list of changed tickets; frozen periods

All of it but the frozen periods follows from the tickets: the first refresh builds it. The triggers that write the list
are made by ``env.py`` after every upgrade.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db
from feedback_app.statistics import triggers

revision = "0011"
down_revision = "0010"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = feedback_app.core.db.UtcDateTime(timezone=True)
COUNTED = (
    "received", "answered", "in_time", "late", "rejected", "redirected", "policy_backlog", "withdrawn", "disputed",
    "reopened_within_30_days", "rated", "satisfied_answered", "solved_says_enterprise", "due_in_period",
    "answered_in_time", "informal_cost_due", "informal_cost_settled_in_time", "inspection_reports_due",
    "inspection_reports_settled",
)  # fmt: skip
DATES = ("answered_on", "disputed_on", "due_on", "ended_on", "rated_on", "started_on")
RUNNING = sa.text("ended_on IS NULL")


def upgrade() -> None:
    op.drop_table("period_figure")
    op.drop_table("period_run")
    op.drop_table("case_fact")
    op.create_table(
        "changed_ticket",
        _id("id"),
        _id("ticket_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changed_ticket")),
    )
    op.create_table(
        "statistics_mark",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("as_of", UTC, nullable=False),
        _day("day"),
        sa.Column("building_since", UTC, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statistics_mark")),
    )
    _facts()
    op.create_table("deed_day", *_keys("day"), *_counts(*COUNTED), _json("days"), _key("deed_day"))
    op.create_table(
        "deed_month",
        _day("month"),
        _text("agency"),
        _text("field"),
        *_counts(*COUNTED),
        sa.PrimaryKeyConstraint("month", "agency", "field", name=op.f("pk_deed_month")),
    )
    op.create_table("open_day", *_keys("day"), *_counts("open", "overdue", "paused"), _key("open_day"))
    _frozen()


def downgrade() -> None:
    triggers.remove(op.get_bind())
    for name in ("period_opinion", "frozen_table", "period_package", "frozen_figure", "frozen_period"):
        op.drop_table(name)
    for name in (
        "open_day",
        "deed_month",
        "deed_day",
        "leg_fact",
        "case_fact",
        "statistics_mark",
        "changed_ticket",
    ):
        op.drop_table(name)
    _as_it_was()


def _facts() -> None:
    op.create_table(
        "case_fact",
        _id("ticket_id"),
        _number("round"),
        _number("ticket_version"),
        _text("kind"),
        _text("field"),
        _text("agency", nullable=True),
        _flag("sensitive"),
        *_case_days(),
        _text("area", nullable=True),
        _day("joined_on", nullable=True),
        _json("inherited"),
        _json("former_dues"),
        _text("outcome", nullable=True),
        sa.Column("calendar_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_case_fact_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "round", name=op.f("pk_case_fact")),
    )
    _case_indexes()
    op.create_table(
        "leg_fact",
        _id("ticket_id"),
        _number("round"),
        _number("number"),
        _text("agency", nullable=True),
        _text("role"),
        _text("field"),
        _flag("sensitive"),
        sa.Column("in_project", sa.Boolean(), server_default=sa.false(), nullable=False),
        _flag("beside"),
        _day("since"),
        _day("until", nullable=True),
        _day("due_on", nullable=True),
        *(_number(name, nullable=True) for name in ("working_days", "late_days", "case_late_days")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_leg_fact_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "round", "number", name=op.f("pk_leg_fact")),
    )
    op.create_index("ix_leg_fact_until", "leg_fact", ["until"], unique=False)


def _frozen() -> None:
    op.create_table(
        "frozen_period",
        *(_text(name) for name in ("period", "snapshot", "sha256")),
        _day("first"),
        _day("last"),
        sa.Column("as_of", UTC, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("by_id", ID, nullable=True),
        *(_text(name) for name in ("calendar", "definitions")),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_frozen_period_by_id")),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_frozen_period")),
        sa.UniqueConstraint("snapshot", name=op.f("uq_frozen_period_snapshot")),
    )
    op.create_index("ix_frozen_period_last", "frozen_period", ["last"], unique=False)
    op.create_table(
        "frozen_figure",
        *(_text(name) for name in ("period", "agency", "field")),
        _flag("sensitive"),
        _text("measure"),
        sa.Column("value", sa.Double(), nullable=True),
        _number("n"),
        _of_period("frozen_figure"),
        sa.PrimaryKeyConstraint(
            "period", "agency", "field", "sensitive", "measure", name=op.f("pk_frozen_figure")
        ),
    )
    op.create_table(
        "period_package",
        _text("period"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _of_period("period_package"),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_period_package")),
    )
    op.create_table(
        "frozen_table",
        *(_text(name) for name in ("period", "source", "name")),
        _json("content"),
        _text("sha256"),
        sa.Column("at", UTC, nullable=False),
        _text("packed_in", nullable=True),
        sa.PrimaryKeyConstraint("period", "source", "name", name=op.f("pk_frozen_table")),
    )
    op.create_table(
        "period_opinion",
        _text("period"),
        sa.Column("agency_id", ID, nullable=False),
        _text("state"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("settled_by_id", ID, nullable=True),
        sa.Column("settled_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_period_opinion_agency_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_period_opinion_by_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["user.id"], name=op.f("fk_period_opinion_settled_by_id")),
        sa.PrimaryKeyConstraint("period", "agency_id", name=op.f("pk_period_opinion")),
    )


def _as_it_was() -> None:
    """Make the tables of before anew, empty: they were derived too."""
    op.create_table(
        "case_fact",
        _id("ticket_id"),
        _number("round"),
        _number("ticket_version"),
        _text("kind"),
        _text("field"),
        _text("agency", nullable=True),
        _flag("sensitive"),
        *_case_days(),
        _text("area", nullable=True),
        sa.Column("in_project", sa.Boolean(), server_default=sa.false(), nullable=False),
        _json("inherited"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_case_fact_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "round", name=op.f("pk_case_fact")),
    )
    _case_indexes()
    op.create_table(
        "period_figure",
        *(_text(name) for name in ("period", "agency", "field")),
        _flag("sensitive"),
        _text("measure"),
        sa.Column("value", sa.Double(), nullable=True),
        _number("n"),
        sa.PrimaryKeyConstraint(
            "period", "agency", "field", "sensitive", "measure", name=op.f("pk_period_figure")
        ),
    )
    op.create_table(
        "period_run",
        _text("period"),
        _day("first"),
        _day("last"),
        sa.Column("computed_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_period_run")),
    )
    op.create_index("ix_period_run_last", "period_run", ["last"], unique=False)


def _case_days() -> list[sa.Column]:
    return [
        _day("started_on"),
        _day("due_on", nullable=True),
        _day("answered_on", nullable=True),
        _day("ended_on", nullable=True),
        _number("working_days", nullable=True),
        _json("pauses"),
        _day("rated_on", nullable=True),
        sa.Column("rated_answered", sa.Boolean(), nullable=True),
        _text("rated_solved", nullable=True),
        _day("disputed_on", nullable=True),
    ]


def _case_indexes() -> None:
    for name in DATES:
        op.create_index(f"ix_case_fact_{name}", "case_fact", [name], unique=False)
    op.create_index(
        "ix_case_fact_open",
        "case_fact",
        ["started_on"],
        unique=False,
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )


def _of_period(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_period")
    return sa.ForeignKeyConstraint(["period"], ["frozen_period.period"], name=name)


def _keys(day: str) -> list[sa.Column]:
    return [_day(day), _text("agency"), _text("field"), _flag("sensitive")]


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("day", "agency", "field", "sensitive", name=op.f(f"pk_{table}"))


def _counts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in names]


def _id(name: str) -> sa.Column:
    return sa.Column(name, ID, nullable=False)


def _day(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _flag(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _json(name: str) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=False)
