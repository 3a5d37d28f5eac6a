"""Reads on people."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Function
from feedback_app.accounts.models import FunctionHeld, User


def names_of(session: Session, user_ids: Sequence[int]) -> list[str]:
    """Return the names of these people, in alphabetical order."""
    return list(session.scalars(select(User.name).where(User.id.in_(user_ids)).order_by(User.name, User.id)))


def holders(session: Session, agency_id: int, on: date) -> dict[Function, frozenset[int]]:
    """Return the ids of those who hold each function in the agency on that day and can sign in."""
    query = (
        select(FunctionHeld.function, FunctionHeld.user_id)
        .join(User, User.id == FunctionHeld.user_id)
        .where(
            FunctionHeld.agency_id == agency_id,
            FunctionHeld.valid_from <= on,
            or_(FunctionHeld.valid_to.is_(None), FunctionHeld.valid_to >= on),
            User.disabled_at.is_(None),
        )
    )
    found: dict[Function, set[int]] = defaultdict(set)
    for function, user_id in session.execute(query):
        found[Function(function)].add(user_id)
    return {function: frozenset(people) for function, people in found.items()}
