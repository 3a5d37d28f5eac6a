"""What escalation tells the rest of the house."""

from dataclasses import dataclass
from typing import ClassVar

from feedback_app.core.outbox import Event


@dataclass(frozen=True)
class TicketReminded(Event):
    """A rung of the ladder was reached in that round; who is told is decided when it is told."""

    name: ClassVar[str] = "ticket.reminded"
    ticket_id: int
    round: int
    rung: str
