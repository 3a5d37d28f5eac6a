"""Everything an inspector can do with an opened report: one row an act, one page for all of them."""

from flask_babel import lazy_gettext as _l

from feedback_app.web.sealed.desk.acts.ending import END, HAND_OUT
from feedback_app.web.sealed.desk.acts.handling import WORK
from feedback_app.web.sealed.desk.acts.keeping import KEEP
from feedback_app.web.sealed.desk.acts.shape import FULL, Act
from feedback_app.web.sealed.desk.acts.talking import TALK
from feedback_app.web.sealed.desk.standing import Standing

__all__ = ["ACTS", "DONE", "FULL", "Act", "menu"]

ACTS = (*TALK, *WORK, *END, HAND_OUT, *KEEP)
DONE = {act.code: act.done for act in ACTS} | {
    "answer_identity": _l("Đã trả lời đề nghị mở danh tính."),
}


def menu(at: Standing) -> dict[str, list[Act]]:
    """Return the acts that are offered, by group."""
    groups: dict[str, list[Act]] = {}
    for act in ACTS:
        if act.offered(at):
            groups.setdefault(act.group, []).append(act)
    return groups
