"""What an agency owed or kept besides open tickets goes on with its heir."""

from datetime import timedelta

from sqlalchemy import select

from feedback_app.accounts.actor import Function
from feedback_app.accounts.models import Invitation
from feedback_app.accounts.services import invite
from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.reorganisation.jobs import carry_out_due
from feedback_app.tickets.beyond import Commitment
from feedback_app.tickets.coordination import Opinion
from feedback_app.tickets.models import Assignment, Ticket
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.queries import handled_by
from feedback_app.tickets.services.owning import withdraw
from feedback_app.tickets.templating import AnswerTemplate
from tests.factories.people import a_person, actor_of, an_enterprise
from tests.factories.tickets import a_ticket, reread
from tests.slices.reorganisation.conftest import INTO_NEW, SPLIT, a_plan, applied


def heir_id(session):
    session.rollback()
    return store.current(session).agency_ids["so-mau"]


def withdrawn(session, loaded):
    user = an_enterprise(session)
    ticket = a_ticket(session, loaded, to="so-ct", enterprise_id=user.enterprise_id)
    owner = Owner(enterprise_id=user.enterprise_id, user_id=user.id)
    with unit_of_work() as writing:
        withdraw(writing, ticket, by=owner, at=clock.now())
    return reread(session, ticket.code)


def test_the_heir_s_people_read_what_was_closed_and_the_lead_keeps_its_name(session, loaded):
    officer = a_person(session, "officer", "so-ct")
    ticket = withdrawn(session, loaded)
    applied(a_plan())
    after = reread(session, ticket.code)
    assert (after.lead_id, after.holder_id) == (loaded.agency_ids["so-ct"], heir_id(session))
    assert handled_by(session, actor_of(session, officer), ticket.code).code == ticket.code


def test_a_commitment_binds_the_heir_even_on_a_closed_ticket(session, loaded):
    officer, ticket = a_person(session, "officer", "so-ct"), withdrawn(session, loaded)
    with unit_of_work() as writing:
        writing.add(
            Commitment(
                ticket_id=ticket.id,
                agency_id=loaded.agency_ids["so-ct"],
                text="Sửa đường vào cụm công nghiệp",
                due_on=clock.today() + timedelta(days=90),
                state="open",
                by_id=officer.id,
                at=clock.now(),
            )
        )
    applied(a_plan())
    assert session.scalar(select(Commitment.agency_id)) == heir_id(session)


def test_an_opinion_asked_of_the_old_agency_is_asked_of_its_heir_with_the_same_day(session, loaded):
    officer = a_person(session, "officer", "so-xd")
    ticket = a_ticket(session, loaded, to="so-xd")
    due = clock.today() + timedelta(days=3)
    with unit_of_work() as writing:
        leg = Assignment(
            ticket_id=ticket.id,
            agency_id=loaded.agency_ids["so-ct"],
            part="opinion",
            round=1,
            started_at=clock.now(),
            started_on=clock.today(),
            due_on=due,
        )
        writing.add(leg)
        writing.flush()
        asked = {"ticket_id": ticket.id, "round": 1, "agency_id": leg.agency_id, "leg_id": leg.id}
        by = {"asked_by_id": officer.id, "asked_at": clock.now()}
        writing.add(Opinion(**asked, **by, question="Ý kiến về điện?", due_on=due))
    applied(a_plan())
    after = reread(session, ticket.code)
    (opinion,) = after.opinions
    (leg,) = [a for a in after.assignments if a.part == "opinion" and a.ended_on is None]
    assert (opinion.agency_id, opinion.leg_id, opinion.due_on) == (heir_id(session), leg.id, due)
    assert (leg.agency_id, leg.due_on) == (heir_id(session), due)
    assert after.lead_id == loaded.agency_ids["so-xd"]


def test_an_invitation_leads_into_the_heir(session, loaded):
    with unit_of_work() as writing:
        given = {"email": "moi@example.vn", "name": "Người Mới", "function": Function.OFFICER}
        invite(writing, **given, agency_id=loaded.agency_ids["so-ct"], at=clock.now())
    applied(a_plan())
    assert session.scalar(select(Invitation.agency_id)) == heir_id(session)


def test_the_nightly_job_takes_along_what_came_back_to_the_old_agency(session, loaded):
    applied(a_plan(INTO_NEW))
    ticket = a_ticket(session, loaded, to="so-ct")
    carry_out_due()
    session.rollback()
    assert session.scalar(select(Ticket.lead_id).where(Ticket.id == ticket.id)) == heir_id(session)


def test_two_agencies_that_become_one_coordinate_once(session, loaded):
    ticket = a_ticket(session, loaded, to="so-ct")
    with unit_of_work() as writing:
        for code in ("so-tp", "so-nv", "so-ngv"):
            writing.add(
                Assignment(
                    ticket_id=ticket.id,
                    agency_id=loaded.agency_ids[code],
                    part="coordinating",
                    round=1,
                    started_at=clock.now(),
                    started_on=clock.today(),
                )
            )
    applied(a_plan("successions: [{from: so-tp, to: so-nv}, {from: so-ngv, to: so-ct}]\n"))
    after = reread(session, ticket.code)
    running = [a.agency_id for a in after.assignments if a.part == "coordinating" and a.ended_on is None]
    assert running == [loaded.agency_ids["so-nv"]]


def test_a_wording_goes_to_the_heir_of_its_field(session, loaded):
    officer = a_person(session, "agency_head", "so-ct")
    with unit_of_work() as writing:
        for name, fields in (("Điện", ["utilities"]), ("Chung", [])):
            kept = {"name": name, "fields": fields, "text": "Kính gửi {{ten}}"}
            writing.add(
                AnswerTemplate(**kept, agency_id=loaded.agency_ids["so-ct"], by_id=officer.id, at=clock.now())
            )
    applied(a_plan(SPLIT))
    codes = store.current(session).agency_codes
    found = session.execute(select(AnswerTemplate.name, AnswerTemplate.agency_id))
    assert {name: codes[agency] for name, agency in found} == {"Điện": "so-xd", "Chung": "so-tc"}


def test_while_the_province_has_it_only_the_lead_changes_and_the_history_names_the_heir(session, loaded):
    ticket = a_ticket(session, loaded, to="so-ct")
    with unit_of_work():
        ticket.holder_id = loaded.agency_ids["vp-ubnd"]
    applied(a_plan())
    after = reread(session, ticket.code)
    assert (after.lead_id, after.holder_id) == (heir_id(session), loaded.agency_ids["vp-ubnd"])
    (line,) = [e for e in reread(session, ticket.code).entries if e.kind == "moved"]
    assert (line.agency_id, line.data["was"]) == (heir_id(session), loaded.agency_ids["so-ct"])
