"""One page: an agency's figures and tickets and what it says of them; for the offices all agencies, the freezing."""

from collections.abc import Iterator
from itertools import chain

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import Length

from feedback_app.closing import freezing, reconciling
from feedback_app.closing.queries import MOST, cases_of_agency
from feedback_app.closing.reconciling import Reconciliation, Stage, State
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Invalid, NotFound
from feedback_app.indicators.labels import FIGURES, MEASURES, Counted
from feedback_app.statistics import queries
from feedback_app.statistics.figures import Group
from feedback_app.statistics.periods import Period, cuts
from feedback_app.tickets.policy import COORDINATING_OFFICES, HANDLING
from feedback_app.tickets.reasons import OUTCOMES
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name, periods
from feedback_app.web.reconciliation import blueprint

STAGES = {
    Stage.RUNNING: _l("Kỳ chưa kết thúc"),
    Stage.RECONCILIATION: _l("Đang đối chiếu"),
    Stage.CLOSABLE: _l("Chờ chốt số liệu"),
    Stage.FROZEN: _l("Đã chốt số liệu"),
}
STATES = {
    State.SILENT: _l("Chưa có ý kiến"),
    State.CONFIRMED: _l("Đã xác nhận"),
    State.OBJECTED: _l("Có ý kiến khác"),
    State.SETTLED: _l("Ý kiến đã được xem xét"),
}


class SayForm(FlaskForm):
    text = TextAreaField(
        _l("Số liệu hoặc phiếu nào chưa đúng"),
        description=_l("Ghi mã phiếu và số liệu cần sửa; không ghi tên doanh nghiệp."),
        validators=[Length(max=4000)],
    )


class NoteForm(FlaskForm):
    text = TextAreaField(_l("Ghi chú kèm bản chốt"), validators=[Length(max=1000)])


@blueprint.get("/")
def index() -> str:
    session, today = db.session(), clock.today()
    period, wrong = _asked_for()
    talk = reconciling.status(session, period, today)
    return render_template(
        "reconciliation/index.html",
        period=period,
        wrong=wrong,
        choices=periods.choices([p for p in queries.computed(session) if p.last < today], period),
        talk=talk,
        stages=STAGES,
        states=STATES,
        own=[_own(code, period, talk) for code in _agencies()],
        most=MOST,
        outcomes=OUTCOMES,
        everybody=list(_everybody(talk)) if _coordinates() else [],
        coordinates=_coordinates(),
        may_freeze=_coordinates() and talk.may_be_frozen(today),
        frozen=freezing.frozen(session, period),
        form=SayForm(),
        note=NoteForm(),
    )


@blueprint.post("/<agency>/xac-nhan")
def confirm(agency: str) -> Response:
    """Say that the agency's figures are right."""
    period = _named()
    with unit_of_work() as session:
        reconciling.confirm(session, period, _id_of(agency), by=actor(), at=clock.now())
    flash(_("Đã ghi nhận: số liệu của cơ quan đúng."), "success")
    return _back(period)


@blueprint.post("/<agency>/y-kien")
def say(agency: str) -> Response:
    """Say what is wrong with the agency's figures."""
    period, form = _named(), SayForm()
    try:
        with unit_of_work() as session:
            reconciling.object_to(
                session, period, _id_of(agency), text=form.text.data or "", by=actor(), at=clock.now()
            )
        flash(_("Đã gửi ý kiến đến cơ quan đầu mối."), "success")
    except Invalid as error:
        flash(str(error), "error")
    return _back(period)


@blueprint.post("/<agency>/xem-xet")
def settle(agency: str) -> Response:
    """Answer what an agency said."""
    period, form = _named(), SayForm()
    try:
        with unit_of_work() as session:
            reconciling.settle(
                session, period, _id_of(agency), reply=form.text.data or "", by=actor(), at=clock.now()
            )
        flash(_("Đã ghi kết quả xem xét."), "success")
    except Invalid as error:
        flash(str(error), "error")
    return _back(period)


@blueprint.post("/chot")
def freeze() -> Response:
    """Ask for the freezing; a worker does it."""
    period = _named()
    try:
        with unit_of_work() as session:
            reconciling.ask_to_freeze(
                session, period, note=NoteForm().text.data or "", by=actor(), at=clock.now()
            )
        flash(_("Đang chốt số liệu; trang này sẽ có mã bản chốt sau ít phút."), "success")
    except Conflict:
        flash(_("Kỳ này chưa đến lúc chốt hoặc đã chốt rồi."), "error")
    return _back(period)


@blueprint.get("/goi-so-lieu")
def package() -> Response:
    """Hand out the package of a frozen period; 404 while it is none."""
    period, wrong = _asked_for()
    row = None if wrong else freezing.frozen(db.session(), period)
    if row is None or not _coordinates():
        raise NotFound(period.code)
    content = freezing.package(db.session(), period)
    headers = {"Content-Disposition": f'attachment; filename="thong-ke-{row.snapshot.replace("/", "_")}.zip"'}
    return Response(content, mimetype="application/zip", headers=headers)


def _own(code: str, period: Period, talk: Reconciliation) -> dict[str, object]:
    """Return what the page shows of one of the reader's agencies."""
    figures = queries.figures(db.session(), period)
    groups = (Group(agency=code), Group(agency=code, sensitive=True))
    return {
        "code": code,
        "name": agency_name(loaded(), code, period.last),
        "tables": [list(_lines(figures, group)) for group in groups if figures and group in figures.by_group],
        "cases": cases_of_agency(db.session(), actor(), code, period),
        "state": talk.states.get(code, State.SILENT),
        "opinion": talk.opinions.get(code),
        "speaks": talk.stage is Stage.RECONCILIATION
        and clock.today() <= talk.until
        and reconciling.may_speak(actor(), loaded().agency_ids[code]),
    }


def _lines(figures: queries.Figures, group: Group) -> Iterator[tuple[Counted, float | None]]:
    for name, word in chain(FIGURES.items(), MEASURES.items()):
        if name in figures.by_group[group]:
            yield word, figures.value(group, name)


def _everybody(talk: Reconciliation) -> Iterator[dict[str, object]]:
    for code, state in talk.states.items():
        name = agency_name(loaded(), code, talk.period.last)
        yield {"code": code, "name": name, "state": state, "opinion": talk.opinions.get(code)}


def _agencies() -> list[str]:
    ids = actor().agency_ids(HANDLING)
    return sorted(loaded().agency_codes[id_] for id_ in ids)


def _coordinates() -> bool:
    return actor().holds(*COORDINATING_OFFICES)


def _asked_for() -> tuple[Period, str]:
    return periods.chosen(
        request.args.get("ky"), cuts(loaded().catalogue), periods.last_full_month(clock.today())
    )


def _named() -> Period:
    """Return the period that the address names. Raises NotFound for a wrong name."""
    period, wrong = _asked_for()
    if wrong or not request.args.get("ky"):
        raise NotFound(request.args.get("ky", ""))
    return period


def _id_of(code: str) -> int:
    if code not in loaded().agency_ids:
        raise NotFound(code)
    return loaded().agency_ids[code]


def _back(period: Period) -> Response:
    return redirect(url_for("reconciliation.index", ky=period.code))
