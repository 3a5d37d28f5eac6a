"""A report is made: read once, then one file after the other; how far it is can be seen all the while."""

import hashlib
import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.core import audit, clock, files
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.files.storage import new_key
from feedback_app.reports import queries
from feedback_app.reports.annex import Annex
from feedback_app.reports.building import NothingCounted, build
from feedback_app.reports.content import Content
from feedback_app.reports.drawing import as_docx, as_pdf, as_xlsx
from feedback_app.reports.models import Report, ReportFile
from feedback_app.reports.states import FORMATS, State
from feedback_app.statistics import queries as statistics
from feedback_app.statistics.periods import Period, cuts, parse

log = structlog.get_logger()
GIVEN_UP_AFTER = timedelta(minutes=15)  # whoever made it died: it is made anew
WRITERS = {"docx": as_docx.write, "pdf": as_pdf.write, "xlsx": as_xlsx.write}
MEDIA_TYPES = {"docx": as_docx.MEDIA_TYPE, "pdf": "application/pdf", "xlsx": as_xlsx.MEDIA_TYPE}
FAILED = "Lỗi khi lập báo cáo; xin thử lại, nếu vẫn lỗi thì báo quản trị viên."


@dataclass(frozen=True, slots=True)
class Written:
    format: str
    path: Path
    size: int
    sha256: str


def claim(at: datetime) -> int | None:
    """Take the oldest report that waits, or that nobody has finished for long; None if there is none."""
    stale = and_(Report.state == State.MAKING, Report.started_at < at - GIVEN_UP_AFTER)
    query = select(Report).where(or_(Report.state == State.ASKED, stale)).order_by(Report.id).limit(1)
    with unit_of_work() as session:
        row = session.scalars(query.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        row.state, row.step, row.started_at = State.MAKING, 0, at
        return row.id


def make(report_id: int) -> None:
    """Make a claimed report and keep its files; one that cannot be made says so."""
    try:
        _make(report_id)
    except NothingCounted as error:
        _give_up(report_id, str(error))
    except Exception as error:
        log.exception("report failed", report=report_id, error=type(error).__name__)
        _give_up(report_id, FAILED)
    finally:
        db.session.remove()


def written(
    session: Session, period: Period, agency: str, layout: bytes, formats: Iterable[str], folder: Path
) -> tuple[Content, str, list[Written]]:
    """Write a report into ``folder``; return its content, the sum over content and list, and the files.

    Raises:
        NothingCounted: see there.
    """
    content, listing = build(session, period, agency)
    try:
        found = [
            _write(content, listing, layout, one, folder, _moment(session, content, period))
            for one in formats
        ]
        return content, sum_of(content, listing), found
    finally:
        listing.close()


def sum_of(content: Content, listing: Annex) -> str:
    """Return the sum over what the report says, list included, whatever it looks like."""
    told = json.dumps(content.plain(), ensure_ascii=False, sort_keys=True) + listing.sha256
    return hashlib.sha256(told.encode()).hexdigest()


def file_name(period: str, agency: str, format_: str, *, draft: bool) -> str:
    parts = ["bao-cao", period.replace("/", "_"), agency, "ban-nhap" if draft else ""]
    return f"{'-'.join(filter(None, parts))}.{format_}"


def _make(report_id: int) -> None:
    session = db.session()
    row = session.get_one(Report, report_id)
    period = parse(row.period, cuts(store.current(session).catalogue))
    layout = queries.layout(session, row.layout)
    content, listing = build(session, period, row.agency)
    at = _moment(session, content, period)
    try:
        with tempfile.TemporaryDirectory(dir=_folder()) as name:
            found = []
            for step, one in enumerate(FORMATS, start=1):
                _tell(report_id, step)
                found.append(_write(content, listing, layout, one, Path(name), at))
            _keep(report_id, content, sum_of(content, listing), found)
    finally:
        listing.close()


def _write(
    content: Content, listing: Annex, layout: bytes, format_: str, folder: Path, at: datetime
) -> Written:
    path = folder / file_name(content.period, content.agency, format_, draft=content.is_draft)
    WRITERS[format_](path, layout, content, listing, at)
    with path.open("rb") as stream:
        return Written(format_, path, path.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest())


def _moment(session: Session, content: Content, period: Period) -> datetime:
    """Return the moment that the files bear: that of freezing, so that the same snapshot gives the same bytes."""
    figures = statistics.figures(session, period) if content.snapshot else None
    return figures.computed_at if figures else clock.now()


def _tell(report_id: int, step: int) -> None:
    with unit_of_work() as session:
        session.get_one(Report, report_id).step = step


def _keep(report_id: int, content: Content, sum_: str, found: Iterable[Written]) -> None:
    with unit_of_work() as session:
        row = session.get_one(Report, report_id)
        row.content, row.sha256, row.snapshot = content.plain(), sum_, content.snapshot
        row.state, row.made_at = State.DONE, clock.now()
        for one in found:
            key = new_key()
            files.storage().put(one.path, key)
            session.add(
                ReportFile(
                    report_id=row.id, format=one.format, name=one.path.name, size=one.size, sha256=one.sha256,
                    storage_key=key,
                )
            )  # fmt: skip
        audit.record(
            session, "report.made", at=row.made_at, actor_id=None, subject=row.period, agency=row.agency,
            snapshot=row.snapshot, sha256=row.sha256,
        )  # fmt: skip


def _give_up(report_id: int, why: str) -> None:
    db.session.remove()
    with unit_of_work() as session:
        row = session.get_one(Report, report_id)
        row.state, row.error = State.FAILED, why


def _folder() -> Path:
    """Return where files wait before they are kept: on the same disk as the store."""
    folder = files.quarantine("reports")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
