"""The queue: the officer's first page in the morning."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback_app.accounts import absences
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Invalid
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.tickets import desk
from feedback_app.tickets.desk import View, Wanted
from feedback_app.tickets.policy import HANDLING
from feedback_app.tickets.services import saving
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint, listing, wanting
from feedback_app.web.officer.bulk_menu import acts_for
from feedback_app.web.officer.forms_desk import SaveViewForm


@blueprint.get("/")
def queue() -> str | Response:
    person, session = actor(), db.session()
    if not request.args and (first := saving.first_view(session, person)):
        return redirect(f"{url_for('officer.queue')}?{first}")
    calendar = work_calendar(loaded().catalogue)
    within = desk.bounds(clock.today(), calendar)
    asked = wanting.wanted(request.args)
    found = desk.listed(session, person, asked, within)
    colleagues = _colleagues()
    rows = [listing.row_view(row, asked.view, loaded(), calendar, within.today) for row in found.page.rows]
    return render_template(
        "officer/queue.html",
        wanted=asked,
        kept=wanting.arguments(asked),
        tabs=listing.tabs(person, asked, found.sizes),
        counts=listing.count_views(found.tally, asked),
        groups=listing.groups(rows, found.tally, asked),
        chips=listing.chips(asked, loaded(), dict(colleagues)),
        selects=_selects(asked, colleagues),
        saved=_saved(asked),
        form=SaveViewForm(),
        bulk=acts_for(person) if rows and asked.view is not View.DONE else [],
        first_href=wanting.href(asked) if asked.after else None,
        next_href=wanting.href(asked, found.page.next) if found.page.next else None,
    )


@blueprint.post("/bo-loc")
def save_view() -> Response:
    """Keep the filters of the address that the form carries, under a name."""
    form = SaveViewForm()
    asked = wanting.wanted(dict(parse_qsl(form.query.data or "")))
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                view = saving.save(
                    session,
                    by=actor(),
                    name=form.name.data or "",
                    query=_query(asked),
                    shared=form.shared.data,
                    opens=form.opens.data,
                    at=clock.now(),
                )
            flash(_("Đã lưu bộ lọc “%(name)s”.", name=view.name), "success")
        except Invalid as error:
            flash(error.message, "error")
    return redirect(wanting.href(asked))


@blueprint.post("/bo-loc/<int:view_id>/xoa")
def remove_view(view_id: int) -> Response:
    with unit_of_work() as session:
        saving.remove(session, view_id, by=actor())
    flash(_("Đã xóa bộ lọc."), "success")
    return redirect(url_for("officer.queue", view=View.AGENCY))


@blueprint.post("/bo-loc/<int:view_id>/mo-dau")
def open_view_first(view_id: int) -> Response:
    with unit_of_work() as session:
        saving.open_first(session, view_id, by=actor())
    flash(_("Đã đổi bộ lọc mở đầu."), "success")
    return redirect(url_for("officer.queue", view=View.AGENCY))


def _query(asked: Wanted) -> str:
    """Return the filters as the part of an address after "?"."""
    return urlencode({name: str(value) for name, value in wanting.arguments(asked).items() if value})


def _saved(asked: Wanted) -> list[dict[str, Any]]:
    me, now = actor().user_id, _query(asked)
    return [
        {
            "id": view.id,
            "name": view.name,
            "href": f"{url_for('officer.queue')}?{view.query}",
            "active": view.query == now,
            "own": view.user_id == me,
            "opens": view.opens and view.user_id == me,
        }
        for view in saving.views_of(db.session(), actor())
    ]


def _selects(
    asked: Wanted, colleagues: list[tuple[int, str]]
) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """Return the select boxes: name, label, choices, what is chosen."""
    kept = wanting.arguments(asked)
    choices = {
        "status": (_("Trạng thái"), listing.status_options(asked.view)),
        "field": (_("Lĩnh vực"), listing.field_options(loaded())),
        "area": (_("Địa bàn"), listing.area_options(loaded(), clock.today())),
        "handler": (_("Người thụ lý"), listing.handler_options(colleagues)),
    }
    return [(name, str(label), options, kept[name] or "") for name, (label, options) in choices.items()]


def _colleagues() -> list[tuple[int, str]]:
    people = absences.colleagues(db.session(), actor().agency_ids(HANDLING), clock.today())
    return [(user.id, user.name) for user in people]
