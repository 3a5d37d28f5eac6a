"""Layouts as an administrator may send them."""

import io
import zipfile

from feedback_app.papers.word import line, packed, sheet

DOCUMENT = "word/document.xml"


def layout(*texts, in_table="", in_head=""):
    document = sheet()
    for text in texts:
        line(document, text, 0, size=14)
    if in_table:
        document.add_table(rows=2, cols=2).cell(1, 0).text = in_table
    if in_head:
        document.sections[0].header.paragraphs[0].text = in_head
    return packed(document)


def changed(content, part, old, new):
    """Return the document with one part changed as a text."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for name in source.namelist():
            data = source.read(name)
            written.writestr(name, data.replace(old.encode(), new.encode(), 1) if name == part else data)
    return target.getvalue()


def into_body(xml):
    return changed(layout("{{loi_van}}"), DOCUMENT, "<w:sectPr", f"{xml}<w:sectPr")
