"""A conversation as its page shows it: weeks instead of dates, posts instead of names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from feedback_app.confidential.documents import (
    Answers,
    CheckIn,
    CheckInAnswer,
    File,
    Message,
    OutcomeKind,
    State,
)
from feedback_app.confidential.services.conversing import Conversation
from feedback_app.confidential.weeks import week_of
from feedback_app.core import clock
from feedback_app.core.i18n import ngay
from feedback_app.web.sealed.letterbox import checking
from feedback_app.web.sealed.letterbox.attaching import stored_note
from feedback_app.web.sealed.letterbox.checking import Row
from feedback_app.web.sealed.letterbox.draft import YES, Draft
from feedback_app.web.sealed.letterbox.sizes import in_words

REPORTER = "reporter"


@dataclass(frozen=True)
class ShownFile:
    """``place`` is its number among all files of the report."""

    place: int
    name: str
    size: str
    note: str


@dataclass(frozen=True)
class Said:
    who: str
    ours: bool
    when: str
    text: str
    files: tuple[ShownFile, ...]


@dataclass(frozen=True)
class Seen:
    """What the reporter sees."""

    state: str
    closed: bool
    week: str
    rows: tuple[Row, ...]
    story: str
    files: tuple[ShownFile, ...]
    messages: tuple[Said, ...]
    asked: bool  # the last word is a question to the reporter
    opened: tuple[str, ...]
    due: tuple[int, ...]
    outcome: str
    outcome_text: str

    @property
    def all_files(self) -> tuple[ShownFile, ...]:
        return (*self.files, *(file for message in self.messages for file in message.files))


def shown(found: Conversation) -> Seen:
    places = iter(range(2**31))
    files = _files(found.files, places)
    given = iter(found.check_ins)  # each stands in the conversation, too, in the same order
    messages = tuple(_message(message, places, given) for message in found.messages)
    last = found.messages[-1] if found.messages else None
    return Seen(
        state=_state(found.state),
        closed=found.state == State.CLOSED,
        week=week(found.week),
        rows=tuple(checking.answer_rows(_as_draft(found.answers))),
        story=found.story,
        files=files,
        messages=messages,
        asked=last is not None and last.by != REPORTER and last.kind == "question",
        opened=tuple(week(opened) for opened in found.identity_opened),
        due=found.check_ins_due,
        outcome=_outcome(found.outcome.kind) if found.outcome else "",
        outcome_text=found.outcome.text if found.outcome else "",
    )


def week(monday: date) -> str:
    """Return ``tuần này`` or the Monday the week began with."""
    if monday == week_of(clock.today()):
        return _("tuần này")
    return _("tuần từ %(day)s", day=ngay(monday))


def check_in_answers() -> tuple[tuple[CheckInAnswer, str], ...]:
    return (
        (CheckInAnswer.NOTHING, _("Không có gì xảy ra")),
        (CheckInAnswer.BETTER, _("Mọi việc tốt hơn")),
        (CheckInAnswer.PRESSURE, _("Bị gây sức ép, bị hỏi ai đã báo cáo")),
        (CheckInAnswer.RETALIATION, _("Bị trả đũa: hồ sơ bị giữ, bị kiểm tra, bị đe dọa")),
    )


def _files(files: Sequence[File], places: Iterator[int]) -> tuple[ShownFile, ...]:
    return tuple(ShownFile(next(places), file.name, in_words(file.size), stored_note(file)) for file in files)


def _message(message: Message, places: Iterator[int], given: Iterator[CheckIn]) -> Said:
    files = _files(message.files, places)
    text = message.text
    if message.kind == "check_in" and (answer := next(given, None)) is not None:
        text = f"{dict(check_in_answers())[answer.answer]}\n{text}".strip()
    return Said(_who(message), message.by == REPORTER, week(message.week), text, files)


def _who(message: Message) -> str:
    if message.kind == "identity":
        return _("Phong bì danh tính được mở cho người xử lý")
    if message.by != REPORTER:
        return _("Thanh tra hỏi") if message.kind == "question" else _("Thanh tra báo")
    names = {"check_in": _("Bạn cho biết từ khi gửi có gì xảy ra"), "notice": _("Bạn đã rút báo cáo")}
    return names.get(message.kind, _("Bạn trả lời"))


def _state(state: State) -> str:
    return {
        State.NEW: _("Đã nằm trong hòm thư kín, chờ thanh tra mở"),
        State.IN_WORK: _("Thanh tra đã mở và đang xem xét"),
        State.CLOSED: _("Đã kết thúc"),
        State.WITHDRAWN: _("Bạn đã rút"),
    }[state]


def _outcome(kind: OutcomeKind) -> str:
    return {
        OutcomeKind.SUBSTANTIATED: _("Có cơ sở"),
        OutcomeKind.UNSUBSTANTIATED: _("Không có cơ sở"),
        OutcomeKind.INSUFFICIENT: _("Chưa đủ căn cứ để kết luận"),
        OutcomeKind.OUT_OF_SCOPE: _("Không thuộc thẩm quyền"),
        OutcomeKind.HANDED_OUT: _("Đã chuyển sang thủ tục chính thức"),
    }[kind]


def _as_draft(answers: Answers) -> Draft:
    plain = answers.model_dump(exclude={"retaliation", "confidential"})
    return Draft(token="", retaliation=YES if answers.retaliation else "", **plain)
