"""Pictures are drawn anew: pixels only, no place, no device, no hidden rest of the file."""

from pathlib import Path

from flask_babel import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from feedback_app.core.files.refusal import Refused

MOST_PIXELS = 60_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_KEPT_AS = {"JPEG": ("JPEG", "image/jpeg", ".jpg"), "WEBP": ("WEBP", "image/webp", ".webp")}
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError)


def redraw(path: Path) -> tuple[str, str, str]:
    """Replace the picture at ``path`` by its pixels; return media type, suffix and what was removed.

    Raises:
        Refused: it is broken, cut off, or would unfold to too many pixels.
    """
    try:
        with Image.open(path, formats=_FORMATS) as picture:
            return _redraw(picture, path)
    except _BOMBS:
        raise Refused(_too_large()) from None
    except _BROKEN:
        raise Refused(_("ảnh hỏng hoặc bị cắt cụt, không mở được")) from None


def _redraw(picture: Image.Image, path: Path) -> tuple[str, str, str]:
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(_too_large())
    picture.load()
    removed = _("thông tin vị trí và thiết bị trong ảnh") if picture.getexif() else ""
    form, media_type, suffix = _KEPT_AS.get(picture.format or "", ("PNG", "image/png", ".png"))
    upright = ImageOps.exif_transpose(picture)
    clean = upright.convert("RGBA" if form != "JPEG" and upright.has_transparency_data else "RGB")
    clean.info = {}
    clean.save(path, form, quality=90)
    return media_type, suffix, removed


def _too_large() -> str:
    return _("ảnh có quá nhiều điểm ảnh; xin giảm kích thước rồi gửi lại")
