"""Acts of the agency and of the enterprise on one ticket, with the outbox worked off."""

import pytest

from feedback_app.core import clock, outbox
from feedback_app.core.db import db, unit_of_work
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services import answering, handling, owning
from tests.factories import actor_of, reread


@pytest.fixture
def drained():
    def drain():
        outbox.drain()
        db.session.close()

    return drain


class Course:
    """Takes a ticket through its course; the officer is the person given."""

    def __init__(self, session, code, officer):
        self.session, self.code, self.officer = session, code, officer

    def _ticket(self):
        return reread(self.session, self.code)

    def _by(self):
        return actor_of(self.session, self.session.merge(self.officer))

    def accept(self):
        by, ticket = self._by(), self._ticket()
        with unit_of_work() as session:
            handling.accept(session, ticket, by=by, at=clock.now())

    def ask(self):
        by, ticket = self._by(), self._ticket()
        with unit_of_work() as session:
            handling.ask_enterprise(
                session, ticket, by=by, text="Đề nghị gửi bản vẽ mặt bằng.", at=clock.now()
            )

    def reply(self):
        ticket = self._ticket()
        owner = Owner(enterprise_id=ticket.enterprise_id)
        with unit_of_work() as session:
            owning.reply(session, ticket, by=owner, text="Công ty gửi kèm bản vẽ.", at=clock.now())

    def answer(self):
        by, ticket = self._by(), self._ticket()
        given = {"text": "Sở đã cấp giấy phép.", "legal_refs": "", "letter": answering.Letter()}
        with unit_of_work() as session:
            answering.answer(session, ticket, by=by, at=clock.now(), **given)

    def close_unrated(self):
        ticket = self._ticket()
        with unit_of_work() as session:
            answering.close_unrated(session, ticket, at=clock.now())

    def dispute(self, loaded, *, others_answer=True):
        ticket = self._ticket()
        verdict = owning.Verdict(answered=False, solved="no")
        with unit_of_work() as session:
            owning.dispute(
                session,
                ticket,
                loaded,
                by=Owner(),
                verdict=verdict,
                reason="Chưa trả lời đúng nội dung.",
                others_answer=others_answer,
                at=clock.now(),
            )


@pytest.fixture
def course(session):
    return lambda ticket, officer: Course(session, ticket.code, officer)
