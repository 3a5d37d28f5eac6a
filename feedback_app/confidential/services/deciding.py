"""How a report ends, or goes on elsewhere."""

from datetime import date

from sqlalchemy.orm import Session

from feedback_app.confidential import uploads, wrapping
from feedback_app.confidential.documents import Answers, Outcome, OutcomeKind, Shared, Stage, State
from feedback_app.confidential.errors import NotApproved, TooLong
from feedback_app.confidential.services import exporting
from feedback_app.confidential.services.acting import LONGEST_TEXT, begin, finish, said
from feedback_app.confidential.sessions import Unlocked
from feedback_app.confidential.weeks import week_of
from feedback_app.confidential.wrapping import Opened


def review(session: Session, unlocked: Unlocked, report_id: str, *, on: date) -> None:
    """Begin the review, as the handler. Raises as ``acting.begin``."""
    report = begin(session, unlocked, report_id, stages={Stage.ASSIGNED}, handler_only=True)
    report.working = report.working.but(stage=Stage.IN_REVIEW)
    finish(session, unlocked, report, "review", on)


def refer(
    session: Session, unlocked: Unlocked, report_id: str, to: str, extract: str, *, crime: bool, on: date
) -> None:
    """Pass the matter on: with signs of crime at once, to an agency's head only the extract written here.

    The clock stops; the reporter is told that it was passed on, not to whom where signs of crime are.

    Raises:
        TooLong: no extract, or too long; as ``acting.begin``.
    """
    report = begin(session, unlocked, report_id, handler_only=True)
    if not extract.strip() or len(extract) > LONGEST_TEXT:
        raise TooLong
    report.working = report.working.but(stage=Stage.REFERRED)
    message = said("referred", "" if crime else to, on)
    facts = {"to": to, "crime": "yes" if crime else "no"}
    finish(session, unlocked, report, "referral", on, text=extract, message=message, facts=facts)


def close(
    session: Session, unlocked: Unlocked, report_id: str, outcome: OutcomeKind, text: str, *, on: date
) -> None:
    """End the report with an outcome that the reporter reads. Raises as ``acting.begin``, TooLong."""
    report = begin(session, unlocked, report_id, handler_only=True)
    _end(report, OutcomeKind(outcome), text, Stage.CLOSED, on)
    finish(session, unlocked, report, "closing", on, facts={"outcome": str(outcome)})


def hand_out(
    session: Session, unlocked: Unlocked, report_id: str, formal: str, number: str, *, on: date
) -> None:
    """A formal procedure has opened: what was exported leaves the vault for good, a neutral status stays.

    Raises:
        NotApproved: no whole bundle has been exported yet; as ``acting.begin``.
    """
    report = begin(session, unlocked, report_id, handler_only=True)
    if not exporting.was_exported(report):
        raise NotApproved
    uploads.forget(session, report.shared.all_files())
    report.answers = Answers(unit=report.answers.unit)
    report.shared = Shared(
        nonce=report.shared.nonce,
        reporter=report.shared.reporter,
        excluded=report.shared.excluded,
        story="",
        identity_opened=report.shared.identity_opened,
    )
    _end(report, OutcomeKind.HANDED_OUT, "", Stage.HANDED_OUT, on)
    report.working = report.working.but(notes=(), identity_requests=(), links=())
    finish(session, unlocked, report, "hand_out", on, facts={"formal": formal, "number": number})
    wrapping.erase_identity(report.row)
    wrapping.seal_anew(report, unlocked.roster)


def _end(report: Opened, kind: OutcomeKind, text: str, stage: Stage, on: date) -> None:
    if len(text) > LONGEST_TEXT:
        raise TooLong
    report.row.state = State.WITHDRAWN if report.shared.withdrawn else State.CLOSED
    report.shared = report.shared.but(outcome=Outcome(kind=kind, text=text, week=week_of(on)))
    report.working = report.working.but(stage=stage)
