"""The desk: filters that combine and are kept, search, acts on many tickets, like answers, who else looks."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets.models import Message, Ticket
from feedback_app.tickets.search import index
from feedback_app.tickets.services import answering, handling
from feedback_app.tickets.services.answering import Decision
from feedback_app.tickets.services.opening import FiledBy
from tests.counting import statements
from tests.factories import a_person, a_ticket, actor_of, reread, sign_in

QUEUE = "/can-bo/"
BULK = "/can-bo/nhieu-phieu"
NUMBER = re.compile(r"KH-\d{4}-\d{6}")


@pytest.fixture
def officer(session):
    return a_person(session, "officer", "so-xd", name="Trần Thị Mẫu")


def listed(page) -> set[str]:
    return set(re.findall(r'/phieu/(KH-\d{4}-\d{6})"', page.text))


def accept(session, person, code) -> None:
    by = actor_of(session, person)
    with unit_of_work() as writing:
        handling.accept(writing, reread(writing, code), by=by, at=clock.now())


def answer(session, person, code, text="Đã cấp phép quảng cáo ngày hôm nay.") -> None:
    accept(session, person, code)
    by = actor_of(session, person)
    with unit_of_work() as writing:
        answering.decide(writing, reread(writing, code), Decision(text=text), by=by, at=clock.now())


def test_filters_combine_and_lift_one_by_one(session, loaded, client, officer):
    mine = a_ticket(session, loaded, field="land", area="nha-trang", title="Thuê đất một").code
    accept(session, officer, mine)
    a_ticket(session, loaded, field="land", area="nha-trang", title="Thuê đất hai")
    a_ticket(session, loaded, field="construction", area="nha-trang", title="Xây dựng")
    browser = sign_in(client, officer)
    page = browser.get(f"{QUEUE}?field=land&area=nha-trang&handler=me&status=in_work&q=thue")
    assert listed(page) == {mine}
    lifts = [
        href.replace("&amp;", "&") for href in re.findall(r'<li><a href="(/can-bo/\?[^"]*)"><span', page.text)
    ]
    assert len(lifts) == 5
    for href, name in zip(lifts, ("q", "status", "field", "area", "handler"), strict=True):
        assert f"{name}=" not in href
        assert href.count("=") == 5  # the part of the queue, and the other four
    without_handler = browser.get(f"{QUEUE}?field=land&area=nha-trang")
    assert len(listed(without_handler)) == 2
    assert len(listed(browser.get(f"{QUEUE}?handler=none"))) == 2


@pytest.mark.parametrize("arguments", ["", "field=land", "handler=me", "status=in_work", "q=giay+phep"])
def test_counts_are_those_of_a_plain_recount(session, loaded, client, officer, arguments):
    for number in range(6):
        at = clock.now() - timedelta(days=40 if number % 2 else 0)
        field = "land" if number < 3 else "construction"
        code = a_ticket(session, loaded, at=at, field=field).code
        if number % 3 == 0:
            accept(session, officer, code)
    a_ticket(session, loaded, to="so-yt", field="land")
    index.catch_up(clock.now())
    page = sign_in(client, officer).get(f"{QUEUE}?{arguments}")
    counts = [int(n) for n in re.findall(r'class="count [^>]*><b>(\d+)</b>', page.text)]
    assert len(counts) == 4
    assert sum(counts) == len(listed(page))


def test_no_filter_makes_the_number_of_statements_grow(session, loaded, client, officer):
    browser, counted = sign_in(client, officer), []
    for more in (3, 40):
        for _ in range(more):
            a_ticket(session, loaded)
        index.catch_up(clock.now())
        for address in (f"{QUEUE}?q=giay&field=construction", "/can-bo/tim?q=giay+phep"):
            browser.get(address)
            with statements() as sent:
                assert browser.get(address).status_code == 200
            counted.append(len(sent))
    assert counted[0] == counted[2]
    assert counted[1] == counted[3]


def test_waiting_for_me_is_what_i_handle_and_what_the_head_must_decide(session, loaded, client, officer):
    mine, other = a_ticket(session, loaded).code, a_ticket(session, loaded).code
    accept(session, officer, mine)
    page = sign_in(client, officer).get(f"{QUEUE}?view=waiting")
    assert listed(page) == {mine}
    assert other not in page.text


def test_a_view_is_kept_shared_and_opened_first(session, loaded, client, officer):
    browser = sign_in(client, officer)
    kept = {"query": "field=land&q=thue+dat", "name": "Đất đai", "shared": "y", "opens": "y"}
    assert browser.post("/can-bo/bo-loc", data=kept).status_code == 302
    first = browser.get(QUEUE)
    assert first.status_code == 302
    assert "field=land" in first.headers["Location"]
    assert "q=thue" in first.headers["Location"]
    assert browser.get(f"{QUEUE}?view=agency").status_code == 200
    colleague = sign_in(client, a_person(session, "officer", "so-xd")).get(f"{QUEUE}?view=agency").text
    assert "Đất đai" in colleague
    assert "đồng nghiệp chia sẻ" in colleague
    stranger = sign_in(client, a_person(session, "officer", "so-yt")).get(f"{QUEUE}?view=agency").text
    assert "Đất đai (" not in stranger
    assert ">Đất đai</a>" not in stranger


def test_lifting_the_last_filter_of_the_first_view_shows_the_whole_queue(session, client, officer):
    browser = sign_in(client, officer)
    browser.post("/can-bo/bo-loc", data={"query": "field=land", "name": "Đất đai", "opens": "y"})
    page = browser.get(QUEUE, follow_redirects=True)
    lift = re.search(r'<li><a href="(/can-bo/[^"]*)"><span', page.text)[1].replace("&amp;", "&")
    assert browser.get(lift).status_code == 200


def test_nobody_removes_a_colleague_s_view(session, client, officer):
    browser = sign_in(client, officer)
    browser.post("/can-bo/bo-loc", data={"query": "field=land", "name": "Đất đai", "shared": "y"})
    view_id = re.search(r"/bo-loc/(\d+)/xoa", browser.get(f"{QUEUE}?view=agency").text)[1]
    other = sign_in(client, a_person(session, "officer", "so-xd"))
    assert other.post(f"/can-bo/bo-loc/{view_id}/xoa").status_code == 404
    assert sign_in(client, officer).post(f"/can-bo/bo-loc/{view_id}/xoa").status_code == 302
    assert ">Đất đai</a>" not in browser.get(f"{QUEUE}?view=agency").text


def test_a_view_without_a_name_is_refused(session, client, officer):
    browser = sign_in(client, officer)
    page = browser.post("/can-bo/bo-loc", data={"query": "", "name": "  "}, follow_redirects=True).text
    assert "Vui lòng đặt tên" in page


def test_search_marks_the_words_where_they_stand(session, loaded, client, officer):
    code = a_ticket(
        session, loaded, title="Thuê nhà", body="Chúng tôi chờ nghiệm thu <b>đã lâu</b>, xin trả lời."
    ).code
    index.catch_up(clock.now())
    page = sign_in(client, officer).get("/can-bo/tim?q=NGHIEM+thu").text
    assert code in page
    assert "<mark>nghiệm</mark>" in page
    assert "<b>đã lâu" not in page


def test_search_shows_no_hidden_name(session, loaded, client, officer):
    a_ticket(
        session, loaded, hide_identity=True, by=FiledBy(filer_type="enterprise", name="Công ty Hoàng Long")
    )
    index.catch_up(clock.now())
    browser = sign_in(client, officer)
    assert "Không tìm thấy" in browser.get("/can-bo/tim?q=hoang+long").text
    assert "Hoàng Long" not in browser.get("/can-bo/tim?q=giay+phep").text.replace('value="Hoàng Long"', "")


def items(page) -> list[str]:
    return re.findall(r'name="item" value="([^"]+)"', page.text)


def once(page) -> str:
    return re.search(r'name="once"[^>]*value="([^"]+)"', page.text)[1]


def test_a_preview_says_what_will_be_done_and_why_the_rest_will_not(session, loaded, client, officer):
    open_, taken = a_ticket(session, loaded).code, a_ticket(session, loaded).code
    elsewhere = a_ticket(session, loaded, to="so-yt", title="Việc của nơi khác").code
    accept(session, officer, taken)
    page = sign_in(client, officer).get(
        BULK, query_string={"act": "accept", "code": [open_, taken, elsewhere]}
    )
    assert [item.split(":")[0] for item in items(page)] == [open_]
    assert "không còn phù hợp" in page.text
    assert "không còn ở cơ quan" in page.text
    assert "Việc của nơi khác" not in page.text


def test_each_ticket_is_done_by_itself_and_what_changed_meanwhile_is_kept(session, loaded, client, officer):
    codes = [a_ticket(session, loaded).code for _ in range(3)]
    browser = sign_in(client, officer)
    page = browser.get(BULK, query_string={"act": "accept", "code": codes})
    accept(session, a_person(session, "officer", "so-xd"), codes[1])
    done = sign_in(client, officer).post(
        BULK, data={"act": "accept", "item": items(page), "once": once(page)}
    )
    assert "2 phiếu đã xong" in done.text
    assert "Có người vừa xử lý" in done.text
    session.rollback()
    session.expire_all()
    handlers = dict(session.execute(select(Ticket.code, Ticket.handler_id)).all())
    assert [handlers[code] == officer.id for code in codes] == [True, False, True]


def test_a_note_on_many_tickets_is_written_once_even_if_sent_twice(session, loaded, client, officer):
    codes = [a_ticket(session, loaded).code for _ in range(2)]
    browser = sign_in(client, officer)
    page = browser.get(BULK, query_string={"act": "note", "code": codes})
    data = {"act": "note", "item": items(page), "once": once(page), "text": "Đã gọi điện"}
    assert "2 phiếu đã xong" in browser.post(BULK, data=data).text
    assert "không làm lại" in browser.post(BULK, data=data).text
    session.rollback()
    assert session.scalars(select(Message.text)).all() == ["Đã gọi điện"] * 2


def test_a_note_without_words_is_asked_for_again(session, loaded, client, officer):
    code = a_ticket(session, loaded).code
    page = sign_in(client, officer).post(
        BULK, data={"act": "note", "item": f"{code}:2", "once": "a", "text": " "}
    )
    assert "Vui lòng nhập nội dung ghi chú" in page.text
    assert session.scalars(select(Message.id)).all() == []


def test_tickets_are_given_to_a_colleague_and_to_another_agency(session, loaded, client, officer):
    colleague = a_person(session, "officer", "so-xd")
    codes = [a_ticket(session, loaded).code for _ in range(2)]
    browser = sign_in(client, officer)
    page = browser.get(BULK, query_string={"act": "delegate", "code": codes})
    data = {"act": "delegate", "item": items(page), "once": once(page), "person": str(colleague.id)}
    assert "2 phiếu đã xong" in browser.post(BULK, data=data).text
    assert browser.get(f"{BULK}?act=assign&code={codes[0]}").status_code == 404
    focal = sign_in(client, a_person(session, "focal_point", "so-tc"))
    page = focal.get(BULK, query_string={"act": "assign", "code": codes})
    data = {
        "act": "assign",
        "item": items(page),
        "once": once(page),
        "agency": "so-yt",
        "reason": "Thuộc y tế",
    }
    assert "2 phiếu đã xong" in focal.post(BULK, data=data).text
    session.rollback()
    assert set(session.scalars(select(Ticket.holder_id)).all()) == {loaded.agency_ids["so-yt"]}


def test_like_answers_stand_beside_a_ticket_for_who_may_see_them(session, loaded, client, officer):
    answered = a_ticket(session, loaded, title="Biển hiệu quảng cáo ngoài trời bị từ chối").code
    answer(session, officer, answered)
    foreign = a_ticket(session, loaded, to="so-nv", title="Biển hiệu quảng cáo ngoài trời ở bệnh viện").code
    answer(session, a_person(session, "officer", "so-nv"), foreign, "Trả lời của nơi khác")
    for title in ("Nghiệm thu phòng cháy", "Thuê đất", "Hoàn thuế"):
        a_ticket(session, loaded, title=title)
    asked = a_ticket(session, loaded, title="Xin biển hiệu quảng cáo ngoài trời").code
    index.rebuild(clock.now())
    page = sign_in(client, officer).get(f"/can-bo/phieu/{asked}").text
    beside = page.split("Đã trả lời việc tương tự")[1]
    assert answered in beside
    assert "Đã cấp phép quảng cáo" in beside
    assert foreign not in page


def test_the_sheet_holds_the_whole_ticket_but_no_hidden_name(session, loaded, client, officer):
    by = FiledBy(filer_type="enterprise", name="Công ty Hoàng Long")
    code = a_ticket(session, loaded, hide_identity=True, by=by).code
    answer(session, officer, code)
    page = sign_in(client, officer).get(f"/can-bo/phieu/{code}/phieu-in").text
    for words in (code, "Đã cấp phép quảng cáo", "Diễn biến", "Thời hạn", "Trần Thị Mẫu"):
        assert words in page
    assert "Hoàng Long" not in page
