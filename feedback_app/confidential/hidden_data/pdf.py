"""PDF: author, dates, programs, notes with names, earlier revisions; written anew without them."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from feedback_app.confidential.hidden_data.kinds import Finding

_DETAIL = 60
_INFO = {
    "/Author": "author",
    "/Creator": "software",
    "/Producer": "software",
    "/CreationDate": "dates",
    "/ModDate": "dates",
}


def found(content: bytes) -> tuple[Finding, ...]:
    """Return what the file tells beside its pages. Raises ValueError when it cannot be opened."""
    with _opened(content) as document:
        return tuple(dict.fromkeys(_findings(document, content)))


def stripped(content: bytes) -> bytes:
    """Return the pages in a file written anew; a digital signature does not survive that."""
    with _opened(content) as document:
        for key in ("/Metadata", "/PieceInfo"):
            if key in document.Root:
                del document.Root[key]
        if "/Names" in document.Root and "/EmbeddedFiles" in document.Root.Names:
            del document.Root.Names["/EmbeddedFiles"]
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        for item in document.objects:
            _strip(item)
        target = BytesIO()
        document.save(target, static_id=True, linearize=False)
        return target.getvalue()


def _findings(document: pikepdf.Pdf, content: bytes) -> Iterator[Finding]:
    info = document.trailer.get("/Info")
    for key, kind in _INFO.items():
        if info is not None and key in info:
            yield Finding(kind, str(info[key])[:_DETAIL])
    if "/Metadata" in document.Root:
        yield Finding("other", "XMP")
    if any(page.get("/Annots") for page in document.pages):
        yield Finding("comments")
    if content.count(b"%%EOF") > 1 and b"/Linearized" not in content[:2048]:
        yield Finding("revisions")
    if len(document.attachments):
        yield Finding("embedded")


def _strip(item: Any) -> None:
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in ("/Metadata", "/PieceInfo", "/LastModified"):
        if key in item:
            del item[key]
    if item.get("/Subtype") is not None and "/Rect" in item:  # an annotation: who wrote it, and when
        for key in ("/T", "/M", "/CreationDate", "/NM"):
            if key in item and not ("/FT" in item or "/Parent" in item):  # the name of a form's field stays
                del item[key]


def _opened(content: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(BytesIO(content))
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise ValueError("no readable PDF") from error
