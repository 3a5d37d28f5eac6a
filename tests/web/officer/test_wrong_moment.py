"""Each act at the wrong moment, by the wrong person, from elsewhere: a page that says so, and nothing changed."""

import re

import pytest
from flask import url_for
from sqlalchemy import func, literal, select, union_all

from feedback_app.schema import METADATA
from feedback_app.tickets.lifecycle import RULES, Act, Status
from feedback_app.tickets.models import Ticket
from tests.factories import reread
from tests.web.access_deeds import DEEDS
from tests.web.access_scene import Scene
from tests.web.access_walk import ROUTES, Walk

OF_ACT = {  # whose page has another name than its act
    Act.RETURN: "officer.return_wrong",
    Act.REDIRECT: "officer.redirect_elsewhere",
    Act.OBJECT: "officer.object_assignment",
    Act.RELEASE_FILES: "officer.release",
}
OWNERS = {Act.CONSENT, Act.DISPUTE, Act.OBJECT_EXTENSION, Act.RATE, Act.REOPEN, Act.REPLY, Act.WITHDRAW}
STATUSES = [status for status in Status if status.value in DEEDS]
LOOKING = {Act.SEE, Act.SEE_FILER}
WORDS = ("không còn phù hợp", "không làm được việc này", "không thực hiện được nữa", "vừa xử lý phiếu này")


UNTOLD = {"sign_in_session", "user", "function_held"}  # people come to try
COUNTED = union_all(
    *(
        select(literal(table.name), func.count()).select_from(table)
        for table in METADATA.sorted_tables
        if table.name not in UNTOLD
    )
)


def endpoint(act):
    return f"enterprise.{act}" if act in OWNERS else OF_ACT.get(act, f"officer.{act}")


ACTS = {act: endpoint(act) for act in Act if act not in LOOKING}


@pytest.fixture
def scene(app, session, loaded):
    return Scene(app, session, loaded)


def everything(session):
    """Return how many rows each table has, and the ticket's columns: whatever an act would change."""
    session.rollback()
    kept = dict(session.execute(COUNTED).all())
    columns = Ticket.__table__.columns
    return kept, [tuple(row) for row in session.execute(select(*columns).order_by(Ticket.id))]


def test_every_act_has_a_page(app):
    assert {f"POST {name}" for name in ACTS.values()} <= set(ROUTES)


@pytest.mark.parametrize("status", STATUSES)
def test_an_act_that_does_not_fit_the_status_is_refused_on_a_page_that_says_so(scene, session, status):
    tickets = {who: scene.ticket(who, "own", status, hidden=True) for who in ("officer", "enterprise")}
    browsers = {who: scene.browser(who) for who in (*tickets, "agency_head", "provincial_office")}
    asked = []
    for act, name in ACTS.items():
        who = "enterprise" if act in OWNERS else "officer"
        if status not in RULES[act].when:
            asked.append(
                (act, _path(scene, f"POST {name}", tickets[who]), Walk(scene, f"POST {name}").form())
            )
    before, wrong = everything(session), []
    for act, path, form in asked:
        for hand in ("enterprise",) if act in OWNERS else ("officer", "agency_head", "provincial_office"):
            answer = browsers[hand].post(path, data=form)
            gone = (
                status == Status.TRIAGE and answer.status_code == 404
            )  # it went back: the agency has it no more
            told = answer.status_code in {403, 409} and any(words in answer.text for words in WORDS)
            if not (gone or told):
                wrong.append((act, hand, answer.status_code))
    assert not wrong
    assert everything(session) == before, "nothing changed"


@pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
@pytest.mark.parametrize("relation", ["other_agency", "sensitive_elsewhere", "concerned_agency"])
def test_from_another_agency_no_act_finds_the_ticket_and_nothing_changes(scene, session, relation):
    ticket = scene.ticket("officer", relation, "in_work")
    browser = scene.browser("officer")
    asked = [
        (act, _path(scene, f"POST {name}", ticket), Walk(scene, f"POST {name}").form())
        for act, name in ACTS.items()
        if act not in OWNERS
    ]
    before = everything(session)
    for act, path, form in asked:
        absent = browser.post(path.replace(ticket.code, "KH-2020-000000"), data=form)
        answer = browser.post(path, data=form)
        assert (answer.status_code, absent.status_code) == (404, 404), act
        assert _plain(answer, ticket.code) == _plain(absent, "KH-2020-000000"), "as if there were none"
        assert ticket.title not in answer.text
    assert everything(session) == before


def test_the_snapshot_would_notice_an_act(scene, session):
    ticket = scene.ticket("officer", "own", "in_work")
    before = everything(session)
    scene.browser("officer").post(f"/can-bo/phieu/{ticket.code}/ghi-chu", data={"text": "Đã gọi."})
    kept, _tickets = everything(session)
    assert kept["message"] == before[0]["message"] + 1
    assert {"audit_entry", "timeline_entry"} <= {name for name in kept if kept[name] != before[0][name]}
    assert reread(session, ticket.code).messages[-1].text == "Đã gọi."


def _path(scene, route, ticket):
    walk = Walk(scene, route)
    file = {"public_id": f"tep-{ticket.id}"} if "public_id" in walk.arguments else {}
    with scene.app.test_request_context():
        return url_for(walk.endpoint, code=ticket.code, **file)


def _plain(answer, code):
    """Return the page without its number and without the token of its forms."""
    return re.sub(r'(name="csrf_token"[^>]*value=)"[^"]*"', r"\1", answer.text).replace(code, "")
