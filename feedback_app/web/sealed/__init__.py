"""The vault's pages: of reporters (letterbox) and of inspectors (desk); part of no other application."""

from flask import Flask, g, request

from feedback_app.core.i18n import LANGUAGES
from feedback_app.web.sealed import headers


def init_app(app: Flask) -> None:
    """Register the pages, headers, error pages and the language, which travels with each request."""
    from feedback_app.web.sealed import desk, errors, letterbox

    headers.init_app(app)
    errors.init_app(app)
    app.before_request(_choose_language)
    app.url_defaults(_keep_language)
    letterbox.init_app(app)
    desk.init_app(app)


def _choose_language() -> None:
    chosen = request.values.get("lang", "") if request.endpoint != "static" else ""
    g.user_language = g.lang = chosen if chosen in LANGUAGES else "vi"


def _keep_language(endpoint: str, values: dict[str, object]) -> None:
    if endpoint != "static" and g.get("lang") == "en":
        values.setdefault("lang", "en")
