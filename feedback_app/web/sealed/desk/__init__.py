"""The inspectors' pages: unlocked with a passphrase, nothing of the ordinary application."""

from flask import Flask

from feedback_app.web.sealed.desk.room import desk
from feedback_app.web.sealed.headers import DESK


def init_app(app: Flask) -> None:
    """Put the pages under the vault's prefix."""
    from feedback_app.web.sealed.desk import (  # noqa: F401 - each adds its addresses
        bundles,
        doing,
        identities,
        leaving,
        log,
        queue,
        redacting,
        refusals,
        releases,
        report,
        sheets,
        unlocking,
    )

    app.register_blueprint(desk, url_prefix=DESK)
