"""Agencies that have neither confirmed their figures nor objected are reminded once, near the end of the window."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.closing.events import FiguresUnconfirmed
from feedback_app.closing.reconciling import Reconciliation, Stage, State, status, window
from feedback_app.core import audit, outbox
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.statistics.periods import Period, containing, cuts

AHEAD = 2  # working days before the last day for it


def silent(talk: Reconciliation) -> list[str]:
    """Return the agencies that have said nothing."""
    return [agency for agency, state in talk.states.items() if state is State.SILENT]


def closing_soon(session: Session, today: date) -> Iterator[Period]:
    """Yield the periods that are over and whose window ends within two working days."""
    catalogue = store.current(session).catalogue
    calendar = work_calendar(catalogue)
    for cut in cuts(catalogue):
        period = containing(today, cut.first_day, cut.months).previous()
        until, _closable = window(session, period)
        if today <= until and calendar.count_working_days(today, until) <= AHEAD:
            yield period


def remind_silent(session: Session, today: date, at: datetime) -> int:
    """Publish which agencies are silent, period by period; return how many there are. The ledger tells each once."""
    codes, number = store.current(session).agency_ids, 0
    for period in closing_soon(session, today):
        talk = status(session, period, today)
        agencies = silent(talk)
        if talk.stage is not Stage.RECONCILIATION or not agencies:
            continue
        ids = tuple(codes[agency] for agency in agencies)
        outbox.publish(session, FiguresUnconfirmed(period.code, talk.until.isoformat(), ids))
        audit.record(
            session,
            "statistics.silent_reminded",
            at=at,
            actor_id=None,
            subject=period.code,
            agencies=list(ids),
        )
        number += len(ids)
    return number
