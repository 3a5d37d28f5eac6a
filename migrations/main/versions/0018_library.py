"""Files of public releases, and the answers library

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db

revision = "0018"
down_revision = "0017"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PUBLIC = sa.text("status = 'published'")
TABLES = ("library_word", "library_citation", "library_answer", "cited_document", "public_file")


def upgrade() -> None:
    op.create_table(
        "public_file",
        *_texts("name", "period", "sha256"),
        sa.Column("size", sa.Integer(), nullable=False),
        _moment("at"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _to("public_file", "period", "public_release.period"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_public_file")),
    )
    op.create_index(op.f("ix_public_file_period"), "public_file", ["period"])
    op.create_table(
        "cited_document",
        _id("id"),
        *_texts("number", "replaced_by"),
        sa.Column("replaced_on", sa.Date(), nullable=True),
        _id("marked_by_id", nullable=True),
        _to("cited_document", "marked_by_id", "user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cited_document")),
        sa.UniqueConstraint("number", name=op.f("uq_cited_document_number")),
    )
    _answers()
    op.create_table(
        "library_citation",
        _id("library_answer_id"),
        _id("document_id"),
        _to("library_citation", "document_id", "cited_document.id"),
        _to("library_citation", "library_answer_id", "library_answer.id"),
        sa.PrimaryKeyConstraint("library_answer_id", "document_id", name=op.f("pk_library_citation")),
    )
    op.create_index(op.f("ix_library_citation_document_id"), "library_citation", ["document_id"])
    op.create_table(
        "library_word",
        *_texts("word"),
        _id("library_answer_id"),
        sa.Column("weight", sa.Double(), nullable=False),
        _to("library_word", "library_answer_id", "library_answer.id"),
        sa.PrimaryKeyConstraint("word", "library_answer_id", name=op.f("pk_library_word")),
    )
    op.create_index(op.f("ix_library_word_library_answer_id"), "library_word", ["library_answer_id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _answers() -> None:
    op.create_table(
        "library_answer",
        _id("id"),
        *_texts("code", "field", "status", "title"),
        *(_id(name) for name in ("answer_id", "ticket_id", "agency_id", "proposed_by_id")),
        *(_id(name, nullable=True) for name in ("decided_by_id", "ended_by_id")),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("answered_on", "object_until")),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("question", "text", "objection", "decision_note", "end_note")
        ),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("changes", "left")),
        _moment("proposed_at"),
        *(_moment(name, nullable=True) for name in ("replied_at", "decided_at", "published_at", "ended_at")),
        sa.Column("consented", sa.Boolean(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("library_answer", "agency_id", "agency.id"),
        _to("library_answer", "answer_id", "answer.id"),
        _to("library_answer", "ticket_id", "ticket.id"),
        *(
            _to("library_answer", name, "user.id")
            for name in ("proposed_by_id", "decided_by_id", "ended_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_answer")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_library_answer_answer_id")),
        sa.UniqueConstraint("code", name=op.f("uq_library_answer_code")),
    )
    for column in ("agency_id", "status", "ticket_id"):
        op.create_index(op.f(f"ix_library_answer_{column}"), "library_answer", [column])
    op.create_index(
        "ix_library_answer_public",
        "library_answer",
        ["published_at", "id"],
        sqlite_where=PUBLIC,
        postgresql_where=PUBLIC,
    )


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _id(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, ID, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, feedback_app.core.db.UtcDateTime(timezone=True), nullable=nullable)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
