"""Proposals of a meeting: what came in, who answers and how far that is; the focal point classifies."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Invalid
from feedback_app.dialogues import proposals, queries
from feedback_app.dialogues.labels import COMPETENCES, HANDLINGS
from feedback_app.dialogues.models import Meeting
from feedback_app.dialogues.policy import open_to
from feedback_app.dialogues.queries import facts_of
from feedback_app.dialogues.rules import Act, Competence, Handling, Kind
from feedback_app.dialogues.services import classifying
from feedback_app.dialogues.services.classifying import Classified
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.intake.fields import Choice, Line, Prose
from feedback_app.web.meetings import blueprint
from feedback_app.web.meetings.sharing import blame, meeting_for, whole_number
from feedback_app.web.numbers import number
from feedback_app.web.presenting import agency_name, field_name, status_meta
from feedback_app.web.presenting.dialogues import meeting_view, readiness_tag

SIZE = 30


class ClassifyForm(FlaskForm):
    heading = Line(
        _l("Tên nội dung trên chương trình"),
        required=_l("Xin ghi tên nội dung đưa vào chương trình."),
        description=_l("Diễn đạt ngắn gọn, không nêu tên doanh nghiệp: lãnh đạo và người dự đọc tên này."),
    )
    competence = RadioField(_l("Thẩm quyền"), validators=[InputRequired(_l("Xin chọn cấp thẩm quyền."))])
    handling = RadioField(_l("Cách xử lý"), validators=[InputRequired(_l("Xin chọn cách xử lý."))])
    sectoral = Choice(_l("Đối thoại chuyên đề"))
    seen_version = HiddenField()


class SettleForm(FlaskForm):
    note = Prose(_l("Kết quả giải quyết"), required=_l("Xin ghi kết quả giải quyết."), longest=2000)


@blueprint.get("/<code>/kien-nghi")
def proposals_(code: str) -> str:
    session = db.session()
    row = queries.meeting(session, actor(), code)
    after, only = number(request.args, "sau") or 0, request.args.get("loc") == "chua-phan-loai"
    found = proposals.proposals(session, actor(), row, unclassified=only, after=after, size=SIZE + 1)
    kept = {"loc": "chua-phan-loai"} if only else {}
    return render_template(
        "meetings/proposals.html",
        meeting=meeting_view(loaded(), row),
        rows=[_shown(found_) for found_ in found[:SIZE]],
        older=found[SIZE - 1].proposal.id if len(found) > SIZE else None,
        first=not after,
        kept=kept,
        numbers=proposals.number_of(session, row),
        acts=open_to(actor(), facts_of(row)),
    )


@blueprint.route("/<code>/kien-nghi/<int:proposal_id>", methods=["GET", "POST"])
def classify(code: str, proposal_id: int) -> str | Response:
    row = meeting_for(code, Act.CLASSIFY)
    found = proposals.proposal(db.session(), actor(), row, proposal_id)
    form = _form(row, found)
    if form.validate_on_submit():
        try:
            _write(code, proposal_id, form)
        except Invalid as wrong:
            blame(form, wrong)
        except Conflict as late:
            form.form_errors.append(late.message)
        else:
            flash(_("Đã phân loại."), "success")
            return redirect(url_for("meetings.proposals_", code=code, loc="chua-phan-loai"))
    return render_template(
        "meetings/classify.html", meeting=meeting_view(loaded(), row), row=_shown(found), form=form
    )


@blueprint.route("/<code>/kien-nghi/<int:proposal_id>/da-giai-quyet", methods=["GET", "POST"])
def settle(code: str, proposal_id: int) -> str | Response:
    row = meeting_for(code, Act.SETTLE)
    found = proposals.proposal(db.session(), actor(), row, proposal_id)
    form = SettleForm()
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                meeting = queries.meeting(session, actor(), code)
                proposal = proposals.proposal(session, actor(), meeting, proposal_id).proposal
                note = form.note.data or ""
                classifying.settle(session, meeting, proposal, note, by=actor(), at=clock.now())
        except Conflict as late:
            form.form_errors.append(late.message)
        else:
            flash(_("Đã ghi nhận; kiến nghị không còn trong chương trình."), "success")
            return redirect(url_for("meetings.proposals_", code=code))
    return render_template(
        "meetings/settle.html", meeting=meeting_view(loaded(), row), row=_shown(found), form=form
    )


def _shown(row: proposals.Row) -> dict[str, Any]:
    proposal = row.proposal
    return {
        "id": proposal.id,
        "code": row.code,
        "title": row.title,
        "heading": proposal.heading,
        "field": field_name(loaded(), row.field),
        "lead": agency_name(loaded(), row.lead_id),
        "status": status_meta(row.status),
        "readiness": readiness_tag(row.readiness),
        "competence": COMPETENCES[Competence(proposal.competence)] if proposal.competence else "",
        "handling": HANDLINGS[Handling(proposal.handling)] if proposal.handling else "",
        "settled_note": proposal.settled_note,
        "settled": proposal.settled_at is not None,
        "joined": proposal.origin == "recognised",
    }


def _form(meeting: Meeting, found: proposals.Row) -> ClassifyForm:
    proposal = found.proposal
    told = {
        "heading": proposal.heading or found.title,
        "competence": proposal.competence,
        "handling": proposal.handling,
        "sectoral": str(proposal.sectoral_id or ""),
        "seen_version": str(proposal.version),
    }
    form = ClassifyForm(data=told)
    form.competence.choices = [(c.value, str(name)) for c, name in COMPETENCES.items()]
    provincial = meeting.kind == Kind.PROVINCIAL
    ways = [h for h in Handling if provincial or h is not Handling.SECTORAL]
    form.handling.choices = [(h.value, str(HANDLINGS[h])) for h in ways]
    before = queries.sectoral_of(db.session(), meeting.id) if provincial else ()
    form.sectoral.choices = [("", "–"), *((str(m.id), f"{m.title} ({m.held_on:%d/%m/%Y})") for m in before)]
    return form


def _write(code: str, proposal_id: int, form: ClassifyForm) -> None:
    sectoral = form.sectoral.data or ""
    told = Classified(
        heading=form.heading.data or "",
        competence=Competence(form.competence.data),
        handling=Handling(form.handling.data),
        sectoral_id=int(sectoral) if sectoral else None,
    )
    with unit_of_work() as session:
        meeting = queries.meeting(session, actor(), code)
        proposal = proposals.proposal(session, actor(), meeting, proposal_id).proposal
        seen = whole_number(form.seen_version.data)
        classifying.classify(session, meeting, proposal, told, seen_version=seen, by=actor(), at=clock.now())
