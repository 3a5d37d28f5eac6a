"""Reads on the people of an agency: who holds what there from a day on, who is absent, who works where."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from feedback_app.accounts.models import Absence, FunctionHeld


def held_from(session: Session, agency_id: int, day: date) -> Sequence[FunctionHeld]:
    """Return the functions held in the agency on ``day`` or later, with their people."""
    query = select(FunctionHeld).options(joinedload(FunctionHeld.user))
    query = query.where(
        FunctionHeld.agency_id == agency_id,
        or_(FunctionHeld.valid_to.is_(None), FunctionHeld.valid_to >= day),
    )
    return session.scalars(query.order_by(FunctionHeld.id)).all()


def absences_from(session: Session, day: date, people: Iterable[int]) -> Sequence[Absence]:
    """Return the absences that reach ``day`` and concern one of ``people``."""
    ids = list(people)
    query = select(Absence).where(
        Absence.valid_to >= day, or_(Absence.user_id.in_(ids), Absence.substitute_id.in_(ids))
    )
    return session.scalars(query.order_by(Absence.id)).all()


def places(session: Session, user_id: int, day: date) -> set[int]:
    """Return the agencies in which the person holds a function on ``day``."""
    held = select(FunctionHeld.agency_id).where(
        FunctionHeld.user_id == user_id, FunctionHeld.valid_from <= day
    )
    rows = session.scalars(held.where(or_(FunctionHeld.valid_to.is_(None), FunctionHeld.valid_to >= day)))
    return {agency_id for agency_id in rows if agency_id is not None}
