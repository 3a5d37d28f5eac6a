"""A reorganisation while tickets are open: everything goes on, nothing is lost, no clock notices."""

from datetime import date, timedelta

from sqlalchemy import func, select

from feedback_app.accounts.models import Absence, FunctionHeld
from feedback_app.catalogue import store
from feedback_app.catalogue.editing import agencies_version
from feedback_app.core import clock
from feedback_app.core.audit import AuditEntry
from feedback_app.core.db import unit_of_work
from feedback_app.core.outbox import OutboxEvent
from feedback_app.reorganisation.finishing import finish
from feedback_app.reorganisation.models import AppliedReorganisation
from feedback_app.reorganisation.services import applying
from feedback_app.tickets import clocks
from feedback_app.tickets.models import ConcernedAgency, TimelineEntry
from feedback_app.tickets.services import handling
from feedback_app.tickets.services.answering import Letter, answer
from tests.factories.people import a_person, actor_of
from tests.factories.tickets import a_ticket, reread
from tests.slices.reorganisation.conftest import INTO_NEW, SPLIT, a_plan, applied


def in_work(session, loaded, person, **overrides):
    actor = actor_of(session, person)
    ticket = a_ticket(session, loaded, to="so-ct", **overrides)
    with unit_of_work() as writing:
        handling.accept(writing, ticket, by=actor, at=clock.now())
    return reread(session, ticket.code)


def code_of(session, agency_id):
    return store.current(session).agency_codes[agency_id]


def test_the_heir_leads_and_holds_and_the_officer_keeps_the_ticket(session, loaded):
    officer = a_person(session, "officer", "so-ct")
    before = in_work(session, loaded, officer)

    applied(a_plan())
    after = reread(session, before.code)

    assert code_of(session, after.lead_id) == code_of(session, after.holder_id) == "so-mau"
    assert (after.handler_id, after.status) == (officer.id, before.status)


def test_no_clock_is_touched_and_each_agency_has_its_own_leg(session, loaded):
    officer = a_person(session, "officer", "so-ct")
    before = in_work(session, loaded, officer)
    due = before.due_on

    applied(a_plan())
    after = reread(session, before.code)
    assert after.due_on == clocks.deadline(session, after).due_on == due
    legs = [
        (code_of(session, leg.agency_id), leg.part, leg.started_on, leg.ended_on) for leg in after.assignments
    ]
    today = clock.today()
    assert [leg for leg in legs if leg[1] == "lead"] == [
        ("so-ct", "lead", today, today),
        ("so-mau", "lead", today, None),
    ]
    assert [e.kind for e in after.clock_events] == ["start", "transfer"]


def test_the_history_says_who_took_over_and_the_audit_and_the_enterprise_hear_of_it(session, loaded):
    ticket = a_ticket(session, loaded, to="so-ct")
    applied(a_plan())

    (line,) = session.scalars(
        select(TimelineEntry).where(TimelineEntry.ticket_id == ticket.id, TimelineEntry.kind == "moved")
    )
    assert line.public
    assert line.data == {"was": loaded.agency_ids["so-ct"], "reorganisation": "sap-xep-mau"}
    events = session.scalars(select(AuditEntry.event).where(AuditEntry.subject == ticket.code)).all()
    assert "ticket.moved" in events
    told = [e.payload for e in session.scalars(select(OutboxEvent)) if e.payload.get("entry") == "moved"]
    assert {payload["to"] for payload in told} == {"enterprise", "holder"}


def test_applied_again_nothing_changes(session, loaded):
    a_person(session, "officer", "so-ct")
    ticket = a_ticket(session, loaded, to="so-ct")
    first = applied(a_plan())
    version = reread(session, ticket.code).version
    functions = session.scalar(select(func.count()).select_from(FunctionHeld))

    again = applied(a_plan())
    assert again.id == first.id
    assert reread(session, ticket.code).version == version
    assert session.scalar(select(func.count()).select_from(FunctionHeld)) == functions


def test_people_hold_their_functions_in_the_heir_from_that_day_and_to_the_day_before_in_the_old_one(session):
    head = a_person(session, "agency_head", "so-ct")
    applied(a_plan())

    rows = session.scalars(
        select(FunctionHeld).where(FunctionHeld.user_id == head.id).order_by(FunctionHeld.id)
    ).all()
    today = clock.today()
    assert [(code_of(session, r.agency_id), r.function, r.valid_from, r.valid_to) for r in rows] == [
        ("so-ct", "agency_head", date(2024, 1, 1), today - timedelta(days=1)),
        ("so-mau", "agency_head", today, None),
    ]


