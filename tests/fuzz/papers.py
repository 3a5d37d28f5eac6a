"""What must be there before a form of reports can be reached: a layout that waits, a report that failed."""

import secrets

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.reports.drawing.shipped import shipped
from feedback_app.reports.models import Report
from feedback_app.reports.services import layouts
from feedback_app.reports.states import State
from tests.fuzz.acting import OFFICE, Stage, Staged, actor
from tests.web.access_scene import Scene


def layout_sent(*, in_force: bool) -> Stage:
    def staged(scene: Scene) -> Staged:
        by, at = actor(scene, "administrator"), clock.now()
        with unit_of_work() as writing:
            row = layouts.send_in(writing, shipped(), "mau.docx", by=by, at=at)
            if in_force:
                layouts.put_in_force(writing, row.version, by=by, at=at)
            return "administrator", {"version": row.version}

    return staged


def report_failed(scene: Scene) -> Staged:
    with unit_of_work() as writing:
        row = Report(
            public_id=secrets.token_hex(16),
            period="2026-10",
            state=State.FAILED,
            error="Lỗi",
            asked_at=clock.now(),
            by_id=actor(scene, OFFICE).user_id,
        )
        writing.add(row)
        return OFFICE, {"public_id": row.public_id}
