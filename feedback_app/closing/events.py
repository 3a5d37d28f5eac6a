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


@dataclass(frozen=True)
class FiguresUnconfirmed(Event):
    """Agencies that have not spoken of their figures, shortly before the last day for it (ISO)."""

    name: ClassVar[str] = "statistics.figures_unconfirmed"
    period: str
    until: str
    agency_ids: tuple[int, ...]
