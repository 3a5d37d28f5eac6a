"""How Alembic reaches the application's database and models."""

from alembic import context

from feedback_app.core.db import db
from feedback_app.schema import METADATA
from feedback_app.statistics import triggers


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the index of the search: each database has its own, no model describes it."""
    return not (kind == "table" and name is not None and name.startswith(("search_document", "search_text")))


with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        compare_type=True,
        include_name=is_ours,
        user_module_prefix="feedback_app.core.db.",
    )
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET lock_timeout = '5s'")
        connection.commit()
    with context.begin_transaction():
        context.run_migrations()
        triggers.install(connection)
    connection.commit()
