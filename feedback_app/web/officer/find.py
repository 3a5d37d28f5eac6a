"""Search: every ticket that this person may see, the best first, with the place where the words stand."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.tickets import desk
from feedback_app.tickets.desk import View
from feedback_app.tickets.search import documents, excerpts, finding
from feedback_app.tickets.search.finding import Asked
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.officer import blueprint, listing, wanting

PAGE, LAST = 25, 99


class State(StrEnum):
    """In which states one looks."""

    ALL = ""
    OPEN = "open"
    OVER = "over"


CLOCKS = {State.ALL: (), State.OPEN: finding.OPEN, State.OVER: finding.OVER}


@dataclass(frozen=True, slots=True)
class Hit:
    """One ticket found: its row of a list, and where the words stand."""

    row: listing.RowView
    excerpt: excerpts.Parts


@blueprint.get("/tim")
def find() -> str:
    words, state = wanting.typed(request.args.get("q", "")), _state()
    field = wanting.known_field(request.args.get("field", ""))
    found = finding.search(db.session(), actor(), Asked(words, CLOCKS[state], field))
    number = _number()
    shown = found.ids[number * PAGE : (number + 1) * PAGE]
    kept = {"q": words or None, "state": state or None, "field": field or None}
    return render_template(
        "officer/find.html",
        words=words,
        state=state,
        field=field,
        kept=kept,
        states=[
            ("", _("Tất cả")),
            (State.OPEN, _("Đang giải quyết")),
            (State.OVER, _("Đã trả lời, đã đóng")),
        ],
        fields=listing.field_options(loaded()),
        count=len(found.ids),
        cut=found.cut,
        hits=_hits(shown, found.words),
        previous_href=_page_href(kept, number) if number else None,
        next_href=_page_href(kept, number + 2) if len(found.ids) > (number + 1) * PAGE else None,
    )


def _hits(ids: Any, words: frozenset[str]) -> list[Hit]:
    session, calendar, today = db.session(), work_calendar(loaded().catalogue), clock.today()
    texts = documents.texts(session, ids)
    return [
        Hit(
            listing.row_view(row, View.PROVINCE, loaded(), calendar, today),
            excerpts.excerpt(texts[row.id], words),
        )
        for row in desk.rows_of(session, actor(), ids)
    ]


def _state() -> State:
    given = request.args.get("state", "")
    return State(given) if given in [state.value for state in State] else State.ALL


def _number() -> int:
    """Return which page is asked for, from 0 on."""
    given = request.args.get("page", "")
    return min(int(given) - 1, LAST) if given.isascii() and given.isdigit() and int(given) else 0


def _page_href(kept: dict[str, Any], number: int) -> str:
    return url_for("officer.find", **kept, page=number)
