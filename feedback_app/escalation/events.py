"""What escalation tells the rest of the house."""

from dataclasses import dataclass
from typing import ClassVar

from feedback_app.core.outbox import Event


@dataclass(frozen=True)
class TicketsReminded(Event):
    """Tickets that have reached one rung, by the lines of their histories; who is told is decided when it is told.

    The rung travels with the event, so that a ladder changed meanwhile does not change what was decided.
    """

    name: ClassVar[str] = "tickets.reminded"
    distance: int
    groups: tuple[str, ...]
    delivery: str
    entry_ids: tuple[int, ...]
