"""Whether an act may be done at all, and what is written down of it."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core import audit
from feedback_app.core.errors import Conflict, Forbidden, IllegalTransition
from feedback_app.dialogues.models import Meeting, MeetingItem
from feedback_app.dialogues.policy import fits, may
from feedback_app.dialogues.queries import facts_of
from feedback_app.dialogues.rules import Act


def require(
    by: Actor | None,
    act: Act,
    meeting: Meeting,
    item: MeetingItem | None = None,
    *,
    seen_version: int | None = None,
) -> None:
    """Let the act pass.

    Raises:
        Forbidden: it is not one of this person's.
        Conflict: somebody changed the meeting since ``seen_version``.
        IllegalTransition: it does not fit the state of the meeting.
    """
    facts = facts_of(meeting, item)
    if not may(by, act, facts):
        raise Forbidden(act)
    if seen_version is not None and meeting.version != seen_version:
        raise Conflict(_("Người khác vừa sửa hội nghị này. Xin mở lại trang và sửa trên bản mới."))
    if not fits(act, facts):
        raise IllegalTransition(
            _("Việc này không còn phù hợp với tình trạng của hội nghị %(code)s.", code=meeting.code)
        )


def record(
    session: Session, event: str, meeting: Meeting, by: Actor | None, at: datetime, **facts: object
) -> None:
    """Write the deed into the audit: ids and days, no text."""
    actor_id = by.user_id if by is not None else None
    audit.record(session, f"dialogue.{event}", at=at, actor_id=actor_id, subject=meeting.code, **facts)
