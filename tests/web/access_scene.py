"""Everybody there is, and tickets that stand to each of them in each relation, for the table of access."""

import io
from dataclasses import dataclass, field
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
from feedback_app.intake import codes
from feedback_app.tickets.models import Assignment, Attachment, Ticket
from feedback_app.tickets.services.opening import FiledBy
from tests.factories import a_person, a_ticket, actor_of, an_enterprise, reread, sign_in
from tests.web.access_deeds import DEEDS

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
OF_THREE_STEPS = frozenset({"three steps", "in approval", "approved"})
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
    kept: dict[tuple[str, str, str, bool], tuple[int, str]] = field(
        default_factory=dict
    )  # tickets only looked at
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
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
        if status in OF_THREE_STEPS:
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
            self._chains = []

    def _set_chains(self, chains: list[dict[str, Any]]) -> None:
        self.session.rollback()
        seen, by = editing.approvals_version(self.session), self.session.merge(self.person("officer")).id
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


def upload(name: str = "van-ban.txt") -> tuple[io.BytesIO, str]:
    """Return a small harmless file as a form field."""
    return io.BytesIO("Nội dung".encode()), name
