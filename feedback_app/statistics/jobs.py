"""RQ entry points of statistics; they carry no arguments and may run twice."""

from feedback_app.core import clock
from feedback_app.statistics import refreshing


def refresh() -> None:
    """Bring facts, sums and snapshots up to date; runs every ten minutes, and takes only what has changed."""
    refreshing.refresh(clock.now())
