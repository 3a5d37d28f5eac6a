"""What may go wrong in a way that a person can do something about."""


class FeedbackError(Exception):
    """Base of the errors that a page explains; ``message`` is for people, in Vietnamese."""

    status = 400

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class NotFound(FeedbackError):
    """It does not exist, or must not be seen to exist, for this reader."""

    status = 404


class Forbidden(FeedbackError):
    """The reader sees the thing but holds no function that allows the act."""

    status = 403


class IllegalTransition(FeedbackError):
    """The act does not fit the state the ticket is in."""

    status = 409


class Conflict(FeedbackError):
    """Somebody else was faster."""

    status = 409


class Invalid(FeedbackError):
    """What was given breaks a rule; ``field`` names the form field it belongs to, if any."""

    status = 422

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
