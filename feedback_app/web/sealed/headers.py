"""What every response of the vault says to the browser, and the inspectors' one cookie."""

from flask import Flask
from werkzeug.wrappers import Response

from feedback_app.confidential.context import vault

PREFIX = "/bao-cao-kin"
DESK = f"{PREFIX}/thanh-tra"
IMPORT = f"{PREFIX}/chuyen-tin"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def init_app(app: Flask) -> None:
    app.after_request(_protect)


def leave(response: Response) -> Response:
    """Have the browser forget what it kept of these pages; its other data of this address stay."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def cookie_name() -> str:
    """Return the cookie's name; without https, on this machine only, browsers refuse the prefix ``__Secure-``."""
    return "__Secure-vault" if vault().settings.secure_cookies else "vault"


def give_cookie(response: Response, value: str) -> Response:
    """Give the inspector's cookie, for the desk's pages only, until the browser closes."""
    secure = vault().settings.secure_cookies
    response.set_cookie(cookie_name(), value, path=DESK, httponly=True, secure=secure, samesite="Strict")
    return response


def take_cookie(response: Response) -> Response:
    """Take the inspector's cookie back and have the browser forget the pages."""
    secure = vault().settings.secure_cookies
    response.delete_cookie(cookie_name(), path=DESK, httponly=True, secure=secure, samesite="Strict")
    return leave(response)


def _protect(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    for telling in ("ETag", "Last-Modified"):
        response.headers.pop(telling, None)
    return response
