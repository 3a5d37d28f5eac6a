"""Clusters: the list, one with its members and who else may belong to it, and the common answer."""

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
from feedback_app.tickets.services import clustering
from feedback_app.tickets.services.answering import Decision
from feedback_app.web.beyond import blueprint
from feedback_app.web.beyond.forms import CommonAnswerForm
from feedback_app.web.catalogue import loaded
from feedback_app.web.forms import FlaskForm
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name, status_meta


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
    row, inside = _seen(code)
    keeps, form = actor().holds(*COORDINATING_OFFICES), MembersForm()
    like = clustering.suggested(db.session(), actor(), row) if keeps else []
    form.like.choices = [(s.ticket.code, f"{s.ticket.code} {s.ticket.title} ({s.likeness} %)") for s in like]
    if form.is_submitted() and not keeps:
        raise Forbidden
    if form.validate_on_submit():
        _each(form.chosen(), lambda session, number: _join(session, code, number))
        return redirect(url_for("beyond.cluster", code=code))
    return render_template("beyond/cluster.html", form=form, row=row, keeps=keeps, **_shown(inside))


@blueprint.post("/nhom/<code>/bo/<number>")
def leave_cluster(code: str, number: str) -> Response:
    with unit_of_work() as session:
        group = clustering.one(session, code)
        ticket = queries.handled_by(session, actor(), number)
        clustering.take_out(session, group, ticket, by=actor(), at=clock.now())
    flash(_("Đã đưa phiếu %(number)s ra khỏi nhóm.", number=number), "success")
    return redirect(url_for("beyond.cluster", code=code))


@blueprint.route("/nhom/<code>/tra-loi", methods=["GET", "POST"])
def answer_cluster(code: str) -> str | Response:
    """Answer every member that the person's agency holds, each in a unit of its own; say of each that was not."""
    row, inside = _seen(code)
    waiting, form = [member.ticket.code for member in inside if member.answerable], CommonAnswerForm()
    if not waiting:
        raise Forbidden
    if form.validate_on_submit():
        decision = form.decision()
        _each(waiting, lambda session, number: _answer(session, code, number, decision))
        return redirect(url_for("beyond.cluster", code=code))
    return render_template(
        "beyond/answer_cluster.html", form=form, row=row, count=len(waiting), **_shown(inside)
    )


def _seen(code: str) -> tuple[Any, list[clustering.Member]]:
    """Return the cluster and its members. Raises NotFound where the reader sees none of them."""
    row = clustering.one(db.session(), code)
    inside = clustering.members(db.session(), actor(), row)
    if not inside and not actor().holds(*COORDINATING_OFFICES):
        raise NotFound(code)
    return row, inside


def _shown(inside: list[clustering.Member]) -> dict[str, Any]:
    return {
        "members": [
            (m, status_meta(m.ticket.status), agency_name(loaded(), m.ticket.holder_id)) for m in inside
        ],
        "done": sum(m.common for m in inside),
        "waiting": sum(m.answerable for m in inside),
    }


def _join(session: Any, code: str, number: str) -> None:
    ticket = queries.handled_by(session, actor(), number)
    clustering.join(session, clustering.one(session, code), ticket, by=actor(), at=clock.now())


def _answer(session: Any, code: str, number: str, decision: Decision) -> None:
    group = clustering.one(session, code)
    clustering.answer_member(session, group, number, decision, loaded(), by=actor(), at=clock.now())


def _each(numbers: Iterable[str], deed: Callable[[Any, str], None]) -> None:
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
