"""The page of a ticket: who may answer there, and what it costs."""

import pytest

from feedback_app.catalogue import store
from feedback_app.catalogue.packs.approvals import ApprovalsPack
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets import queries
from feedback_app.tickets.services import answering, handling
from tests.counting import statements
from tests.factories import a_person, a_ticket, actor_of, reread, sign_in


@pytest.fixture
def officer(session):
    return a_person(session, "officer", "so-xd")


def an_accepted_ticket(session, loaded, officer):
    ticket, actor = a_ticket(session, loaded, to="so-xd"), actor_of(session, officer)
    with unit_of_work() as writing:
        found = queries.handled_by(writing, actor, ticket.code, whole=True)
        handling.accept(writing, found, by=actor, at=clock.now())
    return reread(session, ticket.code)


def test_the_number_of_statements_does_not_grow_with_the_history(session, loaded, client, officer):
    ticket, actor = an_accepted_ticket(session, loaded, officer), actor_of(session, officer)
    browser, counted = sign_in(client, officer), []
    for more in (1, 29):
        with unit_of_work() as writing:
            for number in range(more):
                found = queries.handled_by(writing, actor, ticket.code, whole=True)
                handling.note(writing, found, by=actor, text=f"Ghi chú {number}", at=clock.now())
        browser.get(f"/can-bo/phieu/{ticket.code}")  # the sign-in, the catalogue: once a process
        with statements() as sent:
            assert "Ghi chú 0" in browser.get(f"/can-bo/phieu/{ticket.code}").text
        counted.append(len(sent))
    assert len(reread(session, ticket.code).entries) >= 30
    assert counted[0] == counted[1]


@pytest.fixture
def heads_alone(loaded, monkeypatch):
    """Let the catalogue say that only the head of an agency sends its answers."""
    shipped = loaded.catalogue.approvals.chain_for("so-xd")
    step = shipped.steps[0].model_copy(update={"functions": ("agency_head",)})
    chain = shipped.model_copy(update={"steps": (step,)})
    monkeypatch.setattr(ApprovalsPack, "chain_for", lambda _pack, _agency: chain)


def test_answering_is_offered_to_whom_the_agency_s_approval_chain_names(
    session, loaded, client, officer, heads_alone
):
    ticket, head = an_accepted_ticket(session, loaded, officer), a_person(session, "agency_head", "so-xd")
    address = f"/can-bo/phieu/{ticket.code}"
    assert answering.may_send(store.current(session), ticket, actor_of(session, head))
    assert f"{address}/tra-loi" in sign_in(client, head).get(address).text
    assert f"{address}/tra-loi" not in sign_in(client, officer).get(address).text
    assert client.get(f"{address}/tra-loi").status_code == 403
    reply = client.post(f"{address}/tra-loi", data={"text": "lời đã viết", "seen_version": ticket.version})
    assert reply.status_code == 403
    assert "lời đã viết" in reply.text
    assert reread(session, ticket.code).answers == []


def test_whoever_the_shipped_chain_names_finds_the_button(session, loaded, client, officer):
    ticket = an_accepted_ticket(session, loaded, officer)
    address = f"/can-bo/phieu/{ticket.code}"
    assert f"{address}/tra-loi" in sign_in(client, officer).get(address).text
