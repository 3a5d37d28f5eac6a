"""Lines of many histories at once, each with its audit entry: what ``tickets.timeline.tell`` does for one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from feedback_app.catalogue.packs.ladder import Delivery, Rung
from feedback_app.core.audit import AuditEntry
from feedback_app.escalation.queries import Due
from feedback_app.tickets.models import TimelineEntry
from feedback_app.tickets.timeline import Entry


def tell_reached(session: Session, reminded: Sequence[Due], rung: Rung, *, at: datetime) -> list[int]:
    """Write that each of ``reminded`` has reached ``rung``; return the ids of the lines, in order.

    The enterprise does not see them.
    """
    weekly = rung.delivery is Delivery.WEEKLY
    facts = [
        {"round": due.round, "step": rung.code, "leg": due.leg_id, "days": rung.distance, "weekly": weekly}
        for due in reminded
    ]
    entries = [
        {
            "ticket_id": due.ticket_id,
            "kind": Entry.REMINDED,
            "at": at,
            "agency_id": due.agency_id,
            "public": False,
            "data": data,
        }
        for due, data in zip(reminded, facts, strict=True)
    ]
    audited = [
        {
            "at": at,
            "event": f"ticket.{Entry.REMINDED}",
            "subject": due.code,
            "data": {"agency": due.agency_id, **data},
        }
        for due, data in zip(reminded, facts, strict=True)
    ]
    session.execute(insert(AuditEntry), audited)
    returning = insert(TimelineEntry).returning(TimelineEntry.id, sort_by_parameter_order=True)
    return list(session.scalars(returning, entries))
