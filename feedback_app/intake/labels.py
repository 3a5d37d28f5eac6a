"""Words for who files and for what looks wrong with an identifier."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.intake.rules import Fault, FilerType, Hint

# every type with its name, in the order of the form
FILER_TYPES: dict[FilerType, Any] = {
    FilerType.ENTERPRISE: _l("Doanh nghiệp"),
    FilerType.BRANCH: _l("Chi nhánh, văn phòng đại diện"),
    FilerType.HOUSEHOLD: _l("Hộ kinh doanh"),
    FilerType.COOPERATIVE: _l("Hợp tác xã, liên hiệp hợp tác xã"),
    FilerType.INVESTOR: _l("Nhà đầu tư chưa thành lập doanh nghiệp"),
    FilerType.ASSOCIATION: _l("Hiệp hội, hội doanh nghiệp"),
    FilerType.REPRESENTATIVE: _l("Người đại diện, tổ chức tư vấn được ủy quyền"),
    FilerType.CALLER: _l("Người gọi đường dây nóng (chưa rõ loại hình)"),
}


def hint_text(hint: Hint | None) -> str:
    """Return a sentence that says what to look at, and that it does not block; empty when there is no hint."""
    if hint is None:
        return ""
    said = (
        _shape(hint)
        if hint.fault is not Fault.CHECK_DIGIT
        else _("Chữ số kiểm tra của mã số thuế không khớp.")
    )
    return said + " " + _("Xin xem lại; phiếu vẫn gửi được nếu giữ nguyên.")


def _shape(hint: Hint) -> str:
    rule = _rule(hint.filer_type)
    if hint.fault is Fault.NOT_DIGITS:
        return rule + " " + _("Quý doanh nghiệp đã nhập cả ký tự không phải chữ số.")
    return rule + " " + _("Quý doanh nghiệp đã nhập %(found)s chữ số.", found=hint.found)


def _rule(filer_type: FilerType) -> str:
    if filer_type is FilerType.BRANCH:
        return _(
            "Mã số của chi nhánh, văn phòng đại diện có 13 chữ số (10 chữ số và 3 chữ số sau dấu gạch nối)."
        )
    if filer_type is FilerType.HOUSEHOLD:
        return _("Hộ kinh doanh dùng số định danh cá nhân 12 chữ số.")
    return _("Mã số thuế có 10 chữ số.")
