"""The Thông báo kết luận: its items are written first; with the signed paper each one's clock begins."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, outbox
from feedback_app.core.errors import Forbidden, Invalid, NotFound
from feedback_app.core.files import TakenIn
from feedback_app.core.security import new_code
from feedback_app.dialogues import queries
from feedback_app.dialogues.events import MeetingNews
from feedback_app.dialogues.models import Meeting, MeetingConclusion, MeetingItem
from feedback_app.dialogues.rules import Act, ItemState, State
from feedback_app.dialogues.services.requiring import record, require
from feedback_app.tickets import queries as tickets
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import referring
from feedback_app.tickets.services.referring import Direction
from feedback_app.tickets.services.ways_up import Document, Paper, is_vertical


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One item as it is typed; ``ticket``: the number of the ticket that it settles, if any."""

    text: str
    owner_id: int | None
    due_on: date | None
    ticket: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What stands on the signed paper."""

    number: str
    dated: date
    signer: str
    is_public: bool = False


def add_item(session: Session, meeting: Meeting, told: Given, *, by: Actor, at: datetime) -> MeetingItem:
    """Write an item of the conclusions that are being drawn up.

    Raises:
        Forbidden, IllegalTransition: see ``require``.
        Invalid: no text, no owner, no day or one that has passed, or no such ticket for this reader.
    """
    require(by, Act.ADD_ITEM, meeting)
    if not told.text.strip():
        raise Invalid(_("Xin ghi nội dung kết luận."), "text")
    if told.owner_id is None:
        raise Invalid(_("Mỗi nội dung phải có một cơ quan chịu trách nhiệm."), "owner")
    if told.due_on is None or told.due_on <= clock.local_date(at):
        raise Invalid(_("Xin ghi ngày phải hoàn thành, sau hôm nay."), "due_on")
    item = MeetingItem(
        meeting_id=meeting.id,
        text=told.text.strip(),
        owner_id=told.owner_id,
        due_on=told.due_on,
        ticket_id=_ticket_id(session, told.ticket, by),
        state=ItemState.OPEN,
    )
    session.add(item)
    session.flush()
    record(session, "item_added", meeting, by, at, item=item.id, owner=item.owner_id)
    return item


def drop_item(session: Session, meeting: Meeting, item_id: int, *, by: Actor, at: datetime) -> None:
    """Take an item back before the paper is signed. Raises Forbidden, IllegalTransition, NotFound."""
    require(by, Act.ADD_ITEM, meeting)
    item = session.get(MeetingItem, item_id)
    if item is None or item.meeting_id != meeting.id:
        raise NotFound(str(item_id))
    session.delete(item)
    session.flush()
    record(session, "item_dropped", meeting, by, at, item=item_id)


def conclude(
    session: Session,
    meeting: Meeting,
    signed: Signed,
    loaded: Loaded,
    *,
    file: TakenIn | None = None,
    by: Actor,
    at: datetime,
) -> MeetingConclusion:
    """Enter the signed paper: from now on each item has its owner, its day, its reminders.

    A ticket that waits for UBND tỉnh and that an item settles is given to the owner by this very paper, where the
    person is one who may do that (``referring.direct``).

    Raises:
        Forbidden, IllegalTransition: see ``require``.
        Invalid: no item; number, day or signer missing; dated in the future or before the meeting.
    """
    require(by, Act.CONCLUDE, meeting)
    items = queries.items_of(session, meeting)
    _check(signed, meeting, items, at)
    paper = _row(meeting, signed, file, by, at)
    session.add(paper)
    for item in items:
        item.issued_at = at
    meeting.state = State.CONCLUDED
    session.flush()
    for item in items:
        _direct(session, item, signed, loaded, by, at)
    record(session, "concluded", meeting, by, at, items=[item.id for item in items])
    outbox.publish(session, MeetingNews(meeting.id, "concluded", meeting.version))
    return paper


def _check(signed: Signed, meeting: Meeting, items: object, at: datetime) -> None:
    if not items:
        raise Invalid(_("Xin ghi ít nhất một nội dung kết luận, có cơ quan và ngày, trước khi ban hành."))
    if signed.dated > clock.local_date(at):
        raise Invalid(_("Ngày ký không thể sau hôm nay."), "letter_date")
    if signed.dated < meeting.held_on:
        raise Invalid(_("Thông báo kết luận không thể ký trước ngày tổ chức."), "letter_date")


def _row(
    meeting: Meeting, signed: Signed, file: TakenIn | None, by: Actor, at: datetime
) -> MeetingConclusion:
    row = MeetingConclusion(
        meeting_id=meeting.id,
        number=signed.number,
        dated=signed.dated,
        signer=signed.signer,
        is_public=signed.is_public,
        by_id=by.user_id,
        at=at,
    )
    if file is not None:
        row.public_id, row.storage_key = new_code(), file.key
        row.name, row.media_type = file.name, file.media_type
    return row


def _ticket_id(session: Session, code: str, by: Actor) -> int | None:
    if not code.strip():
        return None
    try:
        ticket = tickets.handled_by(session, by, code.strip().upper())
    except NotFound:
        raise Invalid(_("Không có phiếu này, hoặc Ông/Bà không được xem phiếu này."), "ticket") from None
    if ticket.sensitive:
        raise Invalid(_("Phiếu nhạy cảm không đưa vào kết luận công khai."), "ticket")
    return ticket.id


def _direct(
    session: Session, item: MeetingItem, signed: Signed, loaded: Loaded, by: Actor, at: datetime
) -> None:
    """Let the paper answer what waits for UBND tỉnh; whoever may not direct leaves that to Văn phòng UBND tỉnh."""
    if item.ticket_id is None:
        return
    ticket = tickets.by_id(session, item.ticket_id)
    if ticket.status != Status.AT_PROVINCE:
        return
    asked = is_vertical(loaded, item.owner_id, clock.local_date(at))
    direction = Direction(
        kind=Document.REQUEST if asked else Document.CONCLUSION,
        paper=Paper(number=signed.number, dated=signed.dated, signer=signed.signer, text=item.text),
        owner_id=item.owner_id,
        owner_due_on=item.due_on,
    )
    try:
        referring.direct(session, ticket, loaded, direction, by=by, at=at)
    except Forbidden:
        return


def ticket_codes(session: Session, items: list[MeetingItem], by: Actor) -> dict[int, str]:
    """Return the numbers of the items' tickets that the reader may open, by id."""
    ids = {item.ticket_id for item in items if item.ticket_id is not None}
    query = select(Ticket.id, Ticket.code).where(Ticket.id.in_(ids), tickets.visible_to(by))
    return {row.id: row.code for row in session.execute(query)}
