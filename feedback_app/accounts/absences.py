"""Absences: recorded by the person or the head, with a substitute of the same agency; no loops."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from feedback_app.accounts.actor import Actor, Function
from feedback_app.accounts.models import Absence, FunctionHeld, User
from feedback_app.accounts.standing_in import acted_for, loops
from feedback_app.core import audit, clock
from feedback_app.core.errors import Forbidden, Invalid, NotFound

LONGEST = timedelta(days=366)


def record(
    session: Session,
    *,
    user_id: int,
    substitute_id: int,
    first: date,
    last: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> Absence:
    """Record that ``user_id`` is away and who acts in all their functions meanwhile.

    Raises:
        Forbidden: ``by`` is neither that person nor the head of one of their agencies.
        Invalid: days the wrong way round or in the past, the person's own name as substitute, no common agency,
            another absence on those days, or a chain of substitutes that comes back.
    """
    shared = _agencies(session, user_id)
    if by.user_id != user_id and not (by.agency_ids({Function.AGENCY_HEAD}) & shared):
        raise Forbidden("absence")
    _check_days(first, last, clock.local_date(at))
    _check_substitute(session, user_id, substitute_id, shared)
    _check_others(session, user_id, substitute_id, first, last)
    row = Absence(
        user_id=user_id,
        substitute_id=substitute_id,
        valid_from=first,
        valid_to=last,
        reason=reason,
        by_id=by.user_id,
        at=at,
    )
    session.add(row)
    _audit(session, "absence.recorded", row, by, at)
    return row


def end(session: Session, absence_id: int, *, by: Actor, at: datetime) -> None:
    """End an absence with yesterday (one that has not begun is taken back).

    Raises:
        NotFound: there is none of that id for this person.
    """
    row = session.get(Absence, absence_id)
    if row is None or not (by.user_id == row.user_id or _is_head_of(session, by, row.user_id)):
        raise NotFound(str(absence_id))
    row.valid_to = clock.local_date(at) - timedelta(days=1)
    _audit(session, "absence.ended", row, by, at)


def around(session: Session, agency_ids: frozenset[int], on: date) -> Sequence[Absence]:
    """Return the absences of people of those agencies that run or are to come, the soonest first."""
    people = select(FunctionHeld.user_id).where(FunctionHeld.agency_id.in_(agency_ids))
    query = select(Absence).where(Absence.user_id.in_(people), Absence.valid_to >= on)
    return session.scalars(query.order_by(Absence.valid_from, Absence.id)).all()


def stood_in_for(session: Session, user_id: int, on: date) -> Sequence[User]:
    """Return the people for whom ``user_id`` acts on that day, with functions and agencies loaded."""
    away = _away(session, on, on)
    ids = acted_for(user_id, away) if away else frozenset()
    if not ids:
        return ()
    query = select(User).where(User.id.in_(ids), User.disabled_at.is_(None)).order_by(User.id)
    return session.scalars(query.options(selectinload(User.functions).joinedload(FunctionHeld.agency))).all()


def colleagues(session: Session, agency_ids: frozenset[int], on: date) -> Sequence[User]:
    """Return who holds a function in one of the agencies on that day, by name."""
    held = select(FunctionHeld.user_id).where(FunctionHeld.agency_id.in_(agency_ids), *_on(on))
    query = select(User).where(User.id.in_(held), User.disabled_at.is_(None))
    return session.scalars(query.options(joinedload(User.enterprise)).order_by(User.name, User.id)).all()


def _away(session: Session, first: date, last: date) -> dict[int, int]:
    query = select(Absence.user_id, Absence.substitute_id)
    query = query.where(Absence.valid_from <= last, Absence.valid_to >= first)
    return {row.user_id: row.substitute_id for row in session.execute(query)}


def _agencies(session: Session, user_id: int) -> frozenset[int]:
    query = select(FunctionHeld.agency_id).where(FunctionHeld.user_id == user_id, *_on(clock.today()))
    return frozenset(id_ for id_ in session.scalars(query) if id_ is not None)


def _on(day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        FunctionHeld.valid_from <= day,
        or_(FunctionHeld.valid_to.is_(None), FunctionHeld.valid_to >= day),
    )


def _is_head_of(session: Session, by: Actor, user_id: int) -> bool:
    return bool(by.agency_ids({Function.AGENCY_HEAD}) & _agencies(session, user_id))


def _check_days(first: date, last: date, today: date) -> None:
    if last < first:
        raise Invalid(_("Ngày cuối không thể trước ngày đầu."), "last")
    if last < today:
        raise Invalid(_("Thời gian vắng mặt đã qua."), "last")
    if last - first > LONGEST:
        raise Invalid(_("Một lần vắng mặt không quá một năm."), "last")


def _check_substitute(session: Session, user_id: int, substitute_id: int, shared: frozenset[int]) -> None:
    if substitute_id == user_id:
        raise Invalid(_("Không thể tự thay mình, vui lòng chọn người khác."), "substitute")
    if not shared & _agencies(session, substitute_id):
        raise Invalid(_("Người thay phải đang giữ chức năng trong cùng cơ quan."), "substitute")


def _check_others(session: Session, user_id: int, substitute_id: int, first: date, last: date) -> None:
    away = _away(session, first, last)
    if user_id in away:
        raise Invalid(_("Trong những ngày này đã có một lần vắng mặt khác."), "first")
    if loops({**away, user_id: substitute_id}):
        raise Invalid(
            _("Người được chọn cũng vắng mặt và lại nhờ Ông/Bà thay: không còn ai xử lý."), "substitute"
        )


def _audit(session: Session, event: str, row: Absence, by: Actor, at: datetime) -> None:
    days = {"first": row.valid_from.isoformat(), "last": row.valid_to.isoformat()}
    subject = f"user:{row.user_id}"
    audit.record(
        session, event, at=at, actor_id=by.user_id, subject=subject, substitute=row.substitute_id, **days
    )
