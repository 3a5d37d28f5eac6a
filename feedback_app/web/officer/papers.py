"""Which official papers there are of a ticket; ``letters`` draws them."""

from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services.approving import live_draft

ANSWER, APOLOGY, EXTENSION = "tra-loi", "xin-loi", "gia-han"


def papers_of(ticket: Ticket) -> list[str]:
    """Return the names of the papers that can be drawn now."""
    there = {
        ANSWER: bool(ticket.answers) or live_draft(ticket) is not None,
        APOLOGY: bool(ticket.apologies),
        EXTENSION: any(r.kind == "extension" and r.verdict == "approved" for r in ticket.head_requests),
    }
    return [paper for paper, exists in there.items() if exists]
