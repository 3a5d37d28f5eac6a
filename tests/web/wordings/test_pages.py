"""Keeping templates of answers, and filling an answer from one without a script."""

import pytest

from feedback_app.accounts.actor import Function
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets.services import templates
from feedback_app.tickets.services.handling import accept
from tests.factories import a_person, a_ticket, actor_of, reread, sign_in

TEXT = "Kính gửi {{ten_doanh_nghiep}}, về phiếu {{so_phieu}}."


@pytest.fixture
def head(session):
    return a_person(session, Function.AGENCY_HEAD, "so-xd")


@pytest.fixture
def page(client, head):
    return sign_in(client, head)


def keep(page, **other):
    given = {"agency": "so-xd", "name": "Chậm giấy phép", "text": TEXT} | other
    return page.post("/mau-tra-loi/moi", data=given, follow_redirects=True)


def in_work(session, loaded, head):
    officer = actor_of(session, head)
    ticket = a_ticket(session, loaded)
    with unit_of_work() as writing:
        accept(writing, ticket, by=officer, at=clock.now())
    return reread(session, ticket.code)


def test_a_head_keeps_a_template_and_sees_it_in_the_list(page):
    html = keep(page, fields=["construction"]).text
    assert "Chậm giấy phép" in html
    assert "Xây dựng" in html


def test_an_unknown_placeholder_is_explained_with_those_there_are(page):
    html = keep(page, text="Gửi {{giam_doc}}").text
    assert "Không có mục {{giam_doc}}" in html
    assert "{{ten_doanh_nghiep}}" in html


def test_a_tampered_tick_of_sharing_is_not_taken(page, session, head):
    keep(page, shared="y")
    (template,) = templates.kept_by(session, actor_of(session, head))
    assert template.shared is False


def test_an_edit_over_an_old_page_keeps_what_was_typed(page, session, head):
    keep(page)
    (template,) = templates.kept_by(session, actor_of(session, head))
    address = f"/mau-tra-loi/{template.id}"
    first = {"name": "Một", "text": TEXT, "seen": "1"}
    assert page.post(address, data=first).status_code == 302
    html = page.post(address, data=first | {"name": "Hai"}).text
    assert "Người khác vừa sửa mẫu này" in html
    assert 'value="Hai"' in html


def test_a_retired_template_leaves_the_list(page, session, head):
    keep(page)
    (template,) = templates.kept_by(session, actor_of(session, head))
    html = page.post(f"/mau-tra-loi/{template.id}/bo", follow_redirects=True).text
    assert "Đã bỏ mẫu" in html
    assert "Chưa có mẫu nào" in html


def test_the_answer_is_filled_below_what_was_typed_and_not_sent(page, session, loaded, head):
    keep(page)
    (template,) = templates.kept_by(session, actor_of(session, head))
    ticket = in_work(session, loaded, head)
    address = f"/can-bo/phieu/{ticket.code}/tra-loi"
    assert "Chậm giấy phép" in page.get(address).text
    html = page.post(address, data={"text": "Đã xem.", "template": str(template.id), "fill": "1"}).text
    assert f"Đã xem.\n\nKính gửi Công ty TNHH Mẫu A, về phiếu {ticket.code}." in html.replace("\r\n", "\n")
    assert reread(session, ticket.code).answers == []


def test_asking_for_a_template_that_is_not_offered_changes_nothing(page, session, loaded, head):
    keep(page)
    ticket = in_work(session, loaded, head)
    html = page.post(
        f"/can-bo/phieu/{ticket.code}/tra-loi", data={"text": "Đã xem.", "template": "999", "fill": "1"}
    ).text
    assert "Đã xem." in html
    assert "Kính gửi" not in html
