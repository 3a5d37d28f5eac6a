"""Lines of an inbox in the reader's language: the number of the ticket, nothing of what is in it."""

from dataclasses import dataclass

from flask_babel import gettext as _

from feedback_app.notifications.rules import Kind
from feedback_app.tickets.labels import ENTRY_ICONS, PLAIN
from feedback_app.tickets.timeline import Entry


@dataclass(frozen=True, slots=True)
class Sign:
    """Tone and icon beside a line."""

    tone: str
    icon: str


SIGNS: dict[Kind, Sign] = {
    Kind.ANSWERED: Sign("intime", "check"),
    Kind.ASKED: Sign("soon", "pause"),
    Kind.ASSIGNED: Sign("waiting", "next"),
    Kind.CLOSED: Sign("neutral", "lock"),
    Kind.DISPUTED: Sign("late", "alert"),
    Kind.DUE_SOON: Sign("soon", "clock"),
    Kind.DUE_TODAY: Sign("soon", "clock"),
    Kind.OVERDUE: Sign("late", "alert"),
    Kind.PART_DUE_SOON: Sign("soon", "clock"),
    Kind.PART_DUE_TODAY: Sign("soon", "clock"),
    Kind.PART_OVERDUE: Sign("late", "alert"),
    Kind.REPLIED: Sign("waiting", "chat"),
    Kind.REQUEST_DUE_SOON: Sign("soon", "clock"),
    Kind.REQUEST_DUE_TODAY: Sign("soon", "clock"),
    Kind.REQUEST_OVERDUE: Sign("late", "alert"),
    Kind.TRIAGE: Sign("waiting", "search"),
}


def sign_of(kind: str) -> Sign:
    """Return tone and icon; news of a line of the history have the icon of that line."""
    return SIGNS[Kind(kind)] if kind in set(Kind) else Sign("waiting", ENTRY_ICONS[Entry(kind)])


def line(kind: str, code: str) -> str:
    """Return what the line says; ``kind`` is a ``Kind``, or the line of the history that there is news of."""
    if kind not in set(Kind):
        return str(_("Phiếu %(code)s: %(news)s", code=code, news=PLAIN[Entry(kind)]))
    texts = {
        Kind.ANSWERED: _("Phiếu %(code)s đã có văn bản trả lời", code=code),
        Kind.ASKED: _("Cơ quan giải quyết đề nghị bổ sung hồ sơ cho phiếu %(code)s", code=code),
        Kind.ASSIGNED: _("Phiếu %(code)s được giao cho cơ quan của Ông/Bà", code=code),
        Kind.CLOSED: _("Phiếu %(code)s đã đóng vì hết thời gian đánh giá", code=code),
        Kind.DISPUTED: _("Doanh nghiệp đề nghị xem xét lại phiếu %(code)s", code=code),
        Kind.DUE_SOON: _("Phiếu %(code)s sắp đến hạn trả lời", code=code),
        Kind.DUE_TODAY: _("Phiếu %(code)s đã đến hạn trả lời", code=code),
        Kind.OVERDUE: _("Phiếu %(code)s đã quá hạn trả lời", code=code),
        Kind.PART_DUE_SOON: _("Phiếu %(code)s: phần việc của cơ quan sắp đến hạn", code=code),
        Kind.PART_DUE_TODAY: _("Phiếu %(code)s: phần việc của cơ quan đã đến hạn", code=code),
        Kind.PART_OVERDUE: _("Phiếu %(code)s: phần việc của cơ quan đã quá hạn", code=code),
        Kind.REPLIED: _("Doanh nghiệp đã bổ sung hồ sơ cho phiếu %(code)s", code=code),
        Kind.REQUEST_DUE_SOON: _("Đề nghị quý cơ quan quan tâm phiếu %(code)s, sắp đến hạn", code=code),
        Kind.REQUEST_DUE_TODAY: _("Đề nghị quý cơ quan quan tâm phiếu %(code)s, hôm nay đến hạn", code=code),
        Kind.REQUEST_OVERDUE: _("Đề nghị quý cơ quan quan tâm phiếu %(code)s, đã quá hạn", code=code),
        Kind.TRIAGE: _("Phiếu %(code)s chờ phân loại và chuyển cơ quan giải quyết", code=code),
    }
    return str(texts[Kind(kind)])


def heading(kind: str) -> str:
    """Return what the mail of the morning says above the numbers of the tickets."""
    headings = {
        Kind.ANSWERED: _("Đã có văn bản trả lời"),
        Kind.ASKED: _("Đề nghị bổ sung hồ sơ"),
        Kind.ASSIGNED: _("Mới được giao"),
        Kind.CLOSED: _("Đã đóng"),
        Kind.DISPUTED: _("Doanh nghiệp đề nghị xem xét lại"),
        Kind.DUE_SOON: _("Sắp đến hạn trả lời"),
        Kind.DUE_TODAY: _("Đến hạn trả lời hôm nay"),
        Kind.OVERDUE: _("Đã quá hạn trả lời"),
        Kind.PART_DUE_SOON: _("Phần việc sắp đến hạn"),
        Kind.PART_DUE_TODAY: _("Phần việc đến hạn hôm nay"),
        Kind.PART_OVERDUE: _("Phần việc đã quá hạn"),
        Kind.REPLIED: _("Doanh nghiệp đã bổ sung hồ sơ"),
        Kind.REQUEST_DUE_SOON: _("Đề nghị quan tâm, sắp đến hạn"),
        Kind.REQUEST_DUE_TODAY: _("Đề nghị quan tâm, hôm nay đến hạn"),
        Kind.REQUEST_OVERDUE: _("Đề nghị quan tâm, đã quá hạn"),
        Kind.TRIAGE: _("Chờ phân loại và chuyển cơ quan giải quyết"),
    }
    return str(headings[Kind(kind)] if kind in set(Kind) else PLAIN[Entry(kind)])
