"""The sentences of a report: each a template over named figures; which are said depends on those figures alone. Pure.

No sentence carries a number of its own, so every number that is printed stands in the snapshot or follows from it by
one of the rules of ``figures``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from feedback_app.reports.figures import BEFORE, CHANGE, YEAR_BEFORE
from feedback_app.reports.words import amount
from feedback_app.statistics.figures import Figure, Group, Value

Figures = Mapping[str, float | None]
MOST_NAMED = 3  # agencies or fields that a sentence names
NO_PERIOD_BEFORE = {
    BEFORE: "So với kỳ trước: chưa có số liệu kỳ trước đã chốt.",
    YEAR_BEFORE: "So với cùng kỳ năm trước: chưa có số liệu cùng kỳ năm trước đã chốt.",
}
COMPARED_WITH = {BEFORE: "kỳ trước", YEAR_BEFORE: "cùng kỳ năm trước"}
CHANGES: Mapping[str, str] = {
    "tiep_nhan": "số phiếu tiếp nhận",
    "da_tra_loi": "số phiếu đã trả lời",
    "qua_han": "số phiếu quá hạn cuối kỳ",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template and when it is said."""

    text: str
    when: Callable[[Figures], bool]


def _has(*names: str) -> Callable[[Figures], bool]:
    return lambda figures: all(figures[name] for name in names)


def _lacks(*names: str) -> Callable[[Figures], bool]:
    return lambda figures: not any(figures[name] for name in names)


OPENING: Sequence[Sequence[Sentence]] = (
    (
        Sentence("Trong kỳ không có phiếu nào phải giải quyết.", _lacks("tong_danh_sach")),
        Sentence(
            "Trong kỳ phải giải quyết {tong_danh_sach} phiếu, gồm {chuyen_sang} phiếu từ kỳ trước chuyển sang và "
            "{phat_sinh} phiếu phát sinh trong kỳ (kể cả lần xem xét lại).",
            _has("tong_danh_sach"),
        ),
        Sentence("Số phiếu mới tiếp nhận là {tiep_nhan}.", _has("tiep_nhan")),
        Sentence("Trong kỳ không tiếp nhận phiếu mới nào.", _lacks("tiep_nhan")),
        Sentence("Doanh nghiệp đã rút {da_rut} phiếu khi chưa được trả lời.", _has("da_rut")),
    ),
    (
        Sentence("Trong kỳ chưa có phiếu nào được trả lời.", _lacks("da_tra_loi")),
        Sentence("Đã trả lời {da_tra_loi} phiếu.", _has("da_tra_loi")),
        Sentence(
            "Số trả lời đúng hạn là {dung_han}, trễ hạn là {tre_han}; tỷ lệ đúng hạn {ty_le_dung_han}%.",
            lambda figures: figures["ty_le_dung_han"] is not None,
        ),
        Sentence(
            "Một nửa số phiếu được trả lời trong không quá {ngay_trung_vi} ngày làm việc, chín phần mười trong không "
            "quá {ngay_p90} ngày.",
            lambda figures: figures["ngay_trung_vi"] is not None,
        ),
        Sentence(
            "Trả lời không giải quyết, có nêu lý do: {khong_giai_quyet} phiếu.", _has("khong_giai_quyet")
        ),
        Sentence("Hướng dẫn sang kênh khác: {huong_dan_kenh_khac} phiếu.", _has("huong_dan_kenh_khac")),
        Sentence("Vượt thẩm quyền, chờ sửa quy định: {vuot_tham_quyen} phiếu.", _has("vuot_tham_quyen")),
    ),
    (
        Sentence("Đến cuối kỳ không còn phiếu nào chờ trả lời.", _lacks("dang_giai_quyet")),
        Sentence(
            "Đến cuối kỳ còn {dang_giai_quyet} phiếu chờ trả lời, trong đó {qua_han} phiếu quá hạn và "
            "{cho_doanh_nghiep} phiếu tạm dừng để chờ doanh nghiệp bổ sung.",
            _has("dang_giai_quyet"),
        ),
    ),
    (
        Sentence("Trong kỳ chưa có đánh giá nào của doanh nghiệp.", _lacks("danh_gia")),
        Sentence(
            "Doanh nghiệp đánh giá {danh_gia} câu trả lời: {dung_cau_hoi} được cho là trả lời đúng câu hỏi "
            "({ty_le_dung_cau_hoi}%), {xong_thuc_te} đã giải quyết trên thực tế ({ty_le_xong_thuc_te}%).",
            _has("danh_gia"),
        ),
        Sentence("Doanh nghiệp đề nghị xem xét lại {xem_xet_lai} lần.", _has("xem_xet_lai")),
    ),
)


def told(figures: Figures, ranked: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the paragraphs of the report: what was done, who is behind (``ranked``), what has changed."""
    printed = {name: amount(value) for name, value in figures.items()}
    paragraphs = [
        " ".join(sentence.text.format(**printed) for sentence in group if sentence.when(figures))
        for group in OPENING
    ]
    changes = [compared(figures, ending) for ending in (BEFORE, YEAR_BEFORE)]
    return tuple(filter(None, (*paragraphs, *ranked, *changes)))


def compared(figures: Figures, ending: str) -> str:
    """Return how the period differs from another one, or that there is none to compare with."""
    if figures[f"tiep_nhan_{ending}"] is None:
        return NO_PERIOD_BEFORE[ending]
    parts = [_change(figures, name, ending) for name in CHANGES]
    return f"So với {COMPARED_WITH[ending]}: {'; '.join(parts)}."


def behind(
    by_group: Mapping[Group, Mapping[str, Value]], name_of: Callable[[str], str], *, fields: bool
) -> str:
    """Return which agencies (or fields) have most overdue at the end of the period; empty where none has."""
    counts = {
        (group.field if fields else group.agency): values[Figure.OVERDUE].n
        for group, values in by_group.items()
        if not group.sensitive and Figure.OVERDUE in values and bool(group.field) == fields and any(group[:2])
    }
    worst = sorted(((code, n) for code, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0]))[
        :MOST_NAMED
    ]
    if not worst:
        return ""
    named = ", ".join(f"{name_of(code)} ({amount(n)})" for code, n in worst)
    return f"{'Lĩnh vực' if fields else 'Cơ quan'} còn nhiều phiếu quá hạn nhất: {named}."


def _change(figures: Figures, name: str, ending: str) -> str:
    change = figures[f"{name}_{CHANGE[ending]}"] or 0
    then = amount(figures[f"{name}_{ending}"])
    if not change:
        return f"{CHANGES[name]} không đổi ({then})"
    return f"{CHANGES[name]} {'tăng' if change > 0 else 'giảm'} {amount(abs(change))} (từ {then})"
