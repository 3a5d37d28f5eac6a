import threading
import time
from datetime import datetime

import pytest

from feedback_app import schedule
from feedback_app.core import clock
from feedback_app.runtime import cron, queues

NIGHTLY = schedule.PeriodicJob("nightly", "30 1 * * *", "time.time", schedule.JOBS, 60)
HOURLY = schedule.PeriodicJob("hourly", "5 * * * *", "time.time", schedule.JOBS, 60)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.LOCAL)


@pytest.mark.parametrize(
    "now,expected",
    [
        ("2026-11-24 01:29:59", "2026-11-23 01:30"),
        ("2026-11-24 01:30:00", "2026-11-24 01:30"),
        ("2026-11-24 01:30:59", "2026-11-24 01:30"),
        ("2026-11-24 23:00:00", "2026-11-24 01:30"),
    ],
)
def test_half_past_one_means_half_past_one_in_viet_nam(now, expected):
    assert cron.latest_due("30 1 * * *", local(now)) == local(expected)


def test_a_due_job_is_enqueued_once_and_again_when_next_due(connection):
    def names_at(moment: str) -> list[str]:
        return cron.enqueue_due(connection, [NIGHTLY, HOURLY], local(moment))

    assert names_at("2026-11-24 01:30:01") == ["nightly", "hourly"]
    assert names_at("2026-11-24 01:59:00") == []
    assert names_at("2026-11-24 02:05:00") == ["hourly"]
    jobs = queues.queue("jobs", connection).get_jobs()
    assert [job.id for job in jobs] == [
        "nightly-20261123T1830",
        "hourly-20261123T1805",
        "hourly-20261123T1905",
    ]
    assert [job.timeout for job in jobs] == [60, 60, 60]


def test_a_night_missed_while_nothing_ran_is_made_up_for_once(connection):
    cron.enqueue_due(connection, [NIGHTLY], local("2026-11-20 02:00"))

    assert cron.enqueue_due(connection, [NIGHTLY], local("2026-11-24 09:00")) == ["nightly"]
    assert cron.enqueue_due(connection, [NIGHTLY], local("2026-11-24 09:01")) == []


def test_cron_waits_for_a_redis_that_is_away(redis_server, connection, monkeypatch):
    monkeypatch.setattr(cron, "TICK", 0.05)
    stop = threading.Event()
    redis_server.stop()
    thread = threading.Thread(target=cron.run, args=(connection, stop))
    thread.start()
    try:
        redis_server.start()
        deadline = time.monotonic() + 10
        while connection.hlen(cron.RECORD) < len(schedule.PERIODIC):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        stop.set()
        thread.join()
