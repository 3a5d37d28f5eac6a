"""A report as a Word document: the layout with its places filled; the list is written row by row into the file."""

import io
import secrets
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from feedback_app.intake.sheets.xlsx import LONG_AGO
from feedback_app.papers import letter as page
from feedback_app.papers.word import FONT
from feedback_app.reports import annex
from feedback_app.reports.content import Content
from feedback_app.reports.drawing import word_table
from feedback_app.reports.drawing.chart_png import png
from feedback_app.reports.drawing.limits import LIST_ELSEWHERE, NOT_HERE, fits
from feedback_app.reports.drawing.places import (
    CHARTS,
    LIST,
    MARK,
    METHOD,
    SENTENCES,
    TABLES,
    block_of,
    filled,
    spots,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY = "word/document.xml"
EMU = 36_000  # in a millimetre
CHUNK = 500  # rows written at once


def write(path: Path, layout: bytes, content: Content, listing: Iterable[annex.Row], at: datetime) -> None:
    """Write the report to ``path``, the same bytes for the same content and layout."""
    document = Document(io.BytesIO(layout))
    mark = f"rows-{secrets.token_hex(8)}"
    widths: list[float] = []
    for paragraph, span in _blocks(document):
        drawer = _DRAWERS.get(block_of(paragraph), _table)
        drawer(paragraph, content, span)
        if block_of(paragraph) == LIST and fits(content):
            widths = _shared(annex.WIDTHS, span)
            _list_head(paragraph, widths, mark)
        _remove(paragraph)
    for spot in list(spots(document)):
        _fill(spot.paragraph, content)
    _mark_draft(document, content)
    _properties(document, content, at)
    rows = word_table.rows(listing, widths, word_table.LIST_HALF_POINTS) if widths else iter(())
    _save(document, path, mark.encode(), rows)


def _blocks(document: Any) -> list[tuple[Paragraph, float]]:
    """Return the paragraphs that hold a block, each with the width there is for it in millimetres."""
    found, place = [], 0
    for paragraph in document.paragraphs:
        section = document.sections[place]
        if block_of(paragraph):
            free = section.page_width - section.left_margin - section.right_margin
            found.append((paragraph, free / EMU))
        place += bool(paragraph._p.xpath("./w:pPr/w:sectPr"))  # noqa: SLF001 - where a section ends
    return found


def _sentences(paragraph: Paragraph, content: Content, _span: float) -> None:
    for sentence in content.sentences:
        _before(paragraph, sentence, size=page.SIZE, indent=True)


def _method(paragraph: Paragraph, content: Content, _span: float) -> None:
    for name, meaning in content.method:
        written = _before(paragraph, f"{name}: ", size=page.TINY, bold=True)
        run = written.add_run(meaning)
        run.font.size = Pt(page.TINY)


def _table(paragraph: Paragraph, content: Content, span: float) -> None:
    table = content.table(TABLES.get(block_of(paragraph), ""))
    if table is None:
        _before(paragraph, NOT_HERE, size=page.TINY, italic=True)
        return
    _before(paragraph, table.title, size=page.TINY + 1, bold=True).paragraph_format.keep_with_next = True
    widths = _shared(table.widths, span)
    rows = "".join(word_table.rows(table.rows, widths))
    paragraph._p.addprevious(parse_xml(word_table.opened(table.heads, widths) + rows + word_table.CLOSED))  # noqa: SLF001
    _before(paragraph, table.note, size=page.TINY - 1, italic=True)


def _charts(paragraph: Paragraph, content: Content, span: float) -> None:
    for chart in content.charts:
        run = _before(paragraph, "", size=page.TINY).add_run()
        picture = run.add_picture(io.BytesIO(png(chart, span)), width=Mm(span))
        about = picture._inline.docPr  # noqa: SLF001 - the library has no words for alternatives
        about.set("descr", f"{chart.title}. {chart.description}")
        about.set("title", chart.title)
        _before(paragraph, chart.description, size=page.TINY - 1, italic=True)


def _list(paragraph: Paragraph, content: Content, _span: float) -> None:
    if content.list_note:
        _before(paragraph, content.list_note, size=page.TINY - 1, italic=True)
    if not fits(content):
        told = LIST_ELSEWHERE if content.list_rows else annex.NONE
        _before(paragraph, told, size=page.TINY)


_DRAWERS: dict[str, Callable[[Paragraph, Content, float], None]] = {
    SENTENCES: _sentences,
    METHOD: _method,
    CHARTS: _charts,
    LIST: _list,
}


def _list_head(paragraph: Paragraph, widths: Sequence[float], mark: str) -> None:
    heads = word_table.opened(annex.HEADS, widths, word_table.LIST_HALF_POINTS)
    table = parse_xml(heads + word_table.CLOSED)
    table.append(etree.Comment(mark))  # where the rows are written when the file is
    paragraph._p.addprevious(table)  # noqa: SLF001


def _before(
    paragraph: Paragraph,
    text: str,
    *,
    size: int,
    bold: bool = False,
    italic: bool = False,
    indent: bool = False,
) -> Paragraph:
    written = paragraph.insert_paragraph_before()
    if indent:
        written.paragraph_format.first_line_indent = Mm(page.INDENT)
        written.alignment = ALIGN.JUSTIFY
    written.paragraph_format.space_after = Pt(4)
    if text:
        run = written.add_run(text.translate(word_table.UNPRINTABLE))
        run.font.size, run.bold, run.italic, run.font.name = Pt(size), bold, italic, FONT
    return written


def _remove(paragraph: Paragraph) -> None:
    """Take the place away; one that ends a section stays, empty."""
    if paragraph._p.xpath("./w:pPr/w:sectPr"):  # noqa: SLF001
        paragraph.text = ""
    else:
        paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001


def _fill(paragraph: Paragraph, content: Content) -> None:
    """Fill single places; one that lies across runs takes the type of the paragraph's first."""
    text = paragraph.text
    if MARK not in text:
        return
    runs = [run for run in paragraph.runs if run.text]
    for run in runs:
        if MARK in run.text:
            run.text = filled(run.text, content.texts)
    if MARK in paragraph.text and runs:
        runs[0].text = filled(text, content.texts)
        for run in runs[1:]:
            run.text = ""


def _mark_draft(document: Any, content: Content) -> None:
    """Say on each page of a draft that it is one, whatever the layout."""
    if not content.is_draft:
        return
    sections = list(document.sections)
    for n, section in enumerate(sections):
        parts = [section.header]
        if section.different_first_page_header_footer:
            parts.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            parts.append(section.even_page_header)
        for part in parts:
            if n == 0 or not part.is_linked_to_previous:
                run = part.add_paragraph().add_run(content.texts["ban_nhap"])
                run.bold = True


def _properties(document: Any, content: Content, at: datetime) -> None:
    about = document.core_properties
    about.title, about.author = f"Báo cáo {content.texts['ky_bao_cao']}", content.texts["co_quan"]
    about.created = about.modified = at.replace(microsecond=0, tzinfo=None)
    about.last_modified_by, about.comments = "", content.texts["tinh_trang_so_lieu"]


def _save(document: Any, path: Path, mark: bytes, rows: Iterator[str]) -> None:
    """Write the package anew with fixed dates, the rows of the list into the body as it is written."""
    plain = io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with target.open(info, "w", force_zip64=name == BODY) as stream:
                head, found, tail = source.read(name).partition(b"<!--" + mark + b"-->")
                stream.write(head)
                for batch in annex.batches(rows, CHUNK) if found else ():
                    stream.write("".join(batch).encode())
                stream.write(tail)


def _shared(shares: Sequence[int], span: float) -> list[float]:
    return [span * share / sum(shares) for share in shares]
