"""What has a lifetime is deleted when it is over; each slice says how for its own rows."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_app.core import clock

Purger = Callable[[Session, datetime], None]


def purge(session: Session, purgers: Iterable[Purger]) -> None:
    at = clock.now()
    for purger in purgers:
        purger(session, at)
