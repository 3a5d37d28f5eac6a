"""An invitation is answered once, whoever tries it how often; the counters grow by one."""

import threading
from collections import Counter

import pytest
import time_machine
from sqlalchemy import func, select

from feedback_app.core.db import unit_of_work
from feedback_app.pulses.models import PulseCell, PulseToken
from feedback_app.pulses.services import answering
from feedback_app.surveys.services import TokenSpent
from tests.slices.pulses.conftest import DAY, NEXT_YEAR

GIVEN = {"extra_payment": "none", "result": "partly", "leaders": "unsaid", "step": "no such step"}
COUNTED = {
    ("extra_payment", "none"), ("step", "unsaid"), ("amount", "unsaid"), ("result", "partly"),
    ("dialogue", "unsaid"), ("answer", "unsaid"), ("leaders", "unsaid"),
}  # fmt: skip


def answer(token, given=GIVEN, on=DAY):
    with unit_of_work() as session:
        answering.answer(session, token, given, on=on)


def counted(session):
    session.rollback()
    query = select(PulseCell.question, PulseCell.option, PulseCell.n).where(PulseCell.n > 0)
    found = Counter()
    for question, option, n in session.execute(query):
        found[question, option] += n
    return found


def test_each_question_counts_one_answer_and_what_was_left_out_is_no_answer(session, invited):
    answer(invited[0])
    assert counted(session) == dict.fromkeys(COUNTED, 1)
    answer(invited[1])
    assert counted(session) == dict.fromkeys(COUNTED, 2)


def test_a_token_that_was_used_altered_or_made_up_counts_nothing(session, invited):
    answer(invited[0])
    for token in (invited[0], invited[1][:-1] + "g", invited[1].upper(), "", "x" * 300):
        with pytest.raises(TokenSpent):
            answer(token)
        with pytest.raises(TokenSpent):
            answering.questions_for(session, token, DAY)
    assert counted(session) == dict.fromkeys(COUNTED, 1)


def test_looking_at_the_questions_uses_nothing_up(session, invited):
    for _time in range(3):
        assert len(answering.questions_for(session, invited[0], DAY).questions) == 7
    answer(invited[0])


def test_when_the_quarter_is_over_nothing_is_counted(session, invited):
    with time_machine.travel(NEXT_YEAR), pytest.raises(TokenSpent):
        answer(invited[0], on=NEXT_YEAR.date())
    assert counted(session) == {}


def test_of_two_answers_at_the_same_time_one_counts(session, invited, app):
    start, outcomes = threading.Barrier(2), []

    def send():
        with app.app_context():
            start.wait()
            try:
                answer(invited[0])
            except TokenSpent:
                outcomes.append("spent")
            else:
                outcomes.append("counted")

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["counted", "spent"]
    assert counted(session) == dict.fromkeys(COUNTED, 1)
    assert session.scalar(select(func.count()).select_from(PulseToken)) == len(invited) - 1
