"""What must be there before a form of a register can be reached: a visit, a report owed, figures to check."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from feedback_app.briefing.models import Brief
from feedback_app.catalogue.packs.inspections import Form
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.inspections.entries import Entry
from feedback_app.inspections.services import importing as calendars
from feedback_app.inspections.services import recording
from feedback_app.programme.models import ProgrammeReport
from feedback_app.programme.services import linking, owing
from tests.fuzz.acting import OFFICE, Stage, Staged, actor, ids, numbers
from tests.web.access_scene import Scene

TASK = 29  # of the action programme


def _visit(**more: Any) -> Entry:
    number = next(numbers)
    given = {
        "code": f"KH-{number}",
        "tax_code": "4200000001",
        "enterprise": "Công ty",
        "year": clock.today().year,
    }
    return Entry(**given, form=Form.CHECK, agency="so-xd", contents=("construction",), **more)


def visit(scene: Scene) -> Staged:
    by = actor(scene, "inspector")
    with unit_of_work() as writing:
        row = recording.record(writing, _visit(), scene.loaded, by=by, at=clock.now())
        writing.flush()
        return "inspector", {"visit_id": row.id}


def calendar_batch(scene: Scene) -> Staged:
    by, number = actor(scene, "inspector"), next(numbers)
    with unit_of_work() as writing:
        facts = {"sha256": f"calendar-{number}", "name": "a.csv", "by": by, "at": clock.now()}
        row = calendars.keep(writing, [(2, _visit())], scene.loaded, **facts)
        writing.flush()
        return "inspector", {"batch_id": row.id}


def brief_line(scene: Scene) -> Staged:
    """Return the line of an agency in the brief of a day."""
    day = clock.today() - timedelta(days=next(numbers))
    line = {"subject": "agency:so-xd", "agency": "so-xd", "now": [40, 80], "before": [220, 240]}
    content = {"open": 1, "overdue": 1, "red": [], "slipping": [line], "rising": None, "practice": None}
    with unit_of_work() as writing:
        writing.add(Brief(day=day, at=clock.now(), content=content))
    return "leadership", {"day": day.isoformat(), "subject": line["subject"], "deed": "remind"}


def report_owed(scene: Scene) -> Staged:
    agency_id = ids(scene)["so-xd"]
    with unit_of_work() as writing:
        owing.open_due(writing, scene.loaded, clock.today())
        row = writing.scalars(select(ProgrammeReport).where(ProgrammeReport.agency_id == agency_id)).first()
        return "officer", {"report_id": row.id}


def task_with_obstacle(scene: Scene) -> Staged:
    by, ticket = actor(scene, OFFICE), scene.ticket("officer", "own", "in_work")
    with unit_of_work() as writing:
        linking.link(writing, TASK, ticket.code, scene.loaded, by=by, at=clock.now())
    return OFFICE, {"number": TASK, "code": ticket.code}


def figures_to_check(by: str) -> Stage:
    month = clock.today().replace(day=1) - timedelta(days=1)
    return lambda _scene: (by, {"agency": "so-xd", "ky": f"{month:%Y-%m}"})
