"""The agenda: in its order, on paper, and placed otherwise by the chair with the reason."""

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Answer
from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Invalid
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.dialogues import proposals, queries
from feedback_app.dialogues.labels import COMPETENCES, KINDS
from feedback_app.dialogues.models import Meeting
from feedback_app.dialogues.policy import open_to
from feedback_app.dialogues.queries import facts_of
from feedback_app.dialogues.rules import Act, Competence, Kind
from feedback_app.dialogues.services import ordering
from feedback_app.dialogues.services.ordering import Placed
from feedback_app.papers import letter, tabled_docx
from feedback_app.papers.tabled import Tabled
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.intake.fields import Line
from feedback_app.web.meetings import blueprint
from feedback_app.web.meetings.sharing import blame
from feedback_app.web.presenting import agency_name, field_name
from feedback_app.web.presenting.dialogues import meeting_view
from feedback_app.web.tables import download

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LAST = 999


class PlaceForm(FlaskForm):
    key = HiddenField()
    place = IntegerField(_l("Đưa lên vị trí"), validators=[InputRequired(_l("Xin nhập thứ tự."))])
    reason = Line(_l("Lý do"), required=_l("Xin nêu lý do đổi thứ tự."))


@blueprint.get("/<code>/chuong-trinh")
def agenda(code: str) -> str:
    return _page(queries.meeting(db.session(), actor(), code), PlaceForm(formdata=None))


@blueprint.post("/<code>/chuong-trinh")
def place(code: str) -> str | Answer:
    row = queries.meeting(db.session(), actor(), code)
    form = PlaceForm()
    if form.validate_on_submit():
        try:
            _place(code, form)
        except Invalid as wrong:
            blame(form, wrong)
        else:
            flash(_("Đã đổi thứ tự."), "success")
            return redirect(url_for("meetings.agenda", code=code))
    return _page(row, form)


@blueprint.get("/<code>/chuong-trinh.docx")
def agenda_docx(code: str) -> Response:
    row = queries.meeting(db.session(), actor(), code)
    return download(tabled_docx.docx(_paper(row)), DOCX, f"chuong-trinh-{code}.docx")


def _placed(row: Meeting) -> list[Placed]:
    calendar = work_calendar(loaded().catalogue)
    return ordering.agenda(db.session(), row, calendar, clock.today())


def _page(row: Meeting, form: PlaceForm) -> str:
    return render_template(
        "meetings/agenda.html",
        meeting=meeting_view(loaded(), row),
        points=[_shown(placed) for placed in _placed(row)],
        unclassified=proposals.number_of(db.session(), row).get("", 0),
        form=form,
        orders=Act.ORDER in open_to(actor(), facts_of(row)),
    )


def _place(code: str, form: PlaceForm) -> None:
    with unit_of_work() as session:
        row = queries.meeting(session, actor(), code)
        known = {placed.point.key for placed in _placed(row)}
        where = max(-LAST, min(form.place.data or 0, LAST))
        given: dict[str, Any] = {"known": known, "by": actor(), "at": clock.now()}
        ordering.place(session, row, form.key.data or "", where, form.reason.data or "", **given)


def _shown(placed: Placed) -> dict[str, Any]:
    point = placed.point
    return {
        "key": point.key,
        "title": point.title,
        "field": field_name(loaded(), point.field),
        "agency": agency_name(loaded(), point.agency_id),
        "enterprises": point.enterprises,
        "days_lost": point.days_lost,
        "competence": str(COMPETENCES[Competence(point.competence)]) if point.competence else "",
        "is_cluster": point.key.startswith("nhom-"),
        "reason": placed.reason,
    }


def _paper(row: Meeting) -> Tabled:
    """Return the agenda as a paper: headings only, nothing of a ticket, no enterprise by name."""
    today, points = clock.today(), [_shown(placed) for placed in _placed(row)]
    where = _(
        "%(hour)s ngày %(day)s, %(place)s", hour=row.hour, day=f"{row.held_on:%d/%m/%Y}", place=row.place
    )
    return Tabled(
        agency=agency_name(loaded(), row.chair_id),
        superior=_("UBND tỉnh Khánh Hòa"),
        place_and_date=letter.Letter(agency="", dated=today).date_line,
        title=_("Chương trình: %(title)s", title=row.title),
        subtitle=f"{KINDS[Kind(row.kind)]}. {where}",
        paragraphs=(_("Nội dung trao đổi: %(number)s.", number=len(points)),),
        heads=(
            _("STT"),
            _("Nội dung"),
            _("Lĩnh vực"),
            _("Cơ quan trả lời"),
            _("Thẩm quyền"),
            _("Số DN"),
            _("Ngày chờ"),
        ),
        widths=(6, 50, 20, 26, 18, 8, 10),
        rows=tuple(
            (n, p["title"], p["field"], p["agency"], p["competence"], p["enterprises"], p["days_lost"])
            for n, p in enumerate(points, start=1)
        ),
        notes=(
            _(
                "Xếp theo số doanh nghiệp đang chờ, rồi tổng số ngày làm việc đã chờ; điểm do chủ tọa xếp có ghi lý do."
            ),
            _("Số liệu tính đến ngày %(day)s.", day=f"{today:%d/%m/%Y}"),
        ),
    )


def _heads() -> tuple[str, ...]:
    return (
        _("STT"),
        _("Nội dung"),
        _("Lĩnh vực"),
        _("Cơ quan trả lời"),
        _("Thẩm quyền"),
        _("Số DN"),
        _("Ngày chờ"),
    )
