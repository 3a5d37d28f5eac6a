"""The policy backlog for those who keep it: the list, and one proposal with the tickets that ask for it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, Invalid
from feedback_app.tickets.beyond import PolicyProposal
from feedback_app.tickets.labels import PROPOSAL_STATES
from feedback_app.tickets.services import backlog as service
from feedback_app.web.beyond import blueprint
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name, field_name, local, status_meta


class ProposalForm(FlaskForm):
    status = RadioField(
        _l("Tình trạng công khai"),
        choices=[SelectChoice(code, meta.label) for code, meta in PROPOSAL_STATES.items()],
        validators=[DataRequired(_l("Vui lòng chọn tình trạng."))],
    )
    public_note = TextAreaField(
        _l("Ghi chú công khai"),
        description=_l("Ai cũng đọc được. Bắt buộc khi đã có kết quả: văn bản nào, vì sao."),
        validators=[Length(max=4000)],
    )
    owner = SelectField(_l("Cơ quan theo dõi kiến nghị"))
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])


@blueprint.get("/")
def backlog() -> str:
    return render_template(
        "beyond/backlog.html",
        rows=service.listed(db.session()),
        states=PROPOSAL_STATES,
        agency_name=lambda agency_id: agency_name(loaded(), agency_id),
        field_name=lambda code: field_name(loaded(), code),
    )


@blueprint.route("/kien-nghi/<code>", methods=["GET", "POST"])
def proposal(code: str) -> str | Response:
    row = service.one(db.session(), code)
    form = ProposalForm(data=_stored(row))
    form.owner.choices = _owners(row)
    if form.is_submitted() and not service.may_change(actor(), row):
        raise Forbidden
    if form.validate_on_submit():
        try:
            _change(code, form)
            return redirect(url_for("beyond.proposal", code=code))
        except Invalid as error:
            form[error.field or "status"].errors = [error.message]
        except Conflict:
            form.form_errors.append(_("Người khác vừa sửa kiến nghị này. Vui lòng mở lại trang rồi ghi lại."))
    row = service.one(db.session(), code)
    return render_template(
        "beyond/proposal.html",
        form=form,
        row=row,
        state=PROPOSAL_STATES[row.status],
        changes=service.may_change(actor(), row),
        tickets=[(t, status_meta(t.status)) for t in service.tickets_of(db.session(), actor(), row.id)],
        owner=agency_name(loaded(), row.owner_id),
    )


def _change(code: str, form: ProposalForm) -> None:
    with unit_of_work() as session:
        service.change(
            session,
            service.one(session, code),
            status=form.status.data,
            public_note=(form.public_note.data or "").strip(),
            owner_id=loaded().agency_ids[form.owner.data],
            by=actor(),
            at=clock.now(),
            seen_version=form.seen.data,
        )
    flash(_("Đã ghi. Khi có kết quả, mọi doanh nghiệp đã nêu việc này được báo."), "success")


def _stored(row: PolicyProposal) -> dict[str, object]:
    owner = loaded().agency_codes[row.owner_id]
    return {"status": row.status, "public_note": row.public_note, "owner": owner, "seen": row.version}


def _owners(row: PolicyProposal) -> list[tuple[str, str]]:
    """Return the living agencies, and the owner though it has ended."""
    living = {a.code: local(a.name) for a in loaded().directory.active(clock.today())}
    return list(({loaded().agency_codes[row.owner_id]: agency_name(loaded(), row.owner_id)} | living).items())
