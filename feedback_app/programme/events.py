"""What the programme tells the rest of the house."""

from dataclasses import dataclass
from typing import ClassVar

from feedback_app.core.outbox import Event


@dataclass(frozen=True)
class ReportsReminded(Event):
    """Reports that have reached one rung of the ladder; who is told is decided when it is told."""

    name: ClassVar[str] = "programme.reminded"
    rung: str
    distance: int
    groups: tuple[str, ...]
    report_ids: tuple[int, ...]
