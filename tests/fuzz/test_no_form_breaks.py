"""Two thousand requests that nobody should send: each is answered, none with an error of ours.

They go to every form that there is: the addresses are those of the application, so a new form cannot be missed.
"""

import io
from collections import Counter
from typing import Any
from urllib.parse import quote
from zlib import crc32

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz.forms import Form
from tests.fuzz.hostile import NASTY, filled_in
from tests.fuzz.places import AWAY, Place
from tests.fuzz.queries import QUERIES
from tests.packs import packs_put_back
from tests.web.access_scene import Scene
from tests.web.access_walk import ROUTES

__all__ = ["packs_put_back"]
REQUESTS = {"sqlite": 10, "postgresql": 5}  # for each form and query: more than 2,000 altogether
FORMS = [route for route in ROUTES if not route.startswith("GET")]
AREAS = sorted({route.split()[1].partition(".")[0] for route in FORMS})
ADDRESSES = ("/can-bo/phieu/{}", "/theo-doi/{}", "/doanh-nghiep/phieu/{}", "/gui-phieu/tai-lieu/bo/{}", "/loi-moi/{}",
             "/ngon-ngu/{}", "/can-bo/phieu/{}/tep/{}", "/quan-tri/co-quan/{}", "/static/{}", "/{}",
             "/quan-tri/nguoi-dung/{}/khoa", "/quan-tri/lich/{}", "/dau-moi/nhap/{}")  # fmt: skip
DONE = (302, 303)
UNREACHED = {403, 404, 405}
RESTAGED = 3  # times that a form is brought about: once sent with success it is gone


class Sender:
    """Sends what is drawn to one form; ``closed`` where the table says that the page is always away (503)."""

    def __init__(self, *, closed: bool = False) -> None:
        self.seen: Counter[int] = Counter()
        self.closed = closed

    def send(self, browser, form: Form, sent: Any) -> int:
        how = {"query_string": sent} if form.method == "GET" else {"data": sent}
        answer = browser.open(form.action, method=form.method, **how)
        self.seen[answer.status_code] += 1
        answer.close()
        away = self.closed and answer.status_code == AWAY
        assert away or answer.status_code < 500, f"{form.method} {form.action}"
        return answer.status_code


def hammer(sender: Sender, browser, form: Form, requests: int) -> int:
    """Send at most that many requests, no more once one succeeded; return how many."""
    sent, over = 0, False

    @seed(crc32(form.action.encode()) + requests)
    @settings(
        max_examples=requests,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def run(data: st.DataObject) -> None:
        nonlocal sent, over
        filled = data.draw(filled_in(form))  # drawn in any case: what is drawn must not depend on the answers
        if over:
            return
        sent += 1
        over = sender.send(browser, form, filled) in DONE and form.method == "POST"

    run()
    return sent


@pytest.fixture
def scene(app, session, loaded, packs_put_back) -> Scene:
    return Scene(app, session, loaded)


@pytest.fixture
def requests(session) -> int:
    return REQUESTS[session.connection().dialect.name]


@pytest.mark.parametrize("area", AREAS)
def test_no_form_breaks_whatever_is_typed_into_it(scene, requests, area):
    for route in (route for route in FORMS if route.split()[1].startswith(f"{area}.")):
        place, left = Place(scene, route), requests
        sender = Sender(closed=place.closed)
        for _ in range(RESTAGED):
            left -= hammer(sender, place.browser, place.form, left)
            if left <= 0:
                break
            place.come()
        reached = sum(n for status, n in sender.seen.items() if status not in UNREACHED)
        assert reached, f"{route} was never reached: {sender.seen}"
        scene.put_back()


def test_every_address_that_takes_a_form_is_among_them(app):
    taken = {
        f"{m} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for m in rule.methods - {"HEAD", "OPTIONS", "GET"}
    }
    assert taken == set(FORMS)


@pytest.mark.parametrize("function", sorted({function for function, _form in QUERIES}))
def test_no_query_breaks_whatever_stands_after_the_question_mark(scene, requests, function):
    browser = scene.browser(function)
    for form in (form for who, form in QUERIES if who == function):
        hammer(Sender(), browser, form, requests)


@pytest.mark.parametrize("function", ["anonymous", "officer", "administrator"])
def test_no_address_breaks_whatever_is_written_into_it(scene, function):
    browser = scene.browser(function)
    for address in ADDRESSES:
        for word in (*NASTY, "9" * 19, "9" * 5000):
            answer = browser.get(address.replace("{}", quote(word[:6000], safe="")))
            answer.close()
            assert answer.status_code < 500, (address, word[:50])


def test_bytes_that_are_no_text_are_answered(scene):
    browser = scene.browser("anonymous")
    for body in (b"email=%ff%fe&password=%00", b"\xff\xfe=\x00", b"email=a&" * 2000):
        answer = browser.post("/dang-nhap", data=body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500


def test_a_file_or_json_where_text_is_expected_counts_as_nothing_sent(scene):
    browser = scene.browser("anonymous")
    as_file = browser.post(
        "/dang-nhap", data={"email": (io.BytesIO(b"a@b.vn"), "a.txt"), "password": "x" * 12}
    )
    as_json = browser.post("/dang-nhap", json={"email": 5, "password": [None]})
    for answer in (as_file, as_json):
        assert answer.status_code == 200
        assert "Vui lòng nhập thư điện tử." in answer.get_data(as_text=True)


def test_the_hammer_would_notice_a_page_that_breaks(scene, monkeypatch):
    def broken() -> str:
        raise ZeroDivisionError

    place = Place(scene, "POST portal.sign_in")
    monkeypatch.setitem(scene.app.view_functions, "portal.sign_in", broken)
    with pytest.raises(AssertionError, match="/dang-nhap"):
        hammer(Sender(), place.browser, place.form, 5)
