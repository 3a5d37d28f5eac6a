"""The table of access, walked completely: every function, every address, every relation to a ticket."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import url_for

from feedback_app.accounts.actor import Function
from feedback_app.core.db import db
from tests.web.access_scene import TRACKING_CODE, Scene, upload

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True, scope="session")

TABLE = yaml.safe_load(Path(__file__).with_name("access.yaml").read_text(encoding="utf-8"))
RELATIONS: dict[str, list[str]] = TABLE["relations"]
ROUTES: dict[str, dict[str, Any]] = TABLE["routes"]
OUTCOMES = {"ok", "sign_in", "forbidden", "not_found"}


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


def test_every_address_stands_in_the_table(app):
    assert not set(addresses(app)) - set(ROUTES), "say in tests/web/access.yaml who may do this"


def test_the_table_names_no_address_that_is_gone(app):
    assert not set(ROUTES) - set(addresses(app))


def test_the_table_knows_every_function(app):
    assert set(RELATIONS) == {"anonymous", *Function}
    for pattern in TABLE["patterns"].values():
        assert set(pattern) == set(RELATIONS)
        for function, right in pattern.items():
            named = right if isinstance(right, dict) else {"": right}
            assert set(named.values()) <= OUTCOMES
            assert set(named) <= {"", *RELATIONS[function]}


def outcome(response) -> str | int:
    location = response.headers.get("Location", "")
    if response.status_code in {302, 303} and "/dang-nhap" in location:
        return "sign_in"
    if response.status_code < 400:
        return "ok"
    return {403: "forbidden", 404: "not_found"}.get(response.status_code, response.status_code)


@pytest.fixture
def scene(app, session, loaded) -> Scene:
    return Scene(app, session, loaded)


class Walk:
    """Makes the requests of one address; a ticket that nobody changed serves the next request too."""

    def __init__(self, scene: Scene, route: str) -> None:
        self.scene, self.route, self.told = scene, route, ROUTES[route]
        self.method, self.endpoint = route.split()
        rule = addresses(scene.app)[route][-1]
        self.about_ticket = "code" in rule.arguments
        self.arguments = rule.arguments

    def result(self, case: Case) -> str | int:
        values = dict(self.told.get("args", {})) | dict(self.told.get("query", {}))
        browser = self.scene.browser(case.function)
        if self.about_ticket:
            ticket = self.scene.ticket(case.function, str(case.relation), self.told.get("status", "in_work"))
            values["code"] = ticket.code
            if "public_id" in self.arguments:
                values["public_id"] = f"tep-{ticket.id}"
            if case.function == "anonymous" and case.relation == "own":
                browser.post("/theo-doi", data={"code": TRACKING_CODE})
        with self.scene.app.test_request_context():
            address = url_for(self.endpoint, **values)
        db.session.remove()
        return outcome(browser.open(address, method=self.method, data=self._form()))

    def _form(self) -> dict[str, Any] | None:
        if self.method == "GET":
            return None
        form = dict(self.told.get("form", {}))
        return form | {name: upload() for name, value in form.items() if value == "<file>"}


@pytest.mark.parametrize("route", ROUTES)
def test_each_function_gets_what_the_table_says(scene, route):
    walk = Walk(scene, route)
    wrong = []
    for case in cases(route, about_ticket=walk.about_ticket):
        got = walk.result(case)
        if got != case.expected:
            wrong.append(f"{case.function}, {case.relation or 'anybody'}: {got}, not {case.expected}")
    assert not wrong
