"""THE list of queues and of periodic jobs. Names only: importing it starts and loads nothing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Queue:
    """A queue and how its jobs are run.

    ``warm`` keeps the worker's process for all jobs, so that a job starts within milliseconds; otherwise
    each job gets a process of its own, which costs some 20 ms and keeps a leaking library from growing.
    """

    name: str
    warm: bool
    workers: int


@dataclass(frozen=True)
class PeriodicJob:
    """A function that is due at each moment of ``cron`` (local time, five fields).

    ``timeout`` is in seconds. A moment that passed while nothing ran is made up for once, so a job may
    come late and may run twice, and must bear both.
    """

    name: str
    cron: str
    function: str
    queue: Queue
    timeout: int


OUTBOX = Queue("outbox", warm=True, workers=1)
JOBS = Queue("jobs", warm=False, workers=1)
VAULT = Queue("vault", warm=False, workers=1)  # its worker holds the vault's credentials, and no others
QUEUES = (OUTBOX, JOBS, VAULT)

DRAIN = "feedback_app.core.jobs.drain_outbox"
DRAIN_TIMEOUT = 120

PERIODIC = (
    PeriodicJob("drain-outbox", "* * * * *", DRAIN, OUTBOX, DRAIN_TIMEOUT),  # should the relay be down
    PeriodicJob("chain-audit", "*/5 * * * *", "feedback_app.core.jobs.chain_audit", JOBS, 240),
    PeriodicJob("remind", "5 * * * *", "feedback_app.escalation.jobs.remind", JOBS, 600),
    PeriodicJob("remind-dated", "40 5 * * *", "feedback_app.escalation.jobs.remind_dated", JOBS, 1800),
    PeriodicJob("follow-programme", "50 5 * * *", "feedback_app.programme.jobs.follow", JOBS, 1800),
    PeriodicJob(
        "tend-pulses", "30 4 * * *", "feedback_app.pulses.jobs.tend", JOBS, 1800
    ),  # before anybody freezes the quarter that has just ended
    PeriodicJob("follow-dialogues", "55 5 * * *", "feedback_app.dialogues.jobs.follow", JOBS, 1800),
    PeriodicJob("remind-silent", "0 6 * * *", "feedback_app.closing.jobs.remind_silent", JOBS, 600),
    PeriodicJob("write-digests", "0 8 * * *", "feedback_app.notifications.jobs.write_digests", JOBS, 600),
    PeriodicJob(
        "remind-sealed", "0 7 * * *", "feedback_app.notifications.jobs.remind_of_sealed_reports", JOBS, 300
    ),  # the same mail every day: it tells nothing
    PeriodicJob("send-mails", "* * * * *", "feedback_app.notifications.jobs.send_mails", JOBS, 300),
    PeriodicJob("send-sms", "* * * * *", "feedback_app.notifications.jobs.send_sms", JOBS, 300),
    PeriodicJob("send-zalo", "* * * * *", "feedback_app.notifications.jobs.send_zalo", JOBS, 300),
    PeriodicJob(
        "reorganise", "2 0 * * *", "feedback_app.reorganisation.jobs.carry_out_due", JOBS, 3600
    ),  # on the first minutes of the day from which the heirs answer
    PeriodicJob("close-unrated", "15 1 * * *", "feedback_app.tickets.jobs.close_unrated", JOBS, 1800),
    PeriodicJob("end-waiting", "20 0 * * *", "feedback_app.tickets.jobs.end_waiting", JOBS, 1800),
    PeriodicJob("index-tickets", "* * * * *", "feedback_app.tickets.jobs.write_down_changes", JOBS, 600),
    PeriodicJob("count-words", "10 3 * * *", "feedback_app.tickets.jobs.refresh_word_shares", JOBS, 1800),
    PeriodicJob("refresh-statistics", "*/10 * * * *", "feedback_app.statistics.jobs.refresh", JOBS, 3600),
    PeriodicJob("publish-figures", "25 * * * *", "feedback_app.opendata.jobs.publish_due", JOBS, 3600),
    PeriodicJob("look-for-signals", "30 4 * * *", "feedback_app.monitor.jobs.look", JOBS, 3600),
    PeriodicJob("weigh-obstacles", "0 5 * * *", "feedback_app.briefing.jobs.weigh", JOBS, 1800),
    PeriodicJob("write-brief", "0 7 * * *", "feedback_app.briefing.jobs.write", JOBS, 600),
    PeriodicJob("make-reports", "* * * * *", "feedback_app.reports.jobs.make_reports", JOBS, 1800),
    PeriodicJob("put-away", "15 3 * * *", "feedback_app.confidential.jobs.put_away", VAULT, 3600),
    PeriodicJob("purge", "45 2 * * *", "feedback_app.core.jobs.purge", JOBS, 1800),
)
