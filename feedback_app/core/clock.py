"""The one clock: aware UTC instants, and the local date by which days are counted."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return this instant as an aware UTC datetime."""
    return datetime.now(UTC)


def local_date(at: datetime) -> date:
    """Return the date in Viet Nam at the aware instant ``at``."""
    return at.astimezone(LOCAL).date()


def today() -> date:
    """Return the present date in Viet Nam."""
    return local_date(now())
