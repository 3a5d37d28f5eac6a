"""The days between the end of a period and its freezing: each agency sees its figures, confirms or objects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor, Function
from feedback_app.catalogue import store
from feedback_app.closing.events import FreezeAsked
from feedback_app.core import audit, clock, outbox
from feedback_app.core.errors import Conflict, Forbidden, Invalid
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.statistics import queries
from feedback_app.statistics.archive import FrozenPeriod, PeriodOpinion
from feedback_app.statistics.periods import Period, cut_of, cuts, months_of
from feedback_app.surveys.rules import last_day
from feedback_app.tickets.policy import COORDINATING_OFFICES

DEFAULT_DAYS = 3


class Stage(StrEnum):
    """How far a period is."""

    RUNNING = "running"
    RECONCILIATION = "reconciliation"
    CLOSABLE = "closable"
    FROZEN = "frozen"


class State(StrEnum):
    """What an agency said."""

    SILENT = "silent"
    CONFIRMED = "confirmed"
    OBJECTED = "objected"
    SETTLED = "settled"  # an objection that the focal point has answered


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A period with what the agencies concerned said; ``until``: the last day for it."""

    period: Period
    stage: Stage
    until: date
    closable_from: date
    states: Mapping[str, State]
    opinions: Mapping[str, PeriodOpinion]

    @property
    def all_confirmed(self) -> bool:
        return all(state in {State.CONFIRMED, State.SETTLED} for state in self.states.values())

    def may_be_frozen(self, today: date) -> bool:
        """Say whether the period may be frozen: its days are over, nobody has done it yet."""
        return self.stage is Stage.CLOSABLE and today >= self.closable_from


def window(session: Session, period: Period) -> tuple[date, date]:
    """Return the last day on which agencies may speak, and the first on which the period may be frozen.

    The answers to the third question are taken some days longer than a month lasts: no month is frozen before.
    """
    catalogue = store.current(session).catalogue
    cut = cut_of(period, cuts(catalogue))
    days = cut.reconciliation if cut else DEFAULT_DAYS
    until = work_calendar(catalogue).add_working_days(period.last, days) if days else period.last
    last = until
    if period.first.day == 1:
        last = max(until, last_day(f"{months_of(period)[-1].last:%Y-%m}"))
    return until, date.fromordinal(last.toordinal() + 1)


def status(session: Session, period: Period, today: date) -> Reconciliation:
    """Return how far the period is, and what each agency with figures in it said."""
    until, closable_from = window(session, period)
    codes = store.current(session).agency_codes
    rows = session.scalars(select(PeriodOpinion).where(PeriodOpinion.period == period.code))
    opinions = {codes[row.agency_id]: row for row in rows}
    figures = queries.figures(session, period)
    concerned = {group.agency for group in (figures.by_group if figures else {}) if group.agency}
    states = {code: _state(opinions.get(code)) for code in sorted(concerned | opinions.keys())}
    stage = _stage(session, period, today, until, closable_from)
    return Reconciliation(period, stage, until, closable_from, states, opinions)


def confirm(session: Session, period: Period, agency_id: int, *, by: Actor, at: datetime) -> None:
    """Say for the agency that its figures are right. Raises Forbidden, Conflict (not the days for it)."""
    _say(session, period, agency_id, State.CONFIRMED, "", by=by, at=at)


def object_to(
    session: Session, period: Period, agency_id: int, *, text: str, by: Actor, at: datetime
) -> None:
    """Say for the agency what is wrong. Raises Forbidden, Conflict (not the days for it), Invalid (no reason)."""
    if not text.strip():
        raise Invalid(_("Hãy nêu số liệu hoặc phiếu nào chưa đúng."), "text")
    _say(session, period, agency_id, State.OBJECTED, text.strip(), by=by, at=at)


def settle(session: Session, period: Period, agency_id: int, *, reply: str, by: Actor, at: datetime) -> None:
    """Answer an objection. Raises Forbidden for all but the coordinating offices, Conflict where there is none."""
    if not by.holds(*COORDINATING_OFFICES):
        raise Forbidden
    row = session.get(PeriodOpinion, (period.code, agency_id))
    if row is None or row.state != State.OBJECTED:
        raise Conflict
    if not reply.strip():
        raise Invalid(_("Hãy ghi kết quả xem xét ý kiến của cơ quan."), "reply")
    row.state, row.reply, row.settled_by_id, row.settled_at = State.SETTLED, reply.strip(), by.user_id, at
    _told(session, period, agency_id, State.SETTLED, by, at)


def may_speak(by: Actor, agency_id: int) -> bool:
    """Say whether the person speaks for the agency."""
    return agency_id in by.agency_ids({Function.AGENCY_HEAD})


def _say(
    session: Session, period: Period, agency_id: int, state: State, text: str, *, by: Actor, at: datetime
) -> None:
    if not may_speak(by, agency_id):
        raise Forbidden
    until, _closable = window(session, period)
    if not period.last < clock.local_date(at) <= until or session.get(FrozenPeriod, period.code) is not None:
        raise Conflict
    session.merge(
        PeriodOpinion(
            period=period.code, agency_id=agency_id, state=state, text=text, by_id=by.user_id, at=at, reply=""
        )
    )
    _told(session, period, agency_id, state, by, at)


def _told(session: Session, period: Period, agency_id: int, state: State, by: Actor, at: datetime) -> None:
    audit.record(
        session, f"statistics.{state}", at=at, actor_id=by.user_id, subject=period.code, agency=agency_id
    )


def _state(row: PeriodOpinion | None) -> State:
    return State.SILENT if row is None else State(row.state)


def _stage(session: Session, period: Period, today: date, until: date, closable_from: date) -> Stage:
    if session.get(FrozenPeriod, period.code) is not None:
        return Stage.FROZEN
    if today <= period.last:
        return Stage.RUNNING
    return Stage.CLOSABLE if today >= max(closable_from, until) and today > until else Stage.RECONCILIATION


def ask_to_freeze(session: Session, period: Period, *, note: str, by: Actor, at: datetime) -> None:
    """Let a worker freeze the period.

    Raises:
        Forbidden: not one of the coordinating offices. Conflict: not the time for it.
    """
    if not by.holds(*COORDINATING_OFFICES):
        raise Forbidden
    talk = status(session, period, clock.local_date(at))
    if not talk.may_be_frozen(clock.local_date(at)):
        raise Conflict
    outbox.publish(session, FreezeAsked(period=period.code, by_id=by.user_id, note=note.strip()))
