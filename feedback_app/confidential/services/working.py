"""Everyday work on a report: notes, questions, links between reports, assessment, more time."""

from datetime import date

from sqlalchemy.orm import Session

from feedback_app.confidential.documents import LONGEST_MESSAGE, Stage
from feedback_app.confidential.errors import NotFound, TooLong, Withdrawn, WrongStage
from feedback_app.confidential.services import acting, opening
from feedback_app.confidential.services.acting import begin, finish, said
from feedback_app.confidential.sessions import Unlocked
from feedback_app.confidential.weeks import EXTENSION
from feedback_app.confidential.wrapping import Opened, write

ASSESSED = ("credibility", "gravity", "evidence", "risk")  # each: low | medium | high


def note(session: Session, unlocked: Unlocked, report_id: str, text: str, *, on: date) -> None:
    """Write a note for the readers of the report. Raises as ``acting.begin``, TooLong."""
    report = begin(session, unlocked, report_id, stages=tuple(Stage))
    finish(session, unlocked, report, "note", on, text=text)


def ask(session: Session, unlocked: Unlocked, report_id: str, text: str, *, on: date) -> None:
    """Ask the reporter through the receipt. Raises as ``acting.begin``, TooLong, Withdrawn."""
    _say(session, unlocked, report_id, "question", text, on)


def tell(session: Session, unlocked: Unlocked, report_id: str, text: str, *, on: date) -> None:
    """Tell the reporter something. Raises as ``ask``."""
    _say(session, unlocked, report_id, "notice", text, on)


def assess(
    session: Session, unlocked: Unlocked, report_id: str, points: dict[str, str], text: str, *, on: date
) -> None:
    """Write down how the report is assessed; the first time it counts as triaged. Raises as ``acting.begin``."""
    report = begin(session, unlocked, report_id)
    if report.working.stage is Stage.RECEIVED:
        report.working = report.working.but(stage=Stage.TRIAGED)
    kept = {name: points[name] for name in ASSESSED if points.get(name) in {"low", "medium", "high"}}
    finish(session, unlocked, report, "assessment", on, text=text, facts=kept)


def extend(
    session: Session, unlocked: Unlocked, report_id: str, weeks: int, reason: str, *, on: date
) -> None:
    """Give the report more time, at most 5 weeks at once; the reporter is told.

    Raises:
        WrongStage: no reason, or too many weeks; as ``acting.begin``.
    """
    report = begin(session, unlocked, report_id, handler_only=True)
    if not 1 <= weeks <= EXTENSION or not reason.strip():
        raise WrongStage
    report.working = report.working.but(extensions=(*report.working.extensions, weeks))
    finish(
        session,
        unlocked,
        report,
        "extension",
        on,
        text=reason,
        facts={"weeks": str(weeks)},
        message=said("extension", "", on),
    )


def link(session: Session, unlocked: Unlocked, report_id: str, other_id: str, *, on: date) -> None:
    """Link two reports that this seat reads, both ways. Raises as ``acting.begin``; NotFound for itself."""
    one, other = _both(session, unlocked, report_id, other_id)
    for report, name in ((one, other_id), (other, report_id)):
        report.working = report.working.but(links=tuple(sorted({*report.working.links, name})))
    write(other)
    finish(session, unlocked, one, "link", on, facts={"other": other_id})


def unlink(session: Session, unlocked: Unlocked, report_id: str, other_id: str, *, on: date) -> None:
    """Undo ``link``."""
    one, other = _both(session, unlocked, report_id, other_id)
    for report, name in ((one, other_id), (other, report_id)):
        report.working = report.working.but(links=tuple(sorted({*report.working.links} - {name})))
    write(other)
    finish(session, unlocked, one, "unlink", on, facts={"other": other_id})


def related(session: Session, unlocked: Unlocked, report_id: str, *, on: date) -> tuple[opening.Row, ...]:
    """Return the reports about the same unit and agency that this seat reads. Raises NotFound."""
    this = opening.load(session, unlocked, report_id)
    place = (this.answers.unit, this.answers.agency)
    return tuple(
        opening.row_of(other, on)
        for other in opening.readable(session, unlocked)
        if other.row.id != report_id and (other.answers.unit, other.answers.agency) == place
    )


def _say(session: Session, unlocked: Unlocked, report_id: str, kind: str, text: str, on: date) -> None:
    report = begin(session, unlocked, report_id)
    if report.shared.withdrawn or not report.shared.reporter:
        raise Withdrawn
    if len(text) > LONGEST_MESSAGE or not text.strip():
        raise TooLong
    finish(session, unlocked, report, kind, on, message=said(kind, text, on))


def _both(session: Session, unlocked: Unlocked, report_id: str, other_id: str) -> tuple[Opened, Opened]:
    if report_id == other_id:
        raise NotFound
    return acting.begin(session, unlocked, report_id), opening.load(session, unlocked, other_id)
