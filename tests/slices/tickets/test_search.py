"""Search: what an officer finds, and what nobody may find out by searching."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from feedback_app.accounts.actor import Actor
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets.search import index
from feedback_app.tickets.search.finding import Asked, search
from feedback_app.tickets.services import handling
from feedback_app.tickets.services.opening import FiledBy
from tests.factories import a_person, a_ticket, actor_of, reread

SOON = timedelta(seconds=1)


@pytest.fixture
def officer(session) -> Actor:
    return actor_of(session, a_person(session, "officer", "so-xd"))


def catch_up() -> int:
    return index.catch_up(clock.now() + SOON)


def found(session, actor, typed, **more) -> list[str]:
    session.rollback()
    ids = search(session, actor, Asked(typed, **more)).ids
    codes = dict(session.execute(text("SELECT id, code FROM ticket")).all())
    return [codes[id_] for id_ in ids]


def filed(session, loaded, **given) -> str:
    return str(a_ticket(session, loaded, **given).code)


def by_name(name: str, identifier: str = "") -> FiledBy:
    return FiledBy(filer_type="enterprise", name=name, identifier=identifier)


def test_words_are_found_with_and_without_marks_once_written_down(session, loaded, officer):
    ticket = filed(session, loaded, title="Nghiệm thu phòng cháy chữa cháy")
    filed(session, loaded, title="Cấp phép quảng cáo")
    assert catch_up() == 2
    for typed in ("nghiệm thu", "nghiem thu", "THU NGHIỆM", "phong chay"):
        assert found(session, officer, typed) == [ticket]


def test_a_ticket_is_found_before_anything_was_written_down(session, loaded, officer):
    ticket = filed(session, loaded, title="Cấp phép quảng cáo")
    assert found(session, officer, "quang cao") == [ticket]


def test_a_number_finds_its_ticket_first_however_it_is_typed(session, loaded, officer):
    tickets = [filed(session, loaded) for _ in range(3)]
    catch_up()
    code = tickets[1]
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", "")):
        assert found(session, officer, typed)[0] == code
    assert code in found(session, officer, code[-6:].lstrip("0"))


def test_a_tax_code_and_a_name_find_what_the_enterprise_filed(session, loaded, officer):
    ticket = filed(session, loaded, by=by_name("Công ty Hoàng Long", "4201234567-001"))
    filed(session, loaded)
    catch_up()
    for typed in ("4201234567", "4201234567-001", "hoàng long", "hoang long giay phep"):
        assert found(session, officer, typed) == [ticket]


def test_the_title_counts_more_than_the_text(session, loaded, officer):
    beside = filed(session, loaded, title="Thuê đất", body="Chúng tôi chờ nghiệm thu đã lâu, xin trả lời.")
    about = filed(session, loaded, title="Nghiệm thu", body="Chúng tôi chờ đã lâu, xin trả lời giúp.")
    again = filed(session, loaded, title="Điện nước", body="Chúng tôi chờ nghiệm thu đã lâu, xin trả lời.")
    catch_up()
    best_first = found(session, officer, "nghiem thu")
    assert set(best_first) == {beside, about, again}
    assert best_first[0] == about


def test_notes_of_the_staff_are_found_by_the_staff_who_see_the_ticket(session, loaded, officer):
    ticket = filed(session, loaded)
    catch_up()
    with unit_of_work() as writing:
        handling.note(writing, reread(writing, ticket), by=officer, text="Hẹn gặp ở Ninh Hòa", at=clock.now())
    assert found(session, officer, "ninh hoa") == []
    assert catch_up() >= 1
    assert found(session, officer, "ninh hoa") == [ticket]
    stranger = actor_of(session, a_person(session, "officer", "so-yt"))
    assert found(session, stranger, "ninh hoa") == []


@pytest.mark.parametrize("written", [True, False])
def test_a_hidden_name_finds_nothing_for_whoever_must_not_know_it(session, loaded, written, officer):
    hidden = filed(session, loaded, hide_identity=True, by=by_name("Công ty Hoàng Long", "4209999999"))
    shown = filed(session, loaded, by=by_name("Công ty Hoàng Long", "4209999999"))
    if written:
        catch_up()
    focal = actor_of(session, a_person(session, "focal_point", "so-tc"))
    head = actor_of(session, a_person(session, "agency_head", "so-xd"))
    for typed in ("hoang long", "4209999999"):
        assert found(session, officer, typed) == [shown]
        assert found(session, head, typed) == [shown]
        assert set(found(session, focal, typed)) == {hidden, shown}
    assert hidden in found(session, officer, "giay phep")


@pytest.mark.parametrize("written", [True, False])
def test_what_another_agency_has_is_not_found(session, loaded, officer, written):
    filed(session, loaded, to="so-yt", title="Nghiệm thu bệnh viện")
    if written:
        catch_up()
    assert found(session, officer, "nghiem thu") == []


@pytest.mark.parametrize("written", [True, False])
def test_a_sensitive_report_is_found_by_nobody_but_its_holder(session, loaded, officer, written):
    ticket = filed(session, loaded, to="so-xd", title="Đòi chi phí không chính thức")
    with unit_of_work() as writing:
        reread(writing, ticket).sensitive = True
    if written:
        catch_up()
    focal = actor_of(session, a_person(session, "focal_point", "so-tc"))
    assert found(session, officer, "chi phi khong chinh thuc") == [ticket]
    assert found(session, focal, "chi phi khong chinh thuc") == []
    assert found(session, focal, ticket) == []


def test_state_and_field_narrow_what_is_found(session, loaded, officer):
    ticket = filed(session, loaded)
    catch_up()
    assert found(session, officer, "giay phep", clocks=("open", "paused"), field="construction") == [ticket]
    assert found(session, officer, "giay phep", clocks=("closed",)) == []
    assert found(session, officer, "giay phep", field="tax") == []


def test_the_index_built_anew_finds_the_same(session, loaded, officer):
    codes = {filed(session, loaded) for _ in range(3)}
    told: list[int] = []
    assert index.rebuild(clock.now(), told.append) == 3
    assert told == [3]
    assert set(found(session, officer, "giay phep")) == codes
    assert index.rebuild(clock.now()) == 3  # a second time, over the first
    later = filed(session, loaded)
    assert catch_up() >= 1
    assert set(found(session, officer, "giay phep")) == {*codes, later}


def test_common_words_are_counted_and_rare_ones_are_not_kept(session, loaded):
    for number in range(4):
        filed(session, loaded, title=f"Việc rất riêng {'abcd'[number] * 3}")
    index.rebuild(clock.now())
    shares = dict(session.execute(text("SELECT word, share FROM word_share")).all())
    assert shares["giay"] == 1.0
    assert "aaa" not in shares


HOSTILE = (
    "'",
    '"',
    "a' & b",
    "NEAR(",
    "*",
    "đ" * 3000,
    "-",
    ": ) (",
    "\\",
    "x" * 5000,
    "h@hoang",
    "@ag1",
    "AND OR NOT",
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_is_only_words(session, loaded, officer, typed):
    filed(session, loaded, hide_identity=True, by=by_name("Công ty Hoàng Long"))
    filed(
        session, loaded, title=f"Chữ lạ {typed}"[:200], body=f"{typed} và một đoạn đủ dài để gửi đi {typed}"
    )
    catch_up()
    assert len(found(session, officer, typed)) <= 1
