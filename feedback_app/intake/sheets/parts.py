"""Parts of an Office file, parsed without letting it do harm."""

import re
import zipfile
from xml.etree import ElementTree as ET

from flask_babel import gettext as _

from feedback_app.core.files import Refused

MOST_BYTES = 8 * 1024 * 1024  # of one part, unpacked
BROKEN = (zipfile.BadZipFile, LookupError, ET.ParseError, ValueError, StopIteration)
_DECLARATION = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def part(package: zipfile.ZipFile, name: str) -> ET.Element:
    """Return one part of the package, parsed; a document type in it is refused in whatever encoding it hides."""
    with package.open(name) as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Refused(_("tệp bung ra quá lớn"))
    text = data.decode("utf-8-sig")
    if _DECLARATION.search(text):
        raise Refused(_("cấu trúc tệp bất thường, không an toàn để mở"))
    return ET.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))  # noqa: S314 - no document type stands in it
