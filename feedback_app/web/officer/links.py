"""What a ticket is linked to, with where it leads."""

from typing import Any

from flask import url_for

from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services.linked import linked

PAGES = {"cluster": "beyond.cluster", "proposal": "beyond.proposal", "project": "beyond.project"}


def links_of(session: Any, ticket: Ticket) -> list[tuple[str, str, str]]:
    """Return number, title and address of each link; of another channel there is no address."""
    return [
        (code, title, url_for(PAGES[kind], code=code) if kind in PAGES else "")
        for kind, code, title in linked(session, ticket.id)
    ]
