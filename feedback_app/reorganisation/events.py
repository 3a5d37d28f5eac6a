"""What a reorganisation sets in motion."""

from dataclasses import dataclass
from typing import ClassVar

from feedback_app.core.outbox import Event


@dataclass(frozen=True)
class TicketsLeft(Event):
    """More tickets have to move than fitted into one transaction."""

    name: ClassVar[str] = "reorganisation.tickets_left"
    reorganisation_id: int
