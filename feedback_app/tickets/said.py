"""Lines of history that depend on what the province said, or on what became of a proposal."""

from typing import Any

from flask_babel import gettext as _

from feedback_app.tickets.timeline import Entry


def of_papers(entry: Entry, data: dict[str, Any]) -> str:
    """Return what a word of the province, or the end of a proposal, is told as; empty where nothing is known of it."""
    code = data.get("code", "")
    told = {
        (Entry.INSTRUCTED, "remind"): _("Cấp tỉnh đôn đốc giải quyết phiếu"),
        (Entry.INSTRUCTED, "direct"): _("Lãnh đạo UBND tỉnh yêu cầu trình văn bản chỉ đạo"),
        (Entry.INSTRUCTED, "convene"): _("Cấp tỉnh yêu cầu mời các bên họp để giải quyết"),
        (Entry.INSTRUCTED, "extend"): _("Cấp tỉnh yêu cầu xem xét gia hạn trước khi quá hạn"),
        (Entry.DIRECTED, "request"): _(
            "UBND tỉnh đã có văn bản đề nghị cơ quan ngành dọc trung ương giải quyết"
        ),
        (Entry.DIRECTED, "conclusion"): _("Đã có Thông báo kết luận của UBND tỉnh"),
        (Entry.RULE_CHANGED, "changed"): _("Quy định theo kiến nghị %(code)s đã được sửa", code=code),
        (Entry.RULE_CHANGED, "declined"): _(
            "Kiến nghị sửa quy định %(code)s không được chấp nhận", code=code
        ),
    }
    which = data.get("document") or data.get("outcome") or data.get("deed") or ""
    return str(told.get((entry, str(which)), ""))
