"""What outgrows one ticket, as its page shows it: ways up, commitments."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from flask_babel import gettext as _

from feedback_app.catalogue.store import Loaded
from feedback_app.core.clock import local_date
from feedback_app.tickets.beyond import Commitment, Referral
from feedback_app.tickets.labels import PROMISE_STATES, Meta
from feedback_app.tickets.models import Ticket
from feedback_app.web.presenting.names import agency_name
from feedback_app.web.presenting.story import Reader


@dataclass(frozen=True, slots=True)
class WayUp:
    """One way up: who went there and why, and the document that came back; ``open`` while none did."""

    level: str
    title: str
    who: str
    reason: str
    letter: str
    at: datetime
    due_on: date | None
    watched_on: date | None
    answer: str
    reference: str
    signer: str
    text: str
    owner: str
    owner_due_on: date | None
    open: bool


def ways_up(ticket: Ticket, loaded: Loaded, *, reader: Reader) -> list[WayUp]:
    """Return the ways up, oldest first; referrals must be loaded.

    What an agency writes to UBND tỉnh, and UBND tỉnh to an agency, stays among them; of a ministry the enterprise
    reads all.
    """
    shown = [way_up_of(row, loaded) for row in ticket.referrals]
    if reader == "staff":
        return shown
    return [way if way.level == "ministry" else replace(way, reason="", text="") for way in shown]


def way_up_of(row: Referral, loaded: Loaded) -> WayUp:
    """Return one way up as staff see it."""
    to_ministry = row.level == "ministry"
    title = _("Kiến nghị %(whom)s", whom=row.addressee) if to_ministry else _("Báo cáo UBND tỉnh")
    return WayUp(
        level=row.level,
        title=str(title),
        who=agency_name(loaded, row.from_agency_id, local_date(row.at)),
        reason=row.reason,
        letter=reference(row.letter_number, row.letter_date),
        at=row.at,
        due_on=row.due_on,
        watched_on=row.watched_on,
        answer=_answer(row.document),
        reference=reference(row.number, row.dated),
        signer=row.signer,
        text=row.text,
        owner=agency_name(loaded, row.owner_id, row.dated) if row.owner_id else "",
        owner_due_on=row.owner_due_on,
        open=row.answered_at is None,
    )


def reference(number: str, dated: date | None) -> str:
    """Return number and date of a document as letters cite it; empty where there is none."""
    if not number:
        return ""
    return str(_("số %(number)s ngày %(day)s", number=number, day=f"{dated:%d/%m/%Y}")) if dated else number


def _answer(document: str | None) -> str:
    said = {
        "directive": _("Công văn chỉ đạo"),
        "conclusion": _("Thông báo kết luận"),
        "request": _("Công văn đề nghị"),
        "petition": _("UBND tỉnh kiến nghị bộ, ngành"),
        "reply": _("Văn bản trả lời"),
    }
    return str(said.get(document or "", ""))


@dataclass(frozen=True, slots=True)
class PromiseStanding:
    """A commitment; ``state``: open, overdue, kept or broken."""

    id: int
    agency: str
    text: str
    due_on: date
    state: Meta
    open: bool
    note: str


def promises(ticket: Ticket, loaded: Loaded, today: date) -> list[PromiseStanding]:
    """Return the commitments, oldest first; they must be loaded."""
    return [promise_of(row, loaded, today) for row in ticket.commitments]


def promise_of(row: Commitment, loaded: Loaded, today: date) -> PromiseStanding:
    """Return one commitment as pages show it."""
    state = "overdue" if row.state == "open" and row.due_on < today else row.state
    return PromiseStanding(
        id=row.id,
        agency=agency_name(loaded, row.agency_id, local_date(row.at)),
        text=row.text,
        due_on=row.due_on,
        state=PROMISE_STATES[state],
        open=row.state == "open",
        note=row.note,
    )
