"""Published notices: a year of the calendar is edited, what that does is shown, then it is put in force."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import (
    DateField,
    IntegerField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from feedback_app.catalogue.editing import calendar_pack
from feedback_app.catalogue.load import newest_of
from feedback_app.catalogue.packs.calendar import CalendarPack, CalendarYear, Notice
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Invalid, NotFound
from feedback_app.core.i18n import ngay_thu
from feedback_app.deadlines.notices import CalendarChange, CalendarRefused, Swap, year_of
from feedback_app.tickets import recalendar
from feedback_app.tickets.recalendar import Preview
from feedback_app.web.admin import blueprint
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.presenting import local

A_DAY = r"\d{1,2}/\d{1,2}/\d{4}"
SWAP = re.compile(rf"({A_DAY})\D+({A_DAY})")


def _refuse(field: Any, read: Callable[[str], object]) -> None:
    try:
        read(field.data or "")
    except ValueError as error:
        raise ValidationError(_("Không đọc được dòng “%(line)s”.", line=str(error))) from None


class Boxes(SelectMultipleField):
    """Several choices, each a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NoticeForm(FlaskForm):
    number = StringField(
        _l("Số, ký hiệu văn bản"), validators=[DataRequired(_l("Vui lòng ghi số văn bản.")), Length(max=100)]
    )
    issued_on = DateField(_l("Ngày văn bản"), validators=[Optional()])
    issuer = StringField(_l("Cơ quan ban hành"), validators=[Length(max=200)])
    link = StringField(_l("Đường dẫn hoặc tên tệp văn bản"), validators=[Length(max=500)])
    reason = StringField(
        _l("Lý do nghỉ"),
        description=_l("Ghi trên dải ngày của từng phiếu, ví dụ: Tết Nguyên đán"),
        validators=[Length(max=200)],
    )
    off = TextAreaField(
        _l("Thêm ngày nghỉ"),
        description=_l("Mỗi dòng một ngày, ví dụ: 16/02/2027"),
        validators=[Length(max=2000)],
    )
    swaps = TextAreaField(
        _l("Thêm ngày nghỉ hoán đổi"),
        description=_l("Mỗi dòng ngày làm bù rồi ngày được nghỉ, ví dụ: 22/08/2026 thay 31/08/2026"),
        validators=[Length(max=2000)],
    )
    removed = Boxes(_l("Bỏ khỏi lịch"))
    switches = Boxes(_l("Ngày nghỉ hằng năm đang áp dụng"))
    seen = IntegerField(widget=HiddenInput(), validators=[DataRequired()])
    sure = SubmitField()

    def validate_reason(self, field: Any) -> None:
        if (self.off.data or self.swaps.data) and not (field.data or "").strip():
            raise ValidationError(_("Vui lòng ghi lý do nghỉ."))

    def validate_off(self, field: Any) -> None:
        _refuse(field, days_in)

    def validate_swaps(self, field: Any) -> None:
        _refuse(field, swaps_in)

    def change(self, year: int) -> CalendarChange:
        """Return what was typed; call it after the form was found valid."""
        return CalendarChange(
            year=year,
            notice=Notice(
                number=self.number.data,
                issued_on=self.issued_on.data,
                issuer=(self.issuer.data or "").strip(),
                link=(self.link.data or "").strip(),
            ),
            reason=(self.reason.data or "").strip(),
            off=tuple(days_in(self.off.data or "")),
            swaps=tuple(swaps_in(self.swaps.data or "")),
            removed=frozenset(date.fromisoformat(day) for day in self.removed.data or ()),
            switches=frozenset(self.switches.data or ()),
        )


def days_in(text: str) -> list[date]:
    """Return the days of the lines. Raises ValueError with the line that is none."""
    return [_day(line, line) for line in _lines(text)]


def swaps_in(text: str) -> list[Swap]:
    """Return the swaps of the lines. Raises ValueError with the line that is none."""
    return [_swap(line) for line in _lines(text)]


@blueprint.route("/lich/<int:year>/sua", methods=["GET", "POST"])
def edit_calendar(year: int) -> str | Response | tuple[str, int]:
    pack = loaded().catalogue.calendars[0]
    try:
        listed = year_of(pack, year)
    except CalendarRefused as error:
        raise NotFound(str(error)) from None
    form = _form(pack, listed)
    effects: Preview | None = None
    if form.validate_on_submit():
        try:
            if form.sure.data:
                return _publish(form, pack, year)
            change = form.change(year)
            effects = recalendar.preview(db.session(), recalendar.tried(pack, change), change, clock.today())
        except Invalid as error:
            form.form_errors.append(error.message)
    return render_template(
        "admin/calendar_edit.html", form=form, year=year, effects=effects, published=listed in pack.years
    )


def _form(pack: CalendarPack, listed: CalendarYear) -> NoticeForm:
    on = [switch.code for switch in pack.switches if switch.enabled]
    form = NoticeForm(data={"switches": on})
    form.removed.choices = [
        *((day.date.isoformat(), f"{ngay_thu(day.date)}: {local(day.reason)}") for day in listed.days_off),
        *(
            (day.date.isoformat(), f"{ngay_thu(day.date)}: {local(day.reason)}")
            for day in listed.worked_weekends
        ),
    ]
    form.switches.choices = [
        (switch.code, f"{switch.day:02}/{switch.month:02}: {local(switch.reason)}")
        for switch in pack.switches
    ]
    row = newest_of(db.session(), calendar_pack(pack.code))
    form.seen.data = form.seen.data or (row.version if row else 0)
    return form


def _publish(form: NoticeForm, pack: CalendarPack, year: int) -> Response:
    change, seen, by_id = form.change(year), form.seen.data, actor().user_id
    try:
        with unit_of_work() as session:
            recalendar.publish(session, pack, change, seen_version=seen, by_id=by_id)
    except Conflict:
        raise Conflict(
            _("Người khác vừa sửa lịch. Vui lòng mở lại trang lịch, xem bản mới rồi sửa tiếp.")
        ) from None
    flash(_("Đã áp dụng lịch mới. Hạn của các phiếu đang mở được tính lại ngay sau đây."), "success")
    return redirect(url_for("admin.calendar", nam=year))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _swap(line: str) -> Swap:
    found = SWAP.fullmatch(line)
    if found is None:
        raise ValueError(line)
    return Swap(_day(found[1], line), _day(found[2], line))


def _day(text: str, line: str) -> date:
    if not re.fullmatch(A_DAY, text):
        raise ValueError(line)
    try:
        day, month, year = map(int, text.split("/"))
        return date(year, month, day)
    except ValueError:
        raise ValueError(line) from None
