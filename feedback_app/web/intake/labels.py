"""Words of the filing pages that are neither in a form nor in a template."""

from flask_babel import gettext as _

from feedback_app.catalogue.packs.agencies import AgencyType
from feedback_app.core.i18n import so


def other_channels() -> dict[str, str]:
    """Return where else the same matter may have been filed, by code."""
    return {
        "pakn": _("Hệ thống phản ánh, kiến nghị của tỉnh"),
        "pakn_national": _("Hệ thống phản ánh, kiến nghị quốc gia"),
        "hotline": _("Tổng đài, đường dây nóng"),
        "letter": _("Công văn, đơn gửi trực tiếp"),
        "dialogue": _("Hội nghị đối thoại, gặp gỡ doanh nghiệp"),
        "other": _("Kênh khác"),
    }


def agency_types() -> dict[AgencyType, str]:
    return {
        AgencyType.PROVINCIAL: _("Sở, ban, ngành của tỉnh"),
        AgencyType.CENTRAL_VERTICAL: _("Cơ quan ngành dọc trung ương trên địa bàn"),
        AgencyType.DISTRICT: _("Ủy ban nhân dân cấp huyện"),
        AgencyType.COMMUNE: _("Ủy ban nhân dân cấp xã"),
        AgencyType.OTHER: _("Đơn vị khác"),
    }


def size(count: int) -> str:
    """Return a file size as people read it."""
    return _("%(kb)s KB", kb=max(1, round(count / 1024))) if count < 1024 * 1024 else _megabytes(count)


def _megabytes(count: int) -> str:
    return _("%(mb)s MB", mb=so(count / 1024 / 1024, 1))
