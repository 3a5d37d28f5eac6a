"""What inspectors have noted on a report, in words; nobody but its readers sees it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.confidential.documents import Note
from feedback_app.confidential.roster import Roster
from feedback_app.web.sealed.desk import forms, labels

KINDS = {
    "received": (_l("Mở lần đầu"), "lock"),
    "question": (_l("Hỏi người báo cáo"), "chat"),
    "notice": (_l("Thông báo cho người báo cáo"), "chat"),
    "note": (_l("Ghi chú"), "file"),
    "assessment": (_l("Phân loại, đánh giá"), "check"),
    "assignment": (_l("Giao xử lý"), "user"),
    "taking": (_l("Nhận xử lý"), "user"),
    "review": (_l("Bắt đầu xem xét"), "eye"),
    "extension": (_l("Gia hạn"), "clock"),
    "link": (_l("Liên kết báo cáo"), "copy"),
    "unlink": (_l("Bỏ liên kết báo cáo"), "copy"),
    "referral": (_l("Chuyển cơ quan có thẩm quyền"), "next"),
    "hand_out": (_l("Đưa ra khỏi hệ thống"), "lock"),
    "closing": (_l("Kết luận"), "check"),
    "recusal": (_l("Từ chối vì xung đột lợi ích"), "close"),
    "hand_over": (_l("Bàn giao"), "next"),
    "identity_asked": (_l("Đề nghị mở danh tính"), "eye"),
    "identity_opened": (_l("Mở danh tính cho người đã hỏi"), "eye"),
    "identity_refused": (_l("Không mở danh tính"), "close"),
    "identity_checked": (_l("Người giữ danh tính kiểm tra danh tính"), "eye"),
    "export_asked": (_l("Đề nghị xuất hồ sơ"), "download"),
    "export_approved": (_l("Đồng ý xuất hồ sơ"), "download"),
    "export": (_l("Xuất hồ sơ"), "download"),
}


@dataclass(frozen=True)
class Entry:
    """One line of the history; ``facts`` are codes put into words."""

    what: str
    icon: str
    who: str
    week: str
    text: str
    facts: list[str]


def entries(notes: Iterable[Note], roster: Roster, links: Collection[str]) -> list[Entry]:
    """Return the history, the newest first, without links to what the reader does not read."""
    seen = [note for note in notes if note.facts.get("other") in {None, *links}]
    return [_entry(note, roster) for note in reversed(seen)]


def _entry(note: Note, roster: Roster) -> Entry:
    name, icon = KINDS.get(note.kind, (note.kind, "info"))
    facts = [fact for fact in _facts(note, roster) if fact]
    return Entry(str(name), icon, labels.seat(roster, note.by), labels.week(note.week), note.text, facts)


def _facts(note: Note, roster: Roster) -> Iterator[str]:
    for name, value in note.facts.items():
        if name in forms.CRITERIA:
            yield f"{forms.CRITERIA[name]}: {forms.LEVELS.get(value, value)}"
        elif roster.seat(value):
            yield labels.seat(roster, value)
        else:
            yield _fact(name, value)


def _fact(name: str, value: str) -> str:
    if name == "weeks":
        return str(_("thêm %(weeks)s tuần", weeks=value))
    if name == "crime":
        return str(_("có dấu hiệu tội phạm")) if value == "yes" else ""
    if name == "outcome":
        return str(labels.OUTCOMES.get(value, value))  # type: ignore[call-overload]
    if name == "other":
        return labels.short(value)
    return value
