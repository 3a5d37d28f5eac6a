"""How numbers, days and results stand on a paper: in Vietnamese whatever the reader's language. Pure."""

from datetime import date

NOTHING = "–"
Cell = str | int | float | None


def amount(value: float | None) -> str:
    """Return ``1.234,5``: whole numbers without decimals, others with one; a dash where there is none."""
    if value is None:
        return NOTHING
    text = f"{value:,.{0 if float(value).is_integer() else 1}f}"
    return text.translate(str.maketrans(",.", ".,"))


def shown(cell: Cell) -> str:
    """Return a cell of a table as it is printed."""
    return cell if isinstance(cell, str) else amount(cell)


def day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def shortened(text: str, longest: int) -> str:
    """Return the text on one line, cut at ``longest`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
