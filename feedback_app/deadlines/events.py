"""What happens to a clock: start, pause, resume, extend, transfer, stop and the like, recorded in any order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby, pairwise

from feedback_app.deadlines.errors import (
    EventAfterStop,
    InvalidEvent,
    OverlappingPause,
    ResumeWithoutPause,
    vn,
)
from feedback_app.deadlines.wording import Text


class EventKind(StrEnum):
    """The kinds of clock events, in the order in which they take effect on one day."""

    START = "start"
    RECLASSIFY = "reclassify"  # before an extension of the same day, which the new limit judges
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    CURTAIL = "curtail"  # what is left of the extensions is taken back
    TRANSFER = "transfer"
    CALENDAR = "calendar"
    STOP = "stop"


WITH_DAYS = frozenset({EventKind.EXTEND, EventKind.RECLASSIFY})
CHANGES = WITH_DAYS | {EventKind.CURTAIL}
RANK = {kind: rank for rank, kind in enumerate(EventKind)}


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One event on a local date.

    ``days`` are those that an extension adds, or the new limit after a reclassification, then in ``unit`` (empty:
    as before) and with the kind that there ``was``. A change of calendar alters nothing by itself: whoever
    computes brings the new calendar. ``note``: what was asked, who approved, which document.
    """

    kind: EventKind
    on: date
    days: int = 0
    note: Text | None = None
    unit: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """The days after ``paused_on`` up to and including ``resumed_on`` do not count; None: it still runs."""

    paused_on: date
    resumed_on: date | None

    def covers(self, day: date) -> bool:
        """Return whether ``day`` does not count because of this pause."""
        return self.paused_on < day and (self.resumed_on is None or day <= self.resumed_on)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of one clock, put in order and found consistent."""

    received_on: date
    starts_on: date
    pauses: tuple[Pause, ...]
    changes: tuple[ClockEvent, ...]  # of the limit: extensions, their end, reclassifications
    stopped_on: date | None
    events: tuple[ClockEvent, ...]

    @property
    def paused_since(self) -> date | None:
        """The day on which the pause that still runs began."""
        last = self.pauses[-1] if self.pauses else None
        return last.paused_on if last and last.resumed_on is None else None

    def paused(self, day: date) -> bool:
        """Return whether ``day`` lies within a pause."""
        return any(pause.covers(day) for pause in self.pauses)


def timeline(received_on: date, events: Iterable[ClockEvent]) -> Timeline:
    """Return the events in order of date, then of a fixed rank, so that the order of recording is irrelevant.

    A start event moves day zero from the day of receipt to its own date (the filing was completed later).

    Raises:
        DeadlineError: the events contradict one another; the subclass and its text say how.
    """
    ordered = tuple(sorted(events, key=_order))
    starts_on = _start(received_on, ordered)
    for event in ordered:
        _check(event, received_on if event.kind is EventKind.START else starts_on)
    _check_reclassified_once_a_day(ordered)
    return Timeline(
        received_on,
        starts_on,
        pauses_of(ordered),
        tuple(event for event in ordered if event.kind in CHANGES),
        _stop(ordered),
        ordered,
    )


def first_kind(events: Iterable[ClockEvent], kind: str) -> str:
    """Return the kind at the start of a clock that stands at ``kind`` now."""
    changes = sorted((e for e in events if e.kind is EventKind.RECLASSIFY), key=_order)
    return changes[0].was if changes else kind


def pauses_of(events: Iterable[ClockEvent]) -> tuple[Pause, ...]:
    """Return the pauses that the events make, in order; only the last may still run.

    Within one day a pause and a resumption may stand in either order: a clock that was running pauses first,
    one that was paused resumes first. So only the state at the end of each day matters.

    Raises:
        OverlappingPause, ResumeWithoutPause: the events do not alternate.
    """
    moves = [e for e in sorted(events, key=_order) if e.kind in (EventKind.PAUSE, EventKind.RESUME)]
    pauses: list[Pause] = []
    since: date | None = None
    for day, group in groupby(moves, key=lambda event: event.on):
        paused = _paused_after(day, since is not None, list(group))
        if paused and since is None:
            since = day
        elif not paused and since is not None:
            pauses.append(Pause(since, day))
            since = None
    if since is not None:
        pauses.append(Pause(since, None))
    return tuple(pauses)


def _order(event: ClockEvent) -> tuple[date, int, int, str]:
    return (event.on, RANK[event.kind], event.days, event.note.vi if event.note else "")


def _paused_after(day: date, paused: bool, group: list[ClockEvent]) -> bool:
    begun = sum(event.kind is EventKind.PAUSE for event in group)
    state = paused + begun - (len(group) - begun)
    if state > 1:
        raise OverlappingPause(
            f"Tạm dừng ngày {vn(day)} trùng với một lần tạm dừng chưa kết thúc.",
            f"The pause on {day} overlaps one that has not ended.",
        )
    if state < 0:
        raise ResumeWithoutPause(
            f"Ngày {vn(day)} tính tiếp thời hạn nhưng trước đó không có tạm dừng.",
            f"The clock is resumed on {day} but was not paused.",
        )
    return state == 1


def _start(received_on: date, ordered: tuple[ClockEvent, ...]) -> date:
    starts = [event.on for event in ordered if event.kind is EventKind.START]
    if len(starts) > 1:
        raise InvalidEvent("Thời hạn chỉ được bắt đầu một lần.", "A clock can start only once.")
    return starts[0] if starts else received_on


def _stop(ordered: tuple[ClockEvent, ...]) -> date | None:
    stops = [event.on for event in ordered if event.kind is EventKind.STOP]
    if stops and (len(stops) > 1 or ordered[-1].on > stops[0]):
        raise EventAfterStop(
            f"Thời hạn đã dừng hẳn ngày {vn(stops[0])}, không ghi thêm sự kiện sau đó.",
            f"The clock stopped on {stops[0]}; nothing can follow.",
        )
    return stops[0] if stops else None


def _check(event: ClockEvent, earliest: date) -> None:
    if event.on < earliest:
        raise InvalidEvent(
            f"Sự kiện ngày {vn(event.on)} xảy ra trước ngày bắt đầu tính thời hạn {vn(earliest)}.",
            f"The event of {event.on} comes before the clock starts on {earliest}.",
        )
    if event.kind in WITH_DAYS and event.days < 1:
        raise InvalidEvent(
            "Số ngày gia hạn hoặc thời hạn mới phải là số nguyên từ 1 trở lên.",
            "An extension or a new limit is a whole number of days, at least 1.",
        )
    if event.kind not in WITH_DAYS and event.days != 0:
        raise InvalidEvent(
            "Chỉ gia hạn và đổi loại mới có số ngày.", "Only extension and reclassification have days."
        )


def _check_reclassified_once_a_day(ordered: tuple[ClockEvent, ...]) -> None:
    """Refuse what has no order: of two changes of kind on one day nobody knows which holds."""
    days = [event.on for event in ordered if event.kind is EventKind.RECLASSIFY]
    twice = next((one for one, other in pairwise(days) if one == other), None)
    if twice is not None:
        raise InvalidEvent(
            f"Ngày {vn(twice)} có hai lần đổi loại, không biết lần nào sau cùng.",
            f"Two changes of kind on {twice}: nobody knows which is the last.",
        )
