"""What is printed from an unlocked session: the register of some weeks, the sheet of a proposal."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from feedback_app.confidential import journal, wrapping
from feedback_app.confidential.documents import Answers, Note, Stage
from feedback_app.confidential.services import opening
from feedback_app.confidential.sessions import Unlocked


@dataclass(frozen=True)
class RegisterRow:
    """A line of the printed register; ``commitment`` is what a reporter can compare it by."""

    number: int
    week: date
    commitment: str
    answers: Answers
    stage: Stage
    handler: str
    outcome: str


@dataclass(frozen=True)
class Proposal:
    """What the head is asked to sign: from assessment and answers, without the story and without any identity."""

    report: str
    week: date
    answers: Answers
    assessments: tuple[Note, ...]
    handler: str


def register_sheet(
    session: Session, unlocked: Unlocked, since: date, until: date, *, on: date
) -> list[RegisterRow]:
    """Return the reports this seat reads, filed from ``since`` on and before ``until``; printing is in the log."""
    found = list(opening.readable(session, unlocked, since=since, until=until))
    journal.record(session, unlocked.roster, unlocked.seat.id, "register_printed", "", on)
    return [_line(number, report, unlocked) for number, report in enumerate(found, 1)]


def proposal(session: Session, unlocked: Unlocked, report_id: str, *, on: date) -> Proposal:
    """Return the sheet of an opened report. Raises NotOpened, NotFound."""
    report = opening.opened(session, unlocked, report_id)
    journal.record(session, unlocked.roster, unlocked.seat.id, "proposal_printed", report_id, on)
    assessments = tuple(note for note in report.working.notes if note.kind == "assessment")
    return Proposal(
        report_id, report.row.week, report.answers, assessments, _name(unlocked, report.working.handler)
    )


def _line(number: int, report: wrapping.Opened, unlocked: Unlocked) -> RegisterRow:
    outcome = report.shared.outcome
    return RegisterRow(
        number,
        report.row.week,
        wrapping.commitment(report.answers, report.shared).hex()[:16],
        report.answers,
        report.working.stage,
        _name(unlocked, report.working.handler),
        outcome.kind if outcome else "",
    )


def _name(unlocked: Unlocked, seat_id: str) -> str:
    seat = unlocked.roster.seat(seat_id)
    return seat.name if seat else ""
