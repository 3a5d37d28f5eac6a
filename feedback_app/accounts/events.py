"""What happens to accounts, as the rest of the house hears of it."""

from dataclasses import dataclass
from typing import ClassVar

from feedback_app.core.outbox import Event


@dataclass(frozen=True)
class SignUpRepeated(Event):
    """Somebody signed up with an address that has an account: its owner is told, the page says nothing."""

    name: ClassVar[str] = "account.sign_up_repeated"
    user_id: int


@dataclass(frozen=True)
class ConfirmationRequested(Event):
    """Whoever opened an account is to prove that its e-mail address is theirs."""

    name: ClassVar[str] = "account.confirmation_requested"
    user_id: int


@dataclass(frozen=True)
class ResetRequested(Event):
    """Somebody who does not know the password gave the address of an account: its owner gets a link."""

    name: ClassVar[str] = "account.reset_requested"
    user_id: int
