"""What happens to accounts, as the rest of the house hears of it."""

from dataclasses import dataclass
from typing import ClassVar

from feedback_app.core.outbox import Event


@dataclass(frozen=True)
class SignUpRepeated(Event):
    """Somebody signed up with an address that has an account: its owner is told, the page says nothing."""

    name: ClassVar[str] = "account.sign_up_repeated"
    user_id: int
