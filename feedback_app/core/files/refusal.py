"""Why a file is not taken in."""


class Refused(Exception):
    """The file is not taken in; ``reason`` is a sentence for the sender that says why and what helps."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
