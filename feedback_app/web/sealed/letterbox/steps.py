"""The way of a report, one question a screen: which screens there are, in which order, and when one may go on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from feedback_app.catalogue import packs
from feedback_app.confidential import questions
from feedback_app.confidential.documents import LONGEST_STORY
from feedback_app.web.sealed.letterbox.asking import asked
from feedback_app.web.sealed.letterbox.draft import Draft

CHOICE = "choice"
Faults = dict[str, str]  # what stands wrong: field → what to do
LONGEST: Mapping[str, int] = {"name": 200, "tax_code": 20, "person": 120, "contact": 200, "proof": 300}


def _always(_draft: Draft) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """One screen: ``part`` of the way it counts to, ``page`` that shows it, ``applies`` to this draft or not."""

    code: str
    part: int
    page: str = CHOICE
    applies: Callable[[Draft], bool] = _always


def _has_agencies(draft: Draft) -> bool:
    return bool(asked("agency", draft).options)


def _has_procedures(draft: Draft) -> bool:
    return bool(packs.shipped().fields.procedures_of(draft.field))


STEPS = (
    Step("unit", 1),
    Step("body", 1, "body"),
    Step("before", 1, "before"),
    Step("identity", 2),
    Step("who", 2, "who", lambda draft: draft.confidential),
    Step("excluded", 2, "excluded"),
    Step("agency", 3, applies=_has_agencies),
    Step("field", 3),
    Step("procedure", 3, applies=_has_procedures),
    Step("step", 3),
    Step("asked", 3),
    Step("amount", 3),
    Step("paid", 3),
    Step("when", 3),
    Step("often", 3),
    Step("who_post", 3),
    Step("retaliation", 3),
    Step("story", 4, "story"),
    Step("files", 5, "files"),
    Step("promise", 6, "promise"),
    Step("check", 6, "check"),
)
PARTS = 6
_BY_CODE = {step.code: step for step in STEPS}


def part_title(part: int) -> str:
    return (
        _("Nơi nhận"),
        _("Danh tính của bạn"),
        _("Sự việc"),
        _("Kể lại"),
        _("Tài liệu"),
        _("Kiểm tra và gửi"),
    )[part - 1]


def step(code: str) -> Step:
    """Return the screen; the first one when there is none of that name."""
    return _BY_CODE.get(code, STEPS[0])


def way(draft: Draft) -> tuple[Step, ...]:
    return tuple(one for one in STEPS if one.applies(draft))


def following(draft: Draft) -> Draft:
    """Return the draft at the next screen; from a change of one answer back at the check."""
    if draft.returning:
        return draft.but(at=first_open(draft))
    return draft.but(at=_beside(draft, 1))


def going_back(draft: Draft) -> Draft:
    if draft.returning:
        return draft.but(at=first_open(draft))
    return draft.but(at=_beside(draft, -1))


def first_open(draft: Draft) -> str:
    """Return the first screen that still needs something, the check when none does."""
    return next((one.code for one in way(draft) if faults(one.code, draft)), "check")


def _beside(draft: Draft, distance: int) -> str:
    codes = [one.code for one in way(draft)]
    here = codes.index(draft.at) if draft.at in codes else 0
    return codes[max(0, min(len(codes) - 1, here + distance))]


def faults(code: str, draft: Draft) -> Faults:
    """Return what keeps this screen from being left forwards; ``writing`` checks the seats that are kept out."""
    if step(code).page == CHOICE:
        return _choice_faults(code, draft)
    own = {"body": _body_faults, "who": _who_faults, "story": _story_faults}.get(code)
    return own(draft) if own else {}


def _choice_faults(code: str, draft: Draft) -> Faults:
    question = asked(code, draft)
    given = getattr(draft, code)
    chosen = given if isinstance(given, tuple) else (given,) if given else ()
    if (not chosen and not question.optional) or not set(chosen) <= question.codes:
        return {code: _("Xin chọn một câu trả lời trong danh sách.")}
    return {}


def _body_faults(draft: Draft) -> Faults:
    if draft.unit and not questions.shipped().competent(draft.unit).hosted:
        return {"body": _("Hệ thống này không nhận báo cáo về đơn vị đó.")}
    return {}


def _who_faults(draft: Draft) -> Faults:
    found = {
        field: _("Tối đa %(most)s ký tự.", most=most)
        for field, most in LONGEST.items()
        if len(getattr(draft, field)) > most
    }
    if not draft.name and not draft.person:
        found["name"] = _("Xin ghi tên doanh nghiệp hoặc họ tên, hoặc quay lại và chọn ẩn danh.")
    if not draft.contact:
        found["contact"] = _("Xin ghi một cách liên hệ mà bạn tin là an toàn.")
    return found


def _story_faults(draft: Draft) -> Faults:
    if not draft.story.strip():
        return {"story": _("Xin kể lại sự việc, dù chỉ vài dòng.")}
    if len(draft.story) > LONGEST_STORY:
        return {
            "story": _(
                "Phần kể lại dài %(length)s ký tự, tối đa %(most)s. Xin rút gọn hoặc gửi phần còn lại dưới dạng tệp.",
                length=len(draft.story),
                most=LONGEST_STORY,
            )
        }
    return {}
