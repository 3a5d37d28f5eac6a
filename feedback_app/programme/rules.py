"""Periods of reports, their due dates, and who answers for a task on a day. Pure."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from feedback_app.catalogue.packs import AgencyEnded, Catalogue, Directory
from feedback_app.catalogue.packs.fields import Task
from feedback_app.catalogue.packs.programme import Schedule

AHEAD = timedelta(days=45)  # a report can be written this long before it is due


class State(StrEnum):
    """How a task goes, as the agency reports it."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    BEHIND = "behind"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Period:
    """What a report is about: 2026-10, 2026-Q4, 2026-H2 or 2026."""

    code: str
    first: date
    last: date


def period_of(months: int, day: date) -> Period:
    """Return the period of so many months (1, 3, 6, 12) in which the day lies."""
    number = (day.month - 1) // months
    first = date(day.year, number * months + 1, 1)
    end_month = first.month + months - 1
    last = date(day.year, end_month, monthrange(day.year, end_month)[1])
    ends = {1: f"-{day.month:02d}", 3: f"-Q{number + 1}", 6: f"-H{number + 1}", 12: ""}
    return Period(f"{day.year}{ends[months]}", first, last)


def due_on(schedule: Schedule, period: Period) -> date:
    """Return the last day on which the report is in time."""
    return period.last + timedelta(days=schedule.due_days)


def asked_for(schedule: Schedule, today: date, since: date) -> Iterator[Period]:
    """Yield the periods whose reports can be written by ``today``, the first one that ends on or after ``since``."""
    period = period_of(schedule.months, since)
    while due_on(schedule, period) - AHEAD <= today:
        yield period
        period = period_of(schedule.months, period.last + timedelta(days=1))


def leaders_of(task: Task, catalogue: Catalogue, on: date) -> frozenset[str]:
    """Return the agencies that answer for the task on that day: those named or their heirs, and all where all lead."""
    directory = Directory(catalogue.agencies)
    found = heirs(task.lead, catalogue, on)
    if task.everyone_leads:
        kinds = catalogue.programme.everyone
        found |= {agency.code for agency in directory.active(on) if agency.type in kinds}
    return frozenset(found)


def coordinating(task: Task, catalogue: Catalogue, on: date) -> frozenset[str]:
    """Return the agencies named to coordinate, or their heirs, that do not lead the task themselves."""
    return frozenset(heirs(task.coordinating, catalogue, on)) - leaders_of(task, catalogue, on)


def heirs(codes: tuple[str, ...], catalogue: Catalogue, on: date) -> set[str]:
    """Return who answers for ``codes`` on that day; all who took a part over, where nobody took over the whole."""
    directory, found = Directory(catalogue.agencies), set[str]()
    parts = {a.code: tuple(s.to for s in a.successors if s.starts <= on) for a in catalogue.agencies.agencies}
    for code in codes:
        try:
            found.add(directory.resolve(code, on).code)
        except AgencyEnded:
            found |= heirs(parts[code], catalogue, on)
        except LookupError:  # it did not exist yet
            continue
    return found
