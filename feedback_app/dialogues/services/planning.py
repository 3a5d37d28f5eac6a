"""A meeting is planned, changed, called, put off, cancelled, held; those concerned are told."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core import clock, outbox
from feedback_app.core.errors import Forbidden, Invalid
from feedback_app.core.numbers import next_number
from feedback_app.dialogues import policy
from feedback_app.dialogues.events import MeetingNews
from feedback_app.dialogues.labels import WRONG_DAYS
from feedback_app.dialogues.models import Meeting, MeetingChange
from feedback_app.dialogues.rules import FIELD_OF, Act, Days, Kind, State, wrong_days
from feedback_app.dialogues.services.requiring import record, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is said of a meeting; ``fields`` and ``areas`` empty: all."""

    kind: Kind
    title: str
    about: str
    chair_id: int
    place: str
    hour: str
    days: Days
    parent_id: int | None = None
    fields: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


def plan(session: Session, told: Plan, *, by: Actor, at: datetime, is_sample: bool = False) -> Meeting:
    """Write a new meeting down; nobody outside hears of it yet.

    Raises:
        Forbidden: such a meeting is not this person's to plan.
        Invalid: its days do not fit one another, or the meeting before which it is to be held.
    """
    if not policy.may_plan(by, told.kind, told.chair_id):
        raise Forbidden(Act.CHANGE)
    _check(session, told, at)
    year = told.days.held_on.year
    code = f"DT-{year}-{next_number(session, f'dialogue_{year}'):02d}"
    meeting = Meeting(code=code, state=State.PLANNED, by_id=by.user_id, at=at, is_sample=is_sample)
    meeting.conclusion = None
    _write(meeting, told)
    session.add(meeting)
    session.flush()
    record(session, "planned", meeting, by, at, kind=told.kind)
    return meeting


def change(
    session: Session, meeting: Meeting, told: Plan, *, seen_version: int | None, by: Actor, at: datetime
) -> None:
    """Write down something else of a meeting to come; once it is called its day is put off, not changed.

    Raises:
        Forbidden, Conflict, IllegalTransition: see ``require``.
        Invalid: as ``plan``, or another day for what was called.
    """
    require(by, Act.CHANGE, meeting, seen_version=seen_version)
    if (told.kind, told.chair_id) != (meeting.kind, meeting.chair_id) and not policy.may_plan(
        by, told.kind, told.chair_id
    ):
        raise Forbidden(Act.CHANGE)
    if meeting.state == State.CALLED and told.days.held_on != meeting.held_on:
        raise Invalid(
            _("Hội nghị đã công bố: xin dùng “Hoãn” để đổi ngày, người được mời sẽ được báo."), "held_on"
        )
    _check(session, told, at)
    _write(meeting, told)
    session.flush()
    record(session, "changed", meeting, by, at)


def call(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Publish the call for proposals. Raises Forbidden, IllegalTransition; Invalid when its days have passed."""
    require(by, Act.CALL, meeting)
    _check_days(days_of(meeting), None, at)
    meeting.state, meeting.called_at = State.CALLED, at
    session.flush()
    record(session, "called", meeting, by, at, closes_on=meeting.closes_on.isoformat())
    _tell(session, meeting, "called", meeting.version)


def invite(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Tell those who proposed and the agencies when and where it is held. Raises Forbidden, IllegalTransition."""
    require(by, Act.INVITE, meeting)
    record(session, "invited", meeting, by, at)
    _tell(session, meeting, "invited", meeting.version)


def postpone(session: Session, meeting: Meeting, days: Days, reason: str, *, by: Actor, at: datetime) -> None:
    """Put the meeting off and say why; those invited are told.

    Raises:
        Forbidden, IllegalTransition: see ``require``.
        Invalid: no reason, or days that do not fit.
    """
    require(by, Act.POSTPONE, meeting)
    if days.held_on == meeting.held_on:
        raise Invalid(_("Xin chọn ngày khác với ngày đã công bố."), "held_on")
    _check_days(days, _provincial_day(session, meeting.parent_id), at)
    _changed(session, meeting, days.held_on, reason, by, at)
    meeting.held_on, meeting.closes_on, meeting.replies_on = days.held_on, days.closes_on, days.replies_on
    session.flush()
    record(session, "postponed", meeting, by, at, to=days.held_on.isoformat())
    _tell(session, meeting, "postponed", meeting.version)


def cancel(session: Session, meeting: Meeting, reason: str, *, by: Actor, at: datetime) -> None:
    """Cancel the meeting; its tickets go on as tickets, and those invited are told.

    Raises:
        Forbidden, IllegalTransition: see ``require``.
        Invalid: no reason.
    """
    require(by, Act.CANCEL, meeting)
    was_public = meeting.state == State.CALLED
    _changed(session, meeting, None, reason, by, at)
    meeting.state = State.CANCELLED
    session.flush()
    record(session, "cancelled", meeting, by, at)
    if was_public:
        _tell(session, meeting, "cancelled", meeting.version)


def hold(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Say that the meeting took place. Raises Forbidden, IllegalTransition; Invalid before its day."""
    require(by, Act.HOLD, meeting)
    if clock.local_date(at) < meeting.held_on:
        raise Invalid(_("Chưa đến ngày tổ chức %(day)s.", day=f"{meeting.held_on:%d/%m/%Y}"))
    meeting.state = State.HELD
    session.flush()
    record(session, "held", meeting, by, at)


def days_of(meeting: Meeting) -> Days:
    return Days(meeting.closes_on, meeting.replies_on, meeting.held_on)


def _check(session: Session, told: Plan, at: datetime) -> None:
    if (told.kind is Kind.SECTORAL) < (told.parent_id is not None):
        raise Invalid(_("Chỉ đối thoại chuyên đề mới gắn với hội nghị cấp tỉnh."), "parent")
    _check_days(told.days, _provincial_day(session, told.parent_id), at)


def _check_days(days: Days, provincial_on: date | None, at: datetime) -> None:
    wrong = wrong_days(days, clock.local_date(at), provincial_on)
    if wrong:
        raise Invalid(str(WRONG_DAYS[wrong[0]]), FIELD_OF[wrong[0]])


def _provincial_day(session: Session, parent_id: int | None) -> date | None:
    if parent_id is None:
        return None
    query = select(Meeting.held_on).where(Meeting.id == parent_id, Meeting.kind == Kind.PROVINCIAL)
    found = session.scalar(query)
    if found is None:
        raise Invalid(_("Không có hội nghị cấp tỉnh này."), "parent")
    return found


def _write(meeting: Meeting, told: Plan) -> None:
    meeting.kind, meeting.title, meeting.about = told.kind, told.title, told.about
    meeting.chair_id, meeting.parent_id = told.chair_id, told.parent_id
    meeting.place, meeting.hour = told.place, told.hour
    days = told.days
    meeting.held_on, meeting.closes_on, meeting.replies_on = days.held_on, days.closes_on, days.replies_on
    meeting.fields, meeting.areas = list(told.fields), list(told.areas)


def _changed(
    session: Session, meeting: Meeting, moved_to: date | None, reason: str, by: Actor, at: datetime
) -> None:
    if not reason.strip():
        raise Invalid(_("Xin nêu lý do để báo cho người được mời."), "reason")
    row = MeetingChange(
        meeting_id=meeting.id,
        was=meeting.held_on,
        moved_to=moved_to,
        reason=reason.strip(),
        by_id=by.user_id,
        at=at,
    )
    session.add(row)


def _tell(session: Session, meeting: Meeting, what: str, number: int) -> None:
    outbox.publish(session, MeetingNews(meeting.id, what, number))
