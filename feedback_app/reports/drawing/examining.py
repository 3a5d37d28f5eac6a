"""A layout that somebody sent: is it safe to open, and does each of its places exist?"""

import io
import re
import zipfile
from pathlib import Path

from docx import Document
from flask_babel import gettext as _
from lxml import etree

from feedback_app.core.files import Refused
from feedback_app.core.files.office import inspect
from feedback_app.reports.drawing import as_docx, as_pdf
from feedback_app.reports.drawing.places import Fault, faults
from feedback_app.reports.sample import MOMENT, sample

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
WORD = ".docx"
# what makes Word fetch or run something when the report is opened
_FIELDS = re.compile(r"DDE|INCLUDE|IMPORT|DATABASE|AUTOTEXT|MACROBUTTON|(?<!HYPER)LINK", re.IGNORECASE)
_FOREIGN = frozenset({"altChunk", "object", "control", "OLEObject", "subDoc"})
_HYPERLINK = "relationships/hyperlink"
_READER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def examined(path: Path) -> list[Fault]:
    """Return what is wrong with the places of the layout at ``path``; an empty list: it may be used.

    Raises:
        Refused: no Word document, too large, or one that would fetch or run something.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Refused(_("lớn hơn %(mb)s MB", mb=MOST_BYTES // 1024 // 1024))
    if inspect(path)[1] != WORD:
        raise Refused(_("mẫu báo cáo phải là tệp Word (.docx)"))
    with zipfile.ZipFile(path) as package:
        _refuse_what_acts(package)
    layout = path.read_bytes()
    try:
        found = faults(Document(io.BytesIO(layout)))
        return found or _tried(layout, path)
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - whatever a broken document makes the library say
        raise Refused(_("tệp Word không đọc được; xin lưu lại bằng Word rồi gửi bản mới")) from None


def _refuse_what_acts(package: zipfile.ZipFile) -> None:
    if sum(entry.file_size for entry in package.infolist()) > MOST_UNPACKED:
        raise Refused(_("mẫu bung ra quá lớn"))
    for name in package.namelist():
        if name.endswith((".xml", ".rels")):
            root = _read(package.read(name))
            _refuse_outside(root)
            _refuse_fields(root)


def _read(content: bytes) -> etree._Element:
    try:
        root = etree.fromstring(content, _READER)
    except etree.XMLSyntaxError:
        raise Refused(_("tệp Word không đọc được; xin lưu lại bằng Word rồi gửi bản mới")) from None
    if root.getroottree().docinfo.doctype:
        raise Refused(_("cấu trúc tệp bất thường, không an toàn để mở"))
    return root


def _refuse_outside(root: etree._Element) -> None:
    for relation in root.iter("{*}Relationship"):
        outside = relation.get("TargetMode") == "External"
        if outside and not relation.get("Type", "").endswith(_HYPERLINK):
            raise Refused(_("mẫu tự tải nội dung từ nơi khác khi mở"))


def _refuse_fields(root: etree._Element) -> None:
    """Refuse fields that fetch or run; an instruction may be cut into pieces, so they are read as one."""
    instructions, simple = [], []
    for element in root.iter("{*}*"):
        local = etree.QName(element).localname
        if local in _FOREIGN:
            raise Refused(_("mẫu có đối tượng nhúng"))
        if local == "instrText":
            instructions.append(element.text or "")
        elif local == "fldSimple":
            simple += [
                value for name, value in element.attrib.items() if etree.QName(name).localname == "instr"
            ]
    if _FIELDS.search("".join(instructions)) or any(map(_FIELDS.search, simple)):
        raise Refused(_("mẫu có trường tự lấy nội dung từ nơi khác"))


def _tried(layout: bytes, path: Path) -> list[Fault]:
    """Draw the sample once in each form that follows the layout; a layout that breaks it is not taken."""
    content, rows = sample()
    for writer in (as_docx.write, as_pdf.write):
        target = path.with_suffix(".tried")
        try:
            writer(target, layout, content, rows, MOMENT)
        finally:
            target.unlink(missing_ok=True)
    return []
