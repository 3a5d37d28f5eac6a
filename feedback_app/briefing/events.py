"""What the brief tells the rest of the house."""

from dataclasses import dataclass
from typing import ClassVar

from feedback_app.core.outbox import Event


@dataclass(frozen=True)
class BriefWritten(Event):
    """The brief of that day (ISO) stands; it is mailed once."""

    name: ClassVar[str] = "brief.written"
    day: str


@dataclass(frozen=True)
class WordGiven(Event):
    """Somebody spoke up on an agency or an obstacle, of which no ticket's history tells."""

    name: ClassVar[str] = "brief.word_given"
    word_id: int
