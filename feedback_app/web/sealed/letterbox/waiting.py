"""Floods: whoever comes when a door is full is given a ticket and keeps everything typed."""

from collections.abc import Mapping

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from feedback_app.confidential.context import vault
from feedback_app.confidential.errors import Wait


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
