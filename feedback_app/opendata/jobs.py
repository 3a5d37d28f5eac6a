"""RQ entry point of the public figures."""

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.opendata import services

MOST = 12  # periods of one run; an import of old years takes several


def publish_due(most: int = MOST) -> int:
    """Publish the ended periods that are not public yet, one transaction each; return how many were."""
    tried: set[str] = set()
    while len(tried) < most:
        left = [p for p in services.due(db.session(), clock.today()) if p.code not in tried]
        if not left:
            break
        tried.add(left[0].code)
        with unit_of_work() as session:
            services.publish(session, left[0], clock.now())
    return len(tried)
