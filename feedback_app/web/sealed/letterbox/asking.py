"""The closed questions as pages show them: wording, choices, and what must be said before."""

from dataclasses import dataclass
from functools import cache

from flask_babel import gettext as _

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs.shape import LocalText
from feedback_app.confidential import questions
from feedback_app.core import clock
from feedback_app.web.sealed.letterbox.draft import ANONYMOUS, CONFIDENTIAL, YES, Draft, language

PACKED = ("step", "asked", "amount", "paid", "when", "often", "who_post")
LONG_LIST = 12  # more choices than fit on a phone's screen: one list to open instead


@dataclass(frozen=True)
class Option:
    code: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Asked:
    """One question of a screen; ``before`` names a text of the pack that is shown above it."""

    code: str
    text: str
    options: tuple[Option, ...]
    help: str = ""
    many: bool = False
    optional: bool = True
    before: str = ""

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(option.code for option in self.options)

    @property
    def folded(self) -> bool:
        return not self.many and len(self.options) > LONG_LIST


@dataclass(frozen=True)
class Told:
    """A text of the pack in the reader's language, with its law and whether somebody has checked it."""

    text: str
    law: str
    confirmed: bool


def said(code: str) -> Told:
    found = questions.shipped().said(code)
    return Told(found.text.in_language(language()), found.law or "", found.confirmed)


def asked(code: str, draft: Draft) -> Asked:
    """Return the question ``code`` for this draft. Raises LookupError when there is none of that name."""
    if code in PACKED:
        return _of_the_pack(code)
    makers = {
        "unit": _unit,
        "identity": _identity,
        "agency": _agency,
        "field": _field,
        "procedure": _procedure,
        "retaliation": _retaliation,
    }
    return makers[code](draft)


def _of_the_pack(code: str) -> Asked:
    question = questions.shipped().question(code)
    return Asked(
        code,
        _in(question.text),
        tuple(Option(choice.code, _in(choice.name)) for choice in question.choices),
        _in(question.help),
        many=question.many,
        optional=question.optional,
        before=question.before or "",
    )


def _unit(_draft: Draft) -> Asked:
    units = questions.shipped().units
    return Asked(
        "unit",
        _("Bạn muốn báo cáo về ai?"),
        tuple(Option(unit.code, _in(unit.name), _in(unit.help)) for unit in units),
        _(
            "Từ câu trả lời này, trang sau cho biết cơ quan nào nhận và đọc báo cáo, trước khi bạn viết một chữ nào."
        ),
        optional=False,
    )


def _identity(_draft: Draft) -> Asked:
    keep = _(
        "Tên và cách liên hệ nằm trong phong bì riêng. Người xử lý vụ việc không mở được; chỉ người giữ danh tính "
        "mở được, khi có lý do, và bạn sẽ biết vào tuần nào."
    )
    none = _(
        "Không ai biết bạn là ai. Thanh tra chỉ hỏi lại được qua mã nhận, và khó bảo vệ một người mà họ không biết."
    )
    return Asked(
        "identity",
        _("Bạn muốn báo cáo theo cách nào?"),
        (
            Option(CONFIDENTIAL, _("Giữ kín tên: để lại tên trong phong bì riêng"), keep),
            Option(ANONYMOUS, _("Ẩn danh: không để lại tên"), none),
        ),
        optional=False,
    )


def _agency(draft: Draft) -> Asked:
    codes = questions.shipped().unit(draft.unit).agencies if draft.unit else ()
    return Asked("agency", _("Đó là cơ quan nào?"), tuple(Option(code, agency_name(code)) for code in codes))


def _field(_draft: Draft) -> Asked:
    fields = packs.shipped().fields.fields
    return Asked(
        "field", _("Việc đó thuộc lĩnh vực nào?"), tuple(Option(f.code, _in(f.name)) for f in fields)
    )


def _procedure(draft: Draft) -> Asked:
    found = packs.shipped().fields.procedures_of(draft.field)
    return Asked(
        "procedure", _("Khi làm thủ tục nào?"), tuple(Option(entry.code, _in(entry.name)) for entry in found)
    )


def _retaliation(_draft: Draft) -> Asked:
    return Asked(
        "retaliation",
        _("Bạn có bị đe dọa, trả đũa hoặc sợ bị trả đũa không?"),
        (Option(YES, _("Có")), Option("no", _("Không"))),
        before="protection",
    )


@cache
def _agency_names() -> dict[str, LocalText]:
    today = clock.today()
    agencies = packs.shipped().agencies.agencies
    return {a.code: a.named(min(today, a.valid_to) if a.valid_to else today).name for a in agencies}


def agency_name(code: str) -> str:
    """Return the agency's present name, of one that has ended its last; the code when nobody knows it."""
    found = _agency_names().get(code)
    return found.in_language(language()) if found else code


def _in(text: LocalText | None) -> str:
    return text.in_language(language()) if text else ""


def body_of(draft: Draft) -> str:
    """Return the code of the competent body."""
    return questions.shipped().competent(draft.unit).code
