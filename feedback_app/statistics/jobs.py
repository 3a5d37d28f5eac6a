"""RQ entry points of statistics; they carry no arguments and may run twice."""

from feedback_app.core import clock
from feedback_app.statistics import refreshing


def refresh() -> None:
    """Bring facts and figures up to date; runs every night."""
    refreshing.refresh(clock.now())
