"""The two cookies of a filing hold random ids only: of the draft, and for half an hour of what was filed."""

from datetime import timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

DRAFT = "phieu-nhap"
FILED = "phieu-da-gui"
PATH = "/gui-phieu"
SHOWN_FOR = timedelta(minutes=30)
_LONGEST = 64


def draft() -> str | None:
    """Return the id of the draft this browser writes, if it has one."""
    return _id(DRAFT)


def filed() -> str | None:
    """Return the id of the draft this browser filed a short while ago."""
    return _id(FILED)


def keep_draft(response: Response, secret: str) -> Response:
    days = current_app.extensions["settings"].draft_days
    _set(response, DRAFT, secret, timedelta(days=days))
    return response


def drop_draft(response: Response) -> Response:
    response.delete_cookie(DRAFT, path=PATH)
    return response


def turn_filed(response: Response, secret: str) -> Response:
    """Remember ``secret`` as filed and no longer as a draft."""
    _set(response, FILED, secret, SHOWN_FOR)
    return drop_draft(response)


def drop_filed(response: Response) -> Response:
    response.delete_cookie(FILED, path=PATH)
    return response


def _id(name: str) -> str | None:
    value = request.cookies.get(name, "")
    return value if 0 < len(value) <= _LONGEST and value.isascii() else None


def _set(response: Response, name: str, value: str, life: timedelta) -> None:
    secure = current_app.extensions["settings"].secure_cookies
    response.set_cookie(name, value, max_age=life, path=PATH, httponly=True, samesite="Lax", secure=secure)
