"""The outbox keeps its promise: done once in effect, tried again when it fails, nothing blocks the others."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from sqlalchemy import func, select

from feedback_app.core import clock, outbox
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.numbers import Counter, next_number
from feedback_app.core.outbox import Event, OutboxDelivery


@dataclass(frozen=True)
class Rang(Event):
    name: ClassVar[str] = "test.rang"
    series: str


def counted(session, payload):
    session.merge(Counter(series=payload["series"], last=1))


def broken(session, payload):
    session.merge(Counter(series="broken", last=1))
    raise LookupError("secret of an enterprise")


@pytest.fixture
def handlers(app):
    known = app.extensions["outbox"]
    app.extensions["outbox"] = {Rang.name: {"counted": counted, "broken": broken}}
    yield
    app.extensions["outbox"] = known


def ring(series="bell"):
    with unit_of_work() as session:
        outbox.publish(session, Rang(series=series))


def ring_and_fail():
    with unit_of_work() as session:
        outbox.publish(session, Rang(series="undone"))
        raise ZeroDivisionError


def test_an_event_is_delivered_to_each_handler_once(handlers):
    ring()
    assert outbox.drain() == 2
    assert outbox.drain() == 0
    assert db.session.get(Counter, "bell").last == 1


def test_a_failing_handler_undoes_its_own_work_only_and_keeps_no_value_in_its_note(handlers):
    ring()
    outbox.drain()
    assert db.session.get(Counter, "broken") is None
    failed = db.session.scalars(select(OutboxDelivery).where(OutboxDelivery.done_at.is_(None))).one()
    assert (failed.attempts, failed.last_error) == (1, "LookupError")
    assert failed.not_before > clock.now()


def test_a_failed_delivery_is_tried_again_later(handlers, app):
    ring()
    outbox.drain()
    app.extensions["outbox"] = {Rang.name: {"broken": counted, "counted": counted}}
    with unit_of_work() as session:
        session.execute(
            OutboxDelivery.__table__.update().values(not_before=clock.now() - timedelta(seconds=1))
        )
    assert outbox.drain() == 1
    assert outbox.pending(db.session()) == 0


def test_what_an_enterprise_waits_for_goes_before_what_was_set_in_motion_earlier(app):
    done = []

    def waited_for(session, payload):
        done.append(f"waited for {payload['series']}")

    def follows(session, payload):
        done.append(f"follows {payload['series']}")

    known = app.extensions["outbox"]
    app.extensions["outbox"] = {Rang.name: {"follows": follows, "waited_for": outbox.goes_first(waited_for)}}
    ring("one")
    ring("two")
    outbox.drain()
    app.extensions["outbox"] = known
    assert done == ["waited for one", "waited for two", "follows one", "follows two"]


def test_what_is_rolled_back_is_never_delivered(handlers):
    with pytest.raises(ZeroDivisionError):
        ring_and_fail()
    assert db.session.scalar(select(func.count()).select_from(OutboxDelivery)) == 0


def test_numbers_of_a_series_are_never_given_twice(app):
    given = []
    for _ in range(3):
        with unit_of_work() as session:
            given += [next_number(session, "sample"), next_number(session, "other")]
    assert len(set(given[::2])) == 3
    assert given[::2] == sorted(given[::2])


def test_a_series_with_an_odd_name_is_refused(app):
    with pytest.raises(ValueError, match="drop"), unit_of_work() as session:
        next_number(session, "x; drop table ticket")
