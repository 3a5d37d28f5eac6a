"""Sorting tickets on one page: candidates with reasons, one press, and what is refused."""

import re

import pytest

from feedback_app.accounts.actor import Function
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets.services import assigning
from tests.factories import a_person, a_ticket, actor_of, reread, sign_in

BODY = "Công ty nộp hồ sơ, đến nay chưa có kết quả và không rõ hỏi ở đâu."


@pytest.fixture
def focal(client, session):
    return sign_in(client, a_person(session, Function.FOCAL_POINT, "so-tc"))


def unclear(session, loaded, **other):
    given = {"field": "other", "title": "Không rõ việc", "body": BODY} | other
    return a_ticket(session, loaded, to=None, **given)


def offers(html):
    """Return what each button of the page would send."""
    names = ("seen_version", "agency", "reason")
    forms = re.findall(r'<form method="post" action="/dau-moi/phan-loai/.*?</form>', html, re.DOTALL)
    found = []
    for form in forms:
        hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        hidden["reason"] = re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL).group(1)
        found.append({name: hidden[name] for name in names})
    return found


def test_each_waiting_ticket_shows_three_candidates_with_their_reasons(focal, session, loaded):
    ticket = unclear(session, loaded)
    html = focal.get("/dau-moi/phan-loai").text
    assert ticket.code in html
    assert len(offers(html)) == 3
    assert all(offer["reason"] for offer in offers(html))


def test_one_press_gives_the_ticket_away_with_the_reason_as_it_stood(focal, session, loaded):
    ticket = unclear(session, loaded)
    offer = offers(focal.get("/dau-moi/phan-loai").text)[0]
    html = focal.post(f"/dau-moi/phan-loai/{ticket.code}", data=offer, follow_redirects=True).text
    assert f"Đã giao phiếu {ticket.code}" in html
    ticket = reread(session, ticket.code)
    assert loaded.agency_codes[ticket.lead_id] == offer["agency"]
    assert ticket.assignments[-1].reason_vi == offer["reason"]


def test_a_ticket_that_came_back_says_why_and_offers_whom_the_agency_proposed(focal, session, loaded):
    officer = actor_of(session, a_person(session, "officer", "so-xd"))
    ticket = a_ticket(session, loaded)
    with unit_of_work() as writing:
        assigning.return_wrong(
            writing,
            ticket,
            loaded,
            by=officer,
            reason="Việc này của công an.",
            proposed_id=loaded.agency_ids["cong-an"],
            at=clock.now(),
        )
    html = focal.get("/dau-moi/phan-loai").text
    assert "Việc này của công an." in html
    assert offers(html)[0]["agency"] == "cong-an"


def test_pressing_on_an_old_page_changes_nothing_and_says_what_happened(focal, session, loaded):
    ticket = unclear(session, loaded)
    offer = offers(focal.get("/dau-moi/phan-loai").text)[0]
    focal.post(f"/dau-moi/phan-loai/{ticket.code}", data=offer)
    answer = focal.post(f"/dau-moi/phan-loai/{ticket.code}", data=offer | {"agency": "thue"})
    assert answer.status_code == 409
    assert loaded.agency_codes[reread(session, ticket.code).lead_id] == offer["agency"]


@pytest.mark.parametrize("change", [{"agency": "khong-co"}, {"agency": "so-khdt"}, {"reason": ""}])
def test_an_agency_that_is_gone_or_no_reason_gives_nothing_away(focal, session, loaded, change):
    ticket = unclear(session, loaded)
    offer = offers(focal.get("/dau-moi/phan-loai").text)[0]
    focal.post(f"/dau-moi/phan-loai/{ticket.code}", data=offer | change)
    assert reread(session, ticket.code).lead_id is None


def test_the_list_goes_on_where_the_page_ended(focal, session, loaded):
    codes = {unclear(session, loaded).code for _ in range(11)}
    first = focal.get("/dau-moi/phan-loai").text
    onward = re.search(r'rel="next" href="([^"]+)"', first).group(1)
    second = focal.get(onward).text
    seen = [set(re.findall(r"phan-loai/(KH-\d{4}-\d{6})", html)) for html in (first, second)]
    assert [len(page) for page in seen] == [10, 1]
    assert seen[0] | seen[1] == codes


@pytest.mark.parametrize("after", ["x", "2026-01-01.x", "2026-01-01.99999999999999999999", "."])
def test_a_broken_mark_in_the_address_is_no_error(focal, after):
    assert focal.get(f"/dau-moi/phan-loai?after={after}").status_code == 200


def test_the_reasons_stand_on_the_tickets_page_and_beside_each_choice_too(focal, session, loaded):
    ticket = unclear(session, loaded)
    why = ticket.assignments[-1].candidates["best_first"][1]["why_vi"]
    for page in ("", "/giao"):
        assert why in focal.get(f"/can-bo/phieu/{ticket.code}{page}").text.replace("&#34;", '"')
