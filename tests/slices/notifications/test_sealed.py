"""The daily mail about sealed reports says the same every day, and only inspectors get it."""

from feedback_app.accounts.actor import Function
from feedback_app.notifications import sealed
from tests.factories import people


def test_every_inspector_is_reminded_in_the_same_words_each_day(session, loaded, monkeypatch):
    sent = []
    monkeypatch.setattr(sealed, "transport_for", lambda _settings: sent.append)
    people.a_person(session, Function.INSPECTOR, "thanh-tra")
    people.a_person(session, Function.OFFICER, "so-xd")
    for _day in range(2):
        assert sealed.send_reminders() == 1
    first, second = sent
    assert first.get_content() == second.get_content()
    assert "dù có hay không có báo cáo mới" in first.get_content()
