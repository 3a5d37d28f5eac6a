"""The officer's desk as the years go by: queue, search and ticket pages at several sizes of the database.

``DESK_SIZES=10000,100000,1000000`` says which (by default 10,000 and 1,000,000 on PostgreSQL); SQLite is measured at
100,000 at most.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle

from bench import corpus, report
from bench.client import Visitor, WrongAnswer
from bench.queue import EMAIL, PASSWORD, QUEUE, signed_in
from bench.servers import Site, Stage
from feedback_app.accounts import sign_in
from feedback_app.accounts.actor import Function
from feedback_app.accounts.models import FunctionHeld, User
from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.text import fold

ROUNDS, REQUESTS = 5, 40
SIZES, LARGEST_ON_SQLITE, OPEN_HERE = (10_000, 1_000_000), 100_000, 400
SLOWEST_QUEUE, SLOWEST_SEARCH = 1.3, 150.0  # times that at the smallest size; milliseconds
PROVINCE = "toan-tinh@example.vn"


@dataclass
class Place:
    """One database with its server, an officer and the focal point signed in, and the times of each page."""

    size: int
    officer: Visitor
    focal: Visitor
    times: dict[str, list[float]] = field(default_factory=dict)


def measure(stage: Stage, *, quick: bool = False) -> str:
    """Return the report for both databases."""
    sizes = tuple(map(int, os.environ["DESK_SIZES"].split(","))) if "DESK_SIZES" in os.environ else SIZES
    sizes = (1_000, 5_000) if quick else sizes
    parts = []
    for kind in ("postgresql", "sqlite"):
        fitting = [size for size in sizes if kind == "postgresql" or size <= LARGEST_ON_SQLITE]
        places = [_place(stage, kind, size) for size in fitting]
        for _ in range(1 if quick else ROUNDS):
            _round(places, REQUESTS // 4 if quick else REQUESTS)
        parts.append(_report(kind, places))
    return "\n\n".join(parts)


def _place(stage: Stage, kind: str, size: int) -> Place:
    site = stage.site(kind, f"desk{size}")
    author = _people(site)
    began = time.monotonic()
    corpus.fill(site, size, min(OPEN_HERE, size // 4), author)
    print(f"{kind}: {size:,} tickets with their index in {time.monotonic() - began:.0f} s", flush=True)
    server = stage.web(f"desk{size}-{kind}", "feedback_app.app:create_app()", site.environment)
    return Place(size, signed_in(server, EMAIL, PASSWORD), signed_in(server, PROVINCE, PASSWORD))


def _people(site: Site) -> int:
    """Store an officer of the first agency and somebody of the focal point; return the officer's id."""
    with site.app.app_context(), unit_of_work() as session:
        loaded, ids = store.current(session), []
        for email, function, agency in (
            (EMAIL, Function.OFFICER, corpus.AGENCIES[0]),
            (PROVINCE, Function.FOCAL_POINT, "so-tc"),
        ):
            hashed = sign_in.hashed(PASSWORD)
            user = User(email=email, name="Cán bộ mẫu", password_hash=hashed, created_at=clock.now())
            session.add(user)
            session.flush()
            held = {"function": function, "agency_id": loaded.agency_ids[agency], "valid_from": clock.today()}
            session.add(FunctionHeld(user_id=user.id, valid_to=None, **held))
            ids.append(user.id)
        return ids[0]


def _pages(size: int) -> Mapping[str, tuple[bool, Callable[[int], str], str]]:
    """Return the pages by name: whether the whole province looks, the address by number, what it must hold."""
    seldom = [fold(w) for w in corpus.words_of_text(3)[8:] if len(w) == 5]
    return {
        "queue": (False, lambda _n: QUEUE, "KH-2026-"),
        "queue, two common words": (False, lambda _n: f"{QUEUE}?q=giay+phep", "KH-2026-"),
        "search, two common words": (False, lambda _n: "/can-bo/tim?q=giay+phep", "KH-2026-"),
        "search, province, a common word": (True, lambda _n: "/can-bo/tim?q=xay", "KH-2026-"),
        "search, province, three words": (True, lambda _n: "/can-bo/tim?q=thue+mon+bai+moi+truong", ""),
        "search, province, seldom words": (
            True,
            lambda n: f"/can-bo/tim?q={seldom[n % len(seldom)]}",
            "KH-2026-",
        ),
        "search, a tax code": (True, lambda n: f"/can-bo/tim?q=42{10_000_000 + n % 1000}", ""),
        "search, a number": (True, lambda n: f"/can-bo/tim?q=KH-2026-{1 + n * 37 % size:07d}", ""),
        "ticket": (False, lambda n: f"/can-bo/phieu/KH-2026-{1 + n % 200:07d}", "Diễn biến"),
    }


def _round(places: list[Place], requests: int) -> None:
    """Ask each server in turn, so that what disturbs one disturbs all."""
    numbers: Iterator[int] = cycle(range(997))
    for name in _pages(places[0].size):
        for place in places:  # both workers load what is loaded once
            for _ in range(4):
                _ask(place, name, next(numbers))
        for _ in range(requests):
            number = next(numbers)
            for place in places:
                place.times.setdefault(name, []).append(_ask(place, name, number))


def _ask(place: Place, name: str, number: int) -> float:
    province, address, expected = _pages(place.size)[name]
    path = address(number)
    began = time.monotonic()
    answer = (place.focal if province else place.officer).get(path)
    took = time.monotonic() - began
    if answer.status != 200 or expected not in answer.body:
        raise WrongAnswer(f"GET {path}: {answer.status} {answer.location}")
    return took


def _report(kind: str, places: list[Place]) -> str:
    heads = [f"{kind}, p50 / p95 ms", *(f"{place.size:,} tickets" for place in places)]
    names = list(_pages(1))
    lines = [[name, *(_times(place.times[name]) for place in places)] for name in names]
    return "\n\n".join([report.table(heads, lines), *_verdicts(places)])


def _verdicts(places: list[Place]) -> list[str]:
    small, large = places[0], places[-1]
    ratio = report.percentile(large.times["queue"], 95) / report.percentile(small.times["queue"], 95)
    slowest = max(report.percentile(t, 95) for name, t in large.times.items() if name.startswith("search"))
    queue = report.verdict(ratio, SLOWEST_QUEUE, at_least=False)
    search = report.verdict(slowest * 1000, SLOWEST_SEARCH, at_least=False)
    return [
        f"**Queue, {large.size:,} : {small.size:,}** p95 {queue}.",
        f"**Slowest kind of search at {large.size:,}** p95 in ms {search}.",
    ]


def _times(times: list[float]) -> str:
    return " / ".join(report.milliseconds(report.percentile(times, p)) for p in (50, 95))
