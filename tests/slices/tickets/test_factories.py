"""The builders other tests stand on."""

from feedback_app.tickets import policy
from feedback_app.tickets.facts import facts_of
from tests.factories import a_person, a_ticket, actor_of, sign_in


def test_a_person_of_the_lead_agency_sees_the_ticket(session, loaded):
    officer = actor_of(session, a_person(session, "officer", "so-xd"))
    ticket = a_ticket(session, loaded, to="so-xd")
    assert policy.sees(officer, facts_of(ticket))


def test_the_rules_send_a_building_permit_somewhere(session, loaded):
    assert a_ticket(session, loaded, to=None).holder_id is not None


def test_two_browsers_are_two_people(app, session, client):
    first = sign_in(client, a_person(session, "officer", "so-xd", name="Người thứ nhất"))
    second = sign_in(app.test_client(), a_person(session, "officer", "so-yt", name="Người thứ hai"))
    assert "Người thứ nhất" in first.get("/can-bo/").text
    assert "Người thứ hai" in second.get("/can-bo/").text
