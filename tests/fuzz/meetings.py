"""What must be there before a form of a meeting can be reached: it in some state, a proposal, an item, a table."""

from datetime import timedelta
from typing import Any

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.dialogues.services import importing
from feedback_app.intake.sheets import Row
from tests.factories import a_ticket
from tests.factories.dialogues import a_meeting, a_proposal, an_item
from tests.fuzz.acting import OFFICE, Stage, Staged, actor, numbers
from tests.web.access_scene import Scene


def meeting_in(state: str, who: str = OFFICE) -> Stage:
    def staged(scene: Scene) -> Staged:
        return who, {"code": a_meeting(scene.loaded, scene.person(OFFICE), state=state).code}

    return staged


def proposal(scene: Scene) -> Staged:
    meeting = a_meeting(scene.loaded, scene.person(OFFICE))
    row = a_proposal(
        meeting, scene.ticket("officer", "own", "in_work"), heading="Cấp phép", handling="on_day"
    )
    return OFFICE, {"code": meeting.code, "proposal_id": row.id}


def point(scene: Scene) -> Staged:
    return "leadership", {"code": proposal(scene)[1]["code"]}


def item(state: str, who: str) -> Stage:
    def staged(scene: Scene) -> Staged:
        by = scene.person(OFFICE)
        meeting = a_meeting(scene.loaded, by, state="concluded")
        ahead = clock.today() + timedelta(days=20)
        given: dict[str, Any] = {"due_on": ahead, "state": state}
        return who, {"item_id": an_item(scene.session, scene.loaded, meeting, by, **given).id}

    return staged


def item_to_drop(scene: Scene) -> Staged:
    by = scene.person(OFFICE)
    meeting = a_meeting(scene.loaded, by, state="held")
    row = an_item(scene.session, scene.loaded, meeting, by, due_on=clock.today() + timedelta(days=20))
    return OFFICE, {"code": meeting.code, "item_id": row.id}


def table(scene: Scene) -> Staged:
    by, meeting = actor(scene, OFFICE), a_meeting(scene.loaded, scene.person(OFFICE))
    headings = ("Mã nguồn", "Ngày tiếp nhận", "Vụ việc", "Nội dung", "Bên gửi")
    line = ("01", clock.today().strftime("%d/%m/%Y"), "Giấy phép chậm", "Chưa có kết quả.", "Công ty")
    rows = [Row(1, headings), Row(2, line)]
    items, _faults = importing.look(rows, scene.loaded, meeting, today=clock.today())
    with unit_of_work() as writing:
        told = {"sha256": f"meeting-{next(numbers)}", "name": "a.docx", "by": by, "at": clock.now()}
        kept = importing.keep(writing, writing.merge(meeting), items, **told)
    return OFFICE, {"code": meeting.code, "batch_id": kept.id}


def own_ticket_to_raise(scene: Scene) -> Staged:
    enterprise = scene.person("enterprise")
    a_ticket(scene.session, scene.loaded, enterprise_id=enterprise.enterprise_id)
    return "enterprise", {"code": a_meeting(scene.loaded, scene.person(OFFICE)).code}


MEETINGS: dict[str, Stage] = {
    "dialogues.join": own_ticket_to_raise,
    "dialogues.meeting": meeting_in("called", "anonymous"),
    "dialogues.propose": meeting_in("called", "anonymous"),
    "meetings.add_item": meeting_in("held"),
    "meetings.agenda": point,
    "meetings.batch": table,
    "meetings.call": meeting_in("planned"),
    "meetings.cancel": meeting_in("called"),
    "meetings.change": meeting_in("planned"),
    "meetings.classify": proposal,
    "meetings.conclude": item_to_drop,
    "meetings.conclusions": item_to_drop,
    "meetings.decide": item("reported", OFFICE),
    "meetings.drop_item": item_to_drop,
    "meetings.hold": meeting_in("called"),
    "meetings.imports": meeting_in("called"),
    "meetings.invite": meeting_in("called"),
    "meetings.item": item("open", "officer"),
    "meetings.meeting": meeting_in("called"),
    "meetings.place": point,
    "meetings.postpone": meeting_in("called"),
    "meetings.proposals_": proposal,
    "meetings.report": item("open", "officer"),
    "meetings.settle": proposal,
    "meetings.take_over": table,
}
