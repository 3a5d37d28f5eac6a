"""Tasks of the action programme and reports on them as pages show them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.programme.labels import STATES, period_name
from feedback_app.programme.models import ProgrammeFile, ProgrammeReport
from feedback_app.programme.rules import State
from feedback_app.web.days import Chip, chip
from feedback_app.web.presenting.names import agency_name, local

EDITION = "pci-2023"  # whose sub-indices the programme names
MANY = 4  # agencies that are named one by one; more are counted
SIGNS: dict[State, tuple[str, str]] = {
    State.NOT_STARTED: ("neutral", "pause"),
    State.IN_PROGRESS: ("waiting", "clock"),
    State.BEHIND: ("late", "alert"),
    State.DONE: ("intime", "check"),
}


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task in the reader's language; ``unconfirmed``: period or day of its reports is the system's default."""

    number: int
    about: str
    sub_index: int
    sub_name: str
    time: str
    product: str
    schedule: str
    unconfirmed: bool
    leads: str
    coordinating: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report, owed or given; ``due`` says how the day stands, ``was_late``: given after it."""

    id: int
    task: int
    agency: str
    period: str
    state: dict[str, str] | None
    text: str
    hindrance: str
    due: Chip
    due_on: date
    reported_on: date | None
    was_late: bool
    files: tuple[ProgrammeFile, ...]


def sub_indices(loaded: Loaded) -> dict[int, str]:
    """Return the names of the sub-indices by number."""
    edition = next(e for e in loaded.catalogue.indicators if e.code == EDITION)
    return {sub.number: local(sub.name) for sub in edition.sub_indices}


def state_tag(state: State) -> dict[str, str]:
    """Return label, tone and icon of a state."""
    tone, icon = SIGNS[state]
    return {"label": str(STATES[state]), "tone": tone, "icon": icon}


def task_view(loaded: Loaded, number: int, leads: Collection[int], beside: Collection[int]) -> TaskView:
    """Return the task of that number, led by the agencies ``leads`` today. Raises LookupError."""
    pack = loaded.catalogue.programme
    told = next((task for task in pack.tasks if task.number == number), None)
    if told is None:
        raise LookupError(number)
    of = next(task for task in loaded.catalogue.fields.tasks if task.number == number)
    schedule = pack.schedule(told.reports)
    return TaskView(
        number=number,
        about=local(of.about),
        sub_index=told.sub_index,
        sub_name=sub_indices(loaded)[told.sub_index],
        time=local(told.time),
        product=local(told.product),
        schedule=local(schedule.name),
        unconfirmed=not (told.reports_named and schedule.confirmed),
        leads=_named(loaded, leads),
        coordinating=_all_others() if of.everyone_coordinates else _named(loaded, beside),
    )


def report_view(loaded: Loaded, report: ProgrammeReport, *, files: bool = True) -> ReportView:
    """Return one report; ``files`` where they were loaded."""
    reported_on = clock.local_date(report.reported_at) if report.reported_at else None
    return ReportView(
        id=report.id,
        task=report.task,
        agency=agency_name(loaded, report.agency_id),
        period=period_name(report.period),
        state=state_tag(State(report.state)) if report.state else None,
        text=report.text,
        hindrance=report.hindrance,
        due=chip(report.due_on, clock.today(), work_calendar(loaded.catalogue)),
        due_on=report.due_on,
        reported_on=reported_on,
        was_late=reported_on is not None and reported_on > report.due_on,
        files=tuple(report.files) if files else (),
    )


def _named(loaded: Loaded, agency_ids: Collection[int]) -> str:
    if len(agency_ids) > MANY:
        return str(_("%(number)s sở, ban, ngành, địa phương", number=len(agency_ids)))
    return "; ".join(sorted(agency_name(loaded, agency_id) for agency_id in agency_ids))


def _all_others() -> str:
    return str(_("các cơ quan, địa phương liên quan"))
