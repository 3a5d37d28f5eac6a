"""What meetings tell the rest of the house."""

from dataclasses import dataclass
from typing import ClassVar

from feedback_app.core.outbox import Event


@dataclass(frozen=True)
class MeetingNews(Event):
    """Something that those concerned hear of; ``what``: called, invited, postponed, cancelled, concluded.

    ``number`` tells two of the same kind apart.
    """

    name: ClassVar[str] = "dialogue.news"
    meeting_id: int
    what: str
    number: int


@dataclass(frozen=True)
class DuesReminded(Event):
    """Answers or items (``subject``) that have reached one rung of the ladder."""

    name: ClassVar[str] = "dialogue.reminded"
    rung: str
    distance: int
    groups: tuple[str, ...]
    subject: str
    ids: tuple[int, ...]
