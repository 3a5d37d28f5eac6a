"""The queue: the officer's first page in the morning."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import render_template, request, url_for

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.deadlines.standing import Category
from feedback_app.tickets import desk
from feedback_app.tickets.desk import Key, View, Wanted
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint, listing

LARGEST_ID = 2**63 - 1
Word = TypeVar("Word", bound=StrEnum)


@blueprint.get("/")
def queue() -> str:
    person, session = actor(), db.session()
    calendar = work_calendar(loaded().catalogue)
    within = desk.bounds(clock.today(), calendar)
    wanted = _wanted()
    found = desk.listed(session, person, wanted, within)
    page, tally = found.page, found.tally
    rows = [listing.row_view(row, wanted.view, loaded(), calendar, within.today) for row in page.rows]
    return render_template(
        "officer/queue.html",
        wanted=wanted,
        agency=loaded().agency_codes.get(wanted.holder_id or 0),
        tabs=listing.tabs(person, wanted, desk.sizes(session, person)),
        counts=listing.count_views(tally, wanted),
        groups=listing.groups(rows, tally, wanted),
        fields=listing.field_options(loaded()),
        chips=listing.chips(wanted, loaded()),
        first_href=_href(wanted, None) if wanted.after else None,
        next_href=_href(wanted, page.next) if page.next else None,
    )


def _wanted() -> Wanted:
    """Return what the address asks for; what makes no sense there is ignored."""
    args = request.args
    view = _one_of(View, args.get("view")) or View.AGENCY
    return Wanted(
        view=view if view in desk.views_of(actor()) else View.AGENCY,
        category=_one_of(Category, args.get("category")) if view is not View.DONE else None,
        words=args.get("q", "").replace("\0", "").strip()[:200],
        field=_known_field(args.get("field", "")),
        holder_id=loaded().agency_ids.get(args.get("agency", "")),
        after=_key(args.get("after", "")),
    )


def _known_field(code: str) -> str:
    return code if code in {field.code for field in loaded().catalogue.fields.fields} else ""


def _href(wanted: Wanted, after: Key | None) -> str:
    mark = f"{after.clock}.{after.on.isoformat()}.{after.id}" if after else None
    return url_for("officer.queue", **listing.arguments(wanted), after=mark)


def _key(mark: str) -> Key | None:
    try:
        clock_category, on, row_id = mark.split(".")
        return Key(clock_category, date.fromisoformat(on), min(int(row_id), LARGEST_ID))
    except ValueError:
        return None


def _one_of(words: type[Word], given: str | None) -> Word | None:
    return words(given) if given in [word.value for word in words] else None
