"""Who is reached how, when people are left in peace, and how patient the sender is."""

from datetime import UTC, datetime, timedelta

import pytest

from feedback_app.core.clock import LOCAL
from feedback_app.notifications.rules import (
    LONGEST_PAUSE,
    MOST_ATTEMPTS,
    Address,
    Channel,
    Kind,
    Wishes,
    channels_of_account,
    channels_of_guest,
    not_before,
    pause_after,
    reminder_kind,
)

ALL = frozenset(Channel)
MAIL_ONLY = frozenset({Channel.MAIL})
BOTH = Address("a@example.vn", "0905000111")
PHONE = Address("", "0905000111")


def test_pauses_double_up_to_six_hours_and_end_after_a_day_or_two():
    pauses = [pause_after(attempt) for attempt in range(1, MOST_ATTEMPTS)]
    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert pauses[-1] == LONGEST_PAUSE
    assert timedelta(days=0.5) < sum(pauses, timedelta()) < timedelta(days=2)
    assert pause_after(MOST_ATTEMPTS) is None


@pytest.mark.parametrize(
    "local,expected",
    [
        ("2026-11-23T00:05", "2026-11-23T08:00"),
        ("2026-11-23T07:59", "2026-11-23T08:00"),
        ("2026-11-23T08:00", "2026-11-23T08:00"),
        ("2026-11-23T19:59", "2026-11-23T19:59"),
        ("2026-11-23T20:00", "2026-11-24T08:00"),
        ("2026-12-31T23:30", "2027-01-01T08:00"),
    ],
)
def test_nobody_is_disturbed_between_eight_in_the_evening_and_eight_in_the_morning(local, expected):
    at = datetime.fromisoformat(local).replace(tzinfo=LOCAL).astimezone(UTC)
    assert not_before(at, LOCAL) == datetime.fromisoformat(expected).replace(tzinfo=LOCAL)


def test_an_account_hears_by_mail_unless_it_chose_otherwise():
    assert channels_of_account(Wishes(), BOTH, ALL, legal=False) == [Channel.MAIL]
    chosen = Wishes(mail=False, sms=True, zalo=True)
    assert channels_of_account(chosen, BOTH, ALL, legal=False) == [Channel.SMS, Channel.ZALO]
    assert channels_of_account(chosen, BOTH, MAIL_ONLY, legal=False) == []
    assert channels_of_account(Wishes(mail=False), BOTH, ALL, legal=False) == []


def test_a_legal_notice_comes_by_mail_whatever_was_chosen():
    assert channels_of_account(Wishes(mail=False, sms=True), BOTH, ALL, legal=True) == [
        Channel.MAIL,
        Channel.SMS,
    ]
    assert channels_of_guest(BOTH, ALL, {Channel.MAIL}, legal=True) == [Channel.MAIL]


def test_a_guest_hears_in_one_channel_by_phone_only_without_an_address():
    assert channels_of_guest(BOTH, ALL, (), legal=False) == [Channel.MAIL]
    assert channels_of_guest(PHONE, ALL, (), legal=False) == [Channel.SMS]
    assert channels_of_guest(PHONE, {Channel.MAIL, Channel.ZALO}, (), legal=False) == [Channel.ZALO]
    assert channels_of_guest(PHONE, MAIL_ONLY, (), legal=True) == []
    assert channels_of_guest(BOTH, ALL, {Channel.MAIL}, legal=False) == [], "refused is not: by another way"


def test_a_central_vertical_agency_is_asked_and_a_part_is_called_a_part():
    assert reminder_kind(-2, is_part=False, is_request=False) is Kind.DUE_SOON
    assert reminder_kind(0, is_part=True, is_request=False) is Kind.PART_DUE_TODAY
    assert reminder_kind(3, is_part=True, is_request=True) is Kind.REQUEST_OVERDUE
