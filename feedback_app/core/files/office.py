"""Word and Excel files: every entry is really unpacked and counted, nothing in them may act or hide."""

import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from flask_babel import gettext as _

from feedback_app.core.files.refusal import Refused

MOST_ENTRIES = 3000
MOST_BYTES = 250 * 1024 * 1024
MOST_RATIO = 150
RATIO_FROM = 1024 * 1024
_CHUNK = 64 * 1024
_WORD = b"wordprocessingml.document.main+xml"
_EXCEL = b"spreadsheetml.sheet.main+xml"
_TYPES = {
    _WORD: ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    _EXCEL: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
}
_PACKED = (b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"MZ")
_FETCHES = re.compile(rb"relationships/(attachedTemplate|oleObject|frame|subDocument)", re.IGNORECASE)


def inspect(path: Path) -> tuple[str, str]:
    """Unpack the file at ``path`` in full without keeping it; return media type and suffix.

    Raises:
        Refused: no Word or Excel file, broken, a zip bomb, with macros, embedded files or outside parts.
    """
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_odd_package(package, path)
            return _inspect(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, OSError):
        raise Refused(_("tệp hỏng hoặc bị cắt cụt, không mở được")) from None


def _refuse_odd_package(package: zipfile.ZipFile, path: Path) -> None:
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" not in names:
        raise Refused(_("tệp nén không được nhận; xin gửi từng tệp bên trong"))
    if len(entries) > MOST_ENTRIES or len(set(names)) != len(names):
        raise Refused(_("cấu trúc tệp bất thường, không an toàn để mở"))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(_("tệp có mật khẩu nên không kiểm tra được; xin gửi bản không đặt mật khẩu"))
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Refused(_bomb())
    if _length(entries, package) != path.stat().st_size:
        raise Refused(_("tệp chứa hai định dạng trong một, không an toàn để mở"))


def _length(entries: list[zipfile.ZipInfo], package: zipfile.ZipFile) -> int:
    """Return where an honest package ends: central directory, its end record and comment."""
    directory = sum(46 + len(e.orig_filename.encode()) + len(e.extra) + len(e.comment) for e in entries)
    return package.start_dir + directory + 22 + len(package.comment)


def _inspect(package: zipfile.ZipFile) -> tuple[str, str]:
    total = 0
    for entry in package.infolist():
        total += _unpacked(package, entry)
        if total > MOST_BYTES:
            raise Refused(_bomb())
    content_types = package.read("[Content_Types].xml")
    if b"macroEnabled" in content_types or b"vbaProject" in content_types:
        raise Refused(_macros())
    kind = next((kind for mark, kind in _TYPES.items() if mark in content_types), None)
    if kind is None:
        raise Refused(_("chỉ nhận tệp Word (.docx) và Excel (.xlsx)"))
    return kind


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """Return the true size of an entry; headers may lie, so it is read to its end."""
    _refuse_name(entry.filename)
    size, head, is_xml = 0, b"", entry.filename.lower().endswith((".xml", ".rels"))
    with package.open(entry) as content:
        while chunk := content.read(_CHUNK):
            head = head or chunk
            size += len(chunk)
            if size > MOST_BYTES or (size > RATIO_FROM and size > MOST_RATIO * max(entry.compress_size, 1)):
                raise Refused(_bomb())
            if is_xml:
                _refuse_entities(chunk)
    if head.startswith(_PACKED):
        raise Refused(_("bên trong có tệp nén hoặc tệp nhúng; xin gửi các tệp đó riêng"))
    if entry.filename.lower().endswith(".rels"):
        _refuse_outside(package.read(entry))
    return size


def _refuse_name(name: str) -> None:
    parts = PurePosixPath(name.lower())
    if name.startswith(("/", "\\")) or ".." in parts.parts or ":" in name:
        raise Refused(_("cấu trúc tệp bất thường, không an toàn để mở"))
    if parts.name in {"vbaproject.bin", "vbadata.xml"} or "macrosheets" in parts.parts:
        raise Refused(_macros())
    if "embeddings" in parts.parts or "activex" in parts.parts:
        raise Refused(_("bên trong có tệp nén hoặc tệp nhúng; xin gửi các tệp đó riêng"))


def _refuse_entities(chunk: bytes) -> None:
    if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
        raise Refused(_("cấu trúc tệp bất thường, không an toàn để mở"))


def _refuse_outside(relations: bytes) -> None:
    for relation in relations.split(b"<Relationship ")[1:]:
        if b'TargetMode="External"' in relation and _FETCHES.search(relation):
            raise Refused(_("tệp tự tải nội dung từ nơi khác khi mở; xin lưu thành PDF rồi gửi lại"))


def _macros() -> str:
    return _("tệp có macro; xin lưu thành .docx, .xlsx không có macro hoặc PDF")


def _bomb() -> str:
    return _("tệp bung ra quá lớn so với kích thước gửi (dấu hiệu của tệp nén phá hoại)")
