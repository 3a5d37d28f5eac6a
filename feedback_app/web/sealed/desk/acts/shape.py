"""What an act is, when it is offered, and what its form offers to choose from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from flask_babel import lazy_gettext as _l
from wtforms import Form

from feedback_app.confidential.errors import LastReader, NotAllowed, TooLong
from feedback_app.confidential.roster import Seat
from feedback_app.confidential.services import working
from feedback_app.confidential.sessions import Unlocked
from feedback_app.confidential.store import session
from feedback_app.web.sealed.desk import labels
from feedback_app.web.sealed.desk.forms import offered
from feedback_app.web.sealed.desk.room import here, today
from feedback_app.web.sealed.desk.standing import Standing

Complaints: TypeAlias = Mapping[type[Exception], Any]
Deed: TypeAlias = Callable[[Any, Unlocked, str, Any, date], Any]


def _as_it_is(form: Any, at: Standing) -> None:
    """Leave the form as its class has it."""


@dataclass(frozen=True)
class Act:
    """``code`` is the endpoint and the word for what was done; ``leads_away``: the report may be out of reach then."""

    code: str
    path: str
    name: Any
    why: Any
    done: Any
    form: type[Form]
    deed: Deed
    offered: Callable[[Standing], bool]
    group: str = "work"
    prepare: Callable[[Any, Standing], None] = _as_it_is
    leads_away: bool = False
    danger: bool = False
    complaints: Complaints = field(default_factory=dict)


FULL: Complaints = {TooLong: _l("Báo cáo đã đầy: xin rút gọn nội dung.")}
NO_KEY: Complaints = {NotAllowed: _l("Khóa công khai của nơi nhận không đúng.")}
LAST: Complaints = {LastReader: _l("Không còn ai khác đọc được báo cáo này: xin chọn người nhận thay.")}


def open_(at: Standing) -> bool:
    return at.is_open


def talking(at: Standing) -> bool:
    return at.is_open and at.reaches_reporter


def handling(at: Standing) -> bool:
    return at.is_open and at.handles


def _named(seats: Iterable[Seat]) -> dict[str, Any]:
    return {seat.id: f"{seat.name}, {seat.post}" for seat in seats}


def people(form: Any, at: Standing) -> None:
    form.to.choices = offered(_named(at.colleagues))


def readers(form: Any, at: Standing) -> None:
    form.to.choices = offered(_named(at.readers))


def successors(form: Any, at: Standing) -> None:
    nobody = {"": _l("Không chọn: người khác vẫn đọc được báo cáo này")}
    form.to.choices = offered({**nobody, **_named(at.colleagues)})


def related(form: Any, at: Standing) -> None:
    """Offer what this seat reads about the same unit and agency."""
    rows = working.related(session(), here(), at.opened.row.id, on=today())
    form.other.choices = offered({row.id: labels.reported(row) for row in rows if row.id not in at.links})


def linked(form: Any, at: Standing) -> None:
    form.other.choices = offered({other: labels.short(other) for other in at.links})
