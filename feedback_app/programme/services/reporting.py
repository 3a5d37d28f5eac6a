"""An agency reports on a task, and adds evidence."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core import audit
from feedback_app.core.errors import Conflict, Forbidden, Invalid
from feedback_app.core.files import TakenIn
from feedback_app.core.security import new_code
from feedback_app.programme import policy
from feedback_app.programme.models import ProgrammeFile, ProgrammeReport
from feedback_app.programme.rules import State


def report_on(
    session: Session,
    report: ProgrammeReport,
    *,
    state: State,
    text: str,
    hindrance: str,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> None:
    """Write what the agency says; a later correction keeps the day of the first report.

    Raises:
        Forbidden: ``by`` does not report for that agency.
        Conflict: somebody wrote since ``seen_version``.
        Invalid: nothing was said, or it is behind for no reason.
    """
    _require(by, report)
    if report.version != seen_version:
        raise Conflict(_("Người khác vừa sửa báo cáo này. Xin mở lại trang và sửa trên bản mới."))
    if not text.strip():
        raise Invalid(_("Xin nêu kết quả thực hiện trong kỳ."), "text")
    if state is State.BEHIND and not hindrance.strip():
        raise Invalid(_("Xin nêu vì sao chậm và cần gì để tháo gỡ."), "hindrance")
    report.state, report.text, report.hindrance = state, text.strip(), hindrance.strip()
    report.by_id, report.changed_at = by.user_id, at
    report.reported_at = report.reported_at or at
    session.flush()
    _tell(session, "programme.reported", report, by, at, state=state, version=report.version)


def add_evidence(
    session: Session, report: ProgrammeReport, file: TakenIn, *, by: Actor, at: datetime
) -> ProgrammeFile:
    """Add the row of a file that the caller stored. Raises Forbidden."""
    _require(by, report)
    row = ProgrammeFile(
        report_id=report.id,
        public_id=new_code(),
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        storage_key=file.key,
        cleaned=file.cleaned,
        by_id=by.user_id,
        at=at,
    )
    session.add(row)
    session.flush()
    _tell(session, "programme.evidence_added", report, by, at, file=row.id)
    return row


def _require(by: Actor, report: ProgrammeReport) -> None:
    if report.agency_id not in policy.reports_for(by):
        raise Forbidden


def _tell(
    session: Session, event: str, report: ProgrammeReport, by: Actor, at: datetime, **facts: object
) -> None:
    subject = f"programme-report/{report.id}"
    told = {"task": report.task, "agency": report.agency_id, "period": report.period, **facts}
    audit.record(session, event, at=at, actor_id=by.user_id, subject=subject, **told)
