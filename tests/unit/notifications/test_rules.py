"""How patient the sender of mails is."""

from datetime import timedelta

from feedback_app.notifications.rules import LONGEST_PAUSE, MOST_ATTEMPTS, pause_after


def test_pauses_double_up_to_six_hours_and_end_after_a_day_or_two():
    pauses = [pause_after(attempt) for attempt in range(1, MOST_ATTEMPTS)]
    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert pauses[-1] == LONGEST_PAUSE
    assert timedelta(days=0.5) < sum(pauses, timedelta()) < timedelta(days=2)
    assert pause_after(MOST_ATTEMPTS) is None
