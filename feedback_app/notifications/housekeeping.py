"""The ledger of messages is kept for a quarter, the lines of inboxes for two years."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from feedback_app.notifications.models import Dispatch, Notification

LEDGER_KEPT = timedelta(days=92)
RESENDABLE = timedelta(days=14)  # so long what was given up can be sent again; then address and content go
INBOX_KEPT = timedelta(days=730)


def purge(session: Session, at: datetime) -> None:
    """Delete the messages that were sent or given up, and the lines that are old."""
    over = at - LEDGER_KEPT
    session.execute(delete(Dispatch).where(or_(Dispatch.sent_at <= over, Dispatch.given_up_at <= over)))
    stale = update(Dispatch).where(Dispatch.given_up_at <= at - RESENDABLE, Dispatch.recipient != "")
    session.execute(stale.values(recipient="", data={}))
    session.execute(delete(Notification).where(Notification.at <= at - INBOX_KEPT))
