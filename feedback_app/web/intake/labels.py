"""Words of the filing pages that are neither in a form nor in a template."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.catalogue.packs.agencies import AgencyType
from feedback_app.core.i18n import so

# where else the same matter may have been filed, by code
OTHER_CHANNELS: dict[str, Any] = {
    "pakn": _l("Hệ thống phản ánh, kiến nghị của tỉnh"),
    "pakn_national": _l("Hệ thống phản ánh, kiến nghị quốc gia"),
    "hotline": _l("Tổng đài, đường dây nóng"),
    "letter": _l("Công văn, đơn gửi trực tiếp"),
    "dialogue": _l("Hội nghị đối thoại, gặp gỡ doanh nghiệp"),
    "other": _l("Kênh khác"),
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
