"""RQ entry point of reports."""

from feedback_app.core import clock
from feedback_app.reports.services import making


def make_reports() -> None:
    """Make every report that waits, one after the other."""
    while (report_id := making.claim(clock.now())) is not None:
        making.make(report_id)
