"""Preparing meetings on both databases: tables that join tickets, readiness, the agenda, days, lists."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from feedback_app.accounts.actor import Function
from feedback_app.core import clock
from feedback_app.core.audit import AuditEntry
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, IllegalTransition, Invalid, NotFound
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.dialogues import proposals, queries
from feedback_app.dialogues.models import Meeting, MeetingProposal
from feedback_app.dialogues.rules import Competence, Days, Handling, Kind
from feedback_app.dialogues.services import (
    classifying,
    importing,
    ordering,
    planning,
)
from feedback_app.dialogues.services.classifying import Classified
from feedback_app.dialogues.services.planning import Plan
from feedback_app.intake.sheets import Row
from feedback_app.tickets.coordination import OtherChannel
from feedback_app.tickets.drafting import AnswerDraft
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import clustering
from tests.factories import a_person, a_ticket, actor_of, reread
from tests.factories.dialogues import a_meeting, a_proposal

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
HEADINGS = ("Mã nguồn", "Ngày tiếp nhận", "Vụ việc", "Nội dung", "Bên gửi", "Mã số thuế")
TITLE, BODY = "Cấp giấy phép xây dựng chậm", "Hồ sơ xin cấp giấy phép xây dựng nhà xưởng chưa có kết quả."


def kept(loaded, meeting, by, *lines):
    items, faults = importing.look(
        [Row(1, HEADINGS), *(Row(n, line) for n, line in enumerate(lines, start=2))],
        loaded,
        meeting,
        today=clock.today(),
    )
    assert faults == []
    with unit_of_work() as writing:
        facts = {"sha256": f"x{len(lines)}{lines[0][0]}", "name": "a.docx", "by": by, "at": NOW}
        return importing.keep(writing, writing.get_one(Meeting, meeting.id), items, **facts).id


def taken(loaded, meeting, by, batch_id, joined=()):
    with unit_of_work() as writing:
        row = writing.get_one(Meeting, meeting.id)
        batch = importing.waiting(writing, row, batch_id, by)
        return importing.take_over(writing, row, batch, loaded, joined=joined, by=by, at=NOW, prefix="KH")


def linked(session, meeting):
    session.rollback()
    query = select(Ticket.code).join(MeetingProposal, MeetingProposal.ticket_id == Ticket.id)
    return set(session.scalars(query.where(MeetingProposal.meeting_id == meeting.id)))


def test_a_row_that_tells_what_an_open_ticket_tells_joins_it_and_opens_no_second_clock(
    session, loaded, meeting, by
):
    there = a_ticket(session, loaded, title=TITLE, body=BODY)
    same = ("01", "20/11/2026", TITLE, BODY, "Công ty TNHH Mẫu A", "4200000001")
    other = ("02", "20/11/2026", "Hoàn thuế chậm", "Chưa hoàn thuế.", "Công ty B", "4200000002")
    batch_id = kept(loaded, meeting, by, same, other)
    batch = importing.waiting(db.session(), meeting, batch_id, by)
    assert [(r.row, r.ticket) for r in importing.recognised(db.session(), batch, by)] == [(2, there.code)]
    told = taken(loaded, meeting, by, batch_id, joined={2})
    assert (told.filed, told.joined, told.late) == (1, 1, 0)
    codes = linked(session, meeting)
    assert there.code in codes
    assert len(codes) == 2
    noted = session.scalars(select(OtherChannel)).one()
    assert (noted.ticket_id, noted.code) == (there.id, f"{meeting.code}/01")


def test_what_was_received_after_the_closing_day_is_a_ticket_and_no_proposal(session, loaded, focal, by):
    meeting = a_meeting(loaded, focal, closes_on=date(2026, 11, 20))
    late = ("01", "21/11/2026", "Hoàn thuế chậm", "Chưa hoàn thuế.", "Công ty B", "4200000002")
    told = taken(loaded, meeting, by, kept(loaded, meeting, by, late))
    assert (told.filed, told.late) == (1, 1)
    assert linked(session, meeting) == set()


def test_a_table_of_another_meeting_or_another_person_does_not_exist(session, loaded, meeting, focal, by):
    line = ("01", "20/11/2026", "Hoàn thuế chậm", "Chưa hoàn thuế.", "Công ty B", "")
    batch_id = kept(loaded, meeting, by, line)
    with pytest.raises(NotFound):
        importing.waiting(session, a_meeting(loaded, focal), batch_id, by)
    stranger = actor_of(session, a_person(session, Function.FOCAL_POINT, "so-tc"))
    with pytest.raises(NotFound):
        importing.waiting(session, meeting, batch_id, stranger)


def test_readiness_is_what_the_ticket_and_its_draft_say(session, loaded, meeting, focal, by):
    ticket = a_ticket(session, loaded)
    a_proposal(meeting, ticket, heading="Cấp phép", handling="on_day")

    def readiness(state):
        draft = {"round": 1, "agency_id": ticket.lead_id, "author_id": focal.id, "outcome": "answered"}
        with unit_of_work() as writing:
            writing.execute(delete(AnswerDraft))
            if state:
                row = AnswerDraft(ticket_id=ticket.id, text="Dự thảo", chain={}, state=state, at=NOW, **draft)
                writing.add(row)
        owed = proposals.replies_by_agency(session, meeting)[0]
        return proposals.proposals(session, by, meeting)[0].readiness, owed.drafted, owed.missing

    assert readiness("") == ("nothing", 0, 1)
    assert readiness("writing") == readiness("returned") == ("drafted", 1, 0)
    assert readiness("approving") == ("in_approval", 1, 0)
    assert readiness("dropped") == ("nothing", 0, 1)


def test_the_agenda_counts_enterprises_of_a_cluster_and_leaves_out_what_is_settled(
    session, loaded, meeting, by
):
    alone, first, second = (a_ticket(session, loaded, at=NOW - timedelta(days=n)) for n in (9, 3, 2))
    a_proposal(meeting, alone, heading="Một việc", handling="on_day")
    done = a_proposal(meeting, a_ticket(session, loaded), heading="Đã xong", handling="on_day")
    a_proposal(meeting, a_ticket(session, loaded), heading="Bằng văn bản", handling="written")
    with unit_of_work() as writing:
        cluster = clustering.create(
            writing, reread(writing, first.code), title="Nhóm giấy phép", by=by, at=NOW
        )
    with unit_of_work() as writing:
        group = clustering.one(writing, cluster.code)
        clustering.join(writing, group, reread(writing, second.code), by=by, at=NOW)
    with unit_of_work() as writing:
        row = writing.get_one(MeetingProposal, done.id)
        classifying.settle(writing, writing.get_one(Meeting, meeting.id), row, "Xong.", by=by, at=NOW)
    order = ordering.agenda(session, meeting, work_calendar(loaded.catalogue), clock.today())
    told = [(p.point.title, p.point.enterprises) for p in order]
    assert {title for title, _n in told} == {"Nhóm giấy phép", "Một việc"}
    assert dict(told)["Nhóm giấy phép"] == 1, "both tickets are of one tax code"


def test_only_what_was_classified_by_the_focal_point_is_classified_and_a_stale_page_is_told(
    session, loaded, meeting, by
):
    row = a_proposal(meeting, a_ticket(session, loaded))
    told = Classified(heading="Việc", competence=Competence.AGENCY, handling=Handling.ON_DAY)
    officer = actor_of(session, a_person(session, Function.OFFICER, "so-xd"))

    def write(who, seen):
        with unit_of_work() as writing:
            found, proposal = writing.get_one(Meeting, meeting.id), writing.get_one(MeetingProposal, row.id)
            classifying.classify(writing, found, proposal, told, seen_version=seen, by=who, at=NOW)

    with pytest.raises(Forbidden):
        write(officer, 1)
    write(by, 1)
    with pytest.raises(Conflict):
        write(by, 1)
    session.rollback()
    entries = session.scalars(select(AuditEntry).where(AuditEntry.event == "dialogue.classified")).all()
    assert len(entries) == 1
    assert "Việc" not in str(entries[0].data)


def plan(loaded, by, **given):
    days = given.pop("days", Days(date(2026, 12, 1), date(2026, 12, 5), date(2026, 12, 10)))
    told = {"kind": Kind.PROVINCIAL, "title": "Hội nghị", "about": "", "place": "Hội trường", "hour": "08:00"}
    with unit_of_work() as writing:
        told |= {"chair_id": loaded.agency_ids["vp-ubnd"]} | given
        return planning.plan(writing, Plan(days=days, **told), by=by, at=NOW)


@pytest.mark.parametrize(
    "days, field",
    [
        ((date(2026, 11, 20), date(2026, 12, 5), date(2026, 12, 10)), "closes_on"),
        ((date(2026, 12, 10), date(2026, 12, 10), date(2026, 12, 10)), "closes_on"),
        ((date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 24)), "held_on"),
    ],
)
def test_days_that_cannot_be_are_refused_with_their_field(session, loaded, by, days, field):
    with pytest.raises(Invalid) as refused:
        plan(loaded, by, days=Days(*days))
    assert refused.value.field == field


def test_an_agency_plans_no_provincial_dialogue_and_a_called_day_is_put_off_not_changed(session, loaded, by):
    officer = actor_of(session, a_person(session, Function.OFFICER, "so-xd"))
    with pytest.raises(Forbidden):
        plan(loaded, officer)
    row = plan(loaded, by)
    told = Plan(kind=Kind.PROVINCIAL, title="Hội nghị", about="", place="A", hour="",
                chair_id=row.chair_id, days=Days(date(2026, 12, 1), date(2026, 12, 5), date(2026, 12, 11)))  # fmt: skip
    with unit_of_work() as writing:
        found = writing.get_one(Meeting, row.id)
        planning.call(writing, found, by=by, at=NOW)
        with pytest.raises(Invalid):
            planning.change(writing, found, told, seen_version=None, by=by, at=NOW)
        with pytest.raises(Invalid):
            planning.hold(writing, found, by=by, at=NOW)
        with pytest.raises(IllegalTransition):
            planning.call(writing, found, by=by, at=NOW)


def test_meetings_come_page_by_page_and_those_only_planned_not_to_guests(session, loaded, focal, by):
    rows = [a_meeting(loaded, focal, held_on=date(2026, 12, 1)) for _ in range(3)]
    planned = a_meeting(loaded, focal, state="planned")
    first = queries.page_of(session, None, size=2)
    last = first[-1]
    rest = queries.page_of(session, None, after=(last.held_on, last.id), size=2)
    assert [m.id for m in (*first, *rest)] == [m.id for m in reversed(rows)]
    assert planned.id in {m.id for m in queries.page_of(session, by)}
    with pytest.raises(NotFound):
        queries.meeting(session, None, planned.code)
