"""Proof 1: twenty sealed reports about an agency; no role sees any of it on any ordinary address."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from flask import url_for
from flask.testing import FlaskClient

from feedback_app.catalogue import store as catalogue
from feedback_app.confidential import store
from feedback_app.confidential.services import opening
from feedback_app.core import clock, outbox
from feedback_app.core.clock import LOCAL
from feedback_app.core.db import db
from feedback_app.escalation import jobs as escalation
from feedback_app.statistics import jobs as statistics
from tests.confidential.world import answers, file_report, identity
from tests.factories import a_ticket
from tests.proofs.thief import Kit
from tests.web.access_scene import Scene
from tests.web.access_walk import ROUTES, Case, Walk, cases

PAIRS = [("sqlite", "sqlite")]
REPORTS = 20
ACCUSED = "so-xd"
ACCUSED_ROLES = frozenset({"officer", "agency_head", "clerk"})
AT = datetime(2026, 10, 6, 9, 0, tzinfo=LOCAL)
WORDS = [f"Cò Mỏ Thìa {n:02d}" for n in range(REPORTS)]
PLANTED = "Vạc Đêm Mỏ Dài"
PAGES = (
    "GET officer.queue", "GET officer.find", "GET officer.ticket", "GET officer.hand_over", "GET inbox.index",
    "GET portal.index", "GET wordings.index", "GET intake.kind", "GET beyond.backlog", "GET beyond.projects",
)  # fmt: skip
# drawn for each look
NOISE = re.compile(rb'name="csrf_token"[^>]*value="[^"]*"|content="[^"]*" name="csrf-token"|Set-Cookie: .*')


def report_about(world) -> list[str]:
    """File the reports and return every word that would give one away: what was said, codes, ids, commitments."""
    telling = list(WORDS)
    with world.app.app_context():
        for word in WORDS:
            said = {"story": f"{word} đòi tiền", "identity": identity(name=f"Công ty {word}")}
            done = file_report(world, answers=answers(agency=ACCUSED, who_post="head"), **said)
            telling += [done.code, done.commitment]
        binh = world.unlock("binh")
        telling += [row.id for row in opening.queue(store.session(), binh, on=clock.today())]
        store.db.session.remove()
    return telling


def work() -> None:
    """Let the ordinary application's workers do all that is due."""
    db.session.remove()
    outbox.drain()
    escalation.remind()
    statistics.refresh()
    db.session.remove()


def a_scene(app) -> Scene:
    db.session.remove()
    return Scene(app, db.session(), catalogue.current(db.session()))


def a_ticket_to_the_accused(**facts: Any) -> str:
    return a_ticket(db.session(), catalogue.current(db.session()), to=ACCUSED, **facts).code


def come(app, routes, functions=frozenset()) -> Iterator[tuple[Case, Walk, FlaskClient, str]]:
    """Yield everybody before every address, in every relation to what stands there."""
    for route in routes:
        scene = a_scene(app)
        walk = Walk(scene, route)
        for case in cases(route, about_ticket=walk.about_ticket):
            if not functions or case.function in functions:
                yield case, walk, *walk.come(case)
        scene.put_back()


def seen(browser: FlaskClient, address: str, method: str = "GET", form: Any = None) -> bytes:
    """Return all that the browser is told: status, headers, body, without what is drawn for each look."""
    response = browser.open(address, method=method, data=form)
    told = f"{response.status}\n{response.headers}\n".encode() + response.get_data()
    response.close()
    return NOISE.sub(b"", told)


def look_at(places: list[tuple[FlaskClient, str]]) -> list[bytes]:
    return [seen(*place) for place in places]


def changes(one: list[bytes], other: list[bytes]) -> list[int]:
    return [n for n, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]


@pytest.mark.parametrize("shared_app,world", PAIRS, indirect=True)
def test_no_role_sees_anything_of_a_sealed_report_on_any_address(world, app, large, shows):
    kit, looks, leaks = Kit(report_about(world)), 0, []
    routes = sorted(ROUTES) if large else sorted(ROUTES)[::25]
    with app.app_context():
        planted = a_ticket_to_the_accused(title=PLANTED)
        work()
        with app.test_request_context():
            address = url_for("officer.ticket", code=planted)
        told = PLANTED.encode() in seen(a_scene(app).browser("officer"), address)
        for case, walk, browser, address in come(app, routes):
            page = seen(browser, address, walk.method, walk.form())
            if walk.method != "GET":
                walk._unchanged.clear()
            looks += 1
            leaks += [(case, walk.endpoint, hit) for hit in kit.in_bytes("", page)]
    shows(1, f"{len(routes)} addresses, {looks} looks by every role at every object, leaks", len(leaks))
    shows(1, "a look at a page finds the title of an ordinary ticket", told, control=True)
    assert leaks == []
    assert told


@pytest.mark.parametrize("shared_app,world", PAIRS, indirect=True)
def test_an_accused_officer_s_pages_are_the_same_to_the_byte(world, app, shows):
    with time_machine.travel(AT, tick=False), app.app_context():
        work()
        places = [(browser, address) for _case, _walk, browser, address in come(app, PAGES, ACCUSED_ROLES)]
        work()
        look_at(places)  # what a first look itself changes: what was read is marked so
        before = look_at(places)
        report_about(world)
        work()
        after = look_at(places)
        for _ in range(REPORTS):
            a_ticket_to_the_accused()
        work()
        later = look_at(places)
    changed, noticed = changes(before, after), changes(before, later)
    shows(
        1,
        f"{len(places)} pages of the accused agency's people, changed by {REPORTS} sealed reports",
        len(changed),
    )
    shows(1, f"the same pages, changed by {REPORTS} ordinary tickets", len(noticed), control=True)
    assert [places[n][1] for n in changed] == []
    assert noticed
