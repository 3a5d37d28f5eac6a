"""What a file is by its first bytes; its name is never believed."""

import zipfile
from enum import StrEnum
from pathlib import Path

import puremagic
from flask_babel import gettext as _

from feedback_app.core.files.refusal import Refused

HEAD = 4096  # bytes looked at from either end
_MARKUP = (b"<script", b"<html", b"<!doctype html", b"<svg", b"<?php", b"<iframe")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"MSCF")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


class Family(StrEnum):
    """The sorts of files that are taken in."""

    IMAGE = "image"
    OFFICE = "office"
    PDF = "pdf"
    TEXT = "text"


def family_of(path: Path) -> Family:
    """Return the family of the content at ``path``.

    Raises:
        Refused: nothing we take in, or two things at once (a polyglot).
    """
    head, tail = _ends(path)
    if not head:
        raise Refused(_("tệp rỗng"))
    family = _family(head)
    if family is not Family.TEXT:
        _refuse_polyglot(path, head, tail, family)
    return family


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(max(0, path.stat().st_size - HEAD))
        return head, file.read(HEAD)


def _family(head: bytes) -> Family:
    if head.startswith(b"%PDF-"):
        return Family.PDF
    if head.startswith(b"PK\x03\x04"):
        return Family.OFFICE
    _refuse_known(head)
    media_type = _guess(head)
    if media_type in {"image/jpeg", "image/png", "image/webp", "image/gif"}:
        return Family.IMAGE
    if media_type.startswith("image/"):
        raise Refused(_("định dạng ảnh này chưa nhận được; xin gửi ảnh JPEG hoặc PNG"))
    return Family.TEXT


def _refuse_known(head: bytes) -> None:
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        raise Refused(_("tệp nén không được nhận; xin gửi từng tệp bên trong"))
    if head.startswith(_PROGRAMS):
        raise Refused(_("tệp chương trình không được nhận"))
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            _("định dạng Office cũ (.doc, .xls) có thể chứa macro; xin lưu thành PDF, .docx hoặc .xlsx")
        )
    if any(mark in head.lower() for mark in _MARKUP) and not _is_picture(head):
        raise Refused(
            _("nội dung là trang web hoặc hình SVG, có thể chứa mã chạy; xin gửi ảnh JPEG, PNG hoặc PDF")
        )


def _is_picture(head: bytes) -> bool:
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF"))


def _guess(head: bytes) -> str:
    try:
        return str(puremagic.magic_string(head)[0].mime_type)
    except (puremagic.PureError, ValueError):
        return ""


def _refuse_polyglot(path: Path, head: bytes, tail: bytes, family: Family) -> None:
    ends = (head + tail).lower()
    other = any(mark in ends for mark in _MARKUP) if family is Family.IMAGE else False
    if family is not Family.OFFICE:
        other = other or zipfile.is_zipfile(path) or b"rar!\x1a\x07" in ends
    if family is not Family.PDF:
        other = other or b"%pdf-" in ends
    if other:
        raise Refused(_("tệp chứa hai định dạng trong một, không an toàn để mở"))
