"""How Alembic reaches the vault's database and models."""

from alembic import context

from feedback_app.confidential import models
from feedback_app.confidential.store import db

with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=models.Base.metadata,
        render_as_batch=True,
        compare_type=True,
    )
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET lock_timeout = '5s'")
        connection.commit()
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
