"""What leaders follow beside the tickets: word and deed, project dossiers, matters at a ministry. To read only."""

from datetime import timedelta

import pytest

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets.beyond import Referral
from feedback_app.tickets.services import projects, promising
from feedback_app.tickets.services.handling import accept
from feedback_app.tickets.services.ways_up import Paper
from tests.factories import a_person, a_ticket, actor_of, reread, sign_in


@pytest.fixture
def leader(client, session):
    return sign_in(client, a_person(session, "leadership", "vp-ubnd"))


@pytest.fixture
def focal_point(app, session):
    return sign_in(app.test_client(), a_person(session, "focal_point", "so-tc"))


def promised(session, loaded, text, *, kept=None, days=3, **filing):
    agency = filing.get("to", "so-xd")
    officer = actor_of(session, a_person(session, "officer", agency))
    ticket = a_ticket(session, loaded, **({"to": "so-xd"} | filing))
    with unit_of_work() as writing:
        mine, at = reread(writing, ticket.code), clock.now()
        accept(writing, mine, by=officer, at=at)
        day = clock.today() + timedelta(days=days)
        row = promising.promise(writing, mine, by=officer, text=text, due_on=day, at=at)
        writing.flush()
        if kept is not None:
            promising.settle(writing, mine, row.id, by=officer, kept=kept, note="Chậm vốn.", at=at)
        if days == 1:
            row.due_on = clock.today() - timedelta(days=1)
    return ticket.code


def test_leaders_count_word_and_deed_and_open_each_of_them(leader, session, loaded):
    promised(session, loaded, "Trả lại đất trước Tết.", kept=True)
    promised(session, loaded, "Cấp phép trong tuần.", days=1)
    late = promised(session, loaded, "Hoàn thuế.", kept=False)
    front = leader.get("/lanh-dao/").text
    assert "1 đang thực hiện (1 quá ngày), 1 đã thực hiện, 1 không đúng cam kết" in front
    assert 'href="/lanh-dao/cam-ket"' in front
    page = leader.get("/lanh-dao/cam-ket").text
    for words in ("Trả lại đất trước Tết.", "Cấp phép trong tuần.", "Hoàn thuế.", "Chậm vốn.", late):
        assert words in page
    assert "/can-bo/" not in page.split("<main")[1]


def test_the_focal_point_may_open_the_ticket_behind_a_commitment(focal_point, session, loaded):
    code = promised(session, loaded, "Hoàn thuế.")
    assert f"/can-bo/phieu/{code}" in focal_point.get("/lanh-dao/cam-ket").text


def test_a_commitment_on_a_sensitive_report_is_neither_told_nor_counted(leader, session, loaded):
    secret = {"to": "thanh-tra", "kind": "informal_cost", "concerned": frozenset({"so-xd"})}
    code = promised(session, loaded, "Xử lý người vi phạm.", **secret)
    page = leader.get("/lanh-dao/cam-ket").text
    assert "Chưa có cam kết nào" in page
    assert code not in page
    assert "0 đang thực hiện" in leader.get("/lanh-dao/").text


def test_a_dossier_has_its_line_of_the_month_and_its_page(leader, session, loaded):
    office = actor_of(session, a_person(session, "provincial_office", "vp-ubnd"))
    today = clock.today()
    with unit_of_work() as writing:
        given = {"owner_id": loaded.agency_ids["so-xd"], "by": office, "at": clock.now()}
        row = projects.create(writing, title="Dự án đường ven biển", summary="Vướng đất", **given)
        for name, day in (
            ("Bàn giao đất", today - timedelta(days=3)),
            ("Định giá", today + timedelta(days=9)),
        ):
            projects.add_milestone(
                writing, row, title=name, agency_id=given["owner_id"], due_on=day, by=office, at=clock.now()
            )
        paper = Paper(number="99/TB-UBND", dated=today, signer="Phó Chủ tịch", text="Giao sở.")
        projects.conclude(writing, row, paper, by=office, at=clock.now())
    front = leader.get(f"/lanh-dao/?ky={today:%Y-%m}").text
    assert "Dự án đường ven biển" in front
    assert "trong kỳ xong 0 mốc, thêm 1 kết luận; tổng cộng 0 trên 2 mốc" in front
    assert "1 mốc quá ngày" in front
    page = leader.get("/lanh-dao/du-an").text
    for words in ("Bàn giao đất", "quá ngày", "99/TB-UBND", "Giao sở."):
        assert words in page
    assert "<form" not in page.split("<main")[1]


def test_leaders_read_what_waits_for_a_ministry(leader, session, loaded):
    officer = a_person(session, "officer", "so-xd")
    ticket = a_ticket(session, loaded, to="so-xd")
    with unit_of_work() as writing:
        mine = reread(writing, ticket.code)
        mine.status, mine.clock = "at_ministry", "paused"
        sent = {"from_agency_id": mine.holder_id, "reason": "Kiến nghị sửa.", "by_id": officer.id}
        asked = {"addressee": "Bộ Xây dựng", "letter_number": "12/UBND", "letter_date": clock.today()}
        writing.add(Referral(ticket_id=mine.id, level="ministry", at=clock.now(), **sent, **asked))
    page = leader.get("/lanh-dao/bo-nganh").text
    assert "Bộ Xây dựng" in page
    assert ticket.code in page
    assert f"/can-bo/phieu/{ticket.code}" not in page
