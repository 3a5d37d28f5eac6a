"""The address of a queue: what it asks for, and the address that asks for this."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask import url_for

from feedback_app.deadlines.standing import Category
from feedback_app.tickets import desk
from feedback_app.tickets.desk import Key, View, Wanted
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.narrowing import NOBODY
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor

LARGEST_ID = 2**63 - 1
ME, NONE = "me", "none"
NARROWING = ("q", "status", "field", "area", "handler", "agency")  # the filters that lift one by one
Word = TypeVar("Word", bound=StrEnum)


def wanted(args: Mapping[str, str]) -> Wanted:
    """Return what the arguments ask for; what makes no sense there is ignored."""
    view = _one_of(View, args.get("view")) or View.AGENCY
    return Wanted(
        view=view if view in desk.views_of(actor()) else View.AGENCY,
        category=_one_of(Category, args.get("category")) if view is not View.DONE else None,
        words=typed(args.get("q", "")),
        status=_one_of(Status, args.get("status")),
        field=known_field(args.get("field", "")),
        areas=_areas(args.get("area", "")),
        handler_id=_handler(args.get("handler", "")),
        holder_id=loaded().agency_ids.get(args.get("agency", "")),
        after=_key(args.get("after", "")),
    )


def arguments(asked: Wanted) -> dict[str, Any]:
    """Return the arguments of an address that shows the same list from its beginning.

    The part is always named: an address without any argument opens the view that the person keeps as the first.
    """
    return {
        "view": asked.view,
        "category": asked.category,
        "q": asked.words or None,
        "status": asked.status,
        "field": asked.field or None,
        "area": asked.areas[0] if asked.areas else None,
        "handler": handler_word(asked.handler_id),
        "agency": loaded().agency_codes.get(asked.holder_id or 0),
    }


def href(asked: Wanted, after: Key | None = None, **changed: Any) -> str:
    """Return the address of the list, with some of its arguments changed."""
    mark = f"{after.clock}.{after.on.isoformat()}.{after.id}" if after else None
    return url_for("officer.queue", **(arguments(asked) | changed), after=mark)


def typed(text: str) -> str:
    """Return words as people type them into an address."""
    return text.replace("\0", "").strip()[:200]


def known_field(code: str) -> str:
    return code if code in {field.code for field in loaded().catalogue.fields.fields} else ""


def handler_word(handler_id: int | None) -> str | None:
    if handler_id is None:
        return None
    return {NOBODY: NONE, actor().user_id: ME}.get(handler_id, str(handler_id))


def _handler(word: str) -> int | None:
    if word in {ME, NONE}:
        return actor().user_id if word == ME else NOBODY
    return min(int(word), LARGEST_ID) if word.isascii() and word.isdigit() and int(word) else None


def _areas(code: str) -> tuple[str, ...]:
    """Return the area and all that lie in it, none where there is no such area."""
    every = loaded().catalogue.areas.areas
    if code not in {area.code for area in every}:
        return ()
    return (code, *(area.code for area in every if area.parent == code))


def _key(mark: str) -> Key | None:
    try:
        clock_category, on, row_id = mark.split(".")
        return Key(clock_category, date.fromisoformat(on), min(int(row_id), LARGEST_ID))
    except ValueError:
        return None


def _one_of(words: type[Word], given: str | None) -> Word | None:
    return words(given) if given in [word.value for word in words] else None
