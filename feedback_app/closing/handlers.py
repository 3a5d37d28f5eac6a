"""Freezing by a worker, after somebody asked for it on a page."""

import structlog
from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.closing.freezing import AlreadyFrozen, NotClosable, freeze
from feedback_app.core import clock
from feedback_app.core.outbox import Payload
from feedback_app.statistics.periods import cuts, parse

log = structlog.get_logger()


def freeze_asked(session: Session, payload: Payload) -> None:
    """Freeze the period; what cannot be frozen any more, or not yet, is left as it is."""
    period = parse(payload["period"], cuts(store.current(session).catalogue))
    try:
        freeze(session, period, by_id=payload["by_id"], at=clock.now(), note=payload["note"])
    except (AlreadyFrozen, NotClosable) as refused:
        log.warning("period not frozen", period=period.code, reason=type(refused).__name__)
