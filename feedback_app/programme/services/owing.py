"""Which reports are owed: a row for each task, agency and period, and who goes on with those of agencies that ended."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback_app.catalogue.store import Loaded
from feedback_app.core import audit
from feedback_app.core.inserting import insert_missing
from feedback_app.programme.models import ProgrammeReminder, ProgrammeReport
from feedback_app.programme.rules import asked_for, due_on, heirs, leaders_of

BATCH = 500  # rows in one statement


def open_due(session: Session, loaded: Loaded, today: date) -> int:
    """Write down the reports that can be written by now and are not there yet; return how many."""
    rows = list(_wanted(loaded, today))
    parts = [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]
    return sum(len(insert_missing(session, ProgrammeReport, part, ProgrammeReport.id)) for part in parts)


def pass_on(session: Session, loaded: Loaded, today: date, at: datetime) -> int:
    """Give what agencies that ended still owed to their heirs; return how many reports were passed on or let go.

    An heir that owes the same report already owes it once.
    """
    gone = _gone(loaded, today)
    query = select(ProgrammeReport).where(
        ProgrammeReport.reported_at.is_(None), ProgrammeReport.agency_id.in_(gone)
    )
    owed = session.scalars(query.order_by(ProgrammeReport.id)).all()
    for report in owed:
        codes = sorted(heirs((gone[report.agency_id],), loaded.catalogue, today))
        _give(session, report, [loaded.agency_ids[code] for code in codes], at)
    return len(owed)


def _wanted(loaded: Loaded, today: date) -> Iterator[dict[str, Any]]:
    catalogue = loaded.catalogue
    led = {task.number: task for task in catalogue.fields.tasks}
    for told in catalogue.programme.tasks:
        schedule = catalogue.programme.schedule(told.reports)
        for period in asked_for(schedule, today, catalogue.programme.reports_from):
            agencies = leaders_of(led[told.number], catalogue, min(today, period.last))
            for code in sorted(agencies):
                yield {
                    "task": told.number,
                    "agency_id": loaded.agency_ids[code],
                    "period": period.code,
                    "ends_on": period.last,
                    "due_on": due_on(schedule, period),
                    "state": "",
                    "text": "",
                    "hindrance": "",
                    "version": 1,
                }


def _gone(loaded: Loaded, today: date) -> dict[int, str]:
    agencies = loaded.catalogue.agencies.agencies
    ended = (a.code for a in agencies if a.valid_to is not None and a.valid_to < today)
    return {loaded.agency_ids[code]: code for code in ended if code in loaded.agency_ids}


def _give(session: Session, report: ProgrammeReport, heir_ids: list[int], at: datetime) -> None:
    """Let each heir owe the report; the reminders of whoever ended go with its row."""
    names = ("task", "period", "ends_on", "due_on", "state", "text", "hindrance")
    same = {name: getattr(report, name) for name in names}
    rows = [same | {"agency_id": agency_id, "version": 1} for agency_id in heir_ids]
    insert_missing(session, ProgrammeReport, rows, ProgrammeReport.id)
    facts = {"task": report.task, "period": report.period, "from": report.agency_id, "to": heir_ids}
    session.execute(delete(ProgrammeReminder).where(ProgrammeReminder.report_id == report.id))
    session.delete(report)
    subject = f"programme-task/{report.task}"
    audit.record(session, "programme.passed_on", at=at, actor_id=None, subject=subject, **facts)
