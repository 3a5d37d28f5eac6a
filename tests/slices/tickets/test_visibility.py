"""The rule that says who sees a ticket and the query that lists tickets never disagree."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import and_, select

from feedback_app.accounts.actor import Actor, Function, Held
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets import desk
from feedback_app.tickets.desk import View, Wanted
from feedback_app.tickets.facts import facts_of
from feedback_app.tickets.lifecycle import MEANING, Status
from feedback_app.tickets.models import Assignment, ConcernedAgency, Ticket
from feedback_app.tickets.policy import sees, sees_filer
from feedback_app.tickets.queries import filer_known_to, visible_to
from tests.factories import a_ticket, reread

CODES = ("so-xd", "so-yt", "so-tc", "vp-ubnd", "thanh-tra")

ticket_shapes = st.fixed_dictionaries(
    {
        "lead": st.none() | st.sampled_from(CODES),
        "holder": st.none() | st.sampled_from(CODES),
        "sensitive": st.booleans(),
        "hide_identity": st.booleans(),
        "coordinating": st.lists(st.tuples(st.sampled_from(CODES), st.booleans()), max_size=2),
        "concerned": st.sets(st.sampled_from(CODES), max_size=2),
        "status": st.sampled_from(Status),
    }
)
held = st.tuples(st.sampled_from(Function), st.none() | st.sampled_from(CODES))
actors = st.lists(held, max_size=3)


@pytest.fixture
def ticket_id(session, loaded):
    return a_ticket(session, loaded, routed=False).id


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=ticket_shapes, people=st.lists(actors, min_size=1, max_size=6))
def test_the_rule_and_the_query_give_the_same_answer_for_any_person_and_any_ticket(
    session, loaded, ticket_id, shape, people
):
    session.rollback()
    with unit_of_work() as writing:
        _shape(writing, loaded, ticket_id, shape)
    session.expire_all()
    ticket = reread(session, session.get_one(Ticket, ticket_id).code)
    facts = facts_of(ticket)
    for functions in people:
        actor = _actor(loaded, functions)
        found = session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, visible_to(actor)))
        assert (found is not None) == sees(actor, facts), (functions, facts)
        may_know = and_(Ticket.id == ticket_id, visible_to(actor), filer_known_to(actor))
        known = session.scalar(select(Ticket.id).where(may_know))
        assert (known is not None) == sees_filer(actor, facts), (functions, facts)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=ticket_shapes, functions=actors)
def test_no_part_of_any_queue_lists_or_counts_what_its_reader_does_not_see(
    session, loaded, ticket_id, shape, functions
):
    session.rollback()
    with unit_of_work() as writing:
        _shape(writing, loaded, ticket_id, shape)
    session.expire_all()
    facts = facts_of(reread(session, session.get_one(Ticket, ticket_id).code))
    actor = _actor(loaded, functions)
    within = desk.Bounds(facts_day(session, ticket_id), facts_day(session, ticket_id))
    for view in View:
        wanted = Wanted(view=view)
        rows = desk.page(session, actor, wanted, within).rows
        counted = sum(desk.tally(session, actor, wanted, within).values())
        assert sees(actor, facts) or (not rows and counted == 0)
        if view is not View.DONE:
            assert counted == len(rows)


@pytest.mark.parametrize("code,hidden", list(product(["so-xd", "so-tc"], [True, False])))
def test_the_name_of_a_hidden_filer_is_read_for_the_focal_point_alone(session, loaded, code, hidden):
    a_ticket(session, loaded, to="so-xd", hide_identity=hidden)
    function = Function.FOCAL_POINT if code == "so-tc" else Function.OFFICER
    actor = _actor(loaded, [(function, code)])
    view = View.PROVINCE if function is Function.FOCAL_POINT else View.AGENCY
    today = session.scalar(select(Ticket.received_on))
    (row,) = desk.page(session, actor, Wanted(view=view), desk.Bounds(today, today)).rows
    assert (row.firm is None) == (hidden and code == "so-xd")


WORDS = ("mau a", "MẪU A", "4200000001", "giay phep mau")


@pytest.mark.parametrize("words", WORDS)
def test_a_name_or_number_finds_the_ticket_unless_it_is_hidden_from_whoever_searches(session, loaded, words):
    shown, hidden = (a_ticket(session, loaded, to="so-xd", hide_identity=h).code for h in (False, True))
    found = _searching(session, loaded, words, Function.OFFICER, "so-xd", View.AGENCY)
    assert found == {shown}
    assert _searching(session, loaded, words, Function.FOCAL_POINT, "so-tc", View.PROVINCE) == {shown, hidden}
    assert _searching(session, loaded, "giay phep", Function.OFFICER, "so-xd", View.AGENCY) == {shown, hidden}


def test_a_hidden_reporter_s_name_finds_the_report_for_the_head_of_its_holder_alone(session, loaded):
    code = a_ticket(session, loaded, to="thanh-tra", kind="informal_cost", hide_identity=True).code
    for function, found in ((Function.AGENCY_HEAD, {code}), (Function.INSPECTOR, set())):
        assert _searching(session, loaded, "mau a", function, "thanh-tra", View.AGENCY) == found
        assert _searching(session, loaded, "giay phep", function, "thanh-tra", View.AGENCY) == {code}


def _searching(session, loaded, words, function, agency, view):
    actor, today = _actor(loaded, [(function, agency)]), clock.today()
    wanted, within = Wanted(view=view, words=words), desk.Bounds(today, today)
    found = {row.code for row in desk.page(session, actor, wanted, within).rows}
    assert sum(desk.tally(session, actor, wanted, within).values()) == len(found)
    return found


def facts_day(session, ticket_id):
    return session.scalar(select(Ticket.received_on).where(Ticket.id == ticket_id))


def _actor(loaded, functions):
    held_today = tuple(Held(f, loaded.agency_ids[code] if code else None, code) for f, code in functions)
    return Actor(user_id=1, name="Ai đó", held=held_today)


def _shape(session, loaded, ticket_id, shape):
    ids = loaded.agency_ids
    session.execute(Assignment.__table__.delete().where(Assignment.ticket_id == ticket_id))
    session.execute(ConcernedAgency.__table__.delete().where(ConcernedAgency.ticket_id == ticket_id))
    received = session.get_one(Ticket, ticket_id)
    values = {
        "status": shape["status"],
        "clock": MEANING[shape["status"]].clock,
        "lead_id": ids[shape["lead"]] if shape["lead"] else None,
        "holder_id": ids[shape["holder"]] if shape["holder"] else None,
        "sensitive": shape["sensitive"],
        "hide_identity": shape["hide_identity"],
    }
    session.execute(Ticket.__table__.update().where(Ticket.id == ticket_id).values(**values))
    session.add_all(
        ConcernedAgency(ticket_id=ticket_id, agency_id=ids[c], named=True) for c in shape["concerned"]
    )
    session.add_all(
        Assignment(
            ticket_id=ticket_id, agency_id=ids[code], part="coordinating", round=1, started_at=received.received_at,
            started_on=received.received_on, ended_on=received.received_on if ended else None,
        )
        for code, ended in shape["coordinating"]
    )  # fmt: skip
