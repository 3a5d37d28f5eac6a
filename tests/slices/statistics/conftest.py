"""Tickets with a life of their own choosing, in the past."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor, Function, Held
from feedback_app.catalogue.store import Loaded
from feedback_app.core.clock import LOCAL
from feedback_app.core.db import unit_of_work
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services import answering, assigning, handling, owning
from tests.factories import a_person, a_ticket, reread

OWNER = Owner()


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LOCAL)


class Life:
    """Does to tickets what people do, on the day that a test says."""

    def __repr__(self) -> str:
        return "life"

    def __init__(self, session: Session, loaded: Loaded) -> None:
        self.session, self.loaded = session, loaded
        self.people = [a_person(session, Function.OFFICER, "so-xd") for _ in range(4)]
        self.elsewhere = [a_person(session, Function.OFFICER, "thue") for _ in range(4)]
        self.inspector = a_person(session, Function.INSPECTOR, "thanh-tra")

    def read(self, code: str) -> Ticket:
        return reread(self.session, code)

    def filed(self, on: date, **given: object) -> str:
        return a_ticket(self.session, self.loaded, at=noon(on), **given).code

    def act(self, code: str, what: Callable[[Session, Ticket], object]) -> None:
        ticket = reread(self.session, code)
        with unit_of_work() as writing:
            what(writing, ticket)

    def officer(self, ticket: Ticket) -> Actor:
        """Return somebody of the holding agency, another one in each round."""
        agency = self.loaded.agency_codes[ticket.holder_id]
        if agency == "thanh-tra":
            user, function = self.inspector, Function.INSPECTOR
        else:
            people = self.elsewhere if agency == "thue" else self.people
            user, function = people[ticket.round - 1], Function.OFFICER
        return Actor(user.id, user.name, (Held(function, ticket.holder_id, agency),))

    def asked(self, code: str, on: date) -> None:
        self._accepted(code, on)
        self.act(
            code,
            lambda s, t: handling.ask_enterprise(s, t, by=self.officer(t), text="Xin bổ sung", at=noon(on)),
        )

    def replied(self, code: str, on: date) -> None:
        self.act(code, lambda s, t: owning.reply(s, t, by=OWNER, text="Đã gửi", at=noon(on)))

    def answered(self, code: str, on: date, outcome: Status = Status.ANSWERED, reason: str = "") -> None:
        self._accepted(code, on)
        decision = answering.Decision(
            text="Trả lời",
            outcome=outcome,
            reason_code=reason,
            legal_refs="Điều 1",
            apology="Xin lỗi vì trả lời muộn",
        )
        self.act(code, lambda s, t: answering.decide(s, t, decision, by=self.officer(t), at=noon(on)))

    def rejected(self, code: str, on: date) -> None:
        self.answered(code, on, Status.REJECTED, "no_content")

    def rated(self, code: str, on: date, solved: str = "yes", answered: bool = True) -> None:
        verdict = owning.Verdict(answered=answered, solved=solved)
        self.act(code, lambda s, t: owning.rate(s, t, by=OWNER, verdict=verdict, at=noon(on)))

    def disputed(self, code: str, on: date, solved: str = "no") -> None:
        verdict = owning.Verdict(answered=True, solved=solved)
        self.act(
            code,
            lambda s, t: owning.dispute(
                s,
                t,
                self.loaded,
                by=OWNER,
                verdict=verdict,
                reason="Chưa xong",
                others_answer=True,
                at=noon(on),
            ),
        )

    def withdrawn(self, code: str, on: date) -> None:
        self.act(code, lambda s, t: owning.withdraw(s, t, by=OWNER, at=noon(on)))

    def moved(self, code: str, on: date) -> None:
        """Give the ticket to another agency, as the focal point does."""
        by = a_person(self.session, Function.FOCAL_POINT, "so-tc")
        office = Actor(
            by.id, by.name, (Held(Function.FOCAL_POINT, self.loaded.agency_ids["so-tc"], "so-tc"),)
        )
        other = self.loaded.agency_ids[
            "thue" if self.read(code).lead_id != self.loaded.agency_ids["thue"] else "so-xd"
        ]
        self.act(code, lambda s, t: assigning.assign(s, t, other, by=office, reason="Chuyển", at=noon(on)))

    def _accepted(self, code: str, on: date) -> None:
        if reread(self.session, code).status == "assigned":
            self.act(code, lambda s, t: handling.accept(s, t, by=self.officer(t), at=noon(on)))


@pytest.fixture
def life(app: Flask, session: Session, loaded: Loaded) -> Life:
    return Life(session, loaded)


def after(day: date, days: int) -> date:
    return day + timedelta(days=days)
