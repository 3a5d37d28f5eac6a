"""What every act of an inspector begins and ends with: may this seat, does it fit; then seal and write down."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from feedback_app.confidential import journal, wrapping
from feedback_app.confidential.documents import Message, Note, Stage
from feedback_app.confidential.errors import NotAllowed, NotOpened, TooLong, WrongStage
from feedback_app.confidential.roster import Role
from feedback_app.confidential.services import opening
from feedback_app.confidential.sessions import Unlocked
from feedback_app.confidential.weeks import week_of
from feedback_app.confidential.wrapping import Opened

LONGEST_TEXT = 20_000  # characters of a note or an extract
OPEN_STAGES = frozenset({Stage.RECEIVED, Stage.TRIAGED, Stage.ASSIGNED, Stage.IN_REVIEW, Stage.REFERRED})


def begin(
    session: Session,
    unlocked: Unlocked,
    report_id: str,
    *,
    stages: Collection[Stage] = OPEN_STAGES,
    handler_only: bool = False,
) -> Opened:
    """Return the report on which the seat may act.

    Raises:
        NotFound: not for this seat.
        NotOpened: it acts only on what it has opened in this session.
        NotAllowed: it has stood aside, or another handles the report.
        WrongStage: the act does not fit, or the report has ended.
    """
    report = opening.load(session, unlocked, report_id)
    if report_id not in unlocked.opened:
        raise NotOpened
    if unlocked.seat.id not in report.working.readers:
        raise NotAllowed
    if report.working.stage not in stages:
        raise WrongStage
    if handler_only and report.working.handler != unlocked.seat.id:
        raise NotAllowed
    return report


def finish(
    session: Session,
    unlocked: Unlocked,
    report: Opened,
    act: str,
    on: date,
    *,
    text: str = "",
    message: Message | None = None,
    facts: dict[str, str] | None = None,
) -> None:
    """Add the note of the act, seal, write the log. Raises TooLong."""
    if len(text) > LONGEST_TEXT:
        raise TooLong
    note = Note(by=unlocked.seat.id, week=week_of(on), kind=act, text=text, facts=facts or {})
    report.working = report.working.but(notes=(*report.working.notes, note))
    if message is not None:
        report.shared = report.shared.but(messages=(*report.shared.messages, message))
        report.working = report.working.but(read_messages=len(report.shared.messages))
    wrapping.write(report)
    journal.record(session, unlocked.roster, unlocked.seat.id, act, report.row.id, on, **(facts or {}))


def said(kind: str, text: str, on: date) -> Message:
    """Return what an inspector says to the reporter."""
    return Message(by="inspector", kind=kind, week=week_of(on), text=text)


def has_free_head(unlocked: Unlocked, report: Opened) -> bool:
    """Whether some head reads this report, so that assigning it is the head's."""
    return any(seat.holds(Role.HEAD) and seat.id in report.working.readers for seat in unlocked.roster.seats)
