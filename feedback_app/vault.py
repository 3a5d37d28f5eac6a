"""The vault's application: wiring only. It shares no session, no database and no process with the ordinary one."""

from flask import Flask

from feedback_app.confidential.application import create_core
from feedback_app.confidential.uploads import MOST_MEGABYTES, SealingRequest
from feedback_app.config import VaultSettings
from feedback_app.core import i18n, templating
from feedback_app.web import sealed

MEGABYTE = 1024 * 1024


def create_vault_app(settings: VaultSettings | None = None, *, argon_kib: int | None = None) -> Flask:
    """Return the vault for ``settings``, by default those of the environment; ``argon_kib`` is for tests."""
    app = create_core(settings, argon_kib=argon_kib)
    app.request_class = SealingRequest
    app.jinja_environment = templating.Templates
    app.config.update(
        MAX_CONTENT_LENGTH=5 * MOST_MEGABYTES * MEGABYTE + MEGABYTE,
        MAX_FORM_MEMORY_SIZE=MEGABYTE,
        MAX_FORM_PARTS=200,
        TEMPLATES_AUTO_RELOAD=False,
    )  # no SECRET_KEY: Flask's session does not exist here
    i18n.init_app(app)
    sealed.init_app(app)
    return app
