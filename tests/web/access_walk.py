"""Whoever walks the table of access: the cases of an address, how to come to it, what became of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from flask import url_for
from flask.testing import FlaskClient
from sqlalchemy import select

from feedback_app.accounts.models import FunctionHeld
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets.services import projects
from tests.factories import a_message_given_up, a_person, actor_of
from tests.web.access_scene import AGENCY_OF, OF_THREE_STEPS, TRACKING_CODE, Scene, upload

TABLE = yaml.safe_load(Path(__file__).with_name("access.yaml").read_text(encoding="utf-8"))
RELATIONS: dict[str, list[str]] = TABLE["relations"]
ROUTES: dict[str, dict[str, Any]] = TABLE["routes"]


@dataclass(frozen=True)
class Case:
    function: str
    relation: str | None
    expected: str | int


def cases(route: str, *, about_ticket: bool) -> list[Case]:
    who = ROUTES[route]["who"]
    rights = TABLE["patterns"][who] if isinstance(who, str) else who
    found = []
    for function, relations in RELATIONS.items():
        right = rights[function]
        for relation in relations if about_ticket else [None]:
            expected = right[relation] if isinstance(right, dict) else right
            found.append(Case(function, relation, expected))
    return found


def addresses(app) -> dict[str, list[Any]]:
    """Return the rules of the application by METHOD endpoint."""
    found: dict[str, list[Any]] = {}
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            if rule.endpoint != "static":
                found.setdefault(f"{method} {rule.endpoint}", []).append(rule)
    return found


def outcome(response, *, about_ticket: bool) -> str | int:
    """Return what the table calls it; where only the door decides, a form shown again was reached, too."""
    response.close()
    location = response.headers.get("Location", "")
    if response.status_code in {302, 303} and "/dang-nhap" in location:
        return "sign_in"
    if response.status_code < 400 or (response.status_code == 422 and not about_ticket):
        return "ok"
    told = {403: "forbidden", 404: "not_found", 409: "too_late", 410: "gone"}
    return told.get(response.status_code, response.status_code)


class Walk:
    """Makes the requests of one address; a ticket that nobody changed serves the next request, and the next look."""

    def __init__(self, scene: Scene, route: str) -> None:
        self.scene, self.told = scene, ROUTES[route]
        self.method, self.endpoint = route.split()
        self.arguments = addresses(scene.app)[route][-1].arguments
        self.about_ticket = "code" in self.arguments and "code" not in self.told.get("args", {})
        self.looks = self.method == "GET"
        self._unchanged = scene.kept if self.looks else {}

    def come(self, case: Case, given: dict[str, Any] | None = None) -> tuple[FlaskClient, str]:
        """Return the person's browser and the address; ``given`` names what the table has no value for."""
        browser = self._browser(case.function)
        values = {name: self._value(value) for name, value in self.told.get("args", {}).items()}
        if self.about_ticket and not given:
            values |= self._ticket(case)
        if self.about_ticket and case.function == "anonymous" and case.relation == "own":
            browser.post("/theo-doi", data={"code": TRACKING_CODE})
        with self.scene.app.test_request_context():
            address = url_for(self.endpoint, **(values | (given or {})))
        self.scene.session.rollback()
        return browser, address

    def result(self, case: Case) -> str | int:
        browser, address = self.come(case)
        response = browser.open(address, method=self.method, data=self.form())
        got = outcome(response, about_ticket=self.about_ticket)
        if not self.looks and got == "ok":
            self._unchanged.clear()
        return got

    def _browser(self, function: str) -> FlaskClient:
        """Return the person's browser; who only looks may go on with the one there is, a guest's remembers codes."""
        if not self.looks or function == "anonymous":
            return self.scene.browser(function)
        if function not in self.scene.browsers:
            self.scene.browsers[function] = self.scene.browser(function)
        return self.scene.browsers[function]

    def _ticket(self, case: Case) -> dict[str, str]:
        status, hidden = self.told.get("status", "in_work"), self.told.get("hidden", False)
        own, guest = case.relation == "own", case.function == "anonymous"
        whose = case.function if own else AGENCY_OF.get(case.function, case.function)
        key = (whose, str(case.relation), status, hidden)
        if status in OF_THREE_STEPS:
            self.scene.three_steps()
        if key not in self._unchanged or (own and (guest or not self.looks)):
            ticket = self.scene.ticket(case.function, str(case.relation), status, hidden=hidden)
            self._unchanged[key] = (ticket.id, ticket.code)
        ticket_id, code = self._unchanged[key]
        file = {"public_id": f"tep-{ticket_id}"} if "public_id" in self.arguments else {}
        return {"code": code, **file}

    def _value(self, value: Any) -> Any:
        """Return a value of the table; those in brackets stand for somebody who is there."""
        if value == "<message given up>":
            return a_message_given_up()
        if value not in {"<person>", "<function held>"}:
            return value
        stranger = a_person(self.scene.session, "officer", "so-xd")
        if value == "<person>":
            return stranger.id
        held = select(FunctionHeld.id).where(FunctionHeld.user_id == stranger.id)
        return self.scene.session.scalar(held)

    def _project(self) -> str:
        office = actor_of(self.scene.session, self.scene.person("provincial_office"))
        with unit_of_work() as writing:
            given = {"title": "Dự án", "summary": "", "owner_id": self.scene.loaded.agency_ids["so-xd"]}
            return projects.create(writing, **given, by=office, at=clock.now()).code

    def form(self) -> dict[str, Any] | None:
        if self.method == "GET":
            return None
        form = dict(self.told.get("form", {}))
        if form.get("person") == "<colleague>":
            form["person"] = self.scene.colleague(self.scene.lead).user_id
        if form.get("project") == "<project>":
            form["project"] = self._project()
        return form | {name: upload() for name, value in form.items() if value == "<file>"}
