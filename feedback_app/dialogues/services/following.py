"""The owner of an item reports with evidence; the focal point confirms that it is done, or gives it back."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core import clock
from feedback_app.core.errors import Conflict, Invalid
from feedback_app.core.files import TakenIn
from feedback_app.core.security import new_code
from feedback_app.dialogues.models import ItemEvidence, ItemReport, Meeting, MeetingItem
from feedback_app.dialogues.rules import Act, ItemState
from feedback_app.dialogues.services.requiring import record, require

CONFIRMED, RETURNED = "confirmed", "returned"


def report(
    session: Session, meeting: Meeting, item: MeetingItem, text: str, *, done: bool, by: Actor, at: datetime
) -> ItemReport:
    """Write what the owner says; ``done`` stops the clock of the item until the focal point has looked.

    Raises:
        Forbidden, IllegalTransition: see ``require``.
        Conflict: it is done, or reported as done and not looked at yet.
        Invalid: nothing was said.
    """
    require(by, Act.REPORT, meeting, item)
    if item.state != ItemState.OPEN:
        raise Conflict(_("Nội dung này đã báo cáo hoàn thành, đang chờ hoặc đã được xác nhận."))
    if not text.strip():
        raise Invalid(_("Xin nêu kết quả thực hiện."), "text")
    row = ItemReport(
        item_id=item.id, agency_id=item.owner_id, text=text.strip(), done=done, by_id=by.user_id, at=at
    )
    row.files = []
    item.reports.append(row)
    if done:
        item.state, item.done_on = ItemState.REPORTED, clock.local_date(at)
    session.flush()
    record(session, "reported", meeting, by, at, item=item.id, done=done)
    return row


def add_evidence(session: Session, row: ItemReport, file: TakenIn) -> ItemEvidence:
    """Add the row of a file that the caller stored, in the transaction of the report."""
    found = ItemEvidence(
        public_id=new_code(),
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        storage_key=file.key,
        cleaned=file.cleaned,
    )
    row.files.append(found)
    session.flush()
    return found


def decide(
    session: Session,
    meeting: Meeting,
    item: MeetingItem,
    *,
    confirmed: bool,
    remarks: str,
    by: Actor,
    at: datetime,
) -> None:
    """Confirm that the item is done on the day it was reported, or give it back and let its clock go on.

    Raises:
        Forbidden, IllegalTransition: see ``require``.
        Conflict: nothing waits for a word.
        Invalid: given back for no reason.
    """
    require(by, Act.DECIDE, meeting, item)
    waiting = next((row for row in reversed(item.reports) if row.done and not row.verdict), None)
    if item.state != ItemState.REPORTED or waiting is None:
        raise Conflict(_("Không có báo cáo hoàn thành nào chờ xác nhận."))
    if not confirmed and not remarks.strip():
        raise Invalid(_("Xin nêu vì sao chưa xác nhận và cần bổ sung gì."), "remarks")
    waiting.verdict = CONFIRMED if confirmed else RETURNED
    waiting.remarks, waiting.decided_by_id, waiting.decided_at = remarks.strip(), by.user_id, at
    item.state = ItemState.DONE if confirmed else ItemState.OPEN
    if not confirmed:
        item.done_on = None
    session.flush()
    record(session, "decided", meeting, by, at, item=item.id, confirmed=confirmed)
