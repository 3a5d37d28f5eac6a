"""What is promised on receipt: by when the answer comes, by when each step is done, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from feedback_app.catalogue.packs import Catalogue
from feedback_app.catalogue.packs.regulation import Anchor, TimeLimit
from feedback_app.core.clock import local_date
from feedback_app.deadlines.calendar import WorkCalendar, work_calendar
from feedback_app.deadlines.clock import Deadline, Limit, compute, unit_of
from feedback_app.deadlines.errors import InvalidEvent
from feedback_app.deadlines.events import CHANGES, ClockEvent
from feedback_app.deadlines.explain import DayEntry
from feedback_app.deadlines.profiles import due_limit, governing, profile_for, steps_for

AFTER_DUE = (Anchor.ANSWER_DUE, Anchor.SETTLE_DUE)


@dataclass(frozen=True, slots=True)
class StepDue:
    """The last day of one step, None while a pause makes it unknown; ``unit``: working or calendar."""

    step: str
    limit: int
    unit: str
    due_on: date | None
    confirmed: bool
    source: str


@dataclass(frozen=True)
class Promise:
    """The deadline of a filing with its steps.

    ``confirmed`` is False while the profile or its limit was not compared with the text of the regulation:
    say "dự kiến" then. ``estimated``: a year on the way has no published calendar: say "tạm tính".
    ``profile`` and ``calendar`` are ``code@version``. ``steps`` are those whose day follows from the receipt;
    a step that runs from a later deed (an assignment, a request) has no day yet.
    """

    deadline: Deadline
    confirmed: bool
    profile: str
    calendar: str
    steps: tuple[StepDue, ...]

    @property
    def due_on(self) -> date | None:
        """The last day on which an answer is in time; None only while a pause runs."""
        return self.deadline.due_on

    @property
    def estimated(self) -> bool:
        """Whether a year on the way has no published calendar."""
        return self.deadline.estimated

    @property
    def days(self) -> tuple[DayEntry, ...]:
        """Each day from receipt through the due date, explained."""
        return self.deadline.days


def promise(
    catalogue: Catalogue,
    kind: str,
    received_at: datetime,
    *,
    events: Iterable[ClockEvent] = (),
    limit: Limit | None = None,
    territory: str | None = None,
    area: str | None = None,
    calendar: WorkCalendar | None = None,
) -> Promise:
    """Return what is promised to a filing of ``kind`` received at the aware instant ``received_at``.

    Args:
        events: clock events so far, in any order.
        limit: stands in for the profile's limit of the due step, and counts as unconfirmed.
        territory: whose regulation applies, and no other; unless named, ``area`` decides.
        area: where the matter is; see ``profiles.governing``.
        calendar: stands in for that of the catalogue.

    Raises:
        DeadlineError: unknown kind, no profile on that day, a naive instant, contradicting events.
    """
    if received_at.utcoffset() is None:
        raise InvalidEvent("Thời điểm tiếp nhận thiếu múi giờ.", "The instant of receipt has no time zone.")
    received_on = local_date(received_at)
    profile = (
        profile_for(catalogue, received_on, territory)
        if territory
        else governing(catalogue, received_on, area)
    )
    row, events = due_limit(profile, kind, received_on), tuple(events)
    calendar = calendar or work_calendar(catalogue)
    if limit is not None:
        row = row.model_copy(update={"value": limit.value, "unit": limit.unit, "confirmed": False})
    deadline = compute(row, received_on, events, calendar)
    steps = [row if other.step == row.step else other for other in steps_for(profile, kind, received_on)]
    return Promise(
        deadline=deadline,
        confirmed=profile.confirmed and row.confirmed,
        profile=f"{profile.code}@{profile.version}",
        calendar=calendar.version,
        steps=tuple(_steps(steps, row.step, deadline)),
    )


def _steps(rows: Iterable[TimeLimit], due_step: str, deadline: Deadline) -> Iterator[StepDue]:
    pauses = [event for event in deadline.timeline.events if event.kind not in CHANGES]
    for row in rows:
        if row.step == due_step:
            yield _due_step(row, deadline)
            continue
        if row.counted_from is Anchor.RECEIPT:
            due_on = _after(row, deadline.received_on, pauses, deadline.calendar)
        elif row.counted_from in AFTER_DUE:
            due_on = deadline.due_on and _after(row, deadline.due_on, (), deadline.calendar)
        else:
            continue
        yield StepDue(row.step, row.value, unit_of(row), due_on, row.confirmed, row.source)


def _due_step(row: TimeLimit, deadline: Deadline) -> StepDue:
    return StepDue(row.step, deadline.limit, deadline.unit, deadline.due_on, row.confirmed, row.source)


def _after(row: TimeLimit, day: date, events: Iterable[ClockEvent], calendar: WorkCalendar) -> date | None:
    """Return the day of a step; "at once" (value 0) is the same day."""
    return compute(row, day, events, calendar).due_on if row.value else day
