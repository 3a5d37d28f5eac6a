"""The index of the search, how far it was read, common words; views of the queue that people keep

The index itself is what each database is good at: a tsvector under GIN on PostgreSQL, FTS5 on SQLite. It starts empty:
``feedback search rebuild`` fills it, and the job every minute writes down what is newer than it.

Revision ID: 0007
Revises: 0006b
"""

import sqlalchemy as sa
from alembic import op

import feedback_app.core.db

revision = "0007"
down_revision = "0006b"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = feedback_app.core.db.UtcDateTime(timezone=True)
POSTGRES = (
    "CREATE TABLE search_document (ticket_id bigint NOT NULL, words tsvector NOT NULL)",
    # without statistics the planner always asks the GIN index first
    "ALTER TABLE search_document ALTER COLUMN words SET STATISTICS 0",
    "ALTER TABLE search_document ADD CONSTRAINT search_document_pk PRIMARY KEY (ticket_id)",
    (
        "ALTER TABLE search_document ADD CONSTRAINT search_document_fk FOREIGN KEY (ticket_id)"
        " REFERENCES ticket (id) ON DELETE CASCADE"
    ),
    # no list of pending entries: each search would have to walk it
    "CREATE INDEX search_document_words ON search_document USING gin (words) WITH (fastupdate = off)",
)
SQLITE = (
    (
        "CREATE VIRTUAL TABLE search_text USING fts5(heading, body, said, filer, hidden, marks,"
        ' tokenize = "unicode61 remove_diacritics 0")'
    ),
    "CREATE VIRTUAL TABLE search_text_words USING fts5vocab('search_text', 'row')",
    (
        "CREATE TRIGGER search_text_forgets AFTER DELETE ON ticket"
        " BEGIN DELETE FROM search_text WHERE rowid = old.id; END"
    ),
)


def upgrade() -> None:
    op.create_table(
        "index_mark",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_mark")),
    )
    op.create_table(
        "word_share",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_word_share")),
    )
    op.create_table(
        "saved_view",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("opens", sa.Boolean(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_saved_view_agency_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_saved_view_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_view_user_id_name")),
    )
    op.create_index("ix_saved_view_agency_id", "saved_view", ["agency_id"], unique=False)
    for statement in POSTGRES if _on_postgres() else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    if _on_postgres():
        op.execute("DROP TABLE search_document")
    else:
        op.execute("DROP TRIGGER IF EXISTS search_text_forgets")
        op.execute("DROP TABLE search_text_words")
        op.execute("DROP TABLE search_text")
    op.drop_index("ix_saved_view_agency_id", "saved_view")
    op.drop_table("saved_view")
    op.drop_table("word_share")
    op.drop_table("index_mark")


def _on_postgres() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")
