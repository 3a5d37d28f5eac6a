"""On no page do two elements share an id, and whatever points to an element by its id finds one."""

from collections import Counter
from html.parser import HTMLParser

import pytest

from tests.fuzz.stage import STAGES
from tests.web.access_scene import Scene
from tests.web.access_walk import ROUTES, Case, Walk, cases

PAGES = [route for route in ROUTES if route.startswith("GET")]
AREAS = sorted({route.split()[1].partition(".")[0] for route in PAGES})
POINTING = ("for", "aria-describedby", "aria-labelledby", "aria-controls")
RICHEST = ("focal_point", "agency_head", "administrator", "inspector", "enterprise", "anonymous")
PLAINEST = ("officer", "leadership", "auditor", "anonymous")


class Ids(HTMLParser):
    """What a page calls its elements, and what it points to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.given: Counter[str] = Counter()
        self.sought: set[str] = set()
        self.feed(html)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.given[value or ""] += 1
            elif name in POINTING:
                self.sought |= set((value or "").split())
            elif name == "href" and value and value.startswith("#") and len(value) > 1:
                self.sought.add(value[1:])

    def faults(self) -> list[str]:
        twice = [
            f"id={name!r} {number} times" for name, number in self.given.items() if number > 1 or not name
        ]
        return twice + [f"nothing has the id {name!r}" for name in sorted(self.sought - set(self.given))]


@pytest.fixture
def scene(app, session, loaded):
    scene = Scene(app, session, loaded)
    yield scene
    scene.put_back()


def readers(walk: Walk, route: str) -> set[str]:
    """Return one who sees much of the page and one who sees little, of those who see it."""
    able = {case.function for case in cases(route, about_ticket=walk.about_ticket)
            if case.expected == "ok" and case.relation in {"own", None}}  # fmt: skip
    found = {next((who for who in order if who in able), None) for order in (RICHEST, PLAINEST)}
    return {who for who in found if who}


def pages(scene: Scene, route: str):
    """Yield the page as its readers see it, or as the one for whom it was brought about."""
    walk, endpoint = Walk(scene, route), route.split()[1]
    staged = STAGES.get(endpoint)
    if staged is not None:
        function, args = staged(scene)
        visits = [(function, {name: value for name, value in args.items() if name in walk.arguments})]
    else:
        visits = [(function, {}) for function in sorted(readers(walk, route))]
    for function, args in visits:
        browser, address = walk.come(Case(function, "own", "ok"), args)
        answer = browser.get(address, follow_redirects=True)
        if answer.mimetype == "text/html":
            yield function, answer.text
        answer.close()


def test_the_check_would_notice():
    page = '<p id="a"></p><p id="a"></p><label for="b">B</label><a href="#c">C</a>'
    assert Ids(page).faults() == ["id='a' 2 times", "nothing has the id 'b'", "nothing has the id 'c'"]


@pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
@pytest.mark.parametrize("area", AREAS)
def test_an_id_names_one_element_of_a_page(scene, area):
    wrong, looked_at = {}, 0
    for route in (route for route in PAGES if route.split()[1].startswith(f"{area}.")):
        for function, html in pages(scene, route):
            looked_at += 1
            if faults := Ids(html).faults():
                wrong[f"{route} as {function}"] = faults
        scene.put_back()
    assert not wrong
    assert looked_at
