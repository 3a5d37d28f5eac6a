"""Floods: whoever comes when a door is full is given a ticket and keeps everything typed."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from feedback_app.confidential.context import vault
from feedback_app.confidential.errors import Wait

CLOSED = 503
LEAST_SECONDS = 0.15  # longer than any answer to a code takes, so that a right one is not known by its time


@contextmanager
def no_sooner() -> Iterator[None]:
    """Let what is done within take ``LEAST_SECONDS`` or more."""
    started = time.monotonic()
    try:
        yield
    finally:
        time.sleep(max(0.0, LEAST_SECONDS - (time.monotonic() - started)))


def admitted(door: str, fields: Mapping[str, str], lookup: bytes | None = None) -> ResponseReturnValue | None:
    """Return ``None`` when the door is open, else the page to send again from, with ``fields`` in its form."""
    try:
        vault().gates.admit(door, lookup=lookup, ticket=request.form.get("ticket"))
    except Wait as wait:
        page = render_template(
            "sealed/letterbox/wait.html", fields=fields, ticket=wait.ticket, seconds=wait.seconds
        )
        response = make_response(page, Wait.status)
        response.headers["Retry-After"] = str(wait.seconds)
        return response
    return None


def closed(endpoint: str, state: str) -> ResponseReturnValue:
    """Return the page that says that nothing is taken in now; what was typed stays in it, sealed."""
    return make_response(
        render_template("sealed/letterbox/closed.html", endpoint=endpoint, state=state), CLOSED
    )
