"""The web application: wiring only."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from feedback_app import web
from feedback_app.accounts import links, sign_in
from feedback_app.accounts import services as accounts
from feedback_app.config import ROOT, Settings
from feedback_app.core import bell, db, headers, i18n, limits, logs, outbox, templating
from feedback_app.inspections.services import importing as inspections
from feedback_app.intake.services import drafts, importing
from feedback_app.notifications import housekeeping as notifications
from feedback_app.pulses.services import housekeeping as pulses
from feedback_app.subscriptions import SUBSCRIPTIONS
from feedback_app.surveys import services as surveys

MEGABYTE = 1024 * 1024

csrf = CSRFProtect()


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application for ``settings``, by default those of the environment."""
    settings = settings or Settings.from_environment()
    logs.configure()
    app = Flask("feedback_app", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.jinja_environment = templating.Templates
    _configure(app, settings)
    db.init_app(app)
    outbox.init_app(app, SUBSCRIPTIONS)
    bell.init_app(app, settings.redis_url)
    i18n.init_app(app)
    csrf.init_app(app)
    limits.init_app(app, settings.redis_url, enabled=settings.rate_limits)
    headers.init_app(app)
    app.extensions["settings"] = settings
    app.extensions["purgers"] = (
        sign_in.purge,
        accounts.purge,
        links.purge,
        drafts.purge,
        importing.purge,
        inspections.purge,
        notifications.purge,
        surveys.purge,
        pulses.purge,
    )
    web.init_app(app, debug_pages=settings.debug_pages)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app.config.update(
        SECRET_KEY=settings.key,
        KEY=settings.key,
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        BASE_URL=settings.base_url,
        IS_DEMO=settings.embedded_database,
        MAX_CONTENT_LENGTH=5 * 20 * MEGABYTE + MEGABYTE,
        MAX_FORM_MEMORY_SIZE=MEGABYTE,
        SESSION_COOKIE_NAME="phien",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_TIME_LIMIT=None,  # a form may be filled in for hours; the token ends with the session
        TEMPLATES_AUTO_RELOAD=False,
    )
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *([settings.trusted_proxies] * 4))  # type: ignore[method-assign]
