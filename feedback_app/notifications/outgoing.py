"""What goes wrong when a message leaves the house, told apart by what follows from it."""

import smtplib
from collections.abc import Callable

from feedback_app.notifications.models import Dispatch

Sender = Callable[[Dispatch], None]  # takes one message away, or raises

PERMANENT = 500  # of the codes of SMTP, which are not those of HTTP


class Refused(Exception):
    """The other side will never take this message: to try again would only annoy it."""


class Away(Exception):
    """The other side takes nothing at present."""


def is_final(error: Exception) -> bool:
    """Say whether trying again is in vain, for this message."""
    match error:
        case Refused():
            return True
        case smtplib.SMTPRecipientsRefused():
            return all(code >= PERMANENT for code, _text in error.recipients.values())
        case smtplib.SMTPDataError():
            return error.smtp_code >= PERMANENT
        case _:
            return False


def is_outage(error: Exception) -> bool:
    """Say whether the other side is away, so that the next message would fare no better."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(
            error, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError | smtplib.SMTPHeloError
        )
    return isinstance(error, Away | OSError)


def reason(error: Exception) -> str:
    """Return a word for what went wrong: the text may name the address, so it stays out."""
    match error:
        case Refused() | Away():
            return str(error)
        case smtplib.SMTPRecipientsRefused():
            return f"SMTP {next(iter(error.recipients.values()))[0]}"
        case smtplib.SMTPResponseException():
            return f"SMTP {error.smtp_code}"
        case _:
            return type(error).__name__
