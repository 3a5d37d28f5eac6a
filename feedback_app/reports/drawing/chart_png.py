"""A chart as a picture for Word, fine enough for paper, the same bytes for the same chart."""

import io

from PIL import Image, ImageDraw, ImageFont

from feedback_app.papers.as_pdf import FONTS
from feedback_app.reports.content import Chart
from feedback_app.reports.drawing.chart import INK, Bar, Word, height, shapes

DOTS = 9  # in a millimetre: some 230 an inch
POINT = 0.3528  # millimetres


def png(chart: Chart, span: float) -> bytes:
    """Return the chart painted ``span`` millimetres wide."""
    image = Image.new("RGB", (round(span * DOTS), round(height(chart) * DOTS)), "white")
    canvas = ImageDraw.Draw(image)
    for shape in shapes(chart, span):
        if isinstance(shape, Bar):
            _bar(canvas, shape)
        else:
            _word(canvas, shape)
    written = io.BytesIO()
    image.quantize(16).save(written, "PNG", dpi=(DOTS * 25.4, DOTS * 25.4))
    return written.getvalue()


def _bar(canvas: ImageDraw.ImageDraw, bar: Bar) -> None:
    corner = (bar.x + bar.width, bar.y + bar.height)
    canvas.rectangle([bar.x * DOTS, bar.y * DOTS, corner[0] * DOTS, corner[1] * DOTS], fill=bar.colour)


def _word(canvas: ImageDraw.ImageDraw, word: Word) -> None:
    name = "SourceSerifPro-Bold.ttf" if word.bold else "SourceSerifPro-Regular.ttf"
    font = ImageFont.truetype(FONTS / name, round(word.size * POINT * DOTS))
    canvas.text(
        (word.x * DOTS, word.y * DOTS), word.text, fill=INK, font=font, anchor="rs" if word.right else "ls"
    )
