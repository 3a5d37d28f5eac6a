"""The list of reports that this seat can open; others are not in it, not even as a number."""

from dataclasses import dataclass

from flask import render_template, request
from flask_babel import lazy_gettext as _l

from feedback_app.confidential import store
from feedback_app.confidential.documents import Stage, State
from feedback_app.confidential.services import opening
from feedback_app.confidential.services.opening import Row
from feedback_app.confidential.weeks import Step
from feedback_app.web.sealed.desk import labels
from feedback_app.web.sealed.desk.acts import DONE
from feedback_app.web.sealed.desk.room import desk, here, today
from feedback_app.web.sealed.desk.standing import OVER

PAGE = 50
VIEWS = {
    "open": _l("Đang mở"),
    "mine": _l("Tôi xử lý"),
    "late": _l("Trễ hạn"),
    "done": _l("Đã xong"),
}


@dataclass(frozen=True)
class Line:
    """One report in the list, in words."""

    row: Row
    short: str
    week: str
    state: str
    tone: tuple[str, str]
    field: str
    agency: str
    amount: str
    handler: str
    due: str
    opened: bool


@desk.get("/")
def queue() -> str:
    view = request.args.get("view", "open")
    view = view if view in VIEWS else "open"
    damaged: list[str] = []
    rows = opening.queue(store.session(), here(), on=today(), damaged=damaged)
    sorted_in = {name: [row for row in rows if belongs(row, name)] for name in VIEWS}
    shown, page, pages = _page(sorted(sorted_in[view], key=urgency))
    return render_template(
        "sealed/desk/queue.html",
        tabs=[(name, label, len(sorted_in[name])) for name, label in VIEWS.items()],
        view=view,
        lines=[_line(row) for row in shown],
        page=page,
        pages=pages,
        damaged=[labels.short(report_id) for report_id in damaged],
        done=DONE.get(request.args.get("done", "")),
    )


def belongs(row: Row, view: str) -> bool:
    """Return whether the report stands in that part of the list."""
    over = row.stage in OVER or row.state in {State.CLOSED, State.WITHDRAWN}
    if view == "done":
        return over
    if view == "mine":
        return not over and row.handler == here().seat.id
    return not over and (bool(row.late) or view == "open")


def urgency(row: Row) -> tuple[bool, int, str, str]:
    """Return the place in the list: late ones, then the most points, then the oldest."""
    return not row.late, -row.score.points, row.week.isoformat(), row.id


def _page(rows: list[Row]) -> tuple[list[Row], int, int]:
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(request.args.get("page", 1, int), 1), pages)
    return rows[(page - 1) * PAGE : page * PAGE], page, pages


def _line(row: Row) -> Line:
    answers = row.answers
    return Line(
        row=row,
        short=labels.short(row.id),
        week=labels.week(row.week),
        state=str(
            labels.STAGES[row.stage] if row.state != State.WITHDRAWN else labels.STATES[State.WITHDRAWN]
        ),
        tone=labels.TONES[row.stage] if row.state != State.WITHDRAWN else ("neutral", "close"),
        field=labels.field(answers.field),
        agency=labels.agency(answers.agency, row.week) or labels.unit(answers.unit),
        amount=labels.choice("amount", answers.amount) if answers.amount else "",
        handler=labels.seat(here().roster, row.handler) if row.handler else "",
        due=_due(row),
        opened=row.id in here().opened,
    )


def _due(row: Row) -> str:
    """Return the week by which the next step is due."""
    if row.stage in OVER:
        return ""
    step = Step.TRIAGED if row.stage is Stage.RECEIVED else Step.SETTLED
    return labels.week(row.due[step])
