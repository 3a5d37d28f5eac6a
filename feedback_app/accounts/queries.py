"""Reads on people."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.models import User


def names_of(session: Session, user_ids: Sequence[int]) -> list[str]:
    """Return the names of these people, in alphabetical order."""
    return list(session.scalars(select(User.name).where(User.id.in_(user_ids)).order_by(User.name, User.id)))
