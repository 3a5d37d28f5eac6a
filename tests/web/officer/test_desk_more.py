"""The desk: filters that combine and are kept, search, acts on many tickets, like answers, who else looks."""

import re

import pytest

from feedback_app.core import bell, clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets.services import answering, handling
from feedback_app.tickets.services.answering import Decision
from tests.factories import a_person, a_ticket, actor_of, reread, sign_in
from tests.redis_server import RedisServer

QUEUE = "/can-bo/"
BULK = "/can-bo/nhieu-phieu"
NUMBER = re.compile(r"KH-\d{4}-\d{6}")


@pytest.fixture
def officer(session):
    return a_person(session, "officer", "so-xd", name="Trần Thị Mẫu")


@pytest.fixture
def doorbell(app, monkeypatch, tmp_path):
    """Return a Redis of its own, which the pages use."""
    server = RedisServer(tmp_path)
    monkeypatch.setitem(app.extensions, "bell", bell.connection(server.url))
    yield server
    server.stop()


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


def test_two_who_look_at_a_ticket_know_of_each_other(session, loaded, client, officer, doorbell):
    code = a_ticket(session, loaded).code
    first = sign_in(client, officer).get(f"/can-bo/phieu/{code}").text
    assert "cũng đang mở phiếu này" not in first
    second = (
        sign_in(client, a_person(session, "officer", "so-xd", name="Lê Văn Mẫu"))
        .get(f"/can-bo/phieu/{code}")
        .text
    )
    assert "Trần Thị Mẫu cũng đang mở phiếu này" in second
    again = sign_in(client, officer).get(f"/can-bo/phieu/{code}/dang-xem").json
    assert again == {"said": "Lê Văn Mẫu cũng đang mở phiếu này."}


@pytest.mark.parametrize("stopped", [True, False])
def test_without_redis_nobody_is_named_and_the_page_opens(
    session, loaded, app, client, officer, monkeypatch, doorbell, stopped
):
    if stopped:
        doorbell.stop()
    else:
        monkeypatch.setitem(app.extensions, "bell", None)
    code = a_ticket(session, loaded).code
    assert sign_in(client, officer).get(f"/can-bo/phieu/{code}").status_code == 200
    assert sign_in(client, officer).get(f"/can-bo/phieu/{code}/dang-xem").json == {"said": ""}
