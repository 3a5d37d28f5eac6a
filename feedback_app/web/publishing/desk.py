"""The list of what is on its way, one proposal with all that was found and changed, and the decisions on it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import HiddenField

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.library import policy, queries
from feedback_app.library.lifecycle import Status
from feedback_app.library.models import LibraryAnswer
from feedback_app.library.redaction import Kind
from feedback_app.library.services import deciding
from feedback_app.tickets.queries import by_id
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.intake.fields import Prose
from feedback_app.web.numbers import number
from feedback_app.web.presenting.library import KINDS, PARTS, answer_view, answer_views
from feedback_app.web.publishing import blueprint

SIZE = 30
TABS = {
    "cho": (_l("Đang chờ"), (Status.WAITING,)),
    "cong-bo": (_l("Đã công bố"), (Status.PUBLISHED,)),
    "lam-lai": (_l("Cần làm lại"), (Status.EXPIRED, Status.REFUSED)),
    "khac": (_l("Đã gỡ, không đồng ý"), (Status.WITHDRAWN, Status.OBJECTED)),
}


class SeenForm(FlaskForm):
    seen = HiddenField()


class NoteForm(FlaskForm):
    note = Prose(_l("Lý do"), required=_l("Xin nêu lý do."), longest=1000)


@blueprint.get("/")
def index() -> str:
    tab = request.args.get("muc", "cho")
    tab = tab if tab in TABS else "cho"
    rows = queries.desk(
        db.session(), actor(), TABS[tab][1], before=number(request.args, "truoc"), size=SIZE + 1
    )
    return render_template(
        "publishing/index.html",
        tab=tab,
        tabs=[(name, str(label)) for name, (label, _statuses) in TABS.items()],
        rows=[(view, _waits(row)) for row, view in zip(rows, answer_views(rows, loaded()), strict=True)][
            :SIZE
        ],
        older=rows[SIZE - 1].id if len(rows) > SIZE else None,
    )


@blueprint.get("/phieu/<code>")
def answer(code: str) -> str:
    return _page(code, NoteForm(formdata=None))


@blueprint.post("/phieu/<code>/duyet")
def approve(code: str) -> Response:
    seen = number(request.form, "seen") or 0
    with unit_of_work() as session:
        deciding.approve(session, queries.on_desk(session, actor(), code), seen, by=actor(), at=clock.now())
    flash(_("Đã công bố câu trả lời."), "success")
    return redirect(url_for("publishing.answer", code=code))


@blueprint.post("/phieu/<code>/tra-lai")
def refuse(code: str) -> str | Response:
    form = NoteForm()
    if not form.validate():
        return _page(code, form)
    with unit_of_work() as session:
        row = queries.on_desk(session, actor(), code)
        deciding.refuse(session, row, form.note.data or "", by=actor(), at=clock.now())
    flash(_("Đã trả lại người đề nghị."), "success")
    return redirect(url_for("publishing.answer", code=code))


@blueprint.post("/phieu/<code>/go")
def withdraw(code: str) -> str | Response:
    form = NoteForm()
    if not form.validate():
        return _page(code, form)
    with unit_of_work() as session:
        row = queries.on_desk(session, actor(), code)
        deciding.withdraw(session, row, form.note.data or "", by=actor(), at=clock.now())
    flash(_("Đã gỡ câu trả lời. Địa chỉ của nó cho biết là đã gỡ."), "success")
    return redirect(url_for("publishing.answer", code=code))


def _page(code: str, form: NoteForm) -> str:
    row = queries.on_desk(db.session(), actor(), code)
    ticket = by_id(db.session(), row.ticket_id)
    status = Status(row.status)
    return render_template(
        "publishing/answer.html",
        form=form,
        seen=SeenForm(formdata=None, data={"seen": row.version}),
        row=row,
        view=answer_view(row, loaded()),
        ticket=ticket,
        wait=_waits(row),
        changes=[(PARTS[name], before, after) for name, before, after in row.changes],
        left=[(PARTS[name], KINDS[Kind(kind)], text) for name, kind, text in row.left],
        documents=[citation.document for citation in row.citations],
        decides=status is Status.WAITING and policy.may_decide(actor(), row.agency_id, row.proposed_by_id),
        own=status is Status.WAITING and actor().user_id == row.proposed_by_id,
        ends=status is Status.PUBLISHED and policy.may_end(actor(), row.agency_id),
        again=status in {Status.REFUSED, Status.EXPIRED, Status.WITHDRAWN}
        and policy.may_propose(actor(), row.agency_id),
    )


def _waits(row: LibraryAnswer) -> str:
    """Return what an answer waits for; empty where it waits for nothing."""
    return str(deciding.wait(row, clock.today())) if row.status == Status.WAITING else ""
