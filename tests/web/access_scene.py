"""Everybody there is, and tickets that stand to each of them in each relation, for the table of access."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback_app.accounts.models import User
from feedback_app.catalogue import editing, store
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, files
from feedback_app.core.db import unit_of_work
from feedback_app.core.files.storage import new_key
from feedback_app.deadlines.events import EventKind
from feedback_app.intake import codes
from feedback_app.tickets import clocks
from feedback_app.tickets.beyond import Referral
from feedback_app.tickets.coordination import ConsentRequest, HeadRequest, Objection, Opinion
from feedback_app.tickets.models import Assignment, Attachment, Ticket
from feedback_app.tickets.policy import Owner
from feedback_app.tickets.services import answering, approving, assigning, handling, owning
from feedback_app.tickets.services.answering import Decision, Letter
from feedback_app.tickets.services.opening import FiledBy
from feedback_app.tickets.services.owning import Verdict
from tests.factories import a_person, a_ticket, actor_of, an_enterprise, reread, sign_in

AGENCY_OF = {
    "officer": "so-xd",
    "agency_head": "so-xd",
    "clerk": "so-xd",
    "focal_point": "so-tc",
    "provincial_office": "vp-ubnd",
    "inspector": "thanh-tra",
}
PROVINCE_WIDE = ("leadership", "administrator", "auditor")
ELSEWHERE = "thue"
TRACKING_CODE = "0123456789ABCDEFGHJK"


@dataclass
class Scene:
    """A fresh database with one person of each function; makes tickets and browsers."""

    app: Flask
    session: Session
    loaded: Loaded
    people: dict[str, User] = field(default_factory=dict)
    colleagues: dict[str, User] = field(default_factory=dict)
    lead: str = ""
    _chains: list[dict[str, Any]] = field(default_factory=list)

    def browser(self, function: str) -> FlaskClient:
        """Return a browser that is signed in as the person with ``function``; a guest's if anonymous."""
        client = self.app.test_client()
        return client if function == "anonymous" else sign_in(client, self.person(function))

    def person(self, function: str) -> User:
        if function not in self.people:
            self.people[function] = (
                an_enterprise(self.session)
                if function == "enterprise"
                else a_person(self.session, function, AGENCY_OF.get(function))
            )
        return self.people[function]

    def colleague(self, agency: str) -> Any:
        """Return another person of the agency who answers tickets, as an actor."""
        if agency not in self.colleagues:
            self.colleagues[agency] = a_person(self.session, "officer", agency)
        return actor_of(self.session, self.colleagues[agency])

    def ticket(self, function: str, relation: str, status: str, *, hidden: bool = False) -> Ticket:
        """Return a ticket in ``status`` that stands in ``relation`` to the person with ``function``."""
        lead, overrides = self._filing(function, relation)
        self.lead = lead
        if status in {"three steps", "in approval", "approved"}:
            self.three_steps()
        ticket = a_ticket(self.session, self.loaded, to=lead, hide_identity=hidden, **overrides)
        if relation == "coordinating":
            self._coordinate(ticket, AGENCY_OF[function])
        self._bring_to(ticket, lead, status)
        if relation == "own" and function in AGENCY_OF:
            with unit_of_work():
                ticket.handler_id = self.person(function).id
        self._attach(ticket)
        return reread(self.session, ticket.code)

    def three_steps(self) -> None:
        """Let answers of every agency need its head and its clerk, until ``put_back``."""
        pack = self.loaded.catalogue.approvals
        if not any(chain.direct for chain in pack.chains):
            return
        self._chains = [chain.model_dump(mode="json") for chain in pack.chains]
        steps = next(c["steps"] for c in self._chains if len(c["steps"]) > 1)
        self._set_chains([chain | {"steps": steps} for chain in self._chains])

    def put_back(self) -> None:
        """Leave the approval chains as they were: packs outlive a test."""
        if self._chains:
            self._set_chains(self._chains)

    def _set_chains(self, chains: list[dict[str, Any]]) -> None:
        seen, by = editing.approvals_version(self.session), self.person("officer").id
        with unit_of_work() as writing:
            editing.set_chains(writing, chains, seen_version=seen, by_id=by)
        self.loaded = store.current(self.session)

    def _filing(self, function: str, relation: str) -> tuple[str, dict[str, Any]]:
        agency = AGENCY_OF.get(function, "so-xd")
        match relation:
            case "own" if function == "anonymous":
                self._forget_code()
                return agency, {"tracking_hash": codes.tracking_hash(TRACKING_CODE)}
            case "own" if function == "enterprise":
                return agency, {"enterprise_id": self.person("enterprise").enterprise_id}
            case "other_enterprise":
                return agency, {"by": FiledBy(filer_type="enterprise", name="Công ty Khác")}
            case "own" | "same_agency":
                return agency, {}
            case "concerned_agency":
                return self._sealed_lead(agency), {
                    "kind": "informal_cost",
                    "concerned": frozenset({agency}),
                }
            case "sensitive_elsewhere":
                return self._sealed_lead(agency), {
                    "kind": "informal_cost",
                    "concerned": frozenset({"hai-quan"}),
                }
            case _:
                return ELSEWHERE, {}

    def _forget_code(self) -> None:
        with unit_of_work() as writing:
            writing.execute(update(Ticket).values(tracking_hash=None))

    def _sealed_lead(self, agency: str) -> str:
        return "vp-ubnd" if agency == "thanh-tra" else "thanh-tra"

    def _coordinate(self, ticket: Ticket, agency: str) -> None:
        at = clock.now()
        leg = Assignment(
            ticket_id=ticket.id,
            agency_id=self.loaded.agency_ids[agency],
            part="coordinating",
            round=1,
            started_at=at,
            started_on=clock.local_date(at),
        )
        with unit_of_work() as writing:
            writing.add(leg)

    def _bring_to(self, ticket: Ticket, lead: str, status: str) -> None:
        for deed in DEEDS[status]:
            by = self.colleague(lead)
            ticket = reread(self.session, ticket.code)
            with unit_of_work() as writing:
                deed(writing, ticket, by, self.loaded)

    def _attach(self, ticket: Ticket) -> None:
        key = new_key()
        path = files.quarantine("access")
        path.mkdir(parents=True, exist_ok=True)
        (path / key).write_bytes(b"bien lai\n")
        files.storage().put(path / key, key)
        row = Attachment(
            public_id=f"tep-{ticket.id}",
            ticket_id=ticket.id,
            origin="filing",
            name="bien-lai.txt",
            media_type="text/plain",
            size=9,
            storage_key=key,
            released=not ticket.hide_identity,
            at=clock.now(),
        )
        with unit_of_work() as writing:
            writing.add(row)


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
    "opinion asked": (_accept, _ask_opinion),
    "at_province": (_accept, _report_up),
    "at_ministry": (_accept, _petition),
}


def upload(name: str = "van-ban.txt") -> tuple[io.BytesIO, str]:
    """Return a small harmless file as a form field."""
    return io.BytesIO("Nội dung".encode()), name
