"""Why a deadline cannot be computed. Each error says so in both languages; ``str`` is the Vietnamese."""

from datetime import date

from feedback_app.deadlines.wording import Text


class DeadlineError(ValueError):
    """A deadline cannot be computed from what was given; ``text`` says why."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.text = Text(vi, en)


class InvalidLimit(DeadlineError):
    """The number of days is not a whole number within reason, or the unit is unknown."""


class CalendarRangeError(DeadlineError):
    """The calendar does not know the year."""


class InvalidEvent(DeadlineError):
    """A clock event contradicts itself or comes before the clock starts."""


class OverlappingPause(DeadlineError):
    """A pause begins while another one runs."""


class ResumeWithoutPause(DeadlineError):
    """The clock is resumed while it runs."""


class LateExtension(DeadlineError):
    """An extension is granted when the deadline has already passed."""


class EventAfterStop(DeadlineError):
    """Something happens to a clock that was stopped before."""


class UnknownKind(DeadlineError):
    """The regulation profile has no answer step for this kind of filing."""


class ProfileGap(DeadlineError):
    """No regulation profile is in force on that day."""


def vn(day: date) -> str:
    """Return the date as it is written in Vietnam: 05/03/2026."""
    return day.strftime("%d/%m/%Y")
