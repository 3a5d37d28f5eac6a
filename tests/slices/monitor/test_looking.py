"""The monitor over stored tickets: what is counted, whose it is, and what never enters it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from feedback_app.accounts.actor import Function
from feedback_app.core import outbox
from feedback_app.core.db import db, unit_of_work
from feedback_app.monitor import jobs, queries
from feedback_app.monitor.models import SignalCase
from feedback_app.monitor.rules import Signal, compare
from feedback_app.statistics import refreshing
from feedback_app.tickets.services import answering, assigning, handling, reclassifying
from feedback_app.tickets.services.answering import Decision
from tests.factories import a_person, a_ticket, actor_of, reread

FILED = datetime(2026, 10, 5, 2, tzinfo=UTC)
LAST_DAY = datetime(2026, 10, 14, tzinfo=UTC)  # the seventh working day after it
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
LONG = "Căn cứ hồ sơ, cơ quan đã kiểm tra thực địa và giải quyết như sau. " * 4


def answered(session, loaded, by, at, *, to="so-xd", text="", refs="Điều 103 Luật Xây dựng", **given):
    """Return a ticket of that agency that was accepted at once and answered at ``at``."""
    code = a_ticket(session, loaded, to=to, at=FILED, **given).code
    with unit_of_work() as writing:
        handling.accept(writing, reread(writing, code), by=by, at=FILED + timedelta(hours=1))
    with unit_of_work() as writing:
        decision = Decision(text=text or f"{LONG} {code}", legal_refs=refs)
        answering.decide(writing, reread(writing, code), decision, by=by, at=at)
    return code


@pytest.fixture
def officer(session):
    return actor_of(session, a_person(session, Function.OFFICER, "so-xd"))


def look():
    with time_machine.travel(NOW, tick=False):
        outbox.drain()
        db.session.close()
        refreshing.refresh(NOW)
        jobs.look()
    db.session.close()
    return {signal: dict(own) for signal, own in queries.counts(db.session()).items()}


def test_the_last_hour_is_told_apart_from_noon(session, loaded, officer):
    late = answered(session, loaded, officer, LAST_DAY + timedelta(hours=9, minutes=30))  # 16:30
    answered(session, loaded, officer, LAST_DAY + timedelta(hours=5))  # noon
    assert look()[Signal.LAST_HOUR] == {"so-xd": (1, 2)}
    leader = actor_of(db.session(), a_person(db.session(), Function.LEADERSHIP, None))
    (behind,) = queries.cases(db.session(), leader, Signal.LAST_HOUR, "so-xd")
    assert (behind.code, behind.visible) == (late, False)
    assert queries.cases(db.session(), leader, Signal.LAST_HOUR, "so-xd", after=behind.id) == []


def test_short_answers_without_a_reference_and_one_text_for_all(session, loaded, officer):
    for _number in range(4):
        answered(session, loaded, officer, LAST_DAY, text="Đã xử lý.", refs="")
    answered(session, loaded, officer, LAST_DAY)
    answered(session, loaded, officer, LAST_DAY, text="Đã có giấy phép.")  # short, but with its reference
    assert look()[Signal.THIN_ANSWER] == {"so-xd": (4, 6)}


def test_nobody_who_rated_counts_against_an_agency(session, loaded, officer):
    answered(session, loaded, officer, LAST_DAY)
    assert look()[Signal.NOT_RATED] == {"so-xd": (1, 1)}


def test_what_was_given_back_on_the_day_before_is_whose_it_was(session, loaded, officer):
    code = a_ticket(session, loaded, at=FILED).code
    with unit_of_work() as writing:
        day_before = LAST_DAY - timedelta(days=1)
        assigning.return_wrong(
            writing,
            reread(writing, code),
            loaded,
            by=officer,
            reason="Không đúng.",
            proposed_id=None,
            at=day_before,
        )
    assert look()[Signal.PASSED_ON] == {"so-xd": (1, 1)}


def test_a_kind_with_a_longer_limit(session, loaded):
    focal = actor_of(session, a_person(session, Function.FOCAL_POINT, "so-tc"))
    code = a_ticket(session, loaded, at=FILED, kind="information_request").code
    with unit_of_work() as writing:
        given = {"reason": "Là vướng mắc.", "by": focal, "at": FILED + timedelta(hours=2)}
        reclassifying.reclassify(writing, reread(writing, code), "obstacle", loaded, **given)
    assert look()[Signal.LONGER_KIND] == {"so-xd": (1, 1)}


def test_a_sensitive_report_enters_no_signal(session, loaded):
    inspector = actor_of(session, a_person(session, Function.INSPECTOR, "thanh-tra"))
    answered(
        session, loaded, inspector, LAST_DAY, to="thanh-tra", kind="informal_cost", text="Đã xử lý.", refs=""
    )
    assert not any(look().values())


def test_looking_again_replaces_what_was_found(session, loaded, officer):
    answered(session, loaded, officer, LAST_DAY, text="Đã xử lý.", refs="")
    assert look() == look()
    number = select(func.count(SignalCase.id)).where(SignalCase.signal == Signal.THIN_ANSWER)
    assert db.session().scalar(number) == 1


def test_one_ticket_stands_for_nothing_yet(session, loaded, officer):
    answered(session, loaded, officer, LAST_DAY, text="Đã xử lý.", refs="")
    rates = compare(look()[Signal.THIN_ANSWER], loaded.catalogue.monitor)
    assert [(rate.share, rate.striking) for rate in rates] == [(100.0, False)]
