"""Files on their way in: each is sealed as it arrives, and what it tells beside its content is shown."""

from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from feedback_app.confidential import uploads
from feedback_app.confidential.documents import MOST_FILES, File
from feedback_app.confidential.errors import Refused
from feedback_app.confidential.uploads import Upload
from feedback_app.web.sealed.letterbox.sizes import in_words

DROP = "drop:"


@dataclass(frozen=True)
class Shown:
    """One waiting file as its row shows it."""

    name: str
    size: str
    findings: tuple[str, ...]
    strippable: bool
    kept: bool


def received(chosen: list[FileStorage], already: int) -> tuple[tuple[Upload, ...], list[str]]:
    """Return the files taken in, and a sentence for each that was not.

    Raises:
        OutOfSpace: the disk is full.
    """
    taken: list[Upload] = []
    refused: list[str] = []
    for file in (file for file in chosen if file.filename):
        if already + len(taken) >= MOST_FILES:
            refused.append(
                _("Tối đa %(most)s tệp; “%(name)s” chưa được nhận.", most=MOST_FILES, name=file.filename)
            )
            break
        try:
            taken.append(uploads.take(file.stream, file.filename or ""))
        except Refused as error:
            refused.append(
                _("“%(name)s” chưa được nhận: %(why)s.", name=file.filename, why=_why(error.reason))
            )
    return tuple(taken), refused


def without(files: tuple[dict[str, object], ...], go: str) -> tuple[dict[str, object], ...]:
    """Return the files without the one that ``drop:<number>`` names; it is swept away with all that wait too long."""
    number = go.removeprefix(DROP)
    return tuple(file for place, file in enumerate(files) if str(place) != number)


def shown(waiting: tuple[Upload, ...]) -> list[Shown]:
    return [
        Shown(
            upload.name,
            in_words(upload.size),
            tuple(_finding(found.kind, found.detail) for found in upload.findings)
            if upload.strippable
            else (),
            upload.strippable,
            upload.keep_original,
        )
        for upload in waiting
    ]


def stored_note(file: File) -> str:
    """Return what is said of a sealed file: the original, or what was taken out."""
    if file.original:
        return _("bản gốc, giữ nguyên")
    if file.removed:
        return _("đã bỏ: %(kinds)s", kinds=", ".join(kind_name(kind) for kind in file.removed))
    return _("không có dữ liệu ẩn")


def kind_name(kind: str) -> str:
    names = {
        "place": _("nơi chụp"),
        "device": _("thiết bị"),
        "author": _("tên người soạn"),
        "dates": _("ngày giờ"),
        "software": _("phần mềm"),
        "comments": _("chú thích, bình luận"),
        "revisions": _("các lần sửa"),
        "thumbnail": _("ảnh thu nhỏ"),
        "embedded": _("tệp đính bên trong"),
    }
    return names.get(kind, _("dữ liệu khác"))


def _finding(kind: str, detail: str) -> str:
    return f"{kind_name(kind)}: {detail}" if detail else kind_name(kind)


def _why(reason: str) -> str:
    reasons = {
        "empty": _("tệp trống"),
        "large": _("lớn hơn %(most)s MB", most=uploads.MOST_MEGABYTES),
        "type": _(
            "loại tệp này không nhận; xin gửi ảnh, PDF, Word, Excel, văn bản hoặc bản ghi âm, ghi hình"
        ),
    }
    return reasons.get(reason, _("tệp hỏng, không đọc được"))
