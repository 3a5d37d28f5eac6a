"""A sample calendar of inspections: three years of the sample enterprises, with plans that collide this year."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.packs.inspections import Form
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.demo.matters import matters
from feedback_app.inspections.entries import Entry, normal_tax_code
from feedback_app.inspections.rules import State
from feedback_app.inspections.services import recording
from feedback_app.tickets.models import Filer, Ticket

SEED = 30  # the task of the programme
# form, agency as of 2024 (its heir in later years), contents
USUAL = (
    (Form.INSPECTION, "thanh-tra", ("land", "construction")),
    (Form.CHECK, "thue", ("tax",)),
    (Form.CHECK, "so-tnmt", ("environment",)),
    (Form.CHECK, "cong-an", ("fire_safety",)),
    (Form.CHECK, "so-ldtbxh", ("labour", "work_safety")),
    (Form.CHECK, "bhxh", ("social_insurance",)),
    (Form.CHECK, "so-yt", ("food_safety",)),
    (Form.CHECK, "so-ct", ("trade", "goods_quality")),
)
# what the enterprises that complained of it have this year, counted from today
COLLIDING: tuple[dict[str, Any], ...] = (
    {"days": -60, "form": Form.INSPECTION, "agency": "so-tnmt", "contents": ("environment", "minerals_water")},
    {"days": 9, "form": Form.CHECK, "agency": "cong-an", "contents": ("environment", "fire_safety"), "planned": False},
    {"days": 20, "form": Form.CHECK, "agency": "so-xd", "contents": ("construction",), "joined": ("cong-an",),
     "exception": "clear_signs", "grounds": "Biên bản kiểm tra hiện trường (mẫu)"},
)  # fmt: skip
COMPLAINING = 4


def fill(session: Session, loaded: Loaded, by: Actor, *, at: datetime) -> int:
    """Write the sample calendar; return how many visits. Every one is marked as sample data."""
    random, number = Random(SEED), 0
    for number, given in enumerate(_plans(session, random, clock.local_date(at)), start=1):
        entry = _entry(given | {"code": f"M{number:03d}"}, loaded, random, clock.local_date(at))
        recording.record(session, entry, loaded, by=by, at=at, is_sample=True)
    return number


def _plans(session: Session, random: Random, today: date) -> Iterator[dict[str, Any]]:
    for n, (_type, name, _place) in enumerate(matters().enterprises, start=1):
        enterprise = {"tax_code": f"00{n:08d}", "enterprise": name}
        for year in range(2024, today.year + 1):
            for form, agency, contents in random.sample(USUAL, random.choice((0, 1, 1, 1, 2))):
                usual = {"form": form, "agency": agency, "contents": contents}
                yield enterprise | usual | {"year": year}
    for tax_code, name in _complaining(session):
        for plan in COLLIDING:
            yield {"tax_code": tax_code, "enterprise": name, "year": today.year} | plan


def _complaining(session: Session) -> list[tuple[str, str]]:
    """Return tax code and name of some enterprises with an overlapping-inspection ticket."""
    query = select(Filer.identifier, Filer.name).join(Ticket, Ticket.id == Filer.ticket_id)
    query = query.where(Ticket.kind == "overlapping_inspection", Ticket.hide_identity.is_(False))
    rows = session.execute(query.order_by(Ticket.clock != "open", Ticket.id.desc()))
    found = {code: name for typed, name in rows if (code := normal_tax_code(typed)) is not None}
    return list(found.items())[:COMPLAINING]


def _entry(given: dict[str, Any], loaded: Loaded, random: Random, today: date) -> Entry:
    """Return the plan with its days and its decision; what is past has taken place, or was dropped."""
    starts_on = _start(given, random, today)
    dropped = "days" not in given and random.random() < 0.1
    state = State.PLANNED if starts_on > today else State.DROPPED if dropped else State.DONE
    dated: dict[str, Any] = {
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=random.choice((2, 4, 9))),
        "agency": loaded.directory.resolve(given["agency"], starts_on).code,
        "state": state,
    }
    if state is not State.PLANNED:
        number = random.randint(10, 900)
        dated |= {"decision_number": f"{number}/QĐ (mẫu)", "decided_on": starts_on - timedelta(days=20)}
    return Entry(**{name: value for name, value in (given | dated).items() if name != "days"})


def _start(given: dict[str, Any], random: Random, today: date) -> date:
    """Return a day of the plan's year, so many days from today where the plan says so."""
    first, last = date(given["year"], 1, 1), date(given["year"], 12, 31)
    if "days" in given:
        return min(max(first, today + timedelta(days=given["days"])), last)
    return first + timedelta(days=random.randrange(32, 352))
