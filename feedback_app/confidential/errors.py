"""What may go wrong with a sealed report; pages say it by class, so nothing secret is in a message."""

from feedback_app.core.errors import Conflict, FeedbackError, NotFound

__all__ = ["Conflict", "NotFound", "VaultError"]


class VaultError(FeedbackError):
    """Base of all errors of the vault."""


class Mistyped(VaultError):
    """The code's length or check symbols are wrong: known before any work, whoever asks."""

    status = 422


class UnknownReceipt(VaultError):
    """No report has this code: wrong, never used, or its report has been erased."""

    status = 404


class Withdrawn(VaultError):
    """The reporter has withdrawn the report."""

    status = 409


class Closed(VaultError):
    """The report is closed; nothing more is taken in."""

    status = 409


class IntakeClosed(VaultError):
    """The body cannot take reports in: not set up here, or its keys do not bear the right signature."""

    status = 503


class Unavailable(VaultError):
    """The vault's database is away."""

    status = 503


class NoReader(VaultError):
    """Everybody who could read the report is to be kept out."""

    status = 422


class NoCustodian(VaultError):
    """An identity was given, and everybody who may keep it is to be kept out."""

    status = 422


class TooLong(VaultError):
    """More text or more files than an envelope takes."""

    status = 422


class ContainsCode(VaultError):
    """The text holds the receipt's code, which would give it to whoever reads the text."""

    status = 422


class Refused(VaultError):
    """The file is not taken in; ``reason`` is a word of ``uploads.REASONS``."""

    status = 422

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OutOfSpace(VaultError):
    """The disk is full; nothing was stored."""

    status = 507


class Tampered(VaultError):
    """A ciphertext, a token or a signature is not what was written."""

    status = 409


class StateExpired(VaultError):
    """The steps lie too far apart; they begin anew."""

    status = 409


class WrongDoor(VaultError):
    """The token of the write-only door is wrong."""

    status = 403


class WrongPassphrase(VaultError):
    """Name and passphrase do not belong together."""

    status = 403


class WeakPassphrase(VaultError):
    """The passphrase could be guessed."""

    status = 422


class WrongShares(VaultError):
    """The recovery shares are mistyped, of another body, or the same one twice."""

    status = 422


class Busy(VaultError):
    """Two passphrases are being worked on; a third waits no longer."""

    status = 503


class Wait(VaultError):
    """Too many ask at once; whoever comes back with ``ticket`` after ``seconds`` goes first."""

    status = 429

    def __init__(self, seconds: int, ticket: str) -> None:
        super().__init__()
        self.seconds = seconds
        self.ticket = ticket


class NotOpened(VaultError):
    """The report has not been opened in this session, so there is nothing to show."""

    status = 409


class NotAllowed(VaultError):
    """The seat holds no rôle that allows the act, or has stood aside."""

    status = 403


class SeatChanged(NotAllowed):
    """The seat has been taken away or got another key since it was unlocked."""


class WrongStage(VaultError):
    """The act does not fit the stage of the report."""

    status = 409


class LastReader(VaultError):
    """Nobody else could read the report; name a successor first."""

    status = 409


class NotGranted(VaultError):
    """No custodian has opened the identity for this handler, or there is none."""

    status = 403


class NotApproved(VaultError):
    """A second person has to approve first."""

    status = 403


class NotStrippable(VaultError):
    """Hidden data of this type of file cannot be taken out."""

    status = 422
