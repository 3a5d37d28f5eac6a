"""The table of access, walked completely: every address of the room, everybody who could come by."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pyrage
import pytest
import yaml
from flask import url_for

from feedback_app.confidential import reports, store
from feedback_app.core import clock
from feedback_app.web.sealed.desk.sheets import quarters
from feedback_app.web.sealed.headers import DESK
from tests.web.sealed.desk.scene import (
    BODY,
    CUSTODIAN,
    HANDLER,
    HEAD,
    WHO,
    Inspector,
    Told,
    a_room,
    close_room,
)

TABLE = yaml.safe_load(Path(__file__).parents[1].joinpath("access.yaml").read_text(encoding="utf-8"))
ROUTES: dict[str, dict[str, Any]] = TABLE["routes"]
PEOPLE = {
    "head": "An",
    "handler": "Bình",
    "reader": "Chi",
    "kept_out": "Dung",
    "recused": "Em",
    "unopened": "Chi",
}
SEATS = {"An": {HEAD, CUSTODIAN}, "Bình": {HANDLER}, "Chi": {HANDLER, CUSTODIAN}, "Dung": {HANDLER},
         "Em": {HANDLER}, "Giang": {HANDLER}}  # fmt: skip
KEY = str(pyrage.x25519.Identity.generate().to_public())
CHANGING = re.compile(
    r'name="csrf" value="[^"]+"|<div class="who-name">.*?</div>|<li><a href="[^"]*/danh-tinh">.*?</li>'
)


class Scene:
    """Reports in the state that a route needs, and the people before them."""

    def __init__(self, room) -> None:
        self.room = room
        self.inside = {name: room.inspector(name) for name in SEATS}
        self._fit: dict[tuple[str, ...], Told] = {}
        self.other = room.tell(excluded=("Dung",))

    def report(self, needs: tuple[str, ...]) -> Told:
        """Return a report that has been through ``needs``; an unchanged one serves again."""
        for inspector in self.inside.values():
            if not inspector.browser.get_cookie("vault", path=DESK):  # has locked
                inspector.unlock()
        if needs not in self._fit:
            told = self._fit[needs] = self._assigned()
            for need in needs:
                getattr(self, f"_{need}")(told)
        return self._fit[needs]

    def spent(self, needs: tuple[str, ...]) -> None:
        self._fit.pop(needs, None)

    def _assigned(self) -> Told:
        told = self.room.tell(excluded=("Dung",), identity=WHO, files=[("a.txt", b"mot hai ba")])
        for name in ("An", "Bình", "Chi", "Em"):
            self.inside[name].open(told)
        self._done("Em", told, "tu-choi", reason="người thân", sure="1")
        for name in ("An", "Bình", "Chi"):
            self.inside[name].open(told)
        self._done("An", told, "giao", to=self.room.seats["Bình"])
        return told

    def _linked(self, told: Told) -> None:
        self._done("Bình", told, "lien-ket", other=self.other.id)

    def _identity_asked(self, told: Told) -> None:
        self._done("Bình", told, "xin-danh-tinh", reason="cần mời làm việc")

    def _identity_opened(self, told: Told) -> None:
        self._done("Chi", told, "danh-tinh/0", grant="yes", reason="đồng ý")

    def _export_asked(self, told: Told) -> None:
        self._done("Bình", told, "xin-xuat", recipient=KEY)

    def _export_approved(self, told: Told) -> None:
        self._done("An", told, "duyet-xuat")

    def _exported(self, told: Told) -> None:
        assert self.inside["Bình"].post(f"bao-cao/{told.id}/xuat").status_code == 200

    def _done(self, name: str, told: Told, act: str, **form: Any) -> None:
        answer = self.inside[name].does(told, act, **form)
        assert answer.status_code == 302, (act, answer.get_data(as_text=True)[-2000:])

    def before(self, who: str, told: Told) -> Inspector:
        """Return the browser of the person, who has or has not opened the report."""
        if who == "stranger":
            return Inspector(self.room, "", self.room.app.test_client(), "x")
        inspector = self.inside[PEOPLE[who]]
        if who == "unopened":
            inspector.unlock()
        elif who in {"head", "handler", "reader"}:
            inspector.open(told)
        return inspector

    def version(self, told: Told) -> int:
        with self.room.app.app_context():
            try:
                return reports.find(store.session(), told.id).version
            finally:
                store.db.session.remove()

    def value(self, given: Any) -> Any:
        ended = quarters(clock.today(), ended=True)
        return {
            "<handler>": self.room.seats["Bình"],
            "<reader>": self.room.seats["Chi"],
            "<newcomer>": self.room.seats["Giang"],
            "<other>": self.other.id,
            "<key>": KEY,
            "<quarter>": quarters(clock.today())[0],
            "<ended>": ended[-1],
            "<empty>": ended[-2],
        }.get(given, given)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    room = a_room(tmp_path_factory.mktemp("vault"), SEATS)
    yield Scene(room)
    close_room(room)


def addresses(app) -> dict[str, Any]:
    found = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("desk."):
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                found[f"{method} {rule.endpoint}"] = rule
    return found


def test_every_address_of_the_room_stands_in_the_table(scene):
    assert set(addresses(scene.room.app)) == set(ROUTES), (
        "say in tests/web/sealed/access.yaml who may do this"
    )


def test_the_table_knows_everybody():
    for pattern in TABLE["patterns"].values():
        assert list(pattern) == TABLE["people"]


@cache
def _nothing(scene: Scene) -> str:
    """Return the page of a report that never was."""
    return _same(scene.inside["Bình"].sees("bao-cao/00000000-0000-4000-8000-000000000000"))


def _same(page: str) -> str:
    return re.sub(r"\s+", " ", CHANGING.sub("", page))


@pytest.mark.parametrize("route", ROUTES)
def test_the_address_answers_each_person_as_the_table_says(scene, route):
    told, (method, endpoint) = ROUTES[route], route.split()
    needs = tuple(told.get("needs", ()))
    arguments = {name: scene.value(value) for name, value in told.get("args", {}).items()}
    got = {}
    for who in TABLE["people"]:
        report = scene.report(needs)
        person = scene.before(who, report)
        about = {"report_id": report.id} if "report_id" in addresses(scene.room.app)[route].arguments else {}
        with scene.room.app.test_request_context():
            path = url_for(endpoint, **arguments, **about)
        before = scene.version(report)
        answer = _send(scene, person, method, path, told.get("form", {}), before)
        got[who] = _outcome(answer)
        if got[who] != "ok":
            assert scene.version(report) == before
        elif method == "POST":
            scene.spent(needs)
        if got[who] == "gone":
            assert _same(answer.get_data(as_text=True)) == _nothing(scene)
        answer.close()
    assert got == TABLE["patterns"][told["who"]]


def _send(scene, person, method, path, form, version):
    if method == "GET":
        return person.browser.get(path)
    values = {name: scene.value(value) for name, value in form.items()}
    return person.browser.post(path, data={"csrf": person.csrf, "version": version, **values})


def _outcome(answer) -> str:
    if answer.status_code == 403:
        return "locked"
    if answer.status_code == 404:
        return "gone"
    if answer.status_code == 409 and "Nội dung Ông/Bà đã nhập" in answer.get_data(as_text=True):
        return "kept"
    return "ok" if answer.status_code < 400 or answer.status_code == 422 else str(answer.status_code)


def test_nothing_is_posted_without_the_token_of_the_session(scene):
    told = scene.report(())
    handler = scene.before("handler", told)
    for csrf in ("", "x", scene.inside["An"].csrf):
        answer = handler.browser.post(f"{DESK}/bao-cao/{told.id}/ghi-chu", data={"csrf": csrf, "text": "a"})
        assert answer.status_code == 404


def test_the_queue_of_whoever_was_kept_out_is_that_of_an_empty_room(scene):
    scene.report(())
    assert "Không có báo cáo nào ở đây" in scene.inside["Dung"].sees("")
    assert BODY not in scene.inside["Dung"].sees("?view=done")
