"""The catalogue in force, asked for once a request."""

from typing import cast

from flask import g

from feedback_app.catalogue import store
from feedback_app.catalogue.store import Loaded
from feedback_app.core.db import db


def loaded() -> Loaded:
    """Return the catalogue in force."""
    if "loaded" not in g:
        g.loaded = store.current(db.session())
    return cast("Loaded", g.loaded)
