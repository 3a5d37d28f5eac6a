"""Plain text: readable, in UTF-8, and called what it is."""

from pathlib import Path

from flask_babel import gettext as _

from feedback_app.core.files.refusal import Refused

_TYPES = {".txt": "text/plain", ".csv": "text/csv"}
_ALLOWED = frozenset("\t\n\r\f")


def inspect(path: Path, suffix: str) -> tuple[str, str]:
    """Return media type and suffix of the text at ``path``.

    Raises:
        Refused: not text, or a text under the name of something else.
    """
    if suffix not in _TYPES:
        raise Refused(
            _("nội dung không đúng với đuôi tệp; chỉ nhận ảnh JPEG, PNG, PDF, .docx, .xlsx, .txt, .csv")
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("tệp văn bản không ở bảng mã UTF-8; xin lưu lại theo UTF-8")) from None
    if any(c < " " and c not in _ALLOWED for c in text):
        raise Refused(_("tệp không phải là văn bản thường"))
    return _TYPES[suffix], suffix
