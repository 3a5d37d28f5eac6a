"""What was said and sent: the answer with its letter, files, ratings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from feedback_app.catalogue.store import Loaded
from feedback_app.core.i18n import so
from feedback_app.tickets.labels import SOLVED
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Answer, Attachment, Rating
from feedback_app.tickets.reasons import OUTCOMES, REDIRECT_TARGETS, REJECT_REASONS, WHAT_TO_DO
from feedback_app.web.presenting.names import agency_name

KILOBYTE, MEGABYTE = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class LetterView:
    """The argument of the macro ``answer_letter``."""

    agency: str
    text: str
    law: list[str]
    number: str | None
    dated_on: date | None
    signer: str | None
    round: int
    at: datetime
    outcome: str = ""  # empty: an answer
    reason: str = ""
    what_to_do: str = ""


@dataclass(frozen=True, slots=True)
class FileView:
    """One row of the macro ``file_list``; ``state``: ok or withheld."""

    name: str
    size: str
    state: str
    href: str | None
    note: str | None
    public_id: str


@dataclass(frozen=True, slots=True)
class RatingView:
    round: int
    answered: str
    solved: str
    comment: str
    at: datetime


def letter_view(answer: Answer, loaded: Loaded) -> LetterView:
    """Return the answer as a letter; without a number it bears none."""
    return LetterView(
        agency=agency_name(loaded, answer.agency_id, answer.on),
        text=answer.text,
        law=[line.strip() for line in answer.legal_refs.splitlines() if line.strip()],
        number=answer.letter_number or None,
        dated_on=answer.letter_date,
        signer=answer.letter_signer or None,
        round=answer.round,
        at=answer.at,
        outcome=str(OUTCOMES[Status(answer.outcome)]) if answer.outcome != Status.ANSWERED else "",
        reason=str({**REJECT_REASONS, **REDIRECT_TARGETS}.get(answer.reason_code, "")),
        what_to_do=str(WHAT_TO_DO.get(answer.reason_code, "")) if answer.outcome == Status.REDIRECTED else "",
    )


def file_views(
    attachments: Iterable[Attachment], href: Callable[[str], str], *, may_open_withheld: bool
) -> list[FileView]:
    """Return the rows; a withheld file has a link (made of its public id) only for those who may open it."""
    return [_file(attachment, href, may_open_withheld) for attachment in attachments]


def rating_views(ratings: Iterable[Rating]) -> list[RatingView]:
    return [
        RatingView(r.round, _("có") if r.answered else _("không"), str(SOLVED[r.solved]), r.comment, r.at)
        for r in ratings
    ]


def size_text(size: int) -> str:
    """Return ``1,2 MB`` or ``820 KB`` for a number of bytes."""
    if size >= MEGABYTE:
        return f"{so(size / MEGABYTE, 1)} MB"
    return f"{so(max(size // KILOBYTE, 1))} KB"


def _file(attachment: Attachment, href: Callable[[str], str], may_open_withheld: bool) -> FileView:
    opens = attachment.released or may_open_withheld
    return FileView(
        name=attachment.name if opens else _("Tệp đính kèm"),
        size=size_text(attachment.size),
        state="ok" if attachment.released else "withheld",
        href=href(attachment.public_id) if opens else None,
        note=_note(attachment),
        public_id=attachment.public_id,
    )


def _note(attachment: Attachment) -> str | None:
    """Return what was removed from the file, why it waits, or what its digital signatures say."""
    if attachment.cleaned:
        return attachment.cleaned
    if not attachment.released:
        return str(_("bên gửi ẩn danh tính"))
    if attachment.signatures.get("unreadable"):
        return str(_("không đọc được chữ ký số"))
    return "; ".join(_signed(one) for one in attachment.signatures.get("list", ())) or None


def _signed(told: dict[str, Any]) -> str:
    if not told["intact"] or not told["whole"]:
        return str(_("chữ ký số của %(signer)s không còn đúng: tệp đã bị sửa", signer=told["signer"]))
    if told["trusted"] is None:
        return str(
            _("ký số bởi %(signer)s, tệp nguyên vẹn; chứng thư chưa được đối chiếu", signer=told["signer"])
        )
    if told["trusted"]:
        return str(_("ký số bởi %(signer)s, tệp nguyên vẹn, chứng thư tin cậy", signer=told["signer"]))
    return str(_("ký số bởi %(signer)s, tệp nguyên vẹn, chứng thư không tin cậy", signer=told["signer"]))
