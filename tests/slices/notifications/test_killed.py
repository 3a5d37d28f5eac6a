"""The sender is killed with SIGKILL between the other side's yes and our note of it: once in effect all the same."""

import os
import signal
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from feedback_app.app import create_app
from feedback_app.config import Settings
from feedback_app.core import clock
from feedback_app.notifications import jobs
from feedback_app.notifications.models import Dispatch
from feedback_app.notifications.rules import Channel, Letter
from tests.factories import a_message
from tests.nursery import Process
from tests.slices.notifications.servers import gateway_server, smtp_server


def do(job: str) -> None:
    with create_app().app_context():
        getattr(jobs, job)()


@pytest.fixture
def killed(app, tmp_path):
    """Return a function that runs a job in a process that is killed at a point."""

    def run(job, point, **given):
        flag = tmp_path / "flag"
        flag.touch()
        environment = {
            **os.environ,
            "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
            "FEEDBACK_SECRET_KEY": app.config["KEY"].decode(),
            "FEEDBACK_DATA_DIR": str(tmp_path),
            "FEEDBACK_FAULT_POINT": point,
            "FEEDBACK_FAULT_FLAG": str(flag),
            **{f"FEEDBACK_{name.upper()}": value for name, value in given.items()},
        }
        assert Process(do, job, environment=environment).wait(60) == -signal.SIGKILL
        assert not flag.exists()

    return run


def again(app, monkeypatch, job, **given):
    """Let the next sender do its work when the lease of the dead one is over."""
    settings = Settings(data_dir=app.extensions["settings"].data_dir, **given)
    monkeypatch.setitem(app.extensions, "settings", settings)
    with time_machine.travel(clock.now() + jobs.LEASE + timedelta(seconds=5)):
        return job()


def sent(session):
    session.rollback()
    return [row.sent_at is not None for row in session.scalars(select(Dispatch))]


def test_a_gateway_takes_the_message_once(session, app, killed, monkeypatch):
    code = {"code": "ABCDE-12345"}
    a_message(to="0905000111", channel=Channel.SMS, letter=Letter.CODE, data=code)
    with gateway_server() as server:
        killed("send_sms", "sms-sent", sms_url=server.url, sms_key="k")
        assert sent(session) == [False]
        assert again(app, monkeypatch, jobs.send_sms, sms_url=server.url, sms_key="k") == 1
    assert len(server.asked) == 2
    assert len(server.taken) == 1
    assert sent(session) == [True]


def test_a_mail_may_come_twice_but_under_one_name(session, app, killed, monkeypatch):
    """SMTP knows no key: at least once is all that can be promised, and mailboxes know the doubled one by its id."""
    a_message()
    with smtp_server() as server:
        killed("send_mails", "mail-sent", smtp_url=server.url)
        assert again(app, monkeypatch, jobs.send_mails, smtp_url=server.url) == 1
    names = [line for mail in server.taken for line in mail.splitlines() if line.startswith("Message-ID")]
    assert len(names) == 2
    assert len(set(names)) == 1
    assert sent(session) == [True]
