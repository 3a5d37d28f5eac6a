"""The bare vault: database and keys without pages, for commands and jobs; pages build on it."""

import logging

from flask import Flask

from feedback_app.confidential import context, store
from feedback_app.config import ROOT, VaultSettings
from feedback_app.core import logs


def create_core(settings: VaultSettings | None = None, *, argon_kib: int | None = None) -> Flask:
    """Return an application bound to the vault's database; it has no page and no Flask session."""
    settings = settings or VaultSettings.from_environment()
    logs.configure()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # no access log, in no way of serving
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    app = Flask(
        "feedback_app",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        static_url_path="/bao-cao-kin/static",
    )
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.sqlalchemy_url
    if argon_kib is not None:
        app.config["ARGON2_KIB"] = argon_kib
    store.init_app(app)
    context.init_app(app, settings)
    return app
