"""PDF files are kept as sent, so that signatures stay valid; those that act or carry files are refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from flask_babel import gettext as _

from feedback_app.core.files.refusal import Refused

MOST_OBJECTS = 200_000
_TAIL = 1024
_SCRIPT_ACTIONS = frozenset({"/JavaScript", "/Rendition"})
_OTHER_ACTIONS = frozenset({"/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Sound", "/Movie"})
_FILE_KEYS = frozenset({"/EmbeddedFiles", "/EmbeddedFile", "/EF"})


def inspect(path: Path) -> None:
    """Open the PDF at ``path`` and look at each of its objects.

    Raises:
        Refused: broken, encrypted, with scripts, actions, embedded files, or with data after its end.
    """
    _refuse_rest(path)
    try:
        with pikepdf.open(path, attempt_recovery=False) as document:
            _walk(document)
    except pikepdf.PasswordError:
        raise Refused(_("PDF có mật khẩu nên không kiểm tra được; xin gửi bản không đặt mật khẩu")) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        raise Refused(_("PDF hỏng hoặc bị cắt cụt, không mở được")) from None


def _refuse_rest(path: Path) -> None:
    data = path.read_bytes()
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise Refused(_("PDF hỏng hoặc bị cắt cụt, không mở được"))
    if len(data) - end > _TAIL or data[end + 5 :].strip(b"\r\n\0 \t"):
        raise Refused(_("sau phần cuối của PDF còn dữ liệu lạ, không an toàn để mở"))


def _walk(document: pikepdf.Pdf) -> None:
    if len(document.pages) == 0:
        raise Refused(_("PDF không có trang nào"))
    objects = document.objects
    if len(objects) > MOST_OBJECTS:
        raise Refused(_("PDF quá phức tạp để kiểm tra; xin in lại thành PDF đơn giản"))
    for item in objects:
        for dictionary in _dictionaries(item):
            _refuse_active(dictionary)
    _refuse_active(document.trailer)


def _dictionaries(item: Any, depth: int = 0) -> Iterator[Any]:
    """Yield ``item`` and the dictionaries written inside it; references are objects of their own."""
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield item
        for key in item.keys():  # noqa: SIM118 - a PDF object is no mapping
            yield from _inner(item.get(key), depth)
    elif isinstance(item, pikepdf.Array):
        for entry in item:
            yield from _inner(entry, depth)


def _inner(value: Any, depth: int) -> Iterator[Any]:
    direct = isinstance(value, pikepdf.Object) and not value.is_indirect
    if direct and depth < 20:  # noqa: PLR2004 - deeper than any honest file
        yield from _dictionaries(value, depth + 1)


def _refuse_active(dictionary: Any) -> None:
    keys = set(dictionary.keys())
    action = str(dictionary.get("/S", "")) if "/S" in keys else ""
    if "/JS" in keys or "/JavaScript" in keys or action in _SCRIPT_ACTIONS:
        raise Refused(_("PDF có mã lệnh (JavaScript); xin in lại thành PDF không có mã"))
    if action in _OTHER_ACTIONS:
        raise Refused(_("PDF có lệnh mở chương trình, tệp hoặc địa chỉ khác; xin in lại thành PDF đơn giản"))
    if keys & _FILE_KEYS or str(dictionary.get("/Type", "")) == "/EmbeddedFile":
        raise Refused(_("PDF có tệp nhúng bên trong; xin gửi các tệp đó riêng"))
    if "/XFA" in keys or str(dictionary.get("/Subtype", "")) in {"/RichMedia", "/3D", "/Flash"}:
        raise Refused(_("PDF có biểu mẫu động hoặc nội dung đa phương tiện; xin in lại thành PDF đơn giản"))
