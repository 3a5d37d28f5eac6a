"""Whatever is sent to the room's forms is answered, never with an error of ours, and never as markup."""

from urllib.parse import quote
from zlib import crc32

import pyrage
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from feedback_app.web.sealed.headers import DESK
from tests.fuzz.forms import Form, forms_on
from tests.fuzz.hostile import NASTY, filled_in
from tests.web.sealed.desk.scene import VERSION, WHO, Inspector

REQUESTS = 10  # to each form
PAGES = (
    "so-theo-doi",
    "ban-giao",
    "bao-cao/{}",
    "bao-cao/{}/che",
    "bao-cao/{}/danh-tinh/0",
)
ACTS = ("ghi-chu", "hoi", "thong-bao", "danh-gia", "giao", "xem-xet", "gia-han", "lien-ket", "chuyen", "ket-luan",
        "xin-danh-tinh", "xin-xuat", "duyet-xuat", "ban-giao", "tu-choi")  # fmt: skip
ADDRESSES = (
    "bao-cao/{}",
    "bao-cao/{}/ghi-chu",
    "bao-cao/{}/tep/0",
    "bao-cao/{}/danh-tinh/0",
    "so-lieu/{}",
    "{}",
)
MARKUP = "<script>alert(1)</script>"


class Stage:
    """A report with somebody before it; made anew once an act has carried it away."""

    def __init__(self, room) -> None:
        self.room = room
        self.people = [room.inspector("An"), room.inspector("Bình")]
        self.renew()

    def renew(self) -> None:
        self.told = self.room.tell(identity=WHO)
        an, binh = self.people
        an.open(self.told).does(self.told, "giao", to=self.room.seats["Bình"])
        binh.open(self.told).does(self.told, "xin-danh-tinh", reason="cần")

    def forms(self, page: str) -> list[tuple[Inspector, Form]]:
        found: list[tuple[Inspector, Form]] = []
        for person in self.people:
            path = f"{DESK}/{page.format(self.told.id)}"
            answer = person.browser.get(path)
            found += [(person, form) for form in forms_on(path, answer.get_data(as_text=True))]
        return [
            (person, form)
            for person, form in found
            if form.method == "POST" and not form.action.endswith("/khoa")
        ]

    def is_gone(self) -> bool:
        return any(person.get(f"bao-cao/{self.told.id}/ghi-chu").status_code != 200 for person in self.people)


@pytest.fixture(scope="module")
def stage(room):
    return Stage(room)


@pytest.mark.parametrize("page", [*PAGES, *(f"bao-cao/{{}}/{act}" for act in ACTS)])
def test_a_form_of_the_page_answers_to_anything(stage, page):
    stage.renew()
    if page.endswith("duyet-xuat"):
        binh = stage.people[1]
        binh.does(stage.told, "xin-xuat", recipient=str(pyrage.x25519.Identity.generate().to_public()))
    forms = stage.forms(page)
    assert forms
    for person, form in forms:
        hammer(stage, person, form)


def hammer(stage: Stage, person: Inspector, form: Form) -> None:
    """Send what is drawn to one form; a report that was carried away by it is followed by a new one."""
    first = stage.told.id

    @seed(crc32(form.name.replace(first, "").encode()))
    @settings(max_examples=REQUESTS, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(filled_in(form), st.integers(0, 5))
    def send(filled, luck):
        sent = dict(filled)
        if luck:  # mostly past the door
            sent |= {"csrf": person.csrf, "version": stage_version(person, stage.told)}
        path = form.action.replace(first, stage.told.id)
        how = {"query_string" if form.method == "GET" else "data": sent}
        answer = person.browser.open(path.partition("?")[0], method=form.method, **how)
        text = answer.get_data(as_text=True)
        answer.close()
        assert answer.status_code < 500, path
        assert MARKUP not in text or answer.mimetype != "text/html"
        if stage.is_gone():
            stage.renew()

    send()


def stage_version(person, told) -> str:
    found = VERSION.search(person.sees(f"bao-cao/{told.id}/ghi-chu"))
    return found[1] if found else ""


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_nobody_links_to_is_answered(stage, address):
    for word in NASTY:
        answer = stage.people[0].browser.get(f"{DESK}/{address.format(word[:200])}", follow_redirects=False)
        assert answer.status_code < 500
        answer.close()


@pytest.mark.parametrize("word", [w for w in NASTY if "\x00" not in w])
def test_whatever_is_typed_at_the_door_is_answered(room, word):
    browser = room.app.test_client()
    for field in ("body", "name", "passphrase", "ticket", "lang"):
        form = {"body": "thanh-tra-tinh", "name": "An", "passphrase": "sai", field: word}
        assert browser.post(f"{DESK}/mo-khoa", data=form).status_code < 500


@pytest.mark.parametrize("name", ["view", "page", "done", "lang"])
def test_the_list_answers_to_any_question(stage, name):
    for word in NASTY:
        assert stage.people[0].get("", **{name: word}).status_code == 200


def test_only_what_was_proposed_can_be_approved_whatever_is_sent(stage):
    for word in NASTY:
        assert stage.people[0].post("so-lieu/2026-Q3/duyet", seen=word).status_code in {404, 409}
        assert stage.people[0].post(f"so-lieu/{quote(word[:50], safe='')}/duyet").status_code in {400, 404}
