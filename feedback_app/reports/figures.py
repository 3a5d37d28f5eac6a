"""The figures that a report names: each a count of the snapshot, or one rule away from such counts. Pure.

Sentences, single placeholders of a layout and the table of the whole speak of these names and of no other number.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.reports.listing import Flow, Result
from feedback_app.statistics.figures import Figure, Value

Own = Mapping[str, Value]  # the figures of one group

COUNTS: Mapping[str, str] = {
    "tiep_nhan": Figure.RECEIVED,
    "da_tra_loi": Measure.ANSWERED,
    "dung_han": Figure.IN_TIME,
    "tre_han": Figure.LATE,
    "khong_giai_quyet": Figure.REJECTED,
    "huong_dan_kenh_khac": Figure.REDIRECTED,
    "vuot_tham_quyen": Figure.POLICY_BACKLOG,
    "da_rut": Figure.WITHDRAWN,
    "dang_giai_quyet": Figure.OPEN,
    "qua_han": Figure.OVERDUE,
    "cho_doanh_nghiep": Figure.PAUSED,
    "xem_xet_lai": Figure.DISPUTED,
    "mo_lai_30_ngay": Measure.REOPENED_WITHIN_30_DAYS,
    "danh_gia": Measure.RATED,
    "dung_cau_hoi": Measure.SATISFIED_ANSWERED,
    "xong_thuc_te": Measure.SOLVED_SAYS_ENTERPRISE,
}
DAYS: Mapping[str, str] = {"ngay_trung_vi": Figure.DAYS_MEDIAN, "ngay_p90": Figure.DAYS_P90}
SHARES: Mapping[str, tuple[str, tuple[str, ...]]] = {  # in %, of the sum of the others
    "ty_le_dung_han": ("dung_han", ("dung_han", "tre_han")),
    "ty_le_dung_cau_hoi": ("dung_cau_hoi", ("danh_gia",)),
    "ty_le_xong_thuc_te": ("xong_thuc_te", ("danh_gia",)),
    "ty_le_qua_han": ("qua_han", ("dang_giai_quyet",)),
}
COMPARED = ("tiep_nhan", "da_tra_loi", "ty_le_dung_han", "dang_giai_quyet", "qua_han")
BEFORE, YEAR_BEFORE = "ky_truoc", "nam_truoc"  # endings of names: the figure of that period
CHANGE = {BEFORE: "so_ky_truoc", YEAR_BEFORE: "so_nam_truoc"}
LISTED: Mapping[str, str] = {
    "chuyen_sang": "Phiếu từ kỳ trước chuyển sang (theo danh sách)",
    "phat_sinh": "Phiếu phát sinh trong kỳ, kể cả lần xem xét lại (theo danh sách)",
    "tong_danh_sach": "Cộng danh sách phiếu",
    "ds_da_giai_quyet": "Trong danh sách: đã giải quyết",
    "ds_dang_giai_quyet": "Trong danh sách: đang giải quyết, chưa quá hạn",
    "ds_qua_han": "Trong danh sách: quá hạn",
    "ds_vuot_tham_quyen": "Trong danh sách: vượt thẩm quyền, chờ sửa quy định",
    "ds_khac": "Trong danh sách: không giải quyết, hướng dẫn sang kênh khác, đã rút",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a report may speak of: own figures, those of the periods it is compared with (None: not known), the list."""

    own: Own
    flow: Flow
    before: Own | None = None
    year_before: Own | None = None


def named(known: Known) -> dict[str, float | None]:
    """Return every named figure; None where there were no cases to take it of."""
    found = of_group(known.own) | _of_list(known.flow)
    for ending, other in ((BEFORE, known.before), (YEAR_BEFORE, known.year_before)):
        then = of_group(other) if other is not None else {}
        for name in COMPARED:
            now, was = found[name], then.get(name)
            found[f"{name}_{ending}"] = was
            found[f"{name}_{CHANGE[ending]}"] = None if was is None or now is None else round(now - was, 1)
    return found


def of_group(own: Own) -> dict[str, float | None]:
    """Return the figures of one group: counts, working days, shares in % with one decimal."""
    found: dict[str, float | None] = {name: _count(own, measure) for name, measure in COUNTS.items()}
    for name, measure in DAYS.items():
        found[name] = own[measure].value if measure in own else None
    for name, (part, whole) in SHARES.items():
        found[name] = share(found[part] or 0, sum(found[one] or 0 for one in whole))
    return found


def share(part: float, whole: float) -> float | None:
    """Return ``part`` of ``whole`` in % with one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def _count(own: Own, measure: str) -> int:
    return own[measure].n if measure in own else 0


def _of_list(flow: Flow) -> dict[str, float | None]:
    others = (Result.REJECTED, Result.REDIRECTED, Result.WITHDRAWN)
    return {
        "chuyen_sang": flow.carried,
        "phat_sinh": flow.arisen,
        "tong_danh_sach": flow.total,
        "ds_da_giai_quyet": flow.of(Result.SETTLED),
        "ds_dang_giai_quyet": flow.of(Result.OPEN),
        "ds_qua_han": flow.of(Result.OVERDUE),
        "ds_vuot_tham_quyen": flow.of(Result.BEYOND),
        "ds_khac": flow.of(*others),
    }


def names() -> frozenset[str]:
    """Return every name there is: of single placeholders too."""
    return frozenset(named(Known({}, Flow())))
