"""Where information that others collated comes from (decision 1814/QĐ-UBND, task 43)."""

from flask_babel import force_locale
from flask_babel import gettext as _

from feedback_app.web.sealed.letterbox.asking import Option


def channels() -> tuple[Option, ...]:
    return (
        Option("national", _("Hệ thống phản ánh, kiến nghị quốc gia")),
        Option("provincial", _("Hệ thống phản ánh, kiến nghị của tỉnh")),
        Option("survey", _("Khảo sát mức độ hài lòng")),
        Option("hotline", _("Đường dây nóng, tiếp công dân")),
        Option("other", _("Nguồn khác")),
    )


def source(code: str) -> str:
    """Return the channel as the report keeps it: in Vietnamese, the language of the file."""
    with force_locale("vi"):
        return next((option.label for option in channels() if option.code == code), "")
