"""Reports climb the ladder of the regulation in force, as clocks do: the same rungs, each told once."""

from datetime import date, datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from feedback_app.catalogue.packs.ladder import Delivery
from feedback_app.core import audit, outbox
from feedback_app.core.inserting import insert_missing
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.escalation.rules import Window, list_day
from feedback_app.programme.events import ReportsReminded
from feedback_app.programme.models import ProgrammeReminder, ProgrammeReport


def remind_some(
    session: Session, window: Window, calendar: WorkCalendar, *, size: int, at: datetime, today: date
) -> int:
    """Tell at most ``size`` reports that have reached the rung and are not told it yet; return how many.

    The rung of the weekly list waits for its day; what is late stays true until then.
    """
    rung = window.rung
    weekly = rung.delivery is Delivery.WEEKLY and rung.weekday is not None
    if weekly and rung.weekday is not None and list_day(rung.weekday, today, calendar) != today:
        return 0
    found = session.scalars(_unreminded(window).limit(size)).all()
    rows = [{"report_id": report_id, "rung": rung.code, "at": at} for report_id in found]
    new = insert_missing(session, ProgrammeReminder, rows, ProgrammeReminder.report_id)
    if new:
        groups = tuple(str(group) for group in rung.groups)
        outbox.publish(session, ReportsReminded(rung.code, rung.distance, groups, tuple(sorted(new))))
        subject = f"programme-rung/{rung.code}"
        audit.record(
            session, "programme.reminded", at=at, actor_id=None, subject=subject, reports=sorted(new)
        )
    return len(found)


def _unreminded(window: Window) -> Select[int]:
    told = exists().where(
        ProgrammeReminder.report_id == ProgrammeReport.id, ProgrammeReminder.rung == window.rung.code
    )
    query = select(ProgrammeReport.id).where(
        ProgrammeReport.reported_at.is_(None), ProgrammeReport.due_on <= window.until, ~told
    )
    if window.after is not None:
        query = query.where(ProgrammeReport.due_on > window.after)
    return query.order_by(ProgrammeReport.due_on, ProgrammeReport.id)
