"""A case leaves as an age bundle for a named key, when a second person approves."""

import json
import zipfile
from collections.abc import Collection
from datetime import date
from io import BytesIO

import pyrage
from sqlalchemy.orm import Session

from feedback_app.confidential.context import vault
from feedback_app.confidential.documents import ExportRequest, Note, Stage
from feedback_app.confidential.errors import NotAllowed, NotApproved, NotFound
from feedback_app.confidential.redaction import blacked_out
from feedback_app.confidential.sealing import signing
from feedback_app.confidential.services import opening
from feedback_app.confidential.services.acting import begin, finish
from feedback_app.confidential.sessions import Unlocked
from feedback_app.confidential.weeks import week_of
from feedback_app.confidential.wrapping import Opened


def ask_export(
    session: Session, unlocked: Unlocked, report_id: str, recipient: str, *, redacted: bool, on: date
) -> None:
    """Ask for a bundle for the age public key ``recipient``. Raises NotAllowed: no such key, or not the handler."""
    report = begin(session, unlocked, report_id, handler_only=True)
    try:
        pyrage.x25519.Recipient.from_str(recipient.strip())
    except pyrage.RecipientError:
        raise NotAllowed from None
    asked = ExportRequest(
        by=unlocked.seat.id, recipient=recipient.strip(), redacted=redacted, week=week_of(on)
    )
    report.working = report.working.but(exports=(*report.working.exports, asked))
    finish(session, unlocked, report, "export_asked", on)


def approve_export(session: Session, unlocked: Unlocked, report_id: str, *, on: date) -> None:
    """Approve the latest request, as another seat; the approval is signed. Raises NotAllowed, as ``acting.begin``."""
    report = begin(session, unlocked, report_id)
    asked = _latest(report)
    if asked.by == unlocked.seat.id or asked.approved_by:
        raise NotAllowed
    signature = signing.sign(_approved(report, asked), unlocked.signing_seed)
    given = asked.but(approved_by=unlocked.seat.id, signature=signature)
    report.working = report.working.but(exports=(*report.working.exports[:-1], given))
    finish(session, unlocked, report, "export_approved", on)


def export(session: Session, unlocked: Unlocked, report_id: str, *, on: date) -> bytes:
    """Return the bundle: a zip of the case and its files, encrypted with age.

    Raises:
        NotApproved: nobody else has approved the latest request, or the approval is not genuine.
    """
    report = begin(session, unlocked, report_id, stages=tuple(Stage), handler_only=True)
    asked = _latest(report)
    seat = unlocked.roster.seat(asked.approved_by)
    if seat is None or seat.id == asked.by:
        raise NotApproved
    if not signing.holds(_approved(report, asked), asked.signature, seat.verify):
        raise NotApproved
    told = _told(report, asked.redacted, read_too(session, unlocked, report))
    recipient = pyrage.x25519.Recipient.from_str(asked.recipient)
    bundle = pyrage.encrypt(_zipped(report, told, whole=not asked.redacted), [recipient])
    finish(session, unlocked, report, "export", on)
    return bytes(bundle)


def was_exported(report: Opened) -> bool:
    """Whether a whole bundle has been taken out."""
    taken = any(note.kind == "export" for note in report.working.notes)
    return taken and any(not asked.redacted and asked.approved_by for asked in report.working.exports)


def _latest(report: Opened) -> ExportRequest:
    if not report.working.exports:
        raise NotApproved
    return report.working.exports[-1]


def _approved(report: Opened, asked: ExportRequest) -> bytes:
    return json.dumps(["vault export 1", report.row.id, asked.by, asked.recipient, asked.redacted]).encode()


def notes_for(report: Opened, links: Collection[str]) -> list[Note]:
    """Return the notes without those on links to other reports than ``links``."""
    return [note for note in report.working.notes if note.facts.get("other") in {None, *links}]


def read_too(session: Session, unlocked: Unlocked, report: Opened) -> tuple[str, ...]:
    """Return those linked reports that this seat reads, too: of others it must not learn that they exist."""
    return tuple(other for other in report.working.links if _reads(session, unlocked, other))


def _reads(session: Session, unlocked: Unlocked, report_id: str) -> bool:
    try:
        opening.load(session, unlocked, report_id)
    except NotFound:
        return False
    return True


def _zipped(report: Opened, told: dict[str, object], *, whole: bool) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("report.json", json.dumps(told, ensure_ascii=False, indent=1))
        if whole:
            for number, file in enumerate(report.shared.all_files(), 1):
                content = b"".join(vault().blobs.read(file.blob, file.key, file.size))
                package.writestr(f"files/{number:02}-{file.name}", content)
    return target.getvalue()


def _told(report: Opened, redacted: bool, links: Collection[str]) -> dict[str, object]:
    row, shared = report.row, report.shared
    told: dict[str, object] = {
        "report": row.id,
        "week": row.week.isoformat(),
        "answers": report.answers.model_dump(mode="json"),
        "story": blacked_out(shared.story) if redacted else shared.story,
    }
    if not redacted:
        told["messages"] = [message.model_dump(mode="json", exclude={"files"}) for message in shared.messages]
        told["notes"] = [note.model_dump(mode="json") for note in notes_for(report, links)]
    return told
