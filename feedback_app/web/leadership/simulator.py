"""The simulator: last year's filings under other limits or another calendar, beside what is in force."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import DateField, FileField, IntegerField, ValidationError
from wtforms.validators import DataRequired, NumberRange, Optional

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs.calendar import CalendarPack
from feedback_app.catalogue.packs.regulation import RegulationProfile, TimeLimit, Unit
from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.core.errors import Invalid
from feedback_app.core.i18n import language, ngay
from feedback_app.deadlines.errors import DeadlineError
from feedback_app.deadlines.profiles import profile_for
from feedback_app.deadlines.replay import Replay, Share
from feedback_app.tickets import replaying
from feedback_app.web import charts
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.leadership import blueprint
from feedback_app.web.presenting.names import agency_name, kind_name

MOST = 30_000  # on a page; the command line has no such bound
LARGEST_FILE = 500_000


class SimulatorForm(FlaskForm):
    first = DateField(_l("Tiếp nhận từ ngày"), validators=[DataRequired(_l("Vui lòng chọn ngày đầu."))])
    last = DateField(_l("đến ngày"), validators=[DataRequired(_l("Vui lòng chọn ngày cuối."))])
    profile = FileField(
        _l("Tệp quy chế muốn thử (YAML)"),
        description=_l("Thay cho các số ngày ở trên"),
        validators=[Optional()],
    )
    calendar = FileField(_l("Tệp lịch muốn thử (YAML)"), validators=[Optional()])

    def validate_last(self, field: Any) -> None:
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError(_("Ngày cuối phải từ ngày đầu trở đi."))


@dataclass(frozen=True, slots=True)
class Row:
    """One agency, or all of them: what is in force beside what is tried."""

    name: str
    now: Share
    tried: Share
    now_percent: float | None
    tried_percent: float | None
    bars: tuple[charts.Bar, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What the page shows under the form."""

    whole: Row
    agencies: list[Row]
    left_out: int
    what: str


@blueprint.route("/thu-thoi-han", methods=["GET", "POST"])
def simulator() -> str | tuple[str, int]:
    profile, today = profile_for(loaded().catalogue, clock.today()), clock.today()
    form = _form(profile, today)
    result = None
    if form.validate_on_submit():
        try:
            result = _replay(form, profile, today)
        except Invalid as error:
            form.form_errors.append(error.message)
        except DeadlineError as error:
            form.form_errors.append(error.text.in_language(language()))
    limits = [form[_name(position)] for position, _row in _due_rows(profile, today)]
    return render_template("leadership/simulator.html", form=form, limits=limits, result=result)


def _form(profile: RegulationProfile, today: date) -> SimulatorForm:
    """Return the form with one field for each limit that decides a due date."""
    fields = {
        _name(position): IntegerField(
            _label(row),
            default=row.value,
            validators=[Optional(), NumberRange(1, 366, _l("Số ngày từ 1 đến 366."))],
        )
        for position, row in _due_rows(profile, today)
    }
    form = type("Form", (SimulatorForm,), fields)
    return cast("SimulatorForm", form(data={"first": date(today.year - 1, 1, 1), "last": today}))


def _replay(form: SimulatorForm, profile: RegulationProfile, today: date) -> Result:
    first, last, session = form.first.data, form.last.data, db.session()
    tried, calendar = _tried(form, profile, today), _calendar(form)
    if tried == profile and calendar is None:
        raise Invalid(_("Chưa có gì khác để thử: hãy đổi một số ngày hoặc chọn một tệp."))
    number = replaying.received(session, first, last)
    if number > MOST:
        raise Invalid(
            _(
                "Kỳ này có %(number)s phiếu, nhiều hơn mức %(most)s phiếu của trang. Hãy chọn kỳ ngắn hơn, hoặc dùng "
                "lệnh feedback deadlines replay trên máy chủ.",
                number=number,
                most=MOST,
            )
        )
    replays = replaying.replay(session, loaded(), first, last, profile=tried, calendar=calendar, today=today)
    return _result(*replays, _("%(first)s – %(last)s", first=ngay(first), last=ngay(last)))


def _tried(form: SimulatorForm, profile: RegulationProfile, today: date) -> RegulationProfile:
    uploaded = _read(form.profile.data, "regulations")
    if uploaded is not None:
        return cast("RegulationProfile", uploaded)
    content = packs.dump(profile)
    for position, row in _due_rows(profile, today):
        content["limits"][position]["value"] = form[_name(position)].data or row.value
    return RegulationProfile.model_validate(content)


def _calendar(form: SimulatorForm) -> CalendarPack | None:
    return cast("CalendarPack | None", _read(form.calendar.data, "calendars"))


def _read(file: FileStorage | None, folder: str) -> object | None:
    """Return the pack of an uploaded file; none without a file. Raises Invalid with the line that is wrong."""
    if file is None or not file.filename:
        return None
    content = file.stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Invalid(_("Tệp %(name)s quá lớn.", name=file.filename))
    try:
        return packs.read_one(folder, content.decode("utf-8"), file.filename)
    except UnicodeDecodeError:
        raise Invalid(_("Tệp %(name)s không phải văn bản UTF-8.", name=file.filename)) from None
    except packs.PackError as error:
        raise Invalid(str(error)) from None


def _result(now: Replay, tried: Replay, what: str) -> Result:
    rows = [
        _row(agency_name(loaded(), code) or _("chưa có cơ quan"), share, tried.by_agency[code])
        for code, share in now.agencies()
    ]
    left_out = tried.extensions_left_out - now.extensions_left_out
    return Result(_row(_("Tất cả"), now.whole, tried.whole), rows, max(left_out, 0), what)


def _row(name: str, now: Share, tried: Share) -> Row:
    shares = [None if share.share_late is None else 100 * share.share_late for share in (now, tried)]
    labels = (_("đang áp dụng"), _("thử"))
    bars = charts.bars(
        [(label, value or 0.0) for label, value in zip(labels, shares, strict=True)], longest=100
    )
    return Row(name, now, tried, shares[0], shares[1], bars)


def _due_rows(profile: RegulationProfile, today: date) -> list[tuple[int, TimeLimit]]:
    """Return the limits that decide a due date today, with their positions in the profile."""
    due = [(step.kind, step.step) for step in profile.due_steps]
    return [
        (position, row)
        for position, row in enumerate(profile.limits)
        if any(row in profile.limits_on(kind, today) and row.step == step for kind, step in due)
    ]


def _name(position: int) -> str:
    return f"limit_{position}"


def _label(row: TimeLimit) -> str:
    kinds = ", ".join(kind_name(loaded(), kind) for kind in row.kinds) or _("mọi loại")
    unit = _("ngày làm việc") if row.unit is Unit.WORKING_DAYS else _("ngày theo lịch")
    return f"{kinds} ({unit})"
