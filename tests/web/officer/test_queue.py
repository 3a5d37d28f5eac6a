"""The queue as an officer meets it."""

from datetime import timedelta

import pytest

from feedback_app.core import clock
from tests.counting import statements
from tests.factories import a_person, a_ticket, sign_in


@pytest.fixture
def officer(session):
    return a_person(session, "officer", "so-xd")


def test_the_number_of_statements_does_not_grow_with_the_tickets(session, loaded, client, officer):
    browser, counted = sign_in(client, officer), []
    for more in (5, 55):
        for _ in range(more):
            a_ticket(session, loaded, to="so-xd")
        browser.get("/can-bo/")  # the sign-in, the catalogue: once a process
        with statements() as sent:
            assert browser.get("/can-bo/").status_code == 200
        counted.append(len(sent))
    assert counted[0] == counted[1]


def test_tickets_stand_under_late_and_in_time_by_the_calendar_of_today(session, loaded, client, officer):
    a_ticket(session, loaded, to="so-xd", title="Phiếu cũ", at=clock.now() - timedelta(days=60))
    a_ticket(session, loaded, to="so-xd", title="Phiếu mới")
    page = sign_in(client, officer).get("/can-bo/").text
    assert page.index("Phiếu cũ") < page.index("Phiếu mới")
    late = sign_in(client, officer).get("/can-bo/?category=late").text
    assert "Phiếu cũ" in late
    assert "Phiếu mới" not in late


def test_words_without_marks_find_the_ticket_within_one_s_own_agency(session, loaded, client, officer):
    a_ticket(session, loaded, to="so-xd", title="Nghiệm thu công trình")
    a_ticket(session, loaded, to="so-yt", title="Nghiệm thu bệnh viện")
    page = sign_in(client, officer).get("/can-bo/?q=nghiem+thu").text
    assert "Nghiệm thu công trình" in page
    assert "Nghiệm thu bệnh viện" not in page


def test_the_second_page_goes_on_where_the_first_ended(session, loaded, client, officer):
    codes = {a_ticket(session, loaded, to="so-xd").code for _ in range(53)}
    browser = sign_in(client, officer)
    first = browser.get("/can-bo/").text
    href = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = browser.get(href).text
    seen = [{code for code in codes if code in page} for page in (first, second)]
    assert [len(found) for found in seen] == [50, 3]
    assert seen[0] | seen[1] == codes


def test_a_hidden_filer_s_name_is_nowhere_on_the_agency_s_pages(session, loaded, client, officer):
    ticket = a_ticket(session, loaded, to="so-xd", hide_identity=True)
    browser = sign_in(client, officer)
    for address in ("/can-bo/", f"/can-bo/phieu/{ticket.code}", f"/can-bo/phieu/{ticket.code}/ghi-chu"):
        assert "Công ty TNHH Mẫu A" not in browser.get(address).text


SENSELESS = (
    "view=x",
    "category=x",
    "field=%00",
    "q=%00",
    "after=1.2.3",
    "after=open.2026-99-01.1",
    f"after=open.2026-01-01.{10**30}",
)


@pytest.mark.parametrize("arguments", SENSELESS)
def test_an_address_that_makes_no_sense_shows_a_queue_all_the_same(session, client, officer, arguments):
    assert sign_in(client, officer).get(f"/can-bo/?{arguments}").status_code == 200


def test_an_address_with_a_character_that_no_column_holds_is_refused_not_broken(session, client, officer):
    assert sign_in(client, officer).get("/can-bo/phieu/%00").status_code in {400, 404}


def test_the_provinces_queue_can_be_narrowed_to_one_agency(client, session, loaded):
    focal = sign_in(client, a_person(session, "focal_point", "so-tc"))
    mine, other = a_ticket(session, loaded, to="so-xd"), a_ticket(session, loaded, to="thue")
    html = focal.get("/can-bo/?view=province&agency=so-xd").text
    assert mine.code in html
    assert other.code not in html
    assert "Đang giữ: Sở Xây dựng" in html
    assert other.code in focal.get("/can-bo/?view=province&agency=khong-co").text
