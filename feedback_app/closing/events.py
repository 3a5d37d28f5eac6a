"""What the closing of periods sets in motion."""

from dataclasses import dataclass
from typing import ClassVar

from feedback_app.core.outbox import Event


@dataclass(frozen=True)
class FreezeAsked(Event):
    """Somebody of the coordinating offices wants a period frozen; a worker does it."""

    name: ClassVar[str] = "statistics.freeze_asked"
    period: str
    by_id: int
    note: str
