"""The one address of ``make run``: what lies under the vault's prefix is passed on to the vault's own process.

In production the reverse proxy does this. Passed on is what the pages need and nothing that tells who asks: no network
address, no account's cookie, no name of a browser.
"""

import http.client
import socket
from collections.abc import Callable, Iterable, Iterator
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote

import structlog
from flask import Flask, render_template
from werkzeug.wsgi import ClosingIterator

from feedback_app.config import Settings

log = structlog.get_logger()
PREFIX = "/bao-cao-kin"
COOKIES = ("vault", "__Secure-vault")
PATIENCE = 60.0  # seconds; two inspectors' passphrases may be before one's own
PIECE = 64 * 1024
PASSED = ("Host", "Accept", "Accept-Language")
HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "server", "date"})

Start = Any  # what a server gives an application to begin its answer with
Wsgi = Callable[[dict[str, Any], Start], Iterable[bytes]]


def create() -> Wsgi:
    """Return the ordinary application, with the vault's prefix passed on where a socket is named."""
    from feedback_app.app import create_app

    settings = Settings.from_environment()
    app = create_app(settings)
    return passing_on(app, settings.vault_socket) if settings.vault_socket else app.wsgi_app


def passing_on(app: Flask, path: str) -> Wsgi:
    """Return ``app`` with requests under the prefix passed on to the unix socket at ``path``."""

    def front(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        wanted = environ.get("PATH_INFO", "")
        if wanted != PREFIX and not wanted.startswith(f"{PREFIX}/"):
            return app(environ, start)
        try:
            return _passed_on(environ, start, path)
        except (OSError, http.client.HTTPException) as error:
            log.warning("the vault's process is away", error=type(error).__name__)
            return _closed(app, environ, start)

    return front


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("vault", timeout=PATIENCE)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def _passed_on(environ: dict[str, Any], start: Start, path: str) -> Iterable[bytes]:
    connection = _Connection(path)
    target = quote(environ["PATH_INFO"].encode("latin-1"), safe="/")
    if environ.get("QUERY_STRING"):
        target += "?" + environ["QUERY_STRING"]
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = _limited(environ["wsgi.input"], length) if length else None
    try:
        connection.request(environ["REQUEST_METHOD"], target, body=body, headers=_headers(environ, length))
        answer = connection.getresponse()
    except BaseException:
        connection.close()
        raise
    headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in HOP]
    start(f"{answer.status} {answer.reason}", headers)
    return ClosingIterator(_pieces(answer), [answer.close, connection.close])


def _headers(environ: dict[str, Any], length: int) -> dict[str, str]:
    found = {name: environ.get(f"HTTP_{name.upper().replace('-', '_')}", "") for name in PASSED}
    found["Cookie"] = _own_cookies(environ.get("HTTP_COOKIE", ""))
    found["Content-Type"] = environ.get("CONTENT_TYPE", "")
    found["Content-Length"] = str(length) if length else ""
    return {name: value for name, value in found.items() if value}


def _own_cookies(sent: str) -> str:
    """Return the vault's cookies alone: that of the ordinary sign-in is none of its business."""
    try:
        cookies = SimpleCookie(sent)
    except CookieError:
        return ""
    return "; ".join(f"{name}={cookies[name].coded_value}" for name in COOKIES if name in cookies)


def _limited(source: Any, length: int) -> Iterator[bytes]:
    while length > 0 and (piece := source.read(min(PIECE, length))):
        length -= len(piece)
        yield piece


def _pieces(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    while piece := answer.read(PIECE):
        yield piece


def _closed(app: Flask, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    with app.request_context({**environ, "REQUEST_METHOD": "GET", "HTTP_COOKIE": ""}):
        page = render_template("sealed/closed.html").encode()
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
    headers += [("Referrer-Policy", "no-referrer"), ("Content-Length", str(len(page)))]
    start("503 Service Unavailable", headers)
    return [page]
