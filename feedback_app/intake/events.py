"""What happens while somebody files, as the rest of the house hears of it."""

from dataclasses import dataclass
from typing import ClassVar

from feedback_app.core.outbox import Event


@dataclass(frozen=True)
class CodeRequested(Event):
    """The filer of a ticket lost the tracking code; ``channel`` (``email`` or ``phone``) was proved known.

    The listener draws the one-time code with ``recovery.new_token`` and sends it: the outbox holds no secrets.
    """

    name: ClassVar[str] = "intake.code_requested"
    ticket_id: int
    channel: str
