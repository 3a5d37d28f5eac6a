"""Pictures: segments and chunks that are not pixels are left out; nothing is decoded, so nothing gets worse."""

import re
import struct
from collections.abc import Iterator
from io import BytesIO

from PIL import ExifTags, Image

from feedback_app.confidential.hidden_data.kinds import Finding

_KEPT_PNG = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs",
             b"acTL", b"fcTL", b"fdAT"}  # fmt: skip
_KEPT_WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}
_PNG = b"\x89PNG\r\n\x1a\n"
_SOS, _EOI, _COM = 0xDA, 0xD9, 0xFE
_IN_SCAN = {0x00, 0xFF, *range(0xD0, 0xD8)}
_JFIF, _ADOBE, _LAST_APP, _MARK = 0xE0, 0xEE, 0xEF, 0xFF
_LENGTH = 2  # bytes of a segment that say how long it is
_DETAIL = 60


def found(content: bytes, suffix: str) -> tuple[Finding, ...]:
    """Return what the picture's metadata tells."""
    findings = list(_exif(content))
    clean = stripped(content, suffix)
    if not findings and len(clean) < len(content):
        findings.append(Finding("other", ""))
    return tuple(findings)


def stripped(content: bytes, suffix: str) -> bytes:
    """Return the picture with its pixels and which side is up, no more. Raises ValueError when it is broken."""
    match suffix:
        case ".jpg":
            return _jpeg(content)
        case ".png":
            return _png(content)
        case _:
            return _webp(content)


def _exif(content: bytes) -> Iterator[Finding]:
    with Image.open(BytesIO(content)) as picture:
        exif = picture.getexif()
        comments = [
            str(v) for k, v in picture.info.items() if str(k).lower() in {"comment", "author", "description"}
        ]
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        yield Finding("place", "GPS")
    for kind, tags in _TAGS.items():
        said = " ".join(str(exif[tag]).strip("\0 ") for tag in tags if exif.get(tag))
        if said:
            yield Finding(kind, said[:_DETAIL])
    if exif.get_ifd(ExifTags.IFD.IFD1):
        yield Finding("thumbnail")
    for comment in comments:
        yield Finding("comments", re.sub(r"\s+", " ", comment)[:_DETAIL])


_TAGS = {
    "device": (ExifTags.Base.Make, ExifTags.Base.Model),
    "author": (ExifTags.Base.Artist, ExifTags.Base.Copyright),
    "dates": (ExifTags.Base.DateTime,),
    "software": (ExifTags.Base.Software,),
}


def _jpeg(content: bytes) -> bytes:
    if content[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    kept = bytearray(b"\xff\xd8") + _upright(content)
    at = 2
    while at + 4 <= len(content):
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if content[at] != _MARK or length < _LENGTH:
            raise ValueError("broken segment")
        if marker == _SOS:
            return bytes(kept) + _scans(content, at)
        if not (_JFIF < marker <= _LAST_APP and marker != _ADOBE) and marker != _COM:
            kept += (
                content[at : at + 2 + length]
                if marker != _JFIF
                else _bare_jfif(content[at : at + 2 + length])
            )
        at += 2 + length
    raise ValueError("cut off")


def _scans(content: bytes, at: int) -> bytes:
    """Return the scans from ``at`` on, without application data and comments between them or behind the end."""
    kept = bytearray()
    while at + 2 <= len(content):
        marker = content[at + 1]
        if marker == _EOI:
            return bytes(kept) + b"\xff\xd9"
        end = at + 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
        if marker == _SOS:
            end = _end_of_scan(content, end)
        if marker != _COM and not _JFIF <= marker <= _LAST_APP:
            kept += content[at:end]
        at = end
    raise ValueError("cut off")


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the next marker stands; FF 00 and restart marks belong to the pixels."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] not in _IN_SCAN:
            return at
        at += 2 if content[at + 1] != _MARK else 1
    raise ValueError("cut off")


def _bare_jfif(segment: bytes) -> bytes:
    """Return the JFIF header without its thumbnail."""
    return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0" if segment[4:9] == b"JFIF\0" else b""


def _upright(content: bytes) -> bytes:
    """Return the smallest EXIF segment that says which side is up, if it is not the usual one."""
    with Image.open(BytesIO(content)) as picture:
        side = picture.getexif().get(ExifTags.Base.Orientation, 1)
    if side not in range(2, 9):
        return b""
    tiff = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0" + struct.pack("<H", side) + b"\0\0\0\0\0\0"
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff


def _png(content: bytes) -> bytes:
    if not content.startswith(_PNG):
        raise ValueError("no PNG")
    kept, at = bytearray(_PNG), len(_PNG)
    while at + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        if at + 12 + length > len(content):
            raise ValueError("cut off")
        if name in _KEPT_PNG:
            kept += content[at : at + 12 + length]
        at += 12 + length
        if name == b"IEND":
            return bytes(kept)
    raise ValueError("cut off")


def _webp(content: bytes) -> bytes:
    kept, at = bytearray(), 12
    while at + 8 <= len(content):
        name, length = struct.unpack("<4sI", content[at : at + 8])
        whole = content[at : at + 8 + length + length % 2]
        if len(whole) < 8 + length:
            raise ValueError("cut off")
        if name in _KEPT_WEBP:
            kept += _without_flags(whole) if name == b"VP8X" else whole
        at += len(whole)
    if not kept:
        raise ValueError("no picture")
    return b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + bytes(kept)


def _without_flags(chunk: bytes) -> bytes:
    """Return the header of an extended WebP that announces neither EXIF nor XMP nor a colour profile."""
    return chunk[:8] + bytes([chunk[8] & ~0b00101100]) + chunk[9:]
