"""Clusters: the list, and one with its members and who else may belong to it."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField, StringField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, FeedbackError, Forbidden, IllegalTransition, NotFound
from feedback_app.tickets import queries
from feedback_app.tickets.policy import COORDINATING_OFFICES
from feedback_app.tickets.services import clustering, common_answer
from feedback_app.tickets.services.common_answer import Member, Standing
from feedback_app.web.beyond import blueprint
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name, status_meta

# what a member that cannot have the common answer now waits for
WAITS: dict[Standing, Any] = {
    Standing.OWN_DRAFT: _l("dự thảo trả lời riêng đang trình duyệt"),
    Standing.UNSORTED: _l("chưa giao cơ quan giải quyết"),
    Standing.NEED_INFO: _l("chờ doanh nghiệp bổ sung; bổ sung xong thì trả lời chung được"),
    Standing.AT_PROVINCE: _l(
        "chờ văn bản của UBND tỉnh; có văn bản rồi thì cơ quan được giao trả lời chung được"
    ),
    Standing.AT_MINISTRY: _l(
        "chờ trả lời của bộ, ngành; ghi văn bản trả lời vào phiếu rồi thì trả lời chung được"
    ),
}


class MembersForm(FlaskForm):
    numbers = StringField(
        _l("Số phiếu"), description=_l("Nhiều số cách nhau bằng dấu phẩy."), validators=[Length(max=4000)]
    )
    like = SelectMultipleField(
        _l("Phiếu giống"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def chosen(self) -> list[str]:
        """Return the numbers that were typed or ticked, each once."""
        typed = (self.numbers.data or "").replace(";", ",").split(",")
        return list(
            dict.fromkeys(
                [*(code.strip().upper() for code in typed if code.strip()), *(self.like.data or ())]
            )
        )


@blueprint.get("/nhom")
def clusters() -> str:
    return render_template("beyond/clusters.html", rows=clustering.listed(db.session(), actor()))


@blueprint.route("/nhom/<code>", methods=["GET", "POST"])
def cluster(code: str) -> str | Response:
    row, inside = seen(code)
    keeps, form = actor().holds(*COORDINATING_OFFICES), MembersForm()
    like = clustering.suggested(db.session(), actor(), row) if keeps else []
    form.like.choices = [(s.ticket.code, f"{s.ticket.code} {s.ticket.title} ({s.likeness} %)") for s in like]
    if form.is_submitted() and not keeps:
        raise Forbidden
    if form.validate_on_submit():
        each(form.chosen(), lambda session, number: _join(session, code, number))
        return redirect(url_for("beyond.cluster", code=code))
    return render_template("beyond/cluster.html", form=form, row=row, keeps=keeps, **shown(inside))


@blueprint.post("/nhom/<code>/bo/<number>")
def leave_cluster(code: str, number: str) -> Response:
    with unit_of_work() as session:
        group = clustering.one(session, code)
        ticket = queries.handled_by(session, actor(), number)
        clustering.take_out(session, group, ticket, by=actor(), at=clock.now())
    flash(_("Đã đưa phiếu %(number)s ra khỏi nhóm.", number=number), "success")
    return redirect(url_for("beyond.cluster", code=code))


def seen(code: str) -> tuple[Any, list[Member]]:
    """Return the cluster and its members. Raises NotFound where the reader sees none of them."""
    row = clustering.one(db.session(), code)
    inside = common_answer.members(db.session(), actor(), row)
    if not inside and not actor().holds(*COORDINATING_OFFICES):
        raise NotFound(code)
    return row, inside


def shown(inside: list[Member]) -> dict[str, Any]:
    """Return what every page of a cluster shows of its members."""
    return {
        "members": [
            (
                m,
                status_meta(m.ticket.status),
                agency_name(loaded(), m.ticket.holder_id),
                WAITS.get(m.standing),
            )
            for m in inside
        ],
        "done": sum(m.standing in {Standing.SENT, Standing.DRAFTED} for m in inside),
        "drafted": sum(m.standing is Standing.DRAFTED for m in inside),
        "waiting": sum(m.standing is Standing.READY for m in inside),
        "approvable": sum(m.approvable for m in inside),
        "issuable": sum(m.issuable for m in inside),
    }


def _join(session: Any, code: str, number: str) -> None:
    ticket = queries.handled_by(session, actor(), number)
    clustering.join(session, clustering.one(session, code), ticket, by=actor(), at=clock.now())


def each(numbers: Iterable[str], deed: Callable[[Any, str], None]) -> None:
    """Do the deed for each number in a transaction of its own; one that is refused stops no other."""
    done, refused = 0, []
    for number in numbers:
        try:
            with unit_of_work() as session:
                deed(session, number)
            done += 1
        except FeedbackError as error:
            db.session().rollback()
            refused.append(f"{number}: {_why(error)}")
        db.session().expire_all()
    if done:
        flash(_("Đã làm xong với %(number)s phiếu.", number=done), "success")
    if refused:
        flash(
            _("Chưa làm được, các phiếu khác không bị ảnh hưởng: %(list)s", list="; ".join(refused)),
            "warning",
        )


def _why(error: FeedbackError) -> str:
    if isinstance(error, NotFound):
        return str(_("không có phiếu này"))
    if isinstance(error, Forbidden):
        return str(_("Ông/Bà không làm được việc này với phiếu"))
    if isinstance(error, (Conflict, IllegalTransition)):
        return str(_("không còn phù hợp với trạng thái của phiếu"))
    return error.message
