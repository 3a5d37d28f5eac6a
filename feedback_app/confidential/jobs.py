"""The vault's periodic job: without arguments, in the vault's own application, with the vault's own credentials."""

from functools import cache

from flask import Flask

from feedback_app.confidential import store
from feedback_app.confidential.application import create_core
from feedback_app.confidential.services import shelving
from feedback_app.core import clock


def put_away() -> None:
    """Rewrite letterbox and shelf, then tidy the files."""
    with _core().app_context():
        with store.unit_of_work() as session:
            shelving.put_away(session)
        shelving.compact()
        shelving.tidy_files(store.session(), clock.today())
        store.db.session.remove()


@cache
def _core() -> Flask:
    app = create_core()
    store.upgrade(app)
    return app
