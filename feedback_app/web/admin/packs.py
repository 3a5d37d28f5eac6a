"""The packs in the database, version by version, and the working calendar."""

from datetime import date

from flask import render_template, request

from feedback_app.catalogue import packs as files
from feedback_app.catalogue.load import edited_against, versions
from feedback_app.catalogue.models import Origin
from feedback_app.catalogue.packs.calendar import CalendarPack
from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.core.errors import NotFound
from feedback_app.deadlines.calendar import FIRST_YEAR, LAST_YEAR, calendar_of
from feedback_app.web.admin import blueprint
from feedback_app.web.admin.labels import ORIGINS
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting import local


@blueprint.get("/danh-muc")
def packs() -> str:
    session = db.session()
    shipped = files.shipped().packs().items()
    contending = [name for name, pack in shipped if edited_against(session, name, files.dump(pack))]
    origins = {str(origin): label for origin, label in ORIGINS.items()}
    return render_template(
        "admin/packs.html",
        versions=versions(session),
        contending=contending,
        origins=origins,
        edited=Origin.EDITED,
    )


@blueprint.get("/lich")
def calendar() -> str:
    this_year = clock.today().year
    year = request.args.get("nam", this_year, type=int)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound(str(year))
    pack = loaded().catalogue.calendars[0]
    days = calendar_of(pack)
    return render_template(
        "admin/calendar.html",
        year=year,
        years=range(this_year - 2, this_year + 3),
        estimated=days.estimated(year),
        days_off=list(days.days_off(year)),
        worked=list(days.working_weekend_days(year)),
        working_days=days.count_working_days(date(year - 1, 12, 31), date(year, 12, 31))
        if year > FIRST_YEAR
        else None,
        notices=pack.notices,
        editable=year <= pack.estimated_after + 1 and (days.estimated(year) or _published(pack, year)),
        local=local,
    )


def _published(pack: CalendarPack, year: int) -> bool:
    return any(entry.year == year for entry in pack.years)
