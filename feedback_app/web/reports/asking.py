"""The list of reports, and the form that asks for one."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField

from feedback_app.closing import freezing
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict
from feedback_app.reports import policy, queries
from feedback_app.reports.services import asking
from feedback_app.statistics import queries as statistics
from feedback_app.statistics.periods import Period
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name, local, periods
from feedback_app.web.reports import blueprint
from feedback_app.web.reports.views import view_of

CALENDAR = 1  # periods that begin on the first of a month


class AskForm(FlaskForm):
    """Which report; the choices are what there are figures of, and whose reports the reader may read."""

    period = SelectField(_l("Kỳ báo cáo"), validate_choice=True)
    agency = SelectField(_l("Phạm vi"), validate_choice=True)


@blueprint.route("/", methods=["GET", "POST"])
def index() -> str | Response:
    form = _form()
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                period = next(p for p in _periods() if p.code == form.period.data)
                row = asking.ask(session, period, form.agency.data or "", by=actor(), at=clock.now())
                public_id = row.public_id
            return redirect(url_for("reports.report", public_id=public_id))
        except Conflict as error:
            form.period.errors = [error.message]
    return render_template(
        "reports/index.html",
        form=form,
        reports=[view_of(row) for row in queries.newest(db.session(), actor())],
    )


def _form() -> AskForm:
    asked = request.args.get("ky") or periods.last_full_month(clock.today()).code
    form = AskForm(data={"period": asked})
    form.period.choices = [(period.code, _label(period)) for period in _periods()]
    form.agency.choices = _scopes()
    return form


def _periods() -> list[Period]:
    """Return the periods of calendar months that have figures, newest first."""
    return [p for p in statistics.computed(db.session()) if p.first.day == CALENDAR]


def _label(period: Period) -> str:
    frozen = freezing.frozen(db.session(), period) is not None
    return local(period.label) if frozen else _("%(period)s (chưa chốt)", period=local(period.label))


def _scopes() -> list[tuple[str, str]]:
    """Return whose reports the reader may ask for: the province first, where it may."""
    everything = policy.reads_all(actor())
    active = [agency.code for agency in loaded().directory.active(clock.today())]
    own = [code for code in active if everything or code in policy.own_agencies(actor())]
    named = sorted(((code, agency_name(loaded(), code)) for code in own), key=lambda pair: pair[1])
    return [*([(policy.WHOLE, _("Toàn tỉnh"))] if everything else []), *named]
