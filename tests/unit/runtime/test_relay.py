import threading
import time
from dataclasses import dataclass
from typing import ClassVar

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from feedback_app import schedule
from feedback_app.core import bell, outbox
from feedback_app.core.db import Base, db, unit_of_work
from feedback_app.core.db import init_app as init_db
from feedback_app.runtime import queues, relay

noted: list[int] = []


@dataclass(frozen=True)
class Something(outbox.Event):
    name: ClassVar[str] = "something"
    number: int


def note(_session, payload):
    noted.append(payload["number"])


@pytest.fixture
def app(tmp_path, redis_server):
    noted.clear()
    app = Flask("relay")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path / 'relay.db'}"
    init_db(app)
    outbox.init_app(app, {Something.name: (note,)})
    bell.init_app(app, redis_server.url)
    with app.app_context():
        tables = [outbox.OutboxEvent.__table__, outbox.OutboxDelivery.__table__]
        Base.metadata.create_all(db.engine, tables=tables)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def running(app, connection, monkeypatch):
    """A relay at work in a thread of its own, which waits less than in earnest."""
    monkeypatch.setattr(relay, "LISTEN", 0.05)
    stop = threading.Event()
    thread = threading.Thread(target=relay.Relay(app, connection, stop).run)
    thread.start()
    eventually(lambda: connection.pubsub_numsub(bell.CHANNEL) == [(bell.CHANNEL.encode(), 1)])
    yield thread
    stop.set()
    thread.join()


@pytest.fixture
def looking_often(monkeypatch):
    monkeypatch.setattr(relay, "SWEEP", 0.1)


def file(number: int) -> None:
    with unit_of_work() as session:
        outbox.publish(session, Something(number))


def waiting(connection) -> list[str]:
    return [job.func_name for job in queues.queue("outbox", connection).get_jobs()]


def eventually(condition, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.005)


@pytest.mark.usefixtures("running")
def test_a_deed_is_followed_by_one_drain_within_milliseconds(connection):
    begun = time.monotonic()
    file(1)

    eventually(lambda: waiting(connection) == [schedule.DRAIN])
    assert time.monotonic() - begun < 1


@pytest.mark.usefixtures("running")
def test_many_deeds_wait_for_the_same_drain(connection):
    for number in range(20):
        file(number)
    time.sleep(0.2)

    assert waiting(connection) == [schedule.DRAIN]


def test_a_deed_whose_ring_nobody_heard_is_found_by_looking(app, connection):
    file(1)

    relay.Relay(app, connection, threading.Event()).sweep()

    assert waiting(connection) == [schedule.DRAIN]


def test_looking_asks_for_nothing_when_all_is_done(app, connection):
    relay.Relay(app, connection, threading.Event()).sweep()

    assert waiting(connection) == []


@pytest.mark.usefixtures("looking_often", "running")
def test_a_flushed_redis_loses_nothing(connection):
    file(1)
    eventually(lambda: waiting(connection) == [schedule.DRAIN])

    connection.flushall()

    eventually(lambda: waiting(connection) == [schedule.DRAIN])


def test_while_redis_is_away_the_relay_does_the_work_itself(redis_server, connection, running):
    redis_server.stop()
    file(1)
    eventually(lambda: noted == [1])

    redis_server.start()
    eventually(lambda: connection.pubsub_numsub(bell.CHANNEL)[0][1] == 1)
    file(2)

    eventually(lambda: waiting(connection) == [schedule.DRAIN])
    assert running.is_alive()


def test_a_database_that_is_away_is_asked_again_later(app, connection, monkeypatch):
    def away(_session):
        raise OperationalError("SELECT", None, Exception("away"))

    watcher = relay.Relay(app, connection, threading.Event())
    file(1)
    with monkeypatch.context() as patched:
        patched.setattr(outbox, "pending", away)
        watcher.sweep()
    assert waiting(connection) == []

    watcher.sweep()

    assert waiting(connection) == [schedule.DRAIN]
