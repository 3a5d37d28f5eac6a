"""What agencies that ended still owed goes to whoever answers for it now."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.catalogue.packs import AgencyEnded
from feedback_app.catalogue.store import Loaded
from feedback_app.core import audit
from feedback_app.dialogues.models import MeetingItem
from feedback_app.dialogues.rules import ItemState


def pass_on(session: Session, loaded: Loaded, today: date, at: datetime) -> int:
    """Give the running items of agencies that ended to their heir, or to the focal point where several took parts over.

    Returns:
        How many items went to another agency.
    """
    agencies = loaded.catalogue.agencies.agencies
    ended = (a.code for a in agencies if a.valid_to is not None and a.valid_to < today)
    gone = {loaded.agency_ids[code]: code for code in ended if code in loaded.agency_ids}
    query = (
        select(MeetingItem)
        .where(MeetingItem.state != ItemState.DONE, MeetingItem.owner_id.in_(gone))
        .order_by(MeetingItem.id)
    )
    owed = session.scalars(query).all()
    for item in owed:
        was = item.owner_id
        item.owner_id = loaded.agency_ids[_heir(loaded, gone[was], today)]
        subject = f"dialogue-item/{item.id}"
        facts = {"from": was, "to": item.owner_id}
        audit.record(session, "dialogue.passed_on", at=at, actor_id=None, subject=subject, **facts)
    return len(owed)


def _heir(loaded: Loaded, code: str, today: date) -> str:
    try:
        return loaded.directory.resolve(code, today).code
    except AgencyEnded:
        return loaded.directory.focal_point(today).code
