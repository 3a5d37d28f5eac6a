"""The ledger of mails is kept for a quarter, the lines of inboxes for two years."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from feedback_app.notifications.models import Mail, Notification

LEDGER_KEPT = timedelta(days=92)
INBOX_KEPT = timedelta(days=730)


def purge(session: Session, at: datetime) -> None:
    """Delete the mails that were sent or given up, and the lines that are old."""
    over = at - LEDGER_KEPT
    session.execute(delete(Mail).where(or_(Mail.sent_at <= over, Mail.given_up_at <= over)))
    session.execute(delete(Notification).where(Notification.at <= at - INBOX_KEPT))
