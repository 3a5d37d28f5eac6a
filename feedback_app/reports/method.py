"""The annex "how computed", written out of the definitions themselves."""

from collections.abc import Iterator

from flask_babel import force_locale

from feedback_app.catalogue.packs.indicators import Component, IndicatorEdition
from feedback_app.indicators.definitions import MINIMUM_COVERAGE
from feedback_app.indicators.labels import CONFIDENCES, DIRECTIONS, FIGURES, MEASURES
from feedback_app.reports.words import amount

_LIST = (
    "Mỗi dòng là một lượt giải quyết của một phiếu (lần xem xét lại là lượt mới). “Chuyển sang”: lượt bắt đầu trước "
    "kỳ và còn chờ trả lời khi kỳ bắt đầu; “phát sinh”: lượt bắt đầu trong kỳ. Kết quả ghi theo tình trạng cuối kỳ; "
    "chuyển sang cộng phát sinh bằng tổng các kết quả. “Đã giải quyết” là cơ quan đã trả lời nội dung; doanh nghiệp "
    "có xác nhận đã giải quyết trên thực tế hay không là số liệu riêng. Báo cáo cần bảo vệ không bao giờ có trong "
    "danh sách và bảng này."
)
LIST = ("Danh sách phiếu", _LIST)
COMPARING = (
    "So sánh",
    "Chỉ so với kỳ đã chốt số liệu. Kỳ trước, cùng kỳ năm trước chưa chốt thì ghi là chưa có số liệu.",
)


def method(edition: IndicatorEdition) -> tuple[tuple[str, str], ...]:
    """Return pairs of a name and how it is computed: counts, then indicators with their components."""
    with force_locale("vi"):
        return (LIST, COMPARING, *_counts(), *_indicators(edition))


def _counts() -> Iterator[tuple[str, str]]:
    for counted in (*FIGURES.values(), *MEASURES.values()):
        yield str(counted.name), str(counted.meaning)


def _indicators(edition: IndicatorEdition) -> Iterator[tuple[str, str]]:
    least = amount(100 * MINIMUM_COVERAGE)
    for indicator in edition.indicators:
        said = (
            "Điểm nội bộ 0–100 là bình quân theo trọng số của các thành phần dưới đây, không phải điểm PCI của VCCI; "
            f"chỉ tính khi các thành phần đủ dữ liệu chiếm từ {least}% trọng số. "
            f"Ấn bản {edition.code}@{edition.version}."
        )
        yield f"Chỉ báo “{indicator.name.vi}”", said
        for component in indicator.components:
            yield f"– {component.label.vi}", _component(component)


def _component(component: Component) -> str:
    part, whole = MEASURES[component.numerator].name, MEASURES[component.denominator].name
    return (
        f"“{part}” chia “{whole}”, {DIRECTIONS[component.direction]}: {amount(component.worst)}% là 0 điểm, "
        f"{amount(component.best)}% là 100 điểm; trọng số {amount(100 * component.weight)}%; cần từ "
        f"{amount(component.minimum_n)} trường hợp. Nguồn: {component.source.rstrip('.')}. "
        f"Độ tin cậy của nguồn: {CONFIDENCES[component.confidence]}."
    )
