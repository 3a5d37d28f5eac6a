"""What there is to be told, and how long a mail that does not go out is tried again. Pure."""

from datetime import timedelta
from enum import StrEnum

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 12  # about a day and a half


class Kind(StrEnum):
    """What a line of an inbox is about; the reminders bear the codes of their rungs."""

    ANSWERED = "answered"
    ASKED = "asked"
    ASSIGNED = "assigned"
    CLOSED = "closed"
    DISPUTED = "disputed"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    REPLIED = "replied"
    TRIAGE = "triage"


class Letter(StrEnum):
    """The mails there are; each has a template ``mail/<letter>.txt``."""

    CODE = "code"  # a one-time code for somebody who lost the tracking code
    NEWS = "news"
    OVERDUE = "overdue"
    SIGN_UP = "sign_up"  # somebody signed up with an address that has an account


def pause_after(attempts: int) -> timedelta | None:
    """Return how long to wait after the ``attempts``-th failure, ``None`` when it is the last."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
