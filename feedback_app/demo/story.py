"""What happens to a sample ticket, day by day, through the same services that people use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.accounts.models import Enterprise
from feedback_app.catalogue.store import Loaded
from feedback_app.core.clock import LOCAL
from feedback_app.deadlines.calendar import WorkCalendar, work_calendar
from feedback_app.demo.matters import Drawn, draw, matters
from feedback_app.surveys import services as surveys
from feedback_app.surveys.rules import EXTRA_PAYMENT, NO, TREATED_PROPERLY, YES
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.loading import load
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services import answering, approving, assigning, handling, owning
from feedback_app.tickets.services.answering import Decision, Letter
from feedback_app.tickets.services.opening import FiledBy, Filing, open_ticket
from feedback_app.tickets.services.owning import Verdict

SOLVED = ("yes", "yes", "yes", "partly", "no")


@dataclass(frozen=True)
class Stage:
    """All that a story needs: the database, the people, the calendar, and how far time has come."""

    session: Session
    loaded: Loaded
    actors: dict[str, Actor]
    enterprise: Enterprise
    random: Random
    until: datetime

    @property
    def calendar(self) -> WorkCalendar:
        return work_calendar(self.loaded.catalogue)

    def later(self, at: datetime, working_days: int) -> datetime:
        """Return an hour of the ``working_days``-th working day after ``at`` (0: the same day, a little later)."""
        if working_days == 0:
            return at + timedelta(minutes=self.random.randint(5, 50))
        day = self.calendar.add_working_days(at.astimezone(LOCAL).date(), working_days)
        return at_hour(day, self.random)

    def happened(self, at: datetime) -> bool:
        return at < self.until


Story = Callable[[Stage, datetime], object]  # begins at that moment


def at_hour(day: date, random: Random) -> datetime:
    """Return a moment of the working hours of the local ``day``."""
    return datetime.combine(day, time(random.randint(8, 16), random.randint(0, 59)), LOCAL)


def tell(stage: Stage, received_at: datetime) -> Ticket:
    """File one ticket at ``received_at`` and let it go as far as time allows."""
    ticket = filed(stage, received_at, draw(stage.random, received_at.astimezone(LOCAL).month))
    at = _triaged(stage, ticket, received_at)
    at = stage.later(at, stage.random.choice((0, 0, 1, 1, 2)))
    if ticket.status != Status.ASSIGNED or not stage.happened(at):
        return ticket
    if stage.random.random() < 0.02:
        owning.withdraw(stage.session, ticket, by=Owner(), at=at)
        return ticket
    handling.accept(stage.session, ticket, by=officer(stage, ticket), at=at)
    _work(stage, ticket, at)
    return ticket


def filed(stage: Stage, received_at: datetime, drawn: Drawn) -> Ticket:
    """File what was drawn; return the ticket where the rules have sent it."""
    own = drawn.filer == stage.enterprise.name
    filing = Filing(
        submission=f"sample-{UUID(int=stage.random.getrandbits(128))}",
        kind=drawn.kind,
        field=drawn.field,
        title=drawn.title,
        body=drawn.body,
        by=FiledBy(filer_type=drawn.filer_type, name=drawn.filer, identifier=drawn.identifier),
        hide_identity=stage.random.random() < 0.08,
        publish_consent=stage.random.random() < 0.4,
        channel=stage.random.choice(("web", "web", "web", "web", "hotline", "dialogue")),
        enterprise_id=stage.enterprise.id if own else None,
        is_sample=True,
    )
    opened = open_ticket(stage.session, filing, stage.loaded, at=received_at)
    ticket = cast("Ticket", load(stage.session, select(Ticket).where(Ticket.id == opened.id), whole=True))
    assigning.route_ticket(stage.session, ticket, stage.loaded, at=received_at + timedelta(seconds=2))
    return ticket


def _triaged(stage: Stage, ticket: Ticket, received_at: datetime) -> datetime:
    """Let the focal point take the best candidate, a while after the rules were unsure."""
    at = stage.later(received_at, stage.random.choice((0, 1, 1)))
    if ticket.status != Status.TRIAGE or not stage.happened(at):
        return received_at
    best = ticket.assignments[-1].candidates["best_first"][0]["code"]
    by = stage.actors["vanphong"] if ticket.sensitive else stage.actors["daumoi"]
    reason = "Nội dung thuộc phạm vi quản lý của cơ quan này."
    assigning.assign(stage.session, ticket, stage.loaded.agency_ids[best], by=by, reason=reason, at=at)
    return at


def _work(stage: Stage, ticket: Ticket, at: datetime) -> None:
    """Ask or not, answer in time or late, be rated, disputed or left alone."""
    if stage.random.random() < 0.15:
        at = asked(stage, ticket, at)
        if ticket.status == Status.NEED_INFO:
            return
    at = _answer_at(stage, ticket, at)
    if not stage.happened(at):
        return
    _answer(stage, ticket, officer(stage, ticket), at)
    at = stage.later(at, stage.random.randint(1, 9))
    if not stage.happened(at):
        return
    _judged(stage, ticket, at)


def asked(stage: Stage, ticket: Ticket, at: datetime) -> datetime:
    """Ask the enterprise, and let it reply if time allows; return when."""
    at = stage.later(at, 1)
    if not stage.happened(at):
        return at
    by = officer(stage, ticket)
    handling.ask_enterprise(
        stage.session, ticket, by=by, text=stage.random.choice(matters().questions), at=at
    )
    at = stage.later(at, stage.random.randint(1, 6))
    if stage.happened(at):
        owning.reply(stage.session, ticket, by=Owner(), text=stage.random.choice(matters().replies), at=at)
    return at


def _answer_at(stage: Stage, ticket: Ticket, at: datetime) -> datetime:
    """Return when the answer comes: three out of four in time, the rest some working days late."""
    start = at.astimezone(LOCAL).date()
    left = max(1, stage.calendar.count_working_days(start, ticket.due_on or start))
    late = stage.random.random() < 0.24
    in_time = stage.random.randint(max(1, left - 3), left)
    return stage.later(at, left + stage.random.randint(1, 9) if late else in_time)


def _answer(stage: Stage, ticket: Ticket, by: Actor, at: datetime) -> None:
    """Answer in one step, or through the head and the clerk where the agency's chain has them."""
    day, agency = at.astimezone(LOCAL).date(), stage.loaded.agency_codes[ticket.holder_id or 0]
    number = f"{stage.random.randint(100, 4999)}/MẪU-{agency.upper()}"
    letter = Letter(number=number, dated=day, signer="Phó Thủ trưởng cơ quan (mẫu)")
    decision = Decision(
        text=stage.random.choice(matters().answers),
        legal_refs="Văn bản mẫu, chỉ để minh họa",
        apology="Cơ quan xin lỗi Quý doanh nghiệp vì đã trả lời chậm (mẫu).",
        letter=letter,
    )
    if answering.may_send(stage.loaded, ticket, by):
        answering.decide(stage.session, ticket, decision, by=by, at=at)
        return
    draft = approving.save(stage.session, ticket, decision, by=by, at=at)
    approving.hand_in(stage.session, ticket, draft, by=by, at=at)
    signing = stage.actors[f"lanhdao.{agency}"]
    approving.approve(stage.session, ticket, by=signing, verdict=True, remarks="", at=at)
    approving.issue(stage.session, ticket, by=stage.actors[f"vanthu.{agency}"], letter=letter, at=at)