def test_a_split_goes_by_field_and_by_area(session, loaded):
    power = a_ticket(session, loaded, to="so-ct", field="utilities")
    zone = a_ticket(session, loaded, to="so-ct", field="utilities", area="kkt-van-phong")
    trade = a_ticket(session, loaded, to="so-ct", field="industry_trade")

    applied(a_plan(SPLIT))
    leads = [code_of(session, reread(session, t.code).lead_id) for t in (power, zone, trade)]
    assert leads == ["so-xd", "so-nnmt", "so-tc"]


def test_a_substitute_who_goes_elsewhere_no_longer_acts(session):
    absent, stays = a_person(session, "officer", "so-ct"), a_person(session, "officer", "so-ct")
    today = clock.today()
    with unit_of_work() as writing:
        writing.add(
            Absence(
                user_id=absent.id,
                substitute_id=stays.id,
                valid_from=today - timedelta(days=2),
                valid_to=today + timedelta(days=5),
                by_id=absent.id,
                at=clock.now(),
            )
        )
    applied(a_plan(f"{SPLIT}people:\n  - {{email: {absent.email}, to: so-xd}}\n"))
    session.expire_all()
    (row,) = session.scalars(select(Absence))
    assert row.valid_to == today - timedelta(days=1)


def test_a_report_about_the_old_agency_stays_hidden_from_its_heir(session, loaded):
    report = a_ticket(session, loaded, to="thanh-tra", kind="informal_cost", concerned=frozenset({"so-ct"}))
    applied(a_plan())

    heir = store.current(session).agency_ids["so-mau"]
    concerned = session.scalars(
        select(ConcernedAgency.agency_id).where(ConcernedAgency.ticket_id == report.id)
    ).all()
    assert heir in concerned


def test_a_report_leaves_an_agency_that_becomes_the_heir_of_whom_it_is_about(session, loaded):
    report = a_ticket(session, loaded, to="so-tc", kind="informal_cost", concerned=frozenset({"so-ct"}))
    applied(a_plan("successions: [{from: so-ct, to: so-tc}]\n"))
    after = reread(session, report.code)
    assert code_of(session, after.holder_id) == "thanh-tra"
    assert code_of(session, after.lead_id) == "thanh-tra"


def test_an_answered_ticket_has_somebody_to_dispute_with_and_keeps_the_name_of_who_answered(session, loaded):
    officer = a_person(session, "officer", "so-ct")
    actor = actor_of(session, officer)
    ticket = in_work(session, loaded, officer)
    with unit_of_work() as writing:
        said = {"text": "Đã giải quyết xong cho công ty.", "legal_refs": "", "letter": Letter()}
        answer(writing, ticket, by=actor, at=clock.now(), **said)
    applied(a_plan())
    after = reread(session, ticket.code)
    assert code_of(session, after.holder_id) == "so-mau"
    assert code_of(session, after.answers[0].agency_id) == "so-ct"


def test_a_plan_of_the_future_changes_the_directory_now_and_the_tickets_on_its_day(session, loaded):
    officer = a_person(session, "officer", "so-ct")
    ticket = a_ticket(session, loaded, to="so-ct")
    row = applied(a_plan(INTO_NEW, clock.today() + timedelta(days=30)))

    session.expire_all()
    row = session.get_one(AppliedReorganisation, row.id)
    assert (row.finished_at, row.moved) == (None, 0)
    assert code_of(session, reread(session, ticket.code).lead_id) == "so-ct"
    assert session.scalars(select(FunctionHeld.valid_to).where(FunctionHeld.user_id == officer.id)).all() == [
        None
    ]


def test_a_move_cut_short_goes_on_where_it_stopped(session, loaded, monkeypatch):
    tickets = [a_ticket(session, loaded, to="so-ct") for _ in range(5)]
    monkeypatch.setattr(applying, "BATCH", 2)
    with unit_of_work() as writing:
        row = applying.apply(
            writing, a_plan(), seen_version=agencies_version(writing), by_id=None, at=clock.now()
        )
    assert (row.moved, row.finished_at) == (2, None)

    finish(row.id)
    session.expire_all()
    row = session.get_one(AppliedReorganisation, row.id)
    assert (row.moved, row.after_ticket) == (5, 0)
    assert row.finished_at is not None
    assert {code_of(session, reread(session, t.code).lead_id) for t in tickets} == {"so-mau"}
