"""From corrections to a rule on the pages: list, words, dry run, switch."""

import re

import pytest
from sqlalchemy import delete

from feedback_app.accounts.actor import Function
from feedback_app.catalogue import store
from feedback_app.catalogue.editing import ROUTING
from feedback_app.catalogue.models import Origin, PackVersion
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.sorting import handlers
from feedback_app.tickets.services import assigning
from tests.factories import a_person, a_ticket, actor_of, sign_in

ADDRESS = "/dau-moi/quy-tac/construction/so-xd/bql-van-phong"
FORM = {"kinds": ["obstacle"], "any": "bến du thuyền", "reason": "bến du thuyền do Ban Quản lý xem xét"}


@pytest.fixture
def person(session):
    return a_person(session, Function.FOCAL_POINT, "so-tc")


@pytest.fixture
def focal(client, person):
    return sign_in(client, person)


@pytest.fixture(autouse=True)
def pack(app):
    """Take back the versions of the routing pack that a test made."""
    yield
    edited = delete(PackVersion).where(PackVersion.pack == ROUTING, PackVersion.origin == Origin.EDITED)
    with unit_of_work() as writing:
        writing.execute(edited)


@pytest.fixture
def corrected(session, loaded, person):
    by = actor_of(session, person)
    lead = loaded.agency_ids["bql-van-phong"]
    body = "Công ty xin cấp giấy phép xây dựng bến du thuyền, chưa có kết quả."
    ticket = a_ticket(session, loaded, to=None, title="Bến du thuyền", body=body)
    with unit_of_work() as writing:
        assigning.assign(writing, ticket, lead, by=by, reason="Trong khu kinh tế.", at=clock.now())
    with unit_of_work() as writing:
        handlers.assigned(writing, {"ticket_id": ticket.id, "agency_id": lead, "triage": False})
    return ticket


def first_rule(session):
    session.rollback()  # what the page wrote is read anew
    return store.current(session).catalogue.routing.rules[0]


def hidden(html, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', html).group(1)


def test_the_list_names_what_was_corrected_and_how_often(focal, corrected):
    html = focal.get("/dau-moi/quy-tac").text
    assert ADDRESS in html
    assert "Sở Xây dựng" in html


def test_a_rule_is_tried_before_it_can_be_switched_on(focal, corrected, session):
    untried = focal.post(ADDRESS, data=FORM | {"switch": "1"})
    assert untried.status_code == 200
    assert "Kết quả chạy thử" in untried.text
    assert "1 phiếu sẽ được giao khác lúc tiếp nhận; trong đó 1 phiếu" in untried.text
    assert corrected.code in untried.text
    assert first_rule(session).code == "informal-cost"


def test_what_was_tried_is_switched_on_and_can_be_switched_off(focal, corrected, session):
    tried = focal.post(ADDRESS, data=FORM).text
    kept = {name: hidden(tried, name) for name in ("tried", "seen")}
    html = focal.post(ADDRESS, data=FORM | kept | {"switch": "1"}, follow_redirects=True).text
    rule = first_rule(session)
    assert (rule.lead, rule.words.any) == ("bql-van-phong", ("bến du thuyền",))
    assert rule.code in html
    off = re.search(r'action="(/dau-moi/quy-tac/[^"]+/tat/\d+)"', html).group(1)
    assert "Đã tắt quy tắc" in focal.post(off, follow_redirects=True).text
    assert first_rule(session).code == "informal-cost"


def test_other_words_than_those_tried_are_tried_first(focal, corrected, session):
    kept = {name: hidden(focal.post(ADDRESS, data=FORM).text, name) for name in ("tried", "seen")}
    html = focal.post(ADDRESS, data=FORM | kept | {"switch": "1", "any": "cầu cảng"}).text
    assert "0 phiếu sẽ được giao khác" in html
    assert first_rule(session).code == "informal-cost"


def test_without_a_kind_nothing_is_tried(focal, corrected):
    html = focal.post(ADDRESS, data=FORM | {"kinds": []}).text
    assert "Vui lòng chọn ít nhất một loại phản ánh" in html
    assert "Kết quả chạy thử" not in html


def test_a_sensitive_kind_is_no_choice(focal, corrected):
    html = focal.post(ADDRESS, data=FORM | {"kinds": ["informal_cost"]}).text
    assert "Kết quả chạy thử" not in html


def test_an_exception_is_put_aside(focal, corrected):
    html = focal.post(f"{ADDRESS}/bo-qua", follow_redirects=True).text
    assert "Chưa có đề xuất" in html
    assert focal.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("address", ["land/so-xd/thue", "khong-co/so-xd/thue", "land/khong-co/thue"])
def test_what_nobody_corrected_is_not_there(focal, address):
    assert focal.get(f"/dau-moi/quy-tac/{address}").status_code == 404
