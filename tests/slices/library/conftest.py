"""An answered ticket whose enterprise consented, and the people around it."""

from datetime import datetime, timedelta

import pytest

from feedback_app.core.clock import LOCAL
from feedback_app.core.db import unit_of_work
from feedback_app.library.services import proposing
from feedback_app.library.services.proposing import Texts
from feedback_app.tickets.services.answering import Decision, decide
from feedback_app.tickets.services.handling import accept
from tests.factories import a_person, a_ticket, actor_of, reread

NOON = datetime(2026, 11, 3, 12, tzinfo=LOCAL)  # a Tuesday
LATER = NOON + timedelta(days=1)
AFTER = datetime(2026, 11, 20, 9, tzinfo=LOCAL)
ANSWER = "Theo Nghị định số 30/2020/NĐ-CP, công ty bổ sung bản vẽ; ông Nguyễn Văn An gọi 0905 123 456."


class People:
    def __init__(self, session):
        self.officer = actor_of(session, a_person(session, "officer", "so-xd"))
        self.head = actor_of(session, a_person(session, "agency_head", "so-xd"))
        self.focal = actor_of(session, a_person(session, "focal_point", "so-tc"))
        self.other = actor_of(session, a_person(session, "agency_head", "thue"))


@pytest.fixture
def people(session):
    return People(session)


@pytest.fixture
def answered(session, loaded, people):
    """Return a function that files and answers a ticket."""

    def file(text=ANSWER, **given):
        given = {"publish_consent": True, **given}
        code = a_ticket(session, loaded, to="so-xd", at=NOON, **given).code
        with unit_of_work() as writing:
            ticket = reread(writing, code)
            accept(writing, ticket, by=people.officer, at=NOON)
            decide(writing, ticket, Decision(text=text), by=people.officer, at=NOON)
        return reread(session, code)

    return file


@pytest.fixture
def propose(session, loaded, people):
    """Return a function that proposes a ticket's answer as the system redacts it, or with given texts."""

    def run(ticket, by=None, at=LATER, documents=("30/2020/NĐ-CP",), let_stand=False, **texts):
        with unit_of_work() as writing:
            own = reread(writing, ticket.code)
            terms = proposing.terms_of(writing, own, loaded)
            parts = dict(proposing.proposed(own, own.answers[-1], terms).parts()) | texts
            row = proposing.propose(
                writing, own, Texts(**parts), list(documents), loaded,
                by=by or people.officer, at=at, let_stand=let_stand,
            )  # fmt: skip
            return row.code

    return run
