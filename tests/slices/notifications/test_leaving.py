"""The way out of messages: signed, without signing in, never out of legal notices."""

import email
from email.policy import default

import pytest
from sqlalchemy import select

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.notifications import jobs, reaching, unsubscribing
from feedback_app.notifications.models import Dispatch
from feedback_app.notifications.rules import Channel, Letter, Wishes
from feedback_app.notifications.unsubscribing import Scope
from feedback_app.tickets.services.opening import FiledBy
from tests.factories import a_message, a_person, a_ticket, an_enterprise

ADDRESS = "ke.toan@example.vn"


@pytest.fixture
def sent(app):
    """Return a function that sends and reads the mails written since the last look."""
    folder = app.extensions["settings"].data_dir / "mail"

    def read():
        for old in folder.glob("*.eml"):
            old.unlink()
        jobs.send_mails()
        files = sorted(folder.glob("*.eml"))
        return [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]

    return read


def token_in(mail):
    return mail["List-Unsubscribe"].strip("<>").rpartition("/")[2]


def leave(token):
    with unit_of_work() as session:
        unsubscribing.leave(session, unsubscribing.read(token), clock.now())


def wishes_of(session, user_id):
    session.rollback()
    session.expire_all()
    return reaching.wishes(session, [user_id])[user_id]


def guest(email_=ADDRESS):
    return FiledBy(filer_type="enterprise", name="Công ty TNHH Mẫu A", email=email_)


def test_a_guest_leaves_by_the_link_and_still_gets_the_answer(session, loaded, drained, course, sent):
    matter = course(a_ticket(session, loaded, by=guest()), a_person(session))
    matter.accept()
    matter.ask()
    drained()
    (news,) = sent()
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert token_in(news) in news.get_content()
    leave(token_in(news))
    matter.reply()
    matter.ask()
    drained()
    assert sent() == []
    matter.reply()
    matter.answer()
    drained()
    (answer,) = sent()
    assert answer["List-Unsubscribe"] is None, "nobody leaves legal notices"


def test_whoever_comes_back_hears_again_and_others_were_never_touched(session, loaded, drained, course, sent):
    token = unsubscribing.token(Scope.MAIL, unsubscribing.contact(Channel.MAIL, ADDRESS.upper()))
    leave(token)
    for address in (ADDRESS, "khac@example.vn"):
        matter = course(a_ticket(session, loaded, by=guest(address)), a_person(session))
        matter.accept()
        matter.ask()
    drained()
    assert [mail["To"] for mail in sent()] == ["khac@example.vn"]
    with unit_of_work() as writing:
        unsubscribing.come_back(writing, unsubscribing.read(token), clock.now())
    matter = course(a_ticket(session, loaded, by=guest()), a_person(session))
    matter.accept()
    matter.ask()
    drained()
    assert [mail["To"] for mail in sent()] == [ADDRESS]


def test_an_account_leaves_one_channel_and_keeps_the_others(session):
    account = an_enterprise(session)
    user_id = account.id
    leave(unsubscribing.token(Scope.MAIL, unsubscribing.account(user_id)))
    assert wishes_of(session, user_id) == Wishes(mail=False)
    leave(unsubscribing.token(Scope.DIGEST, unsubscribing.account(user_id)))
    assert wishes_of(session, user_id) == Wishes(mail=False, digest=False)


def test_a_digest_s_link_ends_the_digest_alone(session, sent):
    person = a_person(session)
    user_id = person.id
    data = {"sections": [], "guest": False}
    a_message(to=person.email, letter=Letter.DIGEST, user_id=user_id, data=data)
    leave(token_in(sent()[0]))
    assert wishes_of(session, user_id) == Wishes(digest=False)


@pytest.mark.parametrize("forged", ["mu1-AAAAAAAAAAAAAAAAAAAA", "", "-", "mu1", "xu1-A", "dc00-A"])
def test_a_token_of_somebody_else_is_none(app, forged):
    assert unsubscribing.read(forged) is None


def test_a_token_cannot_be_bent_to_another_person_or_channel(app):
    token = unsubscribing.token(Scope.MAIL, unsubscribing.account(1))
    assert unsubscribing.read(token).who == "u1"
    assert unsubscribing.read(token.replace("mu1", "mu2")) is None
    assert unsubscribing.read(token.replace("mu1", "su1")) is None


def test_one_clicks_without_signing_in_and_looking_changes_nothing(app, client, session, sent):
    a_message(to=ADDRESS)
    page = f"/ngung-nhan-tin/{token_in(sent()[0])}"
    refused = lambda: reaching.refusals(session, reaching.Address(ADDRESS))  # noqa: E731
    assert "Ngừng nhận" in client.get(page).get_data(as_text=True)
    assert not refused()
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        done = client.post(page, data={"List-Unsubscribe": "One-Click"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert done.status_code == 200
    assert "Nhận lại" in done.get_data(as_text=True)
    session.rollback()
    assert refused() == {Channel.MAIL}
    client.post(page, data={"back": "1"})
    session.rollback()
    assert not refused()
    assert client.get("/ngung-nhan-tin/mu1-AAAA").status_code == 404


def test_a_sent_message_keeps_no_address(session, sent):
    a_message(to=ADDRESS)
    sent()
    session.rollback()
    row = session.scalars(select(Dispatch)).one()
    assert ADDRESS not in str(vars(row))
