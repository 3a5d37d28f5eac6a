"""From a loaded ticket to the plain facts that the rules work on."""

from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import TicketFacts


def facts_of(ticket: Ticket) -> TicketFacts:
    """Return the facts; assignments, answers, recusals and concerned agencies must have been loaded."""
    return TicketFacts(
        status=Status(ticket.status),
        round=ticket.round,
        sensitive=ticket.sensitive,
        hide_identity=ticket.hide_identity,
        lead_id=ticket.lead_id,
        holder_id=ticket.holder_id,
        coordinating_ids=frozenset(
            a.agency_id for a in ticket.assignments if a.part == "coordinating" and a.ended_on is None
        ),
        concerned_ids=frozenset(c.agency_id for c in ticket.concerned),
        past_author_ids=frozenset(
            id_ for a in ticket.answers for id_ in (a.author_id, a.signed_by_id) if id_ is not None
        ),
        recused_ids=frozenset(r.user_id for r in ticket.recusals),
    )
