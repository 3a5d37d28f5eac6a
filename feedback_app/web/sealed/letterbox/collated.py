"""What others collated, read from the door's form or from a sheet into reports that name no reporter."""

import io
from collections.abc import Mapping
from functools import partial
from typing import IO, Any

from flask_babel import gettext as _

from feedback_app.confidential import questions
from feedback_app.confidential.documents import Answers
from feedback_app.confidential.questions import Unit
from feedback_app.confidential.services.filing import Filing
from feedback_app.core.files import Refused
from feedback_app.intake.sheets import MOST_ROWS, delimited, xlsx
from feedback_app.intake.sheets.cells import Fault, named, opened
from feedback_app.intake.sheets.rows import Row
from feedback_app.web.sealed.letterbox import asking
from feedback_app.web.sealed.letterbox.asking import Asked, Option, agency_name
from feedback_app.web.sealed.letterbox.channels import channels, source
from feedback_app.web.sealed.letterbox.columns import COLUMNS
from feedback_app.web.sealed.letterbox.draft import Draft, language
from feedback_app.web.sealed.letterbox.taking import plain

NAMES = tuple(column.name for column in COLUMNS)
CLOSED = ("unit", "agency", "field", "step", "amount", "when")
MOST_BYTES = 4 * 1024 * 1024
_ZIP = b"PK\x03\x04"


def hosted_units() -> tuple[Unit, ...]:
    pack = questions.shipped()
    return tuple(unit for unit in pack.units if pack.body(unit.body).hosted)


def asked_here() -> list[Asked]:
    """Return the closed questions of the door's form."""
    return [Asked(code, _heading(code), options(code), optional=code != "unit") for code in CLOSED]


def options(code: str) -> tuple[Option, ...]:
    if code == "unit":
        return tuple(Option(unit.code, unit.name.in_language(language())) for unit in hosted_units())
    if code == "agency":
        codes = dict.fromkeys(agency for unit in hosted_units() for agency in unit.agencies)
        return tuple(Option(agency, agency_name(agency)) for agency in codes)
    return asking.asked(code, Draft(token="")).options


def headings() -> tuple[str, ...]:
    return tuple(column.heading for column in COLUMNS)


def of_form(form: Mapping[str, str]) -> tuple[list[Filing], list[Fault]]:
    """Return the one matter of the form, or what is wrong with it."""
    row = Row(1, tuple(form[name] for name in NAMES))
    return _matters([Row(0, headings()), row])


def of_sheet(stream: IO[bytes], name: str) -> tuple[list[Filing], list[Fault]]:
    """Return the matters of an .xlsx or .csv file, read in memory: it never lies on the disk in clear.

    Raises:
        Refused: too large, of another type, or broken.
    """
    content = _whole(stream, MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused(_("lớn hơn %(most)s MB", most=MOST_BYTES // 1024 // 1024))
    rows = [row for row in _rows(content, name) if any(row.cells)]
    if len(rows) > MOST_ROWS + 1:
        raise Refused(_("có hơn %(most)s dòng; xin chia thành nhiều tệp", most=MOST_ROWS))
    return _matters(rows)


def _whole(stream: IO[bytes], most: int) -> bytes:
    """Return the stream's bytes, at most so many; an encrypting spool gives them piece by piece."""
    content = bytearray()
    while len(content) < most and (piece := stream.read(most - len(content))):
        content += piece
    return bytes(content)


def _rows(content: bytes, name: str) -> list[Row]:
    if content.startswith(_ZIP):
        return xlsx.read(io.BytesIO(content))
    if not name.lower().endswith(".csv"):
        raise Refused(_("chỉ nhập được tệp Excel (.xlsx) hoặc CSV (.csv)"))
    try:
        return delimited.parsed(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(_("tệp CSV phải lưu ở dạng UTF-8")) from None


def _matters(rows: list[Row]) -> tuple[list[Filing], list[Fault]]:
    table = opened(rows, COLUMNS)
    if table.faults:
        return [], table.faults
    readers: dict[str, Any] = {code: partial(_named, code) for code in CLOSED}
    readers["channel"] = lambda text: named(text, [(option.code, option.label) for option in channels()])
    found = [table.values(row, readers) for row in rows[1:]]
    return ([], table.faults) if table.faults else ([_filing(values) for values in found], [])


def _named(code: str, text: str) -> str:
    """Return the choice that is called so in either language. Raises Unreadable."""
    return named(text, [(option.code, option.label) for option in options(code)])


def _filing(values: Mapping[str, str]) -> Filing:
    closed = {code: values.get(code, "") for code in CLOSED}
    return Filing(
        body=questions.shipped().competent(closed["unit"]).code,
        answers=Answers(**closed),
        story=plain(values["story"]),
        source=source(values["channel"]),
    )


def _heading(code: str) -> str:
    return {
        "unit": _("Về ai"),
        "agency": _("Cơ quan"),
        "field": _("Lĩnh vực"),
        "step": _("Bước"),
        "amount": _("Trị giá"),
        "when": _("Thời gian"),
    }[code]
