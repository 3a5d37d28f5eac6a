"""What a ticket is linked to, with where it leads."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from feedback_app.catalogue.packs import Kind
from feedback_app.inspections import policy
from feedback_app.inspections.entries import normal_tax_code
from feedback_app.tickets import queries
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services.linked import linked
from feedback_app.web.identity import actor

PAGES = {"cluster": "beyond.cluster", "proposal": "beyond.proposal", "project": "beyond.project"}


def links_of(session: Any, ticket: Ticket) -> list[tuple[str, str, str]]:
    """Return number, title and address of each link; of another channel there is no address."""
    links = [
        (code, title, url_for(PAGES[kind], code=code) if kind in PAGES else "")
        for kind, code, title in linked(session, ticket.id)
    ]
    return links + _calendar(session, ticket)


def _calendar(session: Any, ticket: Ticket) -> list[tuple[str, str, str]]:
    """Return the way to the enterprise's inspections, for who reads the calendar and may know the enterprise."""
    if ticket.kind != Kind.OVERLAPPING_INSPECTION or not policy.reads(actor()):
        return []
    filer = queries.filer_for(session, actor(), ticket)
    tax_code = normal_tax_code(filer.identifier) if filer is not None else None
    if tax_code is None:
        return []
    href = url_for("inspections.enterprise", tax_code=tax_code)
    return [(_("Lịch thanh tra, kiểm tra"), _("của doanh nghiệp này"), href)]
