"""Tickets, filed and routed as the intake and the worker do it."""

from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets.loading import load
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services.assigning import _give_to, route_ticket
from feedback_app.tickets.services.opening import FiledBy, Filing, open_ticket

_numbers = count(1)


def a_filing(**overrides: Any) -> Filing:
    """Return a filing about a building permit in Nha Trang, unless told otherwise."""
    given: dict[str, Any] = {
        "submission": f"submission-{next(_numbers)}",
        "kind": "obstacle",
        "field": "construction",
        "title": "Cấp giấy phép xây dựng chậm",
        "body": "Công ty nộp hồ sơ xin cấp giấy phép xây dựng nhà xưởng, đến nay chưa có kết quả.",
        "by": FiledBy(filer_type="enterprise", name="Công ty TNHH Mẫu A", identifier="4200000001"),
    }
    return Filing(**(given | overrides))


def a_ticket(
    session: Session,
    loaded: Loaded,
    *,
    to: str | None = "so-xd",
    routed: bool = True,
    at: datetime | None = None,
    **overrides: Any,
) -> Ticket:
    """Return a filed ticket with the facts loaded; committed.

    Args:
        to: the lead agency, whatever the rules say; ``None`` leaves it to the rules.
        routed: False leaves it as it was received.
        overrides: fields of ``Filing``.
    """
    at = at or clock.now()
    with unit_of_work() as writing:
        code = open_ticket(writing, a_filing(**overrides), loaded, at=at).code
    if routed:
        _route(reread(session, code), loaded, to, at)
    return reread(session, code)


def reread(session: Session, code: str) -> Ticket:
    """Return the ticket as it stands in the database now, with everything a page shows."""
    session.rollback()
    session.expire_all()
    ticket = load(session, select(Ticket).where(Ticket.code == code), whole=True)
    assert ticket is not None, code
    return ticket


def _route(ticket: Ticket, loaded: Loaded, to: str | None, at: datetime) -> None:
    with unit_of_work() as writing:
        if to is None:
            route_ticket(writing, ticket, loaded, at=at)
        else:
            _give_to(writing, ticket, loaded.agency_ids[to], at=at)
