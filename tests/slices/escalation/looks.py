"""What one looks at after reminding."""

from datetime import UTC, datetime

from sqlalchemy import inspect, select

from feedback_app.notifications.models import Notification

FILED = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
DUE_DAY = 11
LATER = DUE_DAY + 1


def id_of(row):
    """Return the id, also of a row that its session has let go."""
    return inspect(row).identity[0]


def inbox(session, user):
    """Return the kinds of the person's lines, the oldest first."""
    session.rollback()
    query = select(Notification.kind).where(Notification.user_id == id_of(user)).order_by(Notification.id)
    return list(session.scalars(query))
