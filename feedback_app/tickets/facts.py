"""From a loaded ticket to the plain facts that the rules work on."""

from collections.abc import Iterator

from feedback_app.tickets.lifecycle import Beside, Status
from feedback_app.tickets.models import Assignment, Ticket
from feedback_app.tickets.policy import TicketFacts

BY_THE_PROVINCE = "province"  # the rule of a leg that an objection ended in
LIVE = frozenset({"approving"})


def facts_of(ticket: Ticket) -> TicketFacts:
    """Return the facts; the ticket must have been loaded (``loading.load``)."""
    return TicketFacts(
        status=Status(ticket.status),
        round=ticket.round,
        sensitive=ticket.sensitive,
        hide_identity=ticket.hide_identity,
        lead_id=ticket.lead_id,
        holder_id=ticket.holder_id,
        handler_id=ticket.handler_id,
        coordinating_ids=frozenset(
            a.agency_id for a in ticket.assignments if a.part == "coordinating" and a.ended_on is None
        ),
        concerned_ids=frozenset(c.agency_id for c in ticket.concerned),
        past_author_ids=frozenset(
            id_ for a in ticket.answers for id_ in (a.author_id, a.signed_by_id) if id_ is not None
        ),
        recused_ids=frozenset(r.user_id for r in ticket.recusals),
        asked_ids=frozenset(o.agency_id for o in ticket.opinions if o.given_on is None),
        beside=frozenset(_beside(ticket)),
    )


def lead_leg(ticket: Ticket) -> Assignment | None:
    """Return the running leg of the lead agency."""
    return next((a for a in ticket.assignments if a.part == "lead" and a.ended_on is None), None)


def _beside(ticket: Ticket) -> Iterator[Beside]:
    leg = lead_leg(ticket)
    if ticket.hide_identity:
        yield Beside.HIDDEN
    if leg is not None and leg.provisional:
        yield Beside.PROVISIONAL
    if leg is not None and leg.rule == BY_THE_PROVINCE:
        yield Beside.FIXED
    if any(c.granted is None for c in ticket.consents):
        yield Beside.CONSENT
    if any(d.state in LIVE for d in ticket.drafts):
        yield Beside.DRAFT
    if any(o.verdict is None for o in ticket.objections):
        yield Beside.OBJECTION
    if any(r.verdict is None for r in ticket.head_requests):
        yield Beside.REQUEST
    if any(e.kind == "extend" and e.round == ticket.round for e in ticket.clock_events):
        yield Beside.EXTENDED
