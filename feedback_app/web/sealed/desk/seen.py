"""What a report's page shows: codes in words, the seats' names, weeks instead of times."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from feedback_app.confidential.documents import Answers, CheckIn, File, Message, Outcome
from feedback_app.confidential.roster import Roster
from feedback_app.confidential.services import opening
from feedback_app.confidential.weeks import is_late
from feedback_app.core.i18n import so
from feedback_app.web.sealed.desk import history, labels
from feedback_app.web.sealed.desk.room import today
from feedback_app.web.sealed.desk.standing import Standing

MEGABYTE, KILOBYTE = 1024 * 1024, 1024


@dataclass(frozen=True)
class FileSeen:
    name: str
    size: str
    note: str
    href: str


@dataclass(frozen=True)
class Said:
    """One entry of the conversation; ``ours``: the Inspectorate speaks."""

    ours: bool
    what: str
    week: str
    text: str
    files: list[FileSeen]


@dataclass(frozen=True)
class Due:
    """A step and the week by whose end it is due; ``over``: that week is past, and it was done."""

    name: str
    week: str
    late: bool
    over: bool


@dataclass(frozen=True)
class Seen:
    """One report in words."""

    at: Standing
    id: str
    short: str
    version: int
    week: str
    state: str
    stage: str
    tone: tuple[str, str]
    handler: str
    answers: list[tuple[str, str]]
    files: list[FileSeen]
    talk: list[Said]
    check_ins: list[tuple[str, str, str]]
    history: list[history.Entry]
    points: int
    reasons: list[str]
    dues: list[Due]
    links: list[tuple[str, str]]
    readers: list[str]
    shut: list[str]
    outcome: tuple[str, str, str] | None

    @property
    def late(self) -> bool:
        return any(due.late for due in self.dues)

    @property
    def heading(self) -> str:
        return str(_("Báo cáo %(short)s", short=self.short))


def seen(at: Standing) -> Seen:
    """Return the opened report in words of the page's language."""
    row, answers, shared, working = at.opened.row, at.opened.answers, at.opened.shared, at.opened.working
    files = _files(row.id, shared.all_files())
    line = opening.row_of(at.opened, today())
    return Seen(
        at=at,
        id=row.id,
        short=labels.short(row.id),
        version=row.version,
        week=labels.week(row.week),
        state=str(labels.STATES[row.state]),  # type: ignore[index]
        stage=str(labels.STAGES[working.stage]),
        tone=labels.TONES[working.stage],
        handler=labels.seat(at.roster, working.handler) if working.handler else "",
        answers=rows(answers, at),
        files=files[: len(shared.files)],
        talk=_talk(shared.messages, files[len(shared.files) :]),
        check_ins=_check_ins(shared.check_ins),
        history=history.entries(working.notes, at.roster, at.links),
        points=line.score.points,
        reasons=[reason(code) for code in line.score.reasons],
        dues=_dues(line),
        links=[(other, labels.short(other)) for other in at.links],
        readers=[seat.name for seat in at.readers],
        shut=_names(at.roster, (*shared.excluded, *working.recused)),
        outcome=_outcome(shared.outcome),
    )


def rows(answers: Answers, at: Standing) -> list[tuple[str, str]]:
    """Return the closed answers as (question, answer), those that were given."""
    on = at.opened.row.week
    found = [
        (str(_("Về ai")), labels.unit(answers.unit)),
        (str(_("Cơ quan")), labels.agency(answers.agency, on)),
        (str(_("Lĩnh vực")), labels.field(answers.field)),
        (str(_("Thủ tục")), labels.procedure(answers.procedure)),
        *((str(labels.QUESTIONS[name]), _chosen(name, getattr(answers, name))) for name in labels.QUESTIONS),
        (str(_("Đã bị trả đũa")), str(_("Có")) if answers.retaliation else ""),
        (
            str(_("Danh tính")),
            str(_("Giao cho người giữ danh tính")) if answers.confidential else str(_("Ẩn danh")),
        ),
    ]
    return [(label, value) for label, value in found if value]


def _chosen(question: str, given: str | tuple[str, ...]) -> str:
    codes = (given,) if isinstance(given, str) else given
    return "; ".join(labels.choice(question, code) for code in codes if code)


def reason(code: str) -> str:
    """Return why a report scored: the question's answer in words."""
    if code == "retaliation":
        return str(_("Đã bị trả đũa"))
    question, _dot, answer = code.partition(".")
    return labels.choice(question, answer)


def _files(report_id: str, files: Iterable[File]) -> list[FileSeen]:
    return [
        FileSeen(
            file.name, size(file.size), _note(file), url_for("desk.file", report_id=report_id, index=index)
        )
        for index, file in enumerate(files)
    ]


def size(plain: int) -> str:
    """Return ``1,2 MB`` or ``820 KB`` for a number of bytes."""
    if plain >= MEGABYTE:
        return f"{so(plain / MEGABYTE, 1)} MB"
    return f"{so(max(plain // KILOBYTE, 1))} KB"


def _note(file: File) -> str:
    if file.original:
        return str(_("bản gốc, còn nguyên dữ liệu ẩn: không gửi ra ngoài"))
    if file.removed:
        return str(_("đã xóa dữ liệu ẩn"))
    return ""


def _talk(messages: Iterable[Message], files: list[FileSeen]) -> list[Said]:
    """Return the conversation; ``files`` are those of its entries, in their order."""
    said, waiting = [], iter(files)
    for message in messages:
        attached = [next(waiting) for _file in message.files]
        ours = message.by == "inspector"
        said.append(Said(ours, _kind(message), labels.week(message.week), message.text, attached))
    return said


def _kind(message: Message) -> str:
    return {
        "question": str(_("Câu hỏi")),
        "answer": str(_("Trả lời")),
        "notice": str(_("Thông báo")) if message.by == "inspector" else str(_("Người báo cáo rút báo cáo")),
        "check_in": str(_("Trả lời hỏi thăm")),
        "identity": str(_("Danh tính được mở")),
        "extension": str(_("Gia hạn giải quyết")),
        "referred": str(_("Chuyển cơ quan có thẩm quyền")),
    }.get(message.kind, message.kind)


def _check_ins(given: Iterable[CheckIn]) -> list[tuple[str, str, str]]:
    return [
        (str(_("Sau %(days)s ngày", days=one.days)), str(labels.CHECK_INS[one.answer]), labels.week(one.week))
        for one in given
    ]


def _dues(line: opening.Row) -> list[Due]:
    return [
        Due(str(labels.STEPS[step]), labels.week(week), step in line.late, is_late(week, today()))
        for step, week in line.due.items()
    ]


def _outcome(outcome: Outcome | None) -> tuple[str, str, str] | None:
    if outcome is None:
        return None
    return str(labels.OUTCOMES[outcome.kind]), outcome.text, labels.week(outcome.week)


def _names(roster: Roster, seats: Iterable[str]) -> list[str]:
    return [labels.seat(roster, seat_id) for seat_id in seats]