def _judged(stage: Stage, ticket: Ticket, at: datetime) -> None:
    chance = stage.random.random()
    verdict = Verdict(
        answered=stage.random.random() < 0.88,
        solved=stage.random.choice(SOLVED),
        comment=stage.random.choice(matters().comments),
    )
    if chance < 0.07:
        _disputed(stage, ticket, at)
    elif chance < 0.7:
        owning.rate(stage.session, ticket, by=Owner(), verdict=verdict, at=at)
        _third_question(stage, ticket, at.astimezone(LOCAL).date())
    else:
        closing = stage.later(at, 16)
        if stage.happened(closing):
            answering.close_unrated(stage.session, ticket, at=closing)


def _third_question(stage: Stage, ticket: Ticket, on: date) -> None:
    """Nine of ten answer it; one in ten was treated badly, one in twelve was asked to pay more."""
    if stage.random.random() > 0.9:
        return
    agency = stage.loaded.agency_codes[ticket.lead_id or 0]
    token = surveys.offer(stage.session, agency=agency, field=ticket.field, on=on)
    given = {
        TREATED_PROPERLY: NO if stage.random.random() < 0.1 else YES,
        EXTRA_PAYMENT: YES if stage.random.random() < 0.08 else NO,
    }
    surveys.answer(stage.session, token, given, on=on)


def _disputed(stage: Stage, ticket: Ticket, at: datetime) -> None:
    owning.dispute(
        stage.session,
        ticket,
        stage.loaded,
        by=Owner(),
        verdict=Verdict(answered=False, solved="no"),
        reason=stage.random.choice(matters().disputes),
        others_answer=True,
        at=at,
    )
    at = stage.later(at, stage.random.randint(2, 8))
    if stage.happened(at):
        _answer(stage, ticket, _head(stage, ticket), at)


def officer(stage: Stage, ticket: Ticket) -> Actor:
    """Return the officer of the agency that has the ticket."""
    return stage.actors[f"canbo.{stage.loaded.agency_codes[ticket.holder_id or 0]}"]


def _head(stage: Stage, ticket: Ticket) -> Actor:
    return stage.actors[f"lanhdao.{stage.loaded.agency_codes[ticket.holder_id or 0]}"]
