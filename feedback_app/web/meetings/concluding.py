"""The Thông báo kết luận: items one by one, each with its owner and day; then the signed paper, which starts them."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, DateField
from wtforms.validators import InputRequired, Optional

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Invalid
from feedback_app.core.files import MOST_MEGABYTES, Refused, TakenIn
from feedback_app.dialogues import queries
from feedback_app.dialogues.models import Meeting
from feedback_app.dialogues.rules import Act
from feedback_app.dialogues.services import concluding
from feedback_app.dialogues.services.concluding import Given, Signed
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm, IssuedLetterForm
from feedback_app.web.identity import actor
from feedback_app.web.intake.fields import Choice, Line, Prose
from feedback_app.web.meetings import blueprint
from feedback_app.web.meetings.sharing import blame, meeting_for
from feedback_app.web.presenting.dialogues import item_view, meeting_view
from feedback_app.web.presenting.names import agency_name
from feedback_app.web.uploads import keep, taken_in

LONGEST = 2000


class ItemForm(FlaskForm):
    text = Prose(
        _l("Nội dung kết luận"),
        required=_l("Xin ghi nội dung kết luận."),
        longest=LONGEST,
        description=_l(
            "Việc gì, đến mức nào là xong. Nội dung này được công khai: không nêu tên doanh nghiệp."
        ),
    )
    owner = Choice(_l("Cơ quan chịu trách nhiệm"))
    due_on = DateField(_l("Hoàn thành trước hết ngày"), validators=[Optional()])
    ticket = Line(_l("Số phiếu liên quan"), longest=40, description=_l("Nếu có, ví dụ KH-2026-000123."))


class SignedForm(IssuedLetterForm):
    letter_date = DateField(_l("Ngày ký"), validators=[InputRequired(_l("Vui lòng ghi ngày ký."))])
    is_public = BooleanField(
        _l("Cho mọi người tải tệp"), description=_l("Chỉ chọn khi văn bản không nêu tên doanh nghiệp.")
    )


@blueprint.get("/<code>/ket-luan")
def conclusions(code: str) -> str:
    row = meeting_for(code, Act.CONCLUDE)
    return _page(row, _item_form(ItemForm(formdata=None)), SignedForm(formdata=None))


@blueprint.post("/<code>/ket-luan/noi-dung")
def add_item(code: str) -> str | Response:
    row = meeting_for(code, Act.ADD_ITEM)
    form = _item_form(ItemForm())
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                meeting = queries.meeting(session, actor(), code)
                concluding.add_item(session, meeting, _given(form), by=actor(), at=clock.now())
        except Invalid as wrong:
            blame(form, wrong)
        else:
            flash(_("Đã ghi nội dung kết luận."), "success")
            return redirect(url_for("meetings.conclusions", code=code))
    return _page(row, form, SignedForm(formdata=None))


@blueprint.post("/<code>/ket-luan/noi-dung/<int:item_id>/bo")
def drop_item(code: str, item_id: int) -> Response:
    with unit_of_work() as session:
        meeting = queries.meeting(session, actor(), code)
        concluding.drop_item(session, meeting, item_id, by=actor(), at=clock.now())
    flash(_("Đã bỏ nội dung kết luận."), "success")
    return redirect(url_for("meetings.conclusions", code=code))


@blueprint.post("/<code>/ket-luan")
def conclude(code: str) -> str | Response:
    row = meeting_for(code, Act.CONCLUDE)
    form = SignedForm()
    if form.validate_on_submit():
        try:
            with taken_in(form.signed_file.data or None, only_pdf=True) as file:
                _conclude(code, form, file)
        except Refused as refused:
            form.signed_file.errors = [refused.reason]
        except Invalid as wrong:
            blame(form, wrong)
        else:
            flash(_("Đã ban hành; mỗi nội dung bắt đầu tính hạn và được nhắc việc."), "success")
            return redirect(url_for("meetings.meeting", code=code))
    return _page(row, _item_form(ItemForm(formdata=None)), form)


def _page(row: Meeting, item_form: ItemForm, form: SignedForm) -> str:
    found = list(queries.items_of(db.session(), row))
    codes = concluding.ticket_codes(db.session(), found, actor())
    return render_template(
        "meetings/conclusions.html",
        meeting=meeting_view(loaded(), row),
        items=[(item_view(loaded(), item), codes.get(item.ticket_id or 0)) for item in found],
        item_form=item_form,
        form=form,
        longest=LONGEST,
        most_mb=MOST_MEGABYTES,
    )


def _item_form(form: ItemForm) -> ItemForm:
    living = [a.code for a in loaded().directory.active(clock.today())]
    named = sorted(((code, agency_name(loaded(), code)) for code in living), key=lambda choice: choice[1])
    form.owner.choices = [("", _("Chọn cơ quan")), *named]
    return form


def _given(form: ItemForm) -> Given:
    owner = form.owner.data or ""
    return Given(
        text=form.text.data or "",
        owner_id=loaded().agency_ids[owner] if owner else None,
        due_on=form.due_on.data,
        ticket=form.ticket.data or "",
    )


def _conclude(code: str, form: SignedForm, file: TakenIn | None) -> None:
    told = form.letter()
    signed = Signed(
        number=told.number,
        dated=form.letter_date.data,
        signer=told.signer,
        is_public=bool(form.is_public.data),
    )
    with unit_of_work() as session:
        meeting = queries.meeting(session, actor(), code)
        if file is not None:
            keep(file)
        concluding.conclude(session, meeting, signed, loaded(), file=file, by=actor(), at=clock.now())
