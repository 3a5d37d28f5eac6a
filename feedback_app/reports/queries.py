"""Reads: reports that somebody may see, the file of one, the layout in force."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, selectinload

from feedback_app.accounts.actor import Actor
from feedback_app.core.errors import NotFound
from feedback_app.reports import policy
from feedback_app.reports.drawing.shipped import shipped
from feedback_app.reports.models import Report, ReportFile, ReportLayout
from feedback_app.reports.states import State

MOST = 60


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which ``actor`` may read a report: ``policy.reads``, as SQL."""
    return true() if policy.reads_all(actor) else Report.agency.in_(policy.own_agencies(actor))


def newest(session: Session, actor: Actor, *, size: int = MOST) -> Sequence[Report]:
    """Return the reports that ``actor`` may read, the newest first, without their files."""
    query = select(Report).where(visible_to(actor)).order_by(Report.id.desc()).limit(size)
    return session.scalars(query).all()


def one(session: Session, actor: Actor, public_id: str) -> Report:
    """Return a report with its files. Raises NotFound: it does not exist for this reader."""
    query = select(Report).where(Report.public_id == public_id, visible_to(actor))
    found = session.scalars(query.options(selectinload(Report.files))).first()
    if found is None:
        raise NotFound(public_id)
    return found


def file(session: Session, actor: Actor, public_id: str, format_: str) -> ReportFile:
    """Return a finished file of a report. Raises NotFound: none for this reader."""
    found = next((file for file in one(session, actor, public_id).files if file.format == format_), None)
    if found is None:
        raise NotFound(format_)
    return found


def alike(session: Session, period: str, agency: str, snapshot: str, layout: int) -> Report | None:
    """Return the report that says the same already, or is being made."""
    states = [State.ASKED, State.MAKING] if not snapshot else [State.ASKED, State.MAKING, State.DONE]
    query = select(Report).where(
        Report.period == period,
        Report.agency == agency,
        Report.snapshot == snapshot,
        Report.layout == layout,
        Report.state.in_(states),
    )
    return session.scalars(query.order_by(Report.id.desc())).first()


def layout_in_force(session: Session) -> tuple[int, bytes]:
    """Return version and bytes of the layout by which reports are made; version 0 is the shipped one."""
    query = select(ReportLayout).where(ReportLayout.in_force_at.is_not(None))
    row = session.scalars(
        query.order_by(ReportLayout.in_force_at.desc(), ReportLayout.version.desc())
    ).first()
    if row is None or row.content is None:
        return 0, shipped()
    return row.version, row.content


def layout(session: Session, version: int) -> bytes:
    """Return the bytes of one version. Raises NotFound."""
    if version == 0:
        return shipped()
    row = session.get(ReportLayout, version)
    if row is None or row.content is None:
        raise NotFound(str(version))
    return row.content


def layouts(session: Session) -> Sequence[ReportLayout]:
    """Return all versions, the newest first."""
    return session.scalars(select(ReportLayout).order_by(ReportLayout.version.desc())).all()
