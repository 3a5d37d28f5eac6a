"""The list of changed tickets is written by the database itself, with every change and in its transaction.

So no writer can forget it, and what is rolled back is not on it. ``migrations/main/env.py`` calls ``install`` after
every upgrade: SQLite loses the triggers of a table that a migration rebuilds.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, text

TABLES = {
    "ticket": "id",
    "clock_event": "ticket_id",
    "assignment": "ticket_id",
    "answer": "ticket_id",
    "rating": "ticket_id",
    "project_ticket": "ticket_id",
    "concerned_agency": "ticket_id",
}
LIST = "changed_ticket"
DEEDS = {"INSERT": "new", "UPDATE": "new", "DELETE": "old"}
ALL_CHANGED = "INSERT INTO changed_ticket (ticket_id) SELECT id FROM ticket"


def install(connection: Connection) -> None:
    """Make the triggers that are missing; where one was, everything counts as changed."""
    if not inspect(connection).has_table(LIST):
        return
    known = _known(connection)
    missing = [name for name in (_name(table, deed) for table, deed in _pairs()) if name not in known]
    if not missing:
        return
    for statement in _postgres() if connection.dialect.name == "postgresql" else _sqlite():
        connection.execute(text(statement))
    connection.execute(text(ALL_CHANGED))


def remove(connection: Connection) -> None:
    """Drop the triggers: without the list they would refuse every change."""
    on_postgres = connection.dialect.name == "postgresql"
    for table, deed in _pairs():
        where = f" ON {table}" if on_postgres else ""
        connection.execute(text(f"DROP TRIGGER IF EXISTS {_name(table, deed)}{where}"))
    if on_postgres:
        for column in sorted(set(TABLES.values())):
            connection.execute(text(f"DROP FUNCTION IF EXISTS {_function(column)}()"))


def _pairs() -> Iterator[tuple[str, str]]:
    for table in TABLES:
        # a ticket's facts hang on it: whoever deletes one has deleted them before
        yield from ((table, deed) for deed in DEEDS if (table, deed) != ("ticket", "DELETE"))


def _name(table: str, deed: str) -> str:
    return f"{table}_{deed.lower()}_is_a_change"


def _function(column: str) -> str:
    return f"note_changed_by_{column}"


def _known(connection: Connection) -> set[str]:
    of_sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    of_postgres = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    query = of_postgres if connection.dialect.name == "postgresql" else of_sqlite
    return set(connection.scalars(text(query)))


def _sqlite() -> Iterator[str]:
    for table, deed in _pairs():
        note = f"INSERT INTO {LIST} (ticket_id) VALUES ({DEEDS[deed]}.{TABLES[table]})"  # noqa: S608 - our names
        yield f"CREATE TRIGGER IF NOT EXISTS {_name(table, deed)} AFTER {deed} ON {table} BEGIN {note}; END"


def _postgres() -> Iterator[str]:
    """Yield triggers that fire once a statement: a million rows written at once cost one more statement."""
    for column in sorted(set(TABLES.values())):
        note = f"INSERT INTO {LIST} (ticket_id) SELECT DISTINCT {column} FROM touched"  # noqa: S608 - our names
        yield (
            f"CREATE OR REPLACE FUNCTION {_function(column)}() RETURNS trigger LANGUAGE plpgsql"
            f" AS $$ BEGIN {note}; RETURN NULL; END $$"
        )
    for table, deed in _pairs():
        yield (
            f"CREATE OR REPLACE TRIGGER {_name(table, deed)} AFTER {deed} ON {table}"
            f" REFERENCING {DEEDS[deed].upper()} TABLE AS touched FOR EACH STATEMENT"
            f" EXECUTE FUNCTION {_function(TABLES[table])}()"
        )
