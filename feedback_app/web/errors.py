"""Errors are for people: what happened, what to do; nothing leaks, nothing is a blank page."""

import redis
import structlog
from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from feedback_app.core.errors import FeedbackError

log = structlog.get_logger()
PAGES = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503})  # others are shown as 400 or 500


def init_app(app: Flask) -> None:
    app.register_error_handler(FeedbackError, _known)
    app.register_error_handler(CSRFError, lambda _: page(400))
    app.register_error_handler(HTTPException, lambda error: page(error.code or 500))
    app.register_error_handler(OperationalError, _unreachable)
    app.register_error_handler(DataError, lambda _: page(400))  # what no column can hold, a NUL for one
    app.register_error_handler(redis.RedisError, _unreachable)
    app.register_error_handler(Exception, _unexpected)


def page(status: int, message: str = "") -> tuple[str, int]:
    """Return the page that explains ``status``; ``message`` says more than the page could know."""
    name = status if status in PAGES else status // 100 * 100
    return render_template(f"errors/{name}.html", message=message), status


def _known(error: FeedbackError) -> tuple[str, int]:
    return page(error.status, error.message if " " in error.message else "")


def _unreachable(error: Exception) -> tuple[str, int]:
    log.error("a service is unreachable", error=type(error).__name__, endpoint=request.endpoint)
    return page(503)


def _unexpected(error: Exception) -> tuple[str, int]:
    log.error("unexpected error", exc_info=error, endpoint=request.endpoint)
    return page(500)
