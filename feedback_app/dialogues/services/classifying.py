"""The focal point says of each proposal what stands on the agenda, whose it is, and where it is dealt with."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core.errors import Conflict, Invalid
from feedback_app.dialogues import queries
from feedback_app.dialogues.models import Meeting, MeetingProposal
from feedback_app.dialogues.rules import Act, Competence, Handling, Kind
from feedback_app.dialogues.services.requiring import record, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """What is said of a proposal; ``sectoral_id``: the dialogue to which it is sent."""

    heading: str
    competence: Competence
    handling: Handling
    sectoral_id: int | None = None


def classify(
    session: Session,
    meeting: Meeting,
    proposal: MeetingProposal,
    told: Classified,
    *,
    seen_version: int | None,
    by: Actor,
    at: datetime,
) -> None:
    """Write it down; a proposal can be classified anew until the meeting is concluded.

    Raises:
        Forbidden, IllegalTransition: see ``require``.
        Conflict: somebody classified it since ``seen_version``.
        Invalid: no heading, or sent to a dialogue that is none of this meeting's.
    """
    require(by, Act.CLASSIFY, meeting)
    if seen_version is not None and proposal.version != seen_version:
        raise Conflict(_("Người khác vừa phân loại kiến nghị này. Xin mở lại trang."))
    if not told.heading.strip():
        raise Invalid(_("Xin ghi tên nội dung đưa vào chương trình."), "heading")
    proposal.sectoral_id = _sectoral(session, meeting, told)
    proposal.heading, proposal.competence = told.heading.strip(), told.competence
    proposal.handling, proposal.classified_by_id = told.handling, by.user_id
    session.flush()
    facts = {"proposal": proposal.id, "competence": told.competence, "handling": told.handling}
    record(session, "classified", meeting, by, at, **facts)


def settle(
    session: Session, meeting: Meeting, proposal: MeetingProposal, note: str, *, by: Actor, at: datetime
) -> None:
    """Say that a proposal was settled at this meeting: it drops out of the agenda of the provincial one.

    Raises:
        Forbidden, IllegalTransition: see ``require``.
        Conflict: it was settled before.
        Invalid: not a word of how.
    """
    require(by, Act.SETTLE, meeting)
    if proposal.settled_at is not None:
        raise Conflict(_("Kiến nghị này đã được ghi là giải quyết xong."))
    if not note.strip():
        raise Invalid(_("Xin ghi kết quả giải quyết."), "note")
    proposal.settled_at, proposal.settled_note = at, note.strip()
    session.flush()
    record(session, "settled", meeting, by, at, proposal=proposal.id)


def _sectoral(session: Session, meeting: Meeting, told: Classified) -> int | None:
    if told.handling is not Handling.SECTORAL:
        return None
    if meeting.kind != Kind.PROVINCIAL:
        raise Invalid(_("Chỉ kiến nghị của hội nghị cấp tỉnh mới chuyển đối thoại chuyên đề."), "handling")
    known = {row.id for row in queries.sectoral_of(session, meeting.id)}
    if told.sectoral_id not in known:
        raise Invalid(_("Xin chọn cuộc đối thoại chuyên đề sẽ bàn kiến nghị này."), "sectoral")
    return told.sectoral_id
