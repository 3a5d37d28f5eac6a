"""How one wants to hear, chosen on the page of the account."""

import pytest

from feedback_app.config import Settings
from feedback_app.notifications.reaching import wishes
from feedback_app.notifications.rules import Wishes
from tests.factories import a_person, an_enterprise, sign_in

PAGE, FORM = "/tai-khoan", "/tai-khoan/nhan-tin"


@pytest.fixture
def with_sms(app, monkeypatch):
    given = {"data_dir": app.extensions["settings"].data_dir, "sms_url": "http://127.0.0.1:9/"}
    monkeypatch.setitem(app.extensions, "settings", Settings(**given))


def test_a_member_of_staff_gives_up_the_digest(app, session):
    person = a_person(session)
    user_id, browser = person.id, sign_in(app.test_client(), person)
    assert 'name="digest"' in browser.get(PAGE).get_data(as_text=True)
    browser.post(FORM, data={"mail": "y"})
    assert wishes(session, [user_id])[user_id] == Wishes(digest=False)


def test_only_channels_that_there_are_can_be_chosen(app, session):
    person = a_person(session)
    user_id, browser = person.id, sign_in(app.test_client(), person)
    assert 'name="sms"' not in browser.get(PAGE).get_data(as_text=True)
    browser.post(FORM, data={"mail": "y", "sms": "y", "digest": "y"})
    assert wishes(session, [user_id])[user_id] == Wishes()


def test_an_enterprise_chooses_sms_and_is_asked_of_no_digest(app, session, with_sms):
    account = an_enterprise(session)
    user_id, browser = account.id, sign_in(app.test_client(), account)
    page = browser.get(PAGE).get_data(as_text=True)
    assert 'name="sms"' in page
    assert 'name="digest"' not in page
    assert 'name="zalo"' not in page
    browser.post(FORM, data={"sms": "y"})
    assert wishes(session, [user_id])[user_id] == Wishes(mail=False, sms=True)
