"""What each obstacle costs the enterprises: weighed once a night, in the place of what was weighed before."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback_app.briefing import queries
from feedback_app.briefing.models import ObstacleStanding
from feedback_app.briefing.rising import WINDOW, Lost, days_lost
from feedback_app.core.inserting import insert_rows
from feedback_app.deadlines.calendar import WorkCalendar


def windows(calendar: WorkCalendar, today: date) -> tuple[list[date], list[date]]:
    """Return the working days of the window before and of the last one, which ends yesterday."""
    found: list[date] = []
    day = today
    while len(found) < 2 * WINDOW:
        day -= timedelta(days=1)
        if calendar.is_working(day):
            found.append(day)
    found.reverse()
    return found[:WINDOW], found[WINDOW:]


def weighed(session: Session, before: Sequence[date], window: Sequence[date]) -> list[Lost]:
    """Return what each obstacle costs now. Only reads."""
    return days_lost(queries.waits(session, before[0], window[-1]), before, window)


def replace(session: Session, lost: Sequence[Lost], day: date) -> None:
    """Put what was weighed for the window that ends on ``day`` in the place of what was there."""
    session.execute(delete(ObstacleStanding))
    insert_rows(session, ObstacleStanding, [_row(one, day) for one in lost])


def _row(lost: Lost, day: date) -> dict[str, Any]:
    return {
        **lost.obstacle._asdict(),
        "day": day,
        "enterprises": lost.enterprises,
        "days": lost.days,
        "days_before": lost.days_before,
    }
