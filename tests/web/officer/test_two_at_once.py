"""Two officers answer the same ticket at the same instant."""

from threading import Barrier, Thread

from sqlalchemy import select

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets import queries
from feedback_app.tickets.models import Answer
from feedback_app.tickets.services.handling import accept
from tests.factories import a_person, a_ticket, actor_of, reread, sign_in


def _accepted(session, loaded, officer):
    ticket = a_ticket(session, loaded, to="so-xd")
    actor = actor_of(session, officer)
    with unit_of_work() as writing:
        accept(writing, queries.handled_by(writing, actor, ticket.code), by=actor, at=clock.now())
    return reread(session, ticket.code)


def test_one_wins_and_the_other_keeps_the_text_and_sees_who_was_faster(app, session, loaded):
    first, second = (
        a_person(session, "officer", "so-xd", name=name) for name in ("Bà Thứ Nhất", "Ông Thứ Hai")
    )
    ticket = _accepted(session, loaded, first)
    code, version = ticket.code, ticket.version
    session.rollback()
    browsers = {text: sign_in(app.test_client(), p) for text, p in (("lời một", first), ("lời hai", second))}
    start, replies = Barrier(2), {}

    def send(text):
        start.wait()
        replies[text] = browsers[text].post(
            f"/can-bo/phieu/{code}/tra-loi", data={"text": text, "seen_version": str(version)}
        )

    threads = [Thread(target=send, args=(text,)) for text in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(reply.status_code for reply in replies.values()) == [302, 409]
    loser = next(text for text, reply in replies.items() if reply.status_code == 409)
    page = replies[loser].text
    assert loser in page
    assert "Đã trả lời doanh nghiệp" in page
    session.rollback()
    (answer,) = session.scalars(select(Answer)).all()
    assert answer.text != loser


def test_an_answer_written_on_an_old_page_is_kept_on_the_screen(session, loaded, client):
    officer = a_person(session, "officer", "so-xd")
    ticket = _accepted(session, loaded, officer)
    reply = sign_in(client, officer).post(
        f"/can-bo/phieu/{ticket.code}/tra-loi", data={"text": "viết trên trang cũ", "seen_version": "1"}
    )
    assert reply.status_code == 409
    assert "viết trên trang cũ" in reply.text


def test_what_was_typed_survives_the_ticket_s_leaving_the_agency(session, loaded, client):
    other = a_person(session, "officer", "so-yt")
    ticket = _accepted(session, loaded, a_person(session, "officer", "so-xd"))
    reply = sign_in(client, other).post(
        f"/can-bo/phieu/{ticket.code}/tra-loi", data={"text": "chữ của tôi", "seen_version": "1"}
    )
    assert reply.status_code == 404
    assert "chữ của tôi" in reply.text
    assert ticket.title not in reply.text
