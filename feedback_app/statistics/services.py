"""Taking facts from tickets, and computing the figures of a period from the facts."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, text
from sqlalchemy.orm import Session

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.catalogue.store import Loaded
from feedback_app.statistics import history, queries
from feedback_app.statistics.facts import CaseFact
from feedback_app.statistics.figures import Group, Value, figures_of
from feedback_app.statistics.models import CaseFactRow, PeriodFigure, PeriodRun
from feedback_app.statistics.periods import Period
from feedback_app.statistics.structure import as_then
from feedback_app.surveys import queries as surveys

BATCH = 1000
_LOCK = 181420240709  # one refresh at a time


def take_facts(session: Session, loaded: Loaded, *, after: int = 0, limit: int = BATCH) -> int | None:
    """Take anew the facts of up to ``limit`` changed tickets with an id above ``after``.

    Returns:
        The last id taken, to go on from; ``None`` when nothing was out of date any more.
    """
    _one_at_a_time(session)
    ids = history.changed(session, after, limit)
    if not ids:
        return None
    session.execute(delete(CaseFactRow).where(CaseFactRow.ticket_id.in_(ids)))
    session.execute(insert(CaseFactRow), [_row(fact) for fact in history.facts_for(session, loaded, ids)])
    return ids[-1]


def forget_facts(session: Session) -> None:
    """Throw all facts away, to take them anew from the tickets."""
    _one_at_a_time(session)
    session.execute(delete(CaseFactRow))


def compute(session: Session, period: Period, *, today: date, at: datetime) -> None:
    """Compute the figures of ``period`` from the facts and put them in place of those before."""
    _one_at_a_time(session)
    found = figures_of(
        as_then(queries.facts_touching(session, period, today), min(period.last, today)), period, today
    )
    found.setdefault(Group(), {}).update(_third_question(session, period, today))
    session.execute(delete(PeriodFigure).where(PeriodFigure.period == period.code))
    session.execute(delete(PeriodRun).where(PeriodRun.period == period.code))
    session.execute(
        insert(PeriodRun),
        [{"period": period.code, "first": period.first, "last": period.last, "computed_at": at}],
    )
    if rows := list(_figure_rows(period, found)):
        session.execute(insert(PeriodFigure), rows)


def _third_question(session: Session, period: Period, today: date) -> dict[str, Value]:
    """Return the answers that nobody can trace; they are counted by calendar month only, once it is closed."""
    if period.first.day != 1:
        return {}
    totals = surveys.totals(session, [period.code], today=today)
    counts = {
        Measure.THIRD_QUESTION_TREATMENT_ANSWERS: totals.treated_properly.n,
        Measure.THIRD_QUESTION_TREATED_PROPERLY: totals.treated_properly.yes,
        Measure.THIRD_QUESTION_PAYMENT_ANSWERS: totals.extra_payment.n,
        Measure.THIRD_QUESTION_NO_EXTRA_PAYMENT: totals.extra_payment.no,
    }
    return {measure: Value(float(n), n) for measure, n in counts.items() if n}


def _figure_rows(period: Period, found: Mapping[Group, Mapping[str, Value]]) -> Iterable[dict[str, Any]]:
    for group, values in found.items():
        for name, value in values.items():
            yield {"period": period.code, **asdict(group), "measure": str(name), **asdict(value)}


def _row(fact: CaseFact) -> dict[str, Any]:
    row = {name: getattr(fact, name) for name in CaseFactRow.__table__.columns.keys()}  # noqa: SIM118
    row["pauses"] = [
        [pause.paused_on.isoformat(), pause.resumed_on.isoformat() if pause.resumed_on else None]
        for pause in fact.pauses
    ]
    row["inherited"] = [[before.agency, before.until.isoformat()] for before in fact.inherited]
    return row


def _one_at_a_time(session: Session) -> None:
    """Let a second refresh wait for the first; SQLite has one writer anyway."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
