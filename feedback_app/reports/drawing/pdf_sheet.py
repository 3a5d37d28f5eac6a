"""The sheet on which a report is drawn as PDF: page numbers, the mark of a draft, and tables of any length.

The library's own tables measure and shape every cell; a list of forty thousand tickets is drawn here with words whose
widths are known and written straight into the page.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from fpdf import FPDF

from feedback_app.papers import letter as page
from feedback_app.papers.as_pdf import FAMILY, FONTS
from feedback_app.reports.words import Cell, shown

POINTS = 72 / 25.4  # in a millimetre
PAD = 1.0
LEADING = 0.46  # millimetres of a line for a point of size
KEPT = 20_000  # texts whose lines are remembered: names and results come again and again


class Sheet(FPDF):
    """A document whose pages bear their number from the second on, and on a draft that it is one."""

    def __init__(self, title: str, draft: str, at: datetime) -> None:
        super().__init__(format="A4", unit="mm")
        self.draft = draft
        self.set_margins(page.LEFT, page.TOP, page.RIGHT)
        self.set_auto_page_break(auto=True, margin=page.BOTTOM)
        self.add_font(FAMILY, "", FONTS / "SourceSerifPro-Regular.ttf")
        self.add_font(FAMILY, "B", FONTS / "SourceSerifPro-Bold.ttf")
        self.set_creation_date(at)
        self.set_title(title)
        self.set_lang("vi")

    @property
    def span(self) -> float:
        """The width between the margins, in millimetres."""
        return float(self.w - self.l_margin - self.r_margin)

    @property
    def lowest(self) -> float:
        return float(self.h - page.BOTTOM)

    def header(self) -> None:
        """Write what stands above the text of each page."""
        if self.page_no() > 1:
            self.set_font(FAMILY, "", page.SMALL)
            self.set_y(10)
            self.cell(0, 6, str(self.page_no()), align="C")
        if self.draft:
            self.set_font(FAMILY, "B", page.TINY - 1)
            self.set_y(5)
            self.cell(0, 5, self.draft, align="R")
        self.set_xy(self.l_margin, self.t_margin)


class Face:
    """One font of a sheet: which glyph stands for a character, how wide a word is."""

    def __init__(self, sheet: Sheet, style: str) -> None:
        self._font: Any = sheet.fonts[FAMILY + style]
        self._glyphs = _Glyphs(self._font)
        self._widths: dict[str, float] = {}

    def width(self, word: str) -> float:
        """Return the width at a size of one point, in millimetres."""
        found = self._widths.get(word)
        if found is None:
            if len(self._widths) > KEPT:
                self._widths.clear()
            found = self._widths[word] = sum(self._font.cw[ord(char)] for char in word) / 1000 / POINTS
        return found

    def shown(self, text: str) -> bytes:
        """Return the operator that shows a text in the running font."""
        coded = text.translate(self._glyphs).encode("utf-16-be")
        for plain, escaped in ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\r", b"\\r")):
            coded = coded.replace(plain, escaped)
        return b"(" + coded + b") Tj"


class _Glyphs(dict[int, int]):
    def __init__(self, font: Any) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, char: int) -> int:
        picked = self._font.subset.pick(char)
        self[char] = picked if picked is not None else self[ord("?")]
        return self[char]


class Grid:
    """A table that may run over any number of pages; its heads stand on each."""

    def __init__(self, sheet: Sheet, heads: Sequence[str], shares: Sequence[int], size: float) -> None:
        self._sheet, self._heads, self._size = sheet, tuple(heads), size
        self._widths = [sheet.span * share / sum(shares) for share in shares]
        self._edges = [sheet.l_margin + sum(self._widths[:n]) for n in range(len(shares) + 1)]
        self._step = size * LEADING
        self._plain, self._bold = Face(sheet, ""), Face(sheet, "B")
        self._broken: dict[tuple[str, float], tuple[str, ...]] = {}

    def draw(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Draw the heads and the rows from where the sheet stands."""
        self._head()
        for row in rows:
            self._line(row, self._plain)

    def _head(self) -> None:
        self._wear("B")
        self._line(self._heads, self._bold)
        self._wear("")

    def _wear(self, style: str) -> None:
        """Let what is written next be in that style: the library would say so only before text of its own."""
        sheet = self._sheet
        sheet.set_font(FAMILY, style, self._size)
        font: Any = sheet.current_font
        sheet._out(sheet._set_font_for_page(font, sheet.font_size_pt))  # noqa: SLF001

    def _line(self, cells: Sequence[Cell], face: Face) -> None:
        sheet = self._sheet
        lines = [
            self._lines(shown(cell), width, face) for cell, width in zip(cells, self._widths, strict=True)
        ]
        high = max(map(len, lines)) * self._step + 2 * PAD
        top = sheet.get_y()
        if top + high > sheet.lowest:
            sheet.add_page(same=True)
            if face is self._plain:
                self._head()
            else:
                self._wear("B")
            top = sheet.get_y()
        sheet._out(self._operators(cells, lines, face, top, high))  # noqa: SLF001 - see above
        sheet.set_y(top + high)

    def _operators(
        self, cells: Sequence[Cell], lines: Sequence[Sequence[str]], face: Face, top: float, high: float
    ) -> bytes:
        upper, lower = (self._sheet.h - top) * POINTS, (self._sheet.h - top - high) * POINTS
        edges = [f"{x * POINTS:.1f} {upper:.1f} m {x * POINTS:.1f} {lower:.1f} l" for x in self._edges]
        left, right = self._edges[0] * POINTS, self._edges[-1] * POINTS
        ends = [f"{left:.1f} {y:.1f} m {right:.1f} {y:.1f} l" for y in (upper, lower)]
        parts = [f"0.4 w {' '.join((*ends, *edges))} S\n".encode()]
        first = upper - (PAD + 0.78 * self._step) * POINTS
        for cell, own, edge, width in zip(cells, lines, self._edges, self._widths, strict=False):
            for n, line in enumerate(own):
                inside = isinstance(cell, str) and face is self._plain
                shift = PAD if inside else (width - face.width(line) * self._size) / 2
                at = f"BT {(edge + shift) * POINTS:.1f} {first - n * self._step * POINTS:.1f} Td "
                parts += (at.encode(), face.shown(line), b" ET\n")
        return b"".join(parts)

    def _lines(self, text: str, width: float, face: Face) -> tuple[str, ...]:
        """Return the text broken into lines that fit; a word that is longer than a line is cut."""
        key = (text, width)
        found = self._broken.get(key)
        if found is None:
            if len(self._broken) > KEPT:
                self._broken.clear()
            found = self._broken[key] = tuple(_broken(text, (width - 2 * PAD) / self._size, face)) or ("",)
        return found


def _broken(text: str, room: float, face: Face) -> Iterator[str]:
    line, used, blank = "", 0.0, face.width(" ")
    for word, wide in _short_words(text, room, face):
        if line and used + blank + wide > room:
            yield line
            line, used = word, wide
        else:
            line, used = (f"{line} {word}", used + blank + wide) if line else (word, wide)
    if line:
        yield line


def _short_words(text: str, room: float, face: Face) -> Iterator[tuple[str, float]]:
    for word in text.split():
        rest, wide = word, face.width(word)
        while wide > room and len(rest) > 1:
            cut = next(n for n in range(len(rest) - 1, 0, -1) if n == 1 or face.width(rest[:n]) <= room)
            yield rest[:cut], face.width(rest[:cut])
            rest = rest[cut:]
            wide = face.width(rest)
        yield rest, wide
