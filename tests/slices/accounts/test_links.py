"""Links to the mailbox of an account: kept as hashes, used once, out of date in time; invitations."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback_app.accounts import links, mailbox, services
from feedback_app.accounts import sign_in as signing_in
from feedback_app.accounts.actor import Function
from feedback_app.accounts.links import MOST_LIVE, Purpose
from feedback_app.accounts.models import AccountLink, User
from feedback_app.accounts.profile import change_password
from feedback_app.core import clock, outbox
from feedback_app.core.audit import AuditEntry
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import NotFound
from feedback_app.core.outbox import OutboxEvent
from feedback_app.notifications.models import Dispatch
from tests.factories import an_enterprise

PASSWORD = "mot cau ngan de nho"


@pytest.fixture
def user(session):
    return an_enterprise(session)


def a_token(user, purpose=Purpose.RESET):
    with unit_of_work() as session:
        seed = links.draw(session, user.id, purpose, at=clock.now())
    assert seed is not None
    return links.token_of(seed, purpose)


def reset(token, at=None):
    with unit_of_work() as session:
        mailbox.reset(session, token, PASSWORD, at=at or clock.now())


def reread(session, user):
    session.expire_all()
    return session.get_one(User, user.id)


def test_neither_the_account_s_table_nor_the_ledger_holds_the_token(session, user):
    with unit_of_work() as writing:
        mailbox.ask_for_reset(writing, user.email.upper(), at=clock.now())
    outbox.drain()
    db.session.close()
    message, link = session.scalars(select(Dispatch)).one(), session.scalars(select(AccountLink)).one()
    token = links.token_of(message.data["seed"], Purpose.RESET)
    assert message.recipient == user.email
    assert token not in f"{message.key} {message.data} {link.token_hash}"
    reset(token)


def test_a_link_is_used_once(session, user):
    token = a_token(user)
    reset(token)
    assert signing_in.verified_user(session, user.email, PASSWORD)
    with pytest.raises(NotFound):
        reset(token)


def test_using_a_link_uses_up_the_others(user):
    first, second = a_token(user), a_token(user)
    reset(second)
    with pytest.raises(NotFound):
        reset(first)


def test_a_link_is_good_for_an_hour(session, user):
    token = a_token(user)
    with pytest.raises(NotFound):
        reset(token, at=clock.now() + timedelta(minutes=60, seconds=1))
    reset(token, at=clock.now() + timedelta(minutes=59))
    assert signing_in.verified_user(session, user.email, PASSWORD)


def test_a_link_that_confirms_sets_no_password(user):
    with pytest.raises(NotFound):
        reset(a_token(user, Purpose.CONFIRM))


def test_whoever_asks_again_and_again_gets_a_few_mails(session, user):
    for _time in range(MOST_LIVE + 2):
        with unit_of_work() as writing:
            mailbox.ask_for_reset(writing, user.email, at=clock.now())
    outbox.drain()
    db.session.close()
    assert len(session.scalars(select(Dispatch)).all()) == MOST_LIVE


def test_an_unknown_address_and_a_closed_account_set_nothing_in_motion(session, user):
    with unit_of_work() as writing:
        writing.get_one(User, user.id).disabled_at = clock.now()
    for email in (user.email, "khong-co@example.vn"):
        with unit_of_work() as writing:
            mailbox.ask_for_reset(writing, email, at=clock.now())
    assert session.scalars(select(OutboxEvent)).all() == []


def test_a_link_of_an_account_closed_meanwhile_is_void(user):
    token = a_token(user)
    with unit_of_work() as writing:
        writing.get_one(User, user.id).disabled_at = clock.now()
    with pytest.raises(NotFound):
        reset(token)


def test_a_changed_password_voids_the_link_on_its_way(user):
    token = a_token(user)
    with unit_of_work() as session:
        change_password(session, user.id, PASSWORD, at=clock.now())
    with pytest.raises(NotFound):
        reset(token)


def test_asking_and_resetting_are_in_the_audit(session, user):
    with unit_of_work() as writing:
        mailbox.ask_for_reset(writing, user.email, at=clock.now())
    reset(a_token(user))
    query = select(AuditEntry.event).where(AuditEntry.subject == f"user:{user.id}").order_by(AuditEntry.id)
    assert session.scalars(query).all() == [
        "user.reset_requested",
        "user.reset_used",
        "user.password_changed",
        "user.signed_out_everywhere",
        "user.confirmed",
    ]


def test_a_telephone_left_by_somebody_unproven_does_not_outlast_the_reset(session, user):
    with unit_of_work() as writing:
        writing.get_one(User, user.id).phone = "0905 000 000"
    reset(a_token(user))
    found = reread(session, user)
    assert (found.phone, found.confirmed_at is not None) == ("", True)


def test_a_confirmed_person_keeps_the_telephone(session, user):
    with unit_of_work() as writing:
        writing.get_one(User, user.id).phone = "0905 000 000"
        mailbox.confirm(writing, _drawn(writing, user, Purpose.CONFIRM), at=clock.now())
    reset(a_token(user))
    assert reread(session, user).phone == "0905 000 000"


def _drawn(writing, user, purpose):
    return links.token_of(links.draw(writing, user.id, purpose, at=clock.now()), purpose)


def test_who_opened_an_account_on_an_invited_person_s_address_is_out(session, loaded, user):
    with unit_of_work() as writing:
        sid = signing_in.open_session(writing, user, hours=1, at=clock.now())
        code = services.invite(
            writing,
            email=user.email,
            name="Cán bộ Mẫu",
            function=Function.OFFICER,
            agency_id=loaded.agency_ids["so-xd"],
            at=clock.now(),
        )
    with unit_of_work() as writing:
        services.accept_invitation(writing, code, PASSWORD, at=clock.now())
    session.expire_all()
    assert signing_in.user_of(session, sid, clock.now()) is None
    found = reread(session, user)
    assert (found.name, found.phone, found.confirmed_at is not None) == ("Cán bộ Mẫu", "", True)


def test_links_out_of_date_are_deleted(session, user):
    a_token(user)
    with unit_of_work() as writing:
        links.purge(writing, clock.now() + timedelta(hours=2))
    assert session.scalars(select(AccountLink)).all() == []
