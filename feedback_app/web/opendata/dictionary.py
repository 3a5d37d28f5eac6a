"""The data dictionary, written out of the definitions that the figures are computed by."""

from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.indicators.labels import FIGURES, MEASURES
from feedback_app.opendata import files
from feedback_app.opendata.rules import BANDS, PUZZLES, TO_THE_POINT
from feedback_app.statistics.figures import Figure
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting.public_tables import band_name

COLUMNS: dict[str, Any] = {
    "period": _l("Kỳ: tháng (2026-10) hoặc quý (2026-Q3)"),
    "group": _l(
        "Số liệu của ai: province (toàn tỉnh), agency (cơ quan), field (lĩnh vực), indicator, component"
    ),
    "code": _l("Mã của cơ quan, lĩnh vực, chỉ số hoặc thành phần; mã cơ quan không đổi khi cơ quan đổi tên"),
    "name_vi": _l("Tên tiếng Việt trong kỳ"),
    "name_en": _l("Tên tiếng Anh trong kỳ"),
    "measure": _l("Tên số liệu, giải thích trong phần “measures”"),
    "value": _l("Giá trị; “an” (trong JSON: null) là số bị ẩn, không phải là 0"),
    "low": _l("Đầu dưới của khoảng tin cậy 95 % (chỉ với chỉ số và thành phần)"),
    "high": _l("Đầu trên của khoảng tin cậy 95 %"),
    "n": _l("Số trường hợp mà giá trị được tính từ đó; để trống khi dưới 5"),
    "status": _l("cong_bo: công bố; an: ẩn; với chỉ số: complete, partial, insufficient"),
    "note": _l("Vì sao bị ẩn"),
}
_DAYS = _l(
    "Trong số đã trả lời, số phiếu dùng chừng ấy ngày làm việc; thời gian chờ doanh nghiệp không tính."
)
_POINT = _l("Trong số đã trả lời, phiếu được giải quyết hoặc trả lời đúng nội dung.")
_SCORE = _l("Điểm nội bộ 0–100 của một chỉ số, không phải điểm PCI của VCCI")
_PERCENT = _l("Tỷ lệ phần trăm của một thành phần, kèm khoảng tin cậy (mức 0,95)")


def dictionary() -> dict[str, Any]:
    """Return every column and measure of the files with its meaning in both languages."""
    vi, en = _in("vi"), _in("en")
    return {
        part: [{"name": name, "vi": told, "en": en[part][name]} for name, told in vi[part].items()]
        for part in vi
    }


def _in(language: str) -> dict[str, dict[str, str]]:
    with force_locale(language):
        return {
            "columns": {name: str(COLUMNS[name]) for name in files.HEAD},
            "measures": {name: _meaning(name) for name in _measures()} | _of_indicators(),
            "components": _components(language),
        }


def _measures() -> list[str]:
    told = [n for p in PUZZLES for n in (p.whole, *(part for cut in p.cuts for part in cut.parts))]
    return [str(name) for name in dict.fromkeys([*told, Figure.DAYS_MEDIAN, Figure.DAYS_P90])]


def _meaning(name: str) -> str:
    if name in BANDS:
        return f"{band_name(name)}. {_DAYS}"
    if name == TO_THE_POINT:
        return str(_POINT)
    counted = FIGURES[Figure(name)] if name in set(Figure) else MEASURES[Measure(name)]
    return f"{counted.name}. {counted.meaning}"


def _of_indicators() -> dict[str, str]:
    return {"score_0_100": str(_SCORE), "percent": str(_PERCENT)}


def _components(language: str) -> dict[str, str]:
    return {
        part.id: f"{part.label.in_language(language)} ({edition.code})"
        for edition in loaded().catalogue.indicators
        for indicator in edition.indicators
        for part in indicator.components
    }
