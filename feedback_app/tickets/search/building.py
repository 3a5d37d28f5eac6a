"""A new index beside the one in use: filled without its expensive parts, finished, then put in the other's place."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.orm import Session

from feedback_app.tickets.search import postgres, sqlite
from feedback_app.tickets.search.terms import Document

NEW = "search_document_new"
NEW_TEXT = "search_text_new"

POSTGRES_TABLE = """
CREATE TABLE {name} (ticket_id bigint NOT NULL, words tsvector NOT NULL)
"""
# as an anti-join: NOT IN would look through all tickets once for each document when there are a million
POSTGRES_GONE = """
DELETE FROM search_document_new AS document
WHERE NOT EXISTS (SELECT FROM ticket WHERE ticket.id = document.ticket_id)
"""
POSTGRES_PARTS = (
    "ALTER TABLE {name} ALTER COLUMN words SET STATISTICS 0",
    "ALTER TABLE {name} ADD CONSTRAINT {prefix}_pk PRIMARY KEY (ticket_id)",
    "ALTER TABLE {name} ADD CONSTRAINT {prefix}_fk FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE",
    "CREATE INDEX {prefix}_words ON {name} USING gin (words) WITH (fastupdate = off)",
)
SQLITE_TABLE = """
CREATE VIRTUAL TABLE {name} USING fts5(heading, body, said, filer, hidden, marks,
    tokenize = "unicode61 remove_diacritics 0")
"""
SQLITE_WORDS = "CREATE VIRTUAL TABLE search_text_words USING fts5vocab('search_text', 'row')"
SQLITE_FORGETS = """
CREATE TRIGGER IF NOT EXISTS search_text_forgets AFTER DELETE ON ticket
BEGIN DELETE FROM search_text WHERE rowid = old.id; END
"""


class Builder(Protocol):
    """How one kind of database builds its index; each step is a transaction of its own."""

    def begin(self, session: Session) -> None: ...
    def add(self, session: Session, documents: Sequence[Document]) -> None: ...
    def finish(self, session: Session) -> None: ...


def builder(session: Session) -> Builder:
    """Return the builder for this database."""
    return OnPostgres() if session.get_bind().dialect.name == "postgresql" else OnSqlite()


class OnPostgres:
    """Rows by COPY; keys and the GIN index are made at the end, which is far quicker than row by row."""

    def begin(self, session: Session) -> None:
        session.execute(text(f"DROP TABLE IF EXISTS {NEW}"))
        session.execute(text(POSTGRES_TABLE.format(name=NEW)))

    def add(self, session: Session, documents: Sequence[Document]) -> None:
        connection = session.connection().connection
        with connection.cursor() as cursor, cursor.copy(f"COPY {NEW} (ticket_id, words) FROM STDIN") as copy:  # type: ignore[attr-defined]
            for document in documents:
                copy.write_row((document.ticket_id, postgres.vector(document)))

    def finish(self, session: Session) -> None:
        session.execute(text("SET LOCAL maintenance_work_mem = '256MB'"))
        session.execute(text(POSTGRES_GONE))
        for part in POSTGRES_PARTS:
            session.execute(text(part.format(name=NEW, prefix="search_new")))
        session.execute(text(f"DROP TABLE {postgres.NAME}"))
        session.execute(text(f"ALTER TABLE {NEW} RENAME TO {postgres.NAME}"))
        for kind in ("pk", "fk"):
            rename = f"RENAME CONSTRAINT search_new_{kind} TO search_document_{kind}"
            session.execute(text(f"ALTER TABLE {postgres.NAME} {rename}"))
        session.execute(text("ALTER INDEX search_new_words RENAME TO search_document_words"))


class OnSqlite:
    """A virtual table of another name; renaming it takes the place of the old one."""

    def begin(self, session: Session) -> None:
        session.execute(text(f"DROP TABLE IF EXISTS {NEW_TEXT}"))
        session.execute(text(SQLITE_TABLE.format(name=NEW_TEXT)))

    def add(self, session: Session, documents: Sequence[Document]) -> None:
        sqlite.store(session, documents, into=NEW_TEXT)

    def finish(self, session: Session) -> None:
        for step in (
            "INSERT INTO search_text_new(search_text_new) VALUES ('optimize')",
            "DROP TRIGGER IF EXISTS search_text_forgets",
            "DROP TABLE IF EXISTS search_text_words",
            f"DROP TABLE {sqlite.NAME}",
            f"ALTER TABLE {NEW_TEXT} RENAME TO {sqlite.NAME}",
            SQLITE_WORDS,
            SQLITE_FORGETS,
        ):
            session.execute(text(step))
