"""Reminders per clock, weekly lists; messages by SMS and Zalo, preferences, refusals

Revision ID: 0005
Revises: 0004
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("sent_at IS NULL AND given_up_at IS NULL")
UNTOLD = sa.text("digest_on IS NULL")
SAME = (
    "key, letter, recipient, locale, data, created_at, not_before, attempts, last_error, sent_at, given_up_at"
)
OLD_EVENTS = "(SELECT id FROM outbox_event WHERE name = 'ticket.reminded')"
UTC = feedback_app.core.db.UtcDateTime(timezone=True)
RUNNING_LEG = sa.text("ended_on IS NULL AND due_on IS NOT NULL")


def upgrade() -> None:
    _reminders()
    _messages()
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest_on", sa.Date(), nullable=True))
    # what was told before there was a mail of the morning is no news of the first one
    op.execute("UPDATE notification SET digest_on = DATE(at)")
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notification_undigested",
            ["user_id"],
            unique=False,
            sqlite_where=UNTOLD,
            postgresql_where=UNTOLD,
        )
    op.create_table(
        "preference",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("mail", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("sms", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("zalo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("digest", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_preference_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_preference")),
    )
    op.create_table(
        "refusal",
        sa.Column("contact_hash", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("contact_hash", "channel", name=op.f("pk_refusal")),
    )
    op.create_index(
        "ix_assignment_due",
        "assignment",
        ["due_on", "id"],
        unique=False,
        sqlite_where=RUNNING_LEG,
        postgresql_where=RUNNING_LEG,
    )


def _reminders() -> None:
    """Give the ledger a clock, and keep only what was told; what waits to be told is found anew."""
    op.execute("DELETE FROM reminder WHERE NOT told")
    forget = sa.text("DELETE FROM reminder WHERE ticket_id = :ticket_id AND round = :round AND rung = :rung")
    for payload in _untold():
        op.get_bind().execute(forget, {name: payload[name] for name in ("ticket_id", "round", "rung")})
    op.execute("DELETE FROM outbox_delivery WHERE event_id IN " + OLD_EVENTS)  # noqa: S608 - constants
    op.execute("DELETE FROM outbox_event WHERE name = 'ticket.reminded'")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("leg_id", ID, server_default="0", nullable=False))
        batch_op.add_column(sa.Column("weekly", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("listed_on", sa.Date(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_reminder_ticket_id_round_rung"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_reminder_ticket_id_round_leg_id_rung"), ["ticket_id", "round", "leg_id", "rung"]
        )
        batch_op.drop_column("told")
    op.create_index(
        "ix_reminder_weekly",
        "reminder",
        ["id"],
        unique=False,
        sqlite_where=sa.text("weekly"),
        postgresql_where=sa.text("weekly"),
    )
    op.create_table(
        "weekly_list",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_weekly_list")),
    )


def _untold() -> list[dict[str, Any]]:
    waiting = "SELECT event_id FROM outbox_delivery WHERE done_at IS NULL"
    query = f"SELECT payload FROM outbox_event WHERE id IN ({waiting}) AND id IN {OLD_EVENTS}"  # noqa: S608
    payloads = op.get_bind().execute(sa.text(query)).scalars()
    return [json.loads(payload) if isinstance(payload, str) else payload for payload in payloads]


def _messages() -> None:
    """Put the mails into the ledger of messages in all channels."""
    op.create_table(
        "dispatch",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), server_default="mail", nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("user_id", ID, nullable=True),
        *_sending(),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_dispatch_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch")),
        sa.UniqueConstraint("key", "channel", name=op.f("uq_dispatch_key_channel")),
    )
    op.create_index("ix_dispatch_user_id", "dispatch", ["user_id"], unique=False)
    op.create_index(
        "ix_dispatch_waiting",
        "dispatch",
        ["channel", "not_before", "id"],
        unique=False,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.execute(f"INSERT INTO dispatch ({SAME}) SELECT {SAME} FROM mail ORDER BY id")  # noqa: S608
    op.drop_table("mail")


def _sending() -> list[sa.Column[Any]]:
    return [
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", UTC, nullable=False),
        sa.Column("not_before", UTC, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("sent_at", UTC, nullable=True),
        sa.Column("given_up_at", UTC, nullable=True),
    ]


def downgrade() -> None:
    op.drop_index("ix_assignment_due", "assignment")
    op.drop_table("refusal")
    op.drop_table("preference")
    op.drop_index("ix_notification_undigested", "notification")
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.drop_column("digest_on")
    op.create_table(
        "mail",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        *_sending(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_mail_key")),
    )
    op.create_index(
        "ix_mail_waiting",
        "mail",
        ["not_before", "id"],
        unique=False,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    kept = "FROM dispatch WHERE channel = 'mail' ORDER BY id"
    op.execute(f"INSERT INTO mail ({SAME}) SELECT {SAME} {kept}")
    op.drop_table("dispatch")
    op.drop_table("weekly_list")
    op.drop_index("ix_reminder_weekly", "reminder")
    op.execute("DELETE FROM reminder WHERE leg_id <> 0")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_reminder_ticket_id_round_leg_id_rung"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_reminder_ticket_id_round_rung"), ["ticket_id", "round", "rung"]
        )
        batch_op.drop_column("listed_on")
        batch_op.drop_column("weekly")
        batch_op.drop_column("leg_id")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.alter_column("told", server_default=None)
