"""Word and Excel: properties, authors of comments and changes, thumbnails, pictures inside; packed anew."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from feedback_app.confidential.hidden_data import pictures
from feedback_app.confidential.hidden_data.kinds import Finding

MOST_BYTES = 200 * 1024 * 1024  # unpacked
MOST_ENTRIES = 3000
_DETAIL = 60
_CORE = "docProps/core.xml"
_APP = "docProps/app.xml"
_EMPTY = {
    _CORE: b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    _APP: b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
_TAGS = {
    "author": rb"<(?:dc:creator|cp:lastModifiedBy|Manager|Company)[^>]*>([^<]+)<",
    "dates": rb"<(?:dcterms:created|dcterms:modified|cp:lastPrinted)[^>]*>([^<]+)<",
    "software": rb"<(?:Application|Template)[^>]*>([^<]+)<",
}
_PERSONAL = re.compile(
    rb'\s(?:w:author|w:initials|w:date|w15:userId|w15:author|displayName|userId|providerId|w:rsid\w*)="[^"]*"'
)
_EXCEL_AUTHORS = re.compile(rb"<author>[^<]*</author>")
_THUMBNAIL_RELATION = re.compile(rb"<Relationship\s[^>]*metadata/thumbnail[^>]*/>")
_STILL = (1980, 1, 1, 0, 0, 0)


def found(content: bytes) -> tuple[Finding, ...]:
    """Return what the file tells beside its text. Raises ValueError when it is no package."""
    with _opened(content) as package:
        return tuple(dict.fromkeys(_findings(package)))


def stripped(content: bytes) -> bytes:
    """Return the file packed anew, without names, dates and thumbnails."""
    target = BytesIO()
    with _opened(content) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as clean:
        for entry in package.infolist():
            if not entry.is_dir() and not _is_thumbnail(entry.filename):
                clean.writestr(
                    zipfile.ZipInfo(entry.filename, _STILL), _cleaned(entry.filename, package.read(entry))
                )
    return target.getvalue()


def _findings(package: zipfile.ZipFile) -> Iterator[Finding]:
    properties = b"".join(package.read(name) for name in (_CORE, _APP) if name in package.namelist())
    for kind, tag in _TAGS.items():
        for said in re.findall(tag, properties):
            yield Finding(kind, said.decode(errors="replace")[:_DETAIL])
    for entry in package.infolist():
        yield from _hidden_in(entry.filename.lower(), package, entry)


def _hidden_in(name: str, package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[Finding]:
    if "comments" in name:
        yield Finding("comments")
    if _is_thumbnail(name):
        yield Finding("thumbnail")
    if "embeddings/" in name:
        yield Finding("embedded")
    if name == "word/document.xml" and re.search(rb"<w:(?:ins|del|moveFrom)\s", package.read(entry)):
        yield Finding("revisions")
    if name.endswith((".jpg", ".jpeg")):
        yield from pictures.found(package.read(entry), ".jpg")


def _is_thumbnail(name: str) -> bool:
    return name.lower().startswith("docprops/thumbnail")


def _cleaned(name: str, content: bytes) -> bytes:
    if name in _EMPTY:
        return _EMPTY[name]
    lower = name.lower()
    if lower.endswith((".jpg", ".jpeg", ".png")):
        return pictures.stripped(content, ".png" if lower.endswith(".png") else ".jpg")
    if lower == "_rels/.rels":
        return _THUMBNAIL_RELATION.sub(b"", content)
    if lower.endswith(".xml"):
        return _EXCEL_AUTHORS.sub(b"<author></author>", _PERSONAL.sub(_blank, content))
    return content


def _blank(attribute: re.Match[bytes]) -> bytes:
    """Return the attribute without its value where one is required, nothing for the ids of editing sessions."""
    name = attribute[0].split(b"=")[0]
    if b"rsid" in name or name.strip() in {b"w:date", b"w:initials"}:
        return b""
    return name + b'=""'


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        package = zipfile.ZipFile(BytesIO(content))
    except zipfile.BadZipFile as error:
        raise ValueError("no package") from error
    entries = package.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise ValueError("a bomb")
    if "[Content_Types].xml" not in package.namelist():
        raise ValueError("no Word or Excel file")
    return package
