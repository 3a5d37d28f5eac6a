"""The brief on its page and on the leaders' one: each line acts, what was done stands as done; no read an agency."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import update

from feedback_app.briefing import jobs, queries
from feedback_app.core import outbox
from feedback_app.core.db import db, unit_of_work
from feedback_app.statistics import refreshing
from feedback_app.tickets.models import Ticket
from feedback_app.web.leadership import waiting
from tests.counting import statements
from tests.factories import a_person, a_ticket, sign_in

SEVEN = datetime(2026, 11, 23, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 10, 1, 3, tzinfo=UTC)
PAGE = "/lanh-dao/ban-tin"

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")


@pytest.fixture(autouse=True)
def seven():
    with time_machine.travel(SEVEN, tick=False):
        yield


@pytest.fixture
def leader(client, session):
    return sign_in(client, a_person(session, "leadership", None, name="Lãnh đạo trực"))


def address(page, attribute, part):
    """Return the first address on the page in which ``part`` stands; empty if there is none."""
    found = (text.split('"')[0].replace("&amp;", "&") for text in page.split(f'{attribute}="')[1:])
    return next((one for one in found if part in one), "")


def written(session, loaded, **given):
    """Return the number of a late ticket that this morning's brief names."""
    code = a_ticket(session, loaded, at=LONG_AGO, **given).code
    jobs.write()
    return code


def test_before_the_first_brief_the_page_says_when_it_comes(leader):
    page = leader.get(PAGE)
    assert page.status_code == 200
    assert "lúc 7 giờ" in page.text


def test_an_empty_province_has_nothing_to_decide(leader):
    jobs.write()
    assert "không có việc gì cần quyết định" in leader.get(PAGE).text
    assert "Không có phiếu nào cần lãnh đạo quyết định" in leader.get("/lanh-dao/").text


def test_a_leader_reminds_with_one_button_and_it_stands_as_done(leader, session, loaded):
    code = written(session, loaded)
    page = leader.get(PAGE).text
    assert code in page
    assert f'href="/can-bo/phieu/{code}"' not in page, "leaders do not open tickets"
    button = address(page, "action", "/remind")
    done = leader.post(button, follow_redirects=True).text
    assert "Đã ghi và chuyển ý kiến" in done
    assert "Đã đôn đốc lúc 07:00 23/11/2026, Lãnh đạo trực" in done
    assert button not in done
    assert "Đã đôn đốc" in leader.get("/lanh-dao/").text
    assert "không gửi lại" in leader.post(button, follow_redirects=True).text


def test_what_was_answered_meanwhile_says_so_and_takes_no_word(leader, session, loaded):
    code = written(session, loaded)
    button = address(leader.get(PAGE).text, "action", "/remind")
    with unit_of_work() as writing:
        writing.execute(update(Ticket).where(Ticket.code == code).values(status="answered", clock="answered"))
    page = leader.get(PAGE).text
    assert "Đã xong việc cần quyết định" in page
    assert "/remind" not in page
    assert leader.post(button).status_code == 409


def test_the_office_opens_the_ticket_and_the_focal_point_may_not_extend(client, session, loaded):
    code = written(session, loaded)
    office = sign_in(client, a_person(session, "provincial_office", "vp-ubnd"))
    assert f'href="/can-bo/phieu/{code}"' in office.get(PAGE).text
    focal = sign_in(client, a_person(session, "focal_point", "so-tc"))
    subject = queries.brief(db.session()).content["red"][0]["subject"]
    assert focal.post(f"{PAGE}/2026-11-23/{subject}/extend").status_code == 403
    assert focal.post(f"{PAGE}/2026-11-23/ticket:999/remind").status_code == 404
    assert focal.post(f"{PAGE}/2026-11-23/{subject}/praise").status_code == 404


def test_the_office_plans_the_meeting_that_a_line_asks_for(client, session, loaded):
    written(session, loaded)
    office = sign_in(client, a_person(session, "provincial_office", "vp-ubnd"))
    assert "/hoi-nghi-doi-thoai/lap" not in office.get(PAGE).text, "a reminder is enough"
    with unit_of_work() as writing:
        row = queries.brief(writing)
        red = [row.content["red"][0] | {"decision": "convene", "deeds": ["convene", "remind"]}]
        row.content = row.content | {"red": red}
    assert "/hoi-nghi-doi-thoai/lap" in office.get(PAGE).text
    assert (
        "/hoi-nghi-doi-thoai/lap" not in sign_in(client, a_person(session, "leadership", None)).get(PAGE).text
    )


@pytest.mark.parametrize("day", ["2026-11-20", "hom-qua", "2026-13-45"])
def test_a_day_without_a_brief_is_not_there(leader, day):
    assert leader.get(f"{PAGE}/{day}").status_code == 404


def test_an_older_brief_is_marked_as_such(client, session, loaded):
    code = written(session, loaded)
    with time_machine.travel(datetime(2026, 11, 25, 0, tzinfo=UTC), tick=False):
        leader = sign_in(client, a_person(session, "leadership", None))
        page = leader.get(f"{PAGE}/2026-11-23").text
    assert "bản tin của ngày 23/11/2026" in page
    assert code in page


def test_each_count_of_what_is_late_opens_its_tickets(leader, session, loaded):
    code = a_ticket(session, loaded, at=LONG_AGO).code
    a_ticket(session, loaded, to="so-yt", at=LONG_AGO)
    page = leader.get("/lanh-dao/").text
    link = address(page, "href", "co_quan=so-xd&khau=assignment")
    listed = leader.get(link).text
    assert code in listed
    assert "Sở Xây dựng" in listed
    assert listed.count("KH-2026-") == 1
    assert leader.get("/lanh-dao/dang-cho?co_quan=khong-co").status_code == 404
    assert leader.get("/lanh-dao/dang-cho?sau=2026-99-99_1").status_code == 200


def test_a_long_list_goes_on_a_page_at_a_time(leader, session, loaded, monkeypatch):
    monkeypatch.setattr(waiting, "SIZE", 2)
    codes = {a_ticket(session, loaded, at=LONG_AGO).code for _number in range(5)}
    seen, link = set(), "/lanh-dao/dang-cho?tre=1"
    for _page in range(3):
        page = leader.get(link).text
        seen |= {code for code in codes if code in page}
        link = address(page, "href", "sau=")
    assert (seen, link) == (codes, "")


def test_the_page_asks_no_more_of_many_agencies_than_of_two(leader, session, loaded):
    def asked():
        refreshing.refresh(SEVEN)
        jobs.weigh()
        db.session.close()
        with statements() as sent:
            assert leader.get("/lanh-dao/?ky=2026-11").status_code == 200
        return len(sent)

    for agency in ("so-xd", "so-yt"):
        a_ticket(session, loaded, to=agency, at=LONG_AGO)
    outbox.drain()
    few = asked()
    for agency in ("so-tc", "so-ct", "thue", "hai-quan", "cong-an", "bhxh"):
        a_ticket(session, loaded, to=agency, at=LONG_AGO, field="tax")
    assert asked() == few <= 40
