"""Two thousand requests that nobody should send: each is answered, none with an error of ours."""

import io
from collections import Counter
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz.hostile import NASTY, filled_in
from tests.fuzz.people import person
from tests.web.access_scene import Scene

REQUESTS = {"sqlite": 200, "postgresql": 86}  # for each of the seven: 2,000 altogether
FUNCTIONS = (
    "anonymous",
    "enterprise",
    "officer",
    "focal_point",
    "provincial_office",
    "inspector",
    "administrator",
)
ADDRESSES = ("/can-bo/phieu/{}", "/theo-doi/{}", "/doanh-nghiep/phieu/{}", "/gui-phieu/tai-lieu/bo/{}", "/loi-moi/{}",
             "/ngon-ngu/{}", "/can-bo/phieu/{}/tep/{}", "/quan-tri/co-quan/{}", "/static/{}", "/{}")  # fmt: skip
DONE = 302
BATCH = 40  # requests, after which most tickets have moved on and the forms are looked for anew


class Sender:
    """Sends what is drawn to the forms that it found."""

    def __init__(self, scene: Scene, function: str) -> None:
        self.scene, self.function = scene, function
        self.seen: Counter[int] = Counter()
        self.look()

    def look(self) -> None:
        self.person = person(self.scene, self.function)
        self.forms = self.person.forms()

    def send(self, data: st.DataObject) -> None:
        form = data.draw(st.sampled_from(self.forms))
        sent = data.draw(filled_in(form))
        how = {"query_string": sent} if form.method == "GET" else {"data": sent}
        answer = self.person.browser.open(form.action, method=form.method, **how)
        self.note(form.name, answer)

    def note(self, what: str, answer) -> None:
        self.seen[answer.status_code] += 1
        answer.close()
        assert answer.status_code < 500, what


def hammer(sender: Sender, requests: int) -> None:
    """Send that many requests; within a batch the forms stay, or what is drawn could not be drawn again."""
    for first in range(0, requests, BATCH):
        if first:
            sender.look()
        batch(sender, min(BATCH, requests - first), first)


def batch(sender: Sender, requests: int, number: int) -> None:
    @seed(number)
    @settings(
        max_examples=requests,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def run(data: st.DataObject) -> None:
        sender.send(data)

    run()


@pytest.fixture
def scene(app, session, loaded) -> Scene:
    return Scene(app, session, loaded)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_form_breaks_whatever_is_typed_into_it(scene, function):
    sender = Sender(scene, function)
    assert len(sender.forms) > 10, "where are the forms?"
    hammer(sender, REQUESTS[scene.session.connection().dialect.name])
    assert sender.seen[200] + sender.seen[DONE] + sender.seen[422] > sender.seen[404], sender.seen


@pytest.mark.parametrize("function", ["anonymous", "officer", "administrator"])
def test_no_address_breaks_whatever_is_written_into_it(scene, function):
    browser = scene.browser(function)
    for address in ADDRESSES:
        for word in NASTY:
            answer = browser.get(address.replace("{}", quote(word[:2000], safe="")))
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

    sender = Sender(scene, "anonymous")
    monkeypatch.setitem(scene.app.view_functions, "portal.sign_in", broken)
    sender.forms = [form for form in sender.forms if form.action == "/dang-nhap"]
    with pytest.raises(AssertionError, match="/dang-nhap"):
        hammer(sender, 5)
