"""The receipt: number, promise and, to a guest, the tracking code; readable for half an hour in this browser."""

from typing import Any

import segno
from flask import current_app, redirect, render_template, session, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from feedback_app.catalogue import store
from feedback_app.core import clock, i18n
from feedback_app.core.db import db
from feedback_app.core.security import grouped
from feedback_app.intake import codes, queries
from feedback_app.notifications.reaching import reaches_phones
from feedback_app.tickets import clocks
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import assigning
from feedback_app.web import days
from feedback_app.web.intake import blueprint, cookies
from feedback_app.web.intake import desk as desks
from feedback_app.web.intake.check import RECEIPT
from feedback_app.web.intake.desk import said
from feedback_app.web.intake.step import Page


@blueprint.get("/giay-tiep-nhan")
def receipt() -> Page:
    """Show the receipt of what this browser filed last."""
    ticket = queries.receipt_of(db.session(), session.get(RECEIPT, ""))
    if ticket is None or clock.now() - ticket.received_at > cookies.SHOWN_FOR:
        return redirect(url_for("intake.start"))
    return render_template("intake/receipt.html", ticket=ticket, **_shown(ticket))


@blueprint.post("/da-luu-ma")
def saved() -> Response:
    """Forget the code in this browser, since its owner has written it down; the receipt stays, without it."""
    return cookies.drop_filed(redirect(url_for("intake.receipt")))


def _shown(ticket: Ticket) -> dict[str, Any]:
    deadline = clocks.deadline(db.session(), ticket)
    code = _code(ticket)
    return {
        "agency": _agency(ticket),
        "code": grouped(code) if code else None,
        "strip": days.strip(deadline.days, ticket.due_on, clock.today(), i18n.language()),
        "qr": Markup(_qr(url_for("follow.index"))),  # noqa: S704 - drawn by segno from an address of ours
        "reachable": bool(ticket.filer.email or (ticket.filer.phone and reaches_phones())),
        "staff": desks.sender().staff,
    }


def _code(ticket: Ticket) -> str | None:
    """Return the tracking code while the browser still holds the id it follows from."""
    secret = cookies.filed()
    if secret is None or ticket.tracking_hash is None or codes.submission(secret) != ticket.submission:
        return None
    return codes.tracking_code(secret)


def _agency(ticket: Ticket) -> str | None:
    """Return who answers: the lead, or whom routing will name in a moment; ``None`` where it is sorted first."""
    loaded, on = store.current(db.session()), clock.today()
    if ticket.lead is not None:
        return said(loaded.directory.resolve(ticket.lead.code, on).name)
    decision = assigning.decide(ticket, loaded, on=ticket.received_at)
    return None if decision.needs_triage else said(decision.lead.name)


def _qr(path: str) -> str:
    address = current_app.config["BASE_URL"].rstrip("/") + path
    return str(segno.make(address, error="m").svg_inline(omitsize=True))
