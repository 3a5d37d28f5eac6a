"""What is done to a ticket to bring it into the state in which an address is asked for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.deadlines.events import EventKind
from feedback_app.library.services import proposing
from feedback_app.tickets import clocks
from feedback_app.tickets.beyond import Referral
from feedback_app.tickets.coordination import ConsentRequest, HeadRequest, Objection, Opinion
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services import answering, approving, assigning, handling, owning
from feedback_app.tickets.services.answering import Decision, Letter
from feedback_app.tickets.services.owning import Verdict

Deed = Callable[[Session, Ticket, Any, Loaded], Any]


def _accept(session: Session, ticket: Ticket, by: Any, _loaded: Loaded) -> None:
    handling.accept(session, ticket, by=by, at=clock.now())


def _ask(session: Session, ticket: Ticket, by: Any, _loaded: Loaded) -> None:
    handling.ask_enterprise(session, ticket, by=by, text="Xin bổ sung bản vẽ.", at=clock.now())


def _answer(session: Session, ticket: Ticket, by: Any, _loaded: Loaded) -> None:
    answering.answer(
        session, ticket, by=by, text="Đã giải quyết.", legal_refs="", letter=Letter(), at=clock.now()
    )


def _return(session: Session, ticket: Ticket, by: Any, loaded: Loaded) -> None:
    assigning.return_wrong(
        session, ticket, loaded, by=by, reason="Không thuộc thẩm quyền.", proposed_id=None, at=clock.now()
    )


def _withdraw(session: Session, ticket: Ticket, _by: Any, _loaded: Loaded) -> None:
    owning.withdraw(session, ticket, by=Owner(), at=clock.now())


def _extend(session: Session, ticket: Ticket, by: Any, _loaded: Loaded) -> None:
    request = HeadRequest(
        kind="extension", verdict="approved", decided_at=clock.now(), days=3, **_asked(ticket, by)
    )
    session.add(request)
    clocks.record(ticket, EventKind.EXTEND, at=clock.now(), days=3)


def _request(session: Session, ticket: Ticket, by: Any, _loaded: Loaded) -> None:
    session.add(HeadRequest(kind="pause", **_asked(ticket, by)))


def _asked(ticket: Ticket, by: Any) -> dict[str, Any]:
    return {
        "ticket_id": ticket.id,
        "round": 1,
        "agency_id": ticket.holder_id,
        "text": "Cần thêm bản vẽ.",
        "asked_by_id": by.user_id,
        "asked_at": clock.now(),
    }


def _object(session: Session, ticket: Ticket, _by: Any, _loaded: Loaded) -> None:
    session.add(Objection(ticket_id=ticket.id, kind="extension", text="Không đồng ý.", raised_at=clock.now()))


def _provisionally(_session: Session, ticket: Ticket, _by: Any, _loaded: Loaded) -> None:
    next(leg for leg in ticket.assignments if leg.part == "lead" and leg.ended_on is None).provisional = True


def _ask_consent(session: Session, ticket: Ticket, by: Any, _loaded: Loaded) -> None:
    asked = {"text": "Để kiểm tra.", "asked_by_id": by.user_id, "asked_at": clock.now()}
    session.add(ConsentRequest(ticket_id=ticket.id, agency_id=ticket.holder_id, **asked))


def _ask_opinion(session: Session, ticket: Ticket, by: Any, _loaded: Loaded) -> None:
    """Let whoever coordinates be asked; where nobody does, the act finds nothing to answer."""
    for leg in [leg for leg in ticket.assignments if leg.part == "coordinating"]:
        asked = {"question": "Ý kiến?", "asked_by_id": by.user_id, "asked_at": clock.now(), "round": 1}
        row = Opinion(
            ticket_id=ticket.id, agency_id=leg.agency_id, leg_id=leg.id, due_on=clock.today(), **asked
        )
        session.add(row)


def _report_up(session: Session, ticket: Ticket, by: Any, _loaded: Loaded) -> None:
    """Let the matter be before UBND tỉnh, with the ball where it is: the relation is what is looked at."""
    ticket.status = "at_province"
    session.add(_referral(ticket, by, "province"))


def _petition(session: Session, ticket: Ticket, by: Any, _loaded: Loaded) -> None:
    ticket.status, ticket.clock = "at_ministry", "paused"
    clocks.record(ticket, EventKind.PAUSE, at=clock.now())
    session.add(_referral(ticket, by, "ministry"))


def _referral(ticket: Ticket, by: Any, level: str) -> Referral:
    sent = {"from_agency_id": ticket.holder_id, "reason": "Vượt thẩm quyền.", "by_id": by.user_id}
    return Referral(ticket_id=ticket.id, level=level, at=clock.now(), **sent)


def _close(session: Session, ticket: Ticket, _by: Any, _loaded: Loaded) -> None:
    verdict = Verdict(answered=True, solved="yes")
    owning.rate(session, ticket, by=Owner(), verdict=verdict, at=clock.now())


def _overdue(_session: Session, ticket: Ticket, _by: Any, _loaded: Loaded) -> None:
    ticket.due_on = clock.today() - timedelta(days=1)


def _in_three_steps(_session: Session, _ticket: Ticket, _by: Any, _loaded: Loaded) -> None:
    """Let every agency have the chain that needs a head and a clerk (see ``Scene.three_steps``)."""


def _hand_in(session: Session, ticket: Ticket, by: Any, _loaded: Loaded) -> None:
    draft = approving.save(session, ticket, Decision(text="Đã giải quyết."), by=by, at=clock.now())
    approving.hand_in(session, ticket, draft, by=by, at=clock.now())


def _approved(session: Session, ticket: Ticket, by: Any, loaded: Loaded) -> None:
    _hand_in(session, ticket, by, loaded)
    approving.awaited(ticket).step = 1


def _propose(session: Session, ticket: Ticket, by: Any, loaded: Loaded) -> None:
    if proposing.reason_against(ticket, loaded):
        return  # a sensitive report: nothing of it is ever proposed
    session.flush()  # the answer of the deed before gets its number and outcome
    terms = proposing.terms_of(session, ticket, loaded)
    texts = proposing.proposed(ticket, ticket.answers[-1], terms)
    proposing.propose(session, ticket, texts, [], loaded, by=by, at=clock.now(), let_stand=True)


DEEDS: dict[str, tuple[Deed, ...]] = {
    "assigned": (),
    "in_work": (_accept,),
    "need_info": (_accept, _ask),
    "answered": (_accept, _answer),
    "triage": (_return,),
    "withdrawn": (_withdraw,),
    "closed": (_accept, _answer, _close),
    "late": (_accept, _overdue),
    "three steps": (_accept, _in_three_steps),
    "in approval": (_accept, _hand_in),
    "approved": (_accept, _approved),
    "extended": (_accept, _extend),
    "requested": (_accept, _request),
    "objected": (_accept, _object),
    "provisional": (_provisionally,),
    "consent asked": (_accept, _ask_consent),
    "publication asked": (_accept, _answer, _propose),
    "opinion asked": (_accept, _ask_opinion),
    "at_province": (_accept, _report_up),
    "at_ministry": (_accept, _petition),
}
